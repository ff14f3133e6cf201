//! What every page can say inside its template.

use std::borrow::Cow;

use gnomon_kernel::{Code, Day, Instant, Lang, Level, Measure, Money};

use crate::format;
use crate::quality::measure_limit;
use crate::shell::Shell;
use crate::tr::{self, Argument};

/// A page or a part of one. The methods are called from templates: `t` looks a text up, `money` writes an amount.
pub trait Page {
    /// What surrounds the page.
    fn shell(&self) -> &Shell;

    /// The language of the page.
    fn lang(&self) -> Lang {
        self.shell().lang
    }

    /// A text.
    fn t(&self, key: &str) -> Cow<'static, str> {
        tr::text(self.lang(), key, &[])
    }

    /// A text with one argument.
    fn t1(&self, key: &str, name: &'static str, value: impl Argument) -> Cow<'static, str> {
        tr::text(self.lang(), key, &[(name, value.value())])
    }

    /// A text with two arguments.
    fn t2(
        &self,
        key: &str,
        name: &'static str,
        value: impl Argument,
        other: &'static str,
        other_value: impl Argument,
    ) -> Cow<'static, str> {
        tr::text(self.lang(), key, &[(name, value.value()), (other, other_value.value())])
    }

    /// The word of a level.
    fn level_name(&self, level: &Level) -> Cow<'static, str> {
        match level {
            Level::Red => self.t("level-red"),
            Level::Yellow => self.t("level-yellow"),
            Level::Blue => self.t("level-blue"),
        }
    }

    /// A whole number with separators.
    fn count(&self, number: impl Number) -> String {
        format::count(i64::try_from(number.number()).unwrap_or(i64::MAX))
    }

    /// A whole number short enough for a narrow cell.
    fn count_short(&self, number: impl Number) -> String {
        format::count_short(self.lang(), number.number())
    }

    /// An amount in yuan, `1,324,600.00`.
    fn money(&self, money: &Money) -> String {
        money.to_string()
    }

    /// An amount short enough for a tile.
    fn money_short(&self, money: &Money) -> String {
        format::money_short(self.lang(), *money)
    }

    /// A part of a whole in per cent.
    fn share(&self, part: impl Number, whole: impl Number) -> String {
        format::share(part.number(), whole.number())
    }

    /// The sentence for an error code.
    fn error_sentence(&self, code: &Code, found: &str, expected: &str) -> Cow<'static, str> {
        tr::error_text(self.lang(), *code, found, expected)
    }

    /// The sentence for an error code where nothing is known but the code.
    fn bare_error(&self, code: &Code) -> String {
        tr::bare_error_text(self.lang(), *code)
    }

    /// A limit of quality in words.
    fn measure_limit(&self, measure: &Measure) -> String {
        measure_limit(self.lang(), measure)
    }

    /// `2026-11-21 16:42`, local time.
    fn minute(&self, moment: &Instant) -> String {
        format::minute(*moment)
    }

    /// The local day of a moment.
    fn day_of(&self, moment: &Instant) -> Day {
        format::local_day(*moment)
    }

    /// A length of time, given in milliseconds.
    fn duration(&self, milliseconds: &u64) -> String {
        format::duration(*milliseconds)
    }

    /// A length of a file, given in bytes.
    fn size(&self, bytes: &u64) -> String {
        format::size(*bytes)
    }

    /// The address of a browser's file below `static`.
    fn asset(&self, path: &str) -> String {
        format!("{}/static/{path}", self.shell().assets)
    }

    /// The address of a built browser's file below `dist`.
    fn built(&self, path: &str) -> String {
        format!("{}/dist/{path}", self.shell().assets)
    }
}

/// A count as templates hand it over: by value, by reference, as a length.
pub trait Number {
    /// The count.
    fn number(&self) -> u64;
}

impl<T: Number + ?Sized> Number for &T {
    fn number(&self) -> u64 {
        T::number(self)
    }
}

impl Number for u64 {
    fn number(&self) -> u64 {
        *self
    }
}

impl Number for usize {
    fn number(&self) -> u64 {
        u64::try_from(*self).unwrap_or(u64::MAX)
    }
}

/// Says that a struct with a field `shell` is a page.
macro_rules! page {
    ($($name:ty),* $(,)?) => { $(
        impl $crate::page::Page for $name {
            fn shell(&self) -> &$crate::shell::Shell {
                &self.shell
            }
        }
    )* };
}

pub(crate) use page;
