use gnomon_app::{App, Assignee, Inbox, Region, WarningItem};
use gnomon_kernel::{Day, Lang};
use gnomon_ui::{
    Bulk, Choice, Due, InboxFilter, InboxPage, InboxRow, LevelCounts, Shell, State, proposed_limit, text,
};

use super::{query, value};

/// What the filters and the bulk form offer.
pub struct Choices {
    /// Who can be given warnings.
    pub assignees: Vec<Assignee>,
    /// The administrative tree.
    pub regions: Vec<Region>,
    /// Whether this person may give warnings to others.
    pub may_assign: bool,
    /// Whether this person sees only their own.
    pub is_handler: bool,
}

impl Choices {
    /// For a list that is swapped in under filters that stay.
    pub fn none(may_assign: bool) -> Choices {
        Choices { assignees: Vec::new(), regions: Vec::new(), may_assign, is_handler: false }
    }
}

/// One page of the inbox.
pub fn page(shell: Shell, filter: InboxFilter, inbox: &Inbox, choices: Choices, app: &App) -> InboxPage {
    let (lang, today, library) = (shell.lang, app.today(), app.library());
    let models = library.models.values();
    let packs = library.models.values().map(|model| model.pack()).collect::<std::collections::BTreeSet<_>>();
    let title = |key: &str| library.pack_title(key).get(lang).to_owned();
    let bulk = choices.may_assign.then(|| Bulk {
        assignees: choices.assignees.iter().map(assignee).collect(),
        due: proposed_limit(today),
    });
    InboxPage {
        filter,
        counts: LevelCounts { red: inbox.counts.red, yellow: inbox.counts.yellow, blue: inbox.counts.blue },
        models: models.map(|model| Choice::new(&model.id, model.title.get(lang))).collect(),
        packs: packs.into_iter().map(|key| Choice::new(key, title(key))).collect(),
        regions: choices.regions.iter().filter_map(township).collect(),
        handlers: handlers(&choices, lang),
        bulk,
        rows: inbox.items.iter().map(|item| row(item, lang, today)).collect(),
        next: inbox.next.as_ref().map(ToString::to_string),
        shell,
    }
}

/// Somebody who can be given a warning, as the pages list them.
pub fn assignee(one: &Assignee) -> gnomon_ui::Assignee {
    gnomon_ui::Assignee { id: one.id.to_string(), name: one.name.clone(), open: one.open }
}

/// Townships only: villages would make the list too long to choose from.
pub fn township(region: &Region) -> Option<Choice> {
    let head = query::township(&region.code);
    let is_township = head.len() == 9 && !head.ends_with("000");
    is_township.then(|| Choice::new(head, &region.name))
}

fn handlers(choices: &Choices, lang: Lang) -> Vec<Choice> {
    if choices.is_handler {
        return Vec::new();
    }
    let nobody = Choice::new(query::NOBODY, text(lang, "nobody", &[]));
    let people = choices.assignees.iter().map(|one| Choice::new(one.id.as_str(), &one.name));
    std::iter::once(nobody).chain(people).collect()
}

fn row(item: &WarningItem, lang: Lang, today: Day) -> InboxRow {
    let sentence = value::sentence(lang, item);
    InboxRow {
        id: item.id.to_string(),
        number: item.number.clone(),
        version: i64::from(item.version),
        level: item.level,
        title: item.title.get(lang).to_owned(),
        region: item.place.clone().unwrap_or_default(),
        subject: item.subject_name.clone().unwrap_or_else(|| item.subject.clone()),
        subject_no: item.subject_name.as_ref().map_or_else(String::new, |_| item.subject.clone()),
        fen: item.money,
        evidence: sentence.into_iter().map(|span| span.text).collect(),
        state: state(item.state),
        owner: item.assignee_name.clone(),
        due: item.state.is_open().then(|| Due::new(item.due, today)),
        raised: item.raised_at,
    }
}

/// The state as the pages name it.
pub fn state(state: gnomon_domain::State) -> State {
    use gnomon_domain::State as S;
    match state {
        S::New => State::New,
        S::Assigned => State::Assigned,
        S::Verified => State::Verified,
        S::Disposing => State::Disposing,
        S::InReview => State::InReview,
        S::Closed => State::Closed,
        S::Withdrawn => State::Withdrawn,
    }
}
