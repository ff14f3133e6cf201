//! What a site asks of programs that read its pages.

use std::time::Duration;

use url::Url;

use super::client::AGENT;

/// The slowest pace that is kept to. A site that asks for more is read at this one.
const SLOWEST: Duration = Duration::from_secs(60);

/// The wishes of one site.
#[derive(Default)]
pub(super) struct Robots(Option<robotxt::Robots>);

impl Robots {
    /// Reads the file; without one, everything may be read.
    pub fn read(text: Option<&[u8]>) -> Robots {
        let robots = text.map_or_else(robotxt::Robots::allow_all, |text| robotxt::Robots::parse(text, AGENT));
        Robots(Some(robots))
    }

    pub fn is_known(&self) -> bool {
        self.0.is_some()
    }

    pub fn allows(&self, url: &Url) -> bool {
        self.0.as_ref().is_some_and(|robots| robots.is_url_allowed(url))
    }

    /// How long to wait between two pages.
    pub fn pause(&self) -> Option<Duration> {
        self.0.as_ref()?.crawl_delay().map(|pause| pause.min(SLOWEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_read_where_it_allows() {
        let url = |path: &str| Url::parse(&format!("https://a.example{path}")).unwrap();
        let robots = Robots::read(Some(b"User-agent: *\nDisallow: /private\nCrawl-delay: 2\n"));
        assert!(robots.allows(&url("/notices?page=2")) && !robots.allows(&url("/private/1")));
        assert_eq!(robots.pause(), Some(Duration::from_secs(2)));
        assert!(Robots::read(None).allows(&url("/private/1")));
        let own = Robots::read(Some(b"User-agent: gnomon\nDisallow: /\n\nUser-agent: *\nAllow: /\n"));
        assert!(!own.allows(&url("/notices")));
    }
}
