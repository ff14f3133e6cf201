use gnomon_kernel::Code;
use gnomon_store::{Error, Region, Store};

use crate::{
    bench::Bench,
    make::{day, save},
};

pub async fn opens_again_and_from_two_sides(bench: &Bench) {
    bench.tamper("drop table meta").await;
    bench.tamper("drop table seaql_migrations").await;
    bench.tamper("drop table mended_row").await;
    for table in ["session", "\"user\"", "login_attempt", "batch", "region", "run_model", "run", "finding"] {
        bench.tamper(&format!("drop table {table}")).await;
    }
    for table in ["push", "receipt", "api_token", "rebuild", "warning_source", "data_delay", "layout"] {
        bench.tamper(&format!("drop table {table}")).await;
    }
    for table in ["connection_state", "connection_seen"] {
        bench.tamper(&format!("drop table {table}")).await;
    }
    for table in ["warning_event", "recovery", "exception", "warning", "job", "audit", "counter"] {
        bench.tamper(&format!("drop table {table}")).await;
    }
    for table in ["coverage", "coverage_version", "batch_fault", "finding_source"] {
        bench.tamper(&format!("drop table {table}")).await;
    }
    for table in ["data_request", "request_event", "erasure", "erased_batch"] {
        bench.tamper(&format!("drop table {table}")).await;
    }
    for table in ["identity_pair", "identity_number", "identity_event", "entity_change"] {
        bench.tamper(&format!("drop table {table}")).await;
    }
    for table in ["kinship", "kinship_relative", "kinship_difference", "kinship_arrangement"] {
        bench.tamper(&format!("drop table {table}")).await;
    }
    for table in ["kinship_event", "kinship_publication", "unit_account", "object_opening"] {
        bench.tamper(&format!("drop table {table}")).await;
    }
    let (one, other) = tokio::join!(Store::open(&bench.url), Store::open(&bench.url));
    one.unwrap();
    let tx = other.unwrap().read().await.unwrap();
    assert!(tx.users().await.unwrap().is_empty());
}

pub async fn processes_take_turns(bench: &Bench) {
    let writers = (0..4).map(|_| {
        let url = bench.url.clone();
        tokio::spawn(async move {
            let store = Store::open(&url).await.unwrap();
            for _ in 0..25 {
                let tx = store.write().await.unwrap();
                assert!(tx.users().await.unwrap().is_empty());
                tx.take_numbers("turn", 1).await.unwrap();
                tx.commit().await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let tx = bench.store.write().await.unwrap();
    assert_eq!(tx.take_numbers("turn", 1).await.unwrap(), 101);
}

pub async fn refuses_what_a_newer_program_wrote(bench: &Bench) {
    bench.tamper("update meta set value = '99' where key = 'schema'").await;
    let error = Store::open(&bench.url).await.unwrap_err();
    assert!(matches!(error, Error::Newer { found: 99, .. }), "{error:?}");
    assert_eq!(error.code(), Code::StoreNewer);
    assert!(matches!(Store::open("mysql://somewhere").await, Err(Error::Address)));
}

pub async fn keeps_facts_and_counts_up(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    assert_eq!(tx.county_today().await.unwrap(), None);
    tx.set_county_today(day("2024-12-31")).await.unwrap();
    tx.set_county_today(day("2025-01-31")).await.unwrap();
    assert_eq!(tx.take_numbers("thing", 1).await.unwrap(), 1);
    assert_eq!(tx.take_numbers("thing", 500).await.unwrap(), 2);
    assert_eq!(tx.take_numbers("thing", 1).await.unwrap(), 502);
    let region =
        |code: &str, name: &str| Region { code: code.into(), name: name.into(), parent: String::new() };
    let old = [region("870199000000", "旧县")];
    tx.replace_regions(&old).await.unwrap();
    let tree = [region("870121000000", "临禾县"), region("870121001000", "青禾镇")];
    tx.replace_regions(&tree).await.unwrap();
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    assert_eq!(tx.county_today().await.unwrap(), Some(day("2025-01-31")));
    assert_eq!(tx.regions().await.unwrap(), tree);
    assert_eq!(tx.regions_named(&["870121001000", "none"]).await.unwrap(), tree[1..]);
}
