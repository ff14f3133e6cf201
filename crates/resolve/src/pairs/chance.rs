//! How often values agree by chance.

use crate::{
    hash::Dice,
    pairs::{
        compare::{Comparer, DIFFERENT, LEVELS, Levels, MISSING, SAME, SWAPPED},
        pattern::Patterns,
    },
    parallel,
    roster::{Roster, role::Part},
};

/// Pairs drawn.
const DRAWN: usize = 400_000;
const CHUNK: usize = 20_000;

/// Levels of pairs of rows drawn at random, or of all pairs where there are not more.
pub(crate) fn sample(roster: &Roster) -> Vec<(Levels, f64)> {
    let rows = roster.rows();
    let comparer = Comparer::new(roster);
    let all = rows * rows.saturating_sub(1) / 2;
    let parts = if all <= DRAWN {
        parallel::map(rows, |b| {
            let mut patterns = Patterns::default();
            (0..b).for_each(|a| patterns.add(&comparer.levels(a as u32, b as u32)));
            patterns
        })
    } else {
        parallel::map(DRAWN / CHUNK, |chunk| {
            let mut dice = Dice::new(chunk as u64 + 1);
            let mut patterns = Patterns::default();
            for _ in 0..CHUNK {
                let (a, b) = (dice.below(rows), dice.below(rows));
                if a != b {
                    patterns.add(&comparer.levels(a as u32, b as u32));
                }
            }
            patterns
        })
    };
    Patterns::joined(parts).into_sorted()
}

/// Shares of the levels of each field among pairs, each counted as often as `strange` says it is one of strangers.
pub(crate) fn tables(
    roster: &Roster,
    sample: &[(Levels, f64)],
    strange: impl Fn(&Levels) -> f64,
) -> Vec<[f64; LEVELS]> {
    let mut counts = vec![[0.0; LEVELS]; roster.fields.len()];
    for (levels, seen) in sample {
        let weight = seen * strange(levels);
        for (counts, level) in counts.iter_mut().zip(levels) {
            counts[*level as usize] += weight;
        }
    }
    let finished = counts.iter().zip(&roster.fields).map(|(counts, field)| {
        let all: f64 = counts[1..].iter().sum::<f64>().max(1.0);
        let swaps = field.role.part == Part::GivenName;
        let mut table = counts.map(|count| (count + 0.1) / (all + 0.5));
        if !swaps {
            table[SWAPPED as usize] = 0.0;
        }
        // What is seen of two rows drawn is too little to tell how often a rare value is shared.
        let seen = counts[SAME as usize];
        let known = field.coincidence();
        table[SAME as usize] = if seen < 50.0 { known } else { (seen / all).min(known) };
        table[MISSING as usize] = 1.0;
        let others: f64 = table[SAME as usize + 1..DIFFERENT as usize].iter().sum();
        table[DIFFERENT as usize] = (1.0 - table[SAME as usize] - others).max(1e-3);
        table
    });
    finished.collect()
}
