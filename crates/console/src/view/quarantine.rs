//! The desk of what was kept back.

use std::collections::{BTreeMap, BTreeSet};

use gnomon_app::{Batch, Cut, HeldDelivery, HeldGroup, HeldPush, Quarantine, QuarantineFilter};
use gnomon_httpkit::Fields;
use gnomon_kernel::{Code, Lang};
use gnomon_library::{Library, quality::NOTHING_NEW};
use gnomon_ui::{
    Choice, HeldDeliveryRow, HeldFileRow, HeldFiles, HeldFilter, HeldGroupRow, HeldPushRow, QuarantinePage,
    Refusal, Shell, bare_error_text,
};

use super::delivery::{origin, refusal};

/// What this person may do about it.
pub struct Rights {
    /// Have the rows that were kept back.
    pub can_download: bool,
    /// Take files in.
    pub can_upload: bool,
    /// Say what headers mean.
    pub can_lay_out: bool,
}

/// What the page shows as its filter.
pub fn shown(fields: &Fields) -> HeldFilter {
    let text = |name| fields.get(name).to_owned();
    HeldFilter {
        dataset: text("dataset"),
        department: text("department"),
        reason: text("reason"),
        days: text("days"),
    }
}

/// What is looked for. A field that holds nothing useful narrows nothing.
pub fn filter(shown: &HeldFilter) -> QuarantineFilter {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    QuarantineFilter {
        dataset: given(&shown.dataset),
        department: given(&shown.department),
        code: Code::parse(&shown.reason),
        days: shown.days.parse().ok(),
    }
}

/// The page.
pub fn page(
    shell: Shell,
    filter: HeldFilter,
    desk: &Quarantine<'_>,
    rights: Rights,
    library: &Library,
) -> QuarantinePage {
    let lang = shell.lang;
    let names = Names { library, lang };
    QuarantinePage {
        shell,
        datasets: datasets(desk, &filter, &names),
        departments: desk.departments.iter().map(|owner| Choice::new(&owner.zh, owner.get(lang))).collect(),
        reasons: reasons(desk, &filter, lang),
        groups: desk.groups.iter().map(|one| group(one, &filter, &names)).collect(),
        deliveries: desk.deliveries.iter().map(|held| delivery(held, &names)).collect(),
        layouts: files(&desk.layouts, &names),
        files: files(&desk.files, &names),
        pushes: desk.pushes.shown.iter().map(|held| push(held, &names)).collect(),
        pushes_count: desk.pushes.count,
        can_download: rights.can_download,
        can_upload: rights.can_upload,
        can_lay_out: rights.can_lay_out,
        filter,
    }
}

/// What datasets are called. One that has left the library is known by its key only.
struct Names<'a> {
    library: &'a Library,
    lang: Lang,
}

impl Names<'_> {
    fn title(&self, key: &str) -> String {
        let dataset = self.library.datasets.get(key);
        dataset.map_or(key, |dataset| dataset.title.get(self.lang)).to_owned()
    }

    fn department(&self, key: &str) -> String {
        let dataset = self.library.datasets.get(key);
        dataset.map_or("—", |dataset| dataset.owner.get(self.lang)).to_owned()
    }
}

/// Those of which something is listed, and the one that was chosen.
fn datasets(desk: &Quarantine<'_>, filter: &HeldFilter, names: &Names<'_>) -> Vec<Choice> {
    let groups = desk.groups.iter().map(|group| group.held.dataset.as_str());
    let files = desk.files.shown.iter().chain(&desk.layouts.shown).map(|batch| batch.dataset.as_str());
    let pushes = desk.pushes.shown.iter().map(|push| push.dataset.as_str());
    let chosen = Some(filter.dataset.as_str()).filter(|key| !key.is_empty());
    let keys: BTreeSet<&str> = groups.chain(files).chain(pushes).chain(chosen).collect();
    keys.into_iter().map(|key| Choice::new(key, names.title(key))).collect()
}

/// Those that something is listed for, those that are only listed when they are asked for, and the one that was chosen.
fn reasons(desk: &Quarantine<'_>, filter: &HeldFilter, lang: Lang) -> Vec<Choice> {
    let groups = desk.groups.iter().map(|group| group.held.code);
    let files = desk.files.shown.iter().chain(&desk.layouts.shown);
    let files = files.filter_map(|batch| batch.refusal.as_ref()).map(|refusal| refusal.code);
    let pushes = desk.pushes.shown.iter().map(|push| push.refusal.code);
    let codes = groups.chain(files).chain(pushes).chain(NOTHING_NEW).chain(Code::parse(&filter.reason));
    let codes: BTreeMap<u16, Code> = codes.map(|code| (code.number(), code)).collect();
    let choice =
        |code: Code| Choice::new(code.word(), format!("G{} {}", code.number(), bare_error_text(lang, code)));
    codes.into_values().map(choice).collect()
}

fn group(group: &HeldGroup<'_>, filter: &HeldFilter, names: &Names<'_>) -> HeldGroupRow {
    let held = &group.held;
    let column = group.dataset.and_then(|dataset| dataset.column(&held.column));
    HeldGroupRow {
        key: held.dataset.clone(),
        title: names.title(&held.dataset),
        department: names.department(&held.dataset),
        column: column.map_or(held.column.as_str(), |column| column.title.get(names.lang)).to_owned(),
        code: held.code,
        rows: held.rows,
        mended: held.mended,
        deliveries: held.deliveries,
        oldest: group.oldest.id.to_string(),
        days: group.days,
        filter: HeldFilter {
            dataset: held.dataset.clone(),
            reason: held.code.word().to_owned(),
            ..filter.clone()
        },
    }
}

fn delivery(held: &HeldDelivery, names: &Names<'_>) -> HeldDeliveryRow {
    let batch = &held.batch;
    HeldDeliveryRow {
        id: batch.id.to_string(),
        number: u64::from(batch.number),
        file: batch.name.clone(),
        key: batch.dataset.clone(),
        title: names.title(&batch.dataset),
        department: names.department(&batch.dataset),
        by: (!batch.by_name.is_empty()).then(|| batch.by_name.clone()),
        origin: origin(batch.origin),
        received: batch.received_at,
        rows: held.rows,
        mended: held.mended,
    }
}

fn files(held: &Cut<Batch>, names: &Names<'_>) -> HeldFiles {
    let file = |batch: &Batch| HeldFileRow {
        id: batch.id.to_string(),
        file: batch.name.clone(),
        key: batch.dataset.clone(),
        title: names.title(&batch.dataset),
        department: names.department(&batch.dataset),
        received: batch.received_at,
        refusal: refusal(batch),
    };
    HeldFiles { shown: held.shown.iter().map(file).collect(), count: held.count }
}

fn push(held: &HeldPush, names: &Names<'_>) -> HeldPushRow {
    let found = &held.refusal;
    HeldPushRow {
        receipt: held.receipt.to_string(),
        sender: held.sender.clone(),
        key: held.dataset.clone(),
        title: names.title(&held.dataset),
        at: held.at,
        refusal: Refusal { code: found.code, found: found.found.clone(), expected: found.expected.clone() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_in_the_address_narrows_nothing() {
        let fields = Fields::parse(b"reason=odd&days=many&dataset=%20");
        assert_eq!(filter(&shown(&fields)), QuarantineFilter::default());
        let asked = filter(&shown(&Fields::parse(b"reason=id-check&days=7&dataset=payroll")));
        let payroll = Some("payroll".to_owned());
        let expected =
            QuarantineFilter { code: Some(Code::IdCheck), days: Some(7), dataset: payroll, department: None };
        assert_eq!(asked, expected);
    }
}
