//! The weight of evidence of a pair.

use crate::{
    pairs::{
        caution::{self, Verdict},
        compare::{Comparer, LEVELS, Levels, MISSING, SAME},
        model::{Class, Model},
    },
    roster::{Roster, field::Field, values::NONE},
};

/// Logarithms to base 2 of small counts are looked up.
const COUNTED: usize = 4096;

/// Scores pairs of a roster by a model.
pub(crate) struct Scorer<'a> {
    pub(crate) comparer: Comparer<'a>,
    roster: &'a Roster,
    model: &'a Model,
    fields: &'a [Field],
    /// By class and field: the weight of each level against chance, in bits.
    weights: Vec<Vec<[f32; LEVELS]>>,
    /// By class and field: the most that values which differ can weigh.
    best: Vec<Vec<f32>>,
    /// By class and field: whether a rare value says more.
    explains: Vec<Vec<bool>>,
    /// By field: what is added to [`rarity`] of a value.
    rarity: Vec<f32>,
    /// By class: bits against strangers before anything is compared.
    prior: [f32; 4],
    logs: Vec<f32>,
}

/// How a pair came out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scored {
    /// Bits for each class but strangers, against strangers.
    pub(crate) bits: [f32; 4],
    pub(crate) levels: Levels,
}

impl Scored {
    /// Bits for "the same" against everything else together.
    pub(crate) fn odds(&self) -> f32 {
        let [same, kin @ ..] = self.bits;
        let other = kin.iter().fold(1.0_f32, |sum, bits| sum + bits.min(120.0).exp2());
        same - other.log2()
    }

    /// The probability of each class.
    pub(crate) fn probabilities(&self) -> [f32; 5] {
        let most = self.bits.iter().fold(0.0_f32, |most, bits| most.max(*bits));
        let mut shares = [0.0; 5];
        for (share, bits) in shares.iter_mut().zip(self.bits.iter().chain([&0.0])) {
            *share = (bits - most).exp2();
        }
        let sum: f32 = shares.iter().sum();
        shares.map(|share| share / sum)
    }
}

/// The probability that bits stand for.
pub(crate) fn probability(bits: f32) -> f32 {
    1.0 / (1.0 + (-bits).clamp(-100.0, 100.0).exp2())
}

impl<'a> Scorer<'a> {
    pub(crate) fn new(roster: &'a Roster, model: &'a Model) -> Self {
        let classes = &Class::ALL[..4];
        let weight = |same: f64, chance: f64| (same.max(1e-9) / chance.max(1e-12)).log2() as f32;
        let weights = classes
            .iter()
            .map(|class| {
                let of = |field: &crate::pairs::model::FieldModel| {
                    let table = field.table(*class);
                    std::array::from_fn(|level| match level as u8 {
                        MISSING => 0.0,
                        _ => weight(table[level], field.chance[level]),
                    })
                };
                model.fields.iter().map(of).collect()
            })
            .collect();
        let weights: Vec<Vec<[f32; LEVELS]>> = weights;
        let best =
            |of: &[f32; LEVELS]| of[SAME as usize + 1..].iter().fold(0.0_f32, |most, bits| most.max(*bits));
        let best = weights.iter().map(|fields| fields.iter().map(best).collect()).collect();
        let explains = classes
            .iter()
            .map(|class| model.fields.iter().map(|field| field.explains(*class)).collect())
            .collect();
        let rarity = roster.fields.iter().zip(&model.fields).map(|(field, learnt)| {
            (learnt.chance[SAME as usize].max(1e-12) * f64::from(field.filled.max(2))).log2() as f32
        });
        let prior = std::array::from_fn(|class| weight(model.prior[class], model.prior[4]));
        Self {
            comparer: Comparer::new(roster),
            roster,
            model,
            fields: &roster.fields,
            weights,
            best,
            explains,
            rarity: rarity.collect(),
            prior,
            logs: (0..COUNTED).map(|n| (n.max(1) as f32).log2()).collect(),
        }
    }

    /// Scores a pair unless neither "the same" can reach `doubt` nor a household can be likelier than strangers: most pairs
    /// are settled by what agrees exactly, before any texts are compared.
    pub(crate) fn score_if(&self, a: u32, b: u32, doubt: f32) -> Option<Scored> {
        let mut most = self.prior;
        let values = self.roster.values(a).iter().zip(self.roster.values(b));
        for (f, (x, y)) in values.enumerate().filter(|(_, (x, y))| **x != NONE && **y != NONE) {
            let rare = if x == y { self.rare(f, *x) } else { 0.0 };
            for (class, most) in most.iter_mut().enumerate() {
                *most += match x == y {
                    true if self.explains[class][f] => self.weights[class][f][SAME as usize] + rare,
                    true => self.weights[class][f][SAME as usize],
                    false => self.best[class][f],
                };
            }
        }
        (most[0] > doubt || most[1..].iter().any(|bits| *bits > 0.0)).then(|| self.score(a, b))
    }

    /// Scores a pair.
    pub(crate) fn score(&self, a: u32, b: u32) -> Scored {
        let levels = self.comparer.levels(a, b);
        let mut bits = self.prior;
        for (f, field) in self.fields.iter().enumerate() {
            let level = levels[f];
            if level == MISSING {
                continue;
            }
            let rare = if level == SAME { self.rare(f, field.codes[a as usize]) } else { 0.0 };
            for (class, bits) in bits.iter_mut().enumerate() {
                *bits += self.weights[class][f][level as usize];
                if self.explains[class][f] {
                    *bits += rare;
                }
            }
        }
        Scored { bits, levels }
    }

    /// Bits that a field gives to a class against strangers.
    pub(crate) fn contribution(&self, class: usize, f: usize, a: u32, level: u8) -> f32 {
        if level == MISSING {
            return 0.0;
        }
        let counts = level == SAME && self.explains[class][f];
        let rare = if counts { self.rare(f, self.fields[f].codes[a as usize]) } else { 0.0 };
        self.weights[class][f][level as usize] + rare
    }

    /// What becomes of a pair when its numbers and caution are heard too.
    pub(crate) fn judge(&self, a: u32, b: u32, scored: &Scored) -> Verdict {
        caution::judge(self.roster, self.model, (a, b), scored)
    }

    /// Bits for "the same" before anything is compared.
    pub(crate) fn prior(&self) -> f32 {
        self.prior[0]
    }

    fn rare(&self, f: usize, value: u32) -> f32 {
        let others = self.fields[f].counts[value as usize].saturating_sub(1) as usize;
        let log = self.logs.get(others).copied().unwrap_or_else(|| (others as f32).log2());
        self.rarity[f] - log
    }
}
