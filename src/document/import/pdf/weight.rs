//! How much a PDF file unpacks to, known before anything of it is unpacked.
//!
//! Streams shrink to a thousandth, and the library that reads them unpacks each whole, some of them
//! as soon as a file is opened; what it makes of every byte then weighs some fifty times as much.
//! So streams are unpacked here first, into nothing and no further than a limit. Pictures, which
//! may be large and hold no sign, are blanked. A page that is too heavy is left out and told.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::LazyLock;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};
use regex::bytes::Regex;

use super::super::Reason;

/// Bytes that a page and what it shows may unpack to: a page of text is some kilobytes, a map of
/// thousands of lines some megabytes.
const MAX_PAGE: u64 = 8_000_000;
/// Bytes that a file's own tables may unpack to: those of a thousand pages are a tenth of it.
const MAX_TABLES: u64 = 16_000_000;
/// Bytes that flate makes of one, at most.
const MOST_OF_ONE: u64 = 1032;
/// Bytes that tables which cannot be measured, because they are encrypted, may weigh at worst.
const MAX_SEALED: u64 = 16 * MAX_TABLES;
/// Bytes that say what a stream is, and those of an object's number.
const MAX_SAID: usize = 8192;
const MAX_NUMBER: usize = 24;
/// Drawings inside one another.
const MAX_NESTING: usize = 50;
/// Bytes of one number in a table of places.
const MAX_WIDTH: u64 = 8;

const HOSTILE: Reason = Reason::Hostile("contenu démesuré une fois décompressé");

/// The file with blank pictures, if what is unpacked as soon as it is opened is within the limits.
///
/// # Errors
/// When it is not.
pub(super) fn bounded(bytes: &[u8]) -> Result<Vec<u8>, Reason> {
    let encrypted = ENCRYPTED.is_match(bytes);
    let start = bytes.windows(5).position(|mark| mark == b"%PDF-").unwrap_or(0);
    let entries: Vec<usize> = ENTRY
        .captures_iter(bytes)
        .filter_map(|found| String::from_utf8_lossy(&found[1]).parse().ok())
        .filter_map(|entry: usize| entry.checked_add(start))
        .collect();
    let mut blanked = bytes.to_vec();
    let (mut tables, mut sealed) = (0, 0);
    for found in STREAM.find_iter(bytes) {
        let Some((object, about)) = said_of(bytes, found.start()) else { continue };
        let rest = bytes.get(found.end()..).unwrap_or_default();
        let length = END.find(rest).map_or(rest.len(), |end| end.start());
        let names: Vec<&[u8]> = NAME.find_iter(&about).map(|name| name.as_bytes()).collect();
        let says = |name: &[u8]| names.contains(&name);
        let table = says(b"/ObjStm") || says(b"/XRef") || says(b"/W");
        if says(b"/Image") && !table {
            if !encrypted {
                let picture = blanked.get_mut(found.end()..found.end() + length);
                picture.unwrap_or_default().fill(b' ');
            }
            continue;
        }
        if says(b"/W") && !widths_fit(&about) {
            return Err(HOSTILE);
        }
        let filters = names.iter().filter_map(|name| name.strip_prefix(b"/"));
        let filters: Vec<&[u8]> = filters.filter(|name| name.ends_with(b"Decode")).collect();
        if encrypted && says(b"/ObjStm") {
            sealed += MOST_OF_ONE.saturating_mul(length as u64);
            if filters.len() > 1 {
                return Err(HOSTILE);
            }
        } else if table || entries.iter().any(|entry| (object..found.end()).contains(entry)) {
            tables += unpacked_weight(rest, &filters, MAX_TABLES);
        }
        if tables > MAX_TABLES || sealed > MAX_SEALED {
            return Err(HOSTILE);
        }
    }
    Ok(blanked)
}

/// What is said of a stream before it opens, names spelled out, and where; nothing for bytes that
/// only look like an opening.
fn said_of(bytes: &[u8], opening: usize) -> Option<(usize, Vec<u8>)> {
    let from = opening.saturating_sub(MAX_SAID);
    let before = bytes.get(from..opening)?.trim_ascii_end();
    if !before.ends_with(b">>") {
        return None;
    }
    let at = before.windows(3).rposition(|word| word == b"obj").unwrap_or(0);
    let said = before.get(at..).unwrap_or_default();
    // The number of the object stands before the word.
    Some((from + at.saturating_sub(MAX_NUMBER), plain_names(said)))
}

/// Whether the numbers of a table of places have a size that such numbers have: without any, the
/// table never ends.
fn widths_fit(about: &[u8]) -> bool {
    let Some(widths) = WIDTHS.captures(about).and_then(|found| found.get(1)) else { return true };
    let widths: Vec<u64> = String::from_utf8_lossy(widths.as_bytes())
        .split_whitespace()
        .map(|width| width.parse().unwrap_or(u64::MAX))
        .collect();
    widths.iter().all(|width| *width <= MAX_WIDTH) && widths.iter().any(|width| *width > 0)
}

/// `/Obj#53tm` as `/ObjStm`.
fn plain_names(about: &[u8]) -> Vec<u8> {
    let sign = |found: &regex::bytes::Captures<'_>| {
        let digits = String::from_utf8_lossy(&found[1]).into_owned();
        vec![u8::from_str_radix(&digits, 16).unwrap_or(b'#')]
    };
    SPELLED.replace_all(about, sign).into_owned()
}

/// Empties the pictures of an opened file: the library would unpack them and look for signs.
pub(super) fn empty_pictures(document: &mut Document) {
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Image")
        {
            stream.dict.remove(b"Filter");
            stream.content = Vec::new();
        }
    }
}

/// What the streams of an opened file unpack to.
pub(super) struct Weights<'a> {
    document: &'a Document,
    streams: BTreeMap<ObjectId, u64>,
    drawings: BTreeMap<ObjectId, u64>,
}

impl<'a> Weights<'a> {
    /// Measures every stream.
    pub(super) fn of(document: &'a Document) -> Self {
        let streams = document.objects.iter().filter_map(|(id, object)| match object {
            Object::Stream(stream) => Some((*id, weight(stream))),
            _ => None,
        });
        Self { document, streams: streams.collect(), drawings: BTreeMap::new() }
    }

    /// Whether a page can be read: its text, the drawings in it, its fonts.
    pub(super) fn allow(&mut self, page: ObjectId) -> bool {
        let contents = self.document.get_page_contents(page);
        let text = contents.iter().map(|id| self.stream(*id)).fold(0, u64::saturating_add);
        let Ok((own, shared)) = self.document.get_page_resources(page) else { return true };
        let shared = shared.iter().filter_map(|id| self.document.get_dictionary(*id).ok());
        let resources: Vec<&Dictionary> = own.into_iter().chain(shared).collect();
        let drawn = resources.iter().map(|of| self.drawn(of, &mut Vec::new())).max().unwrap_or(0);
        text.saturating_add(drawn) <= MAX_PAGE
            && resources.iter().all(|resources| self.fonts_fit(resources))
    }

    fn stream(&self, id: ObjectId) -> u64 {
        self.streams.get(&id).copied().unwrap_or(0)
    }

    /// The heaviest drawing of a page, with those that it draws in turn.
    fn drawn(&mut self, resources: &Dictionary, around: &mut Vec<ObjectId>) -> u64 {
        let document = self.document;
        let Some(named) = inner(document, resources, b"XObject") else { return 0 };
        let ids = named.iter().filter_map(|(_, object)| object.as_reference().ok());
        ids.map(|id| self.drawing(id, around)).max().unwrap_or(0)
    }

    fn drawing(&mut self, id: ObjectId, around: &mut Vec<ObjectId>) -> u64 {
        // One that draws itself never ends.
        if around.contains(&id) || around.len() > MAX_NESTING {
            return u64::MAX;
        }
        if let Some(known) = self.drawings.get(&id) {
            return *known;
        }
        let document = self.document;
        let Ok(stream) = document.get_object(id).and_then(Object::as_stream) else { return 0 };
        let own = self.stream(id);
        if own > MAX_PAGE {
            return own;
        }
        around.push(id);
        let within = match inner(document, &stream.dict, b"Resources") {
            Some(resources) => self.drawn(resources, around),
            // It may draw what the page around it names, itself too.
            None if draws(stream) => u64::MAX,
            None => 0,
        };
        around.pop();
        let weight = own.saturating_add(within);
        self.drawings.insert(id, weight);
        weight
    }

    fn fonts_fit(&self, resources: &Dictionary) -> bool {
        let document = self.document;
        let Some(fonts) = inner(document, resources, b"Font") else { return true };
        let fonts = fonts.iter().filter_map(|(_, font)| document.dereference(font).ok());
        let mut fonts = fonts.filter_map(|(_, font)| font.as_dict().ok());
        fonts.all(|font| {
            let under = font.get(b"DescendantFonts").and_then(Object::as_array);
            let under = under.ok().and_then(|list| list.first());
            let under = under.and_then(|font| document.dereference(font).ok());
            let under = under.and_then(|(_, font)| font.as_dict().ok());
            [Some(font), under].into_iter().flatten().all(|font| self.font_fits(font))
        })
    }

    fn font_fits(&self, font: &Dictionary) -> bool {
        let about = inner(self.document, font, b"FontDescriptor");
        let parts = [&b"ToUnicode"[..], b"Encoding", b"FontFile", b"FontFile2", b"FontFile3"];
        let parts = parts.into_iter().flat_map(|part| {
            [Some(font), about].into_iter().flatten().filter_map(move |from| from.get(part).ok())
        });
        let mut ids = parts.filter_map(|part| part.as_reference().ok());
        ids.all(|id| self.stream(id) <= MAX_TABLES)
    }
}

/// A dictionary of that name in another, wherever it stands.
fn inner<'a>(document: &'a Document, of: &'a Dictionary, name: &[u8]) -> Option<&'a Dictionary> {
    let (_, object) = document.dereference(of.get(name).ok()?).ok()?;
    object.as_dict().ok()
}

/// Whether a drawing draws another.
fn draws(stream: &Stream) -> bool {
    stream.get_plain_content().is_ok_and(|content| DRAWS.is_match(&content))
}

/// What a stream unpacks to, as far as the limits go.
fn weight(stream: &Stream) -> u64 {
    let parameter = |name: &[u8]| {
        let all = stream.dict.get(b"DecodeParms").and_then(Object::as_dict).ok()?;
        all.get(name).and_then(Object::as_i64).ok()
    };
    // A row of a table is unpacked at once.
    let row = [&b"Columns"[..], b"Colors", b"BitsPerComponent"]
        .into_iter()
        .filter_map(parameter)
        .fold(1, |row: u64, by| row.saturating_mul(by.unsigned_abs().max(1)));
    let filters = stream.filters().unwrap_or_default();
    unpacked_weight(&stream.content, &filters, MAX_TABLES).max(row)
}

/// What bytes unpack to, through every filter; past the limit, only that it is more.
fn unpacked_weight(packed: &[u8], filters: &[&[u8]], limit: u64) -> u64 {
    let Some((filter, others)) = filters.split_first() else { return 0 };
    let weight = match *filter {
        b"FlateDecode" => flate(packed, limit),
        // Codes grow one entry early, as most programs have it, or do not.
        b"LZWDecode" => lzw(packed, limit, 1).max(lzw(packed, limit, 0)),
        b"ASCII85Decode" => {
            let end = packed.iter().position(|byte| *byte == b'~').unwrap_or(packed.len());
            4 * end as u64
        }
        // The library unpacks no other.
        _ => return 0,
    };
    if others.is_empty() || weight > limit {
        return weight;
    }
    let alone = Dictionary::from_iter([("Filter", Object::Name(filter.to_vec()))]);
    let stream = Stream::new(alone, packed.to_vec());
    let unpacked = stream.decompressed_content().unwrap_or_default();
    weight.max(unpacked_weight(&unpacked, others, limit))
}

/// Bytes unpacked at a time.
const AT_ONCE: usize = 1 << 14;

/// What flate makes of the bytes; where they lack its opening, without.
fn flate(packed: &[u8], limit: u64) -> u64 {
    let (read, lost) = read_through(ZlibDecoder::new(packed), limit);
    if read > 0 {
        return read + lost;
    }
    let (raw, lost_raw) =
        read_through(DeflateDecoder::new(packed.get(2..).unwrap_or_default()), limit);
    lost.max(raw + lost_raw)
}

/// How much can be read, and how much more there may be where the bytes are broken: whoever reads in
/// smaller pieces has what comes before the fault.
fn read_through(mut reader: impl Read, limit: u64) -> (u64, u64) {
    let mut buffer = [0; AT_ONCE];
    let mut weight = 0;
    while weight <= limit {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => weight += count as u64,
            Err(_) => return (weight, AT_ONCE as u64),
        }
    }
    (weight, 0)
}

/// What LZW makes of the bytes: the lengths alone, without the bytes.
fn lzw(packed: &[u8], limit: u64, early: usize) -> u64 {
    const CLEAR: usize = 256;
    const END: usize = 257;
    const MOST: usize = 4096;
    let fresh = || -> Vec<u64> { vec![1; END + 1] };
    let mut lengths = fresh();
    let mut previous: Option<u64> = None;
    let (mut bits, mut held, mut weight) = (0_u32, 0_u64, 0_u64);
    for byte in packed {
        held = (held << 8 | u64::from(*byte)) & 0xff_ffff;
        bits += 8;
        let width = (usize::BITS - (lengths.len() + early).leading_zeros()).clamp(9, 12);
        if bits < width {
            continue;
        }
        bits -= width;
        let code = usize::try_from(held >> bits & ((1 << width) - 1)).unwrap_or(END);
        match code {
            CLEAR => {
                lengths = fresh();
                previous = None;
                continue;
            }
            END => break,
            _ => {}
        }
        let length = lengths.get(code).copied().or(previous.map(|length| length + 1));
        let Some(length) = length else { break };
        weight += length;
        if weight > limit {
            break;
        }
        if let Some(before) = previous.replace(length)
            && lengths.len() < MOST
        {
            lengths.push(before + 1);
        }
    }
    weight
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("patterns are constants, each compiled by the tests of this module")
}

/// The opening of a stream.
static STREAM: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?-u)\bstream[ \t\x00\x0c]*(?:\r\n|\n|\r)"));
/// Where reading begins, and goes on.
static ENTRY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?-u)(?:startxref|/Prev|/XRefStm)[\s\x00]*([0-9]{1,10})"));
static END: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u)[\r\n]*endstream"));
static NAME: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u)/[^\x00-\x20/<>\[\](){}%]*"));
static SPELLED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u)#([0-9A-Fa-f]{2})"));
static WIDTHS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u)/W[ \t\r\n]*\[([^\]]*)\]"));
static ENCRYPTED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u)/Encrypt[^A-Za-z]"));
static DRAWS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u)(?:^|[\s/\w])Do(?:\s|$)"));

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(packed: &[u8], filter: &str) -> usize {
        let alone = Dictionary::from_iter([("Filter", Object::Name(filter.into()))]);
        let stream = Stream::new(alone, packed.to_vec());
        stream.decompressed_content().map_or(0, |content| content.len())
    }

    #[test]
    fn lengths_are_those_of_the_bytes() {
        // The example of the PDF reference, `-----A---B`.
        let packed = b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01";
        assert_eq!((lzw(packed, 1000, 1), decoded(packed, "LZWDecode")), (10, 10));
    }

    #[test]
    fn broken_bytes_weigh_what_small_reads_make_of_them() {
        let packed = [0, 0, 18, 184, 176, 128, 254, 112, 144, 36, 0, 0, 0];
        assert!(flate(&packed, 1000) >= decoded(&packed, "FlateDecode") as u64);
    }

    #[test]
    fn names_are_spelled_out_and_widths_are_small() {
        assert_eq!(plain_names(b"/Obj#53tm#20"), b"/ObjStm ");
        for (about, fit) in [
            (&b"/W [1 2 1]"[..], true),
            (b"/W[0 0 0]", false),
            (b"/W [1 99999999999 1]", false),
            (b"/W [1 -2 1]", false),
            (b"/Width 3", true),
        ] {
            assert_eq!(widths_fit(about), fit, "{about:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_weighs_less_than_it_unpacks_to(
            packed in proptest::collection::vec(any::<u8>(), 0..2000),
            filter in proptest::sample::select(vec!["FlateDecode", "LZWDecode", "ASCII85Decode"]),
        ) {
            let weight = unpacked_weight(&packed, &[filter.as_bytes()], u64::MAX - 1);
            prop_assert!(weight >= decoded(&packed, filter) as u64);
        }
    }
}
