//! Text of any encoding as UTF-8, on the fly.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding};

const BLOCK: usize = 64 << 10;

/// Reads another reader's text as UTF-8 without a mark. What is no text in its encoding becomes the replacement character.
pub(crate) struct Transcoder<R> {
    inner: R,
    decoder: Decoder,
    block: Vec<u8>,
    text: Vec<u8>,
    /// Bytes of `text` that are filled, and of these the ones already given.
    filled: usize,
    given: usize,
    finished: bool,
}

impl<R: Read> Transcoder<R> {
    pub(crate) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        let most = decoder.max_utf8_buffer_length(BLOCK).unwrap_or(BLOCK * 3 + 16);
        let (block, text) = (vec![0; BLOCK], vec![0; most]);
        Self { inner, decoder, block, text, filled: 0, given: 0, finished: false }
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.filled && !self.finished {
            let n = self.inner.read(&mut self.block)?;
            self.finished = n == 0;
            let (_, _, written, _) =
                self.decoder.decode_to_utf8(&self.block[..n], &mut self.text, self.finished);
            (self.given, self.filled) = (0, written);
        }
        let n = buffer.len().min(self.filled - self.given);
        buffer[..n].copy_from_slice(&self.text[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}
