use crate::pages::{ApiPage, ApiPurpose, ApiRoute};
use crate::sample::Setting;
use crate::shell::{Section, Shell};

/// The page for people who connect a department's system.
pub fn api_pages(setting: &Setting) -> Vec<(&'static str, ApiPage)> {
    let route = |method: &str, path: &str, purpose| ApiRoute {
        method: method.to_owned(),
        path: path.to_owned(),
        purpose,
    };
    let page = ApiPage {
        shell: Shell { user: None, ..setting.shell(Section::Elsewhere, "/api/") },
        routes: vec![
            route("GET", "/api/", ApiPurpose::Page),
            route("GET", "/api/v1/openapi.json", ApiPurpose::Description),
            route("GET", "/api/v1/datasets", ApiPurpose::Datasets),
            route("GET", "/api/v1/datasets/{key}", ApiPurpose::Dataset),
            route("POST", "/api/v1/datasets/{key}/batches", ApiPurpose::File),
            route("POST", "/api/v1/datasets/{key}/rows", ApiPurpose::Rows),
            route("GET", "/api/v1/receipts/{id}", ApiPurpose::Receipt),
        ],
        most_rows: 5_000,
        most_bytes: 4 << 20,
        upload_limit: 512 << 20,
    };
    vec![("page", page)]
}
