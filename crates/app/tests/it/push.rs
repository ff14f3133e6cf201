//! Tokens, keys, and pushes that are gathered.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

use chrono::TimeDelta;
use gnomon_app::{
    Delivered, Error, IssuedToken, NewToken, OpenPush, PushBegun, PushState, PushedRows, Pusher, Way,
};
use gnomon_domain::Actor;
use gnomon_kernel::{Code, ReceiptId};
use gnomon_testkit::Bench;
use serde_json::json;

async fn issue(bench: &Bench, label: &str) -> IssuedToken {
    let new = NewToken { label: label.into(), datasets: vec!["payroll".into()], days: 30 };
    bench.app.add_token(&Actor::system(), &new).await.unwrap()
}

async fn pusher(bench: &Bench, label: &str) -> Pusher {
    bench.app.pusher(issue(bench, label).await.secret.reveal()).await.unwrap()
}

async fn open(bench: &Bench, pusher: &Pusher, way: Way, key: Option<&str>) -> OpenPush {
    match bench.app.begin_push(pusher, ("payroll", way), "aa", key).await.unwrap() {
        PushBegun::Open(push) => push,
        PushBegun::Answered(..) => panic!("answered before"),
    }
}

async fn push(bench: &Bench, pusher: &Pusher, rows: &str) -> ReceiptId {
    let push = open(bench, pusher, Way::Rows, None).await;
    let rows = PushedRows { dataset: "payroll".into(), rows: format!("{rows}\n").into_bytes() };
    bench.app.push_rows(pusher, &push, rows).await.unwrap()
}

fn row(person: u32, amount: u32) -> String {
    json!({ "身份证号": format!("87012119850614{person:04}"), "月份": "2025-03", "金额": amount }).to_string()
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return vec![] };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn inbox(bench: &Bench) -> PathBuf {
    bench.dir.path().join("inbox/payroll")
}

async fn state(bench: &Bench, pusher: &Pusher, id: &ReceiptId) -> PushState {
    bench.app.receipt(pusher, id).await.unwrap().state
}

async fn batch_of(bench: &Bench, pusher: &Pusher, id: &ReceiptId) -> gnomon_app::Batch {
    match state(bench, pusher, id).await {
        PushState::Taken(batch) => *batch,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_token_is_good_until_it_ends() {
    let bench = Bench::new().await;
    let issued = issue(&bench, " 民政局 ").await;
    assert_eq!(issued.token.label, "民政局");
    let secret = issued.secret.reveal().to_owned();
    assert!(!format!("{issued:?}").contains(&secret));
    assert_eq!(bench.app.pusher(&secret).await.unwrap().id(), &issued.token.id);
    let wrong = format!("{}x", &secret[..secret.len() - 1]);
    for odd in [wrong.as_str(), "", "gnt", "gnt_1", "gnt_1_x", &secret[4..], &format!("{secret}\0")] {
        assert_eq!(bench.app.pusher(odd).await.unwrap_err().code(), Code::TokenInvalid, "{odd}");
    }
    bench.wait(TimeDelta::days(30));
    assert_eq!(bench.app.pusher(&secret).await.unwrap_err().code(), Code::TokenInvalid);
    let other = issue(&bench, "财政局").await;
    bench.app.revoke_token(&Actor::system(), &other.token.id).await.unwrap();
    assert_eq!(bench.app.pusher(other.secret.reveal()).await.unwrap_err().code(), Code::TokenInvalid);
    let again = bench.app.revoke_token(&Actor::system(), &other.token.id).await.unwrap_err();
    assert!(matches!(again, Error::NotFound(_)));
    let trail = bench.trail(other.token.id.as_str()).await;
    assert_eq!(trail, ["manage_tokens issued for payroll", "manage_tokens revoked"]);
}

#[tokio::test]
async fn a_token_that_cannot_be_is_not_issued() {
    let bench = Bench::new().await;
    let good = NewToken { label: "民政局".into(), datasets: vec!["payroll".into()], days: 30 };
    for (odd, field) in [
        (NewToken { label: " ".into(), ..good.clone() }, "label"),
        (NewToken { label: "a\nb".into(), ..good.clone() }, "label"),
        (NewToken { days: 0, ..good.clone() }, "days"),
        (NewToken { datasets: vec![], ..good.clone() }, "dataset"),
        (NewToken { datasets: vec!["payroll".into(), "nothing".into()], ..good.clone() }, "dataset"),
    ] {
        let error = bench.app.add_token(&Actor::system(), &odd).await.unwrap_err();
        assert_eq!(error.problems()[0].field, field);
    }
}

#[tokio::test]
async fn pushes_are_gathered_into_one_delivery_of_their_token() {
    let bench = Bench::new().await;
    let (one, other) = (pusher(&bench, "民政局").await, pusher(&bench, "财政局").await);
    let mine = [push(&bench, &one, &row(1, 10)).await, push(&bench, &one, &row(2, 10)).await];
    let theirs = push(&bench, &other, &row(3, 10)).await;
    assert_eq!(state(&bench, &one, &mine[0]).await, PushState::Waiting);
    assert_eq!(bench.app.receipt(&other, &mine[0]).await.unwrap_err().code(), Code::NotFound);
    assert_eq!(bench.app.waiting_datasets().await.unwrap(), ["payroll"]);
    assert_eq!(bench.app.gather("payroll").await.unwrap(), 1);
    assert_eq!(state(&bench, &other, &theirs).await, PushState::Waiting);
    assert_eq!(bench.app.gather("payroll").await.unwrap(), 1);
    assert_eq!(bench.app.gather("payroll").await.unwrap(), 0);
    let batch = batch_of(&bench, &one, &mine[0]).await;
    assert_eq!(batch_of(&bench, &one, &mine[1]).await.id, batch.id);
    assert_eq!(batch.by_name, "民政局");
    assert_eq!(batch_of(&bench, &other, &theirs).await.by_name, "财政局");
    assert!(bench.app.waiting_datasets().await.unwrap().is_empty());
    assert!(names(&inbox(&bench)).is_empty());
    assert_eq!(bench.app.receipt(&other, &mine[0]).await.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn a_correction_comes_in_a_delivery_of_its_own_and_in_order() {
    let bench = Bench::new().await;
    let one = pusher(&bench, "民政局").await;
    let mut receipts = Vec::new();
    for amount in [10, 20, 10] {
        receipts.push(push(&bench, &one, &row(1, amount)).await);
    }
    receipts.push(push(&bench, &one, &row(2, 10)).await);
    for _ in 0..3 {
        assert_eq!(bench.app.gather("payroll").await.unwrap(), 1);
    }
    assert_eq!(bench.app.gather("payroll").await.unwrap(), 0);
    let mut numbers = Vec::new();
    for receipt in &receipts {
        numbers.push(batch_of(&bench, &one, receipt).await.number);
    }
    assert_eq!(numbers, [1, 2, 3, 1]);
}

#[tokio::test]
async fn what_was_sealed_when_a_process_died_is_taken_in_once() {
    let bench = Bench::new().await;
    let one = pusher(&bench, "民政局").await;
    let receipt = push(&bench, &one, &row(1, 10)).await;
    let piece = names(&inbox(&bench)).remove(0);
    let name = format!("sealed-{}-{receipt}", &piece[..20]);
    // The intake is done and the process dies before it removes the set: the folder is as it was.
    let kept = bench.dir.path().join("kept");
    std::fs::create_dir(&kept).unwrap();
    std::fs::copy(inbox(&bench).join(&piece), kept.join(&piece)).unwrap();
    bench.app.gather("payroll").await.unwrap();
    let batch = batch_of(&bench, &one, &receipt).await;
    std::fs::rename(&kept, inbox(&bench).join(&name)).unwrap();
    let late = push(&bench, &one, &row(2, 10)).await;
    assert_eq!(bench.app.gather("payroll").await.unwrap(), 1);
    assert_eq!(batch_of(&bench, &one, &receipt).await.id, batch.id);
    assert_eq!(state(&bench, &one, &late).await, PushState::Waiting);
    assert_eq!(bench.app.gather("payroll").await.unwrap(), 1);
    assert_eq!(batch_of(&bench, &one, &late).await.number, batch.number + 1);
    assert!(names(&inbox(&bench)).is_empty());
}

#[tokio::test]
async fn a_refused_push_takes_no_other_with_it() {
    let bench = Bench::new().await;
    let one = pusher(&bench, "民政局").await;
    let bad = push(&bench, &one, &row(1, 10)).await;
    let good = push(&bench, &one, &row(2, 10)).await;
    let piece = names(&inbox(&bench)).remove(0);
    let name = format!("push-{}-{bad}.json.gz", &piece[..20]);
    bench.answer(|answers| answers.refusals = [(name, Code::ColumnMissing)].into());
    bench.app.gather("payroll").await.unwrap();
    assert_eq!(state(&bench, &one, &bad).await, PushState::Waiting);
    assert_eq!(bench.app.gather("payroll").await.unwrap(), 2);
    assert!(matches!(state(&bench, &one, &good).await, PushState::Taken(_)));
    let PushState::Refused(refusal) = state(&bench, &one, &bad).await else { panic!("not refused") };
    assert_eq!((refusal.code, refusal.expected.as_str()), (Code::ColumnMissing, "身份证号"));
    let left = names(&inbox(&bench));
    assert_eq!(left, [format!("refused-{}-{bad}", &piece[..20])]);
    let reason = std::fs::read_to_string(inbox(&bench).join(&left[0]).join("reason.json")).unwrap();
    assert!(reason.contains("G1106 column-missing"), "{reason}");
    assert!(inbox(&bench).join(&left[0]).join(&piece).exists());
    // An array even of one row: an object that stands alone may be taken for a wrapping around a list in it.
    let packed = std::fs::read(inbox(&bench).join(&left[0]).join("set.json.gz")).unwrap();
    let mut text = String::new();
    flate2::bufread::GzDecoder::new(&packed[..]).read_to_string(&mut text).unwrap();
    assert_eq!(text, format!("[\n{}\n]\n", row(1, 10)));
    assert!(bench.app.waiting_datasets().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_failure_of_the_machine_leaves_pushes_waiting() {
    let bench = Bench::new().await;
    let one = pusher(&bench, "民政局").await;
    let receipt = push(&bench, &one, &row(1, 10)).await;
    let piece = names(&inbox(&bench)).remove(0);
    let name = format!("push-{}-{receipt}.json.gz", &piece[..20]);
    bench.answer(|answers| answers.refusals = [(name, Code::DiskFull)].into());
    assert_eq!(bench.app.gather("payroll").await.unwrap_err().code(), Code::DiskFull);
    assert_eq!(state(&bench, &one, &receipt).await, PushState::Waiting);
    bench.answer(|answers| answers.refusals.clear());
    assert_eq!(bench.app.gather("payroll").await.unwrap(), 1);
    assert!(matches!(state(&bench, &one, &receipt).await, PushState::Taken(_)));
}

#[tokio::test]
async fn a_key_stands_for_one_push() {
    let bench = Bench::new().await;
    let one = pusher(&bench, "民政局").await;
    let first = open(&bench, &one, Way::Rows, Some("k")).await;
    let rows = PushedRows { dataset: "payroll".into(), rows: format!("{}\n", row(1, 10)).into_bytes() };
    let receipt = bench.app.push_rows(&one, &first, rows.clone()).await.unwrap();
    // The process dies before it has answered; the push comes again.
    drop(first);
    let again = open(&bench, &one, Way::Rows, Some("k")).await;
    assert_eq!(bench.app.push_rows(&one, &again, rows).await.unwrap(), receipt);
    assert_eq!(names(&inbox(&bench)).len(), 1);
    let answer = json!({ "receipt": receipt });
    let answered = bench.app.end_push(&one, again, 202, answer.clone()).await.unwrap();
    assert_eq!(answered, (202, answer.clone()));
    let begun = bench.app.begin_push(&one, ("payroll", Way::Rows), "aa", Some("k")).await.unwrap();
    assert!(matches!(begun, PushBegun::Answered(202, known) if known == answer));
    for (way, sha256) in [(Way::Rows, "bb"), (Way::File, "aa")] {
        let reused = bench.app.begin_push(&one, ("payroll", way), sha256, Some("k")).await.unwrap_err();
        assert_eq!((reused.code(), reused.found()), (Code::KeyReused, "payroll/rows"));
    }
    let odd = bench.app.begin_push(&one, ("payroll", Way::Rows), "aa", Some("a b")).await.unwrap_err();
    assert_eq!(odd.code(), Code::Invalid);
    bench.wait(TimeDelta::days(31));
    open(&bench, &pusher(&bench, "新").await, Way::Rows, Some("k")).await;
}

#[tokio::test]
async fn a_file_that_came_again_after_a_crash_is_the_same_batch() {
    let bench = Bench::new().await;
    let one = pusher(&bench, "民政局").await;
    let path = bench.dir.path().join("a.csv");
    std::fs::write(&path, "one").unwrap();
    let file = Delivered::new("payroll", &path, "a.csv");
    let first = open(&bench, &one, Way::File, Some("k")).await;
    let batch = bench.app.push_file(&one, &first, &file).await.unwrap();
    assert_eq!(batch.by_name, "民政局");
    drop(first);
    let again = open(&bench, &one, Way::File, Some("k")).await;
    assert_eq!(bench.app.push_file(&one, &again, &file).await.unwrap().id, batch.id);
    let other = open(&bench, &one, Way::File, None).await;
    let known = bench.app.push_file(&one, &other, &file).await.unwrap_err();
    assert_eq!(known.code(), Code::FileKnown);
    let elsewhere = Delivered { dataset: "death_certificate", ..file };
    assert_eq!(bench.app.push_file(&one, &other, &elsewhere).await.unwrap_err().code(), Code::DatasetUnknown);
}
