use chrono::TimeDelta;
use gnomon_app::{Error, NewUser, Token};
use gnomon_domain::{Actor, Role};
use gnomon_kernel::Code;
use gnomon_testkit::{Bench, PASSWORD};

async fn failure(bench: &Bench, name: &str, client: &str) -> (Code, Option<u64>) {
    match bench.app.login(name, "not the password", client).await.unwrap_err() {
        Error::Busy { code, retry_after } => (code, retry_after.map(|wait| wait.as_secs())),
        error => (error.code(), None),
    }
}

#[tokio::test]
async fn right_name_and_password_open_a_session() {
    let bench = Bench::new().await;
    let chen = bench.person("chen", Role::Leader).await;
    let login = bench.app.login(" Chen ", PASSWORD, "10.0.0.1").await.unwrap();
    assert_eq!(login.actor, chen);
    assert_eq!(login.token.secret().len(), 64);
    assert!(!format!("{login:?}").contains(login.token.secret()));
    assert_eq!(bench.app.actor_of(&login.token).await.unwrap(), Some(chen));
    assert_eq!(bench.app.actor_of(&Token::from_cookie("made up")).await.unwrap(), None);
    bench.app.logout(&login.token).await.unwrap();
    assert_eq!(bench.app.actor_of(&login.token).await.unwrap(), None);
    bench.app.logout(&login.token).await.unwrap();
    let id = login.actor.user.unwrap();
    assert_eq!(bench.trail(id.as_str()).await, ["manage_users added", "login ", "logout "]);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_look_alike() {
    let bench = Bench::new().await;
    bench.person("chen", Role::Leader).await;
    assert_eq!(failure(&bench, "chen", "c").await, (Code::LoginFailed, None));
    assert_eq!(failure(&bench, "nobody", "c").await, (Code::LoginFailed, None));
}

#[tokio::test]
async fn twenty_tries_slow_down_the_name_and_the_client() {
    let bench = Bench::new().await;
    bench.person("chen", Role::Leader).await;
    bench.person("zhou", Role::Leader).await;
    for n in 0..20 {
        let expected = if n < 5 { (Code::LoginFailed, None) } else { (Code::LoginSlow, Some(10)) };
        assert_eq!(failure(&bench, "chen", "10.0.0.1").await, expected, "try {n}");
    }
    let right = bench.app.login("chen", PASSWORD, "10.0.0.2").await.unwrap_err();
    assert_eq!(right.code(), Code::LoginSlow);
    assert_eq!(failure(&bench, "zhou", "10.0.0.1").await.0, Code::LoginSlow);
    assert!(bench.app.login("zhou", PASSWORD, "10.0.0.2").await.is_ok());
    bench.wait(TimeDelta::seconds(10));
    assert_eq!(failure(&bench, "chen", "10.0.0.3").await.0, Code::LoginFailed);
    assert_eq!(failure(&bench, "chen", "10.0.0.3").await, (Code::LoginSlow, Some(20)));
    bench.wait(TimeDelta::seconds(20));
    assert!(bench.app.login("chen", PASSWORD, "10.0.0.3").await.is_ok());
    assert_eq!(failure(&bench, "chen", "10.0.0.3").await.0, Code::LoginFailed);
}

#[tokio::test]
async fn tries_at_the_same_time_do_not_slip_through() {
    let bench = Bench::new().await;
    let tries = (0..12).map(|_| {
        let app = bench.app.clone();
        tokio::spawn(async move { app.login("chen", "not the password", "c").await.unwrap_err().code() })
    });
    let mut failed = 0;
    for one in tries.collect::<Vec<_>>() {
        failed += usize::from(one.await.unwrap() == Code::LoginFailed);
    }
    assert_eq!(failed, 5);
}

#[tokio::test]
async fn a_session_ends_by_idleness_age_and_a_new_password() {
    let bench = Bench::new().await;
    bench.person("chen", Role::Leader).await;
    let system = Actor::system();
    let open = || async { bench.app.login("chen", PASSWORD, "c").await.unwrap().token };
    let idle = open().await;
    bench.wait(TimeDelta::hours(8));
    assert_eq!(bench.app.actor_of(&idle).await.unwrap(), None);
    let busy = open().await;
    for _ in 0..5 {
        bench.wait(TimeDelta::minutes(4 * 60 + 47));
        assert!(bench.app.actor_of(&busy).await.unwrap().is_some());
    }
    bench.wait(TimeDelta::minutes(5));
    assert_eq!(bench.app.actor_of(&busy).await.unwrap(), None);
    let last = open().await;
    bench.app.set_password(&system, "chen", "另一个密码一二三").await.unwrap();
    assert_eq!(bench.app.actor_of(&last).await.unwrap(), None);
    assert!(bench.app.login("chen", PASSWORD, "c").await.is_err());
    assert!(bench.app.login("chen", "另一个密码一二三", "c").await.is_ok());
}

#[tokio::test]
async fn accounts_are_checked() {
    let bench = Bench::new().await;
    bench.person("chen", Role::Leader).await;
    let system = Actor::system();
    let new = |login: &str, name: &str, role, password: &str| NewUser {
        login: login.into(),
        name: name.into(),
        role,
        department: None,
        password: password.into(),
    };
    for (wrong, code, field) in [
        (new("a b", "陈", Role::Leader, PASSWORD), Code::Invalid, "login"),
        (new("chen2", " ", Role::Leader, PASSWORD), Code::Missing, "name"),
        (new("chen2", "陈", Role::System, PASSWORD), Code::Invalid, "role"),
        (new("chen2", "陈", Role::Leader, "short"), Code::Invalid, "password"),
    ] {
        let error = bench.app.add_user(&system, &wrong).await.unwrap_err();
        assert_eq!((error.code(), error.problems()[0].field.as_str()), (code, field));
    }
    let taken = bench.app.add_user(&system, &new("CHEN", "陈", Role::Leader, PASSWORD)).await.unwrap_err();
    assert_eq!(taken.code(), Code::Conflict);
    assert_eq!(bench.app.users(&system).await.unwrap().len(), 1);
    let unknown = bench.app.set_password(&system, "nobody", PASSWORD).await.unwrap_err();
    assert_eq!(unknown.code(), Code::NotFound);
}
