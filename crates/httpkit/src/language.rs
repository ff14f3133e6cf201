//! Which language a person reads.

use axum::http::{HeaderMap, header};
use gnomon_kernel::Lang;

/// What the address says, else what was chosen before, else what the browser prefers, else Chinese.
pub fn choose(asked: Option<&str>, chosen: Option<&str>, headers: &HeaderMap) -> Lang {
    let preferred = || {
        let line = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        preferred(line)
    };
    asked
        .and_then(Lang::parse)
        .or_else(|| chosen.and_then(Lang::parse))
        .or_else(preferred)
        .unwrap_or_default()
}

/// The first known language of the highest weight in `zh-CN,zh;q=0.9,en;q=0.8`.
fn preferred(line: &str) -> Option<Lang> {
    let weighted = |part: &str| {
        let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
        let weight =
            parameters.trim().strip_prefix("q=").map_or(Some(1.0), |text| text.trim().parse::<f32>().ok())?;
        Some((Lang::parse(tag.trim())?, weight)).filter(|(_, weight)| *weight > 0.0)
    };
    let known = line.split(',').filter_map(weighted);
    known.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(lang, _)| lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_decide_and_order_breaks_ties() {
        assert_eq!(preferred("zh-CN,zh;q=0.9,en;q=0.8"), Some(Lang::Zh));
        assert_eq!(preferred("fr, en;q=0.4, zh;q=0.3"), Some(Lang::En));
        assert_eq!(preferred("en;q=0, zh;q=0.1"), Some(Lang::Zh));
        assert_eq!(preferred("en;q=x"), None);
        assert_eq!(preferred("*"), None);
    }

    #[test]
    fn the_address_beats_the_choice_and_the_choice_beats_the_browser() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, "en".parse().unwrap());
        assert_eq!(choose(Some("zh"), Some("en"), &headers), Lang::Zh);
        assert_eq!(choose(None, Some("zh-CN"), &headers), Lang::Zh);
        assert_eq!(choose(Some("xx"), None, &headers), Lang::En);
        assert_eq!(choose(None, None, &HeaderMap::new()), Lang::Zh);
    }
}
