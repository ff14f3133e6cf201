//! Colours that lie upon each other can be told apart: WCAG 2.2 AA, computed from the tokens.

use std::collections::BTreeMap;
use std::fs;

type Tokens = BTreeMap<String, [f64; 3]>;

/// Text on its ground: at least 4.5.
const TEXT: [(&str, &str); 49] = [
    ("ink", "surface"),
    ("ink", "canvas"),
    ("ink", "hover"),
    ("ink", "sel"),
    ("ink", "line-2"),
    ("ink", "lv-yellow-soft"),
    ("ink-2", "surface"),
    ("ink-2", "canvas"),
    ("ink-2", "hover"),
    ("ink-2", "sel"),
    ("accent", "surface"),
    ("accent", "canvas"),
    ("accent", "hover"),
    ("accent", "accent-soft"),
    ("accent-on", "accent"),
    ("rail-ink", "rail"),
    ("rail-ink", "rail-on"),
    ("rail-on-ink", "rail"),
    ("rail-on-ink", "rail-on"),
    ("lv-red-on", "lv-red"),
    ("lv-red-ink", "lv-red-soft"),
    ("lv-red-ink", "surface"),
    ("lv-yellow-on", "lv-yellow"),
    ("lv-yellow-ink", "lv-yellow-soft"),
    ("lv-blue-on", "lv-blue"),
    ("lv-blue-ink", "lv-blue-soft"),
    ("ok", "ok-soft"),
    ("ok", "surface"),
    ("ink", "accent-soft"),
    ("ink-2", "accent-soft"),
    ("ink", "lv-red-soft"),
    ("ink", "lv-blue-soft"),
    ("ink", "ok-soft"),
    ("ink", "violet-soft"),
    ("violet", "violet-soft"),
    ("lv-red-ink", "hover"),
    ("lv-yellow-ink", "hover"),
    ("lv-blue-ink", "hover"),
    ("lv-red-ink", "sel"),
    ("lv-yellow-ink", "surface"),
    ("lv-blue-ink", "surface"),
    ("rail-on-ink", "rail-on"),
    ("heat-0-ink", "heat-0"),
    ("heat-1-ink", "heat-1"),
    ("heat-2-ink", "heat-2"),
    ("heat-3-ink", "heat-3"),
    ("heat-4-ink", "heat-4"),
    ("heat-5-ink", "heat-5"),
    ("heat-6-ink", "heat-6"),
];

/// Shapes and borders that carry meaning: at least 3.
const SHAPES: [(&str, &str); 16] = [
    ("edge", "surface"),
    ("focus", "surface"),
    ("focus", "canvas"),
    ("rail-mark", "rail"),
    ("rail-mark", "rail-on"),
    ("lv-red", "surface"),
    ("lv-yellow-mark", "surface"),
    ("lv-blue", "surface"),
    ("ok", "canvas"),
    ("violet", "surface"),
    ("k-person", "surface"),
    ("k-relative", "surface"),
    ("k-org", "surface"),
    ("k-unit", "surface"),
    ("k-record", "surface"),
    ("k-account", "surface"),
];

fn tokens_css() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/static/css/tokens.css")).unwrap()
}

/// The colours of the block that follows a selector.
fn block(css: &str, selector: &str) -> Tokens {
    let body = css.split_once(selector).unwrap().1.split('}').next().unwrap();
    body.split(';')
        .filter_map(|line| {
            let (name, value) = line.rsplit_once("--")?.1.split_once(':')?;
            Some((name.to_owned(), colour(value.trim())?))
        })
        .collect()
}

fn colour(hex: &str) -> Option<[f64; 3]> {
    let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some([channel(0)?, channel(2)?, channel(4)?])
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let light = |[r, g, b]: [f64; 3]| 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    let (one, other) = (light(one), light(other));
    one.max(other) / one.min(other)
}

#[test]
fn contrast_is_sufficient_in_both_themes() {
    let css = tokens_css();
    let themes = [("light", block(&css, ":root {")), ("dark", block(&css, "[data-theme=\"dark\"] {"))];
    let mut poor = Vec::new();
    for (theme, tokens) in &themes {
        for (pairs, least) in [(&TEXT[..], 4.5), (&SHAPES[..], 3.0)] {
            for (upper, ground) in pairs {
                let found = contrast(tokens[*upper], tokens[*ground]);
                if found < least {
                    poor.push(format!("{theme}: {upper} on {ground} {found:.2} < {least}"));
                }
            }
        }
    }
    assert!(poor.is_empty(), "{}", poor.join("\n"));
}

#[test]
fn both_ways_to_the_dark_theme_are_alike() {
    let css = tokens_css();
    let wished = block(&css, ":root:not([data-theme=\"light\"]) {");
    let chosen = block(&css, ":root[data-theme=\"dark\"] {");
    assert_eq!(wished, chosen);
    let light = block(&css, ":root {");
    assert!(light.keys().eq(chosen.keys()));
}
