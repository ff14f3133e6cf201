//! A data request as the rules see it, and the one function that moves it on.

use gnomon_kernel::{Day, Instant, UserId};

use super::state::{DataEnd, LinkKind, RequestState, RequestStep, next};
use crate::{
    calendar::{local_day, working_days_after},
    policy::Relation,
    role::Actor,
    warning::{Refused, needed},
};

/// The part of a data request that the rules read and write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataRequest {
    /// Where it stands.
    pub state: RequestState,
    /// Who asked last; `None` for the command line.
    pub asked_by: Option<UserId>,
    /// The first day on which data may come; open when absent.
    pub from: Option<Day>,
    /// The last day on which data may come; open when absent.
    pub until: Option<Day>,
    /// By when the next step is to be taken, where there is one to wait for.
    pub due: Option<Day>,
    /// How the data come, once chosen.
    pub link: Option<LinkKind>,
    /// Who asked for the end.
    pub end_asked_by: Option<UserId>,
    /// What becomes of the data at the end, once that was asked for.
    pub data_end: Option<DataEnd>,
}

/// Something that happens to a data request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestEvent {
    /// The department agrees. The remark may be empty.
    Agree {
        /// Remark.
        note: String,
    },
    /// The department does not agree.
    Refuse {
        /// Why; needed.
        reason: String,
    },
    /// The department wants something changed.
    Return {
        /// What; needed.
        reason: String,
    },
    /// It was changed and is asked again.
    Change {
        /// What was changed; may be empty.
        note: String,
    },
    /// The way was chosen by which the data come.
    Connect {
        /// Which.
        link: LinkKind,
    },
    /// The first delivery is in.
    GoLive {
        /// Name of the file.
        file: String,
    },
    /// Somebody asks for the end.
    AskEnd {
        /// What becomes of the data.
        data: DataEnd,
        /// Why; needed.
        reason: String,
    },
    /// It goes on after all.
    KeepOn {
        /// Why; needed.
        reason: String,
    },
    /// A second person confirms the end.
    End {
        /// Remark; may be empty.
        note: String,
    },
    /// What came under it was taken out of use.
    Clear,
}

impl RequestEvent {
    /// The step that it is.
    pub fn step(&self) -> RequestStep {
        match self {
            RequestEvent::Agree { .. } => RequestStep::Agree,
            RequestEvent::Refuse { .. } => RequestStep::Refuse,
            RequestEvent::Return { .. } => RequestStep::Return,
            RequestEvent::Change { .. } => RequestStep::Change,
            RequestEvent::Connect { .. } => RequestStep::Connect,
            RequestEvent::GoLive { .. } => RequestStep::GoLive,
            RequestEvent::AskEnd { .. } => RequestStep::AskEnd,
            RequestEvent::KeepOn { .. } => RequestStep::KeepOn,
            RequestEvent::End { .. } => RequestStep::End,
            RequestEvent::Clear => RequestStep::Clear,
        }
    }
}

/// One line of a data request's timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestEntry {
    /// What happened.
    pub step: RequestStep,
    /// When.
    pub at: Instant,
    /// Who; `None` for the program.
    pub by: Option<UserId>,
    /// Name of who; empty for the program.
    pub by_name: String,
    /// State before; `None` when it was asked.
    pub from: Option<RequestState>,
    /// State after.
    pub to: RequestState,
    /// Reason or remark in the person's own words, name of the file with `GoLive`; may be empty.
    pub note: String,
    /// With `Connect`.
    pub link: Option<LinkKind>,
    /// With `AskEnd`.
    pub data_end: Option<DataEnd>,
}

impl DataRequest {
    /// A new one, with the first line of its timeline.
    pub fn ask(
        (from, until): (Option<Day>, Option<Day>),
        by: &Actor,
        at: Instant,
        is_working: impl Fn(Day) -> bool,
    ) -> (DataRequest, RequestEntry) {
        let state = RequestState::Requested;
        let request = DataRequest {
            state,
            asked_by: by.user.clone(),
            from,
            until,
            due: due(state, at, is_working),
            link: None,
            end_asked_by: None,
            data_end: None,
        };
        let entry = RequestEntry { from: None, ..request.entry(RequestStep::Ask, by, at) };
        (request, entry)
    }

    /// Who has had a hand in it, for [`crate::policy::may`]. `owns`: the actor's department owns the dataset.
    pub fn relation(&self, owns: bool) -> Relation<'_> {
        let asked_by = match self.state {
            RequestState::Ending => &self.end_asked_by,
            _ => &self.asked_by,
        };
        Relation { submitted_by: asked_by.as_ref(), owns, ..Relation::NONE }
    }

    /// Whether data may come under it on this day.
    pub fn is_in_force(&self, on: Day) -> bool {
        let has_begun = self.from.is_none_or(|from| from <= on);
        let is_over = self.until.is_some_and(|until| until < on);
        self.state.is_agreed() && has_begun && !is_over
    }

    /// Whether the step is possible from here, whoever takes it.
    pub fn can(&self, step: RequestStep) -> bool {
        next(self.state, step).is_some()
    }

    /// Takes a step: the request afterwards and the line for its timeline.
    ///
    /// Who may take it is the policy's to say, not this function's.
    pub fn apply(
        &self,
        event: RequestEvent,
        by: &Actor,
        at: Instant,
        is_working: impl Fn(Day) -> bool,
    ) -> Result<(DataRequest, RequestEntry), Refused> {
        let step = event.step();
        let state = next(self.state, step).ok_or(Refused::state())?;
        // Another way for the same data gives no more time.
        let due = if step == RequestStep::Connect { self.due } else { due(state, at, is_working) };
        let mut after = DataRequest { state, due, ..self.clone() };
        let mut entry = RequestEntry { from: Some(self.state), ..after.entry(step, by, at) };
        after.take(event, by, &mut entry)?;
        Ok((after, entry))
    }

    fn take(&mut self, event: RequestEvent, by: &Actor, entry: &mut RequestEntry) -> Result<(), Refused> {
        use RequestEvent as E;
        match event {
            E::Agree { note } | E::End { note } => entry.note = note,
            E::Refuse { reason } | E::Return { reason } => entry.note = needed(reason, "reason")?,
            E::Change { note } => {
                entry.note = note;
                self.asked_by = by.user.clone();
            }
            E::Connect { link } => (self.link, entry.link) = (Some(link), Some(link)),
            E::GoLive { file } => entry.note = file,
            E::AskEnd { data, reason } => {
                entry.note = needed(reason, "reason")?;
                (self.data_end, entry.data_end) = (Some(data), Some(data));
                self.end_asked_by = by.user.clone();
            }
            E::KeepOn { reason } => {
                entry.note = needed(reason, "reason")?;
                (self.data_end, self.end_asked_by) = (None, None);
            }
            E::Clear => {}
        }
        Ok(())
    }

    fn entry(&self, step: RequestStep, by: &Actor, at: Instant) -> RequestEntry {
        RequestEntry {
            step,
            at,
            by: by.user.clone(),
            by_name: by.name.clone(),
            from: Some(self.state),
            to: self.state,
            note: String::new(),
            link: None,
            data_end: None,
        }
    }
}

fn due(state: RequestState, at: Instant, is_working: impl Fn(Day) -> bool) -> Option<Day> {
    state.days_allowed().map(|days| working_days_after(local_day(at), days, is_working))
}
