//! Mentions put before the linker.

use std::collections::{BTreeSet, HashMap, HashSet};

use gnomon_kernel::{EntityKind, Tier};
use gnomon_library::entity::{Doubt, FieldComparison, Ruling};
use gnomon_link::orgcode;
use gnomon_resolve::{Error, Rulings};

use crate::{
    kept::Kept,
    key::{best, by_number},
    line::{id_of, named},
    mention::Mentions,
    source::Source,
};

/// Pairs in doubt that are kept, of persons and of organisations each.
const MOST_DOUBTS: usize = 5_000;

/// Who is who among mentions.
#[derive(Debug)]
pub struct Grouped {
    /// The entity of each mention, named by the smallest mention in it.
    pub entities: Vec<u32>,
    /// How certain it is that the mention belongs to it.
    pub tiers: Vec<Tier>,
    /// Pairs that somebody should look at.
    pub doubts: Vec<Doubt>,
}

/// Groups mentions of one kind, obeying what people have decided. Of rulings that contradict each other the later ones are
/// left out. What was kept of an earlier grouping is followed; too few mentions to link keep nothing.
///
/// # Errors
/// What the linker refuses; too few mentions to link are no error.
pub fn group(
    kind: EntityKind,
    mentions: &Mentions,
    sources: &[Source<'_>],
    rulings: &[Ruling],
    kept: Option<Kept>,
) -> Result<(Grouped, Option<Kept>), Error> {
    let rulings = pairs_of(kind, mentions, rulings);
    let followed = kept.map(|kept| kept.follow(mentions, &rulings)).transpose()?.flatten();
    let (kept, obeyed) = match followed.map_or_else(|| Kept::learn(kind, mentions, &rulings), Ok) {
        Err(Error::Empty { .. } | Error::NothingToCompare) => return Ok((apart(mentions), None)),
        learnt => learnt?,
    };
    let mut entities = kept.entities();
    if kind == EntityKind::Organisation {
        part_by_number(mentions, &obeyed, &mut entities);
    }
    let pairs = pairs_to_look_at(kind, mentions, &kept, &obeyed, &entities);
    let together = |(a, b): (u32, u32)| entities[a as usize] == entities[b as usize];
    let doubts = pairs.into_iter().take(MOST_DOUBTS);
    let doubts = doubts.map(|pair| doubt(kind, mentions, sources, &kept, pair, together(pair)));
    let doubts = doubts.collect::<Result<_, _>>()?;
    Ok((Grouped { doubts, tiers: kept.tiers(), entities }, Some(kept)))
}

/// Everybody by themselves.
fn apart(mentions: &Mentions) -> Grouped {
    Grouped {
        entities: (0..mentions.drafts.len() as u32).collect(),
        tiers: vec![Tier::Certain; mentions.drafts.len()],
        doubts: Vec::new(),
    }
}

/// Pairs that the linker doubts and those that share a number, less what is settled.
fn pairs_to_look_at(
    kind: EntityKind,
    mentions: &Mentions,
    kept: &Kept,
    obeyed: &Rulings,
    entities: &[u32],
) -> BTreeSet<(u32, u32)> {
    let is_ruled = |a: u32, b: u32| {
        let pair = (a.min(b), a.max(b));
        obeyed.same.iter().chain(&obeyed.apart).any(|(a, b)| (*a.min(b), *a.max(b)) == pair)
    };
    let code = |row: u32| mentions.drafts[row as usize].number.as_deref().map(code);
    let is_settled = |a: u32, b: u32| {
        let two_numbers = code(a).is_some() && code(b).is_some() && code(a) != code(b);
        is_ruled(a, b) || kind == EntityKind::Organisation && two_numbers
    };
    let found = kept.doubts(MOST_DOUBTS).map(|(a, b)| (a.min(b), a.max(b)));
    let shared = shared_numbers(mentions, entities);
    found.chain(shared).filter(|(a, b)| !is_settled(*a, *b)).collect()
}

/// What a number of an organisation is compared by: older files have the organisation code that is inside the unified one.
fn code(number: &str) -> String {
    orgcode::inside(number).unwrap_or_else(|| number.to_owned())
}

/// Organisations with two codes are two, however alike they are, unless somebody has said otherwise: a code stays when all
/// else changes. Who came without a code stays with the best known.
fn part_by_number(mentions: &Mentions, rulings: &Rulings, entities: &mut [u32]) {
    let mut first: HashMap<(u32, String), u32> = HashMap::new();
    let mut known: HashMap<u32, usize> = HashMap::new();
    let before = entities.to_vec();
    for (row, entity) in before.iter().enumerate() {
        if let Some(number) = mentions.drafts[row].number.as_deref() {
            entities[row] = *first.entry((*entity, code(number))).or_insert(row as u32);
            let known = known.entry(*entity).or_insert(row);
            if best(&mentions.drafts[row]) > best(&mentions.drafts[*known]) {
                *known = row;
            }
        }
    }
    for (row, entity) in before.iter().enumerate() {
        if mentions.drafts[row].number.is_none() {
            entities[row] = known.get(entity).map_or(*entity, |known| entities[*known]);
        }
    }
    for (a, b) in &rulings.same {
        let (a, b) = (entities[*a as usize], entities[*b as usize]);
        entities.iter_mut().filter(|entity| **entity == a.max(b)).for_each(|entity| *entity = a.min(b));
    }
}

/// Of each number under several entities, the mention that is known best with each of the others.
fn shared_numbers(mentions: &Mentions, entities: &[u32]) -> Vec<(u32, u32)> {
    let number = |row: &u32| mentions.drafts[*row as usize].number.as_deref();
    let mut pairs = Vec::new();
    for rows in by_number(&mentions.drafts).chunk_by(|a, b| number(a) == number(b)) {
        let best = rows.iter().copied().max_by_key(|row| best(&mentions.drafts[*row as usize]));
        for (best, other) in best.into_iter().flat_map(|best| rows.iter().map(move |row| (best, *row))) {
            if entities[best as usize] != entities[other as usize] {
                pairs.push((best.min(other), best.max(other)));
            }
        }
    }
    pairs
}

/// Rulings that speak of mentions which are there, in their order, and whether the two are one.
fn pairs_of(kind: EntityKind, mentions: &Mentions, rulings: &[Ruling]) -> Vec<((u32, u32), bool)> {
    let of_kind: Vec<&Ruling> = rulings.iter().filter(|ruling| ruling.kind == kind).collect();
    let asked: HashSet<u64> =
        of_kind.iter().flat_map(|ruling| &ruling.mentions).filter_map(|id| id_of(id)).collect();
    let ids = (0..).zip(&mentions.drafts).map(|(at, draft)| (draft.id, at));
    let found: HashMap<u64, u32> = ids.filter(|(id, _)| asked.contains(id)).collect();
    let mention = |id: &String| found.get(&id_of(id)?).copied();
    let [first, second] = [0, 1];
    of_kind
        .into_iter()
        .filter_map(|ruling| {
            let pair = (mention(&ruling.mentions[first])?, mention(&ruling.mentions[second])?);
            Some((pair, ruling.same))
        })
        .collect()
}

fn doubt(
    kind: EntityKind,
    mentions: &Mentions,
    sources: &[Source<'_>],
    kept: &Kept,
    pair: (u32, u32),
    together: bool,
) -> Result<Doubt, Error> {
    let (mut one, mut other) = (pair.0 as usize, pair.1 as usize);
    let name = |at: usize| named(mentions.drafts[at].id);
    if name(other) < name(one) {
        (one, other) = (other, one);
    }
    let explained = kept.explain(one, other)?;
    let comparison = |found: gnomon_resolve::Comparison| FieldComparison {
        field: found.field,
        values: found.values,
        level: found.level.to_owned(),
        weight: found.weight,
        household: found.household,
    };
    Ok(Doubt {
        kind,
        sides: [mentions.shown(one, sources), mentions.shown(other, sources)],
        probability: explained.probability,
        tier: Tier::of(explained.probability),
        together,
        comparisons: explained.comparisons.into_iter().map(comparison).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Line;

    #[test]
    fn of_organisations_with_two_codes_the_better_known_keeps_who_came_without_one() {
        let said = [(None, 3), (Some("91870121MA0X7K2Q5R"), 1), (Some("91870121MA0Y1C4D8E"), 40)];
        for said in [said, [said[0], said[2], said[1]]] {
            let mut mentions = Mentions::default();
            for (number, rows) in said {
                let details = [None, None, Some("16900000001"), None, None];
                let name = Some("砚溪青禾建材有限公司");
                let line = Line { number, name, region: None, details, rows, first: 1 };
                mentions.see(0, EntityKind::Organisation, false, &line);
            }
            let mut entities = vec![0; 3];
            part_by_number(&mentions, &Rulings::default(), &mut entities);
            let best = said.iter().position(|(_, rows)| *rows == 40).unwrap();
            assert_eq!(entities[0], entities[best]);
            assert_ne!(entities[1], entities[2]);
        }
    }
}
