//! Which key stands in for the number that a line gives.

use std::collections::{BTreeMap, HashMap, HashSet};

use gnomon_kernel::EntityKind;
use gnomon_link::orgcode;

use crate::{
    Line, Mentions, OfEach, Source,
    key::{Keys, best, owners},
    line::short_hash,
};

/// Keys that differ from the numbers which lines give, found by what a line says.
///
/// A line with a name is a mention and has the keys of that mention. A bare number is taken for that of whoever keeps it; a
/// bare organisation code for that of the unified code around it.
#[derive(Debug)]
pub struct StandIns {
    by_mention: HashMap<u64, Keys>,
    /// Numbers of those mentions, names of those without one: most lines have neither, and need no id.
    known_by: HashSet<Box<str>>,
    by_number: OfEach<HashMap<Box<str>, Keys>>,
    by_code: HashMap<String, Keys>,
    /// By the place of a source, a hash of the keys of the mentions in it.
    mentions_in: HashMap<u16, u64>,
    /// Places of sources with bare numbers.
    bare_in: HashSet<u16>,
    /// A hash of the keys of bare numbers and codes.
    of_bare: u64,
}

impl StandIns {
    /// Puts the keys of each kind's mentions in order, as [`crate::keys`] gives them.
    pub fn new(mentions: &OfEach<Mentions>, keys: &OfEach<BTreeMap<u32, Keys>>) -> StandIns {
        let mut found = StandIns {
            by_mention: HashMap::new(),
            known_by: HashSet::new(),
            by_number: Default::default(),
            by_code: HashMap::new(),
            mentions_in: HashMap::new(),
            bare_in: HashSet::new(),
            of_bare: 0,
        };
        for kind in EntityKind::ALL {
            let (mentions, keys) = (&mentions[kind as usize], &keys[kind as usize]);
            found.bare_in.extend(mentions.bare_in());
            for (at, keys) in keys {
                let draft = &mentions.drafts[*at as usize];
                found.by_mention.insert(draft.id, keys.clone());
                found.known_by.insert(draft.number.as_deref().unwrap_or(&draft.name).into());
                for source in draft.sources() {
                    add(found.mentions_in.entry(source).or_default(), draft.id, keys);
                }
            }
            let owners = owners(&mentions.drafts);
            for at in &owners {
                if let (Some(number), Some(keys)) = (&mentions.drafts[*at as usize].number, keys.get(at)) {
                    found.by_number[kind as usize].insert(number.clone(), keys.clone());
                }
            }
            if kind == EntityKind::Organisation {
                found.by_code = by_code(mentions, &owners, keys);
            }
        }
        let numbers = found.by_number.iter().flatten().map(|(number, keys)| (number.as_ref(), keys));
        let codes = found.by_code.iter().map(|(code, keys)| (code.as_str(), keys));
        numbers.chain(codes).for_each(|(number, keys)| add(&mut found.of_bare, number, keys));
        found
    }

    /// The keys of what a line says, where there are others than its number, for `Tier::ALL`.
    pub fn of(&self, source: &Source<'_>, line: &Line<'_>) -> Option<&Keys> {
        let kind = source.kind(line);
        if line.is_mention() {
            let is_known = line.number.or(line.name).is_some_and(|word| self.known_by.contains(word));
            return if is_known { self.by_mention.get(&line.words()?.id(kind)) } else { None };
        }
        let number = line.number?;
        let older = || match kind {
            EntityKind::Organisation if number.len() != 18 => self.by_code.get(&orgcode::inside(number)?),
            _ => None,
        };
        self.by_number[kind as usize].get(number).or_else(older)
    }

    /// A hash of all that [`StandIns::of`] may find for lines of the source with this place; nothing where that is nothing.
    /// Lines that gave the same before give the same again as long as it stays.
    pub fn concerning(&self, at: u16, source: &Source<'_>) -> Option<u64> {
        let has_bare = !source.says_something() || self.bare_in.contains(&at);
        let bare = Some(self.of_bare).filter(|hash| has_bare && *hash != 0);
        let named = self.mentions_in.get(&at).copied();
        (bare.is_some() || named.is_some())
            .then(|| bare.unwrap_or_default().wrapping_add(named.unwrap_or_default()))
    }
}

/// Adds who goes by which keys to a hash, which is the same in whatever order they come.
fn add(hash: &mut u64, who: impl std::fmt::Display, keys: &Keys) {
    *hash = hash.wrapping_add(short_hash(&format!("{who} {keys:?}")));
}

/// The keys of unified codes, by the organisation code inside; of two with one code those of the better known.
fn by_code(mentions: &Mentions, owners: &[u32], keys: &BTreeMap<u32, Keys>) -> HashMap<String, Keys> {
    let mut found: HashMap<String, u32> = HashMap::new();
    for at in owners.iter().copied() {
        let number = mentions.drafts[at as usize].number.as_deref().filter(|number| number.len() == 18);
        let Some(code) = number.and_then(orgcode::inside) else { continue };
        let known = found.entry(code).or_insert(at);
        if best(&mentions.drafts[at as usize]) > best(&mentions.drafts[*known as usize]) {
            *known = at;
        }
    }
    let keys_of = |at: u32| -> Keys {
        let own = mentions.drafts[at as usize].number.clone();
        let other = keys.get(&at);
        std::array::from_fn(|tier: usize| other.and_then(|keys| keys[tier].clone()).or_else(|| own.clone()))
    };
    found.into_iter().map(|(code, at)| (code, keys_of(at))).collect()
}

#[cfg(test)]
mod tests {
    use gnomon_library::{Library, SourceFile};

    use super::*;
    use crate::sources;

    const UNIFIED: &str = "91870121MA0X7K2Q5R";
    const PERSON: &str = "870121194001010022";
    const SECOND: &str = "870121194107150031";

    fn library() -> Library {
        let column = |name: &str, ty: &str| {
            format!(
                "[[column]]\nname = \"{name}\"\ntype = \"{ty}\"\ntitle = {{ zh = \"{name}\", en = \"{name}\" }}\n"
            )
        };
        let columns =
            [("person_id", "idno"), ("person_name", "name"), ("kin_id", "idno"), ("payee_id", "party")];
        let text = format!(
            "key = \"roll\"\ntitle = {{ zh = \"册\", en = \"Roll\" }}\nowner = {{ zh = \"局\", en = \"Bureau\" }}\n\
             kind = \"source\"\nsensitivity = \"internal\"\nnatural_key = [\"person_id\"]\n{}",
            columns.map(|(name, ty)| column(name, ty)).concat()
        );
        Library::load(vec![SourceFile { path: "datasets/a/roll.toml".to_owned(), text }]).expect("a library")
    }

    fn line<'r>(number: &'r str, name: Option<&'r str>, rows: u64) -> Line<'r> {
        Line { number: Some(number), name, region: None, details: [None; 5], rows, first: 1 }
    }

    #[test]
    fn a_bare_number_is_that_of_whoever_keeps_it() {
        let library = library();
        let sources = sources(&library);
        let mut mentions = OfEach::<Mentions>::default();
        sources[0].see(0, &line(SECOND, Some("岑望"), 2), &mut mentions);
        sources[0].see(0, &line(SECOND, Some("陆梅"), 1), &mut mentions);
        let key = |text: &str| -> Keys { [Some(text.into()), Some(text.into()), Some(text.into())] };
        let other = format!("{SECOND}~0000");
        let keys = [BTreeMap::from([(0, key(PERSON)), (1, key(&other))]), BTreeMap::new()];
        let stand_ins = StandIns::new(&mentions, &keys);
        let bare = &sources[1];
        assert_eq!(bare.number, "kin_id");
        assert_eq!(stand_ins.of(bare, &line(SECOND, None, 1)), Some(&key(PERSON)));
        assert_eq!(stand_ins.of(&sources[0], &line(SECOND, Some("陆梅"), 1)), Some(&key(&other)));
        assert_eq!(stand_ins.of(bare, &line(PERSON, None, 1)), None);
        assert!(stand_ins.concerning(1, bare).is_some());
        let fewer = [BTreeMap::from([(0, key(PERSON))]), BTreeMap::new()];
        let others = StandIns::new(&mentions, &fewer);
        assert_eq!(others.concerning(1, bare), stand_ins.concerning(1, bare), "the keeper's key is the same");
        assert_ne!(others.concerning(0, &sources[0]), stand_ins.concerning(0, &sources[0]));
        assert_eq!(StandIns::new(&mentions, &Default::default()).concerning(1, bare), None);
    }

    #[test]
    fn a_bare_organisation_code_is_that_of_the_unified_code_around_it() {
        let library = library();
        let sources = sources(&library);
        let mut mentions = OfEach::<Mentions>::default();
        sources[2].see(2, &line(UNIFIED, Some("砚溪青禾建材有限公司"), 1), &mut mentions);
        let stand_ins = StandIns::new(&mentions, &Default::default());
        let old = &UNIFIED[8..17];
        let found = stand_ins.of(&sources[2], &line(old, None, 1));
        assert_eq!(found.and_then(|keys| keys[0].as_deref()), Some(UNIFIED));
        assert_eq!(stand_ins.of(&sources[2], &line(UNIFIED, None, 1)), None);
    }
}
