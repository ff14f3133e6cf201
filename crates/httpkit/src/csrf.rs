//! Whether a form is the site's own: every form carries a token that only this browser's cookie explains.

use gnomon_app::Error;
use sha2::{Digest, Sha256};

/// A fresh secret for a browser without a session: 256 random bits in hex.
pub(crate) fn fresh_secret() -> Result<String, Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| Error::Internal(error.to_string().into()))?;
    Ok(hex(&bytes))
}

/// The token that belongs to a secret. It tells nothing about the secret, so it may stand in pages.
pub(crate) fn token_of(secret: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"form\0");
    hash.update(secret.as_bytes());
    hex(&hash.finalize())
}

/// Compares without telling by its duration how much is alike.
pub(crate) fn is_same(sent: &str, expected: &str) -> bool {
    let differences = sent.bytes().zip(expected.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    sent.len() == expected.len() && differences == 0
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_belongs_to_its_secret() {
        let (one, other) = (fresh_secret().unwrap(), fresh_secret().unwrap());
        assert_ne!(one, other);
        assert!(is_same(&token_of(&one), &token_of(&one)));
        assert!(!is_same(&token_of(&one), &token_of(&other)));
        assert!(!is_same("", &token_of(&one)));
        assert!(!is_same(&token_of(&one)[..10], &token_of(&one)));
    }
}
