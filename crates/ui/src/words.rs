//! The vocabulary of the loop as the screen shows it: states, verdicts, steps, time limits.

use chrono::Days;
use gnomon_kernel::Day;

use crate::tr::key;

/// Where a warning stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Raised and given to nobody.
    New,
    /// A handler has it.
    Assigned,
    /// Found true; what follows from it is open.
    Verified,
    /// Money is being recovered, the rule mended.
    Disposing,
    /// Somebody else looks at it.
    InReview,
    /// Done.
    Closed,
    /// Corrected data made it vanish.
    Withdrawn,
}

impl State {
    /// All states in the order of the loop.
    pub const ALL: [State; 7] = [
        State::New,
        State::Assigned,
        State::Verified,
        State::Disposing,
        State::InReview,
        State::Closed,
        State::Withdrawn,
    ];

    /// The word in queries, files and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            State::New => "new",
            State::Assigned => "assigned",
            State::Verified => "verified",
            State::Disposing => "disposing",
            State::InReview => "in_review",
            State::Closed => "closed",
            State::Withdrawn => "withdrawn",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            State::New => key("state-new"),
            State::Assigned => key("state-assigned"),
            State::Verified => key("state-verified"),
            State::Disposing => key("state-disposing"),
            State::InReview => key("state-in-review"),
            State::Closed => key("state-closed"),
            State::Withdrawn => key("state-withdrawn"),
        }
    }

    /// The word that the style sheet knows.
    pub fn tone(self) -> &'static str {
        match self {
            State::New => "warn",
            State::Assigned | State::Verified | State::Disposing => "info",
            State::InReview => "violet",
            State::Closed => "ok",
            State::Withdrawn => "mute",
        }
    }

    /// Whether somebody still has to do something.
    pub fn is_open(self) -> bool {
        !matches!(self, State::Closed | State::Withdrawn)
    }
}

/// What verification found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is as the finding says.
    True,
    /// There is an honest explanation.
    Explained,
    /// It cannot be told.
    CannotTell,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Verdict; 3] = [Verdict::True, Verdict::Explained, Verdict::CannotTell];

    /// The word in forms, files and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::True => "true",
            Verdict::Explained => "explained",
            Verdict::CannotTell => "cannot_tell",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.as_str() == word)
    }

    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            Verdict::True => key("verdict-true"),
            Verdict::Explained => key("verdict-explained"),
            Verdict::CannotTell => key("verdict-cannot-tell"),
        }
    }

    /// Locale key of the line that says what it means.
    pub fn hint(self) -> &'static str {
        match self {
            Verdict::True => key("verdict-true-hint"),
            Verdict::Explained => key("verdict-explained-hint"),
            Verdict::CannotTell => key("verdict-cannot-tell-hint"),
        }
    }
}

/// One step of the bar above a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Locale key of its name.
    pub title: &'static str,
    /// `done`, `current`, `todo` or `skipped`.
    pub progress: &'static str,
}

/// The six steps of a warning. `verdict` tells whether the disposal is left out.
pub fn steps(state: State, verdict: Option<Verdict>) -> [Step; 6] {
    let current = match state {
        State::New => 1,
        State::Assigned => 2,
        State::Verified | State::Disposing => 3,
        State::InReview => 4,
        State::Closed => 6,
        State::Withdrawn => 0,
    };
    let titles = [
        key("step-detect"),
        key("step-assign"),
        key("step-verify"),
        key("step-dispose"),
        key("step-review"),
        key("step-close"),
    ];
    let nothing_to_dispose = matches!(verdict, Some(Verdict::Explained | Verdict::CannotTell));
    let progress = |step: usize| match step {
        0 => "done",
        _ if state == State::Withdrawn => "skipped",
        3 if nothing_to_dispose => "skipped",
        _ if step < current => "done",
        _ if step == current => "current",
        _ => "todo",
    };
    std::array::from_fn(|step| Step { title: titles[step], progress: progress(step) })
}

/// A time limit, seen from a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The last day.
    pub on: Day,
    /// Days left; negative when it is over.
    pub days: i64,
}

impl Due {
    /// Days from which a limit counts as near.
    const SOON: i64 = 2;

    /// A limit seen from `today`.
    pub fn new(on: Day, today: Day) -> Due {
        Due { on, days: (on - today).num_days() }
    }

    /// `late`, `soon` or nothing: the word that the style sheet knows.
    pub fn tone(&self) -> Option<&'static str> {
        match self.days {
            ..0 => Some("late"),
            0..=Due::SOON => Some("soon"),
            _ => None,
        }
    }

    /// Days over the limit.
    pub fn days_over(&self) -> u64 {
        self.days.min(0).unsigned_abs()
    }

    /// Days left, none below zero.
    pub fn days_left(&self) -> u64 {
        self.days.max(0).unsigned_abs()
    }
}

/// The limit that forms propose: a week from `today`.
pub fn proposed_limit(today: Day) -> Day {
    today.checked_add_days(Days::new(7)).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(state: State, verdict: Option<Verdict>) -> [&'static str; 6] {
        steps(state, verdict).map(|step| step.progress)
    }

    #[test]
    fn a_true_warning_walks_all_steps() {
        assert_eq!(progress(State::New, None), ["done", "current", "todo", "todo", "todo", "todo"]);
        let disposing = progress(State::Disposing, Some(Verdict::True));
        assert_eq!(disposing, ["done", "done", "done", "current", "todo", "todo"]);
        assert_eq!(progress(State::Closed, Some(Verdict::True)), ["done"; 6]);
    }

    #[test]
    fn an_explained_warning_skips_the_disposal() {
        let review = progress(State::InReview, Some(Verdict::Explained));
        assert_eq!(review, ["done", "done", "done", "skipped", "current", "todo"]);
    }

    #[test]
    fn a_limit_is_late_from_the_day_after() {
        let day = |d| Day::from_ymd_opt(2026, 11, d).unwrap();
        assert_eq!(Due::new(day(20), day(20)).tone(), Some("soon"));
        assert_eq!(Due::new(day(20), day(21)).tone(), Some("late"));
        assert_eq!(Due::new(day(20), day(21)).days_over(), 1);
        assert_eq!(Due::new(day(28), day(21)).tone(), None);
    }
}
