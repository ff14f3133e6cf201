//! Erasures on legal ground: what was asked, who agreed, what it came to.

use gnomon_domain::{Actor, ErasureState};
use gnomon_kernel::{Instant, Masked, UserId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{
    Error, Result, Tx,
    bulk::insert_all,
    entity::{erased_batch, erasure},
    error::readable,
};

/// Series of the erasures' numbers.
const SERIES: &str = "erasure";

/// One erasure.
#[derive(Debug, Clone, PartialEq)]
pub struct Erasure {
    /// Counted up.
    pub number: u32,
    /// Where it stands.
    pub state: ErasureState,
    /// Whom it is about; gone as soon as it begins, or is declined.
    pub subject: Option<Masked<String>>,
    /// The legal ground, in a person's words.
    pub ground: String,
    /// Why it was declined, or what holds it up: numbers of warnings.
    pub remark: String,
    /// What it comes to, as last looked at.
    pub counts: Option<ErasureCounts>,
    /// What is being erased, between the moment that it is known and the end.
    pub traces: Option<Json>,
    /// Who asked.
    pub asked_by: Option<UserId>,
    /// Their name.
    pub asked_name: String,
    /// When.
    pub asked_at: Instant,
    /// Who answered.
    pub answered_by: Option<UserId>,
    /// Their name; empty before.
    pub answered_name: String,
    /// When.
    pub answered_at: Option<Instant>,
    /// When it was done.
    pub done_at: Option<Instant>,
}

/// What an erasure comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureCounts {
    /// Rows by key of the dataset.
    pub rows: Vec<(String, u64)>,
    /// Delivered files.
    pub files: u64,
    /// Lines of them.
    pub lines: u64,
}

impl Tx {
    /// Asks for an erasure; its number.
    pub async fn add_erasure(&self, subject: &str, ground: &str, by: &Actor, at: Instant) -> Result<u32> {
        let number = self.take_numbers(SERIES, 1).await?;
        let row = erasure::ActiveModel {
            number: Set(i32::try_from(number).map_err(|_| Error::Corrupt("erasure number"))?),
            state: Set(ErasureState::Asked.to_string()),
            subject: Set(Some(subject.to_owned())),
            ground: Set(ground.to_owned()),
            remark: Set(String::new()),
            counts: Set(None),
            traces: Set(None),
            asked_by: Set(by.user.as_ref().map(UserId::to_string)),
            asked_name: Set(by.name.clone()),
            asked_at: Set(at),
            answered_by: Set(None),
            answered_name: Set(String::new()),
            answered_at: Set(None),
            done_at: Set(None),
        };
        erasure::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(number as u32)
    }

    /// One erasure.
    pub async fn erasure(&self, number: u32) -> Result<Option<Erasure>> {
        erasure::Entity::find_by_id(number as i32).one(&self.db).await?.map(into_erasure).transpose()
    }

    /// All of them, the newest first.
    pub async fn erasures(&self) -> Result<Vec<Erasure>> {
        let rows = erasure::Entity::find().order_by_desc(erasure::Column::Number).all(&self.db).await?;
        rows.into_iter().map(into_erasure).collect()
    }

    /// The erasure of somebody that nobody has answered yet, or that is agreed to.
    pub async fn open_erasure_of(&self, subject: &str) -> Result<Option<Erasure>> {
        let of = erasure::Entity::find().filter(erasure::Column::Subject.eq(subject));
        of.one(&self.db).await?.map(into_erasure).transpose()
    }

    /// Writes one down as it stands now.
    pub async fn put_erasure(&self, new: &Erasure) -> Result<()> {
        let counts = new.counts.as_ref().map(|counts| serde_json::json!(counts));
        let row = erasure::ActiveModel {
            number: Set(new.number as i32),
            state: Set(new.state.to_string()),
            subject: Set(new.subject.as_ref().map(|subject| subject.reveal().clone())),
            ground: Set(new.ground.clone()),
            remark: Set(new.remark.clone()),
            counts: Set(counts),
            traces: Set(new.traces.clone()),
            asked_by: Set(new.asked_by.as_ref().map(UserId::to_string)),
            asked_name: Set(new.asked_name.clone()),
            asked_at: Set(new.asked_at),
            answered_by: Set(new.answered_by.as_ref().map(UserId::to_string)),
            answered_name: Set(new.answered_name.clone()),
            answered_at: Set(new.answered_at),
            done_at: Set(new.done_at),
        };
        row.update(&self.db).await?;
        Ok(())
    }

    /// How many lines each delivery loses by an erasure.
    pub async fn add_erased_batches(&self, number: u32, batches: &[(u32, u64)]) -> Result<()> {
        let of_erasure = batches.iter().map(|(batch, lines)| (number, *batch, *lines));
        let rows: Vec<(u32, u32, u64)> = of_erasure.collect();
        insert_all(&self.db, &rows, |(erasure, batch, lines)| erased_batch::ActiveModel {
            erasure: Set(*erasure as i32),
            batch: Set(*batch as i32),
            lines: Set(*lines as i64),
        })
        .await
    }

    /// How many lines of a delivery were erased.
    pub async fn erased_lines(&self, batch: u32) -> Result<u64> {
        let of = erased_batch::Entity::find().filter(erased_batch::Column::Batch.eq(batch as i32));
        Ok(of.all(&self.db).await?.into_iter().map(|row| row.lines as u64).sum())
    }
}

fn into_erasure(row: erasure::Model) -> Result<Erasure> {
    let user = |id: Option<String>| id.map(|id| readable(UserId::parse(&id), "user id")).transpose();
    let counts = row.counts.map(serde_json::from_value).transpose();
    Ok(Erasure {
        number: row.number as u32,
        state: readable(ErasureState::parse(&row.state), "erasure state")?,
        subject: row.subject.map(Masked::new),
        ground: row.ground,
        remark: row.remark,
        counts: counts.map_err(|_| Error::Corrupt("erasure counts"))?,
        traces: row.traces,
        asked_by: user(row.asked_by)?,
        asked_name: row.asked_name,
        asked_at: row.asked_at,
        answered_by: user(row.answered_by)?,
        answered_name: row.answered_name,
        answered_at: row.answered_at,
        done_at: row.done_at,
    })
}
