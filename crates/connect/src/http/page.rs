//! Pages as text, whatever they are encoded in.

use encoding_rs::{Encoding, UTF_8};

/// How far into a page its encoding must be named.
const HEAD: usize = 2_048;

/// The page as text: in the encoding that the server names, or the page itself, or UTF-8.
pub(super) fn text(body: &[u8], charset: Option<&str>) -> String {
    let named = charset.and_then(|label| Encoding::for_label(label.as_bytes()));
    let encoding = named.or_else(|| of_head(body)).unwrap_or(UTF_8);
    encoding.decode(body).0.into_owned()
}

fn of_head(body: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&body[..body.len().min(HEAD)]).to_ascii_lowercase();
    let (_, rest) = head.split_once("charset=")?;
    let label: String = rest
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
        .collect();
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_its_encoding_unless_the_server_does() {
        let (body, _, _) = encoding_rs::GBK.encode("<meta charset=\"gb2312\"><td>中标公告</td>");
        assert!(text(&body, None).contains("中标公告"));
        assert!(text(&body, Some("gbk")).contains("中标公告"));
        assert!(text("中标".as_bytes(), None).contains("中标"));
    }
}
