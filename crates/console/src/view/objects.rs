//! Supervised objects.

use gnomon_app::{
    Actor, Batch, ObjectData, ObjectFinding, ObjectItem, ObjectList, ObjectTerm, ObjectView, ObjectWarning,
    Region, UnitDeclarations,
};
use gnomon_httpkit::Fields;
use gnomon_kernel::{Day, Lang};
use gnomon_library::{
    Library,
    object::{self, ObjectSearch},
};
use gnomon_ui::{
    AboutLine, AboutRow, Filled, ObjectAskPage, ObjectDelivery, ObjectFilter, ObjectFindingRow, ObjectHead,
    ObjectKind, ObjectPage, ObjectRow, ObjectWarningRow, ObjectsPage, Shell, TermRow, text,
};

use super::{
    inbox::{state, township},
    kinship, value,
    warning::{evidence_cell, source},
    warning_parts::verdict,
};

/// Objects on one page.
const PAGE: usize = 50;

/// What the address asks for. A field that holds nothing useful narrows nothing.
pub fn filter(fields: &Fields) -> ObjectFilter {
    ObjectFilter {
        kind: ObjectKind::parse(fields.get("kind")).unwrap_or_default(),
        q: fields.get("q").to_owned(),
        place: fields.get("place").chars().filter(char::is_ascii_digit).collect(),
        from: fields.get("from").parse().unwrap_or_default(),
    }
}

/// What is looked for.
pub fn search(filter: &ObjectFilter) -> ObjectSearch {
    ObjectSearch {
        kind: match filter.kind {
            ObjectKind::Official => object::ObjectKind::Official,
            ObjectKind::Unit => object::ObjectKind::Unit,
            ObjectKind::Collective => object::ObjectKind::Collective,
            ObjectKind::Project => object::ObjectKind::Project,
            ObjectKind::Supplier => object::ObjectKind::Supplier,
        },
        text: filter.q.trim().to_owned(),
        place: filter.place.clone(),
        from: filter.from,
        most: PAGE,
    }
}

/// The kind as the pages name it.
pub fn kind(kind: object::ObjectKind) -> ObjectKind {
    match kind {
        object::ObjectKind::Official => ObjectKind::Official,
        object::ObjectKind::Unit => ObjectKind::Unit,
        object::ObjectKind::Collective => ObjectKind::Collective,
        object::ObjectKind::Project => ObjectKind::Project,
        object::ObjectKind::Supplier => ObjectKind::Supplier,
    }
}

/// What a kind is called.
pub fn kind_title(kind: ObjectKind, lang: Lang) -> String {
    text(lang, kind.title(), &[]).into_owned()
}

/// The list of one kind.
pub fn list(shell: Shell, filter: ObjectFilter, list: &ObjectList, regions: &[Region]) -> ObjectsPage {
    let lang = shell.lang;
    let row = |item: &ObjectItem| ObjectRow {
        address: item.address.clone(),
        name: called(item),
        number: item.number.clone(),
        place: item.place.clone().unwrap_or_default(),
        cells: item.cells.iter().map(|cell| evidence_cell(cell, lang)).collect(),
    };
    ObjectsPage {
        counts: list.counts.iter().map(|(one, count)| (kind(*one), *count)).collect(),
        places: regions.iter().filter_map(township).collect(),
        rows: list.items.iter().map(row).collect(),
        most: PAGE,
        filter,
        shell,
    }
}

/// The question why a person's page is opened.
pub fn ask(shell: Shell, one: object::ObjectKind, address: String, filled: Filled) -> ObjectAskPage {
    ObjectAskPage { shell, kind: kind(one), address, filled }
}

/// What the page of an object says of declarations, beside the object itself.
pub struct Declared<'a> {
    /// The declarations of a unit.
    pub unit: Option<UnitDeclarations>,
    /// Who reads.
    pub actor: &'a Actor,
    /// Today, as deadlines have it.
    pub today: Day,
}

/// One object.
pub fn page(
    shell: Shell,
    object: &ObjectView,
    library: &Library,
    (declared, today): (Declared<'_>, Day),
    filled: Filled,
) -> ObjectPage {
    let (lang, item) = (shell.lang, &object.item);
    let Declared { unit, actor, today: now } = declared;
    let head = ObjectHead {
        kind: kind(item.kind),
        address: item.address.clone(),
        name: called(item),
        number: item.number.clone(),
        is_revealed: false,
        place: item.place.clone().unwrap_or_default(),
        cells: item.cells.iter().map(|cell| evidence_cell(cell, lang)).collect(),
    };
    ObjectPage {
        head,
        terms: object.terms.iter().map(|one| term(one, lang)).collect(),
        today,
        about: object.about.iter().map(|data| about(data, lang)).collect(),
        warnings: object.warnings.iter().map(|one| warning(one, lang)).collect(),
        findings: object.findings.iter().map(|one| finding(one, lang)).collect(),
        declarations: object.declarations.iter().map(|one| kinship::note(one, actor, now)).collect(),
        told: unit.map(|unit| kinship::told(unit, actor, now)),
        deliveries: object.deliveries.iter().map(|batch| delivery(batch, library, lang)).collect(),
        open_until: object.open_until,
        filled,
        shell,
    }
}

fn called(item: &ObjectItem) -> String {
    item.name.clone().unwrap_or_else(|| item.number.clone())
}

fn term(term: &ObjectTerm, lang: Lang) -> TermRow {
    TermRow {
        holder: term.holder.clone(),
        post: value::words(lang, &term.post),
        unit: value::words(lang, &term.unit),
        from: term.from,
        until: term.until,
        row: term.row,
    }
}

fn about(data: &ObjectData, lang: Lang) -> AboutRow {
    let line = |row| {
        let shown = source(row, lang);
        AboutLine { when: shown.when, content: shown.content, file: shown.file, row: shown.row }
    };
    AboutRow {
        dataset: data.dataset.clone(),
        title: data.title.get(lang).to_owned(),
        department: data.owner.get(lang).to_owned(),
        role: data.role.get(lang).to_owned(),
        count: data.count,
        years: data.years.clone(),
        rows: data.rows.iter().map(line).collect(),
        is_cut: data.is_cut,
    }
}

fn warning(warning: &ObjectWarning, lang: Lang) -> ObjectWarningRow {
    let item = &warning.item;
    ObjectWarningRow {
        id: item.id.to_string(),
        number: item.number.clone(),
        level: item.level,
        title: item.title.get(lang).to_owned(),
        state: state(item.state),
        verdict: warning.verdict.map(verdict),
        raised: item.raised_at,
        closed: warning.closed_at,
    }
}

fn finding(finding: &ObjectFinding, lang: Lang) -> ObjectFindingRow {
    ObjectFindingRow {
        title: finding.title.get(lang).to_owned(),
        level: finding.level,
        run: finding.run.to_string(),
        as_of: finding.as_of,
    }
}

/// A dataset that has left the library since is known by its key only.
fn delivery(batch: &Batch, library: &Library, lang: Lang) -> ObjectDelivery {
    let dataset = library.datasets.get(&batch.dataset);
    ObjectDelivery {
        id: batch.id.to_string(),
        number: u64::from(batch.number),
        file: batch.name.clone(),
        dataset: dataset.map_or(batch.dataset.as_str(), |dataset| dataset.title.get(lang)).to_owned(),
        received: batch.received_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_in_the_address_narrows_nothing() {
        let odd = filter(&Fields::parse(b"kind=citizen&place=%25&from=-3"));
        assert_eq!(odd, ObjectFilter::default());
        for one in object::ObjectKind::ALL {
            let asked = filter(&Fields::parse(format!("kind={one}&q=%E6%9D%8E&from=50").as_bytes()));
            let found = search(&asked);
            assert_eq!((found.kind, found.text.as_str(), found.from), (one, "李", 50));
            assert_eq!(kind(one).as_str(), one.as_str());
        }
    }
}
