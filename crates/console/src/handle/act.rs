//! The steps of the loop, each a form of a warning's page.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use gnomon_app::{Assignment, Changed, Error, Review, Seen};
use gnomon_domain::Verdict;
use gnomon_httpkit::{Fault, Fields, Form, Staff};
use gnomon_kernel::{Code, UserId, WarningId};
use gnomon_ui::{Notice, Template as _};

use super::{known, warning};
use crate::{config::Console, view::form};

type Answer = Result<Response, Fault>;

/// Gives the warning to a handler.
pub async fn assign(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let step = Step::read("assign", &id, fields)?;
    let order = || {
        let to = UserId::parse(step.fields.get("assignee")).ok_or_else(|| step.missing("assignee"))?;
        Ok(Assignment { to, due: form::day(&step.fields, "due")?, note: step.fields.get("note").to_owned() })
    };
    let result = match order() {
        Ok(order) => console.app().assign(&staff.actor, &step.seen, &order).await,
        Err(error) => Err(error),
    };
    step.answer(&console, &staff, result, Notice::Assigned { done: 1, failed: 0 }).await
}

/// Writes down what verification found.
pub async fn verify(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let step = Step::read("verify", &id, fields)?;
    let result = match Verdict::parse(step.fields.get("verdict")) {
        Some(verdict) => {
            console.app().verify(&staff.actor, &step.seen, verdict, step.fields.get("reason")).await
        }
        None => Err(step.missing("verdict")),
    };
    step.answer(&console, &staff, result, Notice::Verified).await
}

/// Sets the money to recover.
pub async fn dispose(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let step = Step::read("dispose", &id, fields)?;
    let result = match form::money(&step.fields, "to_recover") {
        Ok(sum) => console.app().dispose(&staff.actor, &step.seen, sum, step.fields.get("note")).await,
        Err(error) => Err(error),
    };
    step.answer(&console, &staff, result, Notice::Disposed).await
}

/// Enters money that came back.
pub async fn recover(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let step = Step::read("recover", &id, fields)?;
    let entry = || {
        let day = form::day(&step.fields, "day")?.ok_or_else(|| step.missing("day"))?;
        Ok((form::money(&step.fields, "amount")?, day))
    };
    let result = match entry() {
        Ok((sum, day)) => {
            console.app().recover_money(&staff.actor, &step.seen, sum, day, step.fields.get("note")).await
        }
        Err(error) => Err(error),
    };
    step.answer(&console, &staff, result, Notice::Recovered).await
}

/// Hands the warning over for review.
pub async fn submit(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let step = Step::read("submit", &id, fields)?;
    let result = console.app().submit(&staff.actor, &step.seen, step.fields.get("reason")).await;
    step.answer(&console, &staff, result, Notice::Submitted).await
}

/// Accepts or returns another person's work.
pub async fn review(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let step = Step::read("review", &id, fields)?;
    let reason = step.fields.get("reason").to_owned();
    let (decision, notice) = match step.fields.get("decision") {
        "accept" => (Some(Review::Accept { note: reason }), Notice::Closed),
        "return_to_verify" => (Some(Review::ReturnToVerify { reason }), Notice::Returned),
        "return_to_dispose" => (Some(Review::ReturnToDispose { reason }), Notice::Returned),
        _ => (None, Notice::Returned),
    };
    let result = match decision {
        Some(decision) => console.app().review(&staff.actor, &step.seen, decision).await,
        None => Err(step.missing("decision")),
    };
    step.answer(&console, &staff, result, notice).await
}

/// A form of a warning's page, as it was sent.
struct Step {
    form: &'static str,
    seen: Seen,
    fields: Fields,
}

impl Step {
    fn read(form: &'static str, id: &str, fields: Fields) -> Result<Step, Fault> {
        let warning = known(WarningId::parse(id))?;
        // A form without a version is as stale as one with an old version; no warning has this one.
        let version = Some(fields.get("version").parse().unwrap_or(-1));
        Ok(Step { form, seen: Seen { warning, version }, fields })
    }

    fn missing(&self, field: &str) -> Error {
        let is_empty = self.fields.get(field).is_empty();
        Error::field(field, if is_empty { Code::Missing } else { Code::Invalid })
    }

    /// Back to the page; with the form and what is wrong with it, when the step was not taken for that reason.
    async fn answer(
        self,
        console: &Console,
        staff: &Staff,
        result: Result<Changed, Error>,
        notice: Notice,
    ) -> Answer {
        let id = &self.seen.warning;
        match result {
            Ok(_) => Ok(console.site.done(&format!("/warnings/{id}"), notice)),
            Err(error @ Error::Invalid(_)) => {
                let filled = form::came_back(self.form, &self.fields, &error, staff.visit.lang);
                let page = warning::filled(console, staff, id, filled).await?.render()?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
            }
            Err(error) => Err(error.into()),
        }
    }
}
