//! Facts about the deployment, counters, the administrative tree.

use gnomon_kernel::Day;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};

use crate::{
    Result, Tx,
    bulk::insert_all,
    entity::{meta, region},
    error::readable,
};

const COUNTY_TODAY: &str = "county_today";

/// A division of the administrative tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// 12 digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code of the division above; empty at the top.
    pub parent: String,
}

#[derive(FromQueryResult)]
struct Counted {
    value: i64,
}

impl Tx {
    /// A fact about this deployment.
    pub async fn meta(&self, key: &str) -> Result<Option<String>> {
        Ok(meta::Entity::find_by_id(key).one(&self.db).await?.map(|row| row.value))
    }

    /// Writes a fact about this deployment.
    pub async fn set_meta(&self, key: &str, value: &str) -> Result<()> {
        let row = meta::ActiveModel { key: Set(key.to_owned()), value: Set(value.to_owned()) };
        let replace = OnConflict::column(meta::Column::Key).update_column(meta::Column::Value).to_owned();
        meta::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// The day that a fictional county lives in; `None` for real data, which live today.
    pub async fn county_today(&self) -> Result<Option<Day>> {
        let Some(text) = self.meta(COUNTY_TODAY).await? else { return Ok(None) };
        readable(text.parse().ok(), "county's day").map(Some)
    }

    /// Sets the day that a fictional county lives in.
    pub async fn set_county_today(&self, day: Day) -> Result<()> {
        self.set_meta(COUNTY_TODAY, &day.to_string()).await
    }

    /// Takes `count` numbers of a series that starts at 1 and returns the first. On PostgreSQL it also makes transactions
    /// that use the same series wait for one another.
    pub async fn take_numbers(&self, series: &str, count: i64) -> Result<i64> {
        let sql = "insert into counter (name, value) values ($1, $2) \
                   on conflict (name) do update set value = counter.value + excluded.value returning value";
        let rows: Vec<Counted> = self.select(sql, vec![series.into(), count.into()]).await?;
        let last = readable(rows.first(), "counter")?.value;
        Ok(last - count + 1)
    }

    /// Replaces the administrative tree.
    pub async fn replace_regions(&self, regions: &[Region]) -> Result<()> {
        region::Entity::delete_many().exec(&self.db).await?;
        insert_all(&self.db, regions, region_row).await
    }

    /// The administrative tree, by code.
    pub async fn regions(&self) -> Result<Vec<Region>> {
        let rows = region::Entity::find().order_by_asc(region::Column::Code).all(&self.db).await?;
        Ok(rows.into_iter().map(into_region).collect())
    }

    /// Some divisions by code; unknown codes are left out.
    pub async fn regions_named(&self, codes: &[&str]) -> Result<Vec<Region>> {
        let wanted = region::Column::Code.is_in(codes.iter().copied());
        let rows = region::Entity::find().filter(wanted).all(&self.db).await?;
        Ok(rows.into_iter().map(into_region).collect())
    }
}

fn region_row(region: &Region) -> region::ActiveModel {
    region::ActiveModel {
        code: Set(region.code.clone()),
        name: Set(region.name.clone()),
        parent: Set(region.parent.clone()),
    }
}

fn into_region(row: region::Model) -> Region {
    Region { code: row.code, name: row.name, parent: row.parent }
}
