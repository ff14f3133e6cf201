//! A prefix of a bucket. Objects are never deleted there; what was taken is remembered by key and tag.

use std::path::{Path, PathBuf};

use futures::{StreamExt as _, TryStreamExt as _};
use gnomon_app::TakenObject;
use gnomon_kernel::Code;
use object_store::{
    ObjectMeta, ObjectStore as _, ObjectStoreExt as _,
    aws::{AmazonS3, AmazonS3Builder},
    path::Path as Key,
};
use tokio::io::AsyncWriteExt as _;
use url::Url;

use crate::{
    Environment, Fault, Result,
    delivery::take_file,
    keys::{Keys, missing},
    pull::{Pull, Pulled},
    secret::SecretPlace,
};

/// A prefix to be read.
#[derive(Debug, Clone)]
pub(crate) struct Bucket {
    endpoint: Url,
    region: String,
    bucket: String,
    prefix: String,
    access_key: String,
    secret: SecretPlace,
}

impl Bucket {
    pub fn read(keys: &mut Keys<'_>) -> Result<Bucket> {
        let endpoint = keys.needed("endpoint", "https://…")?;
        let endpoint = Url::parse(&endpoint).ok().filter(|url| ["http", "https"].contains(&url.scheme()));
        let endpoint = endpoint.filter(|url| url.password().is_none() && url.username().is_empty());
        Ok(Bucket {
            endpoint: endpoint.ok_or_else(|| Fault::file("endpoint", "https://…"))?,
            region: keys.text("region")?.unwrap_or_else(|| "us-east-1".to_owned()),
            bucket: keys.needed("bucket", "the name of a bucket")?,
            prefix: keys.text("prefix")?.unwrap_or_default(),
            access_key: keys.needed("access_key", "a text in quotes")?,
            secret: keys.secret()?.ok_or_else(|| missing("password_file", "a file"))?,
        })
    }

    async fn open(&self, environment: &Environment) -> Result<AmazonS3> {
        let secret = self.secret.read(environment).await?;
        let builder = AmazonS3Builder::new()
            .with_endpoint(self.endpoint.as_str().trim_end_matches('/'))
            .with_allow_http(self.endpoint.scheme() == "http")
            .with_region(&self.region)
            .with_bucket_name(&self.bucket)
            .with_access_key_id(&self.access_key)
            .with_secret_access_key(secret.reveal());
        builder.build().map_err(|error| fault(error, &self.bucket))
    }

    fn prefix(&self) -> Option<Key> {
        (!self.prefix.is_empty()).then(|| Key::from(self.prefix.as_str()))
    }
}

/// Asks for the first object.
pub(crate) async fn check(source: &Bucket, environment: &Environment) -> Result<()> {
    let store = source.open(environment).await?;
    let first = store.list(source.prefix().as_ref()).next().await;
    first.transpose().map(drop).map_err(|error| fault(error, &source.bucket))
}

/// Takes in every object that is new or has changed, by key.
pub(crate) async fn pull(source: &Bucket, pull: &Pull<'_>, full: bool, pulled: &mut Pulled) -> Result<()> {
    let store = source.open(pull.environment).await?;
    let listed = store.list(source.prefix().as_ref()).try_collect::<Vec<ObjectMeta>>();
    let mut listed = listed.await.map_err(|error| fault(error, &source.bucket))?;
    listed.sort_by(|one, other| one.location.cmp(&other.location));
    for object in listed.into_iter().filter(|object| object.size > 0) {
        let tag = object.e_tag.clone().unwrap_or_else(|| object.last_modified.to_rfc3339());
        let key = object.location.as_ref();
        let known = pull.app.taken_object(&pull.definition.name, key).await?;
        if full || known.is_none_or(|known| known.tag != tag) {
            take(pull, &store, &object, tag, pulled).await?;
        }
    }
    Ok(())
}

/// An object that is refused is remembered too: it is the same when it is asked for again.
async fn take(
    pull: &Pull<'_>,
    store: &AmazonS3,
    object: &ObjectMeta,
    tag: String,
    pulled: &mut Pulled,
) -> Result<()> {
    let definition = pull.definition;
    let key = object.location.as_ref();
    let file = fetch(store, object, &pull.spool).await?;
    let name = object.location.filename().unwrap_or(key);
    let batch = take_file(pull, &file, name, pulled).await?.ok();
    let connection = definition.name.clone();
    let taken = TakenObject { connection, object: key.to_owned(), tag, batch: batch.clone() };
    pull.app.note_pulled(&definition.name, None, Some(&taken), batch.as_ref()).await?;
    tokio::fs::remove_file(file).await?;
    Ok(())
}

async fn fetch(store: &AmazonS3, object: &ObjectMeta, folder: &Path) -> Result<PathBuf> {
    tokio::fs::create_dir_all(folder).await?;
    let path = folder.join("object");
    let mut file = tokio::fs::File::create(&path).await?;
    let key = object.location.as_ref();
    let found = store.get(&object.location).await.map_err(|error| fault(error, key))?;
    let mut parts = found.into_stream();
    while let Some(part) = parts.try_next().await.map_err(|error| fault(error, key))? {
        file.write_all(&part).await?;
    }
    file.flush().await?;
    Ok(path)
}

/// Sentences of the store may repeat addresses, which are signed: they are not repeated.
fn fault(error: object_store::Error, what: &str) -> Fault {
    use object_store::Error as E;
    let fault = match &error {
        E::PermissionDenied { .. } | E::Unauthenticated { .. } => Fault::new(Code::ConnectionLogin, what, ""),
        E::NotFound { .. } => Fault::answer(what, "200"),
        _ => Fault::gone(what),
    };
    Fault { source: Some(error.into()), ..fault }
}
