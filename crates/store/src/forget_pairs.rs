//! Pairs of mentions that name a person who is erased, or stand on a row that goes, with all that was ruled about them.

use std::collections::BTreeSet;

use gnomon_kernel::RowRef;
use sea_orm::FromQueryResult;
use serde_json::Value as Json;

use crate::{Result, Tx};

#[derive(FromQueryResult)]
struct Sides {
    number: i32,
    sides: Json,
    comparisons: Json,
}

impl Tx {
    /// Takes pairs away. Their mentions are no more, so nothing is left that a ruling could be obeyed for.
    pub(crate) async fn forget_pairs(&self, subject: &str, rows: &BTreeSet<RowRef>) -> Result<()> {
        let pairs: Vec<Sides> =
            self.select("select number, sides, comparisons from identity_pair", Vec::new()).await?;
        let is_about = |pair: &Sides| {
            let names = |value: &Json| value.to_string().contains(subject);
            names(&pair.sides) || names(&pair.comparisons) || stands_on(&pair.sides, rows)
        };
        for pair in pairs.iter().filter(|pair| is_about(pair)) {
            for sql in [
                "delete from identity_pair where number = $1",
                "delete from identity_number where pair = $1",
                "delete from identity_event where pair = $1",
            ] {
                self.change(sql, vec![pair.number.into()]).await?;
            }
        }
        self.change("delete from identity_number where number = $1", vec![subject.into()]).await?;
        Ok(())
    }
}

/// Whether a reference to one of the rows is anywhere in a value.
fn stands_on(value: &Json, rows: &BTreeSet<RowRef>) -> bool {
    match value {
        Json::Array(items) => items.iter().any(|item| stands_on(item, rows)),
        Json::Object(members) => {
            let row = serde_json::from_value::<RowRef>(value.clone());
            row.is_ok_and(|row| rows.contains(&row)) || members.values().any(|member| stands_on(member, rows))
        }
        _ => false,
    }
}
