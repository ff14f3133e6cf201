use chrono::Duration;
use gnomon_kernel::{Instant, LayoutId};
use gnomon_store::Layout;
use serde_json::json;

use crate::{
    bench::Bench,
    make::{IDS, noon, save},
};

fn layout(dataset: &str, confirmed_at: Instant) -> Layout {
    Layout {
        id: LayoutId::new(IDS),
        dataset: dataset.into(),
        header: vec!["领款人".into(), "号".into()],
        columns: json!([{ "column": "person_name" }, null]),
        confirmed_by: None,
        confirmed_by_name: "陈立".into(),
        confirmed_at,
        retired_at: None,
    }
}

pub async fn a_layout_holds_for_what_came_while_it_was_in_force(bench: &Bench) {
    let hours = |n| noon() + Duration::hours(n);
    let (first, second, other) =
        (layout("payroll", noon()), layout("payroll", hours(2)), layout("subsistence", noon()));
    let tx = bench.store.write().await.unwrap();
    for one in [&first, &second, &other] {
        tx.add_layout(one).await.unwrap();
    }
    assert!(tx.retire_layout(&first.id, hours(2)).await.unwrap());
    assert!(!tx.retire_layout(&first.id, hours(3)).await.unwrap());
    save(tx).await;

    let retired = Layout { retired_at: Some(hours(2)), ..first };
    let tx = bench.store.read().await.unwrap();
    assert_eq!(tx.layout(&retired.id).await.unwrap(), Some(retired.clone()));
    let at = async |hour| tx.layouts_at(Some("payroll"), hours(hour)).await.unwrap();
    // What is in force now comes first, also for what came earlier.
    assert_eq!(at(1).await, [second.clone(), retired]);
    assert_eq!(at(2).await, std::slice::from_ref(&second));
    assert_eq!(at(-1).await, std::slice::from_ref(&second));
    assert_eq!(tx.layouts_at(None, hours(3)).await.unwrap(), [second, other]);
}
