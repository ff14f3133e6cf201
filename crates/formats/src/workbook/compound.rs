//! The compound file around an XLS workbook, read with distrust: every chain of sectors must end, and lie in the file.

/// Sectors of a chain end here, and anything from here on is no sector.
const END: u32 = 0xFFFF_FFFE;
const NO_SECTOR: u32 = 0xFFFF_FFFA;
/// Streams shorter than this live in the small sectors.
const SMALL: usize = 4096;
const SMALL_SECTOR: usize = 64;
const HEADER: usize = 512;
const ENTRY: usize = 128;

/// A compound file whose tables are sound.
pub(super) struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    table: Vec<u32>,
    small_table: Vec<u32>,
    small: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

impl<'b> Compound<'b> {
    /// Nothing when the file is damaged.
    pub(super) fn new(bytes: &'b [u8]) -> Option<Self> {
        let sector = match u16_at(bytes.get(..HEADER)?, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            sector,
            table: Vec::new(),
            small_table: Vec::new(),
            small: Vec::new(),
            entries: Vec::new(),
        };
        for place in file.table_sectors()? {
            file.table.extend(words(file.sector_at(place)?));
        }
        let directory = file.chain(u32_at(bytes, 48)?, usize::MAX)?;
        file.entries = directory.chunks_exact(ENTRY).map(|entry| file.entry(entry)).collect::<Option<_>>()?;
        if u32_at(bytes, 64)? > 0 {
            let root = file.entries.first()?;
            file.small = file.chain(root.start, root.length)?;
            let length = (u32_at(bytes, 64)? as usize).checked_mul(sector)?;
            file.small_table = words(&file.chain(u32_at(bytes, 60)?, length)?).collect();
        }
        Some(file)
    }

    /// Where the sectors of the allocation table are; never more of them than the file has sectors.
    fn table_sectors(&self) -> Option<Vec<u32>> {
        let most = self.bytes.len() / self.sector + 1;
        let mut places: Vec<u32> = words(self.bytes.get(76..HEADER)?).collect();
        let mut next = u32_at(self.bytes, 68)?;
        let mut turns = 0;
        while next < NO_SECTOR {
            turns += 1;
            places.extend(words(self.sector_at(next)?));
            next = places.pop()?;
            if turns > most {
                return None;
            }
        }
        places.retain(|place| *place < NO_SECTOR);
        (places.len() <= most).then_some(places)
    }

    /// A sector; the last one of a file may be short.
    fn sector_at(&self, place: u32) -> Option<&'b [u8]> {
        let start = (place as usize).checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(start..self.bytes.len().min(start + self.sector))
    }

    fn entry(&self, bytes: &[u8]) -> Option<Entry> {
        let name = char::decode_utf16(
            bytes.get(..64)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])),
        )
        .map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER))
        .take_while(|sign| *sign != '\0')
        .collect();
        let high = if self.sector == HEADER { 0 } else { u32_at(bytes, 124)? };
        let length = u64::from(high) << 32 | u64::from(u32_at(bytes, 120)?);
        Some(Entry { name, start: u32_at(bytes, 116)?, length: usize::try_from(length).ok()? })
    }

    fn chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        follow(start, length, &self.table, |place| self.sector_at(place))
    }

    fn stream(&self, entry: &Entry) -> Option<Vec<u8>> {
        if entry.length >= SMALL {
            return self.chain(entry.start, entry.length);
        }
        follow(entry.start, entry.length, &self.small_table, |place| {
            let start = (place as usize).checked_mul(SMALL_SECTOR)?;
            self.small.get(start..self.small.len().min(start + SMALL_SECTOR))
        })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// All streams with one of these names. Nothing when one of them is damaged.
    pub(super) fn streams(&self, names: &[&str]) -> Option<Vec<Vec<u8>>> {
        let wanted = |entry: &&Entry| names.iter().any(|name| entry.name.eq_ignore_ascii_case(name));
        self.entries.iter().filter(wanted).map(|entry| self.stream(entry)).collect()
    }
}

/// The bytes of a chain up to a length. Nothing when it runs in a circle or out of the file.
fn follow<'b>(
    start: u32,
    length: usize,
    table: &[u32],
    sector: impl Fn(u32) -> Option<&'b [u8]>,
) -> Option<Vec<u8>> {
    let (mut bytes, mut place, mut turns) = (Vec::new(), start, 0);
    while place != END {
        turns += 1;
        if turns > table.len() + 1 {
            return None;
        }
        let found = sector(place)?;
        bytes.extend_from_slice(&found[..found.len().min(length - bytes.len())]);
        if bytes.len() >= length {
            break;
        }
        place = *table.get(place as usize)?;
    }
    Some(bytes)
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|pair| u16::from_le_bytes(*pair))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|word| u32::from_le_bytes(*word))
}
