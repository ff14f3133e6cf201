//! From a spool, or a file, to a delivery.

use std::path::Path;

use gnomon_app::{App, Delivered, Origin, TakenObject};
use gnomon_kernel::BatchId;

use crate::{
    Definition, Result,
    folder::is_of_the_file,
    pull::{Pull, Pulled},
    spool::Spool,
};

/// The most rows of one delivery.
pub(crate) const MOST_ROWS: u64 = 1_000_000;

/// Takes in what was sealed, and only then writes down that it was. A crash in between repeats the delivery, which is then
/// known. `object`: what the rows came from where they are all of it, and its tag; the same rows again are no delivery.
pub(crate) async fn deliver(
    app: &App,
    definition: &Definition,
    spool: Spool,
    object: Option<(String, Option<String>)>,
    pulled: &mut Pulled,
) -> Result<()> {
    let (name, rows) = (&definition.name, spool.rows());
    let packed = spool.pack().await?;
    let mut batch = None;
    let known = match &object {
        Some((object, _)) => app.taken_object(name, &content_of(object)).await?,
        None => None,
    };
    let is_same = known.is_some_and(|known| known.tag == packed.digest);
    if !is_same && !spool.is_empty() {
        // What came since the last time may be much or little.
        let file = Delivered {
            gathered: object.is_none(),
            origin: Origin::Link,
            ..Delivered::new(&definition.dataset, &packed.path, &packed.name)
        };
        let taken = app.take_in_once(&app.connection_actor(name), &file).await?;
        pulled.note(&taken);
        batch = Some(taken.id);
    }
    tracing::debug!(connection = name, rows, same = is_same, "pulled");
    if let Some((object, tag)) = object {
        let content = TakenObject {
            connection: name.clone(),
            object: content_of(&object),
            tag: packed.digest,
            batch: batch.clone(),
        };
        app.note_pulled(name, None, Some(&content), batch.as_ref()).await?;
        if let Some(tag) = tag {
            let taken = TakenObject { connection: name.clone(), object, tag, batch: batch.clone() };
            app.note_pulled(name, None, Some(&taken), None).await?;
        }
    } else {
        app.note_pulled(name, spool.mark(), None, batch.as_ref()).await?;
    }
    spool.finish().await
}

/// Takes a fetched file in as it is. One that is in already is the batch that it is; within, why the file itself is refused.
pub(crate) async fn take_file(
    pull: &Pull<'_>,
    file: &Path,
    name: &str,
    pulled: &mut Pulled,
) -> Result<Result<BatchId>> {
    let actor = pull.app.connection_actor(&pull.definition.name);
    let delivered =
        Delivered { origin: Origin::Link, ..Delivered::new(&pull.definition.dataset, file, name) };
    match pull.app.take_in_once(&actor, &delivered).await {
        Ok(batch) => {
            pulled.note(&batch);
            Ok(Ok(batch.id))
        }
        Err(error) if is_of_the_file(error.code()) => {
            pulled.refused += 1;
            Ok(Err(error.into()))
        }
        Err(error) => Err(error.into()),
    }
}

/// Under this name the digest of the content is kept.
fn content_of(object: &str) -> String {
    format!("{object} sha256")
}
