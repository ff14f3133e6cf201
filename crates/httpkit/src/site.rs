//! A site: the verbs it offers and how it presents itself.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use gnomon_app::{App, Error, Filter, Token};
use gnomon_domain::{Action, Actor, Relation, Role, may};
use gnomon_kernel::{Lang, Words};
use gnomon_ui::{ASSETS, Flash, Notice, Section, Shell, Theme, User};

use crate::{
    Visit,
    cookie::{self, Life, Names},
    redirect,
};

/// How a site presents itself.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether it is reached by https; then cookies travel no other way.
    pub https: bool,
    /// Name of the county or unit that is supervised.
    pub area: Words,
    /// Whether the data are made up.
    pub synthetic: bool,
}

/// The verbs and the settings of a site. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// The verbs.
    pub app: App,
    /// How it presents itself.
    pub settings: Arc<Settings>,
    pub(crate) names: Names,
}

impl Site {
    /// Puts a site together.
    pub fn new(app: App, settings: Settings) -> Site {
        Site { app, names: Names::new(settings.https), settings: Arc::new(settings) }
    }

    /// What surrounds a page. Somebody who is not logged in sees no numbers.
    pub async fn shell(&self, visit: &Visit, section: Section) -> Result<Shell, Error> {
        let mut shell = self.bare_shell(visit, section);
        let Some(actor) = &visit.actor else { return Ok(shell) };
        if shell.opens(Section::Warnings) {
            let open = self.app.inbox_counts(actor, &Filter::default()).await?;
            shell.open_warnings = open.total();
            // Only handlers have warnings of their own, and they see no others.
            shell.my_warnings = if actor.role == Role::Handler { open.total() } else { 0 };
        }
        if shell.opens(Section::Quarantine) {
            shell.kept_back = self.app.quarantine_count(actor).await?;
        }
        if shell.opens(Section::Identities) {
            shell.doubts = self.app.doubts_count(actor).await?;
        }
        shell.as_of = Some(self.app.data_today().await?);
        Ok(shell)
    }

    /// What surrounds a page when nothing can be looked up.
    pub(crate) fn bare_shell(&self, visit: &Visit, section: Section) -> Shell {
        let user = visit
            .actor
            .as_ref()
            .and_then(|actor| Some(User { name: actor.name.clone(), role: role_on_screen(actor.role)? }));
        let flash = |notice: &Notice| Flash { tone: notice.tone(), text: notice.text(visit.lang) };
        Shell {
            lang: visit.lang,
            theme: visit.theme,
            assets: ASSETS.to_owned(),
            csrf: visit.csrf.clone(),
            here: visit.here.clone(),
            section,
            user,
            sections: visit.actor.iter().flat_map(sections).collect(),
            area: self.settings.area.get(visit.lang).to_owned(),
            as_of: None,
            synthetic: self.settings.synthetic,
            open_warnings: 0,
            my_warnings: 0,
            kept_back: 0,
            doubts: 0,
            flashes: visit.notice.iter().map(flash).collect(),
        }
    }

    /// Sends the browser on after something was done; the next page says what.
    pub fn done(&self, path: &str, notice: Notice) -> Response {
        self.with_cookie(redirect(path), self.names.notice, &notice.to_string(), Life::Session)
    }

    /// Sends the browser on with its new session.
    pub fn logged_in(&self, path: &str, token: &Token) -> Response {
        let response = self.with_cookie(redirect(path), self.names.session, token.secret(), Life::Session);
        self.with_cookie(response, self.names.visitor, "", Life::Over)
    }

    /// Sends the browser on without a session.
    pub fn logged_out(&self, path: &str) -> Response {
        self.with_cookie(redirect(path), self.names.session, "", Life::Over)
    }

    /// Keeps a choice of language and sends the browser on.
    pub fn with_lang(&self, path: &str, lang: Lang) -> Response {
        self.with_cookie(redirect(path), self.names.lang, lang.tag(), Life::Year)
    }

    /// Keeps a choice of theme and sends the browser on.
    pub fn with_theme(&self, path: &str, theme: Theme) -> Response {
        self.with_cookie(redirect(path), self.names.theme, theme.as_str(), Life::Year)
    }

    pub(crate) fn with_cookie(
        &self,
        mut response: Response,
        name: &str,
        value: &str,
        life: Life,
    ) -> Response {
        let cookie: Option<HeaderValue> = cookie::write(name, value, life, self.settings.https);
        if let Some(cookie) = cookie {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}

/// What this person may open.
fn sections(actor: &Actor) -> Vec<Section> {
    let action = |section: &Section| match section {
        Section::Dashboard | Section::Elsewhere => Action::ViewDashboard,
        Section::Warnings => Action::ViewWarnings,
        Section::Kinship => Action::ViewKinship,
        Section::Objects => Action::ViewObjects,
        Section::Ties => Action::ViewTies,
        Section::Models => Action::ViewModels,
        Section::Requests => Action::ViewRequests,
        Section::Data | Section::Quarantine => Action::ViewData,
        Section::Identities => Action::ViewIdentities,
        Section::Runs => Action::ViewRuns,
    };
    let may_open = |section: &Section| may(actor, action(section), &Relation::NONE).is_ok();
    Section::ALL.into_iter().filter(may_open).collect()
}

fn role_on_screen(role: Role) -> Option<gnomon_ui::Role> {
    match role {
        Role::DutyOfficer => Some(gnomon_ui::Role::Duty),
        Role::Handler => Some(gnomon_ui::Role::Handler),
        Role::Leader => Some(gnomon_ui::Role::Leader),
        Role::Department => Some(gnomon_ui::Role::Department),
        Role::Security => Some(gnomon_ui::Role::Security),
        Role::System => None,
    }
}
