//! What a pull has read so far, on disk. It grows page by page; each page is kept for good before the next is asked for.
//! Once sealed it never grows, and the delivery made of it is the same bytes whenever it is made again.

use std::{
    fs::{self, File},
    io::{self, BufRead as _, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use flate2::{Compression, GzBuilder};
use gnomon_app::Watermark;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Result, fault::blocking};

const ROWS: &str = "rows";
const PROGRESS: &str = "progress.json";

/// What the lines of a spool are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Form {
    /// A JSON object each.
    Objects,
    /// A file as it came.
    Text,
}

/// What is kept beside the rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Progress {
    /// What is read, and from where on; a spool of anything else is of no use.
    of: String,
    /// Names the delivery; no other pull has it.
    id: String,
    form: Form,
    /// Watermark and edge up to which rows are here.
    mark: Option<(String, String)>,
    rows: u64,
    bytes: u64,
    sealed: bool,
    /// Whether the source has more than this.
    more: bool,
}

/// Rows on their way.
#[derive(Debug)]
pub(crate) struct Spool {
    folder: PathBuf,
    rows: BufWriter<File>,
    progress: Progress,
    /// Rows and bytes that were written since the last page was kept.
    loose: (u64, u64),
}

/// A spool as one file.
#[derive(Debug)]
pub(crate) struct Packed {
    /// Where it is.
    pub path: PathBuf,
    /// The file's name.
    pub name: String,
    /// SHA-256 of the rows, in hex, whatever the delivery is called.
    pub digest: String,
}

impl Spool {
    /// Goes on with the spool in this folder if it is `of` the same, else begins one named `id`.
    pub async fn open(folder: &Path, of: &str, id: &str, form: Form) -> Result<Spool> {
        let (folder, of, id) = (folder.to_owned(), of.to_owned(), id.to_owned());
        let fresh = Progress { of, id, form, mark: None, rows: 0, bytes: 0, sealed: false, more: false };
        blocking(move || open(folder, fresh)).await
    }

    /// Up to where the source has been read; `None` when nothing of it has.
    pub fn mark(&self) -> Option<Watermark> {
        let (value, edge) = self.progress.mark.clone()?;
        Some(Watermark { value, edge })
    }

    pub fn rows(&self) -> u64 {
        self.progress.rows
    }

    /// Rows that were added since the last page was kept.
    pub fn loose_rows(&self) -> u64 {
        self.loose.0
    }

    /// Whether nothing came.
    pub fn is_empty(&self) -> bool {
        self.progress.bytes == 0
    }

    /// Whether nothing is to be added.
    pub fn is_sealed(&self) -> bool {
        self.progress.sealed
    }

    /// Whether the source has more than what was sealed.
    pub fn has_more(&self) -> bool {
        self.progress.more
    }

    /// Adds a row of one line, not yet for good.
    pub fn push_row(&mut self, line: &str) -> io::Result<()> {
        self.rows.write_all(line.as_bytes())?;
        self.rows.write_all(b"\n")?;
        self.loose = (self.loose.0 + 1, self.loose.1 + line.len() as u64 + 1);
        Ok(())
    }

    /// Adds a part of a file, not yet for good.
    pub fn push_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.rows.write_all(bytes)?;
        self.loose.1 += bytes.len() as u64;
        Ok(())
    }

    /// Takes back whatever was added since the last page was kept.
    pub fn take_back(&mut self) -> io::Result<()> {
        self.rows.flush()?;
        self.loose = (0, 0);
        cut(self.rows.get_mut(), self.progress.bytes)
    }

    /// Keeps what was added, for good.
    pub async fn keep(&mut self, mark: Option<Watermark>) -> Result<()> {
        self.rows.flush()?;
        let rows = self.rows.get_ref().try_clone()?;
        blocking(move || rows.sync_data()).await?;
        self.progress.rows += self.loose.0;
        self.progress.bytes += self.loose.1;
        self.loose = (0, 0);
        self.progress.mark = mark.map(|mark| (mark.value, mark.edge)).or(self.progress.mark.take());
        self.write_progress().await
    }

    /// From here on nothing is added. `more`: the source has more.
    pub async fn seal(&mut self, more: bool) -> Result<()> {
        (self.progress.sealed, self.progress.more) = (true, more);
        self.write_progress().await
    }

    /// As one file, named after the pull: the same spool gives the same bytes, and no other spool does.
    pub async fn pack(&self) -> Result<Packed> {
        let (folder, progress) = (self.folder.clone(), self.progress.clone());
        blocking(move || pack(&folder, &progress)).await
    }

    /// Nothing of it stays.
    pub async fn finish(self) -> Result<()> {
        blocking(move || fs::remove_dir_all(&self.folder)).await
    }

    async fn write_progress(&self) -> Result<()> {
        let (folder, progress) = (self.folder.clone(), self.progress.clone());
        blocking(move || write_progress(&folder, &progress)).await
    }
}

fn open(folder: PathBuf, fresh: Progress) -> io::Result<Spool> {
    let kept = fs::read(folder.join(PROGRESS)).ok();
    let kept = kept.and_then(|bytes| serde_json::from_slice::<Progress>(&bytes).ok());
    let progress = match kept.filter(|kept| kept.of == fresh.of) {
        // Without a mark nobody knows where to go on.
        Some(kept) if kept.sealed || kept.mark.is_some() => kept,
        _ => {
            if folder.exists() {
                fs::remove_dir_all(&folder)?;
            }
            fs::create_dir_all(&folder)?;
            fresh
        }
    };
    let mut rows =
        File::options().create(true).truncate(false).read(true).write(true).open(folder.join(ROWS))?;
    cut(&mut rows, progress.bytes)?;
    Ok(Spool { folder, rows: BufWriter::with_capacity(1 << 20, rows), progress, loose: (0, 0) })
}

fn cut(rows: &mut File, bytes: u64) -> io::Result<()> {
    rows.set_len(bytes)?;
    rows.seek(SeekFrom::Start(bytes))?;
    Ok(())
}

fn write_progress(folder: &Path, progress: &Progress) -> io::Result<()> {
    let unfinished = folder.join("progress.unfinished");
    let mut file = File::create(&unfinished)?;
    file.write_all(&serde_json::to_vec(progress)?)?;
    file.sync_all()?;
    fs::rename(&unfinished, folder.join(PROGRESS))?;
    File::open(folder)?.sync_all()
}

fn pack(folder: &Path, progress: &Progress) -> io::Result<Packed> {
    let ending = match progress.form {
        Form::Objects => "json",
        Form::Text => "csv",
    };
    let name = format!("{}.{ending}", progress.id);
    let path = folder.join("delivery");
    let mut packed =
        GzBuilder::new().filename(name.as_str()).write(File::create(&path)?, Compression::fast());
    let rows = BufReader::new(File::open(folder.join(ROWS))?).take(progress.bytes);
    let mut digest = Sha256::new();
    match progress.form {
        Form::Objects => pack_objects(rows, progress.rows, &mut packed, &mut digest)?,
        Form::Text => pack_text(rows, &mut packed, &mut digest)?,
    }
    packed.finish()?.sync_all()?;
    let digest = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Packed { path, name: format!("{name}.gz"), digest })
}

/// One object a line. A row that stands alone is put into an array, for it may be taken for a wrapping around a list in it.
fn pack_objects(
    mut rows: io::Take<BufReader<File>>,
    count: u64,
    packed: &mut impl io::Write,
    digest: &mut Sha256,
) -> io::Result<()> {
    let (before, after): (&[u8], &[u8]) = if count == 1 { (b"[", b"]\n") } else { (b"", b"\n") };
    let mut line = Vec::new();
    while rows.read_until(b'\n', &mut line)? > 0 {
        digest.update(&line);
        packed.write_all(before)?;
        packed.write_all(line.trim_ascii_end())?;
        packed.write_all(after)?;
        line.clear();
    }
    Ok(())
}

fn pack_text(
    mut rows: io::Take<BufReader<File>>,
    packed: &mut impl io::Write,
    digest: &mut Sha256,
) -> io::Result<()> {
    let mut part = vec![0; 64 << 10];
    loop {
        match rows.read(&mut part)? {
            0 => return Ok(()),
            length => {
                digest.update(&part[..length]);
                packed.write_all(&part[..length])?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(value: &str) -> Option<Watermark> {
        Some(Watermark { value: value.into(), edge: "1:0".into() })
    }

    #[tokio::test]
    async fn what_was_not_kept_is_gone_and_the_rest_is_the_same_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("s");
        let mut spool = Spool::open(&folder, "a", "one", Form::Objects).await.unwrap();
        spool.push_row("{\"n\":1}").unwrap();
        spool.keep(mark("1")).await.unwrap();
        spool.push_row("{\"n\":2}").unwrap();
        drop(spool);
        let mut spool = Spool::open(&folder, "a", "two", Form::Objects).await.unwrap();
        assert_eq!((spool.rows(), spool.mark()), (1, mark("1")));
        spool.push_row("{\"n\":3}").unwrap();
        spool.take_back().unwrap();
        spool.push_row("{\"n\":4}").unwrap();
        spool.keep(mark("4")).await.unwrap();
        spool.seal(false).await.unwrap();
        let first = spool.pack().await.unwrap();
        assert_eq!(first.name, "one.json.gz");
        let bytes = fs::read(&first.path).unwrap();
        let again = Spool::open(&folder, "a", "three", Form::Objects).await.unwrap();
        assert!(again.is_sealed());
        let second = again.pack().await.unwrap();
        assert_eq!((fs::read(&second.path).unwrap(), second.digest), (bytes.clone(), first.digest));
        let mut text = String::new();
        flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
        assert_eq!(text, "{\"n\":1}\n{\"n\":4}\n");
        assert_eq!(Spool::open(&folder, "b", "four", Form::Objects).await.unwrap().rows(), 0);
    }

    #[tokio::test]
    async fn a_row_alone_is_in_an_array() {
        let dir = tempfile::tempdir().unwrap();
        let mut spool = Spool::open(&dir.path().join("s"), "a", "one", Form::Objects).await.unwrap();
        spool.push_row(r#"{"list":[{"n":1}]}"#).unwrap();
        spool.keep(None).await.unwrap();
        spool.seal(false).await.unwrap();
        let mut text = String::new();
        let packed = File::open(spool.pack().await.unwrap().path).unwrap();
        flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
        assert_eq!(text, "[{\"list\":[{\"n\":1}]}]\n");
    }
}
