//! Words that say nothing.

/// What clerks and programs write where nothing is known.
const WORDS: [&str; 34] = [
    "无",
    "没有",
    "不详",
    "未知",
    "不明",
    "暂无",
    "空",
    "未填",
    "待补",
    "无此项",
    "无号码",
    "无电话",
    "测试",
    "n/a",
    "#n/a",
    "n.a.",
    "nan",
    "nil",
    "none",
    "null",
    "unknown",
    "unk",
    "unkn",
    "not known",
    "not available",
    "not stated",
    "missing",
    "undefined",
    "tbc",
    "tbd",
    "test",
    "xxx",
    "xxxx",
    "no data",
];

/// Whether a trimmed text in lower case means "nothing": empty, signs only, or a word such as 不详.
pub(crate) fn is_blank(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric) || WORDS.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::is_blank;

    #[test]
    fn nothing_is_nothing() {
        for text in ["", "*", "**", "-", "/", "?", "无", "不详", "n/a", "unknown"] {
            assert!(is_blank(text), "{text}");
        }
        for text in ["吴", "na", "0", "张*", "12"] {
            assert!(!is_blank(text), "{text}");
        }
    }
}
