//! Units' masked lists of declared matters.

use gnomon_domain::PublicationState;
use gnomon_kernel::{Day, Instant, KinshipId, PublicationId, UserId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde::{Deserialize, Serialize};

use crate::{Error, Result, Tx, entity::kinship_publication, error::readable};

/// A unit's masked list, as it is read word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Identifier.
    pub id: PublicationId,
    /// What people call it.
    pub number: String,
    /// Counts its changes.
    pub version: i32,
    /// The year.
    pub year: i32,
    /// Code of the unit.
    pub unit: String,
    /// Name of the unit.
    pub unit_name: String,
    /// Where it stands.
    pub state: PublicationState,
    /// What it says.
    pub lines: Vec<PublishedLine>,
    /// Who put it together.
    pub asked_by: Option<UserId>,
    /// Their name.
    pub asked_by_name: String,
    /// When.
    pub asked_at: Instant,
    /// Who released it or sent it back; empty before.
    pub answered_by_name: String,
    /// When.
    pub answered_at: Option<Instant>,
    /// Why it was sent back; empty otherwise.
    pub remark: String,
    /// The last day on which the unit can read it.
    pub shown_until: Option<Day>,
}

/// One line of a publication: one matter of one relative, masked, or that an official has nothing to declare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedLine {
    /// The declaration that it comes from.
    pub declaration: KinshipId,
    /// Name of the official.
    pub official: String,
    /// The post.
    pub post: String,
    /// Word of the relation; empty where nothing is declared.
    pub relation: String,
    /// The relative's name, masked; empty where nothing is declared.
    pub kin: String,
    /// Word of the matter.
    pub matter: String,
    /// The organisation concerned; may be empty.
    pub org: String,
    /// The matter in words, without numbers and names; may be empty.
    pub detail: String,
}

impl Tx {
    /// The next number of a year's publications, as people read it.
    pub async fn take_publication_number(&self, year: i32) -> Result<String> {
        let number = self.take_numbers(&format!("kinship-publication-{year}"), 1).await?;
        Ok(format!("P-{:02}-{number:04}", year.rem_euclid(100)))
    }

    /// Stores a new publication.
    pub async fn add_publication(&self, publication: &Publication) -> Result<()> {
        let lines = serde_json::to_value(&publication.lines).map_err(|_| Error::Corrupt("publication"))?;
        let row = kinship_publication::ActiveModel {
            id: Set(publication.id.to_string()),
            number: Set(publication.number.clone()),
            version: Set(publication.version),
            year: Set(publication.year),
            unit: Set(publication.unit.clone()),
            unit_name: Set(publication.unit_name.clone()),
            state: Set(publication.state.to_string()),
            lines: Set(lines),
            asked_by: Set(publication.asked_by.as_ref().map(UserId::to_string)),
            asked_by_name: Set(publication.asked_by_name.clone()),
            asked_at: Set(publication.asked_at),
            answered_by_name: Set(publication.answered_by_name.clone()),
            answered_at: Set(publication.answered_at),
            remark: Set(publication.remark.clone()),
            shown_until: Set(publication.shown_until),
        };
        kinship_publication::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// One publication.
    pub async fn publication(&self, id: &PublicationId) -> Result<Option<Publication>> {
        let found = kinship_publication::Entity::find_by_id(id.as_str()).one(&self.db).await?;
        found.map(into_publication).transpose()
    }

    /// Publications of a year, of one unit or of all, the newest first.
    pub async fn publications(&self, year: i32, unit: Option<&str>) -> Result<Vec<Publication>> {
        let mut query = kinship_publication::Entity::find()
            .filter(kinship_publication::Column::Year.eq(year))
            .order_by_desc(kinship_publication::Column::Number);
        if let Some(unit) = unit {
            query = query.filter(kinship_publication::Column::Unit.eq(unit));
        }
        query.all(&self.db).await?.into_iter().map(into_publication).collect()
    }

    /// Writes a second person's answer down; [`Error::Conflict`] when it is no longer at the version it was read at.
    pub async fn answer_publication(&self, publication: &Publication) -> Result<()> {
        use kinship_publication::Column as C;
        let done = kinship_publication::Entity::update_many()
            .filter(C::Id.eq(publication.id.as_str()))
            .filter(C::Version.eq(publication.version))
            .col_expr(C::Version, Expr::value(publication.version + 1))
            .col_expr(C::State, Expr::value(publication.state.as_str()))
            .col_expr(C::AnsweredByName, Expr::value(publication.answered_by_name.as_str()))
            .col_expr(C::AnsweredAt, Expr::value(publication.answered_at))
            .col_expr(C::Remark, Expr::value(publication.remark.as_str()))
            .col_expr(C::ShownUntil, Expr::value(publication.shown_until))
            .exec(&self.db)
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }
}

fn into_publication(row: kinship_publication::Model) -> Result<Publication> {
    Ok(Publication {
        id: readable(PublicationId::parse(&row.id), "publication id")?,
        number: row.number,
        version: row.version,
        year: row.year,
        unit: row.unit,
        unit_name: row.unit_name,
        state: readable(PublicationState::parse(&row.state), "state of a publication")?,
        lines: serde_json::from_value(row.lines).map_err(|_| Error::Corrupt("publication"))?,
        asked_by: row.asked_by.map(|id| readable(UserId::parse(&id), "user id")).transpose()?,
        asked_by_name: row.asked_by_name,
        asked_at: row.asked_at,
        answered_by_name: row.answered_by_name,
        answered_at: row.answered_at,
        remark: row.remark,
        shown_until: row.shown_until,
    })
}
