//! A person's number and name taken out of declarations: as the official, as a relative, and wherever somebody wrote them.

use std::collections::BTreeSet;

use gnomon_kernel::mask_name;
use sea_orm::FromQueryResult;
use serde_json::Value as Json;

use crate::{
    Result, Tx,
    forget::{NOTHING, hide, hide_in},
};

/// Free texts by table.
const TEXTS: [(&str, &[&str]); 4] = [
    ("kinship_relative", &["employer", "detail", "org_name"]),
    ("kinship_difference", &["answer"]),
    ("kinship_arrangement", &["record", "proof"]),
    ("kinship_event", &["note"]),
];

#[derive(FromQueryResult)]
struct Known {
    kinship_id: String,
    name: String,
}

#[derive(FromQueryResult)]
struct Text {
    id: i64,
    said: String,
}

#[derive(FromQueryResult)]
struct Lines {
    id: String,
    lines: Json,
}

impl Tx {
    /// Puts `label` in the place of the number, and nothing in the place of the name, in every declaration that knows the
    /// person, on the lists that came of it, and in what was written about it. The account that was the person's own
    /// declares no more.
    pub(crate) async fn forget_in_declarations(&self, subject: &str, label: &str) -> Result<()> {
        let known = self.declarations_that_know(subject).await?;
        let names: BTreeSet<String> = known.iter().map(|one| one.name.clone()).collect();
        let mut names: BTreeSet<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
        let masked: Vec<String> = names.iter().map(|name| mask_name(name)).collect();
        names.extend(masked);
        let declarations: BTreeSet<&str> = known.iter().map(|one| one.kinship_id.as_str()).collect();
        for (table, number, name) in [
            ("kinship", "official", "official_name"),
            ("kinship_relative", "kin", "kin_name"),
            ("kinship_difference", "kin", "kin_name"),
        ] {
            let sql = format!("update {table} set {number} = $2, {name} = $3 where {number} = $1");
            self.change(&sql, vec![subject.into(), label.into(), NOTHING.into()]).await?;
        }
        self.change("delete from unit_account where official = $1", vec![subject.into()]).await?;
        let hidden = |text: &str| hide(text, subject, &names, label);
        for declaration in &declarations {
            self.forget_in_texts(declaration, &hidden).await?;
        }
        self.forget_on_lists(&declarations, &hidden).await
    }

    async fn declarations_that_know(&self, subject: &str) -> Result<Vec<Known>> {
        let sql = "select id as kinship_id, official_name as name from kinship where official = $1 \
                   union select kinship_id, kin_name from kinship_relative where kin = $1 \
                   union select kinship_id, kin_name from kinship_difference where kin = $1";
        self.select(sql, vec![subject.into()]).await
    }

    async fn forget_in_texts(&self, declaration: &str, hidden: &impl Fn(&str) -> String) -> Result<()> {
        for (table, columns) in TEXTS {
            for column in columns {
                let sql = format!("select id, {column} as said from {table} where kinship_id = $1");
                for text in self.select::<Text>(&sql, vec![declaration.into()]).await? {
                    let said = hidden(&text.said);
                    if said != text.said {
                        let sql = format!("update {table} set {column} = $2 where id = $1");
                        self.change(&sql, vec![text.id.into(), said.into()]).await?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Only lines that come of a declaration which knew the person: others of the same name stay.
    async fn forget_on_lists(
        &self,
        declarations: &BTreeSet<&str>,
        hidden: &impl Fn(&str) -> String,
    ) -> Result<()> {
        if declarations.is_empty() {
            return Ok(());
        }
        let lists: Vec<Lines> = self.select("select id, lines from kinship_publication", Vec::new()).await?;
        for list in lists {
            let Json::Array(lines) = &list.lines else { continue };
            let of_theirs = |line: &Json| {
                line.get("declaration").and_then(Json::as_str).is_some_and(|id| declarations.contains(id))
            };
            let after = lines.iter().map(|line| match of_theirs(line) {
                true => hide_in(line.clone(), hidden),
                false => line.clone(),
            });
            let after = Json::Array(after.collect());
            if after != list.lines {
                let sql = "update kinship_publication set lines = $2 where id = $1";
                self.change(sql, vec![list.id.into(), after.into()]).await?;
            }
        }
        Ok(())
    }
}
