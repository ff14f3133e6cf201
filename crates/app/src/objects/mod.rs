//! The library of supervised objects. Lists show persons masked; a person's page opens to those who may, for a reason that is
//! recorded and holds for one session and half an hour. Nothing here counts warnings into a rank.

mod open;
mod record;

use gnomon_domain::{Action, Actor, Verdict};
use gnomon_kernel::{Day, Instant, Level, RowRef, RunId, Words, mask_id, mask_name};
use gnomon_library::object::{ObjectEntry, ObjectKind, ObjectSearch};
use gnomon_store::Batch;

use crate::{
    App, Cell, EvidenceRow, KinshipNote, Result, Shown, WarningItem,
    app::permit,
    warning::{evidence::column_cell, shown::Places},
};

pub use open::Opening;

/// Supervised objects of one kind, and how many of each.
#[derive(Debug, Clone)]
pub struct ObjectList {
    /// Those on this page, by name.
    pub items: Vec<ObjectItem>,
    /// How many the same search finds, by kind.
    pub counts: Vec<(ObjectKind, u64)>,
}

/// A supervised object; where it is a person, nothing in it says who.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectItem {
    /// The kind.
    pub kind: ObjectKind,
    /// What its page is asked for by: its key, or for a person the row that describes them.
    pub address: String,
    /// Its key, masked where it is a person's.
    pub number: String,
    /// Its name, masked where it is a person's.
    pub name: Option<String>,
    /// Township and village.
    pub place: Option<String>,
    /// What else the row that describes it says.
    pub cells: Vec<Cell>,
    /// That row.
    pub row: RowRef,
}

/// A supervised object with all that is known of it.
#[derive(Debug, Clone)]
pub struct ObjectView {
    /// As in the list.
    pub item: ObjectItem,
    /// Terms of office, the latest first: a person's own, or all that were held in a unit.
    pub terms: Vec<ObjectTerm>,
    /// Which data speak about it, by department and dataset.
    pub about: Vec<ObjectData>,
    /// The deliveries in which the rows stand that are shown, the newest first.
    pub deliveries: Vec<Batch>,
    /// Warnings about it in every state, the newest first.
    pub warnings: Vec<ObjectWarning>,
    /// Findings about it that no warning carries, the newest first.
    pub findings: Vec<ObjectFinding>,
    /// A person's declarations of relatives' matters, the newest first.
    pub declarations: Vec<KinshipNote>,
    /// Until when the reason holds for which the page is open; none where none is needed.
    pub open_until: Option<Instant>,
}

/// A term of office.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectTerm {
    /// Who held it, masked, on the page of a unit.
    pub holder: Option<String>,
    /// The post.
    pub post: Shown,
    /// The unit or place.
    pub unit: Shown,
    /// Its first day.
    pub from: Option<Day>,
    /// Its last day; none while it goes on.
    pub until: Option<Day>,
    /// Where it stands.
    pub row: RowRef,
}

/// Rows of a dataset that name an object in one column.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectData {
    /// Key of the dataset.
    pub dataset: String,
    /// Its title.
    pub title: Words,
    /// Department that delivers it.
    pub owner: Words,
    /// What the column says of the object: owner, payee.
    pub role: Words,
    /// How many.
    pub count: u64,
    /// How many of each year, oldest first.
    pub years: Vec<(i32, u64)>,
    /// The newest of them, without what is sensitive.
    pub rows: Vec<EvidenceRow>,
    /// Whether sensitive columns were left out of them.
    pub is_cut: bool,
}

/// A warning about an object.
#[derive(Debug, Clone)]
pub struct ObjectWarning {
    /// As in the inbox.
    pub item: WarningItem,
    /// What verification found.
    pub verdict: Option<Verdict>,
    /// When its review ended.
    pub closed_at: Option<Instant>,
}

/// A finding about an object that no warning carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectFinding {
    /// Title of the model; its id where the library has it no more.
    pub title: Words,
    /// How strong.
    pub level: Level,
    /// The last run that found it.
    pub run: RunId,
    /// The day that run took for today.
    pub as_of: Day,
}

impl App {
    /// Supervised objects of one kind by name, number and place, and how many of each kind the same words find.
    pub async fn objects(&self, actor: &Actor, search: &ObjectSearch) -> Result<ObjectList> {
        permit(actor, Action::ViewObjects)?;
        let number = self.parts.analytics.person_number(&search.text);
        let search = ObjectSearch { text: number.unwrap_or_else(|_| search.text.clone()), ..search.clone() };
        let mut entries = Vec::new();
        let mut counts = Vec::new();
        for kind in ObjectKind::ALL {
            let most = if kind == search.kind { search.most } else { 0 };
            let (found, count) =
                self.parts.analytics.objects(&ObjectSearch { kind, most, ..search.clone() }).await?;
            entries.extend(found);
            counts.push((kind, count));
        }
        let tx = self.parts.store.read().await?;
        let places = Places::load(&tx, entries.iter().flat_map(codes_of)).await?;
        Ok(ObjectList {
            items: entries.iter().map(|entry| self.object_item(entry, &places)).collect(),
            counts,
        })
    }

    fn object_item(&self, entry: &ObjectEntry, places: &Places) -> ObjectItem {
        let is_person = entry.kind.is_person();
        let dataset = self.library().datasets.get(&entry.dataset);
        let cells = entry.more.iter().filter_map(|(name, value)| {
            Some(column_cell(dataset?.column(name)?, value, places)).filter(|cell| cell.value != Shown::Empty)
        });
        ObjectItem {
            kind: entry.kind,
            address: if is_person { entry.row.to_string() } else { entry.key.clone() },
            number: if is_person { mask_id(&entry.key) } else { entry.key.clone() },
            name: entry.name.as_ref().map(|name| if is_person { mask_name(name) } else { name.clone() }),
            place: entry.place.as_deref().and_then(|code| places.name(code)),
            cells: cells.collect(),
            row: entry.row,
        }
    }
}

/// The division codes that an entry may name.
fn codes_of(entry: &ObjectEntry) -> impl Iterator<Item = &str> {
    let texts = entry.more.iter().filter_map(|(_, value)| value.as_str());
    texts.filter(|text| text.len() == 12).chain(entry.place.as_deref())
}
