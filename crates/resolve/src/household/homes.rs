//! Who lives where.

use serde::{Deserialize, Serialize};

use crate::union::Union;

/// A household has at most so many; more at one address are a school or a dormitory, which is no household.
pub(crate) const MOST: usize = 20;

/// Entities at one place that are too many to be a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crowd {
    /// The smallest of them.
    pub first: u32,
    /// How many they are.
    pub entities: u32,
}

/// Where an entity lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// With others, the household being named by one of them.
    Household(u32),
    /// Among too many to be a household.
    Crowd,
}

/// Who lives where, by entity.
#[derive(Debug, Clone, Default)]
pub(crate) struct Homes {
    pub(crate) of: Vec<Option<Home>>,
    pub(crate) crowds: Vec<Crowd>,
}

impl Homes {
    /// Makes a family a household.
    pub(crate) fn settle(&mut self, family: &[u32]) {
        let Some(first) = family.iter().min() else { return };
        family.iter().for_each(|entity| self.of[*entity as usize] = Some(Home::Household(*first)));
    }

    /// Notes that those who live together are too many.
    pub(crate) fn crowd(&mut self, living: &[u32]) {
        let Some(first) = living.iter().min() else { return };
        living.iter().for_each(|entity| self.of[*entity as usize] = Some(Home::Crowd));
        self.crowds.push(Crowd { first: *first, entities: living.len() as u32 });
    }

    fn is_lone(&self, entity: u32) -> bool {
        self.of[entity as usize].is_none()
    }

    /// Those without a home go where most of their ties lead; where they lead to others without one, they are a household.
    pub(crate) fn follow(&mut self, ties: impl Iterator<Item = (u32, u32)>) {
        let ties: Vec<(u32, u32)> =
            ties.filter(|(a, b)| a != b && (self.is_lone(*a) || self.is_lone(*b))).collect();
        let mut union = Union::new(self.of.len());
        for (a, b) in ties.iter().filter(|(a, b)| self.is_lone(*a) && self.is_lone(*b)) {
            union.join(*a, *b);
        }
        let mut lone: Vec<(u32, u32)> = Vec::new();
        let mut leads: Vec<(u32, u32)> = Vec::new();
        for (a, b) in ties.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]).filter(|(a, _)| self.is_lone(*a)) {
            let group = union.of(a);
            lone.push((group, a));
            if let Some(Home::Household(home)) = self.of[b as usize] {
                leads.push((group, home));
            }
        }
        lone.sort_unstable();
        lone.dedup();
        leads.sort_unstable();
        self.take_in(&lone, &leads);
    }

    /// Takes groups of those without a home in where they lead; both in the order of the groups.
    fn take_in(&mut self, lone: &[(u32, u32)], mut leads: &[(u32, u32)]) {
        let mut sizes = vec![0; self.of.len()];
        for home in self.of.iter().flatten() {
            if let Home::Household(home) = home {
                sizes[*home as usize] += 1;
            }
        }
        let mut names: Vec<u32> = (0..self.of.len() as u32).collect();
        for living in lone.chunk_by(|(a, _), (b, _)| a == b) {
            let group = living[0].0;
            let living: Vec<u32> = living.iter().map(|(_, one)| *one).collect();
            let (of_group, rest) = leads.split_at(leads.partition_point(|(other, _)| *other <= group));
            leads = rest;
            let homes = of_group.chunk_by(|a, b| a == b);
            // Of several to which as many ties lead, the smallest.
            let best =
                homes.max_by_key(|ties| (ties.len(), std::cmp::Reverse(ties[0].1))).map(|ties| ties[0].1);
            match best {
                _ if living.len() > MOST => self.crowd(&living),
                Some(home) => {
                    let size = &mut sizes[home as usize];
                    if *size + living.len() <= MOST {
                        *size += living.len();
                        living.iter().for_each(|one| self.of[*one as usize] = Some(Home::Household(home)));
                        let name = &mut names[home as usize];
                        *name = (*name).min(living[0]);
                    }
                }
                None => self.settle(&living),
            }
        }
        for home in self.of.iter_mut().flatten() {
            if let Home::Household(home) = home {
                *home = names[*home as usize];
            }
        }
    }
}
