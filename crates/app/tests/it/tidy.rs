//! Tables kept in order in the background.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use gnomon_domain::{Actor, Role};
use gnomon_kernel::Code;
use gnomon_testkit::{Bench, finding};

#[tokio::test]
async fn small_files_are_gathered_and_what_open_warnings_rest_on_is_kept() {
    let bench = Bench::new().await;
    bench.says(vec![finding(1)]);
    bench.run().await;
    bench.answer(|answers| answers.small.extend(["payroll".to_owned()]));
    let done = bench.app.tidy(&Actor::system()).await.unwrap();
    assert_eq!(done.gathered, 1);
    let since = bench.app.now() - TimeDelta::days(400);
    let vacuumed = bench.answer_of(|answers| answers.vacuumed.clone());
    assert!(vacuumed.contains(&("payroll".into(), since, BTreeSet::from([3]))), "{vacuumed:?}");
    assert_eq!((done.files, done.bytes), (vacuumed.len() as u64, vacuumed.len() as u64 * 10));
    assert_eq!(bench.app.tidy(&Actor::system()).await.unwrap().gathered, 0);
    let handler = bench.person("handler", Role::Handler).await;
    assert_eq!(bench.app.tidy(&handler).await.unwrap_err().code(), Code::Forbidden);
}
