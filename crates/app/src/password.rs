//! Passwords: argon2id with the crate's defaults, 19 MiB, two passes, one lane, as OWASP recommends.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use gnomon_kernel::Code;

use crate::{Error, Result};

/// A hash that no password has, with the same cost: unknown names take as long as known ones.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Fewer characters are too easily guessed; more are not read.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=128;

/// Hashes a new password, off the threads that serve requests.
pub(crate) async fn hash(password: &str) -> Result<String> {
    if !LENGTH.contains(&password.chars().count()) {
        return Err(Error::field("password", Code::Invalid));
    }
    let password = password.to_owned();
    let work = move || Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string());
    let hashed = tokio::task::spawn_blocking(work).await.map_err(Error::internal)?;
    hashed.map_err(|error| Error::internal(error.to_string()))
}

/// Whether it is the password; takes as long when there is no hash to compare with.
pub(crate) async fn verify(password: &str, hash: Option<String>) -> Result<bool> {
    let password: String = password.chars().take(*LENGTH.end()).collect();
    let work = move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODYS.to_owned());
        let parsed = PasswordHash::new(&hash)?;
        let same = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
        Ok::<bool, argon2::password_hash::phc::Error>(known && same)
    };
    let verified = tokio::task::spawn_blocking(work).await.map_err(Error::internal)?;
    verified.map_err(|error| Error::internal(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_itself_and_nothing_else() {
        let hash = hash("圭表测日影晷影之长").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify("圭表测日影晷影之长", Some(hash.clone())).await.unwrap());
        assert!(!verify("圭表测日影晷影之短", Some(hash)).await.unwrap());
        assert!(!verify("", None).await.unwrap());
        assert_eq!(super::hash("short").await.unwrap_err().code(), Code::Invalid);
    }
}
