use askama::Template;
use gnomon_kernel::{Day, Instant};

use super::{Cadence, ModelUse, RequestState, Sensitivity};
use crate::form::Filled;
use crate::page::{Page as _, page};
use crate::shell::{Section, Shell};
use crate::tr::key;
use crate::words::Due;

/// One data request: what is asked, the agreement as a sheet, what happened, what this person may do.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/request.html")]
pub struct RequestPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Id, `req_…`.
    pub id: String,
    /// The version that the forms carry.
    pub version: i32,
    /// What people call it.
    pub number: String,
    /// Where it stands.
    pub state: RequestState,
    /// By when the next step is to be taken.
    pub due: Option<Due>,
    /// What is asked, and of whom.
    pub sheet: RequestSheet,
    /// Deliveries that came under it and are in.
    pub batches: u64,
    /// Their rows.
    pub rows: u64,
    /// What becomes of the data at the end, once that was asked for.
    pub data_end: Option<DataEnd>,
    /// What was taken out of use.
    pub cleared: Option<Cleared>,
    /// What happened, the newest first.
    pub timeline: Vec<RequestEvent>,
    /// What this person may do now.
    pub forms: Vec<RequestForm>,
    /// The form that came back.
    pub filled: Filled,
}

page!(RequestPage);

impl RequestPage {
    /// The form as it came back, or empty.
    fn filled_of(&self, form: &RequestForm) -> &Filled {
        static EMPTY: Filled = Filled::EMPTY;
        if self.filled.form == form.path() { &self.filled } else { &EMPTY }
    }

    fn opens_data(&self) -> bool {
        self.shell.opens(Section::Data)
    }

    /// Whether its data are still to be taken out of use.
    fn is_clearing(&self) -> bool {
        let is_to_go = self.data_end.is_some_and(|end| end != DataEnd::Keep);
        self.state == RequestState::Ended && is_to_go && self.cleared.is_none()
    }
}

/// What is asked, as it is printed and signed.
#[derive(Debug, Clone)]
pub struct RequestSheet {
    /// Key of the dataset.
    pub key: String,
    /// Title of the dataset.
    pub dataset: String,
    /// The department that owns it.
    pub department: String,
    /// What the data are for.
    pub purpose: String,
    /// The law or rule on which it rests.
    pub basis: String,
    /// Columns asked for.
    pub columns: Vec<AskedColumn>,
    /// Models it is for.
    pub models: Vec<ModelUse>,
    /// How often the data are to come, where that is known.
    pub cadence: Option<Cadence>,
    /// First day; open when absent.
    pub from: Option<Day>,
    /// Last day; open when absent.
    pub until: Option<Day>,
    /// How the data come, once chosen.
    pub link: Option<LinkKind>,
    /// Who asked; none for the command line.
    pub asked_by: Option<String>,
    /// When.
    pub asked: Instant,
    /// Who agreed, and when.
    pub agreed: Option<(String, Instant)>,
}

/// A column that is asked for.
#[derive(Debug, Clone)]
pub struct AskedColumn {
    /// Name in SQL.
    pub name: String,
    /// Title.
    pub title: String,
    /// How carefully to handle it.
    pub sensitivity: Sensitivity,
}

/// What was taken out of use after the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cleared {
    /// Deliveries.
    pub batches: u64,
    /// Their rows.
    pub rows: u64,
    /// When.
    pub at: Instant,
}

/// How data come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// The department's system pushes.
    Interface,
    /// We read the department's system.
    Line,
    /// Files are copied.
    Copy,
    /// Forms are filled in.
    Form,
}

impl LinkKind {
    /// All of them, the best first.
    pub const ALL: [LinkKind; 4] = [LinkKind::Interface, LinkKind::Line, LinkKind::Copy, LinkKind::Form];

    /// The word in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            LinkKind::Interface => "interface",
            LinkKind::Line => "line",
            LinkKind::Copy => "copy",
            LinkKind::Form => "form",
        }
    }

    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            LinkKind::Interface => key("link-interface"),
            LinkKind::Line => key("link-line"),
            LinkKind::Copy => key("link-copy"),
            LinkKind::Form => key("link-form"),
        }
    }
}

/// What becomes of the data at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataEnd {
    /// They stay in use.
    Keep,
    /// They leave the tables; received files are kept.
    Archive,
    /// They leave the tables; received files are to be destroyed.
    Erase,
}

impl DataEnd {
    /// All of them.
    pub const ALL: [DataEnd; 3] = [DataEnd::Keep, DataEnd::Archive, DataEnd::Erase];

    /// The word in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            DataEnd::Keep => "keep",
            DataEnd::Archive => "archive",
            DataEnd::Erase => "erase",
        }
    }

    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            DataEnd::Keep => key("data-end-keep"),
            DataEnd::Archive => key("data-end-archive"),
            DataEnd::Erase => key("data-end-erase"),
        }
    }

    /// Locale key of the line that says what it means.
    pub fn hint(self) -> &'static str {
        match self {
            DataEnd::Keep => key("data-end-keep-hint"),
            DataEnd::Archive => key("data-end-archive-hint"),
            DataEnd::Erase => key("data-end-erase-hint"),
        }
    }
}

/// One line of a request's timeline.
#[derive(Debug, Clone)]
pub struct RequestEvent {
    /// What happened.
    pub kind: RequestEventKind,
    /// When.
    pub at: Instant,
    /// Who; none for the program.
    pub actor: Option<String>,
    /// Reason or remark.
    pub note: Option<String>,
}

/// What happened to a data request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestEventKind {
    /// Somebody asked.
    Asked,
    /// The department agreed.
    Agreed,
    /// The department did not.
    Refused,
    /// The department sent it back.
    Returned,
    /// It was changed and asked again.
    Changed,
    /// The way was chosen.
    Connecting(LinkKind),
    /// The first delivery is in.
    Live,
    /// Somebody asked for the end.
    EndAsked(DataEnd),
    /// It goes on.
    KeptOn,
    /// The end was confirmed.
    Ended,
    /// What came under it was taken out of use.
    Cleared,
}

impl RequestEventKind {
    /// Locale key of the sentence.
    pub fn title(self) -> &'static str {
        match self {
            RequestEventKind::Asked => key("request-event-asked"),
            RequestEventKind::Agreed => key("request-event-agreed"),
            RequestEventKind::Refused => key("request-event-refused"),
            RequestEventKind::Returned => key("request-event-returned"),
            RequestEventKind::Changed => key("request-event-changed"),
            RequestEventKind::Connecting(_) => key("request-event-connecting"),
            RequestEventKind::Live => key("request-event-live"),
            RequestEventKind::EndAsked(_) => key("request-event-end-asked"),
            RequestEventKind::KeptOn => key("request-event-kept-on"),
            RequestEventKind::Ended => key("request-event-ended"),
            RequestEventKind::Cleared => key("request-event-cleared"),
        }
    }

    /// Locale key of what was chosen with it.
    pub fn choice(self) -> Option<&'static str> {
        match self {
            RequestEventKind::Connecting(link) => Some(link.title()),
            RequestEventKind::EndAsked(end) => Some(end.title()),
            _ => None,
        }
    }
}

/// A form of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestForm {
    /// Agree, refuse, send back.
    Answer,
    /// Change what is asked: a page of its own.
    Change,
    /// Choose how the data come.
    Connect,
    /// Ask for the end.
    AskEnd,
    /// Confirm the end, or let it go on.
    ConfirmEnd,
}

impl RequestForm {
    /// The last part of its address.
    pub fn path(&self) -> &'static str {
        match self {
            RequestForm::Answer => "answer",
            RequestForm::Change => "change",
            RequestForm::Connect => "connect",
            RequestForm::AskEnd => "ask-end",
            RequestForm::ConfirmEnd => "confirm-end",
        }
    }

    /// Locale key of its heading.
    pub fn title(&self) -> &'static str {
        match self {
            RequestForm::Answer => key("request-answer"),
            RequestForm::Change => key("request-change"),
            RequestForm::Connect => key("request-connect"),
            RequestForm::AskEnd => key("request-ask-end"),
            RequestForm::ConfirmEnd => key("request-confirm-end"),
        }
    }
}

/// One choice of a decision: value, locale keys of its name and of what it means.
pub(crate) type Decision = (&'static str, &'static str, &'static str);

impl RequestForm {
    /// What can be decided with it; nothing for a form that decides nothing.
    pub(crate) fn decisions(&self) -> Vec<Decision> {
        match self {
            RequestForm::Answer => vec![
                ("agree", key("answer-agree"), key("answer-agree-hint")),
                ("return", key("answer-return"), key("answer-return-hint")),
                ("refuse", key("answer-refuse"), key("answer-refuse-hint")),
            ],
            RequestForm::ConfirmEnd => vec![
                ("end", key("confirm-end"), key("confirm-end-hint")),
                ("keep_on", key("confirm-keep-on"), key("confirm-keep-on-hint")),
            ],
            _ => Vec::new(),
        }
    }
}
