//! Pairs of mentions that may be one: what the last linking found, what was ruled, and what became of entities.

use std::collections::{BTreeMap, BTreeSet};

use gnomon_domain::{PairEntry, PairMatter, PairState, PairStep};
use gnomon_kernel::{EntityKind, Instant, Tier, UserId};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use serde_json::Value as Json;

use crate::{
    Error, Result, Tx,
    bulk::insert_all,
    entity::{identity_event, identity_number, identity_pair},
    error::readable,
};

/// Series of the pairs' numbers.
const SERIES: &str = "identity_pair";

/// What a linking says of a pair. Values in it are as delivered.
#[derive(Debug, Clone, PartialEq)]
pub struct PairFacts {
    /// What they are.
    pub kind: EntityKind,
    /// Ids of the mentions, the smaller first.
    pub mentions: [String; 2],
    /// Their names.
    pub names: [String; 2],
    /// All that is known of them.
    pub sides: Json,
    /// What was compared.
    pub comparisons: Json,
    /// How probable it is that they are one.
    pub probability: f32,
    /// How certain that is.
    pub tier: Tier,
    /// Whether the linker has put them into one entity.
    pub together: bool,
}

/// A pair that a linking found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundPair {
    /// What it says of it.
    pub facts: PairFacts,
    /// Numbers that the entities of the two are known by.
    pub numbers: BTreeSet<String>,
}

/// A pair with what was ruled about it.
#[derive(Debug, Clone, PartialEq)]
pub struct IdentityPair {
    /// What people call it; counted up.
    pub number: u32,
    /// Counts what persons did about it.
    pub version: i32,
    /// What the linking that saw it last says of it.
    pub facts: PairFacts,
    /// When it was found first.
    pub first_seen: Instant,
    /// When it was found last.
    pub last_seen: Instant,
    /// Whether the last linking found it.
    pub is_found: bool,
    /// The part that the rules read and write.
    pub matter: PairMatter,
}

/// A ruling that linkings obey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulingInForce {
    /// What they are.
    pub kind: EntityKind,
    /// Ids of the mentions, the smaller first.
    pub mentions: [String; 2],
    /// Whether they are one.
    pub same: bool,
}

impl Tx {
    /// Keeps what a linking found in the place of what the one before did. A pair that it did not find stays only where a
    /// person ruled about it; a pair that was there before keeps its number and what was ruled.
    pub async fn keep_pairs(&self, found: &[FoundPair], at: Instant) -> Result<()> {
        // Nobody rules between the reading and the writing.
        self.take_numbers(SERIES, 0).await?;
        let known = identity_pair::Entity::find().all(&self.db).await?;
        let mut known: BTreeMap<_, _> = known.into_iter().map(|row| (key_of(&row), row)).collect();
        let news = found.iter().filter(|one| !known.contains_key(&key(&one.facts))).count();
        let mut next = self.take_numbers(SERIES, i64::try_from(news).unwrap_or(i64::MAX)).await?;
        let (mut rows, mut numbers) = (Vec::new(), Vec::new());
        for one in found {
            let row = known.remove(&key(&one.facts));
            let row = match row {
                Some(row) => seen_again(row, &one.facts, at),
                None => {
                    next += 1;
                    new_row(next - 1, &one.facts, at)?
                }
            };
            numbers.extend(one.numbers.iter().map(|number| (row.number, number.clone())));
            rows.push(row);
        }
        let kept = known.into_values().filter(|row| row.ruled);
        rows.extend(kept.map(|row| identity_pair::Model { found: false, ..row }));
        identity_pair::Entity::delete_many().exec(&self.db).await?;
        insert_all(&self.db, &rows, |row| row.clone().into_active_model().reset_all()).await?;
        self.keep_numbers(&numbers).await
    }

    /// Pairs that this linking did not find keep the numbers they had.
    async fn keep_numbers(&self, numbers: &[(i32, String)]) -> Result<()> {
        let sql = "delete from identity_number where pair not in \
                   (select number from identity_pair where not found)";
        self.change(sql, Vec::new()).await?;
        let sql = "delete from identity_event where pair not in (select number from identity_pair)";
        self.change(sql, Vec::new()).await?;
        insert_all(&self.db, numbers, |(pair, number)| identity_number::ActiveModel {
            pair: Set(*pair),
            number: Set(number.clone()),
        })
        .await
    }

    /// One pair.
    pub async fn pair(&self, number: u32) -> Result<Option<IdentityPair>> {
        identity_pair::Entity::find_by_id(number as i32).one(&self.db).await?.map(into_pair).transpose()
    }

    /// Writes what was ruled about a pair and counts its version up; [`Error::Conflict`] when it is no longer at the version
    /// it was read at.
    pub async fn update_pair(&self, pair: &IdentityPair) -> Result<()> {
        use identity_pair::Column as C;
        self.take_numbers(SERIES, 0).await?;
        let matter = &pair.matter;
        let mut update = identity_pair::Entity::update_many()
            .filter(C::Number.eq(pair.number as i32))
            .filter(C::Version.eq(pair.version))
            .col_expr(C::Version, Expr::value(pair.version + 1))
            .col_expr(C::State, Expr::value(matter.state.as_str()))
            .col_expr(C::Same, Expr::value(matter.same))
            .col_expr(C::ProposedBy, Expr::value(matter.proposed_by.as_ref().map(UserId::to_string)));
        if matter.state != PairState::Open {
            update = update.col_expr(C::Ruled, Expr::value(true));
        }
        let done = update.exec(&self.db).await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    /// What linkings have to obey, in the order of the pairs' numbers.
    pub async fn rulings_in_force(&self) -> Result<Vec<RulingInForce>> {
        use identity_pair::Column as C;
        let states = PairState::ALL.iter().filter(|state| state.is_in_force()).map(|state| state.as_str());
        let rows = identity_pair::Entity::find()
            .filter(C::State.is_in(states))
            .order_by_asc(C::Number)
            .all(&self.db)
            .await?;
        let ruling = |row: identity_pair::Model| {
            Ok(RulingInForce {
                kind: readable(EntityKind::parse(&row.kind), "kind of a pair")?,
                mentions: [row.one, row.other],
                same: readable(row.same, "ruling")?,
            })
        };
        rows.into_iter().map(ruling).collect()
    }

    /// Adds a line to a pair's timeline.
    pub async fn add_pair_event(&self, pair: u32, entry: &PairEntry) -> Result<()> {
        let row = identity_event::ActiveModel {
            id: NotSet,
            pair: Set(pair as i32),
            step: Set(entry.step.to_string()),
            at: Set(entry.at),
            by_user: Set(entry.by.as_ref().map(UserId::to_string)),
            by_name: Set(entry.by_name.clone()),
            from_state: Set(entry.from.to_string()),
            to_state: Set(entry.to.to_string()),
            note: Set(entry.note.clone()),
        };
        identity_event::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// A pair's timeline, oldest first.
    pub async fn pair_timeline(&self, pair: u32) -> Result<Vec<PairEntry>> {
        let of_pair = identity_event::Column::Pair.eq(pair as i32);
        let found = identity_event::Entity::find().filter(of_pair).order_by_asc(identity_event::Column::Id);
        found.all(&self.db).await?.into_iter().map(into_entry).collect()
    }
}

fn key(facts: &PairFacts) -> (String, String, String) {
    let [one, other] = facts.mentions.clone();
    (facts.kind.as_str().to_owned(), one, other)
}

fn key_of(row: &identity_pair::Model) -> (String, String, String) {
    (row.kind.clone(), row.one.clone(), row.other.clone())
}

fn new_row(number: i64, facts: &PairFacts, at: Instant) -> Result<identity_pair::Model> {
    let (kind, one, other) = key(facts);
    let empty = identity_pair::Model {
        number: i32::try_from(number).map_err(|_| Error::Corrupt("number of a pair"))?,
        version: 0,
        kind,
        one,
        other,
        name_one: String::new(),
        name_other: String::new(),
        sides: Json::Null,
        comparisons: Json::Null,
        probability: 0.0,
        tier: String::new(),
        together: false,
        first_seen: at,
        last_seen: at,
        found: true,
        ruled: false,
        state: PairState::Open.to_string(),
        same: None,
        proposed_by: None,
    };
    Ok(seen_again(empty, facts, at))
}

fn seen_again(row: identity_pair::Model, facts: &PairFacts, at: Instant) -> identity_pair::Model {
    let [name_one, name_other] = facts.names.clone();
    identity_pair::Model {
        name_one,
        name_other,
        sides: facts.sides.clone(),
        comparisons: facts.comparisons.clone(),
        probability: f64::from(facts.probability),
        tier: facts.tier.as_str().to_owned(),
        together: facts.together,
        last_seen: at,
        found: true,
        ..row
    }
}

pub(crate) fn into_pair(row: identity_pair::Model) -> Result<IdentityPair> {
    let user = row.proposed_by.map(|id| readable(UserId::parse(&id), "user id")).transpose();
    Ok(IdentityPair {
        number: row.number as u32,
        version: row.version,
        facts: PairFacts {
            kind: readable(EntityKind::parse(&row.kind), "kind of a pair")?,
            mentions: [row.one, row.other],
            names: [row.name_one, row.name_other],
            sides: row.sides,
            comparisons: row.comparisons,
            probability: row.probability as f32,
            tier: readable(Tier::parse(&row.tier), "tier of a pair")?,
            together: row.together,
        },
        first_seen: row.first_seen,
        last_seen: row.last_seen,
        is_found: row.found,
        matter: PairMatter {
            state: readable(PairState::parse(&row.state), "state of a pair")?,
            same: row.same,
            proposed_by: user?,
        },
    })
}

fn into_entry(row: identity_event::Model) -> Result<PairEntry> {
    let state = |word: &str| readable(PairState::parse(word), "state of a pair");
    Ok(PairEntry {
        step: readable(PairStep::parse(&row.step), "step of a pair")?,
        at: row.at,
        by: row.by_user.map(|id| readable(UserId::parse(&id), "user id")).transpose()?,
        by_name: row.by_name,
        from: state(&row.from_state)?,
        to: state(&row.to_state)?,
        note: row.note,
    })
}
