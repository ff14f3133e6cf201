use chrono::TimeDelta;
use gnomon_app::Actor;

use crate::world::{World, until};

async fn world() -> World {
    World::new().await.with_source().await
}

#[tokio::test]
async fn connections_pull_at_their_time_and_when_somebody_asks() {
    let world = world().await;
    let keeper = tokio::spawn(gnomon_connect::keep(world.connections.clone()));
    let state = async || world.bench.store.read().await.unwrap().connection("source").await.unwrap();
    until(async || state().await.is_some()).await;
    assert_eq!(world.state("source").await.next_due_at.unwrap().to_rfc3339(), "2025-11-21T18:30:00+00:00");
    assert_eq!(world.state("source").await.last_started_at, None);
    world.bench.app.ask_for_pull(&Actor::system(), "source").await.unwrap();
    until(async || world.state("source").await.last_success_at.is_some()).await;
    let asked = world.state("source").await;
    assert_eq!(asked.asked_at, None);
    world.bench.wait(TimeDelta::hours(17));
    until(async || world.state("source").await.last_success_at > asked.last_success_at).await;
    assert_eq!(world.state("source").await.next_due_at.unwrap().to_rfc3339(), "2025-11-22T18:30:00+00:00");
    assert_eq!(world.column("id").await, ["1"]);
    keeper.abort();
}

#[tokio::test]
async fn one_that_is_switched_off_pulls_only_when_asked() {
    let world = world().await;
    world.file("source", "kind = \"sqlite\"\nfile = \"source.db\"\ntable = \"t\"\nenabled = false");
    let keeper = tokio::spawn(gnomon_connect::keep(world.connections.clone()));
    let state = async || world.bench.store.read().await.unwrap().connection("source").await.unwrap();
    until(async || state().await.is_some()).await;
    world.bench.wait(TimeDelta::days(2));
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    assert_eq!(world.state("source").await.last_started_at, None);
    world.bench.app.ask_for_pull(&Actor::system(), "source").await.unwrap();
    until(async || world.state("source").await.last_success_at.is_some()).await;
    keeper.abort();
}
