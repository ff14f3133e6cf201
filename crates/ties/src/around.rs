//! Who is near a party, for a picture.

use std::collections::BTreeSet;

use gnomon_kernel::Day;

use crate::{
    graph::{Graph, Party, Tie},
    search::{Question, TieError, Walk},
};

/// A party and those near it.
#[derive(Debug, Clone, Default)]
pub struct Around<'g> {
    /// The party itself and the others with how many ties away they are, the nearest first, of equally near ones those
    /// that are tied more strongly.
    pub parties: Vec<(Party<'g>, usize)>,
    /// The ties between any two of them.
    pub ties: Vec<Tie>,
    /// Whether there are more than were asked for.
    pub more: bool,
}

impl Graph {
    /// The parties up to so many ties from a number, at most `limit` of them, on a day or at all. What many share is shown
    /// and not passed through.
    ///
    /// # Errors
    ///
    /// [`TieError::Unknown`] for a number that no tie names.
    pub fn around(
        &self,
        number: &str,
        on: Option<Day>,
        steps: usize,
        limit: usize,
    ) -> Result<Around<'_>, TieError> {
        let centre = self.find(number).ok_or(TieError::Unknown)?;
        let question = Question { on, most_steps: steps, through_many: false };
        // Both ends are the centre: what it shares with many is one of its ties.
        let walk = Walk::new(self, [centre.id; 2], &question);
        let mut seen = BTreeSet::from([centre.id]);
        let mut around = Around { parties: vec![(centre, 0)], ..Around::default() };
        let mut frontier = vec![centre.id];
        for step in 1..=steps {
            frontier = nearest(&walk, &frontier, &seen);
            let room = (limit + 1).saturating_sub(around.parties.len());
            around.more |= frontier.len() > room;
            frontier.truncate(room);
            seen.extend(&frontier);
            around.parties.extend(frontier.iter().map(|party| (self.party(*party), step)));
        }
        let ids: Vec<u32> = seen.into_iter().collect();
        for (at, one) in ids.iter().enumerate() {
            let ties = ids[at + 1..].iter().flat_map(|other| self.between(*one, *other));
            around.ties.extend(ties.filter(|tie| walk.leads(self.edge(tie.id))));
        }
        Ok(around)
    }

    /// All ties of a number, on a day or at all, the strongest first; what many share as well.
    ///
    /// # Errors
    ///
    /// [`TieError::Unknown`] for a number that no tie names.
    pub fn ties_of(&self, number: &str, on: Option<Day>) -> Result<Vec<Tie>, TieError> {
        let party = self.find(number).ok_or(TieError::Unknown)?;
        let question = Question { on, most_steps: 1, through_many: true };
        let walk = Walk::new(self, [party.id; 2], &question);
        let strength = |tie: &Tie| walk.strength(self.edge(tie.id));
        let mut ties: Vec<Tie> = walk.onward(party.id).map(|onward| self.tie(onward.tie)).collect();
        ties.sort_by(|a, b| strength(b).total_cmp(&strength(a)).then(a.id.cmp(&b.id)));
        Ok(ties)
    }
}

/// The parties one tie further, the most strongly tied first.
fn nearest(walk: &Walk<'_>, frontier: &[u32], seen: &BTreeSet<u32>) -> Vec<u32> {
    let onward = frontier.iter().flat_map(|party| walk.onward(*party));
    let mut found: Vec<(f32, u32)> = onward
        .filter(|onward| !seen.contains(&onward.other))
        .map(|onward| (walk.strength(onward.edge), onward.other))
        .collect();
    found.sort_by(|a, b| a.1.cmp(&b.1).then(b.0.total_cmp(&a.0)));
    found.dedup_by_key(|(_, party)| *party);
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, party)| party).collect()
}
