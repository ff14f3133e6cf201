//! What a column is about.

use serde::{Deserialize, Serialize};

/// The part of a record that a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Part {
    /// The name of the row itself; no evidence.
    Row,
    /// What another program said of who is who; no evidence.
    Answer,
    /// A whole name.
    Name,
    /// Given names.
    GivenName,
    /// Family name.
    Surname,
    /// Birthday.
    BirthDate,
    /// Sex.
    Sex,
    /// A number that a person or organisation keeps: identity number, credit code, passport, insurance number.
    IdNo,
    /// Telephone.
    Phone,
    /// Mail address.
    Mail,
    /// An address or a piece of it.
    Address,
    /// Postcode.
    Postcode,
    /// Number of a household in a register.
    Household,
    /// Anything else.
    Other,
}

/// A column's part and the word under which columns of several files are the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The part.
    pub part: Part,
    /// The word, in lower case.
    pub word: String,
}

impl Role {
    /// The role of a word in `--map` or of a header.
    pub fn of(word: &str) -> Role {
        let word = plain(word);
        let part = known(&word).or_else(|| about_kin(&word)).or_else(|| ending(&word)).unwrap_or(Part::Other);
        let word = match part {
            Part::Address | Part::Household | Part::Other => word,
            _ => part.word().to_owned(),
        };
        Role { part, word }
    }

    /// Whether all of a household have the same here: its number or its head's, not that of each one's father or spouse.
    pub(crate) fn is_of_household(&self) -> bool {
        let is_of_another = |kin: &str| kin != HEAD && self.word.starts_with(kin);
        self.part == Part::Household && !KIN.into_iter().any(is_of_another)
    }
}

impl Part {
    /// The word of `--map`.
    pub fn word(self) -> &'static str {
        match self {
            Part::Row => "id",
            Part::Answer => "answer",
            Part::Name => "name",
            Part::GivenName => "given_name",
            Part::Surname => "surname",
            Part::BirthDate => "birth_date",
            Part::Sex => "sex",
            Part::IdNo => "id_no",
            Part::Phone => "phone",
            Part::Mail => "mail",
            Part::Address => "address",
            Part::Postcode => "postcode",
            Part::Household => "household",
            Part::Other => "other",
        }
    }
}

/// Columns of known roles: role word and header.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping(pub Vec<(String, String)>);

impl Mapping {
    /// The role that a header was given.
    pub(crate) fn role(&self, header: &str) -> Option<Role> {
        let found = self.0.iter().find(|(_, column)| column.trim() == header.trim());
        found.map(|(word, _)| Role::of(word))
    }
}

/// Lower case; whatever is neither letter nor digit becomes one `_`.
fn plain(header: &str) -> String {
    let mut word = String::with_capacity(header.len());
    for c in header.trim().chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            word.push(c);
        } else if !word.ends_with('_') {
            word.push('_');
        }
    }
    word.trim_matches('_').to_owned()
}

const WORDS: &[(Part, &[&str])] = &[
    (
        Part::Row,
        &[
            "id",
            "row",
            "row_id",
            "rowid",
            "rec_id",
            "recid",
            "record_id",
            "recordid",
            "unique_id",
            "uid",
            "index",
            "idx",
            "row_no",
            "no",
            "序号",
            "行号",
            "编号",
            "记录号",
            "unnamed_0",
        ],
    ),
    (
        Part::Answer,
        &[
            "cluster",
            "cluster_id",
            "entity_id",
            "true_id",
            "truth",
            "ground_truth",
            "true_cluster",
            "label",
            "match_id",
        ],
    ),
    (
        Part::Name,
        &[
            "name",
            "full_name",
            "fullname",
            "person_name",
            "first_and_surname",
            "company",
            "company_name",
            "org_name",
            "organisation",
            "organization",
            "business_name",
            "legal_name",
            "trading_name",
            "姓名",
            "名称",
            "企业名称",
            "单位名称",
            "公司名称",
            "机构名称",
            "人员姓名",
            "户主姓名",
            "申请人姓名",
            "供应商名称",
            "供应商",
        ],
    ),
    (
        Part::GivenName,
        &[
            "given_name",
            "given_names",
            "givenname",
            "first_name",
            "firstname",
            "forename",
            "forenames",
            "fname",
            "given",
            "first",
            "名",
            "名字",
        ],
    ),
    (
        Part::Surname,
        &[
            "surname",
            "last_name",
            "lastname",
            "family_name",
            "familyname",
            "lname",
            "sname",
            "last",
            "姓",
            "姓氏",
        ],
    ),
    (
        Part::BirthDate,
        &[
            "birth_date",
            "birthdate",
            "date_of_birth",
            "dateofbirth",
            "dob",
            "birthday",
            "birth",
            "born",
            "出生日期",
            "出生年月",
            "出生年月日",
            "生日",
        ],
    ),
    (Part::Sex, &["sex", "gender", "性别"]),
    (
        Part::IdNo,
        &[
            "id_no",
            "idno",
            "id_number",
            "id_card",
            "idcard",
            "national_id",
            "ssn",
            "soc_sec_id",
            "social_security_number",
            "sin",
            "nino",
            "nhs_number",
            "passport",
            "passport_no",
            "uscc",
            "credit_code",
            "tax_id",
            "vat",
            "vat_number",
            "ein",
            "lei",
            "company_number",
            "registration_number",
            "身份证",
            "身份证号",
            "身份证号码",
            "证件号",
            "证件号码",
            "公民身份号码",
            "统一社会信用代码",
            "社会信用代码",
            "信用代码",
            "组织机构代码",
            "注册号",
            "纳税人识别号",
        ],
    ),
    (
        Part::Phone,
        &[
            "phone",
            "phone_number",
            "telephone",
            "tel",
            "mobile",
            "mobile_phone",
            "cell",
            "cell_phone",
            "phone_no",
            "contact_number",
            "电话",
            "手机",
            "手机号",
            "手机号码",
            "联系电话",
            "联系方式",
            "电话号码",
        ],
    ),
    (Part::Mail, &["mail", "email", "e_mail", "email_address", "邮箱", "电子邮箱"]),
    (
        Part::Address,
        &[
            "address",
            "addr",
            "address_1",
            "address_2",
            "address_3",
            "address1",
            "address2",
            "address_line_1",
            "address_line_2",
            "street",
            "street_name",
            "street_address",
            "street_number",
            "street_no",
            "house_number",
            "unit",
            "suburb",
            "city",
            "town",
            "village",
            "county",
            "district",
            "state",
            "province",
            "region",
            "locality",
            "country",
            "地址",
            "住址",
            "家庭住址",
            "家庭地址",
            "户籍地址",
            "现住址",
            "联系地址",
            "通讯地址",
            "注册地址",
            "住所",
            "村",
            "乡镇",
            "街道",
            "村居",
            "社区",
            "门牌号",
            "省",
            "市",
            "县",
            "小区",
            "组",
        ],
    ),
    (
        Part::Postcode,
        &["postcode", "post_code", "postal_code", "zip", "zipcode", "zip_code", "邮编", "邮政编码"],
    ),
    (
        Part::Household,
        &[
            "household",
            "household_id",
            "household_no",
            "hh_id",
            "hhid",
            "family_id",
            "户号",
            "户编号",
            "家庭编号",
            "户籍编号",
        ],
    ),
];

fn known(word: &str) -> Option<Part> {
    WORDS.iter().find(|(_, words)| words.contains(&word)).map(|(part, _)| *part)
}

/// The head of a household.
const HEAD: &str = "户主";

/// What is said of a relative is the family's, not the person's.
const KIN: [&str; 14] = [
    HEAD,
    "父亲",
    "母亲",
    "配偶",
    "监护人",
    "子女",
    "father",
    "mother",
    "spouse",
    "parent",
    "guardian",
    "partner",
    "wife",
    "husband",
];

fn about_kin(word: &str) -> Option<Part> {
    KIN.iter().any(|kin| word.starts_with(kin)).then_some(Part::Household)
}

/// "customer phone", "postcode (home)": a longer header with a word in it that has one meaning.
fn ending(word: &str) -> Option<Part> {
    let clear = |part: Part| !matches!(part, Part::Row | Part::Answer | Part::Name);
    let words = || {
        WORDS
            .iter()
            .filter(|(part, _)| clear(*part))
            .flat_map(|(part, words)| words.iter().map(move |w| (*part, *w)))
    };
    let fits = |part: Part, known: &str| {
        let lone = |rest: &str| rest.ends_with('_') || !known.is_ascii();
        let begins = matches!(part, Part::Postcode | Part::Phone | Part::Mail | Part::IdNo)
            && word.strip_prefix(known).is_some_and(|rest| rest.starts_with('_') || !known.is_ascii());
        known.chars().count() >= if known.is_ascii() { 3 } else { 2 }
            && (word.strip_suffix(known).is_some_and(lone) || begins)
    };
    let name = word.ends_with("姓名").then_some(Part::Name);
    words().find(|(part, known)| fits(*part, known)).map(|(part, _)| part).or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_in_two_languages() {
        for (header, part) in [
            ("Date of Birth", Part::BirthDate),
            ("soc_sec_id", Part::IdNo),
            ("姓名", Part::Name),
            (" 联系电话 ", Part::Phone),
            ("First Name", Part::GivenName),
            ("favourite colour", Part::Other),
            ("Customer Phone", Part::Phone),
            ("postcode_home", Part::Postcode),
            ("birth_place", Part::Other),
            ("申请人身份证号", Part::IdNo),
            ("父亲姓名", Part::Household),
        ] {
            assert_eq!(Role::of(header).part, part, "{header}");
        }
    }
}
