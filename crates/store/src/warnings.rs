//! Warnings: storing, reading one, changing one.

use chrono::Datelike;
use gnomon_domain::{Matter, State, Verdict, local_day};
use gnomon_kernel::{Day, Instant, Money, RunId, UserId, WarningId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, Value, sea_query::ExprTrait};

use crate::{
    Error, Result, Tx,
    bulk::insert_all,
    entity::warning,
    error::readable,
    level::{from_number, to_number},
};

/// A finding carried through the loop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Identifier.
    pub id: WarningId,
    /// What people call it: `W-25-000123`.
    pub number: String,
    /// Counts changes; a change is refused when it was made on an older version.
    pub version: i32,
    /// The model.
    pub model: String,
    /// The model's pack.
    pub pack: String,
    /// Revision of the model that found it last.
    pub revision: u32,
    /// The run that found it last with these facts.
    pub run: RunId,
    /// The finding with its evidence.
    pub finding: i64,
    /// Hash of the finding's content, to see whether a later run says the same.
    pub content: String,
    /// What it is about.
    pub subject: String,
    /// Makes it unique within its model together with `subject`.
    pub dedupe: String,
    /// Name of the subject.
    pub subject_name: Option<String>,
    /// Money concerned.
    pub money: Option<Money>,
    /// When the facts happened.
    pub happened_on: Option<Day>,
    /// Division code, 12 digits.
    pub region_code: Option<String>,
    /// When it was raised.
    pub raised_at: Instant,
    /// When its review ended.
    pub closed_at: Option<Instant>,
    /// Name of who has it.
    pub assignee_name: Option<String>,
    /// What the rules of the loop read and write.
    pub matter: Matter,
}

impl Tx {
    /// The next `count` numbers of the year, as people read them. They keep transactions that raise apart.
    pub async fn take_warning_numbers(&self, day: Day, count: usize) -> Result<Vec<String>> {
        let year = day.year().rem_euclid(100);
        let first = self.take_numbers(&format!("warning-{year:02}"), count as i64).await?;
        Ok((first..first + count as i64).map(|n| format!("W-{year:02}-{n:06}")).collect())
    }

    /// Stores new warnings; [`Error::Conflict`] when one of the same model, subject and dedupe is open.
    pub async fn add_warnings(&self, warnings: &[Warning]) -> Result<()> {
        insert_all(&self.db, warnings, new_row).await
    }

    /// One warning.
    pub async fn warning(&self, id: &WarningId) -> Result<Option<Warning>> {
        warning::Entity::find_by_id(id.as_str()).one(&self.db).await?.map(into_warning).transpose()
    }

    /// All open warnings of one model.
    pub async fn open_warnings_of(&self, model: &str) -> Result<Vec<Warning>> {
        let open = warning::Column::ModelId.eq(model).and(warning::Column::Open.eq(true));
        let rows = warning::Entity::find().filter(open).all(&self.db).await?;
        rows.into_iter().map(into_warning).collect()
    }

    /// Writes a changed warning and counts its version up; [`Error::Conflict`] when it is no longer at the version it
    /// was read at.
    pub async fn update_warning(&self, warning: &Warning) -> Result<()> {
        let done = self.change(UPDATE, updated_values(warning)).await?;
        if done == 1 { Ok(()) } else { Err(Error::Conflict) }
    }
}

/// One text for all, so that a run that changes thousands prepares it once.
const UPDATE: &str = "update warning set version = version + 1, revision = $3, run_id = $4, finding_id = $5, \
    content = $6, subject_name = $7, level = $8, fen = $9, happened_on = $10, happened_month = $11, \
    region_code = $12, township = $13, state = $14, open = $15, vanished = $16, assignee = $17, \
    assignee_name = $18, due = $19, verdict = $20, verified_by = $21, submitted_by = $22, to_recover = $23, \
    recovered = $24, closed_at = $25, days_to_close = $26 where id = $1 and version = $2";

fn updated_values(warning: &Warning) -> Vec<Value> {
    let matter = &warning.matter;
    vec![
        warning.id.as_str().into(),
        warning.version.into(),
        (warning.revision as i32).into(),
        warning.run.as_str().into(),
        warning.finding.into(),
        warning.content.as_str().into(),
        warning.subject_name.clone().into(),
        to_number(matter.level).into(),
        warning.money.map(Money::fen).into(),
        warning.happened_on.into(),
        month_of(warning).into(),
        warning.region_code.clone().into(),
        township_of(warning).into(),
        matter.state.as_str().into(),
        matter.state.is_open().into(),
        matter.vanished.into(),
        matter.assignee.as_ref().map(UserId::to_string).into(),
        warning.assignee_name.clone().into(),
        matter.due.into(),
        matter.verdict.map(Verdict::as_str).into(),
        matter.verified_by.as_ref().map(UserId::to_string).into(),
        matter.submitted_by.as_ref().map(UserId::to_string).into(),
        matter.to_recover.map(Money::fen).into(),
        matter.recovered.fen().into(),
        warning.closed_at.into(),
        days_to_close(warning).into(),
    ]
}

fn month_of(warning: &Warning) -> Option<i32> {
    warning.happened_on.map(|day| day.year() * 100 + day.month() as i32)
}

fn township_of(warning: &Warning) -> Option<String> {
    warning.region_code.as_deref().and_then(|code| code.get(..9)).map(str::to_owned)
}

fn days_to_close(warning: &Warning) -> Option<i32> {
    let raised_on = local_day(warning.raised_at);
    warning.closed_at.map(|at| (local_day(at) - raised_on).num_days() as i32)
}

fn new_row(warning: &Warning) -> warning::ActiveModel {
    let matter = &warning.matter;
    warning::ActiveModel {
        id: Set(warning.id.to_string()),
        number: Set(warning.number.clone()),
        version: Set(warning.version),
        model_id: Set(warning.model.clone()),
        pack: Set(warning.pack.clone()),
        revision: Set(warning.revision as i32),
        run_id: Set(warning.run.to_string()),
        finding_id: Set(warning.finding),
        content: Set(warning.content.clone()),
        subject: Set(warning.subject.clone()),
        subject_tail: Set(tail(&warning.subject)),
        dedupe: Set(warning.dedupe.clone()),
        subject_name: Set(warning.subject_name.clone()),
        level: Set(to_number(matter.level)),
        fen: Set(warning.money.map(Money::fen)),
        happened_on: Set(warning.happened_on),
        happened_month: Set(month_of(warning)),
        region_code: Set(warning.region_code.clone()),
        township: Set(township_of(warning)),
        raised_at: Set(warning.raised_at),
        raised_on: Set(local_day(warning.raised_at)),
        state: Set(matter.state.to_string()),
        open: Set(matter.state.is_open()),
        vanished: Set(matter.vanished),
        assignee: Set(matter.assignee.as_ref().map(UserId::to_string)),
        assignee_name: Set(warning.assignee_name.clone()),
        due: Set(matter.due),
        verdict: Set(matter.verdict.map(|verdict| verdict.to_string())),
        verified_by: Set(matter.verified_by.as_ref().map(UserId::to_string)),
        submitted_by: Set(matter.submitted_by.as_ref().map(UserId::to_string)),
        to_recover: Set(matter.to_recover.map(Money::fen)),
        recovered: Set(matter.recovered.fen()),
        closed_at: Set(warning.closed_at),
        days_to_close: Set(days_to_close(warning)),
    }
}

/// The last four characters, as people say a number on the telephone.
pub(crate) fn tail(subject: &str) -> String {
    let chars: Vec<char> = subject.chars().collect();
    chars[chars.len().saturating_sub(4)..].iter().collect()
}

pub(crate) fn into_warning(row: warning::Model) -> Result<Warning> {
    let user = |id: Option<String>| id.map(|id| readable(UserId::parse(&id), "user id")).transpose();
    let verdict = row.verdict.map(|word| readable(Verdict::parse(&word), "verdict")).transpose()?;
    let matter = Matter {
        state: readable(State::parse(&row.state), "state")?,
        level: from_number(row.level)?,
        vanished: row.vanished,
        assignee: user(row.assignee)?,
        due: row.due,
        verdict,
        verified_by: user(row.verified_by)?,
        submitted_by: user(row.submitted_by)?,
        to_recover: row.to_recover.map(Money),
        recovered: Money(row.recovered),
    };
    Ok(Warning {
        id: readable(WarningId::parse(&row.id), "warning id")?,
        number: row.number,
        version: row.version,
        model: row.model_id,
        pack: row.pack,
        revision: row.revision as u32,
        run: readable(RunId::parse(&row.run_id), "run id")?,
        finding: row.finding_id,
        content: row.content,
        subject: row.subject,
        dedupe: row.dedupe,
        subject_name: row.subject_name,
        money: row.fen.map(Money),
        happened_on: row.happened_on,
        region_code: row.region_code,
        raised_at: row.raised_at,
        closed_at: row.closed_at,
        assignee_name: row.assignee_name,
        matter,
    })
}
