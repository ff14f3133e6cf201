use gnomon_domain::State;
use gnomon_kernel::{Level, Money, UserId};
use gnomon_store::{Cursor, Filter, Holder, LevelCounts, States, Tx};

use crate::{
    bench::Bench,
    make::{in_state, save, warning},
};

async fn fill(bench: &Bench, count: usize) {
    let tx = bench.store.write().await.unwrap();
    let warnings: Vec<_> = (0..count).map(warning).collect();
    tx.add_warnings(&warnings).await.unwrap();
    save(tx).await;
}

async fn numbers(tx: &Tx, filter: &Filter) -> Vec<String> {
    let page = tx.inbox(filter, None, 100).await.unwrap();
    let mut numbers: Vec<String> = page.warnings.into_iter().map(|warning| warning.number).collect();
    numbers.sort();
    numbers
}

pub async fn pages_follow_one_another(bench: &Bench) {
    fill(bench, 25).await;
    let tx = bench.store.read().await.unwrap();
    let whole = tx.inbox(&Filter::default(), None, 25).await.unwrap();
    assert_eq!((whole.warnings.len(), &whole.next), (25, &None));
    let levels: Vec<Level> = whole.warnings.iter().map(|warning| warning.matter.level).collect();
    assert!(levels.is_sorted_by(|a, b| a >= b), "{levels:?}");
    let mut paged = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let page = tx.inbox(&Filter::default(), after.as_ref(), 7).await.unwrap();
        paged.extend(page.warnings);
        let Some(next) = page.next else { break };
        after = Some(next.to_string().parse().unwrap());
    }
    assert_eq!(paged, whole.warnings);
    assert!("red.x.wrn_1".parse::<Cursor>().is_err());
}

pub async fn filters_narrow(bench: &Bench) {
    fill(bench, 20).await;
    let holder = UserId::parse("usr_wu").unwrap();
    let mut held = in_state(30, State::Assigned);
    held.matter.assignee = Some(holder.clone());
    held.matter.level = Level::Red;
    (held.model, held.pack) = ("TC-CON-001".into(), "TC".into());
    let tx = bench.store.write().await.unwrap();
    tx.add_warnings(&[held, in_state(31, State::Closed)]).await.unwrap();
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    let counts = tx.inbox_counts(&Filter::default()).await.unwrap();
    assert_eq!(counts, LevelCounts { red: 8, yellow: 7, blue: 6 });
    assert_eq!(
        tx.inbox_counts(&Filter { states: States::Any, ..Filter::default() }).await.unwrap().total(),
        22
    );
    let one = ["W-25-000031".to_owned()];
    for narrow in [
        Filter { holder: Some(Holder::Person(holder)), ..Filter::default() },
        Filter { model: Some("TC-CON-001".into()), ..Filter::default() },
        Filter { pack: Some("TC".into()), ..Filter::default() },
        Filter { states: States::These(vec![State::Assigned]), ..Filter::default() },
        Filter { min_money: Some(Money(2_000)), ..Filter::default() },
    ] {
        assert_eq!(numbers(&tx, &narrow).await, one, "{narrow:?}");
        let other_level = Filter { level: Some(Level::Blue), ..narrow };
        assert_eq!(tx.inbox_counts(&other_level).await.unwrap().red, 1);
        assert!(numbers(&tx, &other_level).await.is_empty());
    }
    let nobody = Filter { holder: Some(Holder::Nobody), ..Filter::default() };
    assert_eq!(numbers(&tx, &nobody).await.len(), 20);
    let township = Filter { region: Some("870121003".into()), ..Filter::default() };
    assert_eq!(numbers(&tx, &township).await, ["W-25-000004", "W-25-000019"]);
    let county = Filter { region: Some("870121".into()), ..Filter::default() };
    assert_eq!(numbers(&tx, &county).await.len(), 21);
}

pub async fn text_finds_numbers_names_and_tails(bench: &Bench) {
    fill(bench, 12).await;
    let mut odd = warning(20);
    odd.subject_name = Some("100%_折扣店".into());
    let tx = bench.store.write().await.unwrap();
    tx.add_warnings(&[odd]).await.unwrap();
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    let text = |text: &str| Filter { text: Some(text.into()), ..Filter::default() };
    assert_eq!(numbers(&tx, &text(" w-25-000003 ")).await, ["W-25-000003"]);
    assert_eq!(numbers(&tx, &text("870121198500000005")).await, ["W-25-000006"]);
    assert_eq!(numbers(&tx, &text("0011")).await, ["W-25-000012"]);
    assert_eq!(numbers(&tx, &text("张三")).await.len(), 12);
    assert_eq!(numbers(&tx, &text("三")).await.len(), 0);
    assert_eq!(numbers(&tx, &text("%")).await.len(), 0);
    assert_eq!(numbers(&tx, &text("100%_")).await, ["W-25-000021"]);
    assert_eq!(numbers(&tx, &text("100x")).await.len(), 0);
    assert_eq!(numbers(&tx, &text(" ")).await.len(), 13);
}
