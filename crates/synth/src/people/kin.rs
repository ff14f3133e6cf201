use super::{People, Person, PersonIx, Relation, Sex, relation_to_head, role};
use crate::base::time;

/// How two people are related, as a declaration form names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kin {
    Spouse,
    Child,
    Parent,
    Sibling,
    SpouseParent,
    ChildSpouse,
}

impl Kin {
    /// The word on the form.
    pub fn word(self, sex: Sex) -> &'static str {
        let man = sex == Sex::Man;
        match self {
            Kin::Spouse => "配偶",
            Kin::Child if man => "儿子",
            Kin::Child => "女儿",
            Kin::Parent if man => "父亲",
            Kin::Parent => "母亲",
            Kin::Sibling if man => "兄弟",
            Kin::Sibling => "姐妹",
            Kin::SpouseParent if man => "岳父",
            Kin::SpouseParent => "岳母",
            Kin::ChildSpouse if man => "女婿",
            Kin::ChildSpouse => "儿媳",
        }
    }

    /// 1 for spouse, child and parent, 2 for the others.
    pub fn degree(self) -> u32 {
        match self {
            Kin::Spouse | Kin::Child | Kin::Parent => 1,
            Kin::Sibling | Kin::SpouseParent | Kin::ChildSpouse => 2,
        }
    }
}

/// Births before this year left no certificate.
const FIRST_CERTIFICATES: i32 = 1996;

/// Who is whose child, and who lives with whom.
pub struct Kinship {
    child_start: Vec<u32>,
    children: Vec<PersonIx>,
    member_start: Vec<u32>,
    members: Vec<PersonIx>,
}

impl Kinship {
    /// Reads the families.
    pub fn of(people: &People) -> Kinship {
        let parents =
            |person: &Person| [person.father, person.mother].into_iter().flatten().map(PersonIx::index);
        let (child_start, children) = grouped(people, people.all.len(), |person| parents(person).collect());
        let (member_start, members) =
            grouped(people, people.heads.len(), |person| vec![person.household as usize]);
        Kinship { child_start, children, member_start, members }
    }

    /// Children, dead ones included.
    pub fn children(&self, of: PersonIx) -> &[PersonIx] {
        slice(&self.child_start, &self.children, of.index())
    }

    /// Everybody who was last registered in a household.
    pub fn members(&self, household: u32) -> &[PersonIx] {
        slice(&self.member_start, &self.members, household as usize)
    }

    /// Everybody near: up to grandparents, grandchildren, the in-laws between, and house mates.
    pub fn near(&self, people: &People, of: PersonIx) -> Vec<PersonIx> {
        let mut near: Vec<PersonIx> = self.members(people[of].household).to_vec();
        let mut circle = self.first_degree(people, of);
        near.extend(&circle);
        for _ in 0..2 {
            circle = circle.iter().flat_map(|kin| self.first_degree(people, *kin)).collect();
            circle.sort_unstable();
            circle.dedup();
            near.extend(&circle);
        }
        near.sort_unstable();
        near.dedup();
        near.retain(|kin| *kin != of);
        near
    }

    /// Spouse, parents, children.
    pub fn first_degree(&self, people: &People, of: PersonIx) -> Vec<PersonIx> {
        let person = &people[of];
        let up = [person.spouse, person.father, person.mother].into_iter().flatten();
        up.chain(self.children(of).iter().copied()).collect()
    }

    /// Living relatives whom the registers of the county show: marriage, birth certificate, household book.
    pub fn on_record(&self, people: &People, of: PersonIx) -> Vec<(PersonIx, Kin)> {
        let mut found = Vec::new();
        let person = &people[of];
        let parents_of = |child: PersonIx| {
            [people[child].father, people[child].mother]
                .into_iter()
                .flatten()
                .filter(move |p| recorded(people, *p, child))
        };
        if let Some(spouse) = person.spouse {
            found.push((spouse, Kin::Spouse));
            found.extend(parents_of(spouse).map(|parent| (parent, Kin::SpouseParent)));
        }
        for child in self.children(of).iter().filter(|child| recorded(people, of, **child)) {
            found.push((*child, Kin::Child));
            found.extend(people[*child].spouse.map(|spouse| (spouse, Kin::ChildSpouse)));
        }
        for parent in parents_of(of) {
            found.push((parent, Kin::Parent));
            let recorded_siblings =
                self.children(parent).iter().filter(|s| **s != of && recorded(people, parent, **s));
            found.extend(recorded_siblings.map(|sibling| (*sibling, Kin::Sibling)));
        }
        found.retain(|(kin, _)| people[*kin].alive() && !people[*kin].has(role::AWAY));
        found.sort_unstable_by_key(|(kin, relation)| (*kin, relation.degree()));
        found.dedup_by_key(|(kin, _)| *kin);
        found
    }
}

/// Whether a register shows that one is the other's parent.
fn recorded(people: &People, parent: PersonIx, child: PersonIx) -> bool {
    let certificate = people[child].birth >= time::day(FIRST_CERTIFICATES, 1, 1);
    let same_book = people[parent].household == people[child].household;
    let head = people.heads[people[child].household as usize];
    let by_book = same_book
        && people[parent].alive()
        && people[child].alive()
        && head.is_some_and(|head| {
            head == parent && relation_to_head(people, child, head) == Relation::Child
                || head == child && relation_to_head(people, parent, head) == Relation::Parent
        });
    certificate || by_book
}

/// Whether a birth left a certificate.
pub fn has_certificate(person: &Person) -> bool {
    person.birth >= time::day(FIRST_CERTIFICATES, 1, 1) && person.mother.is_some()
}

fn grouped(people: &People, groups: usize, of: impl Fn(&Person) -> Vec<usize>) -> (Vec<u32>, Vec<PersonIx>) {
    let mut start = vec![0u32; groups + 1];
    for person in &people.all {
        for group in of(person).into_iter().filter(|group| *group < groups) {
            start[group + 1] += 1;
        }
    }
    for group in 0..groups {
        start[group + 1] += start[group];
    }
    let mut next = start.clone();
    let mut items = vec![PersonIx::at(0); start[groups] as usize];
    for (ix, person) in people.iter() {
        for group in of(person).into_iter().filter(|group| *group < groups) {
            items[next[group] as usize] = ix;
            next[group] += 1;
        }
    }
    (start, items)
}

fn slice<'a>(start: &[u32], items: &'a [PersonIx], group: usize) -> &'a [PersonIx] {
    match (start.get(group), start.get(group + 1)) {
        (Some(from), Some(to)) => &items[*from as usize..*to as usize],
        _ => &[],
    }
}
