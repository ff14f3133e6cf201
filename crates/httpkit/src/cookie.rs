//! Cookies in and out. All are for the whole site and for no other.

use std::fmt::Write as _;

use axum::http::{HeaderMap, HeaderValue, header};

/// How long a choice of language or theme is kept.
const YEAR: u64 = 365 * 24 * 3600;

/// How long a cookie lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Life {
    /// Until the browser is closed.
    Session,
    /// A year.
    Year,
    /// Over at once.
    Over,
}

/// The names of the site's cookies. With https they carry the prefix that lets nobody but this very host set them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names {
    /// The session.
    pub session: &'static str,
    /// What forms are bound to before there is a session.
    pub visitor: &'static str,
    /// What was just done.
    pub notice: &'static str,
    /// Chosen language.
    pub lang: &'static str,
    /// Chosen theme.
    pub theme: &'static str,
}

impl Names {
    pub(crate) fn new(https: bool) -> Names {
        let (session, visitor, notice) = match https {
            true => ("__Host-gnomon", "__Host-gnomon-visitor", "__Host-gnomon-notice"),
            false => ("gnomon", "gnomon-visitor", "gnomon-notice"),
        };
        Names { session, visitor, notice, lang: "lang", theme: "theme" }
    }
}

/// The value of a cookie that the browser sent.
pub(crate) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value).filter(|value| !value.is_empty())
}

/// A `Set-Cookie` header. The value must hold letters, digits, `.`, `-` and `_` only; anything else is dropped, so that
/// nothing can break out of the header.
pub(crate) fn write(name: &str, value: &str, life: Life, https: bool) -> Option<HeaderValue> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let value: String = value.chars().filter(|c| plain(*c)).collect();
    let mut text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax");
    if https {
        text.push_str("; Secure");
    }
    let _ = match life {
        Life::Session => Ok(()),
        Life::Year => write!(text, "; Max-Age={YEAR}"),
        Life::Over => write!(text, "; Max-Age=0"),
    };
    HeaderValue::try_from(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cookie_of_several_is_read() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; gnomon=xyz;b="));
        headers.append(header::COOKIE, HeaderValue::from_static("lang=en"));
        assert_eq!(read(&headers, "gnomon"), Some("xyz"));
        assert_eq!(read(&headers, "lang"), Some("en"));
        assert_eq!(read(&headers, "b"), None);
        assert_eq!(read(&headers, "c"), None);
    }

    #[test]
    fn a_value_cannot_add_attributes() {
        let cookie = write("lang", "en; Domain=elsewhere\r\nX: y", Life::Year, true).unwrap();
        assert_eq!(
            cookie,
            "lang=enDomainelsewhereXy; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=31536000"
        );
    }
}
