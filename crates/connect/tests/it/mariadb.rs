use gnomon_kernel::Code;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _, MySqlConnection, mysql::MySqlConnectOptions};

use crate::world::{VARIABLE, World, numbers};

/// As `scripts/with-mariadb.sh` has it.
const PASSWORD: &str = "gnomon-test";

/// A database of its own; `None` where there is no server.
struct Source {
    session: MySqlConnection,
    address: String,
}

impl Source {
    async fn new(database: &str) -> Option<Source> {
        let address = std::env::var("GNOMON_TEST_MARIADB").ok()?;
        let url = address.parse().unwrap();
        let options = MySqlConnectOptions::from_url(&url).unwrap().password(PASSWORD);
        let mut session = options.connect().await.unwrap();
        for sql in [
            format!("drop database if exists {database}"),
            format!("create database {database}"),
            format!("use {database}"),
        ] {
            session.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await.unwrap();
        }
        Some(Source { session, address: address.replace("/?", &format!("/{database}?")) })
    }

    async fn execute(&mut self, sql: &str) {
        self.session.execute(sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))).await.unwrap();
    }

    fn describe(&self, world: &World, rest: &str) {
        let address = &self.address;
        world.file(
            "source",
            &format!("kind = \"mysql\"\nurl = \"{address}\"\npassword_env = \"{VARIABLE}\"\n{rest}"),
        );
    }
}

#[tokio::test]
async fn text_in_gbk_decimals_moments_and_ties() {
    let Some(mut source) = Source::new("connect_cells").await else { return };
    let world = World::with_secret(PASSWORD).await;
    source
        .execute(
            "create table 发放 (id int, at datetime(3), 姓名 varchar(20), amount decimal(38, 10), flag bit(1),
                 primary key (id)) character set gbk;
             insert into 发放 select seq, timestampadd(second, seq div 7, '2025-03-01 08:00:00.250'), '张三丰',
                 12345678901234567890123456.0000000001 + seq, seq % 2 from seq_1_to_50;
             insert into 发放 values (51, null, null, null, null)",
        )
        .await;
    source.describe(&world, "table = \"发放\"\nwatermark = \"at\"\npage = 5");
    let pulled = world.pull("source").await.unwrap();
    assert_eq!((pulled.batches, pulled.unmarked), (1, 1));
    let mut ids = world.column("id").await;
    ids.sort_by_key(|id| id.parse::<u32>().unwrap());
    assert_eq!(ids, numbers(50));
    assert_eq!(world.column("姓名").await, ["张三丰"; 50]);
    assert_eq!(world.column("at").await[0], "2025-03-01 08:00:00.250");
    let amounts = world.column("amount").await;
    assert!(amounts.contains(&"12345678901234567890123457.0000000001".to_owned()), "{amounts:?}");
    assert!(world.column("flag").await.iter().all(|flag| flag == "0" || flag == "1"));
    assert_eq!(world.pull("source").await.unwrap().batches, 0);
}

#[tokio::test]
async fn large_numbers_and_texts_are_watermarks_too() {
    let Some(mut source) = Source::new("connect_marks").await else { return };
    let world = World::with_secret(PASSWORD).await;
    source
        .execute(
            "create table t (id int, big bigint unsigned, exact decimal(30, 2), word varchar(20) character set gbk);
             insert into t select seq, 18446744073709550000 + seq, 9007199254740993.01 + seq div 3,
                 concat('号', lpad(seq div 3, 4, '0')) from seq_1_to_20",
        )
        .await;
    for watermark in ["id", "big", "exact", "word"] {
        source.describe(&world, &format!("table = \"t\"\nwatermark = \"{watermark}\"\npage = 2"));
        let definition = world.connections.find("source").await.unwrap();
        world.bench.wait(chrono::TimeDelta::seconds(1));
        let before = world.column("id").await.len();
        world.connections.pull(&definition, true).await.unwrap();
        let mut ids = world.column("id").await.split_off(before);
        ids.sort_by_key(|id| id.parse::<u32>().unwrap());
        assert_eq!(ids, numbers(20), "{watermark}");
    }
}

#[tokio::test]
async fn a_wrong_password_is_told_without_the_password() {
    let Some(mut source) = Source::new("connect_login").await else { return };
    let world = World::with_secret("geheim-und-falsch").await;
    source.execute("create table t (id int)").await;
    source.describe(&world, "table = \"t\"\nwatermark = \"id\"");
    let fault = world.pull("source").await.unwrap_err();
    assert_eq!(fault.code, Code::ConnectionLogin, "{fault:?}");
    assert!(!format!("{fault:?}").contains("geheim"), "{fault:?}");
    let state = world.state("source").await;
    assert!(!format!("{state:?}").contains("geheim"), "{state:?}");
}

#[tokio::test]
async fn a_session_cannot_write_and_bytes_are_refused() {
    let Some(mut source) = Source::new("connect_odd").await else { return };
    let world = World::with_secret(PASSWORD).await;
    source
        .execute(
            "create table t (id int, photo blob); insert into t values (1, 'x');
             create function f() returns int modifies sql data begin insert into t values (2, null); return 1; end",
        )
        .await;
    source.describe(&world, "query = \"select id, f() as x from t\"\nwatermark = \"id\"");
    let fault = world.pull("source").await.unwrap_err();
    assert_eq!(fault.code, Code::ConnectionQuery);
    let rows: i64 =
        sqlx::query_scalar("select count(*) from t").fetch_one(&mut source.session).await.unwrap();
    assert_eq!(rows, 1);
    source.describe(&world, "table = \"t\"\nwatermark = \"id\"");
    let fault = world.pull("source").await.unwrap_err();
    assert_eq!((fault.code, fault.found.as_str()), (Code::ConnectionCell, "photo (blob)"));
}
