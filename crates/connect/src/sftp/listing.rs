//! What `ls -ln` of OpenSSH's `sftp` says. Locale C: every byte that cannot be printed is three octal digits.

/// The most of a name that is told.
const TOLD: usize = 80;
const STAMP: usize = 12;
const MONTHS: [&[u8]; 12] =
    [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];

/// A folder of the host.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Listing {
    /// Its files, by name.
    pub files: Vec<Entry>,
    /// Names of files that cannot be used, as far as they can be told.
    pub odd: Vec<String>,
}

/// A file of the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub name: String,
    pub bytes: u64,
    /// When it was changed, to the minute, or to the day when that is half a year ago.
    pub stamp: String,
}

impl Entry {
    /// What tells whether the file has changed.
    pub fn tag(&self) -> String {
        format!("{} {}", self.bytes, self.stamp)
    }
}

impl Listing {
    /// Reads what was said; lines that repeat commands are passed over. `None` when it is no listing.
    pub fn read(said: &[u8]) -> Option<Listing> {
        let mut listing = Listing::default();
        // Kind and raw name; a line that is none of `ls` belongs to the name before it, which had a line break.
        let mut lines: Vec<Line> = Vec::new();
        for text in said.split(|byte| *byte == b'\n').filter(|text| !text.starts_with(super::ECHO)) {
            match (line(text), lines.last_mut()) {
                (Some(line), _) => lines.push(line),
                (None, Some(before)) => {
                    before.name.push(b'\n');
                    before.name.extend_from_slice(text);
                }
                (None, None) if text.is_empty() => {}
                (None, None) => return None,
            }
        }
        // After the last line there is a line break and nothing.
        if let Some(last) = lines.last_mut() {
            last.name.pop_if(|byte| *byte == b'\n');
        }
        for Line { name, bytes, stamp, .. } in lines.into_iter().filter(|line| line.is_file) {
            match plain(&name) {
                Ok(name) => listing.files.push(Entry { name, bytes, stamp }),
                Err(name) => listing.odd.push(name),
            }
        }
        listing.files.sort_by(|one, other| one.name.cmp(&other.name));
        Some(listing)
    }

    /// Whether a file is there and has not changed.
    pub fn holds(&self, entry: &Entry) -> bool {
        let found = self.files.binary_search_by(|known| known.name.cmp(&entry.name));
        found.is_ok_and(|at| self.files.get(at) == Some(entry))
    }
}

struct Line {
    is_file: bool,
    bytes: u64,
    stamp: String,
    name: Vec<u8>,
}

/// `-rw-r--r--    ? root     root            1 Nov 22 20:47 name`. Names of groups may hold spaces, so the moment is looked
/// for; one space after it the name begins, which may begin with spaces of its own.
fn line(text: &[u8]) -> Option<Line> {
    let kind = *text.first().filter(|kind| b"-dlbcps?".contains(kind))?;
    // The kind and nine rights.
    for at in 10..text.len().checked_sub(STAMP)? {
        let (before, rest) = text.split_at_checked(at)?;
        let (stamp, rest) = rest.split_at_checked(STAMP)?;
        let (Some(b' '), Some(before), true) = (rest.first(), before.strip_suffix(b" "), is_stamp(stamp))
        else {
            continue;
        };
        let digits = before.rsplit(|byte| *byte == b' ').next()?;
        let Some(bytes) = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok()) else {
            continue;
        };
        let stamp = String::from_utf8_lossy(stamp).into_owned();
        // A server that does not say what it is: fetching it will tell.
        let is_file = matches!(kind, b'-' | b'?');
        return Some(Line { is_file, bytes, stamp, name: rest.get(1..)?.to_owned() });
    }
    None
}

/// `Nov 22 20:47`, `Jan  1  2020`.
fn is_stamp(text: &[u8]) -> bool {
    let (Some(month), Some(rest)) = (text.get(..3), text.get(3..)) else { return false };
    let shape: Vec<u8> = rest.iter().map(|byte| if byte.is_ascii_digit() { b'0' } else { *byte }).collect();
    let known: [&[u8]; 4] = [b" 00 00:00", b"  0 00:00", b" 00  0000", b"  0  0000"];
    MONTHS.contains(&month) && known.contains(&shape.as_slice())
}

/// The name as it is; else, as far as it can be told, what is no name that can be fetched and kept.
fn plain(raw: &[u8]) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(raw.len());
    let (mut rest, mut is_odd) = (raw, false);
    while let Some((first, after)) = rest.split_first() {
        let escaped = after.get(..3).filter(|_| *first == b'\\').and_then(octal);
        match escaped {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(3..).unwrap_or_default();
            }
            None => {
                // A backslash of the name itself cannot be told from one that stands for a byte.
                is_odd |= matches!(first, b'\\' | b'/');
                bytes.push(*first);
                rest = after;
            }
        }
    }
    let told = String::from_utf8_lossy(&bytes).replace(char::is_control, "\u{fffd}");
    match String::from_utf8(bytes) {
        Ok(name) if !is_odd && !name.is_empty() && !name.contains(char::is_control) => Ok(name),
        _ => Err(told.chars().take(TOLD).collect()),
    }
}

/// A byte that cannot be printed.
fn octal(digits: &[u8]) -> Option<u8> {
    let digits =
        std::str::from_utf8(digits).ok().filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    u8::from_str_radix(digits, 8).ok().filter(|byte| !byte.is_ascii_graphic() && *byte != b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(said: &str) -> (Vec<String>, Vec<String>) {
        let listing = Listing::read(said.as_bytes()).unwrap();
        (listing.files.into_iter().map(|entry| entry.name).collect(), listing.odd)
    }

    #[test]
    fn files_with_their_bytes_and_moments() {
        let said = "sftp> cd /x\nsftp> ls -ln\n\
            -rw-r--r--    ? 1000     domain users      17 Nov 22 20:47 b.csv\n\
            -rw-r--r--    1 0        0        5368709120 Jan  1  2020 a.csv\n\
            lrwxrwxrwx    ? 0        0               9 Nov 22 20:47 link.csv\n\
            drwxr-xr-x    ? 0        0            4096 Nov  2 20:47 taken\n";
        let listing = Listing::read(said.as_bytes()).unwrap();
        let entry = |name: &str, bytes, stamp: &str| Entry { name: name.into(), bytes, stamp: stamp.into() };
        let big = entry("a.csv", 5_368_709_120, "Jan  1  2020");
        assert_eq!(listing.files, [big.clone(), entry("b.csv", 17, "Nov 22 20:47")]);
        assert!(listing.holds(&big));
        assert!(!listing.holds(&Entry { bytes: 1, ..big.clone() }));
        assert!(!listing.holds(&Entry { stamp: "Jan  2  2020".into(), ..big }));
        assert_eq!(Listing::read(b"sftp> ls -ln\n"), Some(Listing::default()));
        assert_eq!(Listing::read(b"Welcome!\n"), None);
    }

    #[test]
    fn names_are_read_to_the_letter() {
        let line = |name: &str| format!("-rw-r--r--    ? 0        0               1 Nov 22 20:47 {name}\n");
        let good = [" \\345\\274\\240\\344\\270\\211 \"a' [1]*.csv", "1 Nov 22 20:47 x", "#x ~y", "-r.csv"];
        let (files, odd) = names(&good.map(line).concat());
        assert_eq!(files, [" 张三 \"a' [1]*.csv", "#x ~y", "-r.csv", "1 Nov 22 20:47 x"]);
        assert!(odd.is_empty());
    }

    #[test]
    fn names_that_cannot_be_used_are_told_apart() {
        let line = |name: &str| format!("-rw-r--r--    ? 0        0               1 Nov 22 20:47 {name}\n");
        let bad = [
            "tab\tb",
            "\\001ctl",
            "\\177",
            "back\\101",
            "nl\nb.csv",
            "\\326\\320",
            "two\n",
            "a/b",
            "\\",
            "\\34",
        ];
        let (files, odd) = names(&bad.map(line).concat());
        assert!(files.is_empty(), "{files:?}");
        assert_eq!(odd[..5], ["tab\u{fffd}b", "\u{fffd}ctl", "\u{fffd}", "back\\101", "nl\u{fffd}b.csv"]);
        assert_eq!(odd.len(), bad.len());
    }
}
