//! Pairs per second on one core: names, organisations and addresses, parsed once and compared often, beside
//! Jaro-Winkler on the raw texts in the same run.
//!
//! `cargo bench -p gnomon-link`, or `cargo bench -p gnomon-link -- 4000` for more texts of each kind.

use std::{hint::black_box, time::Instant};

use gnomon_link::{address, name, org};

const SURNAMES: [&str; 12] = ["张", "王", "李", "陈", "程", "林", "吴", "欧阳", "章", "刘", "黄", "周"];
const GIVEN: [&str; 14] =
    ["伟", "玮", "建", "国", "军", "小", "明", "敏", "丽", "芳", "强", "雨", "喆", "华"];
const FIRST: [&str; 8] = ["Anna", "John", "Jonathan", "Mary", "Ming", "Catherine", "Katherine", "Peter"];
const LAST: [&str; 8] = ["Smith", "Smyth", "Li", "Jones", "Johnson", "Brown", "Garcia", "Taylor"];
const WORDS: [&str; 8] = ["森和", "森禾", "听雨", "华夏", "云锦", "望舒", "墨渚", "折柳"];
const TRADES: [&str; 5] = ["建设", "商贸", "农业科技", "餐饮管理", "园林工程"];
const FORMS: [&str; 4] = ["有限公司", "有限责任公司", "集团有限公司", "合作社"];
const VILLAGES: [&str; 6] = ["听雨村", "折柳村", "观岚村", "望舒村", "云岫社区", "墨渚社区"];

fn main() {
    let count = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(1000);
    let pick = |list: &[&str], seed: usize| list[seed % list.len()].to_owned();
    let han = |i: usize| {
        pick(&SURNAMES, i) + &pick(&GIVEN, i / 3) + if i % 3 == 0 { "" } else { GIVEN[i / 5 % 14] }
    };
    let latin = |i: usize| format!("{} {}", pick(&FIRST, i), pick(&LAST, i / 8));
    let company =
        |i: usize| format!("砚溪县{}{}{}", pick(&WORDS, i), pick(&TRADES, i / 8), pick(&FORMS, i / 3));
    let place = |i: usize| format!("砚溪县云岫镇{}{}组{}号", pick(&VILLAGES, i), i % 9 + 1, i % 31 + 1);
    println!("{:<12}{:>16}{:>16}{:>16}", "kind", "parses/s", "pairs/s", "jaro-winkler/s");
    measure("Han names", &texts(count, han), name::parse, |a, b| name::likeness(a, b).score);
    measure("Latin names", &texts(count, latin), name::parse, |a, b| name::likeness(a, b).score);
    measure("companies", &texts(count, company), org::parse, |a, b| org::likeness(a, b).score);
    measure("addresses", &texts(count, place), address::parse, |a, b| address::likeness(a, b).score);
}

fn texts(count: usize, make: impl Fn(usize) -> String) -> Vec<String> {
    (0..count).map(|i| make(i * 7919)).collect()
}

/// Compares every text with every other, parsed and raw.
fn measure<T>(kind: &str, texts: &[String], parse: impl Fn(&str) -> T, likeness: impl Fn(&T, &T) -> f32) {
    let start = Instant::now();
    let parsed: Vec<T> = texts.iter().map(|text| parse(black_box(text))).collect();
    let parses = texts.len() as f64 / start.elapsed().as_secs_f64();
    let pairs = (texts.len() * texts.len()) as f64;
    let start = Instant::now();
    for one in &parsed {
        for other in &parsed {
            black_box(likeness(one, other));
        }
    }
    let ours = pairs / start.elapsed().as_secs_f64();
    let start = Instant::now();
    for one in texts {
        for other in texts {
            black_box(strsim::jaro_winkler(one, other));
        }
    }
    let theirs = pairs / start.elapsed().as_secs_f64();
    println!("{kind:<12}{parses:>16.0}{ours:>16.0}{theirs:>16.0}");
}
