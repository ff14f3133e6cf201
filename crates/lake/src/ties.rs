//! The graph of ties, read from the views of kin, posts and links and held in memory until one of their tables changes.

use std::{collections::BTreeSet, path::Path, sync::Arc, time::SystemTime};

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
use gnomon_kernel::{Day, RowRef, TieKind, Tier};
use gnomon_library::{
    analytics::{AnalyticsError, TableVersion},
    tie::{KIN, LINKS, POSTS, Party, Tie, TieAnswer, TiePath, TieQuestion, TieStep},
};
use gnomon_ties::{Builder, Graph, NewTie, Question, TieError};

use crate::{Lake, beneath, table};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The graph with the state of the data that it was made from.
#[derive(Default)]
pub(crate) struct Held(tokio::sync::Mutex<Option<(String, Arc<Graph>)>>);

/// A view that tells ties. The query returns, in this order: first and second number, the word for what ties them, what
/// else decides what it means, first and last day, percent held, whether many share it, and two records.
struct Source {
    view: &'static str,
    sql: &'static str,
    meaning: fn(&Told<'_>) -> Option<Meaning>,
}

static SOURCES: [Source; 3] = [
    Source {
        view: KIN,
        // Each pair stands there twice.
        sql: "select person_id, kin_id, relation, source, valid_from, valid_to, cast(null as double), false, kin_row, via_row \
              from v_kin where person_id < kin_id",
        meaning: of_kin,
    },
    Source {
        view: POSTS,
        sql: "select person_id, org_id, role, '', from_date, to_date, share_pct, false, role_row, cast(null as bigint) \
              from v_person_org",
        meaning: of_post,
    },
    Source {
        view: LINKS,
        sql: "select org_a, org_b, link_type, link_value, valid_from, valid_to, cast(null as double), agency, a_row, b_row \
              from v_org_link",
        meaning: of_link,
    },
];

/// What a row says of two parties.
struct Told<'t> {
    first: &'t str,
    second: &'t str,
    word: &'t str,
    remark: &'t str,
    /// Whether it rests on two records.
    is_derived: bool,
}

/// What a row means.
struct Meaning {
    kind: TieKind,
    tier: Tier,
    /// Whether it is told the other way round.
    is_turned: bool,
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
        let paths: Vec<TiePath> = found.paths.iter().map(|path| steps(&graph, path, question.on)).collect();
        let on_other_days = on_other_days && !paths.is_empty();
        Ok(TieAnswer { from, to, paths, more: found.more, on_other_days })
    }

    /// The graph of the data as they stand. Who comes while it is made waits for it.
    async fn tie_graph(&self) -> Result<Arc<Graph>, AnalyticsError> {
        let mut held = self.ties.0.lock().await;
        let state = self.tie_state();
        if let Some((made_of, graph)) = held.as_ref()
            && *made_of == state
        {
            return Ok(graph.clone());
        }
        // What was erased goes from memory before anything else is read.
        *held = None;
        let graph = Arc::new(self.make_tie_graph().await?);
        *held = Some((state, graph.clone()));
        Ok(graph)
    }

    /// Changes with every version of a table below the views, with their text, and with the names. It reads folders only:
    /// every question asks for it.
    fn tie_state(&self) -> String {
        let views = self.tie_views();
        let datasets = self.library.datasets_below(&views).into_iter();
        let versions: Vec<TableVersion> = datasets
            .filter_map(|dataset| {
                let version = newest_version(&table::folder(&self.lake_dir(), dataset).join("_delta_log"))?;
                Some(TableVersion { dataset: dataset.to_owned(), version })
            })
            .collect();
        let texts = self.library.views_below(&views).into_iter();
        let mut states: Vec<String> =
            texts.map(|view| self.state_of(view, &versions, Tier::Certain)).collect();
        let names = std::fs::read_dir(self.lake_dir().join("_identities")).into_iter().flatten().flatten();
        let changed = names.filter_map(|file| file.metadata().ok()?.modified().ok()).max();
        let since = changed.and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
        states.push(format!("{:?}", since.map(|since| since.as_nanos())));
        states.join(" ")
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
        })?;
    }
    Ok(())
}

/// `second` is the `word` of `first`. What registers say is certain; what a person declares waits for a register; a
/// household book that calls somebody an in-law does not say of which generation.
fn of_kin(told: &Told<'_>) -> Option<Meaning> {
    let (kind, is_turned) = match told.word {
        "spouse" => (TieKind::Spouse, false),
        "parent" => (TieKind::Parent, false),
        "child" => (TieKind::Parent, true),
        "sibling" => (TieKind::Sibling, false),
        "spouse_parent" => (TieKind::SpouseParent, false),
        "child_spouse" => (TieKind::SpouseParent, true),
        "sibling_spouse" => (TieKind::SiblingSpouse, false),
        "spouse_sibling" => (TieKind::SiblingSpouse, true),
        "grandparent" => (TieKind::Grandparent, false),
        "grandchild" => (TieKind::Grandparent, true),
        "other" if told.remark == "household" => (TieKind::Household, false),
        "other" => (TieKind::Kin, false),
        _ => return None,
    };
    let by_age = kind == TieKind::SpouseParent && told.remark == "household" && !told.is_derived;
    let tier = match told.remark {
        "marriage" | "birth" => Tier::Certain,
        "household" if !by_age => Tier::Certain,
        "household" | "disclosure" => Tier::Probable,
        _ => Tier::Possible,
    };
    Some(Meaning { kind, tier, is_turned })
}

/// The words are those of the kinds.
fn of_post(told: &Told<'_>) -> Option<Meaning> {
    Some(Meaning { kind: TieKind::parse(told.word)?, tier: Tier::Certain, is_turned: false })
}

/// A shared number, mail or address may also be a clerk's mistake, or a neighbour's.
fn of_link(told: &Told<'_>) -> Option<Meaning> {
    let (kind, tier) = match told.word {
        "same_person" => (TieKind::SharedPerson, Tier::Certain),
        "same_finance_contact" => (TieKind::SharedFinanceContact, Tier::Certain),
        "shareholding" if [told.first, told.second].contains(&told.remark) => {
            (TieKind::Holding, Tier::Certain)
        }
        "shareholding" => (TieKind::SharedHolder, Tier::Certain),
        "same_account" => (TieKind::SharedAccount, Tier::Probable),
        "same_phone" => (TieKind::SharedPhone, Tier::Probable),
        "same_email" => (TieKind::SharedEmail, Tier::Probable),
        "same_address" => (TieKind::SharedAddress, Tier::Probable),
        _ => return None,
    };
    let is_turned = kind == TieKind::Holding && told.remark == told.second;
    Some(Meaning { kind, tier, is_turned })
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
    }
}

/// A way with all that ties its parties, what holds on the day first.
fn steps(graph: &Graph, path: &gnomon_ties::Path, on: Day) -> TiePath {
    let step = |pair: &[u32]| {
        let mut ties: Vec<Tie> =
            graph.between(pair[0], pair[1]).iter().map(|tie| shown(graph, tie)).collect();
        ties.sort_by_key(|tie| !tie.holds(on));
        TieStep { from: party(graph, pair[0]), to: party(graph, pair[1]), ties }
    };
    TiePath {
        steps: path.parties.windows(2).map(step).collect(),
        is_shortest: path.is_shortest,
        is_strongest: path.is_strongest,
        through_many: path.through_many,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<'t>(word: &'t str, remark: &'t str) -> Told<'t> {
        Told { first: "a", second: "b", word, remark, is_derived: false }
    }

    /// The words are those that the views declare.
    #[test]
    fn every_word_of_the_views_has_a_meaning() {
        let kin = "spouse child parent sibling spouse_parent child_spouse sibling_spouse spouse_sibling grandparent \
                   grandchild other";
        let posts = "legal_rep shareholder director supervisor manager operator employee finance_contact";
        let links =
            "same_person same_phone same_address same_email same_account shareholding same_finance_contact";
        for (source, words) in SOURCES.iter().zip([kin, posts, links]) {
            for word in words.split_whitespace() {
                assert!((source.meaning)(&told(word, "household")).is_some(), "{}: {word}", source.view);
            }
        }
    }

    #[test]
    fn what_is_told_the_other_way_round_is_turned() {
        let turned = |meaning: Option<Meaning>| meaning.map(|meaning| (meaning.kind, meaning.is_turned));
        assert_eq!(turned(of_kin(&told("child", "birth"))), Some((TieKind::Parent, true)));
        assert_eq!(turned(of_kin(&told("other", "household"))), Some((TieKind::Household, false)));
        assert_eq!(turned(of_link(&told("shareholding", "a"))), Some((TieKind::Holding, false)));
        assert_eq!(turned(of_link(&told("shareholding", "b"))), Some((TieKind::Holding, true)));
        assert_eq!(turned(of_link(&told("shareholding", "c"))), Some((TieKind::SharedHolder, false)));
        assert!(of_kin(&told("friend", "birth")).is_none());
    }

    #[test]
    fn only_registers_are_certain() {
        let tier = |word, remark| of_kin(&told(word, remark)).map(|meaning| meaning.tier);
        assert_eq!(tier("spouse", "marriage"), Some(Tier::Certain));
        assert_eq!(tier("spouse", "disclosure"), Some(Tier::Probable));
        assert_eq!(tier("spouse_parent", "household"), Some(Tier::Probable));
        assert_eq!(tier("spouse", "report"), Some(Tier::Possible));
        assert_eq!(of_link(&told("same_phone", "1")).map(|meaning| meaning.tier), Some(Tier::Probable));
    }
}
