use std::collections::BTreeSet;

use chrono::Duration;
use gnomon_domain::{EntityShift, PairEvent, PairState, PairStep, State};
use gnomon_kernel::{EntityKind, RowRef, Tier};
use gnomon_store::{
    EntityMove, Error, FoundPair, IdentityPair, PairFacts, PairFilter, PairsShown, RulingInForce, Tx,
};
use serde_json::json;

use crate::{
    bench::Bench,
    make::{in_state, noon, officer, save, warning},
};

/// A pair of mentions, `a1` and `a2` for `a`; each has a number and a name of its own.
fn found(stem: &str, probability: f32) -> FoundPair {
    let mentions = [format!("{stem}1"), format!("{stem}2")];
    let numbers = [number(stem, 1), number(stem, 2)];
    let side = |at: usize| {
        let line = u32::from(stem.as_bytes()[0]) * 10 + at as u32;
        let sample = RowRef { batch: 7, sheet: 0, line };
        let place = json!({ "dataset": "roll", "column": "person_id", "rows": 1, "sample": sample });
        json!({ "id": mentions[at], "number": numbers[at], "name": "张三", "details": [], "places": [place] })
    };
    let facts = PairFacts {
        kind: EntityKind::Person,
        names: [format!("张三{stem}"), format!("李_{stem}")],
        sides: json!([side(0), side(1)]),
        comparisons: json!([]),
        probability,
        tier: Tier::of(probability),
        together: false,
        mentions,
    };
    FoundPair { facts, numbers: numbers.into() }
}

fn number(stem: &str, side: u32) -> String {
    format!("87012119850614{:02}{side}X", stem.as_bytes()[0] % 100)
}

async fn keep(bench: &Bench, found: &[FoundPair], hours: i64) {
    let tx = bench.store.write().await.unwrap();
    tx.keep_pairs(found, noon() + Duration::hours(hours)).await.unwrap();
    save(tx).await;
}

/// The pair that these mentions belong to.
async fn pair(tx: &Tx, stem: &str) -> Option<IdentityPair> {
    let filter = PairFilter { shown: PairsShown::All, ..PairFilter::default() };
    let all = tx.pairs(&filter, 0, 100).await.unwrap().shown.into_iter();
    all.map(|one| one.pair).find(|pair| pair.facts.mentions[0] == format!("{stem}1"))
}

async fn step(tx: &Tx, before: &IdentityPair, event: PairEvent) -> IdentityPair {
    let (matter, entry) = before.matter.apply(event, false, &officer(), noon()).unwrap();
    let after = IdentityPair { matter, ..before.clone() };
    tx.update_pair(&after).await.unwrap();
    tx.add_pair_event(after.number, &entry).await.unwrap();
    IdentityPair { version: after.version + 1, ..after }
}

fn rule(same: bool) -> PairEvent {
    PairEvent::Rule { same, note: "同一户籍".into() }
}

pub async fn a_pair_keeps_its_number_and_what_was_ruled(bench: &Bench) {
    keep(bench, &[found("a", 0.7), found("b", 0.8), found("c", 0.9)], 0).await;
    let tx = bench.store.write().await.unwrap();
    let (a, c) = (pair(&tx, "a").await.unwrap(), pair(&tx, "c").await.unwrap());
    let ruled = step(&tx, &a, rule(true)).await;
    assert!(matches!(tx.update_pair(&a).await, Err(Error::Conflict)));
    save(tx).await;

    keep(bench, &[found("d", 0.6), found("c", 0.95)], 1).await;
    let tx = bench.store.read().await.unwrap();
    assert!(pair(&tx, "b").await.is_none(), "not found again and never ruled upon");
    let again = pair(&tx, "c").await.unwrap();
    assert_eq!((again.number, again.facts.probability, again.facts.tier), (c.number, 0.95, Tier::Probable));
    assert_eq!((again.first_seen, again.last_seen), (noon(), noon() + Duration::hours(1)));
    let kept = tx.pair(a.number).await.unwrap().unwrap();
    assert_eq!(kept, IdentityPair { is_found: false, ..ruled.clone() });
    let new = pair(&tx, "d").await.unwrap().number;
    assert!(![1, 2, 3].contains(&new), "a number is not used twice: {new}");
    let mentions = ["a1".to_owned(), "a2".to_owned()];
    let ruling = RulingInForce { kind: EntityKind::Person, mentions, same: true };
    assert_eq!(tx.rulings_in_force().await.unwrap(), [ruling]);
    drop(tx);

    let tx = bench.store.write().await.unwrap();
    let undo = PairEvent::Undo { reason: "误判".into() };
    let undone = step(&tx, &ruled, undo).await;
    save(tx).await;
    keep(bench, &[], 2).await;
    let tx = bench.store.read().await.unwrap();
    assert!(tx.rulings_in_force().await.unwrap().is_empty());
    let timeline = tx.pair_timeline(a.number).await.unwrap();
    let told: Vec<_> = timeline.iter().map(|one| (one.step, one.to, one.note.as_str())).collect();
    let ruled = (PairStep::Rule, PairState::Same, "同一户籍");
    assert_eq!(told, [ruled, (PairStep::Undo, PairState::Open, "误判")]);
    let kept = tx.pair(a.number).await.unwrap().unwrap();
    assert_eq!(kept, IdentityPair { is_found: false, ..undone });
}

pub async fn what_touches_an_open_warning_comes_first(bench: &Bench) {
    keep(bench, &[found("a", 0.7), found("b", 0.99), found("c", 0.8)], 0).await;
    let tx = bench.store.write().await.unwrap();
    let about = |subject: String| gnomon_store::Warning { subject, ..warning(1) };
    let closed = gnomon_store::Warning { subject: number("b", 1), ..in_state(2, State::Closed) };
    tx.add_warnings(&[about(number("a", 2)), closed]).await.unwrap();
    save(tx).await;

    let tx = bench.store.read().await.unwrap();
    let listed = async |filter: PairFilter, skip: u64| {
        let page = tx.pairs(&filter, skip, 2).await.unwrap();
        let stem = |one: &gnomon_store::ListedPair| one.pair.facts.mentions[0][..1].to_owned();
        let shown: Vec<(String, bool)> = page.shown.iter().map(|one| (stem(one), one.is_touched)).collect();
        assert_eq!(tx.count_pairs(&filter).await.unwrap(), page.count);
        (shown, page.count)
    };
    let row = |stem: &str, is_touched: bool| (stem.to_owned(), is_touched);
    let all = PairFilter::default;
    assert_eq!(listed(all(), 0).await, (vec![row("a", true), row("b", false)], 3));
    assert_eq!(listed(all(), 2).await, (vec![row("c", false)], 3));
    let only = |touched| PairFilter { touched: Some(touched), ..all() };
    assert_eq!(listed(only(true), 0).await, (vec![row("a", true)], 1));
    assert_eq!(listed(only(false), 0).await.1, 2);
    let tier = PairFilter { tier: Some(Tier::Probable), ..all() };
    assert_eq!(listed(tier, 0).await, (vec![row("b", false)], 1));
    let text = |text: &str| PairFilter { text: Some(text.into()), ..all() };
    assert_eq!(listed(text("张三c"), 0).await.0, [row("c", false)]);
    assert_eq!(listed(text("李_"), 0).await.1, 3);
    assert_eq!(listed(text("李%"), 0).await.1, 0, "nothing in a name stands for anything else");
    assert_eq!(listed(text(&number("b", 2).to_lowercase()), 0).await.0, [row("b", false)]);
    let organisations = PairFilter { kind: Some(EntityKind::Organisation), ..all() };
    assert_eq!(listed(organisations, 0).await.1, 0);
    let ruled = PairFilter { shown: PairsShown::Ruled, ..all() };
    assert_eq!(listed(ruled, 0).await.1, 0);
    let a = pair(&tx, "a").await.unwrap();
    let touched = tx.warnings_touched(a.number).await.unwrap();
    assert_eq!(touched.iter().map(|one| one.number.as_str()).collect::<Vec<_>>(), ["W-25-000002"]);
}

pub async fn an_erased_number_takes_its_pairs_with_it(bench: &Bench) {
    keep(bench, &[found("a", 0.7), found("b", 0.8), found("c", 0.9)], 0).await;
    let tx = bench.store.write().await.unwrap();
    let (a, b, c) =
        (pair(&tx, "a").await.unwrap(), pair(&tx, "b").await.unwrap(), pair(&tx, "c").await.unwrap());
    step(&tx, &a, rule(true)).await;
    step(&tx, &b, rule(false)).await;
    // The number of one side of `a`, and the row on which one side of `c` stands.
    let row = RowRef { batch: 7, sheet: 0, line: u32::from(b'c') * 10 };
    tx.forget_subject(&number("a", 1), "erased-00000001", &BTreeSet::from([row])).await.unwrap();
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    assert_eq!(tx.pair(a.number).await.unwrap(), None);
    assert_eq!(tx.pair(c.number).await.unwrap(), None);
    assert!(tx.pair_timeline(a.number).await.unwrap().is_empty());
    assert!(tx.pair(b.number).await.unwrap().is_some());
    assert_eq!(tx.rulings_in_force().await.unwrap().len(), 1);
    let named = PairFilter { shown: PairsShown::All, text: Some(number("a", 1)), ..PairFilter::default() };
    assert_eq!(tx.count_pairs(&named).await.unwrap(), 0);
}

pub async fn what_linkings_did_to_entities_is_counted(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let moved = |shift, from| EntityMove { kind: EntityKind::Person, shift, from, into: 1 };
    let merged = |from| moved(EntityShift::Merged, from);
    tx.add_entity_moves(&[merged(2), merged(3), moved(EntityShift::Split, 4)], noon()).await.unwrap();
    tx.add_entity_moves(&[merged(u64::from(u32::MAX) + 7)], noon() + Duration::hours(1)).await.unwrap();
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    let told = |limit| {
        let tx = &tx;
        async move {
            let moves = tx.entity_moves(limit).await.unwrap();
            moves.iter().map(|one| (one.shift, one.entities)).collect::<Vec<_>>()
        }
    };
    let all = [(EntityShift::Merged, 1), (EntityShift::Merged, 2), (EntityShift::Split, 1)];
    assert_eq!(told(10).await, all);
    assert_eq!(told(1).await, all[..1]);
}
