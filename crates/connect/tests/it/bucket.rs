use gnomon_kernel::Code;
use object_store::{
    ObjectStoreExt as _,
    aws::{AmazonS3, AmazonS3Builder},
    path::Path,
};

use crate::world::{VARIABLE, World};

/// A bucket of its own; `None` where there is no server.
async fn bucket(name: &str) -> Option<(AmazonS3, String)> {
    let address = std::env::var("GNOMON_TEST_S3").ok()?;
    // The client makes no buckets; the server of the tests asks for no signature.
    let made = reqwest::Client::new().put(format!("{address}/{name}")).send().await.unwrap();
    assert!(made.status().is_success() || made.status() == 409, "{}", made.status());
    let builder = AmazonS3Builder::new()
        .with_endpoint(&address)
        .with_allow_http(true)
        .with_region("us-east-1")
        .with_bucket_name(name)
        .with_access_key_id("key")
        .with_secret_access_key("secret");
    Some((builder.build().unwrap(), address))
}

#[tokio::test]
async fn objects_are_taken_once_and_again_when_they_change() {
    let Some((store, address)) = bucket("gnomon-test").await else { return };
    let world = World::with_secret("secret").await;
    let file = format!(
        "kind = \"s3\"\nendpoint = \"{address}\"\nbucket = \"gnomon-test\"\nprefix = \"civil\"\n\
         access_key = \"key\"\npassword_env = \"{VARIABLE}\""
    );
    world.file("bucket", &file);
    for (key, text) in [("civil/2025/a.csv", "one"), ("civil/b.csv", "two"), ("other/c.csv", "three")] {
        store.put(&Path::from(key), text.into()).await.unwrap();
    }
    world.refuse("b.csv");
    world.connections.check(&world.connections.find("bucket").await.unwrap()).await.unwrap();
    let pulled = world.pull("bucket").await.unwrap();
    assert_eq!((pulled.batches, pulled.refused), (1, 1));
    assert_eq!(world.delivered().await, ["one"]);
    let again = world.pull("bucket").await.unwrap();
    assert_eq!((again.batches, again.refused), (0, 0));
    store.put(&Path::from("civil/2025/a.csv"), "one, mended".into()).await.unwrap();
    assert_eq!(world.pull("bucket").await.unwrap().batches, 1);
    assert_eq!(world.delivered().await, ["one", "one, mended"]);
    assert!(store.head(&Path::from("civil/b.csv")).await.is_ok());
    world.file("bucket", &file.replace("gnomon-test", "gnomon-none"));
    assert_eq!(world.pull("bucket").await.unwrap_err().code, Code::ConnectionGone);
}
