use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    EntityKind, Error, Linked, Mapping, Roster, RowResult, Rulings, Sheet,
    cluster::{Clusters, Edge},
    household::Households,
    linker::{Evidence, results, run},
    merge::merge,
    pairs::{
        block::{LARGEST, key},
        keys::Plan,
        score::Scorer,
    },
    parallel,
    rulings::Decided,
};

/// Pairs weighed in one piece of work.
const CHUNK: usize = 20_000;

/// What became of entities when rows were added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Rows that belong to nobody known.
    Created {
        /// The new entity.
        entity: u32,
    },
    /// One entity was found to be another; its id is not used again.
    Merged {
        /// The entity that is no more.
        from: u32,
        /// The entity that its rows belong to.
        into: u32,
    },
    /// Rows left an entity, which keeps its id.
    Split {
        /// The entity that they left.
        from: u32,
        /// The entity that they are now.
        into: u32,
    },
}

/// Who is who, kept: rows that come later join, merge or split entities, and all others keep their ids. An entity is named
/// by the smallest of its rows, and rows that come later have larger numbers; of two that merge the older name stays, and of
/// two that part each is named by its own smallest row.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct State {
    roster: Roster,
    linked: Linked,
    plans: Vec<Plan>,
    /// Rows under each key, per plan, in the order of the keys.
    keyed: Vec<Vec<(u32, u32)>>,
    /// All changes since the first linking, in their order.
    history: Vec<Change>,
    /// Who lives where; found again when it is needed after the state was written down.
    #[serde(skip)]
    households: Households,
}

impl State {
    /// Links sheets and keeps what is needed to add more.
    ///
    /// # Errors
    /// As [`Roster::add`] and [`Roster::ready`].
    pub fn new(kind: EntityKind, mapping: Mapping, sheets: Vec<Sheet>) -> Result<State, Error> {
        let mut roster = Roster::new(kind, mapping);
        sheets.into_iter().try_for_each(|sheet| roster.add(sheet))?;
        roster.ready()?;
        State::of(roster, &Rulings::default())
    }

    /// Links the rows of a roster, obeys what people decided about pairs, and keeps what is needed to add more.
    ///
    /// # Errors
    /// As [`Rulings::check`].
    pub fn of(roster: Roster, rulings: &Rulings) -> Result<State, Error> {
        let decided = Decided::of(&roster, rulings.clone())?;
        let (linked, plans, households) = run(&roster, decided);
        let keyed = plans.iter().map(|plan| keyed(plan, &roster, 0..roster.rows())).collect();
        Ok(State { roster, linked, plans, keyed, history: Vec::new(), households })
    }

    /// Makes a state that was written down usable again.
    pub fn restore(&mut self) {
        self.roster.count();
    }

    /// The answers, one per row.
    pub fn rows(&self) -> &[RowResult] {
        &self.linked.rows
    }

    /// The answers with what was learnt, for [`crate::explain`] and [`crate::doubts`].
    pub fn linked(&self) -> &Linked {
        &self.linked
    }

    /// The rows.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// What became of entities, oldest first.
    pub fn history(&self) -> &[Change] {
        &self.history
    }

    /// Adds rows and says what changed. They are judged by the model as it was learnt; columns that no earlier file had are
    /// not compared.
    ///
    /// # Errors
    /// As [`Roster::add`].
    pub fn add(&mut self, sheet: Sheet) -> Result<Vec<Change>, Error> {
        let start = self.roster.rows();
        let fields = self.roster.fields.len();
        self.roster.add(sheet)?;
        self.roster.fields.truncate(fields);
        self.roster.count_from(start);
        let touched = self.weigh(start);
        Ok(self.settle(&touched))
    }

    /// Lets rows go, so that they hold nobody together and meet none of those that come, and says what changed. Their numbers
    /// are not given again; what was learnt from them stays learnt, and they are still counted where they lived.
    pub fn remove(&mut self, rows: &BTreeSet<u32>) -> Vec<Change> {
        let is_gone = |row: u32| rows.contains(&row);
        let gone = |edge: &Edge| is_gone(edge.a) || is_gone(edge.b);
        let Evidence { edges, cautious, ties } = &mut self.linked.evidence;
        edges.retain(|edge| !gone(edge));
        cautious.retain(|edge| !gone(edge));
        ties.retain(|(a, b)| !is_gone(*a) && !is_gone(*b));
        self.keyed.iter_mut().for_each(|keyed| keyed.retain(|(_, row)| !is_gone(*row)));
        self.settle(&rows.iter().copied().collect::<Vec<_>>())
    }

    /// Obeys these rulings from now on instead of those before, and says what changed.
    ///
    /// # Errors
    /// When rulings contradict each other or name a row that is not there; then all stays as it was.
    pub fn rule(&mut self, rulings: &Rulings) -> Result<Vec<Change>, Error> {
        let decided = Decided::of(&self.roster, rulings.clone())?;
        let touched: Vec<u32> =
            self.linked.decided.changed(rulings).into_iter().flat_map(|(a, b)| [a, b]).collect();
        self.linked.decided = decided;
        Ok(if touched.is_empty() { Vec::new() } else { self.settle(&touched) })
    }

    /// Groups anew what was touched, and writes down what changed.
    fn settle(&mut self, touched: &[u32]) -> Vec<Change> {
        let entities = self.regroup(touched);
        let Linked { evidence, decided, .. } = &self.linked;
        let (rows, crowds) = results(&self.roster, entities, evidence, decided, &mut self.households);
        let before = std::mem::replace(&mut self.linked.rows, rows);
        self.linked.crowds = crowds;
        let changes = changes(&before, &self.linked.rows);
        self.history.extend(changes.iter().cloned());
        changes
    }

    /// Weighs new rows against those that share a key; gives the rows that new ones may belong to.
    fn weigh(&mut self, start: usize) -> Vec<u32> {
        let met = self.meet(start);
        let (roster, scorer) = (&self.roster, Scorer::new(&self.roster, &self.linked.model));
        let parts = parallel::map(met.len().div_ceil(CHUNK), |chunk| {
            let mut fresh = Evidence::default();
            for pair in &met[chunk * CHUNK..met.len().min((chunk + 1) * CHUNK)] {
                fresh.weigh(roster, &scorer, *pair as u32, (pair >> 32) as u32);
            }
            fresh
        });
        let mut fresh = Evidence::default();
        parts.into_iter().for_each(|part| fresh.extend(part));
        fresh.tidy();
        self.linked.evidence.merge(&fresh);
        fresh.edges.iter().flat_map(|edge| [edge.a, edge.b]).collect()
    }

    /// Pairs of new rows and rows that share a key with them, each once: the new row in the upper half, the one before it in the
    /// lower. So in one word they are soon sorted, and what a new row says is at hand for all its pairs.
    fn meet(&mut self, start: usize) -> Vec<u64> {
        let mut met: Vec<u64> = Vec::new();
        for (plan, keyed_rows) in self.plans.iter().zip(&mut self.keyed) {
            let added = keyed(plan, &self.roster, start..self.roster.rows());
            let mut places = merge(keyed_rows, &added, |keyed| *keyed).into_iter();
            for block in added.chunk_by(|(a, _), (b, _)| a == b) {
                let (key, first) = (block[0].0, places.next().unwrap_or_default());
                places.by_ref().take(block.len() - 1).for_each(drop);
                let before = keyed_rows[..first].iter().rev().take_while(|(other, _)| *other == key);
                let known = before.take(LARGEST + 1).count();
                let all = &keyed_rows[first - known..first + block.len()];
                for (at, (_, row)) in (known..).zip(block).filter(|_| all.len() <= LARGEST) {
                    met.extend(all[..at].iter().map(|(_, other)| u64::from(*row) << 32 | u64::from(*other)));
                }
            }
        }
        met.sort_unstable();
        met.dedup();
        met
    }

    /// Groups the entities anew that rows are touched of; all others stay. Gives the entity of each row.
    fn regroup(&self, touched: &[u32]) -> Vec<u32> {
        let rows = self.roster.rows();
        let mut entities: Vec<u32> = self.linked.rows.iter().map(|row| row.entity).collect();
        entities.extend(entities.len() as u32..rows as u32);
        let mut touched_entities = vec![false; rows];
        for row in touched {
            touched_entities[entities[*row as usize] as usize] = true;
        }
        let open: Vec<bool> = entities.iter().map(|entity| touched_entities[*entity as usize]).collect();
        let is_open = |row: u32| open[row as usize];
        let Linked { evidence, decided, model, .. } = &self.linked;
        let edges =
            evidence.edges.iter().filter(|edge| is_open(edge.a) && is_open(edge.b)).copied().collect();
        // Clusters that stay need not be put together: nothing that is open meets them.
        let mut clusters = Clusters::new(rows);
        clusters.rule(&decided.rulings);
        clusters.grow(edges, &Scorer::new(&self.roster, model));
        for (row, entity) in (0..).zip(&mut entities).filter(|(row, _)| is_open(*row)) {
            *entity = clusters.of(row);
        }
        entities
    }
}

fn keyed(plan: &Plan, roster: &Roster, rows: std::ops::Range<usize>) -> Vec<(u32, u32)> {
    let keys = rows.map(|row| (key(plan, roster, row as u32), row as u32));
    let mut keyed: Vec<(u32, u32)> = keys.filter(|(key, _)| *key != 0).collect();
    keyed.sort_unstable();
    keyed
}

fn changes(before: &[RowResult], after: &[RowResult]) -> Vec<Change> {
    let marked = |rows: &[RowResult]| {
        let mut marked = vec![false; after.len()];
        rows.iter().for_each(|row| marked[row.entity as usize] = true);
        marked
    };
    let (known, now) = (marked(before), marked(after));
    let moves: BTreeSet<(u32, u32)> = before
        .iter()
        .zip(after)
        .filter(|(old, new)| old.entity != new.entity)
        .map(|(old, new)| (old.entity, new.entity))
        .collect();
    let arrived: BTreeSet<u32> = moves.iter().map(|(_, into)| *into).collect();
    let is_created =
        |entity: &u32| now[*entity as usize] && !known[*entity as usize] && !arrived.contains(entity);
    let created = (0..after.len() as u32).filter(is_created).map(|entity| Change::Created { entity });
    let moved = moves.iter().map(|(from, into)| match now[*from as usize] {
        true => Change::Split { from: *from, into: *into },
        false => Change::Merged { from: *from, into: *into },
    });
    moved.chain(created).collect()
}

#[cfg(test)]
mod tests;
