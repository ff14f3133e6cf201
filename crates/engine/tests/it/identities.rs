//! Models and views join persons and organisations by resolved keys, and cases show what that changes.

use std::{collections::BTreeSet, ops::ControlFlow};

use gnomon_library::{Library, column::ColumnType};
use sqlparser::ast::{
    BinaryOperator, Expr, JoinConstraint, JoinOperator, Query, Select, SetExpr, Visit, Visitor,
};

use super::{builtin_files, load};

/// The model of means-tested benefits beside public pay, asking for a lesser certainty.
#[tokio::test]
async fn below_certain_nothing_is_red() {
    let mut files = builtin_files();
    let file =
        files.iter_mut().find(|file| file.text.contains("\"BF-GEN-013\"")).expect("the model is there");
    file.text = file.text.replacen("level ", "certainty = \"probable\"\nlevel ", 1);
    let library = load(files);
    let results = gnomon_engine::run_cases(&library, "BF-GEN-013").await;
    let failures: Vec<&str> = results.iter().filter_map(|result| result.failure.as_deref()).collect();
    let is_level = |text: &&str| text.contains("| red |") && text.contains("| yellow |");
    assert!(!failures.is_empty() && failures.iter().all(is_level), "{failures:?}");
}

#[test]
fn every_number_of_a_person_or_organisation_is_resolved() {
    let library = load(builtin_files());
    let known: BTreeSet<(&str, &str)> = gnomon_identity::sources(&library)
        .iter()
        .map(|source| (source.dataset.key.as_str(), source.number))
        .collect();
    let is_someone =
        |name: &str| name.ends_with("person_id") || name.ends_with("org_id") || name.ends_with("kin_id");
    for dataset in library.datasets.values() {
        for column in &dataset.columns {
            let is_number = matches!(column.ty, ColumnType::Idno | ColumnType::Uscc | ColumnType::Party);
            let (key, name) = (dataset.key.as_str(), column.name.as_str());
            assert_eq!(known.contains(&(key, name)), is_number, "{key}.{name}");
            assert!(
                is_number || !is_someone(name),
                "{key}.{name} names somebody, but its type does not say so"
            );
        }
    }
}

/// Numbers in a list are read as they were delivered. Who needs them in a model has to have them resolved first.
#[test]
fn no_query_reads_lists_of_numbers() {
    let library = load(builtin_files());
    let is_list = |column: &&gnomon_library::column::Column| {
        column.ty == ColumnType::List && column.name.ends_with("_ids")
    };
    let columns = library.datasets.values().flat_map(|dataset| &dataset.columns);
    let lists: BTreeSet<&str> = columns.filter(is_list).map(|column| column.name.as_str()).collect();
    assert!(!lists.is_empty());
    for (name, query) in queries(&library) {
        let mut names = Names(BTreeSet::new());
        let _ = query.visit(&mut names);
        let read: Vec<&&str> = lists.iter().filter(|list| names.0.contains(**list)).collect();
        assert!(read.is_empty(), "{name} reads {read:?}");
    }
}

#[test]
fn nothing_is_joined_by_names_only() {
    let library = load(builtin_files());
    let mut joins = 0;
    for (name, query) in queries(&library) {
        let mut found = Joins { count: 0, by_name: Vec::new() };
        let _ = query.visit(&mut found);
        joins += found.count;
        assert!(found.by_name.is_empty(), "{name} joins by names only: {:?}", found.by_name);
    }
    assert!(joins > 100, "{joins} joins");
}

#[test]
fn a_join_by_names_only_would_be_found() {
    let joined = |sql: &str| {
        let parsed =
            sqlparser::parser::Parser::parse_sql(&sqlparser::dialect::GenericDialect {}, sql).unwrap();
        let mut found = Joins { count: 0, by_name: Vec::new() };
        let _ = parsed.visit(&mut found);
        found.by_name.len()
    };
    assert_eq!(joined("select 1 from a join b on a.person_name = b.person_name and a.month = b.month"), 1);
    assert_eq!(
        joined("select 1 from a join b on a.person_id = b.person_id and a.person_name = b.person_name"),
        0
    );
    assert_eq!(joined("select 1 from a join b on a.kin_id = b.kin_id or a.kin_name = b.kin_name"), 1);
    assert_eq!(joined("select 1 from a join b using (supplier_name)"), 1);
    assert_eq!(joined("select 1 from a, b where a.org_name = b.org_name"), 1);
    assert_eq!(joined("select 1 from a where a.person_name in (select person_name from b)"), 1);
}

fn queries(library: &Library) -> impl Iterator<Item = (&String, &Query)> {
    let names = library.models.keys().chain(library.views.keys());
    names.filter_map(|name| Some((name, &library.query(name)?.query)))
}

/// All names of columns in a query.
struct Names(BTreeSet<String>);

impl Visitor for Names {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        self.0.extend(column(expr));
        ControlFlow::Continue(())
    }
}

/// Joins and conditions that take two rows for one person's or organisation's because names agree.
struct Joins {
    count: usize,
    by_name: Vec<String>,
}

impl Visitor for Joins {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        self.body(&query.body);
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if let Expr::InSubquery { expr: one, .. } = expr
            && column(one).is_some_and(|name| is_name(&name))
        {
            self.by_name.push(expr.to_string());
        }
        ControlFlow::Continue(())
    }
}

impl Joins {
    fn body(&mut self, body: &SetExpr) {
        match body {
            SetExpr::Select(select) => self.select(select),
            SetExpr::SetOperation { left, right, .. } => {
                self.body(left);
                self.body(right);
            }
            // A query of its own is visited as one.
            _ => {}
        }
    }

    fn select(&mut self, select: &Select) {
        for join in select.from.iter().flat_map(|from| &from.joins) {
            self.count += 1;
            match constraint(&join.join_operator) {
                Some(JoinConstraint::On(on)) => self.condition(on),
                Some(JoinConstraint::Using(names)) => {
                    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
                    if names.iter().all(|name| is_name(name)) {
                        self.by_name.push(names.join(", "));
                    }
                }
                _ => {}
            }
        }
        if let Some(selection) = &select.selection {
            self.condition(selection);
        }
    }

    /// Equal names are no fault beside an equal number in the same conjunction.
    fn condition(&mut self, on: &Expr) {
        let mut parts = Vec::new();
        conjunction(on, &mut parts);
        let by_number =
            parts.iter().any(|part| equal_columns(part).is_some_and(|[a, b]| is_number(&a) && is_number(&b)));
        let mut equalities = Equalities(Vec::new());
        let _ = on.visit(&mut equalities);
        if !by_number && equalities.0.iter().any(|[a, b]| is_name(a) && is_name(b)) {
            self.by_name.push(on.to_string());
        }
    }
}

struct Equalities(Vec<[String; 2]>);

impl Visitor for Equalities {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        self.0.extend(equal_columns(expr));
        ControlFlow::Continue(())
    }
}

fn constraint(operator: &JoinOperator) -> Option<&JoinConstraint> {
    match operator {
        JoinOperator::Join(on)
        | JoinOperator::Inner(on)
        | JoinOperator::Left(on)
        | JoinOperator::LeftOuter(on)
        | JoinOperator::Right(on)
        | JoinOperator::RightOuter(on)
        | JoinOperator::FullOuter(on) => Some(on),
        _ => None,
    }
}

fn conjunction<'e>(expr: &'e Expr, parts: &mut Vec<&'e Expr>) {
    match expr {
        Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
            conjunction(left, parts);
            conjunction(right, parts);
        }
        Expr::Nested(inner) => conjunction(inner, parts),
        other => parts.push(other),
    }
}

fn equal_columns(expr: &Expr) -> Option<[String; 2]> {
    match expr {
        Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => Some([column(left)?, column(right)?]),
        _ => None,
    }
}

fn column(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Identifier(name) => Some(name.value.to_lowercase()),
        Expr::CompoundIdentifier(parts) => parts.last().map(|name| name.value.to_lowercase()),
        _ => None,
    }
}

fn is_name(column: &str) -> bool {
    column.ends_with("_name") && !matches!(column, "program_name" | "project_name")
}

/// Numbers of somebody, and accounts, which are somebody's.
fn is_number(column: &str) -> bool {
    column.ends_with("_id") || column == "account_no"
}
