//! On which line a record begins, as an editor counts lines: the library that splits records tells where it began to look for
//! one, which may be the second half of the line end before it, or an empty line.

use std::{cell::RefCell, collections::VecDeque, io::Read, rc::Rc};

/// Passes bytes on and notes where lines begin that are not empty. A line ends with `\n`, `\r\n` or `\r`.
pub(super) struct Lines<R> {
    inner: R,
    starts: Rc<RefCell<Starts>>,
    offset: u64,
    line: u64,
    is_at_start: bool,
    is_after_return: bool,
}

/// Offsets and numbers of lines that are not empty, as far as they have been read and not yet asked for.
#[derive(Default)]
pub(super) struct Starts(VecDeque<(u64, u64)>);

impl Starts {
    /// The line of the record that was looked for from this byte on, from 1. It has to be asked in the order of the file.
    pub(super) fn line_of(&mut self, byte: u64) -> Option<u64> {
        while self.0.front().is_some_and(|(start, _)| *start < byte) {
            self.0.pop_front();
        }
        self.0.front().map(|(_, line)| *line)
    }
}

impl<R> Lines<R> {
    pub(super) fn new(inner: R) -> Self {
        let starts = Rc::default();
        Self { inner, starts, offset: 0, line: 1, is_at_start: true, is_after_return: false }
    }

    pub(super) fn starts(&self) -> Rc<RefCell<Starts>> {
        self.starts.clone()
    }

    fn note(&mut self, bytes: &[u8]) {
        let mut starts = self.starts.borrow_mut();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if matches!(byte, b'\n' | b'\r') {
                self.line += u64::from(!(*byte == b'\n' && self.is_after_return));
                (self.is_at_start, self.is_after_return) = (true, *byte == b'\r');
                at += 1;
                continue;
            }
            if self.is_at_start {
                starts.0.push_back((self.offset + at as u64, self.line));
            }
            (self.is_at_start, self.is_after_return) = (false, false);
            let rest = &bytes[at..];
            at += rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        }
        self.offset += bytes.len() as u64;
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.note(&buffer[..n]);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of records that are looked for from these bytes on, read in pieces of `size`.
    fn lines(text: &str, size: usize, bytes: &[u64]) -> Vec<Option<u64>> {
        let mut lines = Lines::new(text.as_bytes());
        let mut buffer = vec![0; size];
        while lines.read(&mut buffer).unwrap() > 0 {}
        let starts = lines.starts();
        bytes.iter().map(|byte| starts.borrow_mut().line_of(*byte)).collect()
    }

    #[test]
    fn empty_lines_and_halves_of_line_ends_are_passed_over() {
        for size in [1, 2, 3, 100] {
            assert_eq!(lines("a\nb\n\n\nc", size, &[0, 2, 4]), [Some(1), Some(2), Some(5)]);
            assert_eq!(lines("a\r\nb\r\n\r\nc\r\n", size, &[0, 2, 5, 9]), [Some(1), Some(2), Some(4), None]);
            assert_eq!(lines("a\rb\r\rc", size, &[0, 2, 4]), [Some(1), Some(2), Some(4)]);
            assert_eq!(lines("\n\r\na", size, &[0]), [Some(3)]);
        }
    }
}
