use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    EntityKind, Error, Linked, Mapping, Roster, RowResult, Rulings, Sheet,
    block::{LARGEST, key},
    cluster::{Clusters, by_strength},
    keys::Plan,
    linker::{Evidence, results, run},
    rulings::Decided,
    score::Scorer,
};

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
        let (linked, index) = run(&roster, Decided::default());
        let plans: Vec<Plan> = index.all.into_iter().map(|blocks| blocks.pieces).collect();
        let keyed = plans.iter().map(|plan| keyed(plan, &roster, 0..roster.rows())).collect();
        Ok(State { roster, linked, plans, keyed, history: Vec::new() })
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
        self.roster.count();
        let touched = self.weigh(start);
        Ok(self.settle(&touched))
    }

    /// Obeys these rulings from now on instead of those before, and says what changed.
    ///
    /// # Errors
    /// When rulings contradict each other or name a row that is not there; then all stays as it was.
    pub fn rule(&mut self, rulings: &Rulings) -> Result<Vec<Change>, Error> {
        let decided = Decided::of(&self.roster, rulings.clone())?;
        let touched = self.linked.decided.changed(rulings).into_iter().flat_map(|(a, b)| [a, b]).collect();
        self.linked.decided = decided;
        Ok(self.settle(&touched))
    }

    /// Groups anew what was touched, and writes down what changed.
    fn settle(&mut self, touched: &BTreeSet<u32>) -> Vec<Change> {
        let before = std::mem::take(&mut self.linked.rows);
        self.linked.rows = self.regroup(&before, touched);
        let changes = changes(&before, &self.linked.rows);
        self.history.extend(changes.iter().cloned());
        changes
    }

    /// Weighs new rows against those that share a key; gives the rows that new ones may belong to.
    fn weigh(&mut self, start: usize) -> BTreeSet<u32> {
        let rows = self.roster.rows();
        let scorer = Scorer::new(&self.roster, &self.linked.model);
        let mut fresh = Evidence::default();
        for (plan, keyed_rows) in self.plans.iter().zip(&mut self.keyed) {
            let added = keyed(plan, &self.roster, start..rows);
            keyed_rows.extend(&added);
            keyed_rows.sort();
            for (key, row) in added {
                let from = keyed_rows.partition_point(|(other, _)| *other < key);
                let block = keyed_rows[from..].iter().take_while(|(other, _)| *other == key);
                let block: Vec<u32> = block.map(|(_, row)| *row).take(LARGEST + 1).collect();
                if block.len() <= LARGEST {
                    for other in block.into_iter().filter(|other| *other < row) {
                        fresh.weigh(&self.roster, &scorer, other, row);
                    }
                }
            }
        }
        let touched = fresh.edges.iter().flat_map(|edge| [edge.a, edge.b]).collect();
        self.linked.evidence.extend(fresh);
        self.linked.evidence.tidy();
        touched
    }

    /// Groups the entities anew that new rows touch; all others stay.
    fn regroup(&self, before: &[RowResult], touched: &BTreeSet<u32>) -> Vec<RowResult> {
        let entity = |row: u32| before.get(row as usize).map_or(row, |found| found.entity);
        let open: BTreeSet<u32> = touched.iter().map(|row| entity(*row)).collect();
        let mut clusters = Clusters::new(self.roster.rows());
        for row in 0..self.roster.rows() as u32 {
            let own = entity(row);
            if own != row && !open.contains(&own) {
                clusters.put(own, row);
            }
        }
        let is_open = |row: u32| open.contains(&entity(row));
        let mut edges: Vec<_> = self
            .linked
            .evidence
            .edges
            .iter()
            .filter(|edge| is_open(edge.a) && is_open(edge.b))
            .copied()
            .collect();
        edges.sort_unstable_by(by_strength);
        clusters.rule(&self.linked.decided.rulings);
        clusters.grow(&edges, &Scorer::new(&self.roster, &self.linked.model));
        results(self.roster.rows(), &mut clusters, &self.linked.evidence, &self.linked.decided)
    }
}

fn keyed(plan: &Plan, roster: &Roster, rows: std::ops::Range<usize>) -> Vec<(u32, u32)> {
    let keys = rows.map(|row| (key(plan, roster, row as u32), row as u32));
    let mut keyed: Vec<(u32, u32)> = keys.filter(|(key, _)| *key != 0).collect();
    keyed.sort_unstable();
    keyed
}

fn changes(before: &[RowResult], after: &[RowResult]) -> Vec<Change> {
    let known: BTreeSet<u32> = before.iter().map(|row| row.entity).collect();
    let now: BTreeSet<u32> = after.iter().map(|row| row.entity).collect();
    let mut moves: BTreeSet<(u32, u32)> = BTreeSet::new();
    for (old, new) in before.iter().zip(after) {
        if old.entity != new.entity {
            moves.insert((old.entity, new.entity));
        }
    }
    let arrived: BTreeSet<u32> = moves.iter().map(|(_, into)| *into).collect();
    let created = now.iter().filter(|entity| !known.contains(entity) && !arrived.contains(entity));
    let created = created.map(|entity| Change::Created { entity: *entity });
    let moved = moves.iter().map(|(from, into)| match now.contains(from) {
        true => Change::Split { from: *from, into: *into },
        false => Change::Merged { from: *from, into: *into },
    });
    moved.chain(created).collect()
}
