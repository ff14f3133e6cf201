use serde::{Deserialize, Serialize};

use crate::{
    Error, Roster, Rulings,
    cluster::{Clusters, Edge},
    household::{Households, homes::Crowd},
    merge::merge,
    pairs::{
        block::Index,
        caution::Verdict,
        compare::SAME,
        keys::{self, Plan},
        model::Model,
        score::{Scored, Scorer, probability},
        train,
    },
    roster::{field::Group, role::Part},
    rulings::Decided,
};

/// Pairs below this are forgotten, in bits.
const DOUBT: f32 = -4.0;
/// How probable it must be that two rows are of one household.
const AT_HOME: f32 = 0.9;
/// A place or number that two rows share by chance more often tells no household.
const AT_ONE_DOOR: f64 = 0.01;

/// What was found of a row.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RowResult {
    /// The entity, named by the smallest of its rows.
    pub entity: u32,
    /// The household of the entity, named by the smallest entity in it.
    pub household: Option<u32>,
    /// How probable it is that the row belongs with the others of its entity, or, when it is alone, that it belongs with no
    /// other. What a person decided is sure.
    pub confidence: f32,
}

/// Who is who.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Linked {
    /// One answer per row.
    pub rows: Vec<RowResult>,
    /// Groups at one place that are too large to be households.
    pub crowds: Vec<Crowd>,
    /// What was learnt.
    pub model: Model,
    pub(crate) evidence: Evidence,
    pub(crate) decided: Decided,
}

/// Pairs that say something.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Evidence {
    /// Pairs that may be the same.
    pub(crate) edges: Vec<Edge>,
    /// Pairs that the weights take for the same and caution keeps apart.
    pub(crate) cautious: Vec<Edge>,
    /// Pairs of one household.
    pub(crate) ties: Vec<(u32, u32)>,
}

/// Finds out who is who among the rows of a roster.
pub fn link(roster: &Roster) -> Linked {
    run(roster, Decided::default()).0
}

/// Finds out who is who among the rows of a roster, and obeys what people decided about pairs.
///
/// # Errors
/// When rulings contradict each other or name a row that is not there.
pub fn link_with(roster: &Roster, rulings: &Rulings) -> Result<Linked, Error> {
    Ok(run(roster, Decided::of(roster, rulings.clone())?).0)
}

/// Links, and gives the keys that were used and who lives where too, for those who add to them later.
pub(crate) fn run(roster: &Roster, decided: Decided) -> (Linked, Vec<Plan>, Households) {
    let index = Index::new(roster, keys::plans(roster));
    let model = train::train(roster, &index);
    let scorer = Scorer::new(roster, &model);
    let mut evidence = Evidence::default();
    for plan in 0..index.all.len() {
        let parts = index.gather(plan, 1.0, Evidence::default, |evidence, a, b, first| {
            if first {
                evidence.weigh(roster, &scorer, a, b);
            }
        });
        parts.into_iter().for_each(|part| evidence.extend(part));
    }
    evidence.tidy();
    // Of the blocks, which are large, no more is needed than this.
    let plans = index.all.into_iter().map(|blocks| blocks.pieces).collect();
    let mut clusters = Clusters::new(roster.rows());
    clusters.rule(&decided.rulings);
    clusters.grow(evidence.edges.clone(), &scorer);
    let entities = (0..roster.rows() as u32).map(|row| clusters.of(row)).collect();
    let mut households = Households::default();
    let (rows, crowds) = results(roster, entities, &evidence, &decided, &mut households);
    (Linked { rows, crowds, model, evidence, decided }, plans, households)
}

impl Evidence {
    /// Keeps a pair if it says something.
    pub(crate) fn weigh(&mut self, roster: &Roster, scorer: &Scorer<'_>, a: u32, b: u32) {
        let Some(scored) = scorer.score_if(a, b, DOUBT) else { return };
        let Verdict { bits, apart, .. } = scorer.judge(a, b, &scored);
        if bits > DOUBT && apart.is_none() {
            self.edges.push(Edge { a, b, bits });
        } else if bits > 0.0 {
            self.cautious.push(Edge { a, b, bits });
        }
        if (bits < 0.0 || apart.is_some())
            && scored.bits[1..].iter().any(|bits| *bits > 0.0)
            && at_home(roster, &scored)
        {
            self.ties.push((a, b));
        }
    }

    /// Takes in what another piece of work found.
    pub(crate) fn extend(&mut self, other: Evidence) {
        self.edges.extend(other.edges);
        self.cautious.extend(other.cautious);
        self.ties.extend(other.ties);
    }

    /// Pairs in order, each once.
    pub(crate) fn tidy(&mut self) {
        for edges in [&mut self.edges, &mut self.cautious] {
            edges.sort_unstable_by_key(Edge::pair);
            edges.dedup_by_key(|edge| edge.pair());
        }
        self.ties.sort_unstable();
        self.ties.dedup();
    }

    /// Takes in pairs of rows that were not there before, both being tidy.
    pub(crate) fn merge(&mut self, fresh: &Evidence) {
        merge(&mut self.edges, &fresh.edges, Edge::pair);
        merge(&mut self.cautious, &fresh.cautious, Edge::pair);
        merge(&mut self.ties, &fresh.ties, |tie| *tie);
    }
}

/// Whether two rows are of one household: a piece of their address or their household's number agrees, and chance explains it
/// badly.
fn at_home(roster: &Roster, scored: &Scored) -> bool {
    let at = |part: Part| matches!(part, Part::Address | Part::Household | Part::Phone);
    let agrees = roster.fields.iter().zip(scored.levels).any(|(field, level)| {
        field.group() == Group::Family
            && at(field.role.part)
            && level == SAME
            && field.coincidence() < AT_ONE_DOOR
    });
    let [_, household, twins, namesakes, _] = scored.probabilities();
    agrees && household + twins + namesakes >= AT_HOME
}

/// One answer per row from the entity of each and evidence.
pub(crate) fn results(
    roster: &Roster,
    entities: Vec<u32>,
    evidence: &Evidence,
    decided: &Decided,
    households: &mut Households,
) -> (Vec<RowResult>, Vec<Crowd>) {
    let (homes, crowds) = households.find(roster, &entities, &evidence.ties);
    let confidence = confidence(&entities, evidence, decided);
    let found = |(entity, confidence): (u32, f32)| RowResult {
        entity,
        household: homes[entity as usize],
        confidence,
    };
    (entities.iter().copied().zip(confidence).map(found).collect(), crowds)
}

/// How certain the entity of each row is: by the strongest pair within it, or, of who is alone, by the strongest without.
fn confidence(entities: &[u32], evidence: &Evidence, decided: &Decided) -> impl Iterator<Item = f32> {
    let mut inside = vec![f32::NEG_INFINITY; entities.len()];
    let mut outside = inside.clone();
    for row in decided.rulings.same.iter().flat_map(|(a, b)| [*a, *b]) {
        inside[row as usize] = f32::INFINITY;
    }
    for edge in evidence.edges.iter().filter(|edge| decided.pair(edge.a, edge.b).is_none()) {
        let is_inside = entities[edge.a as usize] == entities[edge.b as usize];
        let side = if is_inside { &mut inside } else { &mut outside };
        for row in [edge.a, edge.b] {
            side[row as usize] = side[row as usize].max(edge.bits);
        }
    }
    inside.into_iter().zip(outside).map(|(inside, outside)| match inside {
        f32::NEG_INFINITY => 1.0 - probability(outside),
        bits => probability(bits),
    })
}
