//! Rules that hold for every page in every state and language.

use gnomon_kernel::Lang;

use super::samples;

/// Words that accuse. A finding is a lead to be verified, never a verdict.
const ACCUSING: [&str; 24] = [
    "嫌疑",
    "涉嫌",
    "可疑",
    "疑似",
    "违法",
    "违纪",
    "犯罪",
    "诈",
    "骗",
    "贪",
    "造假",
    "不法",
    "suspect",
    "suspicious",
    "fraud",
    "illegal",
    "unlawful",
    "corrupt",
    "criminal",
    "crime",
    "guilty",
    "cheat",
    "offender",
    "culprit",
];

fn for_every_page(check: impl Fn(&str, &str)) {
    for lang in Lang::ALL {
        let samples = samples(lang);
        assert!(samples.len() > 30);
        for sample in samples {
            check(&format!("{} {}", sample.name, lang.tag()), &sample.html);
        }
    }
}

/// The opening tags of one element.
fn tags<'a>(html: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    html.split('<').filter_map(move |rest| {
        let tag = rest.split('>').next()?;
        (tag.split(|c: char| !c.is_ascii_alphanumeric()).next() == Some(name)).then_some(tag)
    })
}

/// The text between the tags.
fn text(html: &str) -> String {
    html.split('<')
        .filter_map(|rest| rest.split_once('>'))
        .map(|(_, text)| text)
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn the_policy_of_the_site_is_kept() {
    for_every_page(|name, html| {
        let flat = html.to_lowercase();
        for banned in
            [" style=", "<style", " onclick", " onload", " onchange", " onsubmit", "hx-on", "javascript:"]
        {
            assert!(!flat.contains(banned), "{name}: {banned}");
        }
        assert!(!flat.contains("hx-vals=\"js:") && !flat.contains("eval("), "{name}");
        for script in tags(html, "script") {
            let is_data = script.contains(r#"type="application/json""#);
            assert!(is_data || script.contains(" src="), "{name}: {script}");
        }
    });
}

#[test]
fn every_changing_form_carries_the_token() {
    for_every_page(|name, html| {
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            let head = form.split('>').next().unwrap();
            assert!(head.contains(" action=\"/"), "{name}: {head}");
            assert!(head.contains(" method=\""), "{name}: {head}");
            let changes = head.contains("method=\"post\"");
            assert_eq!(form.contains(r#"name="csrf""#), changes, "{name}: {head}");
            let of_a_warning = head.contains("action=\"/warnings/wrn_") && !head.contains("/reveal\"");
            assert_eq!(form.contains(r#"name="version""#), of_a_warning, "{name}: {head}");
        }
    });
}

#[test]
fn requests_by_script_have_a_plain_way_too() {
    for_every_page(|name, html| {
        for tag in html.split('<').filter_map(|rest| rest.split('>').next()) {
            for (request, plain) in
                [("hx-get=\"", ["href=\"", "action=\""]), ("hx-post=\"", ["action=\"", "action=\""])]
            {
                let Some((_, rest)) = tag.split_once(request) else { continue };
                let target = rest.split('"').next().unwrap();
                let is_plain = plain.iter().any(|way| tag.contains(&format!(" {way}{target}\"")));
                assert!(is_plain, "{name}: {tag}");
            }
        }
    });
}

#[test]
fn every_island_has_its_table() {
    for_every_page(|name, html| {
        for island in html.split("<figure class=\"island\"").skip(1) {
            let island = island.split("</figure>").next().unwrap();
            assert!(island.contains("<details open>") && island.contains("<table"), "{name}");
        }
    });
}

#[test]
fn no_word_accuses() {
    for_every_page(|name, html| {
        let text = text(html).to_lowercase();
        for word in ACCUSING {
            assert!(!text.contains(word), "{name}: {word}");
        }
    });
}

#[test]
fn no_key_shows_through() {
    for_every_page(|name, html| {
        let text = text(html);
        assert!(!text.contains("{ $") && !text.contains("{{") && !text.contains("{%"), "{name}");
    });
}

#[test]
fn english_pages_hold_no_chinese_words_of_ours() {
    for sample in samples(Lang::En) {
        let flat = text(&sample.html).replace("圭表", "").replace("中文", "");
        let chinese: Vec<char> = flat.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
        // File names and headings are shown as departments deliver them.
        let delivered =
            ["source-", "data", "dataset-", "delivery-", "header-layout-", "quarantine-", "hand-", "intake-"]
                .iter()
                .any(|page| sample.name.starts_with(page));
        assert!(delivered || chinese.is_empty(), "{}: {chinese:?}", sample.name);
    }
}

#[test]
fn every_page_says_its_language_and_has_one_heading() {
    for_every_page(|name, html| {
        let lang = name.rsplit(' ').next().unwrap();
        assert!(html.contains(&format!("<html lang=\"{lang}\"")), "{name}");
        assert_eq!(tags(html, "h1").count(), 1, "{name}");
        assert_eq!(tags(html, "main").count(), 1, "{name}");
    });
}

#[test]
fn ids_are_unique_and_labels_point_at_fields() {
    for_every_page(|name, html| {
        let attributes = |attribute: &str| -> Vec<String> {
            let start = format!(" {attribute}=\"");
            html.split(start.as_str())
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
                .map(str::to_owned)
                .collect()
        };
        let mut ids = attributes("id");
        for field in attributes("for") {
            assert!(ids.contains(&field), "{name}: no field {field}");
        }
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{name}: {ids:?}");
    });
}

#[test]
fn what_people_write_is_escaped() {
    use gnomon_ui::Template as _;
    use gnomon_ui::sample::{Setting, warnings};

    let setting = Setting { lang: Lang::En, assets: "/a/test".to_owned() };
    let (_, mut page) = warnings(&setting).remove(1);
    let evil = "</script><script>alert(1)</script>";
    page.timeline[0].note = Some(evil.to_owned());
    page.parties[0].name = evil.to_owned();
    if let Some(graph) = &mut page.graph {
        graph.nodes[0].label = evil.to_owned();
    }
    let html = page.render().unwrap();
    assert!(!html.contains(evil));
    assert!(!html.contains("<script>alert"));
}

#[test]
fn a_file_can_be_called_complete_before_it_is_sent() {
    use gnomon_ui::Template as _;
    use gnomon_ui::sample::{Setting, dataset_pages};

    let setting = Setting { lang: Lang::Zh, assets: "/a/test".to_owned() };
    for (state, page) in dataset_pages(&setting) {
        let html = page.render().unwrap();
        let (complete, file) = (html.find(r#"name="complete""#), html.find(r#"name="file""#));
        // The site takes the fields in their order and stops at the file.
        assert_eq!(complete.is_some(), ["whole", "unfit"].contains(&state), "{state}");
        assert!(complete.is_none() || complete < file, "{state}");
    }
}

#[test]
fn fragments_are_parts_of_their_pages() {
    use gnomon_ui::sample::{Setting, inboxes, sources, warnings};

    let setting = Setting { lang: Lang::Zh, assets: "/a/test".to_owned() };
    let (_, inbox) = inboxes(&setting).remove(0);
    let list = inbox.render_list().unwrap();
    assert!(list.contains("<table") && list.contains("<hx-partial hx-target=\"#segments\""));
    let (_, warning) = warnings(&setting).remove(1);
    let parties = warning.render_parties().unwrap();
    assert!(parties.contains("/reveal") && parties.contains(r#"name="csrf""#));
    let (_, source) = sources(&setting).remove(0);
    let line = source.render_line().unwrap();
    assert!(line.contains("HT-2018-0112"));
    for fragment in [list, parties, line] {
        assert!(!fragment.contains("<html") && !fragment.contains("<main"));
        // A morph whose answer holds its own target fails.
        assert!(!fragment.contains(r#"id="list""#) && !fragment.contains(r#"id="parties""#));
    }
}
