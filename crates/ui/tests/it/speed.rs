//! A full inbox renders fast. The limit is far above what an unoptimised build needs, and catches what would make
//! pages slow: parsing locales for every page, work that grows with the square of the rows.

use std::time::{Duration, Instant};

use gnomon_kernel::Lang;
use gnomon_ui::Template as _;
use gnomon_ui::sample::{Setting, inboxes};

#[test]
fn an_inbox_renders_fast() {
    let setting = Setting { lang: Lang::Zh, assets: "/a/test".to_owned() };
    let (_, page) = inboxes(&setting).remove(0);
    assert!(page.rows.len() >= 48);
    page.render().unwrap();
    let rounds = 20;
    let began = Instant::now();
    for _ in 0..rounds {
        page.render().unwrap();
    }
    let each = began.elapsed() / rounds;
    println!("one inbox of {} rows: {each:?}", page.rows.len());
    assert!(each < Duration::from_millis(50), "{each:?}");
}
