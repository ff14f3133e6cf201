//! Mentions put before the linker.

use std::collections::{BTreeSet, HashMap};

use gnomon_kernel::{EntityKind, Tier};
use gnomon_library::entity::{Doubt, FieldComparison, Ruling};
use gnomon_link::orgcode;
use gnomon_resolve::{Error, Linked, Mapping, Roster, Rulings, Sheet};

use crate::{
    key::best,
    mention::{Mentions, id_of, named},
    source::{DETAILS, Source},
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
/// left out.
///
/// # Errors
/// What the linker refuses; too few mentions to link are no error.
pub fn group(
    kind: EntityKind,
    mentions: &Mentions,
    sources: &[Source<'_>],
    rulings: &[Ruling],
) -> Result<Grouped, Error> {
    let apart = Grouped {
        entities: (0..mentions.drafts.len() as u32).collect(),
        tiers: vec![Tier::Certain; mentions.drafts.len()],
        doubts: Vec::new(),
    };
    let roster = match roster(kind, mentions) {
        Ok(roster) => roster,
        Err(Error::Empty { .. } | Error::NothingToCompare) => return Ok(apart),
        Err(error) => return Err(error),
    };
    let (linked, rulings) = obeying(&roster, rows_of(kind, mentions, rulings))?;
    let mut entities: Vec<u32> = linked.rows.iter().map(|row| row.entity).collect();
    if kind == EntityKind::Organisation {
        part_by_number(mentions, &rulings, &mut entities);
    }
    let is_ruled = |a: u32, b: u32| {
        let pair = (a.min(b), a.max(b));
        rulings.same.iter().chain(&rulings.apart).any(|(a, b)| (*a.min(b), *a.max(b)) == pair)
    };
    let code = |row: u32| mentions.drafts[row as usize].number.as_deref().map(code);
    let is_settled = |a: u32, b: u32| {
        let two_numbers = code(a).is_some() && code(b).is_some() && code(a) != code(b);
        is_ruled(a, b) || kind == EntityKind::Organisation && two_numbers
    };
    let found = gnomon_resolve::doubts(&roster, &linked, MOST_DOUBTS);
    let found = found.iter().map(|pair| (pair.a.min(pair.b), pair.a.max(pair.b)));
    let shared = shared_numbers(mentions, &entities);
    let pairs: BTreeSet<(u32, u32)> = found.chain(shared).filter(|(a, b)| !is_settled(*a, *b)).collect();
    let together = |(a, b): (u32, u32)| entities[a as usize] == entities[b as usize];
    let doubts = pairs.into_iter().take(MOST_DOUBTS);
    let doubts = doubts.map(|pair| doubt(kind, mentions, sources, &roster, &linked, pair, together(pair)));
    Ok(Grouped {
        doubts: doubts.collect::<Result<_, _>>()?,
        tiers: linked.rows.iter().map(|row| Tier::of(row.confidence)).collect(),
        entities,
    })
}

/// What a number of an organisation is compared by: older files have the organisation code that is inside the unified one.
fn code(number: &str) -> String {
    orgcode::inside(number).unwrap_or_else(|| number.to_owned())
}

/// Organisations with two codes are two, however alike they are, unless somebody has said otherwise: a code stays when all
/// else changes. Who came without a code stays with the best known.
fn part_by_number(mentions: &Mentions, rulings: &Rulings, entities: &mut [u32]) {
    let mut first: HashMap<(u32, String), u32> = HashMap::new();
    let mut known: HashMap<u32, u32> = HashMap::new();
    let before = entities.to_vec();
    for (row, entity) in before.iter().enumerate() {
        if let Some(number) = mentions.drafts[row].number.as_deref() {
            let part = *first.entry((*entity, code(number))).or_insert(row as u32);
            known.entry(*entity).or_insert(part);
            entities[row] = part;
        }
    }
    for (row, entity) in before.iter().enumerate() {
        if mentions.drafts[row].number.is_none() {
            entities[row] = known.get(entity).copied().unwrap_or(*entity);
        }
    }
    for (a, b) in &rulings.same {
        let (a, b) = (entities[*a as usize], entities[*b as usize]);
        entities.iter_mut().filter(|entity| **entity == a.max(b)).for_each(|entity| *entity = a.min(b));
    }
}

/// Of each number under several entities, the mention that is known best with each of the others.
fn shared_numbers(mentions: &Mentions, entities: &[u32]) -> Vec<(u32, u32)> {
    let mut by_number: HashMap<&str, Vec<u32>> = HashMap::new();
    for (row, draft) in mentions.drafts.iter().enumerate() {
        if let Some(number) = draft.number.as_deref() {
            by_number.entry(number).or_default().push(row as u32);
        }
    }
    let mut pairs = Vec::new();
    for rows in by_number.into_values().filter(|rows| rows.len() > 1) {
        let best = rows.iter().copied().max_by_key(|row| best(&mentions.drafts[*row as usize]));
        for (best, other) in best.into_iter().flat_map(|best| rows.iter().map(move |row| (best, *row))) {
            if entities[best as usize] != entities[other as usize] {
                pairs.push((best.min(other), best.max(other)));
            }
        }
    }
    pairs
}

fn roster(kind: EntityKind, mentions: &Mentions) -> Result<Roster, Error> {
    let words = ["id_no", "name"].into_iter().chain(DETAILS);
    let header: Vec<String> = words.map(str::to_owned).collect();
    let mapping = Mapping(header.iter().map(|word| (word.clone(), word.clone())).collect());
    let mut roster = Roster::new(kind, mapping);
    let mut sheet = Sheet::new("", &header)?;
    let mut cells = vec![String::new(); header.len()];
    for (at, draft) in mentions.drafts.iter().enumerate() {
        cells[0] = draft.number.as_deref().unwrap_or_default().to_owned();
        cells[1] = draft.name.to_string();
        for (place, cell) in cells[2..].iter_mut().enumerate() {
            mentions.detail(at, place).clone_into(cell);
        }
        sheet.push(at as u32 + 1, &cells, true)?;
    }
    roster.add(sheet)?;
    roster.ready()?;
    Ok(roster)
}

fn rows_of(kind: EntityKind, mentions: &Mentions, rulings: &[Ruling]) -> Vec<((u32, u32), bool)> {
    let row = |id: &String| mentions.find(id_of(id)?);
    let of_kind = rulings.iter().filter(|ruling| ruling.kind == kind);
    let [first, second] = [0, 1];
    of_kind
        .filter_map(|ruling| {
            let pair = (row(&ruling.mentions[first])?, row(&ruling.mentions[second])?);
            Some((pair, ruling.same))
        })
        .collect()
}

fn obeying(roster: &Roster, mut decided: Vec<((u32, u32), bool)>) -> Result<(Linked, Rulings), Error> {
    loop {
        let pairs = |same: bool| {
            decided.iter().filter(|(_, said)| *said == same).map(|(pair, _)| *pair).collect::<Vec<_>>()
        };
        let rulings = Rulings { same: pairs(true), apart: pairs(false) };
        match gnomon_resolve::link_with(roster, &rulings) {
            Err(Error::Contradiction { .. }) => drop(decided.pop()),
            done => return done.map(|linked| (linked, rulings)),
        }
    }
}

fn doubt(
    kind: EntityKind,
    mentions: &Mentions,
    sources: &[Source<'_>],
    roster: &Roster,
    linked: &Linked,
    pair: (u32, u32),
    together: bool,
) -> Result<Doubt, Error> {
    let (mut one, mut other) = (pair.0 as usize, pair.1 as usize);
    let name = |at: usize| named(mentions.drafts[at].id);
    if name(other) < name(one) {
        (one, other) = (other, one);
    }
    let explained = gnomon_resolve::explain_unmasked(roster, linked, one, other)?;
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
