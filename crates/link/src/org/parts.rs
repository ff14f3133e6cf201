//! Takes the name of an organisation to pieces.

use unicode_normalization::UnicodeNormalization;

use super::{Org, forms};
use crate::{han, text::is_invisible};

/// Longest name that is looked at, in characters; what comes after is dropped.
const LONGEST: usize = 128;

/// What names of places end in, the longest first.
const PLACE_ENDINGS: [&str; 12] =
    ["特别行政区", "自治区", "自治州", "自治县", "开发区", "街道", "省", "市", "县", "区", "镇", "乡"];

/// Places that stand before a name without saying what they are.
const PROVINCES: [&str; 34] = [
    "北京",
    "天津",
    "上海",
    "重庆",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "台湾",
    "香港",
    "澳门",
];

/// Words with which the industry begins.
const INDUSTRIES: [&str; 84] = [
    "建设",
    "建筑",
    "建材",
    "工程",
    "市政",
    "路桥",
    "水利",
    "装饰",
    "装修",
    "园林",
    "绿化",
    "房地产",
    "置业",
    "物业",
    "商贸",
    "贸易",
    "商务",
    "百货",
    "超市",
    "食品",
    "粮油",
    "餐饮",
    "酒店",
    "宾馆",
    "旅游",
    "农业",
    "农牧",
    "农产品",
    "种植",
    "养殖",
    "畜牧",
    "水产",
    "林业",
    "生态",
    "环保",
    "环境",
    "科技",
    "技术",
    "信息",
    "网络",
    "软件",
    "电子",
    "数码",
    "通信",
    "智能",
    "电力",
    "电气",
    "电器",
    "能源",
    "新能源",
    "光伏",
    "石油",
    "化工",
    "机械",
    "设备",
    "汽车",
    "汽贸",
    "运输",
    "物流",
    "快递",
    "仓储",
    "劳务",
    "人力资源",
    "家政",
    "保洁",
    "保安",
    "教育",
    "培训",
    "文化",
    "传媒",
    "广告",
    "印刷",
    "图文",
    "咨询",
    "服务",
    "管理",
    "投资",
    "金融",
    "担保",
    "保险",
    "医药",
    "医疗",
    "药业",
    "实业",
];

/// What the names of branches end in.
const BRANCHES: [&str; 14] = [
    "分公司",
    "子公司",
    "分店",
    "分行",
    "支行",
    "分社",
    "分厂",
    "分院",
    "分校",
    "分所",
    "营业部",
    "办事处",
    "项目部",
    "经营部",
];

const PLACEHOLDERS: [&str; 14] = [
    "无",
    "无单位",
    "无业",
    "不详",
    "未知",
    "空",
    "暂无",
    "测试",
    "个人",
    "na",
    "none",
    "null",
    "unknown",
    "nan",
];

/// Makes the canonical form of a name: NFKC, round brackets, no blanks beside Han characters, one blank elsewhere.
pub fn canonical(text: &str) -> String {
    let folded: Vec<char> = text.nfkc().filter(|c| !is_invisible(*c)).map(bracket).collect();
    let mut name = String::with_capacity(folded.len());
    let mut blank = false;
    let glued = |c: char| han::is_han(c) || matches!(c, '(' | ')');
    for c in folded {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        if blank && !glued(c) && name.chars().next_back().is_some_and(|last| !glued(last)) {
            name.push(' ');
        }
        blank = false;
        name.push(c);
    }
    name.nfc().collect()
}

fn bracket(c: char) -> char {
    match c {
        '[' | '{' | '【' | '〔' | '<' | '《' | '〈' => '(',
        ']' | '}' | '】' | '〕' | '>' | '》' | '〉' => ')',
        c => c,
    }
}

/// Takes a name to pieces.
pub(super) fn parse(text: &str) -> Org {
    let start = text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end]);
    let text = canonical(start);
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if letters.is_empty() || PLACEHOLDERS.contains(&letters.as_str()) {
        return Org::default();
    }
    if text.chars().any(han::is_han) { of_han(text) } else { of_latin(text) }
}

fn of_han(text: String) -> Org {
    let simple: String = text.chars().map(han::simplified).flat_map(char::to_lowercase).collect();
    let (parent, branch) = branch(&simple);
    let (stem, form) = forms::of_ending(parent).map_or((parent, None), |(stem, form)| (stem, Some(form)));
    let form_text = parent[stem.len()..].to_owned();
    let (stem, is_group) = match stem.strip_suffix("集团") {
        Some(stem) => (stem, true),
        None => (stem, parent.ends_with("集团") || stem.contains("(集团)")),
    };
    let (stem, bracketed) = without_brackets(&stem.replace("(集团)", ""));
    let (place, rest) = place(&stem);
    let place = if place.is_empty() { bracketed } else { place };
    let (word, industry) = industry(rest);
    Org {
        core: rest.chars().collect(),
        place,
        word: word.to_owned(),
        industry: industry.to_owned(),
        form,
        is_group,
        branch,
        form_text,
        text,
    }
}

/// Divides a branch from its parent: the branch begins behind the parent's legal form, or is the name itself.
fn branch(name: &str) -> (&str, Option<String>) {
    let Some(ending) = BRANCHES.iter().find(|ending| name.ends_with(**ending)) else { return (name, None) };
    let parent_end = ["公司", "银行", "合作社", "信用社", "学校", "医院"]
        .into_iter()
        .filter_map(|end| Some(name[..name.len() - ending.len()].rfind(end)? + end.len()))
        .max();
    match parent_end {
        Some(end) => (&name[..end], Some(name[end..].to_owned())),
        None if ending.starts_with(['分', '支', '子']) => (name, Some(String::new())),
        None => (name, None),
    }
}

/// The text without what stands in brackets, and that.
fn without_brackets(text: &str) -> (String, String) {
    let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0_u32);
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth > 0 => inside.push(c),
            c => outside.push(c),
        }
    }
    if outside.is_empty() {
        return (inside, String::new());
    }
    let ending =
        PLACE_ENDINGS.iter().find_map(|ending| inside.strip_suffix(ending)).unwrap_or(&inside).to_owned();
    (outside, ending)
}

/// The last of the places a name begins with, without its ending, and the rest of the name.
fn place(stem: &str) -> (String, &str) {
    let mut place = "";
    let mut rest = stem;
    loop {
        let named = PROVINCES.iter().find_map(|province| Some((*province, rest.strip_prefix(*province)?)));
        let (name, after) = match (ended_place(rest), named) {
            (Some(found), _) => found,
            (None, Some(found)) => found,
            (None, None) => break,
        };
        if after.chars().count() < 2 {
            break;
        }
        (place, rest) = (name, after);
    }
    (place.to_owned(), rest)
}

/// A place of two to four characters with its ending at the beginning of `text`.
fn ended_place(text: &str) -> Option<(&str, &str)> {
    let ends = |end: usize| PLACE_ENDINGS.iter().find_map(|ending| text[end..].strip_prefix(ending));
    text.char_indices().skip(1).take(4).find_map(|(at, _)| {
        let long_enough = text[..at].chars().count() >= 2 || !text[at..].starts_with(['市', '区']);
        ends(at).filter(|_| long_enough).map(|rest| (&text[..at], rest))
    })
}

/// Trade word and industry: the industry begins with the first of its words that leaves a trade word before it.
fn industry(rest: &str) -> (&str, &str) {
    let begins = INDUSTRIES.iter().filter_map(|word| {
        rest.match_indices(word).map(|(at, _)| at).find(|at| rest[..*at].chars().count() >= 2)
    });
    match begins.min() {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    }
}

fn of_latin(text: String) -> Org {
    let lower = text.to_lowercase().replace('&', " and ").replace(['.', '\''], "");
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (mut kept, mut form_words, mut form) = (Vec::new(), Vec::new(), None);
    for (at, word) in words.iter().enumerate() {
        match forms::of_word(word).filter(|_| at > 0) {
            Some(found) => {
                form = form.filter(|form| *form != super::Form::Company).or(Some(found));
                form_words.push(*word);
            }
            None => kept.push(*word),
        }
    }
    let is_branch = kept.len() > 1 && kept.last() == Some(&"branch");
    let is_group =
        kept.len() > 1 && kept.iter().any(|word| matches!(*word, "group" | "holdings" | "holding"));
    kept.retain(|word| !matches!(*word, "the" | "and"));
    let word = kept.join(" ");
    Org {
        core: word.chars().collect(),
        word,
        form,
        is_group,
        branch: is_branch.then(String::new),
        form_text: form_words.join(" "),
        text,
        ..Org::default()
    }
}
