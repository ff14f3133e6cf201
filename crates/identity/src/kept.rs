//! A linking that is kept: when the tables change, mentions that are new join it and those that are gone leave it.

use std::collections::{BTreeSet, HashMap};

use gnomon_kernel::{EntityKind, Tier};
use gnomon_resolve::{Error, Explanation, Mapping, Roster, Rulings, Sheet, State};
use serde::{Deserialize, Serialize};

use crate::{line::short_hash, mention::Mentions, source::DETAILS};

/// The linker learns anew when the mentions that came and went since it learnt are more than one in so many.
const LEARN_ANEW: usize = 10;

/// A mention in a kept linking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Member {
    id: u64,
    /// A hash of what was said of it.
    said: u64,
}

/// Who is who among the mentions of one kind, with what the linker learnt from them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The mention of each row; nothing where it is gone.
    members: Vec<Option<Member>>,
    state: State,
    /// Mentions when the linker learnt.
    learnt: usize,
    /// Mentions that came and went since.
    moved: usize,
    /// The row of each mention, as they are now.
    #[serde(skip)]
    rows: Vec<u32>,
}

impl Kept {
    /// Links mentions, and obeys rulings on them. Which of the rulings, as those that contradict earlier ones are left out.
    ///
    /// # Errors
    /// What the linker refuses.
    pub(crate) fn learn(
        kind: EntityKind,
        mentions: &Mentions,
        decided: &[((u32, u32), bool)],
    ) -> Result<(Kept, Rulings), Error> {
        let all: Vec<u32> = (0..mentions.drafts.len() as u32).collect();
        let mapping = Mapping(words().map(|word| (word.to_owned(), word.to_owned())).collect());
        let mut roster = Roster::new(kind, mapping);
        roster.add(sheet(mentions, &all)?)?;
        roster.ready()?;
        let (rulings, obeyed) = obeyed(&roster, decided, |mention| mention)?;
        let state = State::of(roster, &rulings)?;
        let members = all.iter().map(|at| Some(member(mentions, *at))).collect();
        Ok((Kept { members, state, learnt: all.len(), moved: 0, rows: all }, obeyed))
    }

    /// Follows the mentions as they are now, and obeys rulings on them, as [`Kept::learn`]. Nothing when so much has changed
    /// that the linker has to learn anew.
    ///
    /// # Errors
    /// What the linker refuses.
    pub(crate) fn follow(
        mut self,
        mentions: &Mentions,
        decided: &[((u32, u32), bool)],
    ) -> Result<Option<(Kept, Rulings)>, Error> {
        let known: HashMap<Member, u32> =
            (0..).zip(&self.members).filter_map(|(row, member)| Some(((*member)?, row))).collect();
        let found = |at: u32| known.get(&member(mentions, at)).copied();
        let mut rows: Vec<Option<u32>> = (0..mentions.drafts.len() as u32).map(found).collect();
        let mut stays = vec![false; self.members.len()];
        rows.iter().flatten().for_each(|row| stays[*row as usize] = true);
        let gone: BTreeSet<u32> = known.into_values().filter(|row| !stays[*row as usize]).collect();
        let new: Vec<u32> = (0..).zip(&rows).filter(|(_, row)| row.is_none()).map(|(at, _)| at).collect();
        self.moved += gone.len() + new.len();
        if self.moved * LEARN_ANEW > self.learnt {
            return Ok(None);
        }
        self.state.restore();
        if !gone.is_empty() {
            self.state.remove(&gone);
            gone.iter().for_each(|row| self.members[*row as usize] = None);
        }
        if !new.is_empty() {
            self.state.add(sheet(mentions, &new)?)?;
            for at in new {
                rows[at as usize] = Some(self.members.len() as u32);
                self.members.push(Some(member(mentions, at)));
            }
        }
        self.rows = rows.into_iter().flatten().collect();
        let row = |mention: u32| self.rows[mention as usize];
        let (rulings, obeyed) = obeyed(self.state.roster(), decided, row)?;
        self.state.rule(&rulings)?;
        Ok(Some((self, obeyed)))
    }

    /// The entity of each mention, named by the smallest mention in it.
    pub(crate) fn entities(&self) -> Vec<u32> {
        let mut smallest = HashMap::new();
        let entity =
            |(at, row): (u32, &u32)| *smallest.entry(self.state.rows()[*row as usize].entity).or_insert(at);
        (0..).zip(&self.rows).map(entity).collect()
    }

    /// How certain it is that each mention belongs to its entity.
    pub(crate) fn tiers(&self) -> Vec<Tier> {
        self.rows.iter().map(|row| Tier::of(self.state.rows()[*row as usize].confidence)).collect()
    }

    /// Pairs of mentions that somebody should look at, at most so many.
    pub(crate) fn doubts(&self, most: usize) -> impl Iterator<Item = (u32, u32)> {
        let found = gnomon_resolve::doubts(self.state.roster(), self.state.linked(), most);
        let mentions: HashMap<u32, u32> = self.rows.iter().copied().zip(0..).collect();
        found.into_iter().map(move |pair| (mentions[&pair.a], mentions[&pair.b]))
    }

    /// What speaks for and against two mentions being one.
    ///
    /// # Errors
    /// As [`gnomon_resolve::explain_unmasked`].
    pub(crate) fn explain(&self, one: usize, other: usize) -> Result<Explanation, Error> {
        let [one, other] = [one, other].map(|at| self.rows[at] as usize);
        gnomon_resolve::explain_unmasked(self.state.roster(), self.state.linked(), one, other)
    }
}

fn words() -> impl Iterator<Item = &'static str> {
    ["id_no", "name"].into_iter().chain(DETAILS)
}

/// What a mention says, as the linker compares it.
fn cells(mentions: &Mentions, at: u32) -> impl Iterator<Item = &str> {
    let draft = &mentions.drafts[at as usize];
    let own = [draft.number.as_deref().unwrap_or_default(), &draft.name];
    own.into_iter().chain((0..DETAILS.len()).map(move |place| mentions.detail(at as usize, place)))
}

fn member(mentions: &Mentions, at: u32) -> Member {
    let mut said = String::with_capacity(128);
    cells(mentions, at).for_each(|cell| said.extend([cell, "\u{1F}"]));
    Member { id: mentions.drafts[at as usize].id, said: short_hash(&said) }
}

fn sheet(mentions: &Mentions, rows: &[u32]) -> Result<Sheet, Error> {
    let header: Vec<String> = words().map(str::to_owned).collect();
    let mut sheet = Sheet::new("", &header)?;
    for at in rows {
        let cells: Vec<String> = cells(mentions, *at).map(str::to_owned).collect();
        sheet.push(at + 1, &cells, true)?;
    }
    Ok(sheet)
}

/// The rulings that do not contradict those before them, on rows and on mentions.
fn obeyed(
    roster: &Roster,
    decided: &[((u32, u32), bool)],
    row: impl Fn(u32) -> u32,
) -> Result<(Rulings, Rulings), Error> {
    let mut decided = decided.to_vec();
    loop {
        let pairs = |same: bool| decided.iter().filter(move |(_, said)| *said == same).map(|(pair, _)| *pair);
        let on_rows = |same: bool| pairs(same).map(|(a, b)| (row(a), row(b))).collect();
        let rulings = Rulings { same: on_rows(true), apart: on_rows(false) };
        match rulings.check(roster) {
            Err(Error::Contradiction { .. }) => drop(decided.pop()),
            checked => {
                checked?;
                let obeyed = Rulings { same: pairs(true).collect(), apart: pairs(false).collect() };
                return Ok((rulings, obeyed));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::Line;

    /// Two mentions of each of these people: one with number and birthday, one with birthday and telephone.
    fn mentions(people: impl Iterator<Item = u32>, birthday_of_7: &str) -> Mentions {
        let mut mentions = Mentions::default();
        for n in people {
            let number = format!("870121{}{:02}{:02}{n:04}", 1930 + n % 60, n % 12 + 1, n % 28 + 1);
            let day = format!("{}-{:02}-{:02}", 1930 + n % 60, n % 12 + 1, n % 28 + 1);
            let day = if n == 7 { birthday_of_7 } else { &day };
            let name: String = [n % 19, n % 23 + 40, n / 19 + 90]
                .into_iter()
                .filter_map(|at| char::from_u32(0x6C5F + at * 7))
                .collect();
            let phone = format!("1690000{n:04}");
            let mut see = |number: Option<&str>, details| {
                let line = Line { number, name: Some(&name), region: None, details, rows: 1, first: 1 };
                mentions.see(0, EntityKind::Person, false, &line);
            };
            see(Some(&number), [Some(day), None, Some(&phone), None, None]);
            see(None, [Some(day), None, Some(&phone), None, None]);
        }
        mentions
    }

    fn kept_and_read_back(kept: &Kept) -> Kept {
        postcard::from_bytes(&postcard::to_stdvec(kept).unwrap()).unwrap()
    }

    /// Who is with whom, by mention id.
    fn groups(mentions: &Mentions, kept: &Kept) -> BTreeSet<BTreeSet<u64>> {
        let mut groups: HashMap<u32, BTreeSet<u64>> = HashMap::new();
        for (entity, draft) in kept.entities().into_iter().zip(&mentions.drafts) {
            groups.entry(entity).or_default().insert(draft.id);
        }
        groups.into_values().collect()
    }

    fn learn(mentions: &Mentions) -> Kept {
        Kept::learn(EntityKind::Person, mentions, &[]).unwrap().0
    }

    const DAY: &str = "1950-06-15";

    #[test]
    fn following_finds_who_learning_anew_finds() {
        let then = mentions(0..300, DAY);
        let kept = kept_and_read_back(&learn(&then));
        let now = mentions((5..300).rev().chain(300..308), "1950-06-16");
        let (kept, _) = kept.follow(&now, &[]).unwrap().expect("a little has changed");
        assert_eq!(groups(&now, &kept), groups(&now, &learn(&now)));
        assert!(groups(&now, &kept).iter().all(|group| group.len() == 2));
        assert!(kept.tiers().iter().all(|tier| *tier == Tier::Certain));
        let again = kept_and_read_back(&kept).follow(&now, &[]).unwrap().expect("nothing has changed");
        assert_eq!(groups(&now, &again.0), groups(&now, &kept));
    }

    #[test]
    fn a_tenth_of_change_is_learnt_anew_however_it_comes() {
        let kept = learn(&mentions(0..300, DAY));
        let mut some = Some(kept);
        for more in [310, 320] {
            let kept = some.take().unwrap();
            some = kept.follow(&mentions(0..more, DAY), &[]).unwrap().map(|(kept, _)| kept);
            assert!(some.is_some());
        }
        let rest = some.take().unwrap().follow(&mentions(0..340, DAY), &[]).unwrap();
        assert!(rest.is_none(), "80 mentions more than the 600 that were learnt from");
    }

    #[test]
    fn rulings_are_obeyed_when_mentions_come_and_go() {
        let then = mentions(0..300, DAY);
        let kept = learn(&then);
        let now = mentions(1..300, DAY);
        let (a, b, c) = (2, 4, 6);
        let decided = [((a, b), true), ((b, c), true), ((a, c), false), ((c, c + 1), false)];
        let (kept, obeyed) = kept.follow(&now, &decided).unwrap().expect("a little has changed");
        assert_eq!(obeyed.same, [(a, b), (b, c)]);
        assert!(obeyed.apart.is_empty(), "the later ones contradict, and what comes after them goes too");
        let entities = kept.entities();
        assert_eq!([entities[b as usize], entities[c as usize]], [entities[a as usize]; 2]);
        let (kept, _) =
            kept_and_read_back(&kept).follow(&now, &[]).unwrap().expect("a ruling was taken back");
        assert_eq!(groups(&now, &kept), groups(&now, &learn(&now)));
    }
}
