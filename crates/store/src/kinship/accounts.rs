//! Which accounts speak for which unit.

use gnomon_kernel::{Masked, UserId};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use crate::{Result, Tx, entity::unit_account};

/// For whom an account declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitAccount {
    /// Code of the unit.
    pub unit: String,
    /// Number of the one official whose own account it is; none for the unit's liaison.
    pub official: Option<Masked<String>>,
}

impl Tx {
    /// Says for whom an account declares from now on.
    pub async fn put_unit_account(&self, user: &UserId, account: &UnitAccount) -> Result<()> {
        let row = unit_account::ActiveModel {
            user_id: Set(user.to_string()),
            unit: Set(account.unit.clone()),
            official: Set(account.official.as_ref().map(|number| number.reveal().clone())),
        };
        let mut again = OnConflict::column(unit_account::Column::UserId);
        again.update_columns([unit_account::Column::Unit, unit_account::Column::Official]);
        unit_account::Entity::insert(row).on_conflict(again).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// For whom an account declares; `None` for one that does not.
    pub async fn unit_account(&self, user: &UserId) -> Result<Option<UnitAccount>> {
        let row = unit_account::Entity::find_by_id(user.as_str()).one(&self.db).await?;
        Ok(row.map(|row| UnitAccount { unit: row.unit, official: row.official.map(Masked::new) }))
    }
}
