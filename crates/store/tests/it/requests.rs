use chrono::Duration;
use gnomon_domain::{Actor, DataEnd, DataRequest, RequestEvent, RequestState, calendar::is_weekday};
use gnomon_kernel::{BatchId, RequestId};
use gnomon_store::{BatchCounts, Cleared, Error, NewBatch, Request, Tx};

use crate::{
    bench::Bench,
    make::{IDS, day, noon, officer, save},
};

async fn add(tx: &Tx, dataset: &str) -> Request {
    let period = (Some(day("2025-11-01")), None);
    let (matter, entry) = DataRequest::ask(period, &officer(), noon(), is_weekday);
    let request = Request {
        id: RequestId::new(IDS),
        number: tx.take_request_number(day("2025-11-21")).await.unwrap(),
        version: 0,
        dataset: dataset.into(),
        purpose: "核对重复发放".into(),
        basis: "第八条".into(),
        columns: vec!["person_id".into(), "amount".into()],
        models: vec![],
        cadence: Some("monthly".into()),
        asked_by_name: "周宁".into(),
        asked_at: noon(),
        agreed_at: None,
        agreed_by_name: String::new(),
        cleared: None,
        matter,
    };
    tx.add_request(&request).await.unwrap();
    tx.add_request_event(&request.id, &entry).await.unwrap();
    request
}

async fn step(tx: &Tx, request: &Request, event: RequestEvent, hours: i64) -> Request {
    let at = noon() + Duration::hours(hours);
    let (matter, entry) = request.matter.apply(event, &officer(), at, is_weekday).unwrap();
    let after = Request { matter, agreed_at: Some(at), ..request.clone() };
    tx.update_request(&after).await.unwrap();
    tx.add_request_event(&after.id, &entry).await.unwrap();
    Request { version: after.version + 1, ..after }
}

fn agree() -> RequestEvent {
    RequestEvent::Agree { note: "同意".into() }
}

pub async fn a_request_comes_back_with_its_timeline(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let first = add(&tx, "payroll").await;
    let other = add(&tx, "roll").await;
    assert_eq!((first.number.as_str(), other.number.as_str()), ("D-25-0001", "D-25-0002"));
    let agreed = step(&tx, &first, agree(), 1).await;
    let end = RequestEvent::AskEnd { data: DataEnd::Erase, reason: "已用完".into() };
    let ending = step(&tx, &agreed, end, 2).await;
    let cleared = Cleared { batches: 3, rows: 30, at: noon() };
    let changed = Request { cleared: Some(cleared), ..ending.clone() };
    tx.update_request(&changed).await.unwrap();
    assert!(matches!(tx.update_request(&ending).await, Err(Error::Conflict)));
    save(tx).await;

    let tx = bench.store.read().await.unwrap();
    let found = tx.request(&first.id).await.unwrap().unwrap();
    assert_eq!(found, Request { version: changed.version + 1, ..changed });
    assert_eq!(found.matter.data_end, Some(DataEnd::Erase));
    let timeline = tx.request_timeline(&first.id).await.unwrap();
    let states: Vec<_> = timeline.iter().map(|entry| (entry.from, entry.to)).collect();
    use RequestState::{Agreed, Ending, Requested};
    assert_eq!(states, [(None, Requested), (Some(Requested), Agreed), (Some(Agreed), Ending)]);
    assert_eq!((timeline[1].note.as_str(), timeline[2].data_end), ("同意", Some(DataEnd::Erase)));
}

pub async fn the_last_agreed_counts_first(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let (first, second, third) =
        (add(&tx, "payroll").await, add(&tx, "payroll").await, add(&tx, "roll").await);
    step(&tx, &second, agree(), 1).await;
    step(&tx, &first, agree(), 2).await;
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    let ids = |requests: Vec<Request>| requests.into_iter().map(|request| request.id).collect::<Vec<_>>();
    let agreed = ids(tx.agreed_requests(Some("payroll")).await.unwrap());
    assert_eq!(agreed, [first.id.clone(), second.id.clone()]);
    assert_eq!(ids(tx.agreed_requests(Some("roll")).await.unwrap()), []);
    let all = ids(tx.requests(None).await.unwrap());
    assert_eq!(all.len(), 3);
    assert!(all.contains(&third.id));
}

pub async fn deliveries_are_known_by_their_agreement(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let request = add(&tx, "payroll").await;
    for (name, under) in [("a.csv", Some(&request.id)), ("b.csv", None), ("c.csv", Some(&request.id))] {
        let new = NewBatch {
            id: BatchId::new(IDS),
            dataset: "payroll".into(),
            name: name.into(),
            sha256: name.into(),
            bytes: 1,
            received_at: noon(),
            origin: gnomon_domain::Origin::File,
            note: String::new(),
            gathered: false,
            request: under.cloned(),
        };
        let batch = tx.begin_batch(&new, &Actor::system()).await.unwrap();
        tx.accept_batch(&batch.id, &BatchCounts::default(), &[], noon()).await.unwrap();
        if name == "c.csv" {
            tx.withdraw_batch(&batch.id).await.unwrap();
        }
    }
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    let came = tx.batches_under(&request.id).await.unwrap();
    let names: Vec<&str> = came.iter().map(|batch| batch.name.as_str()).collect();
    assert_eq!(names, ["a.csv", "c.csv"]);
    assert_eq!(came[0].request, Some(request.id));
}
