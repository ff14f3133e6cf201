//! Rows that are gathered.

use std::{collections::BTreeSet, time::Duration};

use axum::http::StatusCode;
use futures::future::join_all;
use gnomon_kernel::Code;

use crate::world::{Answer, World, row};

const PATH: &str = "/api/v1/datasets/payroll/rows";

async fn receipt(world: &World, pushed: &Answer) -> Answer {
    assert_eq!(pushed.status, StatusCode::ACCEPTED, "{pushed:?}");
    world.get(&format!("/api/v1/receipts/{}", pushed.at("/receipt"))).await
}

#[tokio::test]
async fn rows_are_in_soon_after_they_were_answered() {
    let world = World::new().await;
    let app = world.bench.app.clone();
    let gathering = tokio::spawn(gnomon_api::gather(app));
    let pushed = world.push(PATH, format!("[{},{}]", row(1), row(2))).await;
    assert_eq!((pushed.at("/state").as_str(), pushed.at("/rows").as_str()), ("waiting", "2"));
    let mut tries = 0;
    let settled = loop {
        let receipt = receipt(&world, &pushed).await;
        if receipt.at("/state") == "taken" {
            break receipt;
        }
        tries += 1;
        assert!(tries < 40, "not in within two seconds");
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert_eq!((settled.at("/dataset").as_str(), settled.at("/batch/accepted").as_str()), ("payroll", "9"));
    assert_eq!(world.batches().await[0].by_name, "民政局");
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(world.left().is_empty());
    gathering.abort();
}

#[tokio::test]
async fn sixty_four_pushes_at_the_same_time_are_all_in_once() {
    let world = World::new().await;
    // Every second one uses the key of its neighbour for other rows.
    let keyed = async |n: u32| world.push_with_key(PATH, &format!("k{}", n / 2), row(n)).await;
    let answers = join_all((0..64).map(keyed)).await;
    let taken: Vec<&Answer> = answers.iter().filter(|one| one.status == StatusCode::ACCEPTED).collect();
    assert_eq!(taken.len(), 32);
    assert!(
        answers.iter().all(|one| one.status == StatusCode::ACCEPTED || one.at("/code") == "G1214 key-reused")
    );
    let more = join_all((100..164).map(|n| world.push(PATH, row(n)))).await;
    assert_eq!(world.left().len(), 96);
    world.settle(&world.bench.app).await;
    assert_eq!(world.batches().await.len(), 1);
    let receipts: BTreeSet<String> =
        taken.iter().copied().chain(&more).map(|pushed| pushed.at("/receipt")).collect();
    assert_eq!(receipts.len(), 96);
    for pushed in taken.into_iter().chain(&more) {
        assert_eq!(receipt(&world, pushed).await.at("/state"), "taken");
    }
    assert!(world.left().is_empty());
}

#[tokio::test]
async fn the_same_key_is_one_push() {
    let world = World::new().await;
    let answers = join_all((0..20).map(|_| world.push_with_key(PATH, "k", row(1)))).await;
    for answer in &answers {
        assert_eq!((answer.status, &answer.text), (StatusCode::ACCEPTED, &answers[0].text));
    }
    assert_eq!(world.left().len(), 1);
    world.settle(&world.bench.app).await;
    assert_eq!(world.push_with_key(PATH, "k", row(1)).await.text, answers[0].text);
    assert!(world.left().is_empty());
    assert_eq!(world.push_with_key(PATH, "k", row(2)).await.at("/code"), "G1214 key-reused");
}

#[tokio::test]
async fn what_is_no_row_is_refused_at_once() {
    let world = World::new().await;
    for (body, code, found) in [
        ("{\"a\":1}\n[", "G1210 invalid", "line 2"),
        ("身份证号,月份\n", "G1210 invalid", "line 1"),
        ("[]", "G1101 file-empty", ""),
        ("", "G1101 file-empty", ""),
    ] {
        let refused = world.push(PATH, body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!((refused.at("/code").as_str(), refused.at("/found").as_str()), (code, found), "{body}");
    }
    let many = world.push(PATH, row(1).repeat(5_001)).await;
    assert_eq!((many.status.as_u16(), many.at("/expected").as_str()), (413, "5000 rows"));
    let large = world.push(PATH, vec![b' '; (4 << 20) + 1]).await;
    assert_eq!(large.status.as_u16(), 413);
    let roll = world.push("/api/v1/datasets/roll/rows", row(1)).await;
    assert_eq!((roll.status.as_u16(), roll.at("/found").as_str()), (422, "snapshot"));
    assert!(world.left().is_empty());
    assert_eq!(world.push(PATH, row(1).repeat(5_000)).await.status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_refused_push_says_so_and_takes_no_other_with_it() {
    let world = World::new().await;
    let bad = world.push(PATH, row(1)).await;
    let good = world.push(PATH, row(2)).await;
    let first = world.left().remove(0);
    let name = first.strip_prefix("inbox/payroll/").unwrap();
    let name = format!("push-{}-{}.json.gz", &name[..20], bad.at("/receipt"));
    world.bench.answer(|answers| answers.refusals = [(name, Code::HeaderUnknown)].into());
    world.settle(&world.bench.app).await;
    assert_eq!(receipt(&world, &good).await.at("/state"), "taken");
    let refused = receipt(&world, &bad).await;
    assert_eq!(
        (refused.at("/state").as_str(), refused.at("/refusal/code").as_str()),
        ("refused", "G1107 header-unknown")
    );
    let left = world.left();
    assert!(left.iter().all(|path| path.starts_with("inbox/payroll/refused-")), "{left:?}");
    assert!(left.iter().any(|path| path.ends_with("/reason.json")));
}

#[tokio::test]
async fn rows_survive_a_process_that_dies_while_it_takes_them_in() {
    for is_in in [true, false] {
        let world = World::new().await;
        let pushed = world.push(PATH, row(1)).await;
        let first = world.left().remove(0);
        let name =
            format!("push-{}-{}.json.gz", &first["inbox/payroll/".len()..][..20], pushed.at("/receipt"));
        world.bench.answer(|answers| (answers.dies_at, answers.is_in) = (Some(name), is_in));
        let dying = world.bench.started_again();
        let died = tokio::time::timeout(Duration::from_millis(500), dying.gather("payroll")).await;
        assert!(died.is_err());
        assert_eq!(receipt(&world, &pushed).await.at("/state"), "waiting");
        world.bench.answer(|answers| answers.dies_at = None);
        world.settle(&world.bench.started_again()).await;
        let settled = receipt(&world, &pushed).await;
        assert_eq!(settled.at("/state"), "taken");
        let accepted = world.batches().await.into_iter().filter(|batch| batch.counts.rows > 0);
        assert_eq!(
            accepted.map(|batch| batch.id.to_string()).collect::<Vec<_>>(),
            [settled.at("/batch/batch")]
        );
        assert!(world.left().is_empty());
    }
}
