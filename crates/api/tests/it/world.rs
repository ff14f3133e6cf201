//! A county with three datasets, and tokens of every kind.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode},
};
use chrono::TimeDelta;
use gnomon_api::{Config, router};
use gnomon_app::{App, Batch, NewToken, Sharing};
use gnomon_domain::Actor;
use gnomon_kernel::Words;
use gnomon_library::dataset::{Dataset, Delivery};
use gnomon_testkit::Bench;
use serde_json::Value;
use tower::ServiceExt as _;

/// The largest file the interface takes here, in bytes.
pub const UPLOAD_LIMIT: u64 = 100_000;

pub struct World {
    pub bench: Bench,
    pub router: Router,
    /// Good for payroll and the roll.
    pub token: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    /// A text of the answer, by its JSON pointer.
    pub fn at(&self, pointer: &str) -> String {
        let json = self.json();
        let value = json.pointer(pointer).unwrap_or_else(|| panic!("no {pointer}: {json}"));
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    }
}

impl World {
    pub async fn new() -> World {
        World::sharing(Sharing::Free).await
    }

    /// The same, where links need agreements or do not.
    pub async fn sharing(sharing: Sharing) -> World {
        let bench = Bench::sharing(sharing, |library| {
            let payroll = library.datasets["payroll"].clone();
            let roll = Dataset { key: "roll".into(), delivery: Delivery::Snapshot, ..payroll.clone() };
            let grants = Dataset { key: "grants".into(), ..payroll };
            for dataset in [roll, grants] {
                library.datasets.insert(dataset.key.clone(), dataset);
            }
        })
        .await;
        let router = router(bench.app.clone(), config(&bench));
        let token = issue(&bench, "民政局", &["payroll", "roll"], 30).await.1;
        World { bench, router, token }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[("authorization", &bearer(&self.token))], Body::empty()).await
    }

    pub async fn push(&self, path: &str, body: impl Into<Body>) -> Answer {
        self.send(Method::POST, path, &[("authorization", &bearer(&self.token))], body).await
    }

    pub async fn push_with_key(&self, path: &str, key: &str, body: impl Into<Body>) -> Answer {
        let headers = [("authorization", bearer(&self.token)), ("idempotency-key", key.to_owned())];
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.send(Method::POST, path, &headers, body).await
    }

    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).unwrap();
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let text = String::from_utf8_lossy(&to_bytes(body, usize::MAX).await.unwrap()).into_owned();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    pub async fn batches(&self) -> Vec<Batch> {
        self.bench.app.batches(&Actor::system(), None, None, 200).await.unwrap()
    }

    /// Everything below the data directory that pushes leave behind, by path.
    pub fn left(&self) -> Vec<String> {
        let root = self.bench.dir.path();
        let mut left = Vec::new();
        let mut folders = vec![root.join("arriving"), root.join("inbox")];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = std::fs::read_dir(&folder) else { continue };
            for entry in entries {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => left.push(path.strip_prefix(root).unwrap().display().to_string()),
                }
            }
        }
        left.sort();
        left
    }

    /// Takes in all that waits, as another process would.
    pub async fn settle(&self, app: &App) {
        loop {
            let mut settled = 0;
            for dataset in app.waiting_datasets().await.unwrap() {
                settled += app.gather(&dataset).await.unwrap();
            }
            if settled == 0 {
                return;
            }
        }
    }

    /// A token of every kind that is good for nothing.
    pub async fn bad_tokens(&self) -> Vec<(&'static str, String)> {
        let expired = issue(&self.bench, "过期", &["payroll"], 1).await.1;
        self.bench.wait(TimeDelta::days(1));
        let (id, revoked) = issue(&self.bench, "撤销", &["payroll"], 30).await;
        self.bench.app.revoke_token(&Actor::system(), &id).await.unwrap();
        let last = if self.token.ends_with('a') { "b" } else { "a" };
        let wrong = format!("{}{last}", &self.token[..self.token.len() - 1]);
        vec![("expired", expired), ("revoked", revoked), ("wrong", wrong), ("none", String::new())]
    }
}

pub async fn issue(
    bench: &Bench,
    label: &str,
    datasets: &[&str],
    days: u32,
) -> (gnomon_kernel::TokenId, String) {
    let datasets = datasets.iter().map(|key| (*key).to_owned()).collect();
    let new = NewToken { label: label.into(), datasets, days };
    let issued = bench.app.add_token(&Actor::system(), &new).await.unwrap();
    (issued.token.id, issued.secret.reveal().to_owned())
}

pub fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

pub fn config(bench: &Bench) -> Config {
    Config {
        area: Words { zh: "澜禾县".into(), en: "Lanhe County".into() },
        uploads: bench.dir.path().join("arriving"),
        upload_limit: UPLOAD_LIMIT,
    }
}

/// One row about the n-th person.
pub fn row(n: u32) -> String {
    format!("{{\"身份证号\":\"87012119850614{n:04}\",\"月份\":\"2025-03\",\"金额\":120.10}}\n")
}
