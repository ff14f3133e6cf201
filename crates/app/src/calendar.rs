//! Working days: the library's calendar, and Monday to Friday for days it does not list.

use std::collections::BTreeMap;

use gnomon_domain::calendar::is_weekday;
use gnomon_kernel::Day;
use gnomon_library::Library;

/// The reference dataset that lists festivals and make-up workdays.
const CALENDAR: &str = "calendar_day";

/// Which days are working days.
#[derive(Debug, Default)]
pub(crate) struct Calendar(BTreeMap<Day, bool>);

impl Calendar {
    /// Reads the list rows of the library; rows that a deployment delivers as files serve models only.
    pub(crate) fn of(library: &Library) -> Self {
        let mut days = BTreeMap::new();
        for list in library.list_rows(CALENDAR) {
            let place = |name: &str| list.columns.iter().position(|column| column == name);
            let (Some(day), Some(works)) = (place("day"), place("is_workday")) else { continue };
            days.extend(list.rows.iter().filter_map(|row| {
                let cell = |index: usize| row.get(index)?.as_deref();
                Some((cell(day)?.parse().ok()?, cell(works)? == "true"))
            }));
        }
        Self(days)
    }

    pub(crate) fn is_working(&self, day: Day) -> bool {
        self.0.get(&day).copied().unwrap_or_else(|| is_weekday(day))
    }
}
