//! Under which number models see a mention: one per person or organisation, whatever its records say.

use gnomon_kernel::Tier;

use crate::{
    line::named,
    linking::Grouped,
    mention::{Draft, Mentions},
};

/// The keys of a mention that differ from its number, for [`Tier::ALL`].
pub type Keys = [Option<Box<str>>; Tier::ALL.len()];

/// Mentions that models see under another key than their number, by mention.
///
/// Of several mentions with one number, the best known one keeps it; so does whoever is one with it. Another person under
/// that number is told apart by an ending. Who has several numbers goes by the one of the best known mention, an
/// organisation by its unified code before any older one, and whoever came without a number by the same.
pub fn keys(mentions: &Mentions, grouped: &Grouped) -> Vec<(u32, Keys)> {
    let drafts = &mentions.drafts;
    let mut owners = vec![false; drafts.len()];
    self::owners(drafts).into_iter().for_each(|at| owners[at as usize] = true);
    let owns = |at: u32| owners[at as usize];
    let mut heads: Vec<Option<u32>> = vec![None; drafts.len()];
    for (at, entity) in grouped.entities.iter().enumerate() {
        let at = at as u32;
        let rank = |at: u32| {
            let draft = &drafts[at as usize];
            (owns(at), draft.number.is_some(), is_whole(draft), best(draft))
        };
        let head = &mut heads[*entity as usize];
        if head.is_none_or(|known| rank(at) > rank(known)) {
            *head = Some(at);
        }
    }
    let alone = |at: u32| -> Option<Box<str>> {
        let own = drafts[at as usize].number.as_deref()?;
        if owns(at) { Some(own.into()) } else { Some(ended(own, drafts[at as usize].id)) }
    };
    let mut found = Vec::new();
    for (at, entity) in grouped.entities.iter().enumerate() {
        let (row, head) = (at as u32, heads[*entity as usize].unwrap_or(at as u32));
        let own = drafts[at].number.as_deref();
        // Nearly everybody.
        if row == head && own.is_some() && owns(row) {
            continue;
        }
        let keys: Keys = Tier::ALL.map(|asked| {
            let counts = row == head || grouped.tiers[at] >= asked;
            let key = if counts { alone(head) } else { alone(row) };
            key.filter(|key| Some(key.as_ref()) != own)
        });
        if keys.iter().any(Option::is_some) {
            found.push((row, keys));
        }
    }
    found
}

fn number(draft: &Draft) -> &str {
    draft.number.as_deref().unwrap_or_default()
}

/// Whether the number is one of today's, all of which have 18 characters.
fn is_whole(draft: &Draft) -> bool {
    number(draft).len() == 18
}

/// Mentions with a number, those of one together.
pub(crate) fn by_number(drafts: &[Draft]) -> Vec<u32> {
    let mut found: Vec<u32> =
        (0..).zip(drafts).filter(|(_, draft)| draft.number.is_some()).map(|(at, _)| at).collect();
    // Soon done where they are settled.
    found.sort_by_key(|at| number(&drafts[*at as usize]));
    found
}

/// The best known mention of each number.
pub(crate) fn owners(drafts: &[Draft]) -> Vec<u32> {
    let best = |of_number: &[u32]| of_number.iter().copied().max_by_key(|at| best(&drafts[*at as usize]));
    let same = |a: &u32, b: &u32| number(&drafts[*a as usize]) == number(&drafts[*b as usize]);
    by_number(drafts).chunk_by(same).filter_map(best).collect()
}

/// The register of everybody knows best, then those who say it most often.
pub(crate) fn best(draft: &Draft) -> (bool, u64, std::cmp::Reverse<u64>) {
    (draft.registered(), draft.rows(), std::cmp::Reverse(draft.id))
}

/// A number with an ending that no number has. The ending stays as long as the number and name are delivered.
fn ended(number: &str, id: u64) -> Box<str> {
    format!("{number}~{}", &named(id)[..4]).into()
}

#[cfg(test)]
mod tests {
    use gnomon_kernel::EntityKind;

    use super::*;
    use crate::Line;

    const X: &str = "870121194001010022";
    const Y: &str = "870121194107150031";

    /// Number, name, rows, whether a register says so. Who has no number has a birthday.
    fn mentions(all: &[(Option<&str>, &str, u64, bool)]) -> Mentions {
        let mut mentions = Mentions::default();
        for (number, name, rows, registered) in all {
            let birthday = number.is_none().then_some("1940-01-01");
            let details = [birthday, None, None, None, None];
            let line =
                Line { number: *number, name: Some(name), region: None, details, rows: *rows, first: 1 };
            mentions.see(0, EntityKind::Person, *registered, &line);
        }
        mentions
    }

    fn shown(mentions: &Mentions, entities: &[u32], tiers: &[Tier]) -> Vec<(u32, [Option<String>; 3])> {
        let grouped = Grouped { entities: entities.to_vec(), tiers: tiers.to_vec(), doubts: Vec::new() };
        let found = keys(mentions, &grouped);
        found.into_iter().map(|(at, keys)| (at, keys.map(|key| key.map(String::from)))).collect()
    }

    #[test]
    fn a_number_under_one_name_is_the_key() {
        let known = mentions(&[(Some(X), "岑望", 3, true), (Some(Y), "岑舟", 1, false)]);
        assert_eq!(shown(&known, &[0, 1], &[Tier::Certain; 2]), []);
    }

    #[test]
    fn another_person_under_a_number_gets_an_ending_that_stays() {
        let known = mentions(&[(Some(X), "陆梅", 36, false), (Some(X), "岑望", 1, true)]);
        let found = shown(&known, &[0, 1], &[Tier::Certain; 2]);
        let [(0, keys)] = found.as_slice() else { panic!("{found:?}") };
        let ended = format!("{X}~{}", &named(known.drafts[0].id)[..4]);
        assert_eq!(
            keys,
            &[Some(ended.clone()), Some(ended.clone()), Some(ended)],
            "who is registered keeps it"
        );
    }

    #[test]
    fn who_is_probably_one_is_one_only_for_those_who_ask_for_no_more() {
        let known = mentions(&[(Some(X), "岑望", 36, true), (Some(X), "岑忘", 1, false)]);
        let found = shown(&known, &[0, 0], &[Tier::Certain, Tier::Probable]);
        let [(1, keys)] = found.as_slice() else { panic!("{found:?}") };
        assert!(keys[0].as_deref().is_some_and(|key| key.starts_with(X) && key.len() > 18));
        assert_eq!(keys[1..], [None, None]);
    }

    #[test]
    fn two_numbers_of_one_person_become_that_of_the_best_known_and_none_becomes_it_too() {
        let known =
            mentions(&[(Some(Y), "岑望", 9, false), (Some(X), "岑望", 1, true), (None, "岑望", 2, false)]);
        let found = shown(&known, &[0, 0, 0], &[Tier::Certain; 3]);
        let key = || Some(X.to_owned());
        assert_eq!(found, [(0, [key(), key(), key()]), (2, [key(), key(), key()])]);
    }

    #[test]
    fn an_organisation_goes_by_its_unified_code_however_seldom_that_is_given() {
        let unified = "91870121MA0X7K2Q5R";
        let known = mentions(&[
            (Some(&unified[8..17]), "砚溪青禾建材", 40, false),
            (Some(unified), "砚溪青禾建材", 1, false),
        ]);
        let found = shown(&known, &[0, 0], &[Tier::Certain; 2]);
        let key = || Some(unified.to_owned());
        assert_eq!(found, [(0, [key(), key(), key()])]);
    }

    #[test]
    fn a_name_alone_is_nobody() {
        let mut known = Mentions::default();
        let line =
            Line { number: None, name: Some("岑望"), region: None, details: [None; 5], rows: 1, first: 1 };
        known.see(0, EntityKind::Person, false, &line);
        assert!(known.drafts.is_empty());
    }

    #[test]
    fn who_came_without_a_number_and_is_one_with_nobody_stays_without() {
        let known = mentions(&[(None, "岑望", 2, false)]);
        assert_eq!(shown(&known, &[0], &[Tier::Certain]), []);
    }
}
