use askama::Template;
use gnomon_kernel::{Day, Instant};

use super::KinState;
use super::kinship_words::{matter_title, relation_title, role_title, source_title};
use crate::form::{Choice, Filled};
use crate::page::{Page as _, page};
use crate::shell::Shell;
use crate::tr::key;
use crate::words::Due;

/// One declaration: what was declared, what the registers say otherwise, what happened, what this person may do.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/declaration.html")]
pub struct DeclarationPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Id, `kin_…`.
    pub id: String,
    /// The version that the forms carry.
    pub version: i32,
    /// What people call it.
    pub number: String,
    /// The year.
    pub year: i32,
    /// The day of the change that it tells.
    pub changed_on: Option<Day>,
    /// Name of the official, masked where the reader is not of the unit.
    pub official: String,
    /// Number of the official, masked.
    pub person: String,
    /// The post.
    pub post: String,
    /// Code and name of the unit.
    pub unit: (String, String),
    /// Where it stands.
    pub state: KinState,
    /// By when the next step is to be taken.
    pub due: Option<Due>,
    /// Who handed it in, and when.
    pub declared: Option<(String, Instant)>,
    /// Who looks after a matter.
    pub handler: Option<String>,
    /// Id of the list on which it was published.
    pub list: Option<String>,
    /// Rows that were declared.
    pub relative_count: u64,
    /// Differences with the registers.
    pub difference_count: u64,
    /// Relatives, differences and arrangements; none for those who see counts.
    pub content: Option<KinContent>,
    /// What happened, the newest first.
    pub timeline: Vec<KinEvent>,
    /// What this person may do now.
    pub can: KinRights,
    /// The form that came back.
    pub filled: Filled,
}

page!(DeclarationPage);

impl DeclarationPage {
    /// The form as it came back, or empty.
    fn sent(&self, form: &str) -> &Filled {
        static EMPTY: Filled = Filled::EMPTY;
        if self.filled.form == form { &self.filled } else { &EMPTY }
    }
}

/// What stands in a declaration.
#[derive(Debug, Clone, Default)]
pub struct KinContent {
    /// What was declared.
    pub relatives: Vec<KinRelative>,
    /// What the registers say otherwise.
    pub differences: Vec<KinDifference>,
    /// Recusals and exits.
    pub arrangements: Vec<KinArrangement>,
}

/// What a person may do with a declaration now.
#[derive(Debug, Clone, Default)]
pub struct KinRights {
    /// Rows of the form, when they may be written; with one that is empty.
    pub rows: Vec<KinFormRow>,
    /// Relations to choose from.
    pub relations: Vec<Choice>,
    /// Matters to choose from.
    pub matters: Vec<Choice>,
    /// Whether it may be handed in.
    pub submit: bool,
    /// Whether another row may be added.
    pub grow: bool,
    /// Whether differences may be answered; and whether that completes it.
    pub answer: Option<bool>,
    /// Whether a change may be told.
    pub change: bool,
    /// Handlers that a matter may be given to.
    pub handlers: Vec<Choice>,
    /// What may follow from a matter.
    pub settle: Vec<KinDecision>,
}

/// One row of the form.
#[derive(Debug, Clone, Default)]
pub struct KinFormRow {
    /// Place in the form.
    pub at: usize,
    /// The stored row; empty for a new one.
    pub was: String,
    /// The stored number, masked; it stays unless another is typed.
    pub known: Option<String>,
}

impl KinFormRow {
    /// The field in which something is typed.
    pub fn field(&self, what: &str) -> String {
        format!("r{}-{what}", self.at)
    }
}

/// A declared relative and a matter.
#[derive(Debug, Clone)]
pub struct KinRelative {
    /// Name.
    pub name: String,
    /// Number, masked.
    pub person: Option<String>,
    /// Word of the relation.
    pub relation: String,
    /// Where the relative works.
    pub employer: String,
    /// Word of the matter.
    pub matter: String,
    /// The matter in words.
    pub detail: String,
    /// The organisation.
    pub org: String,
    /// Its credit code.
    pub org_code: Option<String>,
}

impl KinRelative {
    fn relation_title(&self) -> &'static str {
        relation_title(&self.relation)
    }

    fn matter_title(&self) -> &'static str {
        matter_title(&self.matter)
    }
}

/// What the registers say and the declaration does not.
#[derive(Debug, Clone)]
pub struct KinDifference {
    /// Place among the stored ones.
    pub id: i64,
    /// How it differs.
    pub kind: KinDifferenceKind,
    /// Name of the relative, masked.
    pub name: String,
    /// Number of the relative, masked.
    pub person: String,
    /// Word of the relation in the registers.
    pub relation: String,
    /// Word of the declared relation.
    pub declared: Option<String>,
    /// The organisation, its credit code and the role in it.
    pub org: Option<(String, String, String)>,
    /// Word of the register.
    pub source: String,
    /// Its rows.
    pub rows: Vec<String>,
    /// What was answered, by whom and when.
    pub answer: Option<(String, String, Instant)>,
}

impl KinDifference {
    fn relation_title(&self) -> &'static str {
        relation_title(&self.relation)
    }

    fn declared_title(&self) -> Option<&'static str> {
        self.declared.as_deref().map(relation_title)
    }

    fn source_title(&self) -> &'static str {
        source_title(&self.source)
    }

    fn role_title(&self) -> Option<&'static str> {
        self.org.as_ref().map(|(_, _, role)| role_title(role))
    }

    fn field(&self) -> String {
        format!("answer-{}", self.id)
    }
}

/// How the registers differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KinDifferenceKind {
    /// A relative is not declared.
    RelativeMissing,
    /// Another relation is declared.
    RelationOther,
    /// A matter is not declared.
    MatterMissing,
}

impl KinDifferenceKind {
    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            KinDifferenceKind::RelativeMissing => key("kin-difference-relative"),
            KinDifferenceKind::RelationOther => key("kin-difference-relation"),
            KinDifferenceKind::MatterMissing => key("kin-difference-matter"),
        }
    }
}

/// A recusal or an exit.
#[derive(Debug, Clone)]
pub struct KinArrangement {
    /// Whether it is an exit.
    pub is_exit: bool,
    /// The record.
    pub record: String,
    /// By when.
    pub due: Option<Due>,
    /// Who wrote it down, and when.
    pub by: (String, Instant),
    /// The proof of an exit.
    pub proof: Option<(String, Instant)>,
}

/// One line of the timeline.
#[derive(Debug, Clone)]
pub struct KinEvent {
    /// Locale key of the sentence.
    pub title: &'static str,
    /// When.
    pub at: Instant,
    /// Who; none for the program.
    pub actor: Option<String>,
    /// Reason, record, proof, name or number.
    pub note: Option<String>,
}

/// What happened to a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KinEventKind {
    /// It became due.
    Opened,
    /// It was written on.
    Declared,
    /// It was handed in.
    Submitted,
    /// It was compared.
    Checked,
    /// It was completed.
    Completed,
    /// It was published.
    Published,
    /// It was compared again.
    Compared,
    /// Something differs.
    Found,
    /// A handler looks after it.
    Assigned,
    /// Something followed from it.
    Settled(KinDecision),
}

impl KinEventKind {
    /// Locale key of the sentence.
    pub fn title(self) -> &'static str {
        match self {
            KinEventKind::Opened => key("kin-event-opened"),
            KinEventKind::Declared => key("kin-event-declared"),
            KinEventKind::Submitted => key("kin-event-submitted"),
            KinEventKind::Checked => key("kin-event-checked"),
            KinEventKind::Completed => key("kin-event-completed"),
            KinEventKind::Published => key("kin-event-published"),
            KinEventKind::Compared => key("kin-event-compared"),
            KinEventKind::Found => key("kin-event-found"),
            KinEventKind::Assigned => key("kin-event-assigned"),
            KinEventKind::Settled(decision) => decision.title(),
        }
    }
}

/// What may follow from a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KinDecision {
    /// The explanation is accepted.
    Explain,
    /// A recusal is arranged.
    Recuse,
    /// An exit is asked for.
    AskExit,
    /// The exit is proved.
    ProveExit,
    /// It is handed on as a clue.
    ToClue,
}

impl KinDecision {
    /// The word in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            KinDecision::Explain => "explain",
            KinDecision::Recuse => "recuse",
            KinDecision::AskExit => "ask_exit",
            KinDecision::ProveExit => "prove_exit",
            KinDecision::ToClue => "to_clue",
        }
    }

    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            KinDecision::Explain => key("kin-explain"),
            KinDecision::Recuse => key("kin-recuse"),
            KinDecision::AskExit => key("kin-ask-exit"),
            KinDecision::ProveExit => key("kin-prove-exit"),
            KinDecision::ToClue => key("kin-to-clue"),
        }
    }

    /// Locale key of the line that says what it means.
    pub fn hint(self) -> &'static str {
        match self {
            KinDecision::Explain => key("kin-explain-hint"),
            KinDecision::Recuse => key("kin-recuse-hint"),
            KinDecision::AskExit => key("kin-ask-exit-hint"),
            KinDecision::ProveExit => key("kin-prove-exit-hint"),
            KinDecision::ToClue => key("kin-to-clue-hint"),
        }
    }
}
