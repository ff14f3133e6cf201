//! Which sign stands between cells.

/// Lines looked at.
const LINES: usize = 30;
const CANDIDATES: [u8; 4] = [b',', b'\t', b';', b'|'];

/// The separator that most of the first lines have equally often, outside of quotes; of several the one that stands more
/// often. Agreement comes first, so that decimal commas or lists inside cells do not outvote the real one. A comma where
/// there is none at all.
pub(super) fn of(head: &[u8]) -> u8 {
    let lines = count(head);
    let score = |candidate: usize| {
        let counts = || lines.iter().map(move |line| line[candidate]).filter(|count| *count > 0);
        counts().map(|common| (counts().filter(|count| *count == common).count(), common)).max()
    };
    let scores = (0..CANDIDATES.len()).rev().filter_map(|candidate| Some((score(candidate)?, candidate)));
    scores.max().map_or(b',', |(_, candidate)| CANDIDATES[candidate])
}

/// How often each candidate stands in each of the first lines.
fn count(head: &[u8]) -> Vec<[usize; CANDIDATES.len()]> {
    let mut lines = vec![[0; CANDIDATES.len()]];
    let (mut quoted, mut before) = (false, b'\n');
    for &byte in head {
        let candidate = CANDIDATES.iter().position(|sign| *sign == byte);
        match (byte, candidate) {
            (b'"', _) if quoted => quoted = false,
            // A quote opens at the start of a cell, and again where it is doubled.
            (b'"', _) => quoted = matches!(before, b'\n' | b'\r' | b'"') || CANDIDATES.contains(&before),
            _ if quoted => {}
            (b'\n', _) if lines.len() == LINES => break,
            (b'\n', _) => lines.push([0; CANDIDATES.len()]),
            (_, Some(candidate)) => {
                if let Some(line) = lines.last_mut() {
                    line[candidate] += 1;
                }
            }
            _ => {}
        }
        before = byte;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn finds_what_lines_agree_on() {
        for (text, separator) in [
            ("姓名,金额\n甲,1\n乙,2\n", b','),
            ("姓名;金额\n甲;1,50\n乙;2,50\n", b';'),
            ("姓名|金额|说明\n甲|1|a,b,c,d\n", b'|'),
            ("某县发放表\n\n姓名\t金额\n甲\t1\n", b'\t'),
            ("a,b\n\"x;y;z\nw;v;u\",2\n\"p;q;r\",3\n", b','),
            ("a,b\n\"say \"\"x;y;\"\"\",2\n", b','),
            ("名单\n甲\n", b','),
            ("姓名,爱好,电话\n甲,a|b|c,1\n乙,d|e|f,2\n", b','),
            ("", b','),
        ] {
            assert_eq!(of(text.as_bytes()), separator, "{text:?}");
        }
    }
}
