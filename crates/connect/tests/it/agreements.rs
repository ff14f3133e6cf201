//! Connections of a deployment that asks for agreements.

use gnomon_app::{Actor, NewRequest, Request};
use gnomon_domain::{DataEnd, RequestEvent, Role};
use gnomon_kernel::{Code, RequestId};

use crate::world::World;

async fn world() -> World {
    World::with_agreements().await.with_source().await
}

async fn ask(world: &World) -> Request {
    let new = NewRequest {
        dataset: "payroll".into(),
        purpose: "核对重复发放".into(),
        basis: "县数据共享办法第八条".into(),
        ..NewRequest::default()
    };
    world.bench.app.ask_for_data(&Actor::system(), &new).await.unwrap()
}

async fn take(world: &World, actor: &Actor, id: &RequestId, event: RequestEvent) {
    world.bench.app.step_request(actor, id, None, event).await.unwrap();
}

#[tokio::test]
async fn a_connection_pulls_while_an_agreement_is_in_force() {
    let world = world().await;
    let liaison = world.bench.person("liaison", Role::Department).await;
    let security = world.bench.person("security", Role::Security).await;
    let request = ask(&world).await;
    let fault = world.pull("source").await.unwrap_err();
    assert_eq!((fault.code, fault.found.as_str()), (Code::NotAgreed, "payroll"));
    let state = world.state("source").await;
    assert_eq!(state.last_error.unwrap().code, Code::NotAgreed);
    assert_eq!(state.next_due_at.unwrap().to_rfc3339(), "2025-11-21T18:30:00+00:00", "not sooner");

    take(&world, &liaison, &request.id, RequestEvent::Agree { note: String::new() }).await;
    assert_eq!(world.pull("source").await.unwrap().rows, 10);
    assert_eq!(world.state("source").await.last_error, None);

    let end = RequestEvent::AskEnd { data: DataEnd::Keep, reason: "已用完".into() };
    take(&world, &Actor::system(), &request.id, end).await;
    take(&world, &security, &request.id, RequestEvent::End { note: String::new() }).await;
    assert_eq!(world.pull("source").await.unwrap_err().code, Code::NotAgreed);
    assert_eq!(world.delivered().await.len(), 1, "nothing more has come");
}
