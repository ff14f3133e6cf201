use super::{People, Person, PersonIx, Sex, role};

/// What somebody is to the head of the household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    Head,
    Spouse,
    Child,
    Parent,
    Sibling,
    Grandchild,
    ChildSpouse,
    SpouseParent,
    Other,
}

impl Relation {
    /// The word in the household book.
    pub fn word(self, sex: Sex) -> &'static str {
        let man = sex == Sex::Man;
        match self {
            Relation::Head => "户主",
            Relation::Spouse => {
                if man {
                    "丈夫"
                } else {
                    "妻子"
                }
            }
            Relation::Child if man => "儿子",
            Relation::Child => "女儿",
            Relation::Parent if man => "父亲",
            Relation::Parent => "母亲",
            Relation::Sibling if man => "兄弟",
            Relation::Sibling => "姐妹",
            Relation::Grandchild if man => "孙子",
            Relation::Grandchild => "孙女",
            Relation::ChildSpouse if man => "女婿",
            Relation::ChildSpouse => "儿媳",
            Relation::SpouseParent if man => "岳父",
            Relation::SpouseParent => "岳母",
            Relation::Other => "其他",
        }
    }
}

/// Chooses the head of every household: its founder while not too old, then a married man, then whoever is oldest.
pub fn choose_heads(people: &mut People) {
    let count = people.all.iter().map(|person| person.household as usize + 1).max().unwrap_or(0);
    let mut heads: Vec<Option<PersonIx>> = vec![None; count];
    for (ix, person) in people.iter() {
        if !person.alive() || person.has(role::AWAY) {
            continue;
        }
        let slot = &mut heads[person.household as usize];
        if slot.is_none_or(|now| rank(person) > rank(&people[now])) {
            *slot = Some(ix);
        }
    }
    people.heads = heads;
}

fn rank(person: &Person) -> (u8, i32) {
    let age = person.age();
    let class = match (person.sex, person.spouse.is_some() || person.married.is_some(), age) {
        (Sex::Man, true, 25..68) => 4,
        (Sex::Man, true, _) => 3,
        (_, _, 25..) => 2,
        _ => 1,
    };
    (class, age)
}

/// What a person is to the head.
pub fn relation_to_head(people: &People, ix: PersonIx, head: PersonIx) -> Relation {
    if ix == head {
        return Relation::Head;
    }
    let (person, chief) = (&people[ix], &people[head]);
    let is_child =
        |child: &Person, parent: PersonIx| child.father == Some(parent) || child.mother == Some(parent);
    let child_of_head = |other: Option<PersonIx>| other.is_some_and(|other| is_child(&people[other], head));
    if chief.spouse == Some(ix) {
        Relation::Spouse
    } else if is_child(person, head) {
        Relation::Child
    } else if is_child(chief, ix) {
        Relation::Parent
    } else if person.father.is_some() && person.father == chief.father {
        Relation::Sibling
    } else if child_of_head(person.spouse) {
        Relation::ChildSpouse
    } else if child_of_head(person.father) || child_of_head(person.mother) {
        Relation::Grandchild
    } else if chief.spouse.is_some_and(|spouse| is_child(&people[spouse], ix)) {
        Relation::SpouseParent
    } else {
        Relation::Other
    }
}
