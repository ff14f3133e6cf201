//! Every page in its interesting states, filled with invented people: for the tests and for whoever wants to look at
//! the pages without a server.

mod api;
mod connections;
mod dashboard;
mod data;
mod delivery;
mod desk;
mod erasures;
mod freshness;
mod header_layout;
mod identities;
mod inbox;
mod kinship;
mod models;
mod objects;
mod requests;
mod runs;
mod ties;
mod warning;
mod warning_more;

use askama::Template;
use gnomon_kernel::{Code, Day, Instant, Lang, Money};

use crate::pages::{DemoLogin, ErrorPage, LoginPage};
use crate::shell::{Flash, Role, Section, Shell, Theme, Tone, User};

pub use api::api_pages;
pub use connections::connection_pages;
pub use dashboard::dashboards;
pub use data::{data_pages, dataset_pages};
pub use delivery::deliveries;
pub use desk::{desks, hands, intakes};
pub use erasures::erasure_pages;
pub use freshness::{coverages, freshness_pages};
pub use header_layout::header_layouts;
pub use identities::{identity_lists, identity_pages};
pub use inbox::inboxes;
pub use kinship::{declarations, kinship_units, kinship_years, publications};
pub use models::{model_lists, models};
pub use objects::{object_asks, object_lists, object_pages};
pub use requests::{asks, request_lists, request_pages};
pub use runs::{run_lists, runs};
pub use ties::ties_pages;
pub use warning::{sources, warnings};

/// A page and the state it shows.
#[derive(Debug)]
pub struct Sample {
    /// Page and state, `inbox-full`: also a file name.
    pub name: String,
    /// The page.
    pub html: String,
}

/// What the samples are made with.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Language.
    pub lang: Lang,
    /// Where the browser's files lie.
    pub assets: String,
}

impl Setting {
    /// One of two texts.
    pub(crate) fn words(&self, zh: &str, en: &str) -> String {
        match self.lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        }
    }

    /// One of two lists of texts.
    pub(crate) fn lines(&self, zh: &[&str], en: &[&str]) -> Vec<String> {
        let lines = if self.lang == Lang::Zh { zh } else { en };
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    /// What surrounds a page.
    pub(crate) fn shell(&self, section: Section, here: &str) -> Shell {
        Shell {
            lang: self.lang,
            theme: Theme::System,
            assets: self.assets.clone(),
            csrf: "c2FtcGxlLXRva2Vu".to_owned(),
            here: here.to_owned(),
            section,
            user: Some(User { name: self.words("陈立", "Chen Li"), role: Role::Duty }),
            sections: Section::ALL.to_vec(),
            area: self.words("澜禾县", "Lanhe County"),
            as_of: Day::from_ymd_opt(2025, 1, 1),
            synthetic: true,
            open_warnings: 1_284,
            my_warnings: 12,
            kept_back: 7,
            doubts: 31,
            flashes: Vec::new(),
        }
    }
}

/// All samples.
///
/// # Errors
///
/// When a template cannot be rendered, which no state of a page should bring about.
pub fn all(setting: &Setting) -> askama::Result<Vec<Sample>> {
    let mut samples = Vec::new();
    collect(&mut samples, "login", logins(setting))?;
    collect(&mut samples, "error", errors(setting))?;
    collect(&mut samples, "api", api_pages(setting))?;
    collect(&mut samples, "dashboard", dashboards(setting))?;
    collect(&mut samples, "inbox", inboxes(setting))?;
    collect(&mut samples, "warning", warnings(setting))?;
    collect(&mut samples, "source", sources(setting))?;
    collect(&mut samples, "ties", ties_pages(setting))?;
    collect(&mut samples, "models", model_lists(setting))?;
    collect(&mut samples, "model", models(setting))?;
    collect(&mut samples, "objects", object_lists(setting))?;
    collect(&mut samples, "object", object_pages(setting))?;
    collect(&mut samples, "object-ask", object_asks(setting))?;
    collect(&mut samples, "data", data_pages(setting))?;
    collect(&mut samples, "connections", connection_pages(setting))?;
    collect(&mut samples, "erasures", erasure_pages(setting))?;
    collect(&mut samples, "identities", identity_lists(setting))?;
    collect(&mut samples, "identity", identity_pages(setting))?;
    collect(&mut samples, "dataset", dataset_pages(setting))?;
    collect(&mut samples, "freshness", freshness_pages(setting))?;
    collect(&mut samples, "coverage", coverages(setting))?;
    collect(&mut samples, "delivery", deliveries(setting))?;
    collect(&mut samples, "quarantine", desks(setting))?;
    collect(&mut samples, "hand", hands(setting))?;
    collect(&mut samples, "intake", intakes(setting))?;
    collect(&mut samples, "header-layout", header_layouts(setting))?;
    collect(&mut samples, "requests", request_lists(setting))?;
    collect(&mut samples, "request", request_pages(setting))?;
    collect(&mut samples, "ask", asks(setting))?;
    collect(&mut samples, "kinship", kinship_years(setting))?;
    collect(&mut samples, "kinship-unit", kinship_units(setting))?;
    collect(&mut samples, "declaration", declarations(setting))?;
    collect(&mut samples, "publication", publications(setting))?;
    collect(&mut samples, "runs", run_lists(setting))?;
    collect(&mut samples, "run", runs(setting))?;
    Ok(samples)
}

fn collect<P: Template>(samples: &mut Vec<Sample>, page: &str, states: Vec<(&str, P)>) -> askama::Result<()> {
    for (state, filled) in states {
        samples.push(Sample { name: format!("{page}-{state}"), html: filled.render()? });
    }
    Ok(())
}

/// The log-in page: with the demo's people, without, after a failed attempt.
pub fn logins(setting: &Setting) -> Vec<(&'static str, LoginPage)> {
    let person =
        |name: &str, role| DemoLogin { name: name.to_owned(), password: "demo-2025".to_owned(), role };
    let demo = LoginPage {
        shell: Shell { user: None, ..setting.shell(Section::Elsewhere, "/login") },
        name: String::new(),
        error: None,
        next: "/".to_owned(),
        demo: vec![
            person("duty", Role::Duty),
            person("handler", Role::Handler),
            person("leader", Role::Leader),
            person("civil", Role::Department),
            person("security", Role::Security),
        ],
    };
    let plain = LoginPage { demo: Vec::new(), ..demo.clone() };
    let failed = LoginPage {
        name: "duty".to_owned(),
        error: Some(crate::error_text(setting.lang, Code::LoginFailed, "", "").into_owned()),
        next: "/warnings?level=red".to_owned(),
        ..demo.clone()
    };
    vec![("demo", demo), ("plain", plain), ("failed", failed)]
}

/// Errors: nothing there, not allowed, changed by somebody else, nobody logged in.
pub fn errors(setting: &Setting) -> Vec<(&'static str, ErrorPage)> {
    let page = |code| ErrorPage {
        shell: setting.shell(Section::Elsewhere, "/warnings/wrn_01JD0000000000000000000000"),
        code,
        found: setting.words("措施说明", "measures taken"),
        expected: "64 kB".to_owned(),
        request: Some("req_01JDA1B2C3D4E5F6G7H8J9K0M1".to_owned()),
    };
    let mut stranger = page(Code::NotLoggedIn);
    stranger.shell.user = None;
    let mut conflict = page(Code::Conflict);
    conflict.shell.flashes.push(Flash {
        tone: Tone::Info,
        text: setting.words("您填写的内容没有保存。", "What you typed was not saved."),
    });
    vec![
        ("not-found", page(Code::NotFound)),
        ("forbidden", page(Code::Forbidden)),
        ("conflict", conflict),
        ("stranger", stranger),
    ]
}

fn at(day: u32, hour: u32, minute: u32) -> Instant {
    let local = Day::from_ymd_opt(2026, 11, day).and_then(|day| day.and_hms_opt(hour, minute, 0));
    local.map(|local| local.and_utc() - chrono::TimeDelta::hours(8)).unwrap_or_default()
}

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn yuan(yuan: i64) -> Money {
    Money(yuan * 100)
}
