//! What came when, what is late, and where nothing came.

use axum::http::StatusCode;
use chrono::TimeDelta;
use gnomon_domain::Actor;
use gnomon_kernel::{Cadence, Month};
use gnomon_library::{
    Library,
    analytics::{CoverageCell, Region},
    column::{Column, ColumnType},
};

use crate::world::World;

/// Payroll comes each month and says of which place it speaks.
fn monthly(library: &mut Library) {
    let payroll = library.datasets.get_mut("payroll").unwrap();
    let region = Column { name: "region_code".into(), ty: ColumnType::Region, ..payroll.columns[0].clone() };
    payroll.columns.push(region);
    (payroll.region, payroll.cadence) = (Some("region_code".into()), Some(Cadence::Monthly));
}

/// Works out what follows from the rows, as after an intake.
async fn look(world: &World) {
    world.bench.app.link(&Actor::system()).await.unwrap();
}

#[tokio::test]
async fn a_late_delivery_is_told_wherever_its_data_are_spoken_of() {
    let world = World::with(monthly).await;
    look(&world).await;
    let mut officer = world.client("officer").await;
    let page = officer.get("/data/freshness?lang=en").await;
    assert_eq!(page.status, StatusCode::OK);
    for told in ["Finance Bureau", "href=\"/data/payroll\"", "on time", "due by 2025-12-22", "9 rows"] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    let late = officer.get("/data/freshness?late=only").await;
    assert!(!late.body.contains("href=\"/data/payroll\""), "nothing is late yet");
    world.bench.wait(TimeDelta::days(32));
    look(&world).await;
    let mut officer = world.client("officer").await;
    for path in ["/", "/data/payroll"] {
        let page = officer.get(&format!("{path}?lang=en")).await;
        assert!(page.body.contains("Reminder: due by 2025-12-22"), "{path}: {}", page.body);
    }
    world.bench.wait(TimeDelta::days(32));
    look(&world).await;
    let mut officer = world.client("officer").await;
    for path in ["/", "/data/payroll"] {
        let page = officer.get(&format!("{path}?lang=en")).await;
        assert!(page.body.contains("Degraded data: due by 2025-12-22"), "{path}: {}", page.body);
        assert!(page.body.contains("3 models read it"), "{path}: {}", page.body);
    }
    let late = officer.get("/data/freshness?late=only&lang=zh").await;
    assert!(late.body.contains("href=\"/data/payroll\"") && late.body.contains("数据降级"), "{}", late.body);
    let other = officer.get("/data/freshness?department=%E6%B0%91%E6%94%BF%E5%B1%80").await;
    assert!(!other.body.contains("href=\"/data/payroll\""), "another department's page");
    assert!(officer.get("/data").await.body.contains("href=\"/data/freshness\""));
    // A handler is told what hangs on it, and not led where they may not go.
    let handler = world.client("handler").await.get("/").await;
    assert!(handler.body.contains("数据降级") && !handler.body.contains("href=\"/data"), "{}", handler.body);
}

#[tokio::test]
async fn a_township_without_rows_is_named_beside_its_neighbours() {
    let world = World::with(monthly).await;
    let region =
        |code: &str, name: &str| Region { code: code.into(), name: name.into(), parent: String::new() };
    let month = Month::new(202510).unwrap();
    world.bench.answer(|answers| {
        answers.regions = vec![region("870121001000", "青禾镇"), region("870121002000", "云溪镇")];
        let cell = CoverageCell { region: "870121001".into(), month, rows: 12_345 };
        answers.coverage.insert("payroll".into(), vec![cell]);
        answers.version = 4;
    });
    look(&world).await;
    let mut officer = world.client("officer").await;
    assert!(officer.get("/data/payroll").await.body.contains("href=\"/data/payroll/coverage\""));
    let page = officer.get("/data/payroll/coverage").await;
    for told in ["青禾镇", "云溪镇", "12,345 行", "1.2万", "1 处缺数据，待核实", "class=\"gap\""]
    {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    assert_eq!(officer.get("/data/nothing/coverage").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_dataset_without_places_says_so() {
    let world = World::new().await;
    let page = world.client("officer").await.get("/data/payroll/coverage?lang=en").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Cannot be counted by place and month"), "{}", page.body);
}
