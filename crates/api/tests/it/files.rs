//! Whole files.

use axum::{body::Body, http::StatusCode};
use futures::{future::join_all, stream};
use gnomon_kernel::{Code, RowRef};
use gnomon_library::analytics::{FaultCount, IngestReport, RejectedRow, RejectedRows};
use gnomon_testkit::report;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::world::{UPLOAD_LIMIT, World, bearer};

const PATH: &str = "/api/v1/datasets/payroll/batches";

#[tokio::test]
async fn a_file_is_in_when_it_is_answered() {
    let world = World::new().await;
    let rejected = RejectedRow {
        row: RowRef { batch: 1, sheet: 0, line: 9 },
        column: "身份证号".into(),
        code: "id-check".into(),
        found: "870121198506143217".into(),
        expected: String::new(),
        cells: vec!["870121198506143217".into()],
        mends: None,
    };
    world.bench.answer(|answers| {
        answers.rejected =
            RejectedRows { unknown: vec!["备注".into()], rows: vec![rejected], ..RejectedRows::default() };
    });
    let answer = world.push(&format!("{PATH}?name=..%2F2025%E5%B9%B411%E6%9C%88.csv"), "rows").await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    let body = answer.json();
    let counts = ["rows", "accepted", "rejected", "written", "corrected"].map(|name| body[name].as_u64());
    assert_eq!(counts, [10, 9, 1, 9, 2].map(Some));
    assert_eq!((&body["name"], &body["unknown_columns"][0]), (&"2025年11月.csv".into(), &"备注".into()));
    let reason = &body["reasons"][0];
    assert_eq!((&reason["code"], &reason["found"]), (&"G1006 id-check".into(), &"870121********3217".into()));
    assert!(reason["zh"].as_str().unwrap().contains("校验位"));
    let batch = &world.batches().await[0];
    assert_eq!((batch.id.as_str(), batch.by_name.as_str()), (body["batch"].as_str().unwrap(), "民政局"));
    let trail =
        world.bench.store.read().await.unwrap().audit_trail(Some(batch.id.as_str()), 9).await.unwrap();
    assert!(trail.iter().all(|line| line.by_name == "民政局"));
    assert!(world.left().is_empty());
    let again = world.push(PATH, "rows").await;
    assert_eq!((again.status, again.at("/code").as_str()), (StatusCode::CONFLICT, "G1109 file-known"));
    assert!(again.at("/found").starts_with(batch.id.as_str()));
}

#[tokio::test]
async fn the_limits_that_a_file_misses_are_named() {
    let world = World::new().await;
    let fault = FaultCount { column: "person_id".into(), code: Code::IdCheck.word().into(), rows: 1 };
    let dirty = IngestReport { faults: vec![fault], ..report() };
    world.bench.answer(|answers| drop(answers.reports.insert("dirty.csv".into(), dirty)));
    let answer = world.push(&format!("{PATH}?name=dirty.csv"), "dirty").await;
    assert_eq!((answer.status, answer.at("/state").as_str()), (StatusCode::CREATED, "accepted"));
    let gaps = &answer.json()["gaps"];
    assert_eq!(gaps.as_array().map(Vec::len), Some(1), "{gaps}");
    assert_eq!((&gaps[0]["measure"], &gaps[0]["value"]), (&"numbers_valid".into(), &"90%".into()));
    assert_eq!((&gaps[0]["limit_zh"], &gaps[0]["limit_en"]), (&"不低于 99%".into(), &"at least 99%".into()));
    let clean = world.push(&format!("{PATH}?name=clean.csv"), "clean").await;
    assert_eq!(clean.json()["gaps"], serde_json::json!([]));
}

#[tokio::test]
async fn a_refused_file_says_why() {
    let world = World::new().await;
    world.bench.answer(|answers| answers.refusals = [("bad.csv".into(), Code::ColumnMissing)].into());
    let answer = world.push_with_key(&format!("{PATH}?name=bad.csv"), "k", "rows").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        (answer.at("/code").as_str(), answer.at("/expected").as_str()),
        ("G1106 column-missing", "身份证号")
    );
    world.bench.answer(|answers| answers.refusals.clear());
    let again = world.push_with_key(&format!("{PATH}?name=bad.csv"), "k", "rows").await;
    assert_eq!((again.status, &again.text), (answer.status, &answer.text));
    let mended = world.push_with_key(&format!("{PATH}?name=bad.csv"), "k2", "rows").await;
    assert_eq!(mended.status, StatusCode::CREATED);
    assert!(world.left().is_empty());
}

#[tokio::test]
async fn a_failure_of_the_machine_may_be_tried_again_with_the_same_key() {
    let world = World::new().await;
    let path = format!("{PATH}?name=a.csv");
    world.bench.answer(|answers| answers.refusals = [("a.csv".into(), Code::DiskFull)].into());
    let full = world.push_with_key(&path, "k", "rows").await;
    assert_eq!((full.status.as_u16(), full.at("/code").as_str()), (507, "G1402 disk-full"));
    world.bench.answer(|answers| answers.refusals.clear());
    assert_eq!(world.push_with_key(&path, "k", "rows").await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn the_same_key_is_one_push_however_often_it_comes() {
    let world = World::new().await;
    let pushes = (0..64).map(|_| world.push_with_key(PATH, "2025-11", "rows"));
    let answers = join_all(pushes).await;
    for answer in &answers {
        assert_eq!((answer.status, &answer.text), (StatusCode::CREATED, &answers[0].text));
    }
    assert_eq!(world.batches().await.len(), 1);
    let other = world.push_with_key(PATH, "2025-11", "other rows").await;
    assert_eq!((other.status, other.at("/code").as_str()), (StatusCode::CONFLICT, "G1214 key-reused"));
    let elsewhere = world.push_with_key("/api/v1/datasets/roll/batches", "2025-11", "rows").await;
    assert_eq!(elsewhere.at("/code"), "G1214 key-reused");
    for odd in ["", "a b", &"k".repeat(201)] {
        let refused = world.push_with_key(PATH, odd, "rows").await;
        assert_eq!(
            (refused.status.as_u16(), refused.at("/found").as_str()),
            (422, "idempotency-key"),
            "{odd}"
        );
    }
    assert!(world.left().is_empty());
}

#[tokio::test]
async fn sixty_four_files_at_the_same_time_are_all_in_once() {
    let world = World::new().await;
    let pushes = (0..64).map(|n| world.push(PATH, format!("rows {n}")));
    for answer in join_all(pushes).await {
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    }
    let batches = world.batches().await;
    assert_eq!(batches.len(), 64);
    let bytes: std::collections::BTreeSet<_> = batches.iter().map(|batch| &batch.sha256).collect();
    assert_eq!(bytes.len(), 64);
    assert!(world.left().is_empty());
}

#[tokio::test]
async fn one_file_takes_the_place_of_another() {
    let world = World::new().await;
    let first = world.push(PATH, "first").await.at("/batch");
    let path = format!("{PATH}?instead_of={first}&complete=true");
    let second = world.push_with_key(&path, "k", "second").await;
    assert_eq!(second.status, StatusCode::CREATED, "{second:?}");
    assert_eq!(world.push_with_key(&path, "k", "second").await.text, second.text);
    let third = world.push(&path, "third").await;
    assert_eq!((third.status, third.at("/code").as_str()), (StatusCode::CONFLICT, "G1207 state"));
    let roll = world.push("/api/v1/datasets/roll/batches", "roll").await.at("/batch");
    let foreign = world.push(&format!("{PATH}?instead_of={roll}"), "fourth").await;
    assert_eq!((foreign.status.as_u16(), foreign.at("/found").as_str()), (422, "instead_of"));
    for odd in ["instead_of=first", "complete=perhaps"] {
        assert_eq!(world.push(&format!("{PATH}?{odd}"), "fifth").await.status.as_u16(), 422, "{odd}");
    }
}

#[tokio::test]
async fn what_is_too_large_or_cut_off_leaves_nothing() {
    let world = World::new().await;
    let large = vec![b'x'; usize::try_from(UPLOAD_LIMIT).unwrap() + 1];
    let refused = world.push(PATH, large).await;
    assert_eq!((refused.status.as_u16(), refused.at("/code").as_str()), (413, "G1212 too-large"));
    let broken = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    let body = Body::from_stream(stream::iter([Ok("half a fi"), Err(broken)]));
    assert_eq!(world.push_with_key(PATH, "k", body).await.at("/code"), "G1112 file-unreadable");
    assert!(world.left().is_empty() && world.batches().await.is_empty());
    assert_eq!(world.push_with_key(PATH, "k", "half a file").await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_connection_that_breaks_leaves_nothing() {
    let world = World::new().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(axum::serve(listener, world.router.clone()).into_future());
    for path in [PATH, "/api/v1/datasets/payroll/rows"] {
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {}\r\nContent-Length: 500\r\n\r\n",
            bearer(&world.token)
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(crate::world::row(1).as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut rest = Vec::new();
        // The server may close without a word.
        let _ = stream.read_to_end(&mut rest).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert!(world.left().is_empty() && world.batches().await.is_empty(), "{:?}", world.left());
    server.abort();
}
