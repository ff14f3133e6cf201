//! The graph of ties, read from the views of [`SOURCES`] and held in memory until one of their tables changes.

mod sources;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray},
        compute::cast,
        datatypes::{DataType, Date32Type, Float64Type, Int64Type},
        record_batch::RecordBatch,
    },
    prelude::SessionContext,
};
use futures::StreamExt;
use gnomon_kernel::{Day, RowRef, Tier};
use gnomon_library::{
    analytics::{AnalyticsError, TableVersion},
    tie::{Party, Tie, TieAnswer, TiePath, TieQuestion, TieStep},
};
use gnomon_ties::{Builder, Graph, NewTie, Question, TieError};

use crate::{
    Lake, beneath, table,
    ties::sources::{Meaning, SOURCES, Source, Told},
};

/// The most ties of one step that an answer holds: a unit may have bought from one supplier hundreds of times.
const MOST_OF_STEP: usize = 12;
/// The most units and collectives that an answer names as buyers of one end.
const MOST_BUYERS: usize = 5;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The graph with the state of the data that it was made from.
#[derive(Default)]
pub(crate) struct Held(tokio::sync::Mutex<Option<(State, Arc<Graph>)>>);

/// What a graph depends on.
#[derive(PartialEq)]
struct State {
    /// Of the views that tell ties.
    views: String,
    /// Of what parties are called.
    names: Option<String>,
}

impl Lake {
    /// Forgets the graph, so that nobody who was erased stays in memory until the next question.
    pub(crate) async fn forget_ties(&self) {
        *self.ties.0.lock().await = None;
    }

    /// The ties of a number, the strongest first.
    pub(crate) async fn ties_of(&self, number: &str, on: Option<Day>) -> Result<Vec<Tie>, AnalyticsError> {
        let graph = self.tie_graph().await?;
        match graph.ties_of(number, on) {
            Ok(ties) => Ok(ties.iter().map(|tie| shown(&graph, tie)).collect()),
            Err(TieError::Unknown) => Ok(Vec::new()),
            Err(error) => Err(beneath("looking up ties")(error.into())),
        }
    }

    /// How two numbers are tied; on other days, where nothing holds on this one.
    pub(crate) async fn find_tie_paths(&self, question: &TieQuestion) -> Result<TieAnswer, AnalyticsError> {
        let graph = self.tie_graph().await?;
        let known = |number: &str| graph.find(number).map(|found| party(&graph, found.id));
        let (from, to) = (known(&question.from), known(&question.to));
        if from.is_none() || to.is_none() {
            return Ok(TieAnswer { from, to, ..TieAnswer::default() });
        }
        let ask = |on: Option<Day>| {
            let asked = Question { on, through_many: question.through_many, ..Question::on(question.on) };
            graph
                .paths(&question.from, &question.to, &asked)
                .map_err(|error| beneath("looking for ties")(error.into()))
        };
        let then = ask(Some(question.on))?;
        let (found, on_other_days) = match then.paths.is_empty() {
            false => (then, false),
            true => ask(None).map(|ever| (ever, true))?,
        };
        let on_other_days = on_other_days && !found.paths.is_empty();
        let deals = deals(&graph, question, &found.paths, on_other_days)
            .map_err(|error| beneath("looking for deals")(error.into()))?;
        let paths = found.paths.iter().map(|path| steps(&graph, path, question.on)).collect();
        Ok(TieAnswer { from, to, paths, more: found.more, deals, on_other_days })
    }

    /// Makes the graph of the data as they stand, if it is not there, so that nobody who asks has to wait for it.
    pub(crate) async fn make_ties_ready(&self) -> Result<(), AnalyticsError> {
        self.tie_graph().await.map(drop)
    }

    /// The graph of the data as they stand. Who comes while it is made waits for it.
    async fn tie_graph(&self) -> Result<Arc<Graph>, AnalyticsError> {
        let mut held = self.ties.0.lock().await;
        let state = self.tie_state();
        let graph = match held.take() {
            Some((made_of, graph)) if made_of == state => graph,
            // Most deliveries change no tie, and may change a name.
            Some((made_of, graph)) if made_of.views == state.views => {
                let graph = Arc::unwrap_or_clone(graph);
                Arc::new(tokio::task::block_in_place(|| self.name_parties(graph))?)
            }
            last => {
                // What was erased goes from memory before anything else is read.
                drop(last);
                Arc::new(self.make_tie_graph().await?)
            }
        };
        *held = Some((state, graph.clone()));
        Ok(graph)
    }

    /// Changes with every version of a table below the views, with the keys in it, with the text of the views, and with the
    /// names. It reads folders and one small file: every question asks for it.
    fn tie_state(&self) -> State {
        let views = self.tie_views();
        let datasets = self.library.datasets_below(&views).into_iter();
        let versions: Vec<TableVersion> = datasets
            .filter_map(|dataset| {
                let version = newest_version(&table::folder(&self.lake_dir(), dataset).join("_delta_log"))?;
                Some(TableVersion { dataset: dataset.to_owned(), version })
            })
            .collect();
        let who = self.who_is_who();
        let texts = self.library.views_below(&views).into_iter();
        let states: Vec<String> =
            texts.map(|view| self.state_of(view, &versions, &who, Tier::Certain)).collect();
        State { views: states.join(" "), names: who.state }
    }

    /// Those that the library has.
    fn tie_sources(&self) -> Vec<&'static Source> {
        SOURCES.iter().filter(|source| self.library.views.contains_key(source.view)).collect()
    }

    fn tie_views(&self) -> Vec<String> {
        self.tie_sources().iter().map(|source| source.view.to_owned()).collect()
    }

    async fn make_tie_graph(&self) -> Result<Graph, AnalyticsError> {
        let views: Vec<&str> = self.tie_sources().iter().map(|source| source.view).collect();
        let failed = || beneath("working out ties");
        let context = self.views_of_today(&views).await?;
        let mut builder = Builder::default();
        for source in self.tie_sources() {
            take(&context, source, &mut builder).await.map_err(failed())?;
        }
        let dropped = builder.dropped();
        let graph = tokio::task::block_in_place(|| self.name_parties(builder.finish()))?;
        tracing::info!(
            parties = graph.party_count(),
            ties = graph.tie_count(),
            bytes = graph.bytes(),
            of_themselves = dropped.selves,
            ended_before = dropped.reversed,
            "ties read"
        );
        Ok(graph)
    }

    fn name_parties(&self, graph: Graph) -> Result<Graph, AnalyticsError> {
        let numbers: BTreeSet<&str> = graph.numbers().collect();
        let known = self.identities(&numbers)?;
        drop(numbers);
        Ok(graph.named(|number| known.get(number).and_then(|identity| identity.name.as_deref())))
    }
}

/// The newest version that the log of a table tells.
fn newest_version(log: &Path) -> Option<u64> {
    let files = std::fs::read_dir(log).ok()?.flatten();
    files.filter_map(|file| file.file_name().to_str()?.strip_suffix(".json")?.parse().ok()).max()
}

/// Reads a view into the graph.
async fn take(context: &SessionContext, source: &Source, builder: &mut Builder) -> Result<(), Failure> {
    let mut batches = context.sql(source.sql).await?.execute_stream().await?;
    while let Some(batch) = batches.next().await {
        take_batch(&batch?, source, builder)?;
    }
    Ok(())
}

fn take_batch(batch: &RecordBatch, source: &Source, builder: &mut Builder) -> Result<(), Failure> {
    let column = |at: usize, ty: DataType| cast(batch.column(at), &ty);
    let texts: Vec<ArrayRef> = (0..4).map(|at| column(at, DataType::Utf8)).collect::<Result<_, _>>()?;
    let days = [column(4, DataType::Date32)?, column(5, DataType::Date32)?];
    let (share, many) = (column(6, DataType::Float64)?, column(7, DataType::Boolean)?);
    let records = [column(8, DataType::Int64)?, column(9, DataType::Int64)?];
    let subjects = column(10, DataType::Utf8)?;
    for row in 0..batch.num_rows() {
        let text = |at: usize| {
            let column = texts[at].as_string::<i32>();
            if column.is_valid(row) { column.value(row) } else { "" }
        };
        let day = |column: &ArrayRef| {
            let days = column.as_primitive::<Date32Type>();
            days.is_valid(row).then(|| days.value_as_date(row)).flatten()
        };
        let rows = [&records[0], &records[1]].map(|column| {
            let packed = column.as_primitive::<Int64Type>();
            packed.is_valid(row).then(|| RowRef::unpack(packed.value(row)))
        });
        let told = Told {
            first: text(0),
            second: text(1),
            word: text(2),
            remark: text(3),
            is_derived: rows.iter().all(Option::is_some),
        };
        let Some(Meaning { kind, tier, is_turned }) = (source.meaning)(&told) else { continue };
        let (first, second) = if is_turned { (told.second, told.first) } else { (told.first, told.second) };
        let shares = share.as_primitive::<Float64Type>();
        builder.add(&NewTie {
            first,
            second,
            kind,
            tier,
            from: day(&days[0]),
            until: day(&days[1]),
            share: shares.is_valid(row).then(|| shares.value(row)),
            many: many.as_boolean().is_valid(row) && many.as_boolean().value(row),
            rows,
            about: subjects.is_valid(row).then(|| subjects.as_string::<i32>().value(row)),
        })?;
    }
    Ok(())
}

fn party(graph: &Graph, id: u32) -> Party {
    let found = graph.party(id);
    Party { number: found.number.to_owned(), name: found.name.map(str::to_owned), kind: found.kind }
}

fn shown(graph: &Graph, tie: &gnomon_ties::Tie) -> Tie {
    Tie {
        first: party(graph, tie.first),
        second: party(graph, tie.second),
        kind: tie.kind,
        tier: tie.tier,
        from: tie.from,
        until: tie.until,
        share: tie.share,
        many: tie.many,
        rows: tie.rows.into_iter().flatten().collect(),
        project: graph.about(tie.id).map(str::to_owned),
    }
}

/// A way with all that ties its parties, what holds on the day first.
fn steps(graph: &Graph, path: &gnomon_ties::Path, on: Day) -> TiePath {
    TiePath {
        steps: path.parties.windows(2).map(|pair| step(graph, [pair[0], pair[1]], on)).collect(),
        is_shortest: path.is_shortest,
        is_strongest: path.is_strongest,
        through_many: path.through_many,
    }
}

fn step(graph: &Graph, [from, to]: [u32; 2], on: Day) -> TieStep {
    let mut ties: Vec<Tie> = graph.between(from, to).iter().map(|tie| shown(graph, tie)).collect();
    ties.sort_by_key(|tie| !tie.holds(on));
    ties.truncate(MOST_OF_STEP);
    TieStep { from: party(graph, from), to: party(graph, to), ties }
}

/// Who bought from either end: those first that the other end is tied to, then by the newest deal. A buyer next to it on a
/// way is told there.
fn deals(
    graph: &Graph,
    question: &TieQuestion,
    paths: &[gnomon_ties::Path],
    on_other_days: bool,
) -> Result<Vec<TieStep>, TieError> {
    let on = (!on_other_days).then_some(question.on);
    let ends = [question.from.as_str(), question.to.as_str()];
    let ties = [graph.ties_of(ends[0], on)?, graph.ties_of(ends[1], on)?];
    let is_told = |pair: [u32; 2]| {
        let mut steps = paths.iter().flat_map(|path| path.parties.windows(2));
        steps.any(|step| step == pair || step == [pair[1], pair[0]])
    };
    let mut steps = Vec::new();
    for (end, other) in [(0, 1), (1, 0)] {
        let Some(seller) = graph.find(ends[end]) else { continue };
        let near: BTreeSet<u32> = ties[other].iter().flat_map(|tie| [tie.first, tie.second]).collect();
        let mut buyers: BTreeMap<u32, Option<Day>> = BTreeMap::new();
        for deal in ties[end].iter().filter(|tie| tie.kind.is_deal() && tie.first == seller.id) {
            let newest = buyers.entry(deal.second).or_default();
            *newest = deal.from.max(*newest);
        }
        let mut buyers: Vec<(bool, Option<Day>, u32)> =
            buyers.into_iter().map(|(buyer, newest)| (near.contains(&buyer), newest, buyer)).collect();
        buyers.retain(|(_, _, buyer)| !is_told([seller.id, *buyer]));
        buyers.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then(a.2.cmp(&b.2)));
        let told = buyers.into_iter().take(MOST_BUYERS);
        steps.extend(told.map(|(_, _, buyer)| step(graph, [seller.id, buyer], question.on)));
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use gnomon_kernel::TieKind;

    use super::*;

    /// A unit that buys from many is no way between them, and is named all the same.
    #[test]
    fn buyers_are_named_the_officials_own_unit_first_and_none_that_stands_on_a_way() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let mut builder = Builder::default();
        let mut tell = |first: &str, second: &str, kind: TieKind, from: &str| {
            let (from, about) = (Some(day(from)), kind.is_deal().then_some("a road"));
            let tie = NewTie {
                first,
                second,
                kind,
                tier: Tier::Certain,
                from,
                until: None,
                share: None,
                many: false,
                rows: [None, None],
                about,
            };
            builder.add(&tie).unwrap();
        };
        for firm in 0..60 {
            tell(&format!("firm{firm}"), "unit", TieKind::Award, "2024-01-01");
        }
        tell("official", "unit", TieKind::Office, "2020-01-01");
        tell("official", "wife", TieKind::Spouse, "2020-01-01");
        tell("wife", "firm7", TieKind::LegalRep, "2020-01-01");
        tell("firm7", "village", TieKind::Contract, "2024-05-01");
        tell("firm7", "later", TieKind::Contract, "2025-05-01");
        let graph = builder.finish();
        let question = |from: &str, to: &str| TieQuestion {
            from: from.to_owned(),
            to: to.to_owned(),
            on: day("2024-06-01"),
            through_many: false,
        };
        let named = |from: &str, to: &str| {
            let asked = Question::on(day("2024-06-01"));
            let found = graph.paths(from, to, &asked).unwrap();
            let told = deals(&graph, &question(from, to), &found.paths, false).unwrap();
            told.iter().map(|step| (step.to.number.clone(), step.ties[0].project.clone())).collect::<Vec<_>>()
        };
        let road = || Some("a road".to_owned());
        let expected = [("unit".to_owned(), road()), ("village".to_owned(), road())];
        assert_eq!(named("official", "firm7"), expected);
        assert_eq!(named("wife", "unit"), [], "the unit buys and sells nothing");
        assert_eq!(named("unit", "firm7"), [expected[1].clone()], "the deal between the two is the way");
    }
}
