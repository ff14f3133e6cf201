//! What headers of departments mean, as persons confirmed it.

use gnomon_kernel::{Instant, LayoutId, UserId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};

use crate::{Result, Tx, entity::layout, error::readable};

/// One confirmed header of one dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Identifier.
    pub id: LayoutId,
    /// Key of the dataset.
    pub dataset: String,
    /// The header's words, as they are compared.
    pub header: Vec<String>,
    /// What each of its cells means, as the library writes it.
    pub columns: serde_json::Value,
    /// Who confirmed it; `None` for the command line.
    pub confirmed_by: Option<UserId>,
    /// Their name; empty for the command line.
    pub confirmed_by_name: String,
    /// Since when it counts.
    pub confirmed_at: Instant,
    /// Since when it counts no more for what comes in.
    pub retired_at: Option<Instant>,
}

impl Tx {
    /// Keeps a layout.
    pub async fn add_layout(&self, layout: &Layout) -> Result<()> {
        let row = layout::ActiveModel {
            id: Set(layout.id.to_string()),
            dataset: Set(layout.dataset.clone()),
            header: Set(layout.header.clone().into()),
            columns: Set(layout.columns.clone()),
            confirmed_by: Set(layout.confirmed_by.as_ref().map(UserId::to_string)),
            confirmed_by_name: Set(layout.confirmed_by_name.clone()),
            confirmed_at: Set(layout.confirmed_at),
            retired_at: Set(layout.retired_at),
        };
        layout::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Layouts that a delivery which came at `at` is read by: those in force, then those that were in force when it came
    /// and are retired since; each the newest first. Of one dataset or of all.
    pub async fn layouts_at(&self, dataset: Option<&str>, at: Instant) -> Result<Vec<Layout>> {
        use layout::Column as C;
        let was_in_force = C::ConfirmedAt.lte(at).and(C::RetiredAt.gt(at));
        let mut query = layout::Entity::find()
            .filter(C::RetiredAt.is_null().or(was_in_force))
            .order_by_desc(C::ConfirmedAt)
            .order_by_desc(C::Id);
        if let Some(dataset) = dataset {
            query = query.filter(C::Dataset.eq(dataset));
        }
        let rows = query.all(&self.db).await?;
        let mut layouts = rows.into_iter().map(into_layout).collect::<Result<Vec<_>>>()?;
        layouts.sort_by_key(|layout| layout.retired_at.is_some());
        Ok(layouts)
    }

    /// One layout, in force or not.
    pub async fn layout(&self, id: &LayoutId) -> Result<Option<Layout>> {
        layout::Entity::find_by_id(id.as_str()).one(&self.db).await?.map(into_layout).transpose()
    }

    /// Retires a layout; `false` when there is none in force.
    pub async fn retire_layout(&self, id: &LayoutId, at: Instant) -> Result<bool> {
        let in_force = layout::Column::Id.eq(id.as_str()).and(layout::Column::RetiredAt.is_null());
        let done = layout::Entity::update_many()
            .col_expr(layout::Column::RetiredAt, Expr::value(at))
            .filter(in_force)
            .exec(&self.db)
            .await?;
        Ok(done.rows_affected == 1)
    }
}

fn into_layout(row: layout::Model) -> Result<Layout> {
    Ok(Layout {
        id: readable(LayoutId::parse(&row.id), "layout id")?,
        dataset: row.dataset,
        header: readable(serde_json::from_value(row.header).ok(), "header of a layout")?,
        columns: row.columns,
        confirmed_by: row.confirmed_by.map(|id| readable(UserId::parse(&id), "user id")).transpose()?,
        confirmed_by_name: row.confirmed_by_name,
        confirmed_at: row.confirmed_at,
        retired_at: row.retired_at,
    })
}
