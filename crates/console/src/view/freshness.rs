//! How fresh the datasets are: what is late or has data first.

use std::collections::BTreeMap;

use gnomon_app::{DelayKind, FreshRow};
use gnomon_domain as domain;
use gnomon_httpkit::Fields;
use gnomon_kernel::Lang;
use gnomon_ui::{
    Choice, Delayed, Fresh, FreshGroup, FreshnessFilter, FreshnessPage, MonthCell, Months, Shell, Standing,
    Volume,
};

/// What the address asks for.
pub fn filter(fields: &Fields) -> FreshnessFilter {
    FreshnessFilter {
        department: fields.get("department").to_owned(),
        late: fields.get("late") == FreshnessFilter::LATE,
    }
}

/// The datasets that the filter lets through, by department.
pub fn page(shell: Shell, filter: FreshnessFilter, all: &[FreshRow<'_>]) -> FreshnessPage {
    let lang = shell.lang;
    let of_department =
        |row: &&FreshRow<'_>| filter.department.is_empty() || row.dataset.owner.zh == filter.department;
    let known: Vec<&FreshRow<'_>> = all.iter().filter(of_department).collect();
    let mut shown: Vec<&FreshRow<'_>> =
        known.iter().copied().filter(|row| row.is_late || !filter.late).collect();
    shown.sort_by_key(|row| rank(row));
    // In the order of the first row of each department, which is its most urgent one.
    let mut groups: Vec<(&str, FreshGroup)> = Vec::new();
    for row in &shown {
        let owner = &row.dataset.owner;
        let at = groups.iter().position(|(zh, _)| *zh == owner.zh).unwrap_or(groups.len());
        if at == groups.len() {
            let name = owner.get(lang).to_owned();
            groups.push((&owner.zh, FreshGroup { name, rows: Vec::new() }));
        }
        groups[at].1.rows.push(fresh_row(row, lang));
    }
    let months = shown.iter().find(|row| !row.months.is_empty());
    FreshnessPage {
        shell,
        departments: departments(all, lang),
        known: known.len() as u64,
        late: known.iter().filter(|row| row.is_late).count() as u64,
        months: Months(months.map_or_else(Vec::new, |row| row.months.iter().map(|one| one.month).collect())),
        groups: groups.into_iter().map(|(_, group)| group).collect(),
        filter,
    }
}

/// Late ones first, then those with data, then those that nobody has seen yet.
fn rank(row: &FreshRow<'_>) -> u8 {
    match (row.is_late, row.last.is_some()) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    }
}

fn departments(all: &[FreshRow<'_>], lang: Lang) -> Vec<Choice> {
    let names: BTreeMap<&str, &str> =
        all.iter().map(|row| (row.dataset.owner.zh.as_str(), row.dataset.owner.get(lang))).collect();
    names.into_iter().map(|(zh, name)| Choice::new(zh, name)).collect()
}

fn fresh_row(row: &FreshRow<'_>, lang: Lang) -> gnomon_ui::FreshRow {
    gnomon_ui::FreshRow {
        key: row.dataset.key.clone(),
        title: row.dataset.title.get(lang).to_owned(),
        fresh: fresh(row),
        usual: row.usual,
        cells: row
            .months
            .iter()
            .map(|month| MonthCell { rows: month.rows, volume: volume(month.volume) })
            .collect(),
    }
}

/// Where a dataset stands, as the pages name it.
pub fn fresh(row: &FreshRow<'_>) -> Fresh {
    Fresh { standing: standing(row.freshness.standing), due: row.freshness.due, is_late: row.is_late }
}

/// The word for where a dataset stands.
pub fn standing(standing: domain::Standing) -> Standing {
    match standing {
        domain::Standing::OnTime => Standing::OnTime,
        domain::Standing::Due => Standing::Due,
        domain::Standing::Degraded => Standing::Degraded,
        domain::Standing::Never => Standing::Never,
        domain::Standing::NotExpected => Standing::NotExpected,
    }
}

/// The delay that was noticed, with what hangs on it.
pub fn delayed(row: &FreshRow<'_>, lang: Lang) -> Option<Delayed> {
    let delay = row.delay.as_ref()?;
    Some(Delayed {
        key: row.dataset.key.clone(),
        title: row.dataset.title.get(lang).to_owned(),
        due_on: delay.due_on,
        kind: delay_kind(DelayKind::of(delay)),
        models: row.models,
    })
}

/// What a delay means, as the pages name it.
pub fn delay_kind(kind: DelayKind) -> gnomon_ui::DelayKind {
    match kind {
        DelayKind::BelowLimits => gnomon_ui::DelayKind::BelowLimits,
        DelayKind::Overdue => gnomon_ui::DelayKind::Overdue,
        DelayKind::Reminder => gnomon_ui::DelayKind::Reminder,
    }
}

/// How many rows came, as the pages name it.
pub fn volume(volume: domain::Volume) -> Volume {
    match volume {
        domain::Volume::Nothing => Volume::Nothing,
        domain::Volume::Scarce => Volume::Scarce,
        domain::Volume::Fewer => Volume::Fewer,
        domain::Volume::Usual => Volume::Usual,
        domain::Volume::More => Volume::More,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_in_the_address_narrows_nothing() {
        assert_eq!(filter(&Fields::parse(b"late=perhaps&department=%20")), FreshnessFilter::default());
        let asked = filter(&Fields::parse("late=only&department=财政局".as_bytes()));
        assert_eq!(asked, FreshnessFilter { department: "财政局".to_owned(), late: true });
    }
}
