//! By when a declaration, its completion, its publication and an exit are due.

use chrono::Days;
use gnomon_kernel::Day;

use super::state::KinshipState;
use crate::calendar::working_days_after;

/// Days after a change, or after taking office, within which it is declared.
const CHANGE: u64 = 30;
/// Working days within which what differs is completed, from the comparison on: it is the reminder.
const COMPLETION: u32 = 10;
/// Days within which a complete declaration is published.
const PUBLICATION: u64 = 30;
/// Days that an exit may take.
const EXIT: u64 = 180;
/// Days for which a publication can be read in the unit.
const SHOWN: u64 = 7;

/// The last day to declare for a year: 31 March, or 30 days after taking office when that is later.
pub fn due_of_year(year: i32, in_office_since: Option<Day>) -> Option<Day> {
    let spring = Day::from_ymd_opt(year, 3, 31)?;
    let since = in_office_since.map(due_of_change);
    Some(since.map_or(spring, |since| since.max(spring)))
}

/// The last day to declare a change.
pub fn due_of_change(changed: Day) -> Day {
    after(changed, CHANGE)
}

/// The last day on which what is published today can be read in the unit.
pub fn shown_until(published: Day) -> Day {
    after(published, SHOWN)
}

/// By when a state that begins on a day is to be left; `None` where it may last, or the program leaves it.
pub(super) fn due_in(state: KinshipState, from: Day, is_working: impl Fn(Day) -> bool) -> Option<Day> {
    match state {
        KinshipState::Checked => Some(working_days_after(from, COMPLETION, is_working)),
        KinshipState::Completed => Some(after(from, PUBLICATION)),
        KinshipState::ExitAsked => Some(after(from, EXIT)),
        _ => None,
    }
}

fn after(day: Day, days: u64) -> Day {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}
