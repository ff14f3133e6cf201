//! A real OpenSSH server (`scripts/with-sshd.sh`). Every pull that meets something new waits a minute for it to rest, so each
//! test does much with one.

use std::{
    fs::{self, File},
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use gnomon_connect::{Fault, Pulled};
use gnomon_kernel::Code;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use url::Url;

use crate::world::World;

/// A folder of its own that the server serves.
struct Host {
    world: World,
    address: Url,
    folder: PathBuf,
}

impl Host {
    /// `None` where there is no server.
    async fn new(name: &str) -> Option<Host> {
        let address: Url = std::env::var("GNOMON_TEST_SFTP").ok()?.parse().unwrap();
        let folder = Path::new(address.path()).join("files").join(name);
        fs::create_dir(&folder).unwrap();
        // The server may be another account than the tests.
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
        let host = Host { world: World::new().await, address, folder };
        host.describe(&[]);
        Some(host)
    }

    fn beside(&self, name: &str) -> PathBuf {
        Path::new(self.address.path()).join(name)
    }

    /// Writes the connection's file; each change is of a key, `""` leaves it out.
    fn describe(&self, changes: &[(&str, &str)]) {
        let text = |path: PathBuf| path.to_str().unwrap().to_owned();
        let mut keys = vec![
            ("host", self.address.host_str().unwrap().to_owned()),
            ("port", self.address.port().unwrap().to_string()),
            ("user", self.address.username().to_owned()),
            ("path", text(self.folder.clone())),
            ("identity_file", text(self.beside("key"))),
            ("known_hosts", text(self.beside("known_hosts"))),
        ];
        for (key, value) in changes {
            keys.retain(|(known, _)| known != key);
            keys.push((key, (*value).to_owned()));
        }
        let mut file = "kind = \"sftp\"\n".to_owned();
        for (key, value) in keys.into_iter().filter(|(_, value)| !value.is_empty()) {
            match value.parse::<u16>() {
                Ok(number) => file.push_str(&format!("{key} = {number}\n")),
                Err(_) => file.push_str(&format!("{key} = '{value}'\n")),
            }
        }
        self.world.file("office", &file);
    }

    /// Other keys of hosts for the connection to know.
    fn known_hosts(&self, lines: &str) -> String {
        let path = self.world.bench.dir.path().join("known_hosts");
        fs::write(&path, lines).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).unwrap();
    }

    fn names(&self, below: &str) -> Vec<String> {
        let entries = fs::read_dir(self.folder.join(below)).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    async fn pull(&self) -> Result<Pulled, Fault> {
        self.world.pull("office").await
    }

    async fn code(&self, changes: &[(&str, &str)]) -> Code {
        self.describe(changes);
        let fault = self.pull().await.unwrap_err();
        let definition = self.world.connections.find("office").await.unwrap();
        assert_eq!(self.world.connections.check(&definition).await.unwrap_err().code, fault.code);
        fault.code
    }

    /// What was taken in, in some order of names.
    async fn delivered(&self) -> Vec<String> {
        let mut delivered = self.world.delivered().await;
        delivered.sort();
        delivered
    }
}

fn batches(pulled: &Pulled) -> (u64, u64) {
    (pulled.batches, pulled.refused)
}

#[tokio::test]
async fn every_reason_not_to_be_let_in_is_told_apart() {
    let Some(host) = Host::new("reasons").await else { return };
    assert_eq!(batches(&host.pull().await.unwrap()), (0, 0), "an empty folder");
    let known = fs::read_to_string(host.beside("known_hosts")).unwrap();
    let nobody = host.known_hosts("");
    assert_eq!(host.code(&[("known_hosts", &nobody)]).await, Code::ConnectionHostUnknown);
    let stranger = fs::read_to_string(host.beside("stranger.pub")).unwrap();
    let (name, _) = known.split_once(' ').unwrap();
    let other = host.known_hosts(&format!("{name} {stranger}"));
    assert_eq!(host.code(&[("known_hosts", &other)]).await, Code::ConnectionHostChanged);
    let stranger = host.beside("stranger").to_str().unwrap().to_owned();
    assert_eq!(host.code(&[("identity_file", &stranger)]).await, Code::ConnectionKey);
    assert_eq!(host.code(&[("identity_file", "nowhere")]).await, Code::ConnectionFile);
    assert_eq!(host.code(&[("path", "/nowhere")]).await, Code::ConnectionPath);
    assert_eq!(host.code(&[("path", host.beside("key").to_str().unwrap())]).await, Code::ConnectionPath);
    assert_eq!(host.code(&[("port", "1")]).await, Code::ConnectionGone);
    assert_eq!(host.code(&[("host", "nowhere.invalid")]).await, Code::ConnectionGone);
    assert!(!Path::new("proxied").exists());
    host.describe(&[("host", "-oProxyCommand=touch proxied")]);
    assert_eq!(host.pull().await.unwrap_err().code, Code::ConnectionFile);
    assert!(!Path::new("proxied").exists());
}

#[tokio::test]
async fn files_are_taken_once_whatever_they_are_called_and_again_when_they_change() {
    let Some(host) = Host::new("once").await else { return };
    for (name, text) in [
        (" 张三 \"a' [1]*{b}.csv", "one"),
        ("-r.csv", "two"),
        ("#x ~y;$(z).csv", "three"),
        ("odd.csv", "refused"),
        ("a.txt", "of another pattern"),
        (".hidden.csv", "x"),
        ("c.csv.part", "x"),
        ("empty.csv", ""),
        ("line\nbreak.csv", "x"),
        ("grows.csv", "begun"),
    ] {
        host.write(name, text);
    }
    fs::create_dir(host.folder.join("d.csv")).unwrap();
    std::os::unix::fs::symlink("odd.csv", host.folder.join("link.csv")).unwrap();
    host.world.refuse("odd.csv");
    host.describe(&[("glob", "*.csv")]);
    let grows = host.folder.join("grows.csv");
    let writing = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_secs(30)).await;
        File::options().append(true).open(grows).unwrap().write_all(b", goes on").unwrap();
    });
    // What can be taken is, and then the one that has no name is told.
    let fault = host.pull().await.unwrap_err();
    writing.await.unwrap();
    assert_eq!((fault.code, fault.expected.as_str()), (Code::ConnectionName, "1"));
    assert_eq!(fault.found, "line\u{fffd}break.csv");
    assert_eq!(host.delivered().await, ["one", "three", "two"]);
    fs::remove_file(host.folder.join("line\nbreak.csv")).unwrap();
    host.write("-r.csv", "two, mended");
    assert_eq!(batches(&host.pull().await.unwrap()), (2, 0));
    assert_eq!(host.delivered().await, ["begun, goes on", "one", "three", "two", "two, mended"]);
    assert_eq!(batches(&host.pull().await.unwrap()), (0, 0), "nothing is new, and nothing is waited for");
    assert_eq!(host.names("").len(), 11, "nothing is changed on the host");
}

#[tokio::test]
async fn files_that_were_dealt_with_are_moved_where_that_is_asked() {
    let Some(host) = Host::new("moved").await else { return };
    host.describe(&[("after", "move")]);
    let definition = host.world.connections.find("office").await.unwrap();
    host.world.connections.check(&definition).await.unwrap();
    assert_eq!(host.names(""), ["refused", "taken"]);
    host.write("taken/a b.csv", "of last year");
    host.write("a b.csv", "one");
    host.write("b.csv", "two");
    host.world.refuse("b.csv");
    assert_eq!(batches(&host.pull().await.unwrap()), (1, 1));
    assert_eq!(host.names(""), ["refused", "taken"]);
    assert_eq!(host.names("taken"), ["a b (2).csv", "a b.csv"]);
    assert_eq!(host.names("refused"), ["b.csv", "b.csv.reason.txt"]);
    assert_eq!(fs::read_to_string(host.folder.join("taken/a b.csv")).unwrap(), "of last year");
    let reason = fs::read_to_string(host.folder.join("refused/b.csv.reason.txt")).unwrap();
    assert!(reason.starts_with("G1107 header-unknown\n"), "{reason}");
}

#[tokio::test]
async fn two_thousand_files_are_listed_and_hundreds_fetched_in_one_pull() {
    let Some(host) = Host::new("many").await else { return };
    for number in 0..2_000 {
        let of = if number % 8 == 0 { "pay" } else { "other" };
        host.write(&format!("{of}_{number:04}.csv"), &format!("row {number}"));
    }
    host.describe(&[("glob", "pay_????.csv")]);
    assert_eq!(batches(&host.pull().await.unwrap()), (250, 0));
    assert_eq!(batches(&host.pull().await.unwrap()), (0, 0));
}

/// Between a connection and the server: lets so many bytes through to the connection, then ends everything.
async fn proxy(to: String, left: Arc<AtomicU64>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (near, _) = listener.accept().await.unwrap();
            let (far, left) = (TcpStream::connect(&to).await.unwrap(), left.clone());
            tokio::spawn(async move {
                let ((mut from_near, mut to_near), (mut from_far, mut to_far)) =
                    (near.into_split(), far.into_split());
                let up = tokio::spawn(async move { tokio::io::copy(&mut from_near, &mut to_far).await });
                let mut part = vec![0; 16 << 10];
                while let Ok(length) = from_far.read(&mut part).await {
                    let taken = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                        left.checked_sub(length as u64)
                    });
                    if length == 0 || taken.is_err() || to_near.write_all(&part[..length]).await.is_err() {
                        break;
                    }
                }
                up.abort();
            });
        }
    });
    port
}

#[tokio::test]
async fn a_server_that_goes_away_in_the_middle_leaves_no_half_file() {
    let Some(host) = Host::new("cut").await else { return };
    let left = Arc::new(AtomicU64::new(4 << 20));
    let (name, port) = (host.address.host_str().unwrap(), host.address.port().unwrap());
    let through = proxy(format!("{name}:{port}"), left.clone()).await.to_string();
    let known = fs::read_to_string(host.beside("host.pub")).unwrap();
    let known = format!("[{name}]:{through} {known}");
    host.describe(&[("port", &through), ("known_hosts", &host.known_hosts(&known))]);
    let text = "0123456789abcde\n".repeat(1 << 20);
    host.write("large.csv", &text);
    host.write("a.csv", "small");
    let fault = host.pull().await.unwrap_err();
    assert_eq!(fault.code, Code::ConnectionGone, "{fault:?}");
    assert!(host.delivered().await.is_empty());
    let state = host.world.state("office").await;
    assert_eq!((state.failures, state.last_error.unwrap().code), (1, Code::ConnectionGone));
    left.store(u64::MAX, Ordering::SeqCst);
    assert_eq!(batches(&host.pull().await.unwrap()), (2, 0));
    let delivered = host.delivered().await;
    assert_eq!((delivered[0].len(), delivered[1].as_str()), (text.len(), "small"));
    assert!(delivered[0] == text);
}

#[tokio::test]
async fn a_pull_that_takes_too_long_ends_and_nothing_runs_on() {
    let Some(host) = Host::new("slow").await else { return };
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = silent.local_addr().unwrap().port().to_string();
    host.describe(&[("port", &port), ("timeout", "2s")]);
    assert_eq!(host.pull().await.unwrap_err().code, Code::ConnectionTime);
    // The program is gone with the pull; what it began gives up by itself.
    let (mut line, _) = silent.accept().await.unwrap();
    let mut said = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(40), line.read_to_end(&mut said)).await;
    assert!(ended.is_ok() && said.starts_with(b"SSH-2.0-"), "{said:?}");
}
