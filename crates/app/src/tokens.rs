//! Tokens with which departments' systems push. Only the command line manages them.

use chrono::TimeDelta;
use gnomon_domain::{Action, Actor, Role};
use gnomon_kernel::{Code, TokenId};
use gnomon_library::hex;
use gnomon_store::ApiToken;
use sha2::{Digest, Sha256};

use crate::{App, Error, Problem, Result, app::permit};

/// The longest label, in characters.
const LABEL: usize = 60;
/// The longest life of a token, in days.
const DAYS: u32 = 3_650;
/// How exactly the last use is kept.
const TOUCH: TimeDelta = TimeDelta::minutes(1);

/// A token to be issued.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// Whose it is; batches and the audit trail name it. At most 60 characters.
    pub label: String,
    /// Keys of the datasets it is good for.
    pub datasets: Vec<String>,
    /// Days until it ends, 1 to 3,650.
    pub days: u32,
}

/// A token as its holder keeps it: `gnt_<id>_<256 random bits>`. Never shown again.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenSecret(String);

impl TokenSecret {
    /// The whole text.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Never shows the secret.
impl std::fmt::Debug for TokenSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenSecret")
    }
}

/// A token that has just been issued.
#[derive(Debug, Clone)]
pub struct IssuedToken {
    /// What is kept of it.
    pub token: ApiToken,
    /// What its holder is given, once.
    pub secret: TokenSecret,
}

/// A department's system that has shown a token in force.
#[derive(Debug, Clone)]
pub struct Pusher {
    pub(crate) token: ApiToken,
}

impl Pusher {
    /// The token's identifier.
    pub fn id(&self) -> &TokenId {
        &self.token.id
    }

    /// Keys of the datasets it may push to, ascending.
    pub fn datasets(&self) -> &[String] {
        &self.token.datasets
    }

    /// As somebody who acts: batches and the audit trail name the token's label.
    pub fn actor(&self) -> Actor {
        actor_of(&self.token)
    }

    /// Whether this dataset is one of its own. Others are answered as if they did not exist.
    pub fn check(&self, dataset: &str) -> Result<()> {
        match self.token.datasets.iter().any(|own| own == dataset) {
            true => Ok(()),
            false => Err(Error::NotFound(Code::DatasetUnknown)),
        }
    }
}

impl App {
    /// Issues a token.
    pub async fn add_token(&self, actor: &Actor, new: &NewToken) -> Result<IssuedToken> {
        permit(actor, Action::ManageTokens)?;
        let label = new.label.trim();
        if label.is_empty() {
            return Err(Error::field("label", Code::Missing));
        }
        if label.chars().count() > LABEL || label.chars().any(char::is_control) {
            return Err(unusable("label", label, format!("at most {LABEL} characters in one line")));
        }
        if !(1..=DAYS).contains(&new.days) {
            return Err(unusable("days", &new.days.to_string(), format!("1 to {DAYS}")));
        }
        let mut datasets = new.datasets.clone();
        datasets.sort_unstable();
        datasets.dedup();
        if let Some(unknown) = datasets.iter().find(|key| !self.library().datasets.contains_key(*key)) {
            return Err(unusable("dataset", unknown, "the key of a dataset".to_owned()));
        }
        if datasets.is_empty() {
            return Err(Error::field("dataset", Code::Missing));
        }
        let (id, now) = (TokenId::new(self.ids()), self.now());
        let secret = random_secret()?;
        let token = ApiToken {
            id: id.clone(),
            label: label.to_owned(),
            datasets,
            created_at: now,
            expires_at: now + TimeDelta::days(i64::from(new.days)),
            revoked_at: None,
            last_used_at: None,
        };
        let tx = self.parts.store.write().await?;
        tx.add_token(&token, &digest(&secret)).await?;
        let detail = format!("issued for {}", token.datasets.join(" "));
        self.audit(&tx, actor, Action::ManageTokens, id.as_str(), &detail).await?;
        tx.commit().await?;
        Ok(IssuedToken { token, secret: TokenSecret(format!("{id}_{secret}")) })
    }

    /// All tokens, the oldest first; without their secrets, which nobody has.
    pub async fn tokens(&self, actor: &Actor) -> Result<Vec<ApiToken>> {
        permit(actor, Action::ManageTokens)?;
        Ok(self.parts.store.read().await?.tokens().await?)
    }

    /// Takes a token back, at once and for good.
    pub async fn revoke_token(&self, actor: &Actor, id: &TokenId) -> Result<()> {
        permit(actor, Action::ManageTokens)?;
        let tx = self.parts.store.write().await?;
        if !tx.revoke_token(id, self.now()).await? {
            return Err(Error::NotFound(Code::NotFound));
        }
        self.audit(&tx, actor, Action::ManageTokens, id.as_str(), "revoked").await?;
        Ok(tx.commit().await?)
    }

    /// Who shows this token. [`Code::TokenInvalid`] when it is not one, or wrong, expired or revoked; nothing tells which.
    pub async fn pusher(&self, shown: &str) -> Result<Pusher> {
        let refused = || Error::Forbidden(Code::TokenInvalid);
        let (id, secret) = shown.rsplit_once('_').ok_or_else(refused)?;
        let id = TokenId::parse(id).ok_or_else(refused)?;
        let found = self.parts.store.read().await?.token(&id).await?;
        let (token, hash) = found.ok_or_else(refused)?;
        let now = self.now();
        if !is_same(&digest(secret), &hash) || !token.is_in_force(now) {
            return Err(refused());
        }
        if token.last_used_at.is_none_or(|last| now - last >= TOUCH) {
            let tx = self.parts.store.write().await?;
            tx.touch_token(&id, now).await?;
            tx.commit().await?;
        }
        Ok(Pusher { token })
    }
}

/// Whoever holds the token acts for the program, under the token's name.
pub(crate) fn actor_of(token: &ApiToken) -> Actor {
    Actor { user: None, name: token.label.clone(), role: Role::System }
}

fn unusable(field: &str, found: &str, expected: String) -> Error {
    let (field, found) = (field.to_owned(), found.to_owned());
    Error::Invalid(vec![Problem { field, code: Code::Invalid, found, expected }])
}

fn random_secret() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Error::internal(error.to_string()))?;
    Ok(base32(&bytes))
}

/// RFC 4648 in lower case without padding: nothing in it is lost when somebody reads it out.
fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[(held >> bits & 31) as usize]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(LETTERS[(held << (5 - bits) & 31) as usize]));
    }
    text
}

/// Of the whole token's secret part.
fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Compares without telling by its duration how much is alike.
fn is_same(one: &str, other: &str) -> bool {
    let differences = one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && differences == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_the_standard() {
        let vectors = ["", "my", "mzxq", "mzxw6", "mzxw6yq", "mzxw6ytb", "mzxw6ytboi"];
        for (length, expected) in vectors.into_iter().enumerate() {
            assert_eq!(base32(&b"foobar"[..length]), expected);
        }
        assert_eq!(random_secret().unwrap().len(), 52);
    }

    #[test]
    fn debug_never_shows_the_secret() {
        assert_eq!(format!("{:?}", TokenSecret("gnt_1_abc".into())), "TokenSecret");
    }
}
