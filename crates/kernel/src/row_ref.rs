use serde::{Deserialize, Serialize};

/// Where a row came from: which batch (one delivered file), which sheet, which line of it.
///
/// Packed into one `i64`, the technical column `_row` of every table: 31 bits batch number, 5 bits sheet, 27 bits line.
/// A line is counted from 1 as a spreadsheet or text editor shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RowRef {
    /// Number of the batch, counted up by the deployment.
    pub batch: u32,
    /// Index of the sheet in its workbook, from 0; 0 for text files.
    pub sheet: u8,
    /// Line of the file or row of the sheet, from 1.
    pub line: u32,
}

impl RowRef {
    /// The highest line that can be referred to (134,217,727).
    pub const MAX_LINE: u32 = (1 << 27) - 1;
    /// The highest sheet index that can be referred to.
    pub const MAX_SHEET: u8 = (1 << 5) - 1;

    /// As stored in `_row`. Lines and sheets beyond the maximum are the caller's error to report beforehand.
    pub fn pack(self) -> i64 {
        debug_assert!(self.line <= Self::MAX_LINE && self.sheet <= Self::MAX_SHEET);
        (i64::from(self.batch) << 32) | (i64::from(self.sheet) << 27) | i64::from(self.line)
    }

    /// As people write it in a file, `12-1-345`: the sheet is counted from 1 like the line.
    pub fn label(self) -> String {
        format!("{}-{}-{}", self.batch, u16::from(self.sheet) + 1, self.line)
    }

    /// Reads [`RowRef::label`] back; blanks around it do not count.
    pub fn from_label(text: &str) -> Option<RowRef> {
        let mut parts = text.trim().split('-');
        let (batch, sheet, line) = (parts.next()?, parts.next()?, parts.next()?);
        let sheet = sheet.parse::<u8>().ok()?.checked_sub(1)?;
        let row = RowRef { batch: batch.parse().ok()?, sheet, line: line.parse().ok()? };
        let fits =
            parts.next().is_none() && sheet <= Self::MAX_SHEET && (1..=Self::MAX_LINE).contains(&row.line);
        fits.then_some(row)
    }

    /// Reads `_row` back.
    pub fn unpack(packed: i64) -> RowRef {
        let low = (packed & 0xFFFF_FFFF) as u32;
        RowRef { batch: (packed >> 32) as u32, sheet: (low >> 27) as u8, line: low & Self::MAX_LINE }
    }
}

/// `12:0:345`: batch, sheet, line.
impl std::fmt::Display for RowRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.batch, self.sheet, self.line)
    }
}

impl std::str::FromStr for RowRef {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(3, ':');
        let mut next = || parts.next().ok_or(());
        let batch = next()?.parse().map_err(drop)?;
        let sheet = next()?.parse().map_err(drop)?;
        let line = next()?.parse().map_err(drop)?;
        if sheet > Self::MAX_SHEET || line > Self::MAX_LINE {
            return Err(());
        }
        Ok(RowRef { batch, sheet, line })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_and_unpacks() {
        for row in [
            RowRef { batch: 1, sheet: 0, line: 1 },
            RowRef { batch: 2_000_000_000, sheet: RowRef::MAX_SHEET, line: RowRef::MAX_LINE },
        ] {
            assert_eq!(RowRef::unpack(row.pack()), row);
            assert_eq!(row.to_string().parse(), Ok(row));
            assert_eq!(RowRef::from_label(&format!(" {} ", row.label())), Some(row));
        }
        assert!("1:99:3".parse::<RowRef>().is_err());
        for odd in ["", "1-1", "1-0-3", "1-33-3", "1-1-0", "1-1-3-4", "1-1-x", "2003/1/1"] {
            assert_eq!(RowRef::from_label(odd), None, "{odd}");
        }
    }
}
