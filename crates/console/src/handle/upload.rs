//! Files that come through the browser: streamed to the data directory's disk, then taken in whole or not at all.

use std::{io, path::Path as FilePath, sync::Arc};

use axum::{
    extract::{
        Multipart, Path, State,
        multipart::{Field, MultipartRejection},
    },
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use gnomon_app::{Delivered, Error};
use gnomon_domain::Action;
use gnomon_httpkit::{Fault, Staff, Visit, redirect};
use gnomon_kernel::{Code, CodeKind, IntakeId};
use gnomon_library::analytics::is_disk_full;
use gnomon_ui::Template as _;
use tempfile::NamedTempFile;
use tokio::{fs::File, io::AsyncWriteExt as _};

use super::{data, may};
use crate::{config::Console, view::form};

/// The longest field beside the file, in bytes.
const FIELD_LIMIT: usize = 1024;
/// The longest file name, in characters.
const NAME_LIMIT: usize = 200;

/// Receives one file for a dataset and begins to take it in. The token comes before the file, so that a stranger's file
/// is not even received.
pub async fn take(
    State(console): State<Console>,
    staff: Staff,
    Path(key): Path<String>,
    body: Result<Multipart, MultipartRejection>,
) -> Result<Response, Fault> {
    if !may(&staff.actor, Action::UploadData) {
        return Err(Error::Forbidden(Code::Forbidden).into());
    }
    let body = body.map_err(|_| Fault::csrf())?;
    let arrived = receive(&console, &staff.visit, body).await?;
    if !console.app().library().datasets.contains_key(&key) {
        return Err(Error::NotFound(Code::DatasetUnknown).into());
    }
    match arrived {
        Some(arrived) => Ok(redirect(&format!("/data/intakes/{}", begin(&console, &staff, key, arrived)))),
        None => refused(&console, &staff, &key, &Error::field("file", Code::Missing)).await,
    }
}

/// The dataset's page with what is wrong with the file; anything else that is wrong has no page of its own.
pub async fn refused(console: &Console, staff: &Staff, key: &str, error: &Error) -> Result<Response, Fault> {
    let code = error.code();
    if code.kind() != CodeKind::File && code != Code::Missing || matches!(error, Error::NotFound(_)) {
        return Err(error.again().into());
    }
    let filled = form::refused_file(error, staff.visit.lang);
    let page = data::filled(console, staff, key, None, filled).await?.render()?;
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    Ok((status, Html(page)).into_response())
}

/// A file that arrived, and its name.
struct Arrived {
    file: NamedTempFile,
    name: String,
    bytes: u64,
    /// Whether it was said to be complete.
    confirmed: bool,
}

async fn receive(console: &Console, visit: &Visit, mut body: Multipart) -> Result<Option<Arrived>, Fault> {
    let (mut is_own, mut confirmed) = (false, false);
    while let Ok(Some(mut field)) = body.next_field().await {
        match field.name().unwrap_or_default() {
            "csrf" => {
                visit.check_token(&short(&mut field).await)?;
                is_own = true;
            }
            "complete" => confirmed = !short(&mut field).await.is_empty(),
            "file" if is_own => {
                let name = file_name(field.file_name().unwrap_or_default());
                if name.is_empty() {
                    return Ok(None);
                }
                let (file, bytes) = store(console, &mut field).await?;
                return Ok(Some(Arrived { file, name, bytes, confirmed }));
            }
            _ => {}
        }
    }
    if is_own { Ok(None) } else { Err(Fault::csrf()) }
}

/// The beginning of a field that ought to be short.
async fn short(field: &mut Field<'_>) -> String {
    let mut bytes = Vec::new();
    while let Ok(Some(chunk)) = field.chunk().await {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > FIELD_LIMIT {
            break;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The bytes on disk, and how many.
async fn store(console: &Console, field: &mut Field<'_>) -> Result<(NamedTempFile, u64), Fault> {
    let config = &console.config;
    let file = new_file(&config.uploads).map_err(not_stored)?;
    let mut writer = File::from_std(file.reopen().map_err(not_stored)?);
    let mut bytes: u64 = 0;
    loop {
        let chunk =
            field.chunk().await.map_err(|_| Fault::from(Error::field("file", Code::FileUnreadable)))?;
        let Some(chunk) = chunk else { break };
        bytes += chunk.len() as u64;
        if bytes > config.upload_limit {
            return Err(Fault::too_large(gnomon_ui::format::size(config.upload_limit)));
        }
        writer.write_all(&chunk).await.map_err(not_stored)?;
    }
    writer.flush().await.map_err(not_stored)?;
    Ok((file, bytes))
}

fn new_file(folder: &FilePath) -> io::Result<NamedTempFile> {
    std::fs::create_dir_all(folder)?;
    tempfile::Builder::new().prefix("upload-").tempfile_in(folder)
}

fn not_stored(error: io::Error) -> Fault {
    match is_disk_full(&error) {
        true => Error::Unavailable { code: Code::DiskFull, source: error.into() }.into(),
        false => Fault::internal(error),
    }
}

/// In a task of its own: it is carried through whoever watches, and says how far it is.
fn begin(console: &Console, staff: &Staff, key: String, arrived: Arrived) -> IntakeId {
    let (app, actor) = (console.app().clone(), staff.actor.clone());
    let id = app.intake_id();
    let running = console.intakes.begin(id.clone(), &key, &arrived.name, arrived.bytes);
    let watched = Arc::clone(&running);
    let work = async move {
        let delivered = Delivered {
            confirmed: arrived.confirmed,
            ..Delivered::new(&key, arrived.file.path(), &arrived.name)
        };
        let batch = app.intake(&actor, &delivered, &|progress| watched.at(progress)).await?;
        watched.links();
        app.request_link(&actor).await?;
        Ok(batch)
    };
    tokio::spawn(async move {
        let end = tokio::spawn(work).await;
        running.ends(end.unwrap_or_else(|error| Err(Error::Internal(error.into()))));
    });
    id
}

/// The last part of the name as it was sent, without anything that could disturb a line of text.
fn file_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(NAME_LIMIT).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_a_name_and_no_path() {
        assert_eq!(file_name("../../etc/发放表.csv"), "发放表.csv");
        assert_eq!(file_name("C:\\桌面\\a\r\nb.xlsx"), "ab.xlsx");
        assert_eq!(file_name(" "), "");
        assert_eq!(file_name(&"长".repeat(500)).chars().count(), NAME_LIMIT);
    }
}
