//! A data directory, a library of two datasets and two models, and the program.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use gnomon_kernel::{Code, Lang};
use serde_json::Value;

/// The header of the dataset `grant`.
pub const HEADER: &str = "身份证号,姓名,发放月份,金额,发放日期,备注";

/// One deployment of its own, removed with the value.
pub struct Bench {
    pub folder: tempfile::TempDir,
    data: PathBuf,
    more: Vec<String>,
}

/// What one call of the program gave back.
pub struct Said {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{error}; stdout: {} stderr: {}", self.out, self.err))
    }

    /// The rows that were listed.
    pub fn rows(&self) -> Vec<Value> {
        self.json().as_array().expect("a list").clone()
    }

    /// The one row that was listed.
    pub fn row(&self) -> Value {
        let mut rows = self.rows();
        assert_eq!(rows.len(), 1, "{} {}", self.out, self.err);
        rows.remove(0)
    }

    /// Ends the test unless the call ended with this status.
    #[track_caller]
    pub fn with_status(self, status: i32) -> Said {
        assert_eq!(self.status, status, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
            err: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
        }
    }
}

impl Bench {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/library");
        Self { folder, data, more: vec!["--library".to_owned(), root.display().to_string()] }
    }

    /// Without the library of these tests.
    pub fn plain() -> Self {
        Self { more: Vec::new(), ..Self::new() }
    }

    /// With one more root of a library, holding these files.
    pub fn with_library(files: &[(&str, &str)]) -> Self {
        let mut bench = Self::new();
        let root = bench.path("more-library");
        for (path, text) in files {
            let place = root.join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        }
        bench.more.extend(["--library".to_owned(), root.display().to_string()]);
        bench
    }

    /// Keeps the data somewhere else.
    pub fn with_data(self, data: PathBuf) -> Self {
        Self { data, ..self }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn data(&self, name: &str) -> PathBuf {
        self.data.join(name)
    }

    /// Writes a file beside the data directory.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path.display().to_string()
    }

    /// Writes the deployment's configuration.
    pub fn configure(&self, text: &str) {
        fs::create_dir_all(&self.data).unwrap();
        fs::write(self.data("gnomon.toml"), text).unwrap();
    }

    /// A call of the program that has not begun.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gnomon"));
        command.args(arguments).arg("--dir").arg(&self.data).args(&self.more).stdin(Stdio::null());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("GNOMON_")) {
            command.env_remove(name);
        }
        command.env("GNOMON_LANG", "en");
        command
    }

    /// Calls the program; what is listed comes as JSON.
    pub fn run(&self, arguments: &[&str]) -> Said {
        let mut command = self.command(arguments);
        command.args(["--format", "json"]).output().unwrap().into()
    }

    /// Calls the program as it stands, listing tables for people.
    pub fn run_for_people(&self, arguments: &[&str]) -> Said {
        self.command(arguments).output().unwrap().into()
    }

    /// Calls the program with no more than so much address space.
    pub fn run_within(&self, mib: u64, arguments: &[&str]) -> Said {
        let plain = self.command(arguments);
        let mut shell = Command::new("sh");
        shell
            .arg("-c")
            .arg(format!("ulimit -v {} && exec \"$0\" \"$@\"", mib << 10))
            // The C library reserves 64 MiB of addresses for each thread that asks it for memory, used or not.
            .env("MALLOC_ARENA_MAX", "1")
            .arg(plain.get_program());
        shell.args(plain.get_args()).args(["--format", "json"]).output().unwrap().into()
    }

    /// Starts the program and does not wait for it.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Takes one file in.
    pub fn intake(&self, dataset: &str, file: &str) -> Said {
        self.run(&["intake", dataset, file])
    }

    /// Writes a text file below the header of `grant` and takes it in; gives the listed row.
    #[track_caller]
    pub fn grants(&self, name: &str, lines: &[String]) -> Value {
        let file = self.file(name, format!("{HEADER}\n{}\n", lines.join("\n")));
        self.intake("grant", &file).with_status(0).row()
    }

    /// Takes a file in that must be refused with this code; nothing may have changed.
    #[track_caller]
    pub fn refuses(&self, dataset: &str, file: &str, code: Code) -> String {
        let before = self.tables();
        let said = self.intake(dataset, file).with_status(1);
        let why = said.row()["refused"].as_str().expect("a reason").to_owned();
        assert!(why.starts_with(&format!("G{} ", code.number())), "{why}");
        assert!(said.row()["batch"].is_null() && said.row()["accepted"].is_null(), "{}", said.out);
        assert_eq!(self.tables(), before, "a refused file changed a table");
        assert_eq!(self.orphans("grant"), Vec::<String>::new());
        let (zh, _) = self.words(code);
        assert!(!zh.is_ascii(), "{zh}");
        why
    }

    /// The words for a code in both languages; ends the test where a language lacks them.
    pub fn words(&self, code: Code) -> (String, String) {
        let [zh, en] =
            [Lang::Zh, Lang::En].map(|lang| gnomon_ui::error_text(lang, code, "…", "…").into_owned());
        assert!(!zh.contains("error-") && !en.contains("error-") && zh != en, "{code}: {zh} {en}");
        (zh, en)
    }

    /// Rows and version of every table that holds data, by key.
    pub fn tables(&self) -> Vec<(String, u64, u64)> {
        let all = self.run(&["dataset", "list"]).with_status(0).rows();
        let held = all.iter().filter(|row| row["rows"] != 0);
        held.map(|row| (row["key"].as_str().unwrap().to_owned(), number(row, "rows"), number(row, "version")))
            .collect()
    }

    /// Rows of one table that models see.
    pub fn table_rows(&self, dataset: &str) -> u64 {
        self.tables().into_iter().find(|(key, ..)| key == dataset).map_or(0, |(_, rows, _)| rows)
    }

    /// The rows that a batch kept apart, as they are stored.
    pub fn rejected(&self, batch: u32) -> Vec<Value> {
        self.left_out(batch)["rows"].as_array().unwrap().clone()
    }

    /// All that is kept of what a batch did not put into its table.
    pub fn left_out(&self, batch: u32) -> Value {
        let text = fs::read_to_string(self.data(&format!("lake/_rejected/{batch:08}-rows.json"))).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// The one row that a batch kept apart: line, column, code.
    #[track_caller]
    pub fn the_rejected(&self, batch: u32) -> (u64, String, Code) {
        let rows = self.rejected(batch);
        assert_eq!(rows.len(), 1, "{rows:?}");
        reason(&rows[0])
    }

    /// Data files of a table that its log does not name.
    pub fn orphans(&self, dataset: &str) -> Vec<String> {
        let folder = self.data("lake").join(dataset);
        let log: String = match fs::read_dir(folder.join("_delta_log")) {
            Ok(entries) => entries.map(|entry| fs::read(entry.unwrap().path()).unwrap()).map(lossy).collect(),
            Err(_) => return Vec::new(),
        };
        let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name());
        let names = files.map(|name| name.to_string_lossy().into_owned());
        names.filter(|name| name.ends_with(".parquet") && !log.contains(name.as_str())).collect()
    }

    /// Runs models; gives one row per model.
    pub fn models(&self, arguments: &[&str]) -> (i32, Vec<Value>) {
        let said = self.run(&[&["run"], arguments].concat());
        (said.status, said.rows())
    }

    /// The findings of the latest run, without the run's own id.
    pub fn findings(&self) -> Vec<Value> {
        let mut rows = self.run(&["findings"]).with_status(0).rows();
        for row in &mut rows {
            row.as_object_mut().unwrap().remove("run");
        }
        rows
    }
}

fn lossy(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A whole number of a listed row.
#[track_caller]
pub fn number(row: &Value, key: &str) -> u64 {
    row[key].as_u64().unwrap_or_else(|| panic!("{key} in {row}"))
}

/// Line, column and code of a row kept apart.
pub fn reason(row: &Value) -> (u64, String, Code) {
    let code = Code::parse(row["code"].as_str().unwrap()).unwrap();
    (number(&row["row"], "line"), row["column"].as_str().unwrap().to_owned(), code)
}

/// Rows, accepted and rejected of an intake; ends the test where they do not add up.
#[track_caller]
pub fn counts(row: &Value) -> (u64, u64, u64) {
    let (rows, accepted, rejected) = (number(row, "rows"), number(row, "accepted"), number(row, "rejected"));
    assert_eq!(rows, accepted + rejected, "{row}");
    (rows, accepted, rejected)
}
