//! The interface described for programs, made from the handlers and their answers.

use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

use crate::handle;

/// OpenAPI 3.1.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Gnomon",
        description = "Departments' systems push files and rows. A page for people is at /api/.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    paths(
        handle::datasets::list,
        handle::datasets::show,
        handle::batches::take,
        handle::rows::take,
        handle::receipts::show,
    ),
    modifiers(&Token),
)]
pub(crate) struct Description;

struct Token;

impl Modify for Token {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("gnt_…").build();
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}
