//! When a connection pulls: five fields of cron, in the time zone of the offices.

use std::time::Duration;

use chrono::{TimeDelta, Utc};
use chrono_tz::Asia::Shanghai;
use croner::{
    Cron,
    parser::{CronParser, Seconds, Year},
};
use gnomon_kernel::Instant;

use crate::{Fault, Result};

/// How long a connection is left alone after a first failure; doubled with each further one.
const FIRST_REST: Duration = Duration::from_secs(30);
/// The longest rest.
const LONGEST_REST: Duration = Duration::from_secs(15 * 60);

/// A schedule.
#[derive(Debug, Clone)]
pub struct Schedule {
    text: String,
    cron: Cron,
}

impl Schedule {
    pub(crate) fn parse(text: &str) -> Result<Schedule> {
        let parser = CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build();
        // A nickname such as @daily would be understood too; files are to look alike.
        let cron = parser.parse(text).ok().filter(|_| text.split_whitespace().count() == 5);
        match cron {
            Some(cron) => Ok(Schedule { text: text.to_owned(), cron }),
            None => Err(Fault::file(format!("schedule = {text}"), "30 2 * * *")),
        }
    }

    /// The five fields.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first time after a moment; `None` when there is none any more.
    pub fn next_after(&self, moment: Instant) -> Option<Instant> {
        let local = moment.with_timezone(&Shanghai);
        let next = self.cron.find_next_occurrence(&local, false).ok()?;
        Some(next.with_timezone(&Utc))
    }
}

/// How long to wait after so many failures in a row.
pub(crate) fn rest(failures: u32) -> TimeDelta {
    let doubled = FIRST_REST.saturating_mul(1 << failures.saturating_sub(1).min(10));
    TimeDelta::seconds(i64::try_from(doubled.min(LONGEST_REST).as_secs()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_the_offices() {
        let nightly = Schedule::parse("30 2 * * *").unwrap();
        let evening: Instant = "2025-11-21T12:00:00Z".parse().unwrap();
        assert_eq!(nightly.next_after(evening), Some("2025-11-21T18:30:00Z".parse().unwrap()));
        let monday = Schedule::parse("0 9 * * MON").unwrap();
        assert_eq!(monday.next_after(evening), Some("2025-11-24T01:00:00Z".parse().unwrap()));
    }

    #[test]
    fn anything_but_five_fields_is_refused() {
        for odd in ["", "* * * *", "0 * * * * *", "@daily", "61 * * * *", "every day at two o'clock"] {
            assert!(Schedule::parse(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn rests_double_up_to_a_limit() {
        let seconds: Vec<i64> = [1, 2, 3, 6, 40].into_iter().map(|n| rest(n).num_seconds()).collect();
        assert_eq!(seconds, [30, 60, 120, 900, 900]);
    }
}
