//! The staff site. A handler takes the request apart, calls a verb of the product, and renders a page; [`ROUTES`] lists
//! them all with what a person must be allowed to do.

mod config;
mod handle;
mod intakes;
mod routes;
mod view;

use axum::Router;
use gnomon_app::App;
use gnomon_connect::Connections;
use gnomon_httpkit::Site;

pub use config::Config;
use config::Console;
pub use gnomon_httpkit::Settings;
pub use routes::{Access, ROUTES, Route};

/// The whole site: pages, forms, the browser's files. To be served with the peer's address
/// ([`axum::Router::into_make_service_with_connect_info`]), which slows down whoever guesses passwords.
pub fn router(app: App, connections: Connections, config: Config) -> Router {
    let site = Site::new(app, config.settings.clone());
    let console = Console::new(site.clone(), connections, config);
    site.serve(routes::table().with_state(console))
}
