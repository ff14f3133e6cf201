//! Mentions put before the linker.

use gnomon_kernel::{EntityKind, Tier};
use gnomon_library::entity::{Doubt, FieldComparison, Ruling};
use gnomon_resolve::{Error, Linked, Mapping, Pair, Roster, Rulings, Sheet};

use super::{
    Failure,
    mention::{Mentions, id_of, named},
    source::{DETAILS, Source},
};

/// Pairs in doubt that are kept, of persons and of organisations each.
const MOST_DOUBTS: usize = 5_000;

/// Who is who among mentions.
pub(super) struct Grouped {
    /// The entity of each mention, named by the smallest mention in it.
    pub entities: Vec<u32>,
    /// How certain it is that the mention belongs to it.
    pub tiers: Vec<Tier>,
    pub doubts: Vec<Doubt>,
}

/// Groups mentions of one kind, obeying what people have decided. Of rulings that contradict each other the later ones are
/// left out.
pub(super) fn group(
    kind: EntityKind,
    mentions: &Mentions,
    sources: &[Source<'_>],
    rulings: &[Ruling],
) -> Result<Grouped, Failure> {
    let apart = Grouped {
        entities: (0..mentions.drafts.len() as u32).collect(),
        tiers: vec![Tier::Certain; mentions.drafts.len()],
        doubts: Vec::new(),
    };
    let roster = match roster(kind, mentions) {
        Ok(roster) => roster,
        Err(Error::Empty { .. } | Error::NothingToCompare) => return Ok(apart),
        Err(error) => return Err(error.into()),
    };
    let linked = obeying(&roster, rows_of(kind, mentions, rulings))?;
    let doubts = gnomon_resolve::doubts(&roster, &linked, MOST_DOUBTS);
    let doubts = doubts.iter().map(|pair| doubt(kind, mentions, sources, &roster, &linked, pair));
    Ok(Grouped {
        entities: linked.rows.iter().map(|row| row.entity).collect(),
        tiers: linked.rows.iter().map(|row| Tier::of(row.confidence)).collect(),
        doubts: doubts.collect::<Result<_, _>>()?,
    })
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

fn obeying(roster: &Roster, mut decided: Vec<((u32, u32), bool)>) -> Result<Linked, Error> {
    loop {
        let pairs = |same: bool| {
            decided.iter().filter(|(_, said)| *said == same).map(|(pair, _)| *pair).collect::<Vec<_>>()
        };
        let rulings = Rulings { same: pairs(true), apart: pairs(false) };
        match gnomon_resolve::link_with(roster, &rulings) {
            Err(Error::Contradiction { .. }) => drop(decided.pop()),
            done => return done,
        }
    }
}

fn doubt(
    kind: EntityKind,
    mentions: &Mentions,
    sources: &[Source<'_>],
    roster: &Roster,
    linked: &Linked,
    pair: &Pair,
) -> Result<Doubt, Error> {
    let (mut one, mut other) = (pair.a as usize, pair.b as usize);
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
        probability: pair.probability,
        tier: pair.tier,
        together: pair.together,
        comparisons: explained.comparisons.into_iter().map(comparison).collect(),
    })
}
