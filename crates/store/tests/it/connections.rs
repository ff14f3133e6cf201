use gnomon_kernel::{BatchId, Code};
use gnomon_store::{BatchRefusal, ConnectionState, TakenObject, Watermark};

use crate::{
    bench::Bench,
    make::{IDS, noon, save},
};

pub async fn what_is_written_down_takes_the_place_of_what_was(bench: &Bench) {
    let new = ConnectionState::new("finance");
    let tx = bench.store.write().await.unwrap();
    assert_eq!(tx.connection("finance").await.unwrap(), None);
    tx.put_connection(&new).await.unwrap();
    assert_eq!(tx.connection("finance").await.unwrap(), Some(new));
    let refusal =
        BatchRefusal { code: Code::ConnectionGone, found: "connection refused".into(), expected: "".into() };
    let far = ConnectionState {
        watermark: Some(Watermark { value: "2025-11-21 10:00:00".into(), edge: "2:ab".into() }),
        unmarked: 3,
        last_started_at: Some(noon()),
        last_success_at: Some(noon()),
        last_error: Some(refusal),
        failures: 2,
        next_due_at: Some(noon()),
        asked_at: Some(noon()),
        last_batch: Some(BatchId::new(IDS)),
        ..ConnectionState::new("finance")
    };
    tx.put_connection(&far).await.unwrap();
    tx.put_connection(&ConnectionState::new("civil-affairs")).await.unwrap();
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    assert_eq!(tx.connections().await.unwrap(), [ConnectionState::new("civil-affairs"), far]);
}

pub async fn objects_are_known_by_connection_and_key(bench: &Bench) {
    let taken = TakenObject {
        connection: "bucket".into(),
        object: "a/b.csv".into(),
        tag: "1".into(),
        batch: Some(BatchId::new(IDS)),
    };
    let tx = bench.store.write().await.unwrap();
    tx.put_taken_object(&taken).await.unwrap();
    let changed = TakenObject { tag: "2".into(), batch: None, ..taken };
    tx.put_taken_object(&changed).await.unwrap();
    assert_eq!(tx.taken_object("bucket", "a/b.csv").await.unwrap(), Some(changed));
    assert_eq!(tx.taken_object("other", "a/b.csv").await.unwrap(), None);
    save(tx).await;
}
