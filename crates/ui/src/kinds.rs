//! What columns hold, in words for people.

use std::borrow::Cow;

use gnomon_kernel::Lang;

use crate::tr;

/// What a column holds, by the word of dataset files; the word itself where it is none.
pub fn column_kind(lang: Lang, word: &str) -> Cow<'static, str> {
    let key = match word {
        "idno" => "type-idno",
        "uscc" => "type-uscc",
        "party" => "type-party",
        "name" => "type-name",
        "partyname" => "type-partyname",
        "region" => "type-region",
        "phone" => "type-phone",
        "bankacct" => "type-bankacct",
        "plate" => "type-plate",
        "code" => "type-code",
        "text" => "type-text",
        "hash" => "type-hash",
        "geo" => "type-geo",
        "date" => "type-date",
        "datetime" => "type-datetime",
        "month" => "type-month",
        "year" => "type-year",
        "int" => "type-int",
        "dec" => "type-dec",
        "pct" => "type-pct",
        "money" => "type-money",
        "bool" => "type-bool",
        "list" => "type-list",
        "enum" => "type-enum",
        _ => return Cow::Owned(word.to_owned()),
    };
    tr::text(lang, key, &[])
}
