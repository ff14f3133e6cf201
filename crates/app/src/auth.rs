//! Logging in and out. Sessions live in the database; the token itself only in the person's cookie.

use std::time::Duration;

use chrono::TimeDelta;
use gnomon_domain::Actor;
use gnomon_kernel::{Code, Instant};
use gnomon_library::hex;
use gnomon_store::{Failures, Tx};
use sha2::{Digest, Sha256};

use crate::{App, Error, Result, password, users::login_name};

/// A session unused for so long is over.
const IDLE: TimeDelta = TimeDelta::hours(8);
/// A session is over after so long in any case.
const ABSOLUTE: TimeDelta = TimeDelta::hours(24);
/// How exactly the last use of a session is kept.
const TOUCH: TimeDelta = TimeDelta::minutes(1);
/// Failures older than this are forgotten.
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// So many failures of one name or client pass without waiting.
const FREE_FAILURES: u64 = 5;
/// The wait after one failure too many; it doubles with each further one, up to [`WINDOW`].
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(10);

/// The secret of a session: 256 random bits, for the cookie and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    fn random() -> Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| Error::internal(error.to_string()))?;
        Ok(Self(hex(&bytes)))
    }

    /// As it came back from the browser.
    pub fn from_cookie(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// As it goes into the cookie.
    pub fn secret(&self) -> &str {
        &self.0
    }

    fn hash(&self) -> String {
        digest(&self.0)
    }
}

/// Never shows the secret.
impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

/// A successful log-in.
#[derive(Debug, Clone)]
pub struct Login {
    /// For the cookie.
    pub token: Token,
    /// Who it is.
    pub actor: Actor,
}

impl App {
    /// Logs a person in. `client` tells clients apart, usually a network address.
    ///
    /// `LoginFailed` when name or password is wrong, and nothing tells which; `LoginSlow` with the time to wait after
    /// too many failures, whatever the password is.
    pub async fn login(&self, name: &str, password: &str, client: &str) -> Result<Login> {
        let name = login_name(name);
        let now = self.now();
        let tx = self.parts.store.write().await?;
        // Kept as hashes: people type passwords into the wrong field.
        let (name_hash, client_hash) = (digest(&name), digest(client));
        slow_down(&tx, &name_hash, &client_hash, now).await?;
        let attempt = tx.add_login_attempt(&name_hash, &client_hash, now).await?;
        let found = tx.user_by_login(&name).await?;
        tx.commit().await?;
        let hash = found.as_ref().map(|(_, hash)| hash.clone());
        let right = password::verify(password, hash).await?;
        let Some((user, _)) = found.filter(|_| right) else {
            return Err(Error::Forbidden(Code::LoginFailed));
        };
        let token = Token::random()?;
        let tx = self.parts.store.write().await?;
        tx.login_succeeded(attempt).await?;
        tx.sweep_sessions(now - IDLE, now - ABSOLUTE).await?;
        tx.add_session(&token.hash(), &user.id, now).await?;
        tx.add_audit(&user.actor(), "login", user.id.as_str(), "", now).await?;
        tx.commit().await?;
        Ok(Login { token, actor: user.actor() })
    }

    /// Who holds this token; `None` when the session is over or never was.
    pub async fn actor_of(&self, token: &Token) -> Result<Option<Actor>> {
        let now = self.now();
        let session = self.parts.store.read().await?.session(&token.hash()).await?;
        let Some(session) = session else { return Ok(None) };
        if now - session.seen_at >= IDLE || now - session.created_at >= ABSOLUTE {
            return Ok(None);
        }
        if now - session.seen_at >= TOUCH {
            let tx = self.parts.store.write().await?;
            tx.touch_session(&token.hash(), now).await?;
            tx.commit().await?;
        }
        Ok(Some(session.user.actor()))
    }

    /// Ends a session.
    pub async fn logout(&self, token: &Token) -> Result<()> {
        let tx = self.parts.store.write().await?;
        let session = tx.session(&token.hash()).await?;
        tx.end_session(&token.hash()).await?;
        if let Some(session) = session {
            tx.add_audit(&session.user.actor(), "logout", session.user.id.as_str(), "", self.now()).await?;
        }
        Ok(tx.commit().await?)
    }
}

async fn slow_down(tx: &Tx, name: &str, client: &str, now: Instant) -> Result<()> {
    let since = now - WINDOW;
    let of_name = wait(tx.failures_of_name(name, since).await?, now);
    let of_client = wait(tx.failures_of_client(client, since).await?, now);
    match of_name.max(of_client) {
        None => Ok(()),
        wait => Err(Error::Busy { code: Code::LoginSlow, retry_after: wait }),
    }
}

fn wait(failures: Failures, now: Instant) -> Option<Duration> {
    let beyond = failures.count.checked_sub(FREE_FAILURES)?;
    let wait = FIRST_WAIT.checked_mul(1 << beyond.min(10)).unwrap_or(WINDOW).min(WINDOW);
    let left = failures.last? + wait - now;
    left.to_std().ok().filter(|left| !left.is_zero())
}

fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}
