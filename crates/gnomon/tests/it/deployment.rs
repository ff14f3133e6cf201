//! The machine: newer data, a taken port, a full disk, configuration.

use std::{fs, net::TcpListener, path::Path, process::Command};

use gnomon_kernel::Code;

use crate::{
    bench::{Bench, HEADER, counts},
    people::grant,
};

#[test]
fn a_data_directory_of_a_newer_version_is_left_alone() {
    let bench = Bench::new();
    bench.grants("a.csv", &[grant(1, "2024-01", "500")]);
    let newer = "update meta set value = '999' where key = 'schema'";
    let changed = Command::new("sqlite3").arg(bench.data("gnomon.db")).arg(newer).status();
    if !changed.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: the program sqlite3 is not here, a newer data directory was not tested");
        return;
    }
    let before = fs::read(bench.data("gnomon.db")).unwrap();
    let file = bench.file("b.csv", format!("{HEADER}\n{}\n", grant(2, "2024-01", "1")));
    for arguments in [
        vec!["dataset", "list"],
        vec!["intake", "grant", &file],
        vec!["run", "--all"],
        vec!["migrate"],
        vec!["serve"],
    ] {
        let said = bench.run(&arguments).with_status(1);
        assert!(said.err.contains("G1401"), "{arguments:?}: {}", said.err);
    }
    let doctor = bench.run(&["doctor"]).with_status(1);
    assert!(doctor.out.contains("newer version"), "{}", doctor.out);
    assert_eq!(fs::read(bench.data("gnomon.db")).unwrap(), before);
}

#[test]
fn a_port_that_is_taken() {
    let bench = Bench::plain();
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = holder.local_addr().unwrap().to_string();
    let said = bench.run(&["serve", "--listen", &address]).with_status(1);
    assert!(said.err.contains("G1403") && said.err.contains(&address), "{}", said.err);
    assert_eq!(said.out, "");
    let said = bench.run(&["serve", "--listen", "here"]).with_status(1);
    assert!(said.err.contains("here"), "{}", said.err);
}

/// What the engine itself takes for a table without rows.
#[test]
fn a_data_file_that_is_missing_is_named_by_whatever_reads_it() {
    let bench = Bench::new();
    bench.grants("a.csv", &[grant(1, "2024-01", "500")]);
    let entries = fs::read_dir(bench.data("lake/grant")).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = entries.filter(|path| path.is_file()).collect();
    let [data] = files.as_slice() else { panic!("{files:?}") };
    fs::remove_file(data).unwrap();
    let file = bench.file("b.csv", format!("{HEADER}\n{}\n", grant(2, "2024-01", "1")));
    let words = format!("G1406 The data file grant/{} is missing,", data.file_name().unwrap().display());
    for arguments in [vec!["intake", "grant", &file], vec!["run", "--all"], vec!["doctor"]] {
        let said = bench.run(&arguments).with_status(1);
        let all = format!("{}{}", said.out, said.err);
        assert!(all.contains(&words), "{arguments:?}: {all}");
    }
    bench.words(Code::DataFileGone);
    bench.run(&["dataset", "rebuild", "grant"]).with_status(0);
    bench.intake("grant", &file).with_status(0);
    assert_eq!(bench.table_rows("grant"), 2);
}

#[test]
fn configuration_with_a_slip() {
    let bench = Bench::plain();
    bench.configure("[run]\nsecnds = 3\n");
    let said = bench.run(&["config", "check"]).with_status(1);
    assert!(said.err.contains("unknown key run.secnds") && said.err.contains("gnomon.toml"), "{}", said.err);
    bench.configure("[run]\nseconds = 3\n");
    let shown = bench.run(&["config", "show"]).with_status(0).rows();
    let seconds = shown.iter().find(|row| row["key"] == "run.seconds").unwrap();
    assert_eq!(seconds["value"], "3");
    assert!(seconds["origin"].as_str().unwrap().ends_with("gnomon.toml"));
}

/// A small file system that goes away with the value.
struct Disk<'a>(&'a Path);

impl<'a> Disk<'a> {
    /// `None` where mounting is not allowed.
    fn mount(folder: &'a Path, mib: u32) -> Option<Self> {
        fs::create_dir_all(folder).unwrap();
        let size = format!("size={mib}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(folder))
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).output();
    }
}

#[test]
fn a_full_disk_during_intake() {
    let bench = Bench::new();
    let folder = bench.path("disk");
    let Some(_disk) = Disk::mount(&folder, 48) else {
        eprintln!("SKIPPED: a tmpfs cannot be mounted here, the full disk was not tested");
        return;
    };
    let data = folder.join("data");
    let bench = bench.with_data(data.clone());
    bench.grants("first.csv", &[grant(9, "2023-12", "900")]);
    let lines: Vec<String> = (0..60_000).map(|n| grant(n, "2024-01", "500")).collect();
    let file = bench.file("large.csv", format!("{HEADER}\n{}\n", lines.join("\n")));
    let size = fs::metadata(&file).unwrap().len();
    let ballast = data.join("ballast");
    // No room for the delivered bytes; room for them and little else; next to none.
    for room in [size / 2, size + (600 << 10), 64 << 10] {
        fill(&folder, &ballast, room);
        let said = bench.intake("grant", &file).with_status(1);
        assert!(
            said.err.contains("G1402") || said.out.contains("G1402"),
            "room {room}: {} {}",
            said.out,
            said.err
        );
        fs::remove_file(&ballast).unwrap();
        assert_eq!(bench.table_rows("grant"), 1, "room {room}");
        assert_eq!(bench.orphans("grant"), Vec::<String>::new(), "room {room}");
        let left: Vec<_> = fs::read_dir(data.join("tmp")).unwrap().collect();
        assert!(left.is_empty(), "room {room}: {left:?}");
    }
    bench.words(Code::DiskFull);
    assert_eq!(counts(&bench.intake("grant", &file).with_status(0).row()), (60_000, 60_000, 0));
    assert_eq!(bench.table_rows("grant"), 60_001);
}

/// Takes up what is free in `folder` but for `room` bytes.
fn fill(folder: &Path, ballast: &Path, room: u64) {
    let said = Command::new("df").args(["--output=avail", "-B1"]).arg(folder).output().unwrap();
    let free: u64 = String::from_utf8(said.stdout).unwrap().lines().nth(1).unwrap().trim().parse().unwrap();
    let bytes = free.saturating_sub(room);
    assert!(
        Command::new("fallocate").arg("-l").arg(bytes.to_string()).arg(ballast).status().unwrap().success()
    );
}
