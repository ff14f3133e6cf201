//! Which places and months a table speaks of, counted by the real engine on real tables, and which deliveries are late.

use gnomon_store::{Covered, Store};

use crate::bench::Bench;

const TOUR: &str = r#"
key         = "tour"
title       = { zh = "巡查登记", en = "Tours" }
owner       = { zh = "某局", en = "Some Bureau" }
kind        = "source"
sensitivity = "internal"
cadence     = "monthly"
natural_key = ["number"]
region      = "region_code"
time        = "toured_on"

[[column]]
name     = "number"
type     = "code"
title    = { zh = "编号", en = "Number" }
required = true

[[column]]
name  = "region_code"
type  = "region"
title = { zh = "行政区划代码", en = "Division code" }

[[column]]
name  = "toured_on"
type  = "date"
title = { zh = "巡查日期", en = "Day of tour" }
"#;

/// The same with a month in place of a day, and a place that no role names.
const PLAN: &str = r#"
key         = "tour_plan"
title       = { zh = "巡查计划", en = "Plans of tours" }
owner       = { zh = "某局", en = "Some Bureau" }
kind        = "source"
sensitivity = "internal"
time        = "month"

[[column]]
name     = "month"
type     = "month"
title    = { zh = "计划月份", en = "Month" }
required = true

[[column]]
name     = "region_code"
type     = "region"
title    = { zh = "计划区划", en = "Division code" }
required = true
"#;

fn bench() -> Bench {
    Bench::with_library(&[("datasets/tt/tour.toml", TOUR), ("datasets/tt/tour_plan.toml", PLAN)])
}

async fn covered(bench: &Bench, dataset: &str) -> Vec<(String, i32, u64)> {
    let store = Store::open(&format!("sqlite:{}", bench.data("gnomon.db").display())).await.unwrap();
    let cells = store.read().await.unwrap().coverage(dataset).await.unwrap();
    cells.into_iter().map(|Covered { region, month, rows }| (region, month.number(), rows)).collect()
}

fn cell(region: &str, month: i32, rows: u64) -> (String, i32, u64) {
    (region.to_owned(), month, rows)
}

#[tokio::test]
async fn rows_are_counted_by_township_and_month() {
    let bench = bench();
    let file = bench.file(
        "1.csv",
        "编号,行政区划代码,巡查日期\n\
         A1,870121001007,2024-02-29\nA2,870121001008,2024-02-01\nA3,870121002001,2024-02-10\n\
         A4,870121002001,2024-03-01\nA5,,2024-03-31\nA6,870121001007,\n",
    );
    bench.intake("tour", &file).with_status(0);
    let first = [
        cell("", 202403, 1),
        cell("870121001", 202402, 2),
        cell("870121002", 202402, 1),
        cell("870121002", 202403, 1),
    ];
    assert_eq!(covered(&bench, "tour").await, first);
    // A correction moves its row to another place; the earlier one counts no more.
    let file = bench.file("2.csv", "编号,行政区划代码,巡查日期\nA4,870121001007,2024-03-01\n");
    let second = bench.intake("tour", &file).with_status(0).row();
    let moved = [
        cell("", 202403, 1),
        cell("870121001", 202402, 2),
        cell("870121001", 202403, 1),
        cell("870121002", 202402, 1),
    ];
    assert_eq!(covered(&bench, "tour").await, moved);
    let id = second["batch"].as_str().unwrap();
    bench.run(&["batch", "withdraw", id, "--reason", "误报"]).with_status(0);
    assert_eq!(covered(&bench, "tour").await, first);
}

#[tokio::test]
async fn a_column_of_months_and_a_place_without_a_role_count_too() {
    let bench = bench();
    let file =
        bench.file("1.csv", "计划月份,计划区划\n2023-12,870121001000\n2024-01,870121001000\n202401,870121\n");
    bench.intake("tour_plan", &file).with_status(0);
    let expected = [cell("870121000", 202401, 1), cell("870121001", 202312, 1), cell("870121001", 202401, 1)];
    assert_eq!(covered(&bench, "tour_plan").await, expected);
}

#[test]
fn a_dataset_that_came_is_due_again() {
    let bench = bench();
    let standing = |key: &str| {
        let rows = bench.run(&["dataset", "freshness"]).with_status(0).rows();
        rows.into_iter().find(|row| row["key"] == key).unwrap()
    };
    assert_eq!(standing("tour")["standing"], "never");
    let file = bench.file("1.csv", "编号,行政区划代码,巡查日期\nA1,870121001007,2024-02-29\n");
    bench.intake("tour", &file).with_status(0);
    let tour = standing("tour");
    assert_eq!((&tour["standing"], &tour["usual"]), (&"on_time".into(), &1.into()));
    assert!(tour["due"].as_str().unwrap() > &tour["last"].as_str().unwrap()[..10]);
    assert_eq!(bench.run(&["dataset", "freshness", "--late"]).with_status(0).rows().len(), 0);
}
