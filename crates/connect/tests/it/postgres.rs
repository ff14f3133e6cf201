use gnomon_kernel::Code;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

use crate::world::{World, numbers};

/// A schema of its own on the cluster to throw away; `None` where there is none.
struct Source {
    session: PgConnection,
    schema: &'static str,
}

impl Source {
    async fn new(schema: &'static str) -> Option<Source> {
        let address = std::env::var("GNOMON_TEST_PG").ok()?;
        let session = PgConnection::connect(&address).await.unwrap();
        let mut source = Source { session, schema };
        source.execute(&format!("drop schema if exists {schema} cascade; create schema {schema}")).await;
        source.execute(&format!("set search_path to {schema}")).await;
        Some(source)
    }

    async fn execute(&mut self, sql: &str) {
        self.session.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    }

    fn describe(&self, world: &World, rest: &str) {
        let address = std::env::var("GNOMON_TEST_PG").unwrap();
        let rest = rest.replace("{s}", self.schema);
        world.file("source", &format!("kind = \"postgresql\"\nurl = \"{address}\"\n{rest}"));
    }
}

#[tokio::test]
async fn ties_decimals_moments_and_rows_without_a_watermark() {
    let Some(mut source) = Source::new("connect_cells").await else { return };
    let world = World::new().await;
    source
        .execute(
            "create table t (id int, at timestamptz, amount numeric(38, 6), day date, ok bool, local timestamp);
             insert into t select n, '2025-03-01 00:00:00.25+00'::timestamptz + (n / 7) * interval '1 second',
                 12345678901234567890123456.000001 + n, '2025-03-01', n % 2 = 0, '2025-03-01 08:30:00'
                 from generate_series(1, 50) n;
             insert into t values (51, null, 0, null, null, null)",
        )
        .await;
    source.describe(&world, "table = \"{s}.t\"\nwatermark = \"at\"\npage = 5");
    let pulled = world.pull("source").await.unwrap();
    assert_eq!((pulled.batches, pulled.unmarked), (1, 1));
    let mut ids = world.column("id").await;
    ids.sort_by_key(|id| id.parse::<u32>().unwrap());
    assert_eq!(ids, numbers(50));
    assert_eq!(world.column("at").await[0], "2025-03-01 08:00:00.25");
    assert_eq!(world.column("local").await[0], "2025-03-01 08:30:00");
    assert_eq!(world.column("day").await[0], "2025-03-01");
    let amounts = world.column("amount").await;
    assert!(amounts.contains(&"12345678901234567890123457.000001".to_owned()), "{amounts:?}");
    assert!(world.column("ok").await.iter().all(|ok| ok == "true" || ok == "false"));
    assert_eq!(world.pull("source").await.unwrap().batches, 0);
}

#[tokio::test]
async fn a_database_that_goes_away_costs_nothing_but_time() {
    let Some(mut source) = Source::new("connect_gone").await else { return };
    let world = World::new().await;
    source
        .execute(
            "create table t as select n as id from generate_series(1, 50) n;
             create table fails (now bool); insert into fails values (true);
             create function ends(nth int) returns text stable cost 100000 language plpgsql as $$ begin
                 if nth = 25 and (select now from connect_gone.fails) then
                     perform pg_terminate_backend(pg_backend_pid());
                 end if;
                 return null;
             end $$",
        )
        .await;
    // The session ends itself at the 25th row, as if somebody had stopped the server.
    source.describe(
        &world,
        "query = \"select id, {s}.ends(id) as ended from {s}.t\"\nwatermark = \"id\"\npage = 10",
    );
    let fault = world.pull("source").await.unwrap_err();
    assert_eq!(fault.code, Code::ConnectionGone, "{fault:?}");
    assert!(world.delivered().await.is_empty());
    let state = world.state("source").await;
    assert_eq!((state.watermark, state.failures), (None, 1));
    // What was read is not read again: the first rows are gone from the source, and in the delivery.
    source.execute("delete from t where id <= 20; update fails set now = false").await;
    world.pull("source").await.unwrap();
    assert_eq!(world.column("id").await, numbers(50));
    assert_eq!(world.delivered().await.len(), 1);
}

#[tokio::test]
async fn a_session_cannot_write_though_a_query_tries() {
    let Some(mut source) = Source::new("connect_writes").await else { return };
    let world = World::new().await;
    source
        .execute(
            "create table t (id int);
             create function f() returns int language sql as 'insert into connect_writes.t values (1); select 1'",
        )
        .await;
    source.describe(&world, "query = \"select {s}.f() as id\"\nwatermark = \"id\"");
    let fault = world.pull("source").await.unwrap_err();
    assert_eq!(fault.code, Code::ConnectionQuery);
    assert!(fault.found.contains("read-only"), "{}", fault.found);
    let rows: i64 = sqlx::query_scalar("select count(*) from connect_writes.t")
        .fetch_one(&mut source.session)
        .await
        .unwrap();
    assert_eq!(rows, 0);
}

#[tokio::test]
async fn bytes_unknown_columns_and_wrong_watermarks_are_named() {
    let Some(mut source) = Source::new("connect_odd").await else { return };
    let world = World::new().await;
    source.execute("create table t (id int, photo bytea, ratio float8)").await;
    for (rest, code, found) in [
        ("table = \"{s}.t\"", Code::ConnectionCell, "photo (bytea)"),
        ("query = \"select nothing from {s}.t\"", Code::ConnectionQuery, "\"nothing\" does not exist"),
        ("query = \"select id from {s}.t\"\nwatermark = \"at\"", Code::ConnectionFile, "watermark = at"),
        ("query = \"select ratio from {s}.t\"\nwatermark = \"ratio\"", Code::ConnectionFile, "FLOAT8"),
    ] {
        source.describe(&world, rest);
        let fault = world.pull("source").await.unwrap_err();
        assert_eq!(fault.code, code, "{rest}");
        assert!(fault.found.contains(found), "{rest}: {}", fault.found);
    }
}
