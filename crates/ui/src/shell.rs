//! What surrounds every page: rail, top bar, notices.

use gnomon_kernel::{Day, Lang};

use crate::query::encode;
use crate::tr::key;

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the person's system wishes.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All, as the menu lists them.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The word in the cookie, in the form and in `<html data-theme>`.
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.as_str() == word)
    }

    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            Theme::System => key("theme-system"),
            Theme::Light => key("theme-light"),
            Theme::Dark => key("theme-dark"),
        }
    }
}

/// Which entry of the rail is lit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The numbers at a glance.
    Dashboard,
    /// The inbox and its warnings.
    Warnings,
    /// Declarations of relatives' matters.
    Kinship,
    /// Supervised objects.
    Objects,
    /// How persons and organisations are tied.
    Ties,
    /// The models.
    Models,
    /// Datasets and batches.
    Data,
    /// Data requests, for those who open nothing else of the data.
    Requests,
    /// What was kept back.
    Quarantine,
    /// Pairs of mentions that may be one.
    Identities,
    /// Runs of models.
    Runs,
    /// None of them.
    Elsewhere,
}

impl Section {
    /// Those on the rail.
    pub const ALL: [Section; 11] = [
        Section::Dashboard,
        Section::Warnings,
        Section::Kinship,
        Section::Objects,
        Section::Ties,
        Section::Models,
        Section::Data,
        Section::Quarantine,
        Section::Identities,
        Section::Requests,
        Section::Runs,
    ];
}

/// A group of the rail.
#[derive(Debug)]
pub struct RailGroup {
    /// Locale key of its heading.
    pub title: &'static str,
    /// What it leads to.
    pub entries: Vec<RailEntry>,
}

/// An entry of the rail.
#[derive(Debug)]
pub struct RailEntry {
    /// Where it leads.
    pub href: &'static str,
    /// Name of its icon.
    pub icon: &'static str,
    /// Locale key of its name.
    pub title: &'static str,
    /// Number at the right; none when 0.
    pub count: u64,
    /// Whether this is where the person is.
    pub is_current: bool,
}

/// The roles of the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// 值班员: distributes warnings.
    Duty,
    /// 承办人: verifies and disposes.
    Handler,
    /// 领导: reviews.
    Leader,
    /// 部门联络员: answers for a department's data.
    Department,
    /// 安全管理员: confirms ends of agreements.
    Security,
}

impl Role {
    /// All of them.
    const ALL: [Role; 5] = [Role::Duty, Role::Handler, Role::Leader, Role::Department, Role::Security];

    /// The word in files and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Duty => "duty",
            Role::Handler => "handler",
            Role::Leader => "leader",
            Role::Department => "department",
            Role::Security => "security",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            Role::Duty => key("role-duty"),
            Role::Handler => key("role-handler"),
            Role::Leader => key("role-leader"),
            Role::Department => key("role-department"),
            Role::Security => key("role-security"),
        }
    }
}

/// The person who is logged in.
#[derive(Debug, Clone)]
pub struct User {
    /// Name as shown.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

impl User {
    /// What stands in the round badge.
    pub fn initial(&self) -> String {
        self.name.chars().take(1).collect()
    }
}

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It is done.
    Done,
    /// Something to know.
    Info,
    /// It was not done.
    Failed,
}

impl Tone {
    /// The word that the style sheet knows.
    pub fn word(self) -> &'static str {
        match self {
            Tone::Done => "ok",
            Tone::Info => "info",
            Tone::Failed => "crit",
        }
    }

    /// Name of the icon.
    pub fn icon(self) -> &'static str {
        match self {
            Tone::Done => "check",
            Tone::Info => "info",
            Tone::Failed => "alert",
        }
    }
}

/// A message about what was just done.
#[derive(Debug, Clone)]
pub struct Flash {
    /// How it is meant.
    pub tone: Tone,
    /// What it says, in the person's language.
    pub text: String,
}

/// What surrounds every page.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Language of the page.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// Prefix of the browser's files: [`crate::ASSETS`], or where a test has put them.
    pub assets: String,
    /// Token that every changing form carries.
    pub csrf: String,
    /// Path and query of this page: where to come back to after a change of language or theme.
    pub here: String,
    /// Entry of the rail that is lit.
    pub section: Section,
    /// Who is logged in.
    pub user: Option<User>,
    /// What this person may open; nothing else is linked to.
    pub sections: Vec<Section>,
    /// Name of the county or unit that is supervised.
    pub area: String,
    /// The day the data speak of: the county's own today.
    pub as_of: Option<Day>,
    /// Whether the data are made up.
    pub synthetic: bool,
    /// Warnings that are not closed.
    pub open_warnings: u64,
    /// Warnings that wait for this person.
    pub my_warnings: u64,
    /// Deliveries, files and pushes of which something is kept back.
    pub kept_back: u64,
    /// Pairs of mentions that somebody should look at.
    pub doubts: u64,
    /// Messages about what was just done.
    pub flashes: Vec<Flash>,
}

impl Shell {
    /// `<html data-theme>`; none when the system decides.
    pub fn theme_attribute(&self) -> Option<&'static str> {
        (self.theme != Theme::System).then(|| self.theme.as_str())
    }

    /// The language to switch to.
    pub fn other_lang(&self) -> Lang {
        match self.lang {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }

    /// What the button that switches the language says, in that language.
    pub fn other_lang_name(&self) -> &'static str {
        match self.other_lang() {
            Lang::Zh => "中文",
            Lang::En => "English",
        }
    }

    /// Whether this person may open a section.
    pub fn opens(&self, section: Section) -> bool {
        self.sections.contains(&section)
    }

    /// The rail, group by group.
    pub fn rail(&self) -> Vec<RailGroup> {
        let entry = |section, href, icon, title, count| {
            let is_current = self.section == section;
            self.opens(section).then_some(RailEntry { href, icon, title, count, is_current })
        };
        let oversight = [
            entry(Section::Dashboard, "/", "dashboard", key("rail-dashboard"), 0),
            entry(Section::Warnings, "/warnings", "alert", key("rail-warnings"), self.open_warnings),
            entry(Section::Kinship, "/kinship", "person", key("kinship"), 0),
            entry(Section::Objects, "/objects", "person", key("rail-objects"), 0),
            entry(Section::Ties, "/ties", "ties", key("rail-ties"), 0),
        ];
        let content = [
            entry(Section::Models, "/models", "models", key("rail-models"), 0),
            entry(Section::Data, "/data", "data", key("rail-data"), 0),
            entry(Section::Requests, "/data/requests", "data", key("requests"), 0)
                .filter(|_| !self.opens(Section::Data)),
            entry(Section::Quarantine, "/data/quarantine", "tray", key("rail-quarantine"), self.kept_back),
            entry(Section::Identities, "/data/identities", "person", key("identities"), self.doubts),
            entry(Section::Runs, "/runs", "runs", key("rail-runs"), 0),
        ];
        let groups = [
            RailGroup {
                title: key("rail-group-oversight"),
                entries: oversight.into_iter().flatten().collect(),
            },
            RailGroup { title: key("rail-group-content"), entries: content.into_iter().flatten().collect() },
        ];
        groups.into_iter().filter(|group| !group.entries.is_empty()).collect()
    }

    /// Where to log in and come back to this page.
    pub fn login_href(&self) -> String {
        format!("/login?next={}", encode(&self.here))
    }
}
