use std::time::Duration;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::Method,
    routing::{MethodRouter, get, post},
};
use gnomon_domain::Action;
use gnomon_httpkit::time_limit;

use crate::{
    config::Console,
    handle::{
        act, connections, dashboard, data, delivery, erasures, freshness, hand, health, identities, inbox,
        intake, kinship, layout, models, objects, quarantine, requests, reveal, runs, session, source, ties,
        upload, warning,
    },
};

/// How long a page may take.
const PAGE_TIME: Duration = Duration::from_secs(30);
/// How long a page may take that looks into a delivered file, or has ties read anew.
const FILE_TIME: Duration = Duration::from_secs(5 * 60);
/// How long a file may take to arrive, typed rows to be taken in, or a table to be made anew.
const UPLOAD_TIME: Duration = Duration::from_secs(30 * 60);

/// Who gets an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// Whoever is logged in.
    LoggedIn,
    /// Whoever may do this; the verb behind the route asks the policy.
    May(Action),
}

/// One route: the only place where it is written down.
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path, with `{name}` places.
    pub path: &'static str,
    /// Who gets an answer.
    pub access: Access,
    handler: fn() -> MethodRouter<Console>,
    time: Duration,
}

const fn page(path: &'static str, access: Access, handler: fn() -> MethodRouter<Console>) -> Route {
    Route { method: Method::GET, path, access, handler, time: PAGE_TIME }
}

const fn form(path: &'static str, access: Access, handler: fn() -> MethodRouter<Console>) -> Route {
    Route { method: Method::POST, path, access, handler, time: PAGE_TIME }
}

const fn may(action: Action) -> Access {
    Access::May(action)
}

/// All routes of the site.
pub static ROUTES: &[Route] = &[
    page("/healthz", Access::Public, || get(health::show)),
    page("/login", Access::Public, || get(session::show)),
    form("/login", Access::Public, || post(session::log_in)),
    form("/logout", Access::LoggedIn, || post(session::log_out)),
    form("/language", Access::Public, || post(session::language)),
    form("/theme", Access::Public, || post(session::theme)),
    page("/", Access::LoggedIn, || get(dashboard::show)),
    page("/warnings", may(Action::ViewWarnings), || get(inbox::show)),
    form("/warnings/assign", may(Action::Assign), || post(inbox::assign)),
    page("/warnings/{id}", may(Action::ViewWarning), || get(warning::show)),
    form("/warnings/{id}/assign", may(Action::Assign), || post(act::assign)),
    form("/warnings/{id}/verify", may(Action::Verify), || post(act::verify)),
    form("/warnings/{id}/dispose", may(Action::Dispose), || post(act::dispose)),
    form("/warnings/{id}/recover", may(Action::Recover), || post(act::recover)),
    form("/warnings/{id}/submit", may(Action::Submit), || post(act::submit)),
    form("/warnings/{id}/review", may(Action::Review), || post(act::review)),
    form("/warnings/{id}/reveal", may(Action::Reveal), || post(reveal::show)),
    page("/source/{row}", may(Action::ViewSource), || get(source::show)),
    page("/kinship", may(Action::ViewKinship), || get(kinship::list)),
    form("/kinship/open", may(Action::OpenKinship), || post(kinship::open)),
    page("/kinship/units/{code}", may(Action::ViewKinship), || get(kinship::unit)),
    form("/kinship/units/{code}/publish", may(Action::AskPublication), || post(kinship::publish)),
    form("/kinship/units/{code}/check", may(Action::CheckKinship), || post(kinship::check)),
    page("/kinship/publications/{id}", may(Action::ViewKinship), || get(kinship::list_of_unit)),
    form("/kinship/publications/{id}/release", may(Action::ReleasePublication), || post(kinship::release)),
    page("/kinship/{id}", may(Action::ViewDeclaration), || get(kinship::show)),
    form("/kinship/{id}/declare", may(Action::Declare), || post(kinship::declare)),
    form("/kinship/{id}/complete", may(Action::Declare), || post(kinship::complete)),
    form("/kinship/{id}/change", may(Action::Declare), || post(kinship::change)),
    form("/kinship/{id}/assign", may(Action::Assign), || post(kinship::assign)),
    form("/kinship/{id}/settle", may(Action::SettleMatter), || post(kinship::settle)),
    page("/objects", may(Action::ViewObjects), || get(objects::list)),
    page("/objects/{kind}/{key}", may(Action::ViewObjects), || get(objects::show)),
    form("/objects/{kind}/{key}/open", may(Action::OpenPerson), || post(objects::open)),
    form("/objects/{kind}/{key}/reveal", may(Action::OpenPerson), || post(objects::reveal)),
    page("/objects/{kind}/{key}/lines/{row}", may(Action::ViewObjects), || get(objects::line)),
    page("/ties", may(Action::ViewTies), || get(ties::show)),
    Route {
        method: Method::POST,
        path: "/ties",
        access: may(Action::ViewTies),
        handler: || post(ties::ask),
        time: FILE_TIME,
    },
    Route {
        method: Method::POST,
        path: "/ties/reveal",
        access: may(Action::ViewTies),
        handler: || post(ties::reveal),
        time: FILE_TIME,
    },
    page("/models", may(Action::ViewModels), || get(models::list)),
    page("/models/{id}", may(Action::ViewModels), || get(models::show)),
    page("/runs", may(Action::ViewRuns), || get(runs::list)),
    form("/runs", may(Action::RunModels), || post(runs::ask)),
    page("/runs/{id}", may(Action::ViewRuns), || get(runs::show)),
    page("/data", may(Action::ViewData), || get(data::list)),
    page("/data/freshness", may(Action::ViewData), || get(freshness::list)),
    page("/data/connections", may(Action::ViewData), || get(connections::list)),
    form("/data/connections/{name}/pull", may(Action::PullData), || post(connections::pull)),
    page("/data/erasures", may(Action::AskErasure), || get(erasures::list)),
    form("/data/erasures", may(Action::AskErasure), || post(erasures::ask)),
    form("/data/erasures/{number}/answer", may(Action::AnswerErasure), || post(erasures::answer)),
    page("/data/requests", may(Action::ViewRequests), || get(requests::list)),
    form("/data/requests", may(Action::AskForData), || post(requests::ask)),
    page("/data/requests/new", may(Action::AskForData), || get(requests::new)),
    page("/data/requests/{id}", may(Action::ViewRequest), || get(requests::show)),
    form("/data/requests/{id}/answer", may(Action::AnswerRequest), || post(requests::answer)),
    page("/data/requests/{id}/change", may(Action::AskForData), || get(requests::change_form)),
    form("/data/requests/{id}/change", may(Action::AskForData), || post(requests::change)),
    form("/data/requests/{id}/connect", may(Action::AskForData), || post(requests::connect)),
    form("/data/requests/{id}/ask-end", may(Action::AskForData), || post(requests::ask_end)),
    form("/data/requests/{id}/confirm-end", may(Action::ConfirmEnd), || post(requests::confirm_end)),
    page("/data/identities", may(Action::ViewIdentities), || get(identities::list)),
    page("/data/identities/{number}", may(Action::ViewIdentities), || get(identities::show)),
    page("/data/identities/{number}/source/{row}", may(Action::ViewIdentities), || get(identities::source)),
    form("/data/identities/{number}/rule", may(Action::RuleIdentity), || post(identities::rule)),
    form("/data/identities/{number}/answer", may(Action::ConfirmRuling), || post(identities::answer)),
    form("/data/identities/{number}/undo", may(Action::RuleIdentity), || post(identities::undo)),
    form("/data/identities/{number}/reveal", may(Action::RuleIdentity), || post(identities::reveal)),
    page("/data/quarantine", may(Action::ViewData), || get(quarantine::show)),
    page("/data/intakes/{id}", may(Action::ViewData), || get(intake::show)),
    page("/data/intakes/{id}/progress", may(Action::ViewData), || get(intake::progress)),
    page("/data/{key}", may(Action::ViewData), || get(data::show)),
    page("/data/{key}/rows/new", may(Action::UploadData), || get(hand::show)),
    Route {
        method: Method::POST,
        path: "/data/{key}/rows/new",
        access: may(Action::UploadData),
        handler: || post(hand::send),
        time: UPLOAD_TIME,
    },
    page("/data/{key}/coverage", may(Action::ViewData), || get(freshness::coverage)),
    Route {
        method: Method::POST,
        path: "/data/{key}/upload",
        access: may(Action::UploadData),
        handler: unlimited_upload,
        time: UPLOAD_TIME,
    },
    page("/data/batches/{id}", may(Action::ViewData), || get(delivery::show)),
    Route {
        method: Method::GET,
        path: "/data/batches/{id}/layout",
        access: may(Action::ManageLayouts),
        handler: || get(layout::show),
        time: FILE_TIME,
    },
    Route {
        method: Method::POST,
        path: "/data/batches/{id}/layout",
        access: may(Action::ManageLayouts),
        handler: || post(layout::confirm),
        time: UPLOAD_TIME,
    },
    form("/data/layouts/{id}/retire", may(Action::ManageLayouts), || post(layout::retire)),
    page("/data/batches/{id}/rejected.csv", may(Action::DownloadRejected), || get(delivery::rejected_csv)),
    page("/data/batches/{id}/rejected.xlsx", may(Action::DownloadRejected), || get(delivery::rejected_xlsx)),
    Route {
        method: Method::POST,
        path: "/data/batches/{id}/withdraw",
        access: may(Action::WithdrawData),
        handler: || post(delivery::withdraw),
        time: UPLOAD_TIME,
    },
];

/// The handler counts the bytes itself while they arrive.
fn unlimited_upload() -> MethodRouter<Console> {
    post(upload::take).layer(DefaultBodyLimit::disable())
}

/// The routes, put together.
pub(crate) fn table() -> Router<Console> {
    ROUTES.iter().fold(Router::new(), |router, route| {
        router.route(route.path, (route.handler)().layer(time_limit(route.time)))
    })
}
