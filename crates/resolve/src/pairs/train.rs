//! Learning without labels: expectation and maximisation over pairs that keys bring together.
//!
//! Pairs of one kind of key agree on its fields because they were chosen so; these fields are left out of what is learnt
//! from them, and each kind of key has its own shares of classes. Chance comes from pairs drawn at random and stays.

use crate::{
    EntityKind,
    pairs::{
        block::Index,
        chance,
        compare::{Comparer, LEVELS, Levels, MISSING, SAME},
        model::{Class, FieldModel, Model, usual_kin, usual_same},
        pattern::Patterns,
    },
    roster::{Roster, field::Group, role::Part},
};

/// Pairs of one kind of key that are looked at, about.
const PER_KEY: f64 = 250_000.0;
const ROUNDS: usize = 40;
/// How many pairs the expectations before data are worth.
const BELIEF: f64 = 30.0;

/// Pairs of one kind of key.
struct Met {
    /// Fields left out, as bits.
    left_out: u32,
    /// All of them: a key's pairs that other keys find too are not like the rest.
    patterns: Vec<(Levels, f64)>,
    /// Those that no earlier kind of key brings together; each pair of rows is among one of these only.
    first: Vec<(Levels, f64)>,
    /// How many pairs stand for one looked at.
    scale: f64,
    shares: [f64; 5],
}

/// Learns a model of the rows.
pub(crate) fn train(roster: &Roster, index: &Index) -> Model {
    let drawn = chance::sample(roster);
    let tables = chance::tables(roster, &drawn, |_| 1.0);
    let fields: Vec<FieldModel> =
        roster.fields.iter().zip(tables).map(|(field, table)| FieldModel::new(field, table)).collect();
    let kin = roster.kind() == EntityKind::Person
        && fields.iter().any(|field| field.group == Group::Family && field.part != Part::Surname);
    let mut model = Model { fields, prior: [0.0; 5], kin, taught_little: true };
    let mut met = meet(roster, index, kin);
    for again in [true, false] {
        for _ in 0..ROUNDS {
            round(&mut model, &mut met);
        }
        set_prior(&mut model, &met, roster.rows());
        if again {
            let strange = |levels: &Levels| {
                let prior = model.prior;
                1.0 - posterior(&model, &prior, levels, 0)[0]
            };
            let tables = chance::tables(roster, &drawn, strange);
            model.fields.iter_mut().zip(tables).for_each(|(field, table)| field.chance = table);
        }
    }
    model
}

fn meet(roster: &Roster, index: &Index, kin: bool) -> Vec<Met> {
    let comparer = Comparer::new(roster);
    let met = index.all.iter().enumerate().map(|(plan, blocks)| {
        let share = (PER_KEY / blocks.pairs().max(1) as f64).min(1.0);
        let none = || [Patterns::default(), Patterns::default()];
        let parts = index.gather(plan, share, none, |[all, first], a, b, is_first| {
            let levels = comparer.levels(a, b);
            all.add(&levels);
            if is_first {
                first.add(&levels);
            }
        });
        let (all, first): (Vec<_>, Vec<_>) = parts.into_iter().map(|[all, first]| (all, first)).unzip();
        let (patterns, first) = (Patterns::joined(all).into_sorted(), Patterns::joined(first).into_sorted());
        let shares = if kin { [0.1, 0.05, 0.005, 0.005, 0.84] } else { [0.1, 0.0, 0.0, 0.0, 0.9] };
        Met { left_out: blocks.fields, patterns, first, scale: 1.0 / share, shares }
    });
    met.collect()
}

/// The probability of each class of a pair.
fn posterior(model: &Model, shares: &[f64; 5], levels: &Levels, left_out: u32) -> [f64; 5] {
    let mut logs = shares.map(|share| share.max(1e-300).ln());
    for (f, field) in model.fields.iter().enumerate() {
        let level = levels[f];
        if level == MISSING || left_out >> f & 1 == 1 {
            continue;
        }
        for (log, class) in logs.iter_mut().zip(Class::ALL) {
            *log += field.table(class)[level as usize].max(1e-9).ln();
        }
    }
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds = logs.map(|log| (log - most).exp());
    let sum: f64 = odds.iter().sum();
    odds.map(|odds| odds / sum)
}

fn round(model: &mut Model, met: &mut [Met]) {
    let mut same = vec![[0.0; LEVELS]; model.fields.len()];
    let mut kin = same.clone();
    for key in met.iter_mut() {
        let mut shares = [0.0; 5];
        for (levels, count) in &key.patterns {
            let weight = count * key.scale.sqrt();
            let classes = posterior(model, &key.shares, levels, key.left_out);
            for (sum, class) in shares.iter_mut().zip(classes) {
                *sum += count * class;
            }
            let related = classes[1] + classes[2] + classes[3];
            for (f, level) in levels.iter().enumerate().take(model.fields.len()) {
                if *level != MISSING && key.left_out >> f & 1 == 0 {
                    same[f][*level as usize] += weight * classes[0];
                    kin[f][*level as usize] += weight * related;
                }
            }
        }
        let all: f64 = shares.iter().sum::<f64>().max(1e-9);
        key.shares = shares.map(|share| share / all);
    }
    for (f, field) in model.fields.iter_mut().enumerate() {
        field.same = learnt(&same[f], &usual_same(field.part), &field.chance);
        field.kin = learnt(&kin[f], &usual_kin(), &field.chance);
    }
}

/// Shares of levels from counts and what was expected. A worse agreement never says more for a class than a better one:
/// neighbours that say otherwise are taken together.
fn learnt(counts: &[f64; LEVELS], usual: &[f64; LEVELS], chance: &[f64; LEVELS]) -> [f64; LEVELS] {
    let all: f64 = counts[1..].iter().sum::<f64>() + BELIEF;
    let mut table = [1.0; LEVELS];
    // Runs of levels with their share of the class and of chance.
    let mut runs: Vec<(usize, f64, f64)> = Vec::with_capacity(LEVELS);
    for level in SAME as usize..LEVELS {
        let share = (counts[level] + BELIEF * usual[level]) / all;
        runs.push((1, share, chance[level].max(1e-12)));
        while let [.., better, worse] = &runs[..]
            && worse.1 * better.2 > better.1 * worse.2
        {
            let joined = (better.0 + worse.0, better.1 + worse.1, better.2 + worse.2);
            runs.truncate(runs.len() - 2);
            runs.push(joined);
        }
    }
    let mut level = SAME as usize;
    for (levels, share, by_chance) in runs {
        for _ in 0..levels {
            table[level] = share * chance[level].max(1e-12) / by_chance;
            level += 1;
        }
    }
    table
}

/// Shares of the classes among all pairs of rows. Classes of a household are never quite ruled out, for a few pairs that
/// happen to be none must not make a merge of two brothers.
fn set_prior(model: &mut Model, met: &[Met], rows: usize) {
    let mut found = [0.0; 5];
    for key in met {
        for (levels, count) in &key.first {
            let classes = posterior(model, &key.shares, levels, key.left_out);
            for (found, class) in found.iter_mut().zip(classes) {
                *found += class * count * key.scale;
            }
        }
    }
    model.taught_little = found[0] < BELIEF;
    let rows = rows as f64;
    let same = found[0].max(0.02 * rows).max(0.5);
    let least = [1.0, 0.2, 0.02, 0.01, 0.0];
    let all = (rows * (rows - 1.0) / 2.0).max(1.0);
    let mut prior = [0.0; 5];
    for class in 0..4 {
        let pairs = if class == 0 { same } else { found[class].max(least[class] * same) };
        prior[class] = if class == 0 || model.kin { pairs / all } else { 0.0 };
    }
    let known: f64 = prior.iter().sum();
    let shrunk = (0.5 / known).min(1.0);
    prior = prior.map(|share| share * shrunk);
    prior[4] = 1.0 - prior.iter().sum::<f64>();
    model.prior = prior;
}
