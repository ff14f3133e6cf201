//! Words in two languages. The bundles are parsed once, at the first word; after that they are only read.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use gnomon_kernel::{Code, Lang, Money};
use unic_langid::LanguageIdentifier;

use crate::format;

include!(concat!(env!("OUT_DIR"), "/locales.rs"));

type Bundle = FluentBundle<FluentResource>;

static ZH_BUNDLE: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::Zh, ZH));
static EN_BUNDLE: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::En, EN));

fn bundle(lang: Lang, files: &'static [&'static str]) -> Bundle {
    let tag = LanguageIdentifier::from_bytes(lang.tag().as_bytes()).unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => {
            Some(format::count(number.value as i64))
        }
        _ => None,
    }));
    for text in files {
        // A file with errors, or a key written twice, fails the build: see build/locales.rs.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Looks a text up. A key that does not exist is shown as it is; the build keeps that from happening.
pub fn text(lang: Lang, key: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> Cow<'static, str> {
    let bundle: &'static Bundle = match lang {
        Lang::Zh => &ZH_BUNDLE,
        Lang::En => &EN_BUNDLE,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return Cow::Owned(key.to_owned());
    };
    let mut errors = Vec::new();
    if arguments.is_empty() {
        return bundle.format_pattern(pattern, None, &mut errors);
    }
    let arguments: FluentArgs<'_> = arguments.iter().cloned().collect();
    Cow::Owned(bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned())
}

/// The sentence for an error code: what was found, what was expected, what to do. Codes that name neither ignore
/// `found` and `expected`.
pub fn error_text(lang: Lang, code: Code, found: &str, expected: &str) -> Cow<'static, str> {
    let named = (code == Code::MostlyUnfit).then(|| commonest(lang, expected)).flatten();
    let expected = named.as_deref().unwrap_or(expected);
    let arguments = [("found", FluentValue::from(found)), ("expected", FluentValue::from(expected))];
    text(lang, &format!("error-{}", code.word()), &arguments)
}

/// The sentence for an error code where what was found and expected stands elsewhere.
pub fn bare_error_text(lang: Lang, code: Code) -> String {
    // Its sentence is about the other line.
    if code == Code::Contradiction {
        return text(lang, "bare-contradiction", &[]).into_owned();
    }
    error_text(lang, code, "", "").replace(" “”", "").replace("“”", "").trim_start().to_owned()
}

/// The fault that most rows of a file share, `column code`, in words.
fn commonest(lang: Lang, fault: &str) -> Option<String> {
    let (column, word) = fault.rsplit_once(' ').unwrap_or(("", fault));
    let sentence = bare_error_text(lang, Code::parse(word)?);
    Some(if column.is_empty() { sentence } else { format!("“{column}”: {sentence}") })
}

/// Whether both languages have this key.
pub fn is_defined(key: &str) -> bool {
    ZH_BUNDLE.has_message(key) && EN_BUNDLE.has_message(key)
}

/// Marks a literal as a locale key that is looked up later, so that the build checks it.
pub(crate) const fn key(key: &'static str) -> &'static str {
    key
}

/// What can stand for an argument of a text: words as they are, whole numbers with separators, money in yuan.
pub trait Argument {
    /// As Fluent wants it.
    fn value(&self) -> FluentValue<'_>;
}

impl<T: Argument + ?Sized> Argument for &T {
    fn value(&self) -> FluentValue<'_> {
        T::value(self)
    }
}

impl Argument for str {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self)
    }
}

impl Argument for String {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_str())
    }
}

impl Argument for Cow<'_, str> {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_ref())
    }
}

impl Argument for Money {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self.to_string())
    }
}

macro_rules! whole_number {
    ($($kind:ty),*) => { $(
        impl Argument for $kind {
            fn value(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        }
    )* };
}

whole_number!(i64, u64, u32, usize);
