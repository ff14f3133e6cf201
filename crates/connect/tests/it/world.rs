use std::{io::Read as _, time::Duration};

use chrono::TimeDelta;
use flate2::read::GzDecoder;
use gnomon_app::{Actor, BatchState, ConnectionState, Sharing};
use gnomon_connect::{Connections, Fault, Pulled};
use gnomon_kernel::Code;
use gnomon_testkit::Bench;
use sqlx::{ConnectOptions as _, Executor as _, sqlite::SqliteConnectOptions};

/// What a password's variable is called in tests.
pub const VARIABLE: &str = "TEST_SECRET";

/// The product with connections.
pub struct World {
    pub bench: Bench,
    pub connections: Connections,
}

impl World {
    /// With a secret that files may name.
    pub async fn with_secret(secret: &str) -> World {
        World::of(Bench::new().await, secret)
    }

    /// Where connections need agreements.
    pub async fn with_agreements() -> World {
        World::of(Bench::sharing(Sharing::Required, |_| {}).await, "")
    }

    fn of(bench: Bench, secret: &str) -> World {
        let secret = secret.to_owned();
        let environment = move |name: &str| (name == VARIABLE).then(|| secret.clone());
        let connections = Connections::new(bench.app.clone(), bench.dir.path(), environment);
        std::fs::create_dir(bench.dir.path().join("connections")).unwrap();
        World { bench, connections }
    }

    pub async fn new() -> World {
        World::with_secret("").await
    }

    /// With the connection `source` to a database of one row.
    pub async fn with_source(self) -> World {
        let path = self.bench.dir.path().join("connections/source.db");
        let mut session =
            SqliteConnectOptions::new().filename(path).create_if_missing(true).connect().await.unwrap();
        session.execute("create table t (id integer); insert into t values (1)").await.unwrap();
        self.file("source", "kind = \"sqlite\"\nfile = \"source.db\"\ntable = \"t\"\nwatermark = \"id\"");
        self
    }

    /// Writes a connection's file.
    pub fn file(&self, name: &str, rest: &str) {
        let text = format!("dataset = \"payroll\"\nschedule = \"30 2 * * *\"\n{rest}\n");
        std::fs::write(self.bench.dir.path().join(format!("connections/{name}.toml")), text).unwrap();
    }

    /// Pulls a second later.
    pub async fn pull(&self, name: &str) -> Result<Pulled, Fault> {
        self.bench.wait(TimeDelta::seconds(1));
        self.connections.pull(&self.connections.find(name).await?, false).await
    }

    /// What was taken in so far, the oldest first, unpacked.
    pub async fn delivered(&self) -> Vec<String> {
        let mut batches = self.bench.app.batches(&Actor::system(), None, None, 100).await.unwrap();
        batches.retain(|batch| batch.state == BatchState::Accepted);
        let mut received = Vec::new();
        self.bench.answer(|answers| {
            received = batches.iter().rev().map(|batch| answers.received[&batch.sha256].clone()).collect();
        });
        received.iter().map(|bytes| unpacked(bytes)).collect()
    }

    /// Values of a column of all rows that were taken in, in their order.
    pub async fn column(&self, name: &str) -> Vec<String> {
        let mut values = Vec::new();
        for text in self.delivered().await {
            values.extend(rows(&text).iter().map(|row| match &row[name] {
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            }));
        }
        values
    }

    /// From now on a file of this name is refused.
    pub fn refuse(&self, name: &str) {
        self.bench.answer(|answers| {
            answers.refusals.insert(name.to_owned(), Code::HeaderUnknown);
        });
    }

    pub async fn state(&self, name: &str) -> ConnectionState {
        let tx = self.bench.store.read().await.unwrap();
        tx.connection(name).await.unwrap().unwrap()
    }
}

fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::new();
    match bytes.starts_with(&[0x1f, 0x8b]) {
        true => drop(GzDecoder::new(bytes).read_to_string(&mut text).unwrap()),
        false => text.push_str(std::str::from_utf8(bytes).unwrap()),
    }
    text
}

/// Waits until something is so.
pub async fn until<F: Future<Output = bool>>(is_so: impl Fn() -> F) {
    for _ in 0..200 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it did not come to be");
}

/// `1` to the number, as text.
pub fn numbers(to: u32) -> Vec<String> {
    (1..=to).map(|n| n.to_string()).collect()
}

/// Objects one a line, or one alone in an array.
fn rows(delivered: &str) -> Vec<serde_json::Map<String, serde_json::Value>> {
    match serde_json::from_str(delivered) {
        Ok(array) => array,
        Err(_) => delivered.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
    }
}
