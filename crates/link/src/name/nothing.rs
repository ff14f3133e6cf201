//! What departments write where there is no name.

const PLACEHOLDERS: [&str; 52] = [
    "无",
    "无名",
    "无名氏",
    "无姓名",
    "没有",
    "暂无",
    "空",
    "空白",
    "不详",
    "不明",
    "不清楚",
    "不知道",
    "未知",
    "未填",
    "未填写",
    "未登记",
    "未命名",
    "未取名",
    "未起名",
    "未上户",
    "待定",
    "待补",
    "待补充",
    "待查",
    "待核",
    "佚名",
    "匿名",
    "保密",
    "测试",
    "测试人员",
    "某",
    "某某",
    "某人",
    "某某某",
    "姓名",
    "本人",
    "同上",
    "na",
    "nan",
    "nil",
    "none",
    "null",
    "noname",
    "nomen",
    "test",
    "tester",
    "unknown",
    "unnamed",
    "anonymous",
    "name",
    "notknown",
    "notavailable",
];

/// Whether a canonical name is a placeholder, or holds nothing a name is made of.
pub(super) fn is_placeholder(name: &str) -> bool {
    let letters: String = name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let is_rubbish = !letters.is_empty() && letters.chars().all(|c| matches!(c, 'x' | '×' | '某'));
    letters.is_empty() || is_rubbish || PLACEHOLDERS.contains(&letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn placeholders_are_no_names() {
        for text in [
            "", "无", "不详", "*", "***", "N/A", "未 知", "测试1", "xxx", "某某", "?", "-", "Unknown",
            "12345",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["张*", "*三丰", "吴明", "Na Li", "无敌", "Xi", "Test Anna"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
