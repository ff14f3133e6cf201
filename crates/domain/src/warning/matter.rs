//! A warning as the rules see it, and the one function that moves it on.

use gnomon_kernel::{Code, Day, Instant, Level, Money, UserId};

use super::{
    event::{Event, TimelineEntry},
    state::{State, Step, Verdict, next},
};
use crate::{policy::Relation, role::Actor};

/// The part of a warning that the rules of the loop read and write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// Where it stands.
    pub state: State,
    /// How strongly it asks for attention.
    pub level: Level,
    /// Whether the last run that could have found it did not.
    pub vanished: bool,
    /// Who has it.
    pub assignee: Option<UserId>,
    /// By when it is to be handed over.
    pub due: Day,
    /// What verification found.
    pub verdict: Option<Verdict>,
    /// Who verified it.
    pub verified_by: Option<UserId>,
    /// Who handed it over.
    pub submitted_by: Option<UserId>,
    /// Money to come back, once set.
    pub to_recover: Option<Money>,
    /// Money that came back so far.
    pub recovered: Money,
}

/// Why a step was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {field}")]
pub struct Refused {
    /// What is wrong.
    pub code: Code,
    /// Name of the field at fault; empty when it is the step as a whole.
    pub field: &'static str,
}

impl Refused {
    pub(crate) fn state() -> Self {
        Self { code: Code::State, field: "" }
    }

    pub(crate) fn missing(field: &'static str) -> Self {
        Self { code: Code::Missing, field }
    }

    pub(crate) fn invalid(field: &'static str) -> Self {
        Self { code: Code::Invalid, field }
    }
}

impl Matter {
    /// A fresh one, with the first line of its timeline.
    pub fn raise(level: Level, due: Day, at: Instant) -> (Matter, TimelineEntry) {
        let matter = Matter {
            state: State::New,
            level,
            vanished: false,
            assignee: None,
            due,
            verdict: None,
            verified_by: None,
            submitted_by: None,
            to_recover: None,
            recovered: Money::ZERO,
        };
        let mut entry = matter.entry(Step::Raise, &Actor::system(), at);
        entry.from = None;
        entry.level = Some(level);
        (matter, entry)
    }

    /// Who has had a hand in it, for [`crate::policy::may`].
    pub fn relation(&self) -> Relation<'_> {
        Relation {
            assignee: self.assignee.as_ref(),
            verified_by: self.verified_by.as_ref(),
            submitted_by: self.submitted_by.as_ref(),
            owns: false,
        }
    }

    /// The steps that are possible from here, whoever takes them.
    pub fn possible(&self) -> Vec<Step> {
        Step::ALL.iter().copied().filter(|step| self.target(*step).is_ok()).collect()
    }

    /// Takes a step: the warning afterwards and the line for its timeline.
    ///
    /// Who may take it is the policy's to say, not this function's.
    pub fn apply(&self, event: Event, by: &Actor, at: Instant) -> Result<(Matter, TimelineEntry), Refused> {
        let step = self.step_of(&event)?;
        let mut after = self.clone();
        after.state = self.target(step)?;
        let mut entry = after.entry(step, by, at);
        entry.from = Some(self.state);
        after.take(event, by, &mut entry)?;
        Ok((after, entry))
    }

    fn step_of(&self, event: &Event) -> Result<Step, Refused> {
        Ok(match event {
            Event::Refresh { level } if *level != self.level => Step::ChangeLevel,
            Event::Refresh { .. } => Step::Refresh,
            Event::Vanish => Step::Vanish,
            Event::Assign { .. } => Step::Assign,
            Event::Verify { .. } => Step::Verify,
            Event::Dispose { .. } => Step::Dispose,
            Event::Recover { .. } => Step::Recover,
            Event::Submit { .. } => Step::Submit,
            Event::Accept { .. } => Step::Accept,
            Event::Return { step: step @ (Step::ReturnToVerify | Step::ReturnToDispose), .. } => *step,
            Event::Return { .. } => return Err(Refused::invalid("step")),
            Event::LoseSource { .. } => Step::LoseSource,
            Event::Reveal { .. } => Step::Reveal,
        })
    }

    /// The state table, narrowed by the verdict: only what was found true has money to recover, and it is not handed
    /// over before that was settled.
    fn target(&self, step: Step) -> Result<State, Refused> {
        let target = next(self.state, step).ok_or(Refused::state())?;
        let found_true = self.verdict == Some(Verdict::True);
        match step {
            Step::Dispose | Step::Recover | Step::ReturnToDispose if !found_true => Err(Refused::state()),
            Step::Submit if self.state == State::Verified && found_true => Err(Refused::state()),
            _ => Ok(target),
        }
    }

    fn take(&mut self, event: Event, by: &Actor, entry: &mut TimelineEntry) -> Result<(), Refused> {
        match event {
            Event::Refresh { level } => {
                (self.level, self.vanished) = (level, false);
                entry.level = Some(level);
            }
            Event::Vanish => self.vanished = true,
            Event::LoseSource { file } => entry.note = file,
            Event::Assign { to, name, due, note } => {
                (self.assignee, self.due) = (Some(to), due);
                (entry.person, entry.day, entry.note) = (Some(name), Some(due), note);
            }
            Event::Verify { verdict, reason } => {
                entry.note = needed(reason, "reason")?;
                entry.verdict = Some(verdict);
                (self.verdict, self.verified_by) = (Some(verdict), by.user.clone());
                self.to_recover = self.to_recover.filter(|_| verdict == Verdict::True);
            }
            Event::Dispose { to_recover, note } => {
                if to_recover < Money::ZERO {
                    return Err(Refused::invalid("to_recover"));
                }
                entry.note = needed(note, "note")?;
                (self.to_recover, entry.amount) = (Some(to_recover), Some(to_recover));
            }
            Event::Recover { amount, day, note } => {
                self.recovered = self.with_recovered(amount)?;
                (entry.amount, entry.day, entry.note) = (Some(amount), Some(day), note);
            }
            Event::Submit { reason } => {
                entry.note = self.reason_to_end(reason)?;
                self.submitted_by = by.user.clone();
            }
            Event::Accept { note } => entry.note = note,
            Event::Return { reason, .. } | Event::Reveal { reason } => entry.note = needed(reason, "reason")?,
        }
        Ok(())
    }

    fn with_recovered(&self, amount: Money) -> Result<Money, Refused> {
        if amount <= Money::ZERO {
            return Err(Refused::invalid("amount"));
        }
        self.recovered.checked_add(amount).ok_or(Refused::invalid("amount"))
    }

    /// Less money than was to come back needs a reason; so does a verdict of true without any amount.
    fn reason_to_end(&self, reason: String) -> Result<String, Refused> {
        if self.verdict != Some(Verdict::True) {
            return Ok(reason);
        }
        let to_recover = self.to_recover.ok_or(Refused::missing("to_recover"))?;
        if self.recovered >= to_recover { Ok(reason) } else { needed(reason, "reason") }
    }

    fn entry(&self, step: Step, by: &Actor, at: Instant) -> TimelineEntry {
        TimelineEntry {
            step,
            at,
            by: by.user.clone(),
            by_name: by.name.clone(),
            from: Some(self.state),
            to: self.state,
            note: String::new(),
            verdict: None,
            amount: None,
            day: None,
            person: None,
            level: None,
        }
    }
}

pub(crate) fn needed(text: String, field: &'static str) -> Result<String, Refused> {
    if text.trim().is_empty() { Err(Refused::missing(field)) } else { Ok(text) }
}
