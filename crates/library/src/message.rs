//! A model's sentence: text with `{column}` places.

/// The names between braces, in order. The error says which brace is alone.
pub fn places(text: &str) -> Result<Vec<String>, String> {
    Ok(pieces(text)?.into_iter().filter_map(|(text, is_place)| is_place.then_some(text)).collect())
}

/// The sentence in pieces: text, and whether it is the name of a place.
pub fn pieces(text: &str) -> Result<Vec<(String, bool)>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        let close = after.find('}').ok_or_else(|| format!("found {{ without }} before: {after}"))?;
        pieces.push((before.to_owned(), false));
        pieces.push((after[1..close].trim().to_owned(), true));
        rest = &after[close + 1..];
    }
    if rest.contains('}') {
        return Err(format!("found }} without {{ in: {rest}"));
    }
    pieces.push((rest.to_owned(), false));
    pieces.retain(|(text, is_place)| *is_place || !text.is_empty());
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_at_places() {
        assert_eq!(places("{a} 于 {b} 日").unwrap(), ["a", "b"]);
        assert!(places("{a").is_err());
        assert!(places("a}").is_err());
    }
}
