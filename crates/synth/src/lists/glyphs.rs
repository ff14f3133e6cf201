//! What clerks write in the place of a character, and rare characters of names.

use crate::base::Rng;

/// Characters of one sound, whatever the tone.
const HOMOPHONES: &[&str] = &[
    "伟维威",
    "磊蕾垒",
    "军君均",
    "勇永咏",
    "杰洁捷",
    "涛滔韬",
    "斌彬宾",
    "波博",
    "辉晖慧惠",
    "刚钢",
    "健建剑",
    "明铭鸣",
    "华花桦",
    "平萍苹",
    "志智治",
    "文雯闻",
    "福富",
    "荣蓉容",
    "贵桂",
    "生胜升",
    "林琳霖",
    "山珊",
    "飞菲",
    "宇雨语羽",
    "浩皓",
    "轩萱宣",
    "晨辰",
    "阳洋扬",
    "嘉佳家",
    "诚成城",
    "栋冬东",
    "梁良",
    "庆青清",
    "祥翔",
    "瑞睿",
    "芳方",
    "敏民",
    "静婧靖",
    "丽莉利",
    "艳燕妍",
    "英莹颖",
    "玲铃灵",
    "兰岚",
    "香湘",
    "珍贞真",
    "莲连",
    "红宏洪",
    "霞侠",
    "琴勤",
    "云芸",
    "怡宜",
    "欣新馨",
    "涵含寒",
    "诗施",
    "瑶遥",
    "薇微",
    "倩茜",
    "彩采",
    "张章",
    "徐许",
    "肖晓",
    "付傅",
    "邱丘",
    "余于俞",
    "江姜",
    "闫严阎",
    "沈申",
    "石史",
];

/// Characters of one look.
const LOOK_ALIKES: &[&str] = &[
    "伟炜", "刚钢", "健键", "明朋", "国固", "永水", "贵责", "生主", "林材", "川州", "龙尤", "宇字", "泽择",
    "博搏", "阳阴", "昊吴", "俊峻", "诚城", "栋拣", "祥详", "瑞端", "芳芬", "娟捐", "秀季", "桂柱", "霞霜",
    "萍苹", "婷停", "雪雷", "琳淋", "颖颍", "怡恰", "佳住", "涵函", "瑶摇", "妍研", "蕾雷", "薇微", "素紫",
    "银根", "王玉", "田由", "石右", "于干", "陈阵", "杨扬", "马乌", "史吏", "孟盂", "侯候", "曹曾", "汪江",
    "任仕", "白自", "万方", "毛手", "戴载", "金全", "余佘", "沈沉",
];

/// Rare characters with the pieces that are typed for them.
const RARE: &[(char, &str)] = &[
    ('𬭎', "金宏"),
    ('堃', "方方土"),
    ('喆', "吉吉"),
    ('犇', "三牛"),
    ('垚', "三土"),
    ('淼', "三水"),
    ('鑫', "三金"),
    ('玥', "王月"),
    ('珺', "王君"),
    ('珩', "王行"),
    ('婧', "女青"),
    ('妤', "女予"),
    ('媛', "女爰"),
    ('昶', "永日"),
    ('晗', "日含"),
    ('炜', "火韦"),
    ('钰', "金玉"),
    ('锟', "金昆"),
    ('翊', "立羽"),
    ('靖', "立青"),
    ('菡', "草函"),
    ('璟', "王景"),
    ('暄', "日宣"),
    ('煜', "火昱"),
    ('琤', "王争"),
];

/// A character that sounds like this one.
pub fn homophone(c: char, rng: &mut Rng) -> Option<char> {
    another(HOMOPHONES, c, rng)
}

/// A character that looks like this one.
pub fn look_alike(c: char, rng: &mut Rng) -> Option<char> {
    another(LOOK_ALIKES, c, rng)
}

/// The rare character with that number, counted round and round.
pub fn rare(number: usize) -> char {
    RARE[number % RARE.len()].0
}

/// The pieces of a rare character.
pub fn pieces(c: char) -> Option<&'static str> {
    RARE.iter().find(|(rare, _)| *rare == c).map(|(_, pieces)| *pieces)
}

fn another(groups: &[&str], c: char, rng: &mut Rng) -> Option<char> {
    let group = groups.iter().find(|group| group.contains(c))?;
    let others: Vec<char> = group.chars().filter(|other| *other != c).collect();
    Some(others[rng.index(others.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_character_is_another_one() {
        let mut rng = Rng::new(1, "glyphs");
        for group in HOMOPHONES.iter().chain(LOOK_ALIKES) {
            assert!(group.chars().count() > 1, "{group}");
        }
        assert_eq!(look_alike('王', &mut rng), Some('玉'));
        assert_ne!(homophone('伟', &mut rng), Some('伟'));
        assert_eq!(homophone('𬭎', &mut rng), None);
        assert_eq!(pieces(rare(RARE.len())), Some("金宏"));
    }
}
