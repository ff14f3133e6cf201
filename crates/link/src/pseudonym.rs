//! A name of a reporter or caller that says nothing about them and is the same every time: HMAC-SHA-256 (RFC 2104) with
//! the key of the deployment, the first 16 hexadecimal digits of it.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// Bytes of one block of SHA-256.
const BLOCK: usize = 64;

/// The pseudonym of a canonical value under a key.
pub fn pseudonym(key: &[u8], value: &str) -> String {
    let mut block = [0_u8; BLOCK];
    if key.len() > BLOCK {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let inner = Sha256::new().chain_update(block.map(|byte| byte ^ 0x36)).chain_update(value).finalize();
    let outer = Sha256::new().chain_update(block.map(|byte| byte ^ 0x5C)).chain_update(inner).finalize();
    outer.iter().take(8).fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::pseudonym;

    #[test]
    fn agrees_with_the_standard() {
        assert_eq!(pseudonym(b"demo-key", "16900000001"), "39b90116bff32a6b");
        // RFC 4231, cases 1 and 6.
        assert_eq!(pseudonym(&[0x0B; 20], "Hi There"), "b0344c61d8db3853");
        let long = "Test Using Larger Than Block-Size Key - Hash Key First";
        assert_eq!(pseudonym(&[0xAA; 131], long), "60e431591ee0b67f");
    }
}
