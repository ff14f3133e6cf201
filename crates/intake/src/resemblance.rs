//! How much a header word resembles the words of a column.

use gnomon_library::{
    column::{Column, ColumnType},
    header::header_word,
};

/// A word that is usual for a type says this much.
const USUAL: f64 = 0.5;
/// Words that only share some of their letters say at most this much.
const SHARED: f64 = 0.75;

/// From 0 (nothing in common) to 1 (one of the column's own words).
pub(crate) fn resemblance(column: &Column, header: &str) -> f64 {
    let word = header_word(header);
    if word.is_empty() {
        return 0.0;
    }
    let pieces = pieces(header);
    let own = column.header_words().map(|own| alike(&own, &word, &pieces)).fold(0.0, f64::max);
    let is_usual = usual(column.ty).iter().any(|usual| match usual.is_ascii() {
        true => pieces.iter().any(|piece| piece == usual),
        false => word.contains(usual),
    });
    if is_usual && own < 1.0 { USUAL + (1.0 - USUAL) * own } else { own }
}

fn alike(own: &str, word: &str, word_pieces: &[String]) -> f64 {
    let own_word = header_word(own);
    if own_word == word {
        return 1.0;
    }
    let (short, long) =
        if own_word.len() < word.len() { (own_word.as_str(), word) } else { (word, &*own_word) };
    let letters = short.chars().count();
    // Letters within an English word mean nothing: "id" is no part of "paid".
    if letters >= 2 && !short.is_ascii() && long.contains(short) {
        return 0.5 + 0.4 * letters as f64 / long.chars().count() as f64;
    }
    SHARED * common(&pieces(own), word_pieces)
}

/// Twice the common pieces by all pieces.
fn common(one: &[String], other: &[String]) -> f64 {
    let mut left: Vec<&String> = other.iter().collect();
    let mut shared = 0;
    for piece in one {
        if let Some(at) = left.iter().position(|other| *other == piece) {
            left.swap_remove(at);
            shared += 1;
        }
    }
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * f64::from(shared) / all as f64 }
}

/// What words are made of: whole English words, also of `camelCase` and `snake_case`, and pairs of Chinese characters.
fn pieces(text: &str) -> Vec<String> {
    let mut spaced = String::new();
    let mut before = ' ';
    for c in text.chars() {
        let is_hump = c.is_ascii_uppercase() && before.is_ascii_lowercase();
        let is_edge = c.is_ascii_alphanumeric() != before.is_ascii_alphanumeric();
        if is_hump || is_edge {
            spaced.push(' ');
        }
        spaced.push(if c == '_' { ' ' } else { c });
        before = c;
    }
    let words = spaced.split_whitespace().map(header_word);
    let words = words.map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>());
    words.filter(|word| !word.is_empty()).flat_map(pairs).collect()
}

fn pairs(word: String) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    if word.is_ascii() || letters.len() < 2 {
        return vec![word];
    }
    letters.windows(2).map(|pair| pair.iter().collect()).collect()
}

/// Words that departments use for columns of a type, whatever the dataset calls its own.
fn usual(ty: ColumnType) -> &'static [&'static str] {
    use ColumnType as T;
    match ty {
        T::Idno => &["身份证", "证件号", "证号", "公民身份", "身份号", "idcard", "idno", "identity"],
        T::Uscc => &["信用代码", "机构代码", "税号", "纳税人识别号", "uscc"],
        T::Party => &["身份证", "证件号", "信用代码", "机构代码"],
        T::Name => &["姓名", "名字", "人员名", "name"],
        T::PartyName => &["名称", "姓名", "户名", "单位", "name"],
        T::Region => &["区划", "行政村", "乡镇", "地区", "region"],
        T::Phone => &["电话", "手机", "联系方式", "phone", "mobile", "tel"],
        T::Bankacct => &["账号", "帐号", "卡号", "银行卡", "存折", "账户", "account", "iban"],
        T::Plate => &["车牌", "号牌", "牌照", "plate"],
        T::Date => &["日期", "时间", "年月日", "date", "day"],
        T::Datetime => &["时间", "时刻", "日期", "time", "timestamp", "datetime"],
        T::Month => &["月份", "年月", "所属期", "期间", "month", "period"],
        T::Year => &["年度", "年份", "year"],
        T::Money => &[
            "金额", "元", "款", "费", "工资", "补贴", "补助", "价", "amount", "sum", "money", "price", "fee",
        ],
        T::Int => &["数量", "人数", "个数", "次数", "count", "number", "quantity"],
        T::Dec => &["数量", "面积", "重量", "里程", "area", "quantity"],
        T::Pct => &["比例", "率", "占比", "percent", "rate", "share"],
        T::Bool => &["是否", "flag"],
        T::Enum => &["类型", "类别", "种类", "状态", "type", "kind", "status"],
        T::Geo => &["经纬度", "坐标", "location"],
        T::Code | T::Text | T::Hash | T::List => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(ty: &str, zh: &str, en: &str) -> Column {
        toml::from_str(&format!("name = \"c\"\ntype = \"{ty}\"\ntitle = {{ zh = \"{zh}\", en = \"{en}\" }}"))
            .unwrap()
    }

    #[test]
    fn words_resemble_each_other_by_degrees() {
        let id = column("idno", "身份证号", "Resident ID");
        assert_eq!(resemblance(&id, " 身份证号* "), 1.0);
        let by_degrees =
            ["身份证号码", "领款人证件号", "身份类型", "备注"].map(|word| resemblance(&id, word));
        assert!(by_degrees.is_sorted_by(|one, other| one > other), "{by_degrees:?}");
        assert_eq!(by_degrees[3], 0.0);
    }

    #[test]
    fn english_words_count_whole() {
        let paid = column("money", "金额", "Paid amount");
        assert!(resemblance(&paid, "paid_amount") > SHARED);
        assert_eq!(resemblance(&paid, "amountPaid"), resemblance(&paid, "paid_amount"));
        let id = column("code", "编号", "ID");
        assert_eq!(resemblance(&id, "paid"), 0.0);
    }
}
