//! What belongs to a declaration: relatives with their matters, differences with the registers, recusals and exits.

use gnomon_domain::{ArrangementKind, DifferenceKind};
use gnomon_kernel::{Day, Instant, KinshipId, Masked, RowRef};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
};

use crate::{
    Error, Result, Tx,
    bulk::insert_all,
    entity::{kinship_arrangement, kinship_difference, kinship_relative},
    error::readable,
};

/// One matter of one relative, as it was declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relative {
    /// Place among the stored rows; 0 for one not stored yet.
    pub id: i64,
    /// Number, where the official knows it.
    pub kin: Option<Masked<String>>,
    /// Name.
    pub kin_name: String,
    /// Word of the relation, as the dataset has it.
    pub relation: String,
    /// Where the relative works; may be empty.
    pub employer: String,
    /// Word of the matter, as the dataset has it; `none` for a relative without one.
    pub matter: String,
    /// The matter in words; may be empty.
    pub detail: String,
    /// Credit code of the organisation concerned.
    pub org_code: Option<String>,
    /// Name of the organisation concerned; may be empty.
    pub org_name: String,
    /// Code of the programme, for a benefit.
    pub program_code: Option<String>,
    /// Number of the contract, for a contract.
    pub contract_no: Option<String>,
}

/// Something that the registers say and the declaration does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Place among the stored rows; 0 for one not stored yet.
    pub id: i64,
    /// How it differs.
    pub kind: DifferenceKind,
    /// Number of the relative in the registers.
    pub kin: Masked<String>,
    /// Name of the relative, where known; may be empty.
    pub kin_name: String,
    /// Word of the relation in the registers.
    pub relation: String,
    /// Word of the declared relation; empty where none is declared.
    pub declared_relation: String,
    /// Credit code of the organisation, for a matter.
    pub org_code: Option<String>,
    /// Name of the organisation; may be empty.
    pub org_name: String,
    /// Word of the role in the organisation; may be empty.
    pub role: String,
    /// Word of the register that tells the relation.
    pub source: String,
    /// The register's rows.
    pub rows: Vec<RowRef>,
    /// Since when it is known.
    pub found_at: Instant,
    /// What the official says to it; empty before.
    pub answer: String,
    /// Who wrote that down; empty before.
    pub answered_by_name: String,
    /// When.
    pub answered_at: Option<Instant>,
}

impl Difference {
    /// What makes two differences the same.
    pub fn key(&self) -> (DifferenceKind, &str, Option<&str>) {
        (self.kind, self.kin.reveal(), self.org_code.as_deref())
    }
}

/// A recusal or an exit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrangement {
    /// Which of the two.
    pub kind: ArrangementKind,
    /// The record in words.
    pub record: String,
    /// By when an exit is to be done.
    pub due: Option<Day>,
    /// Who wrote it down.
    pub by_name: String,
    /// When.
    pub at: Instant,
    /// The document that proves an exit; empty before.
    pub proof: String,
    /// When it was shown.
    pub proved_at: Option<Instant>,
}

#[derive(FromQueryResult)]
struct Counted {
    kinship_id: String,
    n: i64,
}

impl Tx {
    /// What was declared, in the order it was written.
    pub async fn relatives(&self, id: &KinshipId) -> Result<Vec<Relative>> {
        let of = kinship_relative::Column::KinshipId.eq(id.as_str());
        let found = kinship_relative::Entity::find().filter(of).order_by_asc(kinship_relative::Column::Id);
        Ok(found.all(&self.db).await?.into_iter().map(into_relative).collect())
    }

    /// Puts these in the place of what was written down before.
    pub async fn replace_relatives(&self, id: &KinshipId, relatives: &[Relative]) -> Result<()> {
        let of = kinship_relative::Column::KinshipId.eq(id.as_str());
        kinship_relative::Entity::delete_many().filter(of).exec(&self.db).await?;
        let rows: Vec<(String, Relative)> =
            relatives.iter().map(|relative| (id.to_string(), relative.clone())).collect();
        insert_all(&self.db, &rows, |(id, relative)| kinship_relative::ActiveModel {
            id: NotSet,
            kinship_id: Set(id.clone()),
            kin: Set(relative.kin.as_ref().map(|kin| kin.reveal().clone())),
            kin_name: Set(relative.kin_name.clone()),
            relation: Set(relative.relation.clone()),
            employer: Set(relative.employer.clone()),
            matter: Set(relative.matter.clone()),
            detail: Set(relative.detail.clone()),
            org_code: Set(relative.org_code.clone()),
            org_name: Set(relative.org_name.clone()),
            program_code: Set(relative.program_code.clone()),
            contract_no: Set(relative.contract_no.clone()),
        })
        .await
    }

    /// Differences, in the order they were found.
    pub async fn differences(&self, id: &KinshipId) -> Result<Vec<Difference>> {
        let of = kinship_difference::Column::KinshipId.eq(id.as_str());
        let found =
            kinship_difference::Entity::find().filter(of).order_by_asc(kinship_difference::Column::Id);
        found.all(&self.db).await?.into_iter().map(into_difference).collect()
    }

    /// Puts these in the place of what was found before.
    pub async fn replace_differences(&self, id: &KinshipId, differences: &[Difference]) -> Result<()> {
        let of = kinship_difference::Column::KinshipId.eq(id.as_str());
        kinship_difference::Entity::delete_many().filter(of).exec(&self.db).await?;
        let rows: Vec<(String, Difference)> =
            differences.iter().map(|difference| (id.to_string(), difference.clone())).collect();
        insert_all(&self.db, &rows, |(id, difference)| kinship_difference::ActiveModel {
            id: NotSet,
            kinship_id: Set(id.clone()),
            kind: Set(difference.kind.to_string()),
            kin: Set(difference.kin.reveal().clone()),
            kin_name: Set(difference.kin_name.clone()),
            relation: Set(difference.relation.clone()),
            declared_relation: Set(difference.declared_relation.clone()),
            org_code: Set(difference.org_code.clone()),
            org_name: Set(difference.org_name.clone()),
            org_role: Set(difference.role.clone()),
            source: Set(difference.source.clone()),
            rows: Set(difference.rows.iter().map(|row| row.pack()).collect::<Vec<i64>>().into()),
            found_at: Set(difference.found_at),
            answer: Set(difference.answer.clone()),
            answered_by_name: Set(difference.answered_by_name.clone()),
            answered_at: Set(difference.answered_at),
        })
        .await
    }

    /// How many differences nobody has answered, by declaration of a year.
    pub async fn open_differences(&self, year: i32) -> Result<Vec<(KinshipId, u64)>> {
        let sql = "select d.kinship_id, count(*) as n from kinship_difference d \
                   join kinship k on k.id = d.kinship_id where k.year = $1 and d.answered_at is null \
                   group by d.kinship_id";
        let found: Vec<Counted> = self.select(sql, vec![year.into()]).await?;
        let counted =
            |row: Counted| Ok((readable(KinshipId::parse(&row.kinship_id), "declaration id")?, row.n as u64));
        found.into_iter().map(counted).collect()
    }

    /// Adds a recusal or an exit.
    pub async fn add_arrangement(&self, id: &KinshipId, arrangement: &Arrangement) -> Result<()> {
        let row = kinship_arrangement::ActiveModel {
            id: NotSet,
            kinship_id: Set(id.to_string()),
            kind: Set(arrangement.kind.to_string()),
            record: Set(arrangement.record.clone()),
            due: Set(arrangement.due),
            by_name: Set(arrangement.by_name.clone()),
            at: Set(arrangement.at),
            proof: Set(arrangement.proof.clone()),
            proved_at: Set(arrangement.proved_at),
        };
        kinship_arrangement::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Writes down the proof of the exits that have none.
    pub async fn prove_exits(&self, id: &KinshipId, proof: &str, at: Instant) -> Result<()> {
        let sql = "update kinship_arrangement set proof = $2, proved_at = $3 \
                   where kinship_id = $1 and kind = $4 and proved_at is null";
        let exit = ArrangementKind::Exit.as_str();
        self.change(sql, vec![id.as_str().into(), proof.into(), at.into(), exit.into()]).await?;
        Ok(())
    }

    /// Recusals and exits, the oldest first.
    pub async fn arrangements(&self, id: &KinshipId) -> Result<Vec<Arrangement>> {
        let of = kinship_arrangement::Column::KinshipId.eq(id.as_str());
        let found = kinship_arrangement::Entity::find().filter(of);
        let found = found.order_by_asc(kinship_arrangement::Column::Id).all(&self.db).await?;
        found.into_iter().map(into_arrangement).collect()
    }
}

fn into_relative(row: kinship_relative::Model) -> Relative {
    Relative {
        id: row.id,
        kin: row.kin.map(Masked::new),
        kin_name: row.kin_name,
        relation: row.relation,
        employer: row.employer,
        matter: row.matter,
        detail: row.detail,
        org_code: row.org_code,
        org_name: row.org_name,
        program_code: row.program_code,
        contract_no: row.contract_no,
    }
}

fn into_difference(row: kinship_difference::Model) -> Result<Difference> {
    let rows: Vec<i64> =
        serde_json::from_value(row.rows).map_err(|_| Error::Corrupt("rows of a difference"))?;
    Ok(Difference {
        id: row.id,
        kind: readable(DifferenceKind::parse(&row.kind), "kind of a difference")?,
        kin: Masked::new(row.kin),
        kin_name: row.kin_name,
        relation: row.relation,
        declared_relation: row.declared_relation,
        org_code: row.org_code,
        org_name: row.org_name,
        role: row.org_role,
        source: row.source,
        rows: rows.into_iter().map(RowRef::unpack).collect(),
        found_at: row.found_at,
        answer: row.answer,
        answered_by_name: row.answered_by_name,
        answered_at: row.answered_at,
    })
}

fn into_arrangement(row: kinship_arrangement::Model) -> Result<Arrangement> {
    Ok(Arrangement {
        kind: readable(ArrangementKind::parse(&row.kind), "kind of an arrangement")?,
        record: row.record,
        due: row.due,
        by_name: row.by_name,
        at: row.at,
        proof: row.proof,
        proved_at: row.proved_at,
    })
}
