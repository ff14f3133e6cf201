//! The desk of identities: pairs by filter and page, the open warnings they touch, what linkings did to entities.

use gnomon_domain::{EntityShift, PairState};
use gnomon_kernel::{EntityKind, Instant, Tier};
use sea_orm::{
    ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, Value,
};

use crate::{
    Cut, IdentityPair, Result, Tx, Warning,
    bulk::insert_all,
    entity::{entity_change, identity_pair, warning},
    error::readable,
    identities::into_pair,
    sql::{literal, place},
    warnings::into_warning,
};

/// Which pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PairsShown {
    /// Those that somebody should look at: found by the last linking and open, or waiting for a second person.
    #[default]
    ToDo,
    /// Those with a ruling in force.
    Ruled,
    /// All.
    All,
}

/// What the desk is narrowed to. The default is all that somebody should look at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PairFilter {
    /// Which.
    pub shown: PairsShown,
    /// Persons or organisations only.
    pub kind: Option<EntityKind>,
    /// One tier.
    pub tier: Option<Tier>,
    /// Only those that touch an open warning, or only those that touch none.
    pub touched: Option<bool>,
    /// The beginning of one of the two names as delivered, or a number of one of them.
    pub text: Option<String>,
}

/// A pair in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedPair {
    /// The pair.
    pub pair: IdentityPair,
    /// Whether an open warning is about the entity of one of the two.
    pub is_touched: bool,
}

/// What a linking did to one entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntityMove {
    /// What it is.
    pub kind: EntityKind,
    /// What was done.
    pub shift: EntityShift,
    /// The entity that it was done to.
    pub from: u64,
    /// The entity that mentions of it belong to now.
    pub into: u64,
}

/// What one linking did to entities of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoveCount {
    /// When.
    pub at: Instant,
    /// What they are.
    pub kind: EntityKind,
    /// What was done.
    pub shift: EntityShift,
    /// To so many.
    pub entities: u64,
}

const TOUCHED: &str = "exists (select 1 from identity_number n join warning w on w.subject = n.number \
    where n.pair = p.number and w.open)";

impl Tx {
    /// A page of the desk, from the `skip`-th pair on: those that touch an open warning first, then the most probable.
    pub async fn pairs(&self, filter: &PairFilter, skip: u64, limit: u64) -> Result<Cut<ListedPair>> {
        #[derive(FromQueryResult)]
        struct Row {
            number: i32,
            touched: i64,
        }
        let mut values = Vec::new();
        let chosen = chosen(filter, &mut values);
        let sql = format!(
            "select p.number, cast(case when {TOUCHED} then 1 else 0 end as bigint) as touched, p.probability \
             from identity_pair p where {chosen} order by 2 desc, 3 desc, 1 limit {limit} offset {skip}"
        );
        let rows: Vec<Row> = self.select(&sql, values.clone()).await?;
        let wanted = identity_pair::Column::Number.is_in(rows.iter().map(|row| row.number));
        let found = identity_pair::Entity::find().filter(wanted).all(&self.db).await?;
        let listed = |row: &Row| {
            let pair = found.iter().find(|pair| pair.number == row.number)?.clone();
            Some(into_pair(pair).map(|pair| ListedPair { pair, is_touched: row.touched == 1 }))
        };
        let shown = rows.iter().filter_map(listed).collect::<Result<_>>()?;
        let count = format!("select count(*) as count from identity_pair p where {chosen}");
        Ok(Cut { shown, count: self.count(&count, values).await? })
    }

    /// How many pairs the filter lets through.
    pub async fn count_pairs(&self, filter: &PairFilter) -> Result<u64> {
        let mut values = Vec::new();
        let chosen = chosen(filter, &mut values);
        self.count(&format!("select count(*) as count from identity_pair p where {chosen}"), values).await
    }

    /// The open warnings that are about the entity of one of a pair's mentions, by number.
    pub async fn warnings_touched(&self, pair: u32) -> Result<Vec<Warning>> {
        #[derive(FromQueryResult)]
        struct Row {
            id: String,
        }
        let sql = "select w.id from warning w where w.open and w.subject in \
                   (select n.number from identity_number n where n.pair = $1)";
        let ids: Vec<Row> = self.select(sql, vec![i64::from(pair).into()]).await?;
        let wanted = warning::Column::Id.is_in(ids.into_iter().map(|row| row.id));
        let rows = warning::Entity::find().filter(wanted).all(&self.db).await?;
        let mut found = rows.into_iter().map(into_warning).collect::<Result<Vec<_>>>()?;
        found.sort_by(|one, other| one.number.cmp(&other.number));
        Ok(found)
    }

    /// Writes down what a linking did to entities.
    pub async fn add_entity_moves(&self, moves: &[EntityMove], at: Instant) -> Result<()> {
        let moves: Vec<(EntityMove, Instant)> = moves.iter().map(|one| (*one, at)).collect();
        insert_all(&self.db, &moves, |(one, at)| entity_change::ActiveModel {
            id: NotSet,
            kind: Set(one.kind.as_str().to_owned()),
            shift: Set(one.shift.to_string()),
            from_entity: Set(one.from as i64),
            into_entity: Set(one.into as i64),
            at: Set(*at),
        })
        .await
    }

    /// What linkings did to entities, the last first; at most `limit` lines.
    pub async fn entity_moves(&self, limit: u64) -> Result<Vec<MoveCount>> {
        #[derive(FromQueryResult)]
        struct Row {
            at: Instant,
            kind: String,
            shift: String,
            entities: i64,
        }
        let sql = format!(
            "select at, kind, shift, count(*) as entities from entity_change \
             group by at, kind, shift order by at desc, kind, shift limit {limit}"
        );
        let rows: Vec<Row> = self.select(&sql, Vec::new()).await?;
        let count = |row: Row| {
            Ok(MoveCount {
                at: row.at,
                kind: readable(EntityKind::parse(&row.kind), "kind of an entity")?,
                shift: readable(EntityShift::parse(&row.shift), "change of an entity")?,
                entities: row.entities as u64,
            })
        };
        rows.into_iter().map(count).collect()
    }
}

/// The condition on the table `p`.
fn chosen(filter: &PairFilter, values: &mut Vec<Value>) -> String {
    let states = |of: fn(PairState) -> bool| {
        let words = PairState::ALL.iter().filter(|state| of(**state));
        words.map(|state| format!("'{state}'")).collect::<Vec<_>>().join(", ")
    };
    let mut sql = match filter.shown {
        PairsShown::ToDo => {
            let open = PairState::Open;
            format!("(p.state = '{open}' and p.found or p.state in ({}))", states(PairState::waits))
        }
        PairsShown::Ruled => format!("p.state in ({})", states(PairState::is_in_force)),
        PairsShown::All => "1 = 1".to_owned(),
    };
    if let Some(kind) = filter.kind {
        sql += &format!(" and p.kind = {}", place(kind.as_str().into(), values));
    }
    if let Some(tier) = filter.tier {
        sql += &format!(" and p.tier = {}", place(tier.as_str().into(), values));
    }
    if let Some(touched) = filter.touched {
        sql += &format!(" and {}{TOUCHED}", if touched { "" } else { "not " });
    }
    if let Some(text) = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let name = place(format!("{}%", literal(text)).into(), values);
        let number = place(text.to_uppercase().into(), values);
        sql += &format!(
            " and (p.name_one like {name} escape '\\' or p.name_other like {name} escape '\\' or exists \
             (select 1 from identity_number n where n.pair = p.number and n.number = {number}))"
        );
    }
    sql
}
