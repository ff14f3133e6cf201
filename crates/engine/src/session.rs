//! A session that holds only what one model reads, under limits.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
    path::PathBuf,
    sync::Arc,
};

use datafusion::{
    catalog::MemTable,
    dataframe::DataFrameWriteOptions,
    datasource::{TableProvider, empty::EmptyTable},
    execution::{
        SessionStateBuilder,
        context::{SQLOptions, SessionContext},
        runtime_env::RuntimeEnvBuilder,
    },
    logical_expr::LogicalPlan,
    prelude::{DataFrame, SessionConfig},
    sql::parser::Statement as EngineStatement,
};
use gnomon_library::{Library, view::View};
use sqlparser::ast::{Query, Statement, visit_relations};

use crate::{error::EngineError, functions, schema::table_schema};

/// Tables by key, as the lake or a case offers them.
pub type Tables = BTreeMap<String, Arc<dyn TableProvider>>;

/// What one run of one model may use.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes that operators which can spill or refuse may hold. Not all can: the process has a limit of its own.
    pub memory: usize,
    /// Seconds.
    pub seconds: u64,
    /// Findings.
    pub findings: usize,
    /// Partitions worked on at the same time.
    pub partitions: usize,
    /// Where operators may spill to; the system's temporary folder when absent.
    pub spill: Option<PathBuf>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { memory: 1 << 30, seconds: 300, findings: 200_000, partitions: 2, spill: None }
    }
}

/// A session with the tables and views below `reads`. Datasets that `tables` lacks are empty.
///
/// The settings are measured (`docs/adr`): broadcast joins save repartitioning millions of rows, pushed-down filters save
/// decoding them.
pub async fn session(
    library: &Library,
    reads: &[&String],
    tables: &Tables,
    limits: &Limits,
) -> Result<SessionContext, EngineError> {
    let mut config = SessionConfig::new()
        .with_target_partitions(limits.partitions)
        .with_default_catalog_and_schema("gnomon", "public")
        .with_information_schema(false);
    let options = config.options_mut();
    options.sql_parser.collect_spans = true;
    options.execution.parquet.pushdown_filters = true;
    // In DataFusion 55.2 a join's dynamic filter is carried over by column name and can land on another column of that
    // name, losing rows (apache/datafusion#25244). To be switched on again with a release that holds the mend (#25259).
    options.optimizer.enable_join_dynamic_filter_pushdown = false;
    options.optimizer.enable_topk_dynamic_filter_pushdown = false;
    options.optimizer.enable_aggregate_dynamic_filter_pushdown = false;
    options.optimizer.hash_join_single_partition_threshold = 256 << 20;
    options.optimizer.hash_join_single_partition_threshold_rows = 8_000_000;
    let mut runtime = RuntimeEnvBuilder::new().with_memory_limit(limits.memory, 1.0);
    if let Some(spill) = &limits.spill {
        runtime = runtime.with_temp_file_path(spill);
    }
    let state = SessionStateBuilder::new()
        .with_config(config)
        .with_runtime_env(runtime.build_arc()?)
        .with_default_features()
        .build();
    let context = SessionContext::new_with_state(state);
    for function in functions::all() {
        context.register_udf(function);
    }
    for key in library.datasets_below(reads.iter().copied()) {
        let Some(dataset) = library.datasets.get(key) else { continue };
        let empty = || Arc::new(EmptyTable::new(table_schema(&dataset.columns))) as Arc<dyn TableProvider>;
        context.register_table(key, tables.get(key).cloned().unwrap_or_else(empty))?;
    }
    register_views(library, reads, tables, &context).await?;
    Ok(context)
}

/// Registers views in order; what lies below a given view is not looked at. One that is named more than once is worked
/// out once and held, because the engine would otherwise work it out at each place.
async fn register_views(
    library: &Library,
    reads: &[&String],
    tables: &Tables,
    context: &SessionContext,
) -> Result<(), EngineError> {
    let mut views = Vec::new();
    for table in reads {
        order_views(library, table, tables, &mut views);
    }
    let mut mentions: BTreeMap<String, usize> = BTreeMap::new();
    for view in &views {
        count_mentions(library.query(&view.key).map(|parsed| &parsed.query), &mut mentions);
    }
    for view in views {
        if let Some(given) = tables.get(&view.key) {
            context.register_table(&view.key, given.clone())?;
            continue;
        }
        let Some(parsed) = library.query(&view.key) else { continue };
        let frame = frame(context, &parsed.query).await?;
        if mentions.get(&view.key).copied().unwrap_or_default() > 1 {
            let schema = Arc::new(frame.schema().as_arrow().clone());
            let held = MemTable::try_new(schema, frame.collect_partitioned().await?)?;
            context.register_table(&view.key, Arc::new(held))?;
        } else {
            context.register_table(&view.key, frame.into_view())?;
        }
    }
    Ok(())
}

/// Adds a view after those it builds on.
fn order_views<'l>(library: &'l Library, table: &str, tables: &Tables, ordered: &mut Vec<&'l View>) {
    let Some(view) = library.views.get(table) else { return };
    if ordered.iter().any(|known| known.key == view.key) {
        return;
    }
    if !tables.contains_key(table) {
        for inner in view.reads.iter().chain(&view.reads_any) {
            order_views(library, inner, tables, ordered);
        }
    }
    ordered.push(view);
}

/// Works a view out and writes it into one Parquet file.
pub async fn write_view(
    library: &Library,
    view: &View,
    tables: &Tables,
    limits: &Limits,
    path: &str,
) -> Result<(), EngineError> {
    let reads: Vec<&String> = view.reads.iter().chain(&view.reads_any).collect();
    let context = session(library, &reads, tables, limits).await?;
    let Some(parsed) = library.query(&view.key) else { return Ok(()) };
    let options = DataFrameWriteOptions::new().with_single_file_output(true);
    frame(&context, &parsed.query).await?.write_parquet(path, options, None).await?;
    Ok(())
}

fn count_mentions(query: Option<&Query>, mentions: &mut BTreeMap<String, usize>) {
    let Some(query) = query else { return };
    let _ = visit_relations(query, |name| {
        *mentions.entry(name.to_string().to_lowercase()).or_default() += 1;
        ControlFlow::<()>::Continue(())
    });
}

/// Plans one query; refuses everything that is not a query.
pub(crate) async fn plan(context: &SessionContext, query: &Query) -> Result<LogicalPlan, EngineError> {
    let statement = EngineStatement::Statement(Box::new(Statement::Query(Box::new(query.clone()))));
    let plan =
        context.state().statement_to_plan(statement).await.map_err(|error| EngineError::planning(&error))?;
    let only_reads =
        SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    only_reads.verify_plan(&plan).map_err(|error| EngineError::planning(&error))?;
    Ok(plan)
}

pub(crate) async fn frame(context: &SessionContext, query: &Query) -> Result<DataFrame, EngineError> {
    let plan = plan(context, query).await?;
    context.execute_logical_plan(plan).await.map_err(|error| EngineError::planning(&error))
}

/// The tables and views that a case gives directly; what lies below a given view need not be read.
pub(crate) fn given_or_below<'a>(
    library: &'a Library,
    reads: &[&'a String],
    given: &BTreeSet<&str>,
) -> BTreeSet<&'a str> {
    let mut needed = BTreeSet::new();
    for table in reads {
        if given.contains(table.as_str()) || !library.views.contains_key(*table) {
            needed.insert(table.as_str());
        } else if let Some(view) = library.views.get(*table) {
            let below: Vec<&String> = view.reads.iter().chain(&view.reads_any).collect();
            needed.extend(given_or_below(library, &below, given));
        }
    }
    needed
}
