//! Two values of a field beside each other: masked unless opened, with the characters that differ marked.

use gnomon_kernel::{EntityKind, mask_account, mask_id, mask_name, mask_phone};
use gnomon_library::entity::{FieldComparison, Mention};

use crate::warning::shown::mask_numbers;

/// Texts longer than this are not compared character by character.
const LONGEST: usize = 200;

/// A part of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its characters, masked where they have to be.
    pub text: String,
    /// Whether the other value has something else here.
    pub differs: bool,
}

/// A field of the two mentions.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedField {
    /// The field's word.
    pub field: String,
    /// Both values; empty where there is none.
    pub values: [Vec<Piece>; 2],
    /// `missing`, `same`, `swapped`, `near`, `alike` or `different`; `None` for what the linker did not compare.
    pub level: Option<String>,
    /// Bits for "the same" against strangers.
    pub weight: f32,
    /// Bits of them that one household explains as well.
    pub household: f32,
}

/// Whether values are shown as delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    /// Masked.
    Masked,
    /// As delivered; a reason was recorded.
    Open,
}

/// What was compared, and after it what else came of the two.
pub(crate) fn fields(
    kind: EntityKind,
    sides: &[Mention; 2],
    comparisons: &[FieldComparison],
    view: View,
) -> Vec<ComparedField> {
    let shown =
        |field: &str, values: [&str; 2]| marked(values, values.map(|value| masked(kind, field, value, view)));
    let compared = comparisons.iter().map(|one| ComparedField {
        field: one.field.clone(),
        values: shown(&one.field, [&one.values[0], &one.values[1]]),
        level: Some(one.level.clone()),
        weight: one.weight,
        household: one.household,
    });
    let mut all: Vec<ComparedField> = compared.collect();
    for field in words(sides) {
        if !all.iter().any(|one| one.field == field) {
            let values = [detail(&sides[0], field), detail(&sides[1], field)];
            let values = shown(field, values);
            all.push(ComparedField {
                field: field.to_owned(),
                values,
                level: None,
                weight: 0.0,
                household: 0.0,
            });
        }
    }
    all
}

/// The words of all details, each once.
fn words(sides: &[Mention; 2]) -> Vec<&str> {
    let number = sides.iter().any(|side| side.number.is_some()).then_some(NUMBER);
    let mut words: Vec<&str> = Vec::new();
    for word in
        number.into_iter().chain(sides.iter().flat_map(|side| &side.details).map(|(word, _)| word.as_str()))
    {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// The field of the number that a mention is known by.
const NUMBER: &str = "id_no";

fn detail<'m>(mention: &'m Mention, field: &str) -> &'m str {
    let found = mention.details.iter().find(|(word, _)| word == field).map(|(_, value)| value.as_str());
    let number = || mention.number.as_deref().filter(|_| field == NUMBER);
    found.or_else(number).unwrap_or_default()
}

/// A mention's name as it may be shown.
pub(crate) fn shown_name(kind: EntityKind, name: &str, view: View) -> String {
    masked(kind, "name", name, view)
}

/// Names and codes of organisations are nobody's secret.
fn masked(kind: EntityKind, field: &str, value: &str, view: View) -> String {
    if view == View::Open {
        return value.to_owned();
    }
    let is_public = kind == EntityKind::Organisation && matches!(field, "name" | NUMBER);
    match field {
        _ if is_public => value.to_owned(),
        NUMBER | "mail" => mask_id(value),
        "phone" => mask_phone(value),
        "birth_date" => mask_day(value),
        "surname" if value.chars().count() <= 2 => value.to_owned(),
        "given_name" => value.chars().map(|_| '*').collect(),
        name if name.ends_with("name") => mask_name(value),
        account if account.contains("account") || account.contains("card") => mask_account(value),
        _ => mask_numbers(value),
    }
}

/// The year stays.
fn mask_day(day: &str) -> String {
    let hidden = |(at, c): (usize, char)| if at >= 4 && c.is_alphanumeric() { '*' } else { c };
    day.chars().enumerate().map(hidden).collect()
}

/// The masked values in pieces. What differs is found in the values themselves, so that it is seen through the mask.
fn marked(values: [&str; 2], shown: [String; 2]) -> [Vec<Piece>; 2] {
    let chars = values.map(|value| value.chars().collect::<Vec<_>>());
    let is_missing = chars.iter().any(Vec::is_empty);
    let common = match chars.iter().any(|one| one.len() > LONGEST) {
        true => None,
        false => Some(common(&chars[0], &chars[1])),
    };
    let [one, other] = shown;
    let pieces = |side: usize, shown: String| {
        if shown.is_empty() {
            return Vec::new();
        }
        let same = common.as_ref().map(|common| &common[side]);
        match same.filter(|same| same.len() == shown.chars().count()) {
            _ if is_missing => vec![Piece { text: shown, differs: false }],
            Some(same) => runs(&shown, same),
            None => vec![Piece { text: shown, differs: values[0] != values[1] }],
        }
    };
    [pieces(0, one), pieces(1, other)]
}

/// Characters that belong together become one piece.
fn runs(shown: &str, same: &[bool]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (c, same) in shown.chars().zip(same) {
        match pieces.last_mut() {
            Some(last) if last.differs != *same => last.text.push(c),
            _ => pieces.push(Piece { text: c.to_string(), differs: !same }),
        }
    }
    pieces
}

/// Which characters of each belong to the longest sequence that both have.
fn common(one: &[char], other: &[char]) -> [Vec<bool>; 2] {
    let mut lengths = vec![vec![0_u16; other.len() + 1]; one.len() + 1];
    for i in (0..one.len()).rev() {
        for j in (0..other.len()).rev() {
            lengths[i][j] = match one[i] == other[j] {
                true => lengths[i + 1][j + 1] + 1,
                false => lengths[i + 1][j].max(lengths[i][j + 1]),
            };
        }
    }
    let mut same = [vec![false; one.len()], vec![false; other.len()]];
    let (mut i, mut j) = (0, 0);
    while i < one.len() && j < other.len() {
        if one[i] == other[j] {
            (same[0][i], same[1][j]) = (true, true);
            (i, j) = (i + 1, j + 1);
        } else if lengths[i + 1][j] >= lengths[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    same
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both values, what differs in brackets.
    fn told(field: &str, values: [&str; 2], view: View) -> [String; 2] {
        let shown = values.map(|value| masked(EntityKind::Person, field, value, view));
        let told = |pieces: Vec<Piece>| {
            let piece = |piece: Piece| if piece.differs { format!("[{}]", piece.text) } else { piece.text };
            pieces.into_iter().map(piece).collect::<String>()
        };
        marked(values, shown).map(told)
    }

    #[test]
    fn what_differs_is_seen_through_the_mask() {
        let numbers = ["870121198506143216", "870121198506143261"];
        assert_eq!(told(NUMBER, numbers, View::Masked), ["870121********32[1]6", "870121********326[1]"]);
        let inside = ["870121198506143216", "870121198507143216"];
        assert_eq!(told(NUMBER, inside, View::Masked), ["870121*****[*]**3216", "870121*****[*]**3216"]);
        assert_eq!(
            told("birth_date", ["1985-06-14", "1985-06-04"], View::Masked),
            ["1985-**-[*]*", "1985-**-[*]*"]
        );
        assert_eq!(
            told("phone", ["16912345678", "16912345678"], View::Masked),
            ["169****5678", "169****5678"]
        );
        assert_eq!(told("name", ["张三丰", "张三峰"], View::Open), ["张三[丰]", "张三[峰]"]);
        assert_eq!(told("name", ["张三丰", "张三峰"], View::Masked), ["张*[*]", "张*[*]"]);
    }

    #[test]
    fn what_is_missing_does_not_differ_and_what_hides_its_length_is_marked_whole() {
        assert_eq!(told("phone", ["16912345678", ""], View::Masked), ["169****5678", ""]);
        let names = ["阿依古丽·买买提", "阿依古丽·麦麦提"];
        assert_eq!(told("name", names, View::Masked), ["[阿**]", "[阿**]"]);
    }

    #[test]
    fn personal_fields_are_masked_and_organisations_names_are_not() {
        let person = |field, value| masked(EntityKind::Person, field, value, View::Masked);
        assert_eq!(person("given_name", "三丰"), "**");
        assert_eq!(person("surname", "欧阳"), "欧阳");
        assert_eq!(person("father_name", "张三"), "张*");
        assert_eq!(person("address", "青禾镇石塘村7号 16912345678"), "青禾镇石塘村7号 1**********");
        assert_eq!(person("bank_card", "9999990000012345670"), "999999*********5670");
        let firm = |field, value| masked(EntityKind::Organisation, field, value, View::Masked);
        assert_eq!(firm("name", "森和建筑"), "森和建筑");
        assert_eq!(firm(NUMBER, "91870121MA0X7K2Q5R"), "91870121MA0X7K2Q5R");
        assert_eq!(firm("legal_representative_name", "张三丰"), "张**");
    }

    #[test]
    fn what_came_and_was_not_compared_is_shown_too() {
        let mention = |number: Option<&str>, details: &[(&str, &str)]| Mention {
            id: "a".into(),
            number: number.map(str::to_owned),
            name: "张三".into(),
            details: details.iter().map(|(word, value)| ((*word).into(), (*value).into())).collect(),
            places: vec![],
        };
        let sides = [
            mention(Some("870121198506143216"), &[("sex", "男"), ("phone", "")]),
            mention(None, &[("sex", "男")]),
        ];
        let compared = FieldComparison {
            field: "sex".into(),
            values: ["男".into(), "男".into()],
            level: "same".into(),
            weight: 1.0,
            household: 0.5,
        };
        let fields = fields(EntityKind::Person, &sides, &[compared], View::Masked);
        let words: Vec<_> =
            fields.iter().map(|field| (field.field.as_str(), field.level.as_deref())).collect();
        assert_eq!(words, [("sex", Some("same")), (NUMBER, None), ("phone", None)]);
        assert_eq!(fields[1].values[0][0].text, "870121********3216");
        assert!(fields[1].values[1].is_empty());
    }
}
