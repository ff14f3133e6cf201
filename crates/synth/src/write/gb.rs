use encoding_rs::GB18030;

/// Encodes text as GB 18030. The codes of characters met before are remembered, because the general encoder
/// searches its tables anew for every Chinese character.
pub struct GbEncoder {
    known: Vec<u16>,
}

impl GbEncoder {
    /// An encoder that knows nothing yet.
    pub fn new() -> GbEncoder {
        GbEncoder { known: vec![0; 0x1_0000] }
    }

    /// Appends the bytes of the text.
    pub fn encode(&mut self, text: &str, out: &mut Vec<u8>) {
        for c in text.chars() {
            if c.is_ascii() {
                out.push(c as u8);
                continue;
            }
            match self.known.get(c as usize) {
                Some(code) if *code != 0 => out.extend_from_slice(&code.to_be_bytes()),
                _ => self.learn(c, out),
            }
        }
    }

    fn learn(&mut self, c: char, out: &mut Vec<u8>) {
        let mut buffer = [0; 4];
        let (bytes, _, _) = GB18030.encode(c.encode_utf8(&mut buffer));
        if let ([high, low], Some(slot)) = (bytes.as_ref(), self.known.get_mut(c as usize)) {
            *slot = u16::from_be_bytes([*high, *low]);
        }
        out.extend_from_slice(&bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_general_encoder() {
        let text = "砚溪县，abc￥１２𠮷澜砚";
        let (mut encoder, mut out) = (GbEncoder::new(), Vec::new());
        encoder.encode(text, &mut out);
        assert_eq!(out, GB18030.encode(text).0.as_ref());
    }
}
