use askama::Template;
use gnomon_kernel::{Instant, Level, Money};

use super::{DelayKind, Delayed};
use crate::chart::{Stack, Week};
use crate::page::{Page as _, page};
use crate::query::InboxFilter;
use crate::shell::Shell;

/// The numbers at a glance.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/dashboard.html")]
pub struct DashboardPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The tiles.
    pub kpis: Kpis,
    /// Warnings raised in each week, oldest first.
    pub weeks: Vec<Week>,
    /// Open warnings by region and pack.
    pub heat: Heat,
    /// Models by how often they proved right, most findings first.
    pub precision: Vec<ModelPrecision>,
    /// Departments that deliver, and when they last did; the last first.
    pub freshness: Vec<Freshness>,
    /// Departments that have delivered nothing yet.
    pub silent: u64,
    /// Datasets whose delivery is late: those degraded first, then by the day.
    pub delayed: Vec<Delayed>,
}

page!(DashboardPage);

/// The tiles.
#[derive(Debug, Clone, Default)]
pub struct Kpis {
    /// Open red warnings.
    pub red: u64,
    /// Open yellow warnings.
    pub yellow: u64,
    /// Open blue warnings.
    pub blue: u64,
    /// Of each level, those given to nobody: red, yellow, blue.
    pub unassigned: [u64; 3],
    /// Warnings verified.
    pub verified: u64,
    /// Of these, found true.
    pub found_true: u64,
    /// Money to be recovered.
    pub to_recover: Money,
    /// Of that, recovered.
    pub recovered: Money,
    /// Open warnings past their limit.
    pub overdue: u64,
    /// Warnings closed.
    pub closed: u64,
}

impl Kpis {
    /// Open warnings of one level.
    pub fn open(&self, level: &Level) -> u64 {
        match level {
            Level::Red => self.red,
            Level::Yellow => self.yellow,
            Level::Blue => self.blue,
        }
    }
}

/// Open warnings by region and pack.
#[derive(Debug, Clone, Default)]
pub struct Heat {
    /// Packs, as headings.
    pub packs: Vec<String>,
    /// Regions.
    pub rows: Vec<HeatRow>,
}

/// A region of the heat table.
#[derive(Debug, Clone)]
pub struct HeatRow {
    /// Name of the region.
    pub region: String,
    /// One cell for each pack.
    pub cells: Vec<HeatCell>,
}

/// A cell of the heat table.
#[derive(Debug, Clone)]
pub struct HeatCell {
    /// Open warnings.
    pub count: u64,
    /// The inbox with just these.
    pub filter: InboxFilter,
}

/// How often a model proved right.
#[derive(Debug, Clone)]
pub struct ModelPrecision {
    /// Id of the model.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Title of its pack.
    pub pack: String,
    /// Warnings raised.
    pub raised: u64,
    /// Of these, verified.
    pub verified: u64,
    /// Of these, found true.
    pub found_true: u64,
    /// Money recovered.
    pub recovered: Money,
}

/// When a department last delivered.
#[derive(Debug, Clone)]
pub struct Freshness {
    /// Name of the department.
    pub department: String,
    /// Datasets that have rows.
    pub filled: u64,
    /// Datasets the library knows of it.
    pub datasets: u64,
    /// The last delivery.
    pub last: Option<Instant>,
    /// Rows kept back for faults.
    pub rejected: u64,
}

impl DashboardPage {
    /// Late datasets that are named; the others are counted.
    fn delayed_shown(&self) -> &[Delayed] {
        &self.delayed[..self.delayed.len().min(8)]
    }

    /// Of those that are not named, how many are late, and how many were below their limits.
    fn delayed_more(&self) -> (u64, u64) {
        let more = &self.delayed[self.delayed_shown().len()..];
        let below = more.iter().filter(|one| one.kind == DelayKind::BelowLimits).count();
        ((more.len() - below) as u64, below as u64)
    }

    fn level_href(&self, level: &Level) -> String {
        InboxFilter::default().with_level(Some(*level)).href()
    }

    fn stack(&self) -> Stack<'_> {
        Stack::new(&self.weeks, Level::ALL.map(|level| self.level_name(&level).into_owned()))
    }

    /// Step of the scale, 0 to 6, seen from the fullest cell.
    fn heat_step(&self, count: &u64) -> u64 {
        let fullest = self.heat.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.count).max();
        match fullest {
            Some(most) if most > 0 && *count > 0 => 1 + count.saturating_sub(1) * 6 / most.max(6),
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use gnomon_kernel::Lang;

    use crate::sample::{Setting, dashboards};

    #[test]
    fn what_was_below_its_limits_is_not_called_late() {
        let setting = Setting { lang: Lang::En, assets: String::new() };
        let pages = dashboards(&setting);
        let (_, late) = pages.iter().find(|(state, _)| *state == "late").unwrap();
        assert_eq!((late.delayed.len(), late.delayed_more()), (12, (3, 1)));
        assert_eq!(pages[0].1.delayed_more(), (0, 0));
    }
}
