//! Timelines, recoveries, and what reviews settled.

use gnomon_domain::{Actor, State, Step, TimelineEntry, Verdict};
use gnomon_kernel::{Day, Instant, Level, Money, UserId, WarningId};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};

use crate::{
    Result, Tx,
    bulk::insert_all,
    entity::{exception, recovery, warning_event},
    error::readable,
    level::{from_number, to_number},
};

/// Money that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery {
    /// How much.
    pub amount: Money,
    /// When it came.
    pub day: Day,
    /// Receipt, account, remarks.
    pub note: String,
    /// Who entered it.
    pub by_name: String,
    /// When it was entered.
    pub at: Instant,
}

/// What the review of a warning settled about its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The model.
    pub model: String,
    /// What it was about.
    pub subject: String,
    /// Makes it unique within its model together with `subject`.
    pub dedupe: String,
    /// The warning that was reviewed.
    pub warning: WarningId,
    /// How it ended.
    pub verdict: Verdict,
    /// The level it was reviewed at.
    pub level: Level,
    /// Hash of the facts that were reviewed.
    pub facts: String,
    /// When.
    pub at: Instant,
}

impl Tx {
    /// Adds lines to timelines.
    pub async fn add_events(&self, events: &[(WarningId, TimelineEntry)]) -> Result<()> {
        insert_all(&self.db, events, event_row).await
    }

    /// A warning's timeline, oldest first.
    pub async fn timeline(&self, warning: &WarningId) -> Result<Vec<TimelineEntry>> {
        let of_warning = warning_event::Column::WarningId.eq(warning.as_str());
        let found = warning_event::Entity::find().filter(of_warning).order_by_asc(warning_event::Column::Id);
        found.all(&self.db).await?.into_iter().map(into_entry).collect()
    }

    /// Adds money that came back.
    pub async fn add_recovery(&self, warning: &WarningId, recovery: &Recovery, by: &Actor) -> Result<()> {
        let row = recovery::ActiveModel {
            id: NotSet,
            warning_id: Set(warning.to_string()),
            amount: Set(recovery.amount.fen()),
            day: Set(recovery.day),
            note: Set(recovery.note.clone()),
            by_user: Set(by.user.as_ref().map(UserId::to_string)),
            by_name: Set(recovery.by_name.clone()),
            at: Set(recovery.at),
        };
        recovery::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Money that came back on a warning, in the order it was entered.
    pub async fn recoveries(&self, warning: &WarningId) -> Result<Vec<Recovery>> {
        let of_warning = recovery::Column::WarningId.eq(warning.as_str());
        let rows = recovery::Entity::find()
            .filter(of_warning)
            .order_by_asc(recovery::Column::Id)
            .all(&self.db)
            .await?;
        let into = |row: recovery::Model| Recovery {
            amount: Money(row.amount),
            day: row.day,
            note: row.note,
            by_name: row.by_name,
            at: row.at,
        };
        Ok(rows.into_iter().map(into).collect())
    }

    /// Remembers what a review settled; a later review of the same matter replaces it.
    pub async fn settle(&self, settled: &Settled) -> Result<()> {
        use exception::Column as C;
        let row = exception::ActiveModel {
            model_id: Set(settled.model.clone()),
            subject: Set(settled.subject.clone()),
            dedupe: Set(settled.dedupe.clone()),
            warning_id: Set(settled.warning.to_string()),
            verdict: Set(settled.verdict.to_string()),
            level: Set(to_number(settled.level)),
            facts: Set(settled.facts.clone()),
            at: Set(settled.at),
        };
        let replace = OnConflict::columns([C::ModelId, C::Subject, C::Dedupe])
            .update_columns([C::WarningId, C::Verdict, C::Level, C::Facts, C::At])
            .to_owned();
        exception::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// What reviews settled about one model's findings.
    pub async fn settled(&self, model: &str) -> Result<Vec<Settled>> {
        let of_model = exception::Entity::find().filter(exception::Column::ModelId.eq(model));
        of_model.all(&self.db).await?.into_iter().map(into_settled).collect()
    }
}

fn event_row((warning, entry): &(WarningId, TimelineEntry)) -> warning_event::ActiveModel {
    warning_event::ActiveModel {
        id: NotSet,
        warning_id: Set(warning.to_string()),
        step: Set(entry.step.to_string()),
        at: Set(entry.at),
        by_user: Set(entry.by.as_ref().map(UserId::to_string)),
        by_name: Set(entry.by_name.clone()),
        from_state: Set(entry.from.map(|state| state.to_string())),
        to_state: Set(entry.to.to_string()),
        note: Set(entry.note.clone()),
        verdict: Set(entry.verdict.map(|verdict| verdict.to_string())),
        amount: Set(entry.amount.map(Money::fen)),
        day: Set(entry.day),
        person: Set(entry.person.clone()),
        level: Set(entry.level.map(to_number)),
    }
}

fn into_entry(row: warning_event::Model) -> Result<TimelineEntry> {
    Ok(TimelineEntry {
        step: readable(Step::parse(&row.step), "step")?,
        at: row.at,
        by: row.by_user.map(|id| readable(UserId::parse(&id), "user id")).transpose()?,
        by_name: row.by_name,
        from: row.from_state.map(|word| readable(State::parse(&word), "state")).transpose()?,
        to: readable(State::parse(&row.to_state), "state")?,
        note: row.note,
        verdict: row.verdict.map(|word| readable(Verdict::parse(&word), "verdict")).transpose()?,
        amount: row.amount.map(Money),
        day: row.day,
        person: row.person,
        level: row.level.map(from_number).transpose()?,
    })
}

fn into_settled(row: exception::Model) -> Result<Settled> {
    Ok(Settled {
        model: row.model_id,
        subject: row.subject,
        dedupe: row.dedupe,
        warning: readable(WarningId::parse(&row.warning_id), "warning id")?,
        verdict: readable(Verdict::parse(&row.verdict), "verdict")?,
        level: from_number(row.level)?,
        facts: row.facts,
        at: row.at,
    })
}
