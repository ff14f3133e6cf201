use gnomon_app::{Actor, Error};
use gnomon_kernel::Code;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _, sqlite::SqliteConnectOptions};

use crate::world::{World, numbers, until};

/// Does something to the database of a connection.
async fn execute(world: &World, sql: &str) {
    let path = world.bench.dir.path().join("connections/source.db");
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut session = options.connect().await.unwrap();
    session.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
}

fn describe(world: &World, rest: &str) {
    world.file("source", &format!("kind = \"sqlite\"\nfile = \"source.db\"\n{rest}"));
}

async fn with_rows(rest: &str) -> World {
    let world = World::new().await;
    execute(&world, "create table t (id integer, mark integer, name text)").await;
    describe(&world, rest);
    world
}

async fn fill(world: &World, from: u32, to: u32) {
    let values: Vec<String> = (from..=to).map(|n| format!("({n}, {}, 'n{n}')", n.div_ceil(4))).collect();
    execute(world, &format!("insert into t values {}", values.join(","))).await;
}

#[tokio::test]
async fn rows_that_share_a_watermark_are_not_skipped_at_the_end_of_a_page() {
    for page in [1, 2, 3, 4, 5, 7, 40] {
        let world = with_rows(&format!("table = \"t\"\nwatermark = \"mark\"\npage = {page}")).await;
        fill(&world, 1, 30).await;
        let pulled = world.pull("source").await.unwrap();
        assert_eq!(pulled.batches, 1);
        let batch = world.bench.app.batches(&Actor::system(), None, None, 1).await.unwrap().remove(0);
        assert!(batch.gathered, "how much came since the last time says nothing of quality");
        assert_eq!(world.column("id").await, numbers(30), "pages of {page}");
        assert_eq!(world.pull("source").await.unwrap().batches, 0, "pages of {page}");
        fill(&world, 31, 33).await;
        world.pull("source").await.unwrap();
        // 31 and 32 share the last watermark of the first pull: its rows come again, and are recognised when they come in.
        let mut ids = world.column("id").await.split_off(30);
        ids.sort();
        assert_eq!(ids, ["29", "30", "31", "32", "33"], "pages of {page}");
        assert_eq!(world.pull("source").await.unwrap().batches, 0, "pages of {page}");
    }
}

#[tokio::test]
async fn cells_lose_no_digit_and_rows_without_a_watermark_are_counted() {
    let world = World::new().await;
    execute(&world, "create table t (id integer, amount, name text)").await;
    execute(
        &world,
        "insert into t values (1, 123456789012.34, '张\"三'), (2, 9007199254740993, null), (null, 1, 'x'), \
         (3, '12345678901234567890.10', 'a\nb')",
    )
    .await;
    describe(&world, "query = \"select id, amount as 金额, name from t -- all\"\nwatermark = \"id\"");
    let pulled = world.pull("source").await.unwrap();
    assert_eq!((pulled.batches, pulled.unmarked), (1, 1));
    assert_eq!(world.state("source").await.unmarked, 1);
    assert_eq!(
        world.column("金额").await,
        ["123456789012.34", "9007199254740993", "12345678901234567890.10"]
    );
    assert_eq!(world.column("name").await, ["张\"三", "null", "a\nb"]);
}

#[tokio::test]
async fn bytes_are_refused_by_the_name_of_their_column() {
    let world = World::new().await;
    execute(&world, "create table t (id integer, photo blob); insert into t values (1, x'00ff')").await;
    describe(&world, "table = \"t\"\nwatermark = \"id\"");
    let fault = world.pull("source").await.unwrap_err();
    assert_eq!((fault.code, fault.found.as_str()), (Code::ConnectionCell, "photo (blob)"));
    assert_eq!(world.state("source").await.last_error.unwrap().code, Code::ConnectionCell);
}

#[tokio::test]
async fn a_process_that_ends_between_delivery_and_watermark_doubles_nothing() {
    let world = with_rows("table = \"t\"\nwatermark = \"mark\"\npage = 10").await;
    fill(&world, 1, 30).await;
    let name = "source-20251121T020000000000-0.json.gz";
    world.bench.answer(|answers| (answers.dies_at, answers.is_in) = (Some(name.into()), true));
    let definition = world.connections.find("source").await.unwrap();
    let connections = world.connections.clone();
    let dying = tokio::spawn(async move { connections.pull(&definition, false).await });
    let app = &world.bench.app;
    until(async || !app.batches(&Actor::system(), None, None, 1).await.unwrap().is_empty()).await;
    dying.abort();
    assert!(dying.await.unwrap_err().is_cancelled());
    world.bench.answer(|answers| answers.dies_at = None);
    assert_eq!(world.state("source").await.watermark, None);
    fill(&world, 31, 34).await;
    world.pull("source").await.unwrap();
    assert_eq!(world.column("id").await, numbers(30));
    assert!(world.state("source").await.watermark.unwrap().value.ends_with('8'));
    world.pull("source").await.unwrap();
    let mut later = world.column("id").await.split_off(30);
    later.sort();
    assert_eq!(later, ["29", "30", "31", "32", "33", "34"]);
}

#[tokio::test]
async fn without_a_watermark_everything_is_read_and_the_same_is_no_delivery() {
    let world = with_rows("query = \"select id, name from t order by id\"").await;
    fill(&world, 1, 2).await;
    assert_eq!(world.pull("source").await.unwrap().batches, 1);
    assert_eq!(world.pull("source").await.unwrap().batches, 0);
    execute(&world, "update t set name = 'x' where id = 1").await;
    assert_eq!(world.pull("source").await.unwrap().batches, 1);
    // What was once so is so again: it is said again.
    execute(&world, "update t set name = 'n1' where id = 1").await;
    assert_eq!(world.pull("source").await.unwrap().batches, 1);
    assert_eq!(world.column("name").await, ["n1", "n2", "x", "n2", "n1", "n2"]);
}

#[tokio::test]
async fn a_refused_delivery_stays_to_be_taken_in_and_the_watermark_stays_too() {
    let world = with_rows("table = \"t\"\nwatermark = \"mark\"").await;
    fill(&world, 1, 3).await;
    let name = "source-20251121T020001000000-0.json.gz";
    world.refuse(name);
    let fault = world.pull("source").await.unwrap_err();
    assert_eq!(fault.code, Code::HeaderUnknown);
    let state = world.state("source").await;
    assert_eq!((state.failures, state.watermark, state.last_success_at), (1, None, None));
    // It is nothing that passes by itself: not before the schedule's time.
    assert_eq!(state.next_due_at.unwrap().to_rfc3339(), "2025-11-21T18:30:00+00:00");
    world.bench.answer(|answers| answers.refusals.clear());
    world.pull("source").await.unwrap();
    assert_eq!(world.column("id").await, numbers(3));
    assert_eq!(world.state("source").await.failures, 0);
}

#[tokio::test]
async fn in_full_everything_comes_again() {
    let world = with_rows("table = \"t\"\nwatermark = \"mark\"").await;
    fill(&world, 1, 3).await;
    world.pull("source").await.unwrap();
    world.bench.wait(chrono::TimeDelta::seconds(1));
    let definition = world.connections.find("source").await.unwrap();
    assert_eq!(world.connections.pull(&definition, true).await.unwrap().batches, 1);
    assert_eq!(world.column("id").await, ["1", "2", "3", "1", "2", "3"]);
}

#[tokio::test]
async fn deliveries_and_the_trail_name_the_connection() {
    let world = with_rows("table = \"t\"\nwatermark = \"mark\"").await;
    fill(&world, 1, 3).await;
    world.connections.check(&world.connections.find("source").await.unwrap()).await.unwrap();
    world.pull("source").await.unwrap();
    let batch = world.bench.app.batches(&Actor::system(), None, None, 1).await.unwrap().remove(0);
    assert_eq!(batch.by_name, "source");
    assert_eq!(world.state("source").await.last_batch, Some(batch.id));
    assert_eq!(world.bench.trail("source").await, ["pull_data began", "pull_data ended"]);
}

#[tokio::test]
async fn one_pull_of_a_connection_at_a_time() {
    let world = with_rows("table = \"t\"\nwatermark = \"mark\"").await;
    let turn = world.bench.started_again().pull_turn("source").await.unwrap();
    assert!(turn.is_some());
    assert_eq!(world.pull("source").await.unwrap_err().code, Code::Busy);
    drop(turn);
    world.pull("source").await.unwrap();
}

#[tokio::test]
async fn a_file_that_is_not_there_is_a_source_that_is_gone() {
    let world = World::new().await;
    describe(&world, "table = \"t\"\nwatermark = \"mark\"\nretries = 1");
    for (failures, due) in [(1, "2025-11-21T02:00:31+00:00"), (2, "2025-11-21T18:30:00+00:00")] {
        let fault = world.pull("source").await.unwrap_err();
        assert_eq!(fault.code, Code::ConnectionGone);
        let state = world.state("source").await;
        assert_eq!((state.failures, state.next_due_at.unwrap().to_rfc3339().as_str()), (failures, due));
    }
    let none = world.bench.app.ask_for_pull(&Actor::system(), "nothing").await.unwrap_err();
    assert!(matches!(none, Error::NotFound(_)));
}
