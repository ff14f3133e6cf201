//! Declarations and their timelines.

use gnomon_domain::{KinshipEntry, KinshipMatter, KinshipState, KinshipStep};
use gnomon_kernel::{BatchId, Day, Instant, KinshipId, Masked, PublicationId, UserId};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait as _, SimpleExpr},
};

use crate::{
    Error, Result, Tx,
    entity::{kinship, kinship_event},
    error::readable,
};

/// One official's declaration for one year, or of one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// Identifier.
    pub id: KinshipId,
    /// What people call it.
    pub number: String,
    /// Counts its changes.
    pub version: i32,
    /// The number under which its rows stand in the dataset; a change carries on that of its year.
    pub disclosure_no: String,
    /// The year.
    pub year: i32,
    /// Number of the official.
    pub official: Masked<String>,
    /// Name of the official.
    pub official_name: String,
    /// Code of the unit.
    pub unit: String,
    /// Name of the unit.
    pub unit_name: String,
    /// The post.
    pub post: String,
    /// Division code of the post, where known.
    pub region_code: Option<String>,
    /// The day of the change that it tells; none for the yearly one.
    pub changed_on: Option<Day>,
    /// When it became due.
    pub opened_at: Instant,
    /// Name of who handed it in; empty before.
    pub declared_by_name: String,
    /// When.
    pub declared_at: Option<Instant>,
    /// Name of the handler of a matter; empty before.
    pub handler_name: String,
    /// The list on which it was published.
    pub publication: Option<PublicationId>,
    /// The delivery by which its rows reached the models.
    pub batch: Option<BatchId>,
    /// The part that the rules read and write.
    pub matter: KinshipMatter,
}

#[derive(FromQueryResult)]
struct Year {
    year: i32,
}

impl Tx {
    /// The next number of a year, as people read it.
    pub async fn take_kinship_number(&self, year: i32) -> Result<String> {
        let number = self.take_numbers(&format!("kinship-{year}"), 1).await?;
        Ok(format!("K-{:02}-{number:05}", year.rem_euclid(100)))
    }

    /// Stores a new declaration.
    pub async fn add_declaration(&self, declaration: &Declaration) -> Result<()> {
        kinship::Entity::insert(new_row(declaration)).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// One declaration.
    pub async fn declaration(&self, id: &KinshipId) -> Result<Option<Declaration>> {
        kinship::Entity::find_by_id(id.as_str()).one(&self.db).await?.map(into_declaration).transpose()
    }

    /// A declaration by its identifier or its number.
    pub async fn declaration_named(&self, name: &str) -> Result<Option<Declaration>> {
        let named = kinship::Column::Id.eq(name).or(kinship::Column::Number.eq(name));
        kinship::Entity::find().filter(named).one(&self.db).await?.map(into_declaration).transpose()
    }

    /// Declarations of a year, of one unit or of all; by unit, then in the order they became due.
    pub async fn declarations(&self, year: i32, unit: Option<&str>) -> Result<Vec<Declaration>> {
        let mut query = kinship::Entity::find()
            .filter(kinship::Column::Year.eq(year))
            .order_by_asc(kinship::Column::Unit)
            .order_by_asc(kinship::Column::Number);
        if let Some(unit) = unit {
            query = query.filter(kinship::Column::Unit.eq(unit));
        }
        query.all(&self.db).await?.into_iter().map(into_declaration).collect()
    }

    /// All declarations of one official, the newest first.
    pub async fn declarations_of(&self, official: &str) -> Result<Vec<Declaration>> {
        let of_official = kinship::Entity::find()
            .filter(kinship::Column::Official.eq(official))
            .order_by_desc(kinship::Column::Year)
            .order_by_desc(kinship::Column::Number);
        of_official.all(&self.db).await?.into_iter().map(into_declaration).collect()
    }

    /// Years for which declarations were made due, the newest first.
    pub async fn kinship_years(&self) -> Result<Vec<i32>> {
        let years: Vec<Year> =
            self.select("select distinct year from kinship order by year desc", Vec::new()).await?;
        Ok(years.into_iter().map(|row| row.year).collect())
    }

    /// Writes a changed declaration and counts its version up; [`Error::Conflict`] when it is no longer at the version it
    /// was read at.
    pub async fn update_declaration(&self, declaration: &Declaration) -> Result<()> {
        let mut update = kinship::Entity::update_many()
            .filter(kinship::Column::Id.eq(declaration.id.as_str()))
            .filter(kinship::Column::Version.eq(declaration.version))
            .col_expr(kinship::Column::Version, Expr::value(declaration.version + 1));
        for (column, value) in changed(declaration) {
            update = update.col_expr(column, value);
        }
        let done = update.exec(&self.db).await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    /// Adds a line to a declaration's timeline.
    pub async fn add_kinship_event(&self, id: &KinshipId, entry: &KinshipEntry) -> Result<()> {
        let row = kinship_event::ActiveModel {
            id: NotSet,
            kinship_id: Set(id.to_string()),
            step: Set(entry.step.to_string()),
            at: Set(entry.at),
            by_user: Set(entry.by.as_ref().map(UserId::to_string)),
            by_name: Set(entry.by_name.clone()),
            from_state: Set(entry.from.map(|state| state.to_string())),
            to_state: Set(entry.to.to_string()),
            note: Set(entry.note.clone()),
        };
        kinship_event::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// A declaration's timeline, oldest first.
    pub async fn kinship_timeline(&self, id: &KinshipId) -> Result<Vec<KinshipEntry>> {
        let of_declaration = kinship_event::Column::KinshipId.eq(id.as_str());
        let found =
            kinship_event::Entity::find().filter(of_declaration).order_by_asc(kinship_event::Column::Id);
        found.all(&self.db).await?.into_iter().map(into_entry).collect()
    }
}

fn new_row(declaration: &Declaration) -> kinship::ActiveModel {
    let matter = &declaration.matter;
    kinship::ActiveModel {
        id: Set(declaration.id.to_string()),
        number: Set(declaration.number.clone()),
        version: Set(declaration.version),
        disclosure_no: Set(declaration.disclosure_no.clone()),
        year: Set(declaration.year),
        official: Set(declaration.official.reveal().clone()),
        official_name: Set(declaration.official_name.clone()),
        unit: Set(declaration.unit.clone()),
        unit_name: Set(declaration.unit_name.clone()),
        post: Set(declaration.post.clone()),
        region_code: Set(declaration.region_code.clone()),
        changed_on: Set(declaration.changed_on),
        state: Set(matter.state.to_string()),
        due: Set(matter.due),
        opened_at: Set(declaration.opened_at),
        declared_by: Set(matter.declared_by.as_ref().map(UserId::to_string)),
        declared_by_name: Set(declaration.declared_by_name.clone()),
        declared_at: Set(declaration.declared_at),
        handler: Set(matter.handler.as_ref().map(UserId::to_string)),
        handler_name: Set(declaration.handler_name.clone()),
        publication_id: Set(declaration.publication.as_ref().map(PublicationId::to_string)),
        batch_id: Set(declaration.batch.as_ref().map(BatchId::to_string)),
    }
}

/// All but whose it is, and for what.
fn changed(declaration: &Declaration) -> Vec<(kinship::Column, SimpleExpr)> {
    use kinship::Column as C;
    let matter = &declaration.matter;
    let text = |id: Option<String>| Expr::value(id);
    vec![
        (C::State, Expr::value(matter.state.as_str())),
        (C::Due, Expr::value(matter.due)),
        (C::DeclaredBy, text(matter.declared_by.as_ref().map(UserId::to_string))),
        (C::DeclaredByName, Expr::value(declaration.declared_by_name.as_str())),
        (C::DeclaredAt, Expr::value(declaration.declared_at)),
        (C::Handler, text(matter.handler.as_ref().map(UserId::to_string))),
        (C::HandlerName, Expr::value(declaration.handler_name.as_str())),
        (C::PublicationId, text(declaration.publication.as_ref().map(PublicationId::to_string))),
        (C::BatchId, text(declaration.batch.as_ref().map(BatchId::to_string))),
    ]
}

fn into_declaration(row: kinship::Model) -> Result<Declaration> {
    let user = |id: Option<String>| id.map(|id| readable(UserId::parse(&id), "user id")).transpose();
    let matter = KinshipMatter {
        state: readable(KinshipState::parse(&row.state), "state of a declaration")?,
        due: row.due,
        declared_by: user(row.declared_by)?,
        handler: user(row.handler)?,
    };
    let publication = row.publication_id.map(|id| readable(PublicationId::parse(&id), "publication id"));
    let batch = row.batch_id.map(|id| readable(BatchId::parse(&id), "batch id"));
    Ok(Declaration {
        id: readable(KinshipId::parse(&row.id), "declaration id")?,
        number: row.number,
        version: row.version,
        disclosure_no: row.disclosure_no,
        year: row.year,
        official: Masked::new(row.official),
        official_name: row.official_name,
        unit: row.unit,
        unit_name: row.unit_name,
        post: row.post,
        region_code: row.region_code,
        changed_on: row.changed_on,
        opened_at: row.opened_at,
        declared_by_name: row.declared_by_name,
        declared_at: row.declared_at,
        handler_name: row.handler_name,
        publication: publication.transpose()?,
        batch: batch.transpose()?,
        matter,
    })
}

fn into_entry(row: kinship_event::Model) -> Result<KinshipEntry> {
    let state = |word: &str| readable(KinshipState::parse(word), "state of a declaration");
    Ok(KinshipEntry {
        step: readable(KinshipStep::parse(&row.step), "step of a declaration")?,
        at: row.at,
        by: row.by_user.map(|id| readable(UserId::parse(&id), "user id")).transpose()?,
        by_name: row.by_name,
        from: row.from_state.as_deref().map(state).transpose()?,
        to: state(&row.to_state)?,
        note: row.note,
    })
}
