//! Data requests on their pages: asked, answered, ended; and what other pages say of them.

use axum::http::StatusCode;
use gnomon_app::{Delivered, Sharing};
use gnomon_console::router;
use gnomon_domain::{Actor, Role};
use gnomon_library::dataset::Sensitivity;
use gnomon_testkit::Bench;

use crate::{
    client::{Client, between},
    world::{World, config, connections},
};

const ASKED: [(&str, &str); 4] = [
    ("dataset", "payroll"),
    ("purpose", "核对 <b>重复</b> 发放"),
    ("basis", "县数据共享办法第八条"),
    ("columns", "month"),
];

/// The request on the page that an answer leads to.
async fn ask(officer: &mut Client) -> String {
    let answer = officer.post("/data/requests", &ASKED).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

fn seen(body: &str) -> String {
    between(body, "name=\"seen\" value=\"", "\"").unwrap().to_owned()
}

/// Sends a form of a request's page with the version that the page shows.
async fn step(client: &mut Client, path: &str, form: &str, fields: &[(&str, &str)]) -> StatusCode {
    let seen = seen(&client.get(path).await.body);
    let mut fields = fields.to_vec();
    fields.push(("seen", &seen));
    client.post(&format!("{path}/{form}"), &fields).await.status
}

#[tokio::test]
async fn a_request_goes_from_the_dataset_to_the_department_and_back() {
    let world = World::new().await;
    let mut officer = world.client("officer").await;
    let dataset = officer.get("/data/payroll").await;
    assert!(dataset.body.contains("href=\"/data/requests/new?dataset=payroll\""), "{}", dataset.body);
    let form = officer.get("/data/requests/new?dataset=payroll").await;
    let person = between(&form.body, "value=\"person_id\"", ">").unwrap();
    assert!(person.contains("checked disabled"), "what makes up the record always belongs: {person}");
    let path = ask(&mut officer).await;
    let page = officer.get(&path).await;
    assert!(page.body.contains("核对 &#60;b&#62;重复&#60;/b&#62; 发放"), "{}", page.body);
    assert!(page.body.contains("2025-12-05") && !page.body.contains("id=\"answer\""), "{}", page.body);
    assert!(page.body.contains("data-tone=\"info\">个人信息"), "{}", page.body);

    let mut liaison = world.client("liaison").await;
    let home = liaison.get("/").await;
    assert_eq!((home.status, home.location()), (StatusCode::SEE_OTHER, "/data/requests"));
    let list = liaison.get("/data/requests").await;
    assert!(list.body.contains(&path) && !list.body.contains("href=\"/data\""), "{}", list.body);
    assert!(!list.body.contains("action=\"/warnings\""), "{}", list.body);
    let refused = liaison.post(&format!("{path}/answer"), &[("decision", "refuse"), ("seen", "0")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = between(&refused.body, "id=\"answer\"", "</form>").unwrap();
    assert!(form.contains("value=\"refuse\" required checked") && form.contains("没有填写"), "{form}");
    let back = [("decision", "return"), ("reason", "请注明期限")];
    assert_eq!(step(&mut liaison, &path, "answer", &back).await, StatusCode::SEE_OTHER);

    let form = officer.get(&format!("{path}/change")).await;
    assert!(form.body.contains("县数据共享办法第八条"), "{}", form.body);
    let month = between(&form.body, "value=\"month\"", ">").unwrap();
    let amount = between(&form.body, "value=\"amount\"", ">").unwrap();
    assert!(month.contains("checked") && !amount.contains("checked"), "{month} {amount}");
    let version = seen(&form.body);
    let mut changed = ASKED.to_vec();
    changed.extend([("seen", version.as_str()), ("until", "2026-12-31"), ("note", "已注明")]);
    assert_eq!(officer.post(&format!("{path}/change"), &changed).await.status, StatusCode::SEE_OTHER);
    assert_eq!(step(&mut liaison, &path, "answer", &[("decision", "agree")]).await, StatusCode::SEE_OTHER);
    let page = officer.get(&format!("{path}?lang=en")).await;
    for told in ["2026-12-31", "LIAISON", "请注明期限", "id=\"connect\"", "id=\"ask-end\""] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    let dataset = officer.get("/data/payroll").await;
    assert!(dataset.body.contains(&path) && dataset.body.contains("Agreed"), "{}", dataset.body);
}

#[tokio::test]
async fn a_stale_form_and_a_column_that_no_model_reads_are_told() {
    let sensitive = |library: &mut gnomon_library::Library| {
        let payroll = library.datasets.get_mut("payroll").unwrap();
        payroll.columns[2].sensitivity = Some(Sensitivity::Sensitive);
    };
    let world = World::with(sensitive).await;
    let mut officer = world.client("officer").await;
    let form = officer.get("/data/requests/new?dataset=payroll").await;
    assert!(!between(&form.body, "value=\"amount\"", ">").unwrap().contains("checked"), "{}", form.body);
    let mut wanted = ASKED.to_vec();
    wanted.push(("columns", "amount"));
    let refused = officer.post("/data/requests", &wanted).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let error = between(&refused.body, "id=\"ask-columns-error\"", "</p>").unwrap();
    assert!(error.contains("金额 (amount)"), "{error}");
    assert!(between(&refused.body, "value=\"amount\"", ">").unwrap().contains("checked"));
    assert_eq!(officer.get("/data/requests").await.body.matches("/data/requests/req_").count(), 0);

    let path = ask(&mut officer).await;
    let mut liaison = world.client("liaison").await;
    let stale = liaison.post(&format!("{path}/answer"), &[("decision", "agree"), ("seen", "7")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert_eq!(officer.get(&format!("{path}/change")).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn another_departments_request_does_not_exist() {
    let other = |library: &mut gnomon_library::Library| {
        library.datasets.get_mut("payroll").unwrap().owner.zh = "民政局".into();
        let mut own = library.datasets["payroll"].clone();
        (own.key, own.owner.zh) = ("roll".into(), gnomon_testkit::OWNER.into());
        library.datasets.insert(own.key.clone(), own);
    };
    let world = World::with(other).await;
    let path = ask(&mut world.client("officer").await).await;
    let mut liaison = world.client("liaison").await;
    assert!(!liaison.get("/data/requests").await.body.contains(&path));
    assert_eq!(liaison.get(&path).await.status, StatusCode::NOT_FOUND);
    let answer = liaison.post(&format!("{path}/answer"), &[("decision", "agree"), ("seen", "0")]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_connection_without_an_agreement_says_so_and_leads_there() {
    let bench = Bench::sharing(Sharing::Required, |_| {}).await;
    bench.person("officer", Role::DutyOfficer).await;
    let router = router(bench.app.clone(), connections(&bench), config(&bench, false));
    let mut officer = Client::new(router);
    let login = bench.app.login("officer", gnomon_testkit::PASSWORD, "").await.unwrap();
    officer.cookies.insert("gnomon".into(), login.token.secret().to_owned());
    let page = officer.get("/data/connections?lang=en").await;
    assert!(page.body.contains("No agreement: does not pull"), "{}", page.body);
    assert!(page.body.contains("href=\"/data/payroll#sharing\""), "{}", page.body);
    let path = ask(&mut officer).await;
    let page = officer.get("/data/connections").await;
    assert!(page.body.contains(&path), "{}", page.body);
    assert!(officer.get("/data/requests?lang=en").await.body.contains("only under an agreement in force"));
    assert!(officer.get("/data/payroll?lang=zh-CN").await.body.contains("没有生效的协议"));
    // By hand it comes all the same.
    let file = bench.dir.path().join("a.csv");
    std::fs::write(&file, "a").unwrap();
    let delivered = Delivered::new("payroll", &file, "a.csv");
    bench.app.intake(&Actor::system(), &delivered, &|_| {}).await.unwrap();
}
