//! The program's commands. Its words are split at spaces and, some of them, matched against names: a backslash makes every
//! character stand for itself.

/// Goes to a folder of the host.
pub(super) fn go(folder: &str) -> String {
    format!("cd {}\n", word(folder))
}

/// Lists the folder where it is.
pub(super) fn list() -> String {
    "ls -ln\n".to_owned()
}

/// Fetches a file of the folder to one beside.
pub(super) fn fetch(name: &str, local: &str) -> String {
    format!("get {} {local}\n", word(name))
}

/// Sends a file.
pub(super) fn send(local: &str, to: &str) -> String {
    format!("put {local} {}\n", word(to))
}

/// Moves a file; one that is there already stays, and then this fails.
pub(super) fn shift(name: &str, to: &str) -> String {
    format!("rename -l {} {}\n", word(name), word(to))
}

/// Makes a folder if it can.
pub(super) fn make(folder: &str) -> String {
    format!("-mkdir {}\n", word(folder))
}

fn word(text: &str) -> String {
    let mut word = String::with_capacity(text.len() + 2);
    if text.starts_with('-') {
        word.push_str("./");
    }
    for c in text.chars() {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && !"/._-".contains(c) {
            word.push('\\');
        }
        word.push(c);
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_one_word() {
        assert_eq!(fetch(" 张三 \"a' [1]*.csv", "0"), "get \\ 张三\\ \\\"a\\'\\ \\[1\\]\\*.csv 0\n");
        assert_eq!(shift("-r", "taken/-r"), "rename -l ./-r taken/-r\n");
        assert_eq!(go("#x~"), "cd \\#x\\~\n");
    }
}
