//! The inbox.

use gnomon_domain::{Action, Actor, Role, State};
use gnomon_kernel::{Day, Instant, Level, Money, UserId, WarningId, Words};
use gnomon_library::model::Subject;
use gnomon_store::{Cursor, Filter, Finding, Holder, LevelCounts, Tx, Warning};

use crate::{
    App, Result,
    app::permit,
    warning::shown::{Places, Shown, subject_kind},
};

/// One page of the inbox.
#[derive(Debug, Clone)]
pub struct Inbox {
    /// Strongest level first, then newest.
    pub items: Vec<WarningItem>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// How many of each level the same filter lets through.
    pub counts: LevelCounts,
}

/// A warning in a list; nothing in it names a person.
#[derive(Debug, Clone)]
pub struct WarningItem {
    /// Identifier.
    pub id: WarningId,
    /// What people call it.
    pub number: String,
    /// Version, for [`crate::Seen`].
    pub version: i32,
    /// Level.
    pub level: Level,
    /// Where it stands.
    pub state: State,
    /// Whether the last run no longer found it.
    pub vanished: bool,
    /// Id of the model.
    pub model: String,
    /// Title of the model.
    pub title: Words,
    /// Key of the pack.
    pub pack: String,
    /// What kind of thing it is about.
    pub kind: Option<Subject>,
    /// Number of the subject, masked where it is a person's.
    pub subject: String,
    /// Name of the subject, masked where it is a person's.
    pub subject_name: Option<String>,
    /// Money concerned.
    pub money: Option<Money>,
    /// Township and village.
    pub place: Option<String>,
    /// The model's sentence with `{name}` places; [`WarningItem::fact`] fills them.
    pub message: Words,
    /// Who has it.
    pub assignee: Option<UserId>,
    /// Their name.
    pub assignee_name: Option<String>,
    /// Until when it is to be handed over.
    pub due: Day,
    /// When it was raised.
    pub raised_at: Instant,
    /// Name and value of all that the model returned.
    pub facts: Vec<(String, Shown)>,
}

impl WarningItem {
    /// The value of a place in [`WarningItem::message`].
    pub fn fact(&self, name: &str) -> Option<&Shown> {
        self.facts.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

impl App {
    /// A page of the inbox with counts. A handler sees only what is assigned to them, whatever the filter says.
    pub async fn inbox(
        &self,
        actor: &Actor,
        filter: &Filter,
        after: Option<&Cursor>,
        limit: u64,
    ) -> Result<Inbox> {
        permit(actor, Action::ViewWarnings)?;
        let filter = narrowed(actor, filter);
        let tx = self.parts.store.read().await?;
        let page = tx.inbox(&filter, after, limit).await?;
        let counts = tx.inbox_counts(&filter).await?;
        let items = self.items(&tx, &page.warnings).await?;
        Ok(Inbox { items, next: page.next, counts })
    }

    /// How many warnings of each level a filter lets through for this person.
    pub async fn inbox_counts(&self, actor: &Actor, filter: &Filter) -> Result<LevelCounts> {
        permit(actor, Action::ViewWarnings)?;
        Ok(self.parts.store.read().await?.inbox_counts(&narrowed(actor, filter)).await?)
    }

    pub(crate) async fn items(&self, tx: &Tx, warnings: &[Warning]) -> Result<Vec<WarningItem>> {
        let ids: Vec<i64> = warnings.iter().map(|warning| warning.finding).collect();
        let findings = tx.findings_numbered(&ids).await?;
        let codes = findings.iter().flat_map(|finding| self.codes_in(finding));
        let places = Places::load(tx, codes).await?;
        let found = |warning: &Warning| {
            let at = findings.binary_search_by_key(&warning.finding, |finding| finding.id).ok()?;
            findings.get(at)
        };
        Ok(warnings.iter().map(|warning| self.item(warning, found(warning), &places)).collect())
    }

    /// The division codes that a finding names.
    pub(crate) fn codes_in<'a>(&'a self, finding: &'a Finding) -> Vec<&'a str> {
        let model = self.library().models.get(&finding.model);
        let is_region = |name: &str| {
            let word = model.and_then(|model| self.library().evidence_word(model, name));
            word.is_some_and(|(ty, _)| ty == gnomon_library::column::ColumnType::Region)
        };
        let cells = finding.evidence.iter().filter(|(name, _)| is_region(name));
        cells.filter_map(|(_, value)| value.as_str()).chain(finding.region_code.as_deref()).collect()
    }

    pub(crate) fn item(&self, warning: &Warning, finding: Option<&Finding>, places: &Places) -> WarningItem {
        let model = self.library().models.get(&warning.model);
        let kind = subject_kind(model);
        WarningItem {
            id: warning.id.clone(),
            number: warning.number.clone(),
            version: warning.version,
            level: warning.matter.level,
            state: warning.matter.state,
            vanished: warning.matter.vanished,
            model: warning.model.clone(),
            title: self.model_title(&warning.model),
            pack: warning.pack.clone(),
            kind,
            subject: Shown::subject(kind, &warning.subject),
            subject_name: warning.subject_name.as_deref().map(|name| Shown::subject_name(kind, name)),
            money: warning.money,
            place: warning.region_code.as_deref().and_then(|code| places.name(code)),
            message: model.map_or_else(|| self.model_title(&warning.model), |model| model.message.clone()),
            assignee: warning.matter.assignee.clone(),
            assignee_name: warning.assignee_name.clone(),
            due: warning.matter.due,
            raised_at: warning.raised_at,
            facts: finding.map(|finding| self.facts(finding, places)).unwrap_or_default(),
        }
    }
}

pub(crate) fn narrowed(actor: &Actor, filter: &Filter) -> Filter {
    match (&actor.user, actor.role) {
        (Some(user), Role::Handler) => {
            Filter { holder: Some(Holder::Person(user.clone())), ..filter.clone() }
        }
        _ => filter.clone(),
    }
}
