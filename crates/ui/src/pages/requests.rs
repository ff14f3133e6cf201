use askama::Template;
use gnomon_kernel::Instant;

use crate::page::{Page as _, page};
use crate::shell::Shell;
use crate::tr::key;
use crate::words::Due;

/// All data requests: which department was asked to share what, and how far that is.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/requests.html")]
pub struct RequestsPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Whether links need an agreement in force.
    pub is_required: bool,
    /// Those that wait for somebody first.
    pub rows: Vec<RequestRow>,
}

page!(RequestsPage);

impl RequestsPage {
    /// Requests whose day has passed.
    fn late(&self) -> usize {
        let is_late = |row: &&RequestRow| row.due.is_some_and(|due| due.days < 0);
        self.rows.iter().filter(is_late).count()
    }
}

/// A data request of the list.
#[derive(Debug, Clone)]
pub struct RequestRow {
    /// Id, `req_…`.
    pub id: String,
    /// What people call it.
    pub number: String,
    /// Title of the dataset.
    pub dataset: String,
    /// The department that owns it.
    pub department: String,
    /// Where it stands.
    pub state: RequestState,
    /// By when the next step is to be taken.
    pub due: Option<Due>,
    /// Who asked; none for the command line.
    pub asked_by: Option<String>,
    /// When.
    pub asked: Instant,
}

/// Where a data request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestState {
    /// The department is to answer.
    Requested,
    /// The department wants it changed.
    Returned,
    /// The department does not agree.
    Refused,
    /// The department agrees.
    Agreed,
    /// A way has been chosen.
    Connecting,
    /// Deliveries come.
    Live,
    /// Deliveries come late, or below the limits of quality.
    Degraded,
    /// Its end waits for a second person.
    Ending,
    /// Nothing comes any more.
    Ended,
}

impl RequestState {
    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            RequestState::Requested => key("request-requested"),
            RequestState::Returned => key("request-returned"),
            RequestState::Refused => key("request-refused"),
            RequestState::Agreed => key("request-agreed"),
            RequestState::Connecting => key("request-connecting"),
            RequestState::Live => key("request-live"),
            RequestState::Degraded => key("standing-degraded"),
            RequestState::Ending => key("request-ending"),
            RequestState::Ended => key("request-ended"),
        }
    }

    /// The word that the style sheet knows.
    pub fn tone(self) -> &'static str {
        match self {
            RequestState::Requested | RequestState::Returned | RequestState::Ending => "warn",
            RequestState::Agreed | RequestState::Connecting => "info",
            RequestState::Live => "ok",
            RequestState::Degraded => "crit",
            RequestState::Refused | RequestState::Ended => "mute",
        }
    }
}

/// A data request in few words, on pages about its dataset.
#[derive(Debug, Clone)]
pub struct AgreementNote {
    /// Id, `req_…`.
    pub id: String,
    /// What people call it.
    pub number: String,
    /// Where it stands.
    pub state: RequestState,
}
