use super::freshness::delay_kind;
use gnomon_app::{Dashboard, Delayed, Freshness, ModelPrecision};
use gnomon_domain::State;
use gnomon_kernel::Lang;
use gnomon_ui::{DashboardPage, Heat, HeatCell, HeatRow, InboxFilter, Kpis, Shell, Week};

/// The numbers at a glance.
pub fn page(shell: Shell, board: &Dashboard) -> DashboardPage {
    let lang = shell.lang;
    let delivering = || board.freshness.iter().filter(|row| row.last.is_some());
    DashboardPage {
        kpis: kpis(board),
        weeks: weeks(board),
        heat: heat(board, lang),
        precision: board.models.iter().map(|row| precision(row, board, lang)).collect(),
        freshness: delivering().map(|row| freshness(row, lang)).collect(),
        silent: (board.freshness.len() - delivering().count()) as u64,
        delayed: board.delayed.iter().map(|one| delayed(one, lang)).collect(),
        shell,
    }
}

fn delayed(one: &Delayed, lang: Lang) -> gnomon_ui::Delayed {
    gnomon_ui::Delayed {
        key: one.dataset.clone(),
        title: one.title.get(lang).to_owned(),
        due_on: one.due_on,
        kind: delay_kind(one.kind),
        models: one.models,
    }
}

fn kpis(board: &Dashboard) -> Kpis {
    let (open, nobody, totals) = (board.open, board.unassigned, &board.totals);
    let closed = board.states.iter().find(|(state, _)| *state == State::Closed);
    Kpis {
        red: open.red,
        yellow: open.yellow,
        blue: open.blue,
        unassigned: [nobody.red, nobody.yellow, nobody.blue],
        verified: totals.verified_true + totals.explained,
        found_true: totals.verified_true,
        to_recover: totals.to_recover,
        recovered: totals.recovered,
        overdue: totals.overdue,
        closed: closed.map_or(0, |(_, counts)| counts.total()),
    }
}

/// By the Monday each begins with; none at all before the first warning.
fn weeks(board: &Dashboard) -> Vec<Week> {
    if board.weeks.iter().all(|(_, counts)| counts.total() == 0) {
        return Vec::new();
    }
    let week = |(monday, counts): &(gnomon_kernel::Day, gnomon_app::LevelCounts)| Week {
        label: monday.format("%m-%d").to_string(),
        red: counts.red,
        yellow: counts.yellow,
        blue: counts.blue,
    };
    board.weeks.iter().map(week).collect()
}

fn heat(board: &Dashboard, lang: Lang) -> Heat {
    let row = |place: &gnomon_app::Place| HeatRow {
        region: place.name.clone(),
        cells: board
            .packs
            .iter()
            .map(|(pack, _)| HeatCell {
                count: board.open_in(&place.code, pack),
                filter: InboxFilter {
                    region: place.code.clone(),
                    pack: pack.clone(),
                    ..InboxFilter::default()
                },
            })
            .collect(),
    };
    Heat {
        packs: board.packs.iter().map(|(_, title)| title.get(lang).to_owned()).collect(),
        rows: board.places.iter().map(row).collect(),
    }
}

fn precision(row: &ModelPrecision, board: &Dashboard, lang: Lang) -> gnomon_ui::ModelPrecision {
    let pack = board.packs.iter().find(|(key, _)| *key == row.pack);
    let (verified, found_true) = super::told(Some(&row.record));
    gnomon_ui::ModelPrecision {
        id: row.record.model.clone(),
        title: row.title.get(lang).to_owned(),
        pack: pack.map_or(row.pack.as_str(), |(_, title)| title.get(lang)).to_owned(),
        raised: row.record.hits,
        verified,
        found_true,
        recovered: row.record.recovered,
    }
}

fn freshness(row: &Freshness, lang: Lang) -> gnomon_ui::Freshness {
    gnomon_ui::Freshness {
        department: row.owner.get(lang).to_owned(),
        filled: row.filled,
        datasets: row.datasets,
        last: row.last,
        rejected: row.rejected,
    }
}
