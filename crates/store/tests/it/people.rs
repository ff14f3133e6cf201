use chrono::Duration;
use gnomon_store::{Error, Failures};

use crate::{
    bench::Bench,
    make::{noon, save, user},
};

pub async fn users_have_one_login_each(bench: &Bench) {
    let chen = user("chen");
    let tx = bench.store.write().await.unwrap();
    tx.add_user(&chen, "hash").await.unwrap();
    save(tx).await;
    let tx = bench.store.write().await.unwrap();
    assert!(matches!(tx.add_user(&user("chen"), "hash").await, Err(Error::Conflict)));
    drop(tx);
    let tx = bench.store.read().await.unwrap();
    assert_eq!(tx.users().await.unwrap(), std::slice::from_ref(&chen));
    assert_eq!(tx.user(&chen.id).await.unwrap(), Some(chen.clone()));
    assert_eq!(tx.user_by_login("chen").await.unwrap(), Some((chen, "hash".into())));
    assert_eq!(tx.user_by_login("nobody").await.unwrap(), None);
}

pub async fn sessions_begin_and_end(bench: &Bench) {
    let chen = user("chen");
    let tx = bench.store.write().await.unwrap();
    tx.add_user(&chen, "hash").await.unwrap();
    for token in ["one", "two", "old"] {
        tx.add_session(token, &chen.id, noon()).await.unwrap();
    }
    let later = noon() + Duration::minutes(10);
    tx.touch_session("one", later).await.unwrap();
    tx.touch_session("two", later).await.unwrap();
    tx.end_session("two").await.unwrap();
    tx.sweep_sessions(later, noon()).await.unwrap();
    let one = tx.session("one").await.unwrap().unwrap();
    assert_eq!((one.user.id.clone(), one.created_at, one.seen_at), (chen.id.clone(), noon(), later));
    assert!(tx.session("two").await.unwrap().is_none());
    assert!(tx.session("old").await.unwrap().is_none());
    tx.set_password(&chen.id, "other").await.unwrap();
    assert!(tx.session("one").await.unwrap().is_none());
    assert_eq!(tx.user_by_login("chen").await.unwrap().unwrap().1, "other");
}

pub async fn failures_count_from_the_last_success(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let minute = |n: i64| noon() + Duration::minutes(n);
    tx.add_login_attempt("chen", "10.0.0.1", minute(0)).await.unwrap();
    let success = tx.add_login_attempt("chen", "10.0.0.1", minute(1)).await.unwrap();
    tx.login_succeeded(success).await.unwrap();
    tx.add_login_attempt("chen", "10.0.0.2", minute(2)).await.unwrap();
    tx.add_login_attempt("zhou", "10.0.0.2", minute(3)).await.unwrap();
    let chen = tx.failures_of_name("chen", minute(0)).await.unwrap();
    assert_eq!(chen, Failures { count: 1, last: Some(minute(2)) });
    let client = tx.failures_of_client("10.0.0.2", minute(0)).await.unwrap();
    assert_eq!(client, Failures { count: 2, last: Some(minute(3)) });
    assert_eq!(tx.failures_of_client("10.0.0.2", minute(4)).await.unwrap(), Failures::default());
}
