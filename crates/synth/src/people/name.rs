use crate::{base::Rng, people::Sex};

const SURNAMES: [&str; 104] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何",
    "林", "罗", "高", "梁", "郑", "谢", "宋", "唐", "许", "韩", "邓", "冯", "曹", "彭", "曾", "肖", "田",
    "董", "潘", "袁", "蔡", "蒋", "余", "于", "杜", "叶", "程", "魏", "苏", "吕", "丁", "任", "卢", "姚",
    "沈", "钟", "姜", "崔", "谭", "陆", "范", "汪", "廖", "石", "金", "韦", "贾", "夏", "付", "方", "邹",
    "熊", "白", "孟", "秦", "邱", "侯", "江", "尹", "薛", "闫", "段", "雷", "龙", "黎", "史", "陶", "贺",
    "毛", "郝", "顾", "龚", "邵", "万", "覃", "武", "钱", "戴", "严", "莫", "孔", "向", "常", "欧阳", "上官",
    "司徒", "令狐",
];
const MEN: &str = "伟强磊军勇杰涛斌波辉刚健明亮华平志国建文永德福荣贵生林海山川龙飞鹏宇浩轩泽博睿晨阳昊铭俊豪嘉诚家栋梁庆祥瑞安康";
const WOMEN: &str = "芳娜敏静丽娟艳秀英慧玲兰桂香凤珍莲梅菊红霞燕琴云萍莉洁婷雪琳颖怡欣佳雨涵梓萱诗语瑶妍蕾薇倩淑素贞惠巧翠银彩";

/// A personal name: a surname and one or two given characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    surname: u8,
    given: [u16; 2],
}

impl Name {
    /// A founder's name.
    pub fn draw(sex: Sex, rng: &mut Rng) -> Name {
        // Squaring the share makes the first surnames of the list far more frequent than the last.
        let share = rng.unit();
        let surname = (share * share * SURNAMES.len() as f64) as u8;
        Name { surname, given: given(sex, rng) }
    }

    /// A child's name: the father's surname.
    pub fn of_child(father: Name, sex: Sex, rng: &mut Rng) -> Name {
        Name { surname: father.surname, given: given(sex, rng) }
    }

    /// Appends the name.
    pub fn push_to(self, out: &mut String) {
        out.push_str(SURNAMES[usize::from(self.surname)]);
        for unit in self.given {
            if let Some(c) = char::from_u32(u32::from(unit)).filter(|c| *c != '\0') {
                out.push(c);
            }
        }
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        self.push_to(&mut text);
        f.write_str(&text)
    }
}

fn given(sex: Sex, rng: &mut Rng) -> [u16; 2] {
    let pool = if sex == Sex::Man { MEN } else { WOMEN };
    // All characters of the pools are three bytes long.
    let one = |rng: &mut Rng| {
        let at = rng.index(pool.len() / 3) * 3;
        pool[at..at + 3].chars().next().map_or(0, |c| c as u16)
    };
    let first = one(rng);
    let second = if rng.per_mille(230) { 0 } else { one(rng) };
    [first, second]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_two_to_four_characters() {
        assert!(MEN.chars().chain(WOMEN.chars()).all(|c| c.len_utf8() == 3));
        let mut rng = Rng::new(1, "names");
        for _ in 0..1000 {
            let name = Name::draw(Sex::Woman, &mut rng).to_string();
            assert!((2..=4).contains(&name.chars().count()), "{name}");
        }
    }
}
