//! The zip file that an office document is.
//!
//! Written deterministically: every entry bears the same date, so that the same document gives the
//! same bytes. A template is read with limits, since it comes from anywhere, and written again with
//! its own entries copied as they are, packed bytes included, where nothing changes.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::ExportError;

/// Most entries of a template.
pub(super) const MAX_ENTRIES: usize = 2000;
/// Most bytes of a template once unpacked.
pub(super) const MAX_UNPACKED: u64 = 200_000_000;

/// Why a zip file cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// Not a zip file, or a damaged one.
    Broken,
    /// Protected by a password.
    Encrypted,
    /// More than the limits.
    TooBig,
}

/// How an entry is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    /// As it is: what identifies an odt has to be readable in place.
    Stored,
    /// Compressed.
    Deflated,
}

/// A zip file of these entries, in this order.
pub(super) fn zip(entries: &[(&str, Packing, &str)]) -> Result<Vec<u8>, ExportError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, packing, content) in entries {
        add(&mut writer, name, *packing, content.as_bytes())?;
    }
    Ok(writer.finish().map_err(failed)?.into_inner())
}

fn add(
    writer: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    packing: Packing,
    content: &[u8],
) -> Result<(), ExportError> {
    let method = match packing {
        Packing::Stored => CompressionMethod::Stored,
        Packing::Deflated => CompressionMethod::Deflated,
    };
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    writer.start_file(name, options).map_err(failed)?;
    writer.write_all(content).map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> ExportError {
    ExportError(error.to_string())
}

/// A template's file.
#[derive(Debug)]
pub(super) struct Package {
    bytes: Vec<u8>,
    names: Vec<String>,
}

impl Package {
    /// Opens the file and checks its limits; nothing is unpacked yet.
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, Refused> {
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).map_err(|_| Refused::Broken)?;
        if archive.len() > MAX_ENTRIES {
            return Err(Refused::TooBig);
        }
        let mut unpacked = 0_u64;
        let mut names = Vec::new();
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|_| Refused::Broken)?;
            if entry.encrypted() {
                return Err(Refused::Encrypted);
            }
            unpacked = unpacked.saturating_add(entry.size());
            names.push(entry.name().map_err(|_| Refused::Broken)?.into_owned());
        }
        if unpacked > MAX_UNPACKED {
            return Err(Refused::TooBig);
        }
        drop(archive);
        Ok(Self { bytes, names })
    }

    /// The names of its entries.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// An entry that is XML, as text; `None` when there is no such entry.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Refused> {
        if !self.names.iter().any(|known| known == name) {
            return Ok(None);
        }
        let mut archive = ZipArchive::new(Cursor::new(&self.bytes)).map_err(|_| Refused::Broken)?;
        let entry = archive.by_name(name).map_err(|_| Refused::Broken)?;
        let mut bytes = Vec::new();
        // What an entry says of its size need not be true.
        entry.take(MAX_UNPACKED + 1).read_to_end(&mut bytes).map_err(|_| Refused::Broken)?;
        if bytes.len() as u64 > MAX_UNPACKED {
            return Err(Refused::TooBig);
        }
        String::from_utf8(bytes).map(Some).map_err(|_| Refused::Broken)
    }

    /// The same file with some entries changed, and those it did not have added at its end.
    pub(super) fn with(&self, changed: &BTreeMap<String, String>) -> Result<Vec<u8>, ExportError> {
        let mut archive = ZipArchive::new(Cursor::new(&self.bytes)).map_err(failed)?;
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (index, name) in self.names.iter().enumerate() {
            match changed.get(name) {
                Some(content) => {
                    let stored = name == "mimetype";
                    let packing = if stored { Packing::Stored } else { Packing::Deflated };
                    add(&mut writer, name, packing, content.as_bytes())?;
                }
                None => {
                    let entry = archive.by_index_raw(index).map_err(failed)?;
                    writer.raw_copy_file(entry).map_err(failed)?;
                }
            }
        }
        for (name, content) in changed.iter().filter(|(name, _)| !self.names.contains(name)) {
            add(&mut writer, name, Packing::Deflated, content.as_bytes())?;
        }
        Ok(writer.finish().map_err(failed)?.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        zip(&[("mimetype", Packing::Stored, "a"), ("b.xml", Packing::Deflated, "<b/>")]).unwrap()
    }

    #[test]
    fn entries_come_back_and_the_same_give_the_same_bytes() {
        assert_eq!(sample(), sample());
        let package = Package::open(sample()).unwrap();
        assert_eq!(package.names(), ["mimetype", "b.xml"]);
        assert_eq!(package.text("b.xml").unwrap().as_deref(), Some("<b/>"));
        assert_eq!(package.text("c.xml").unwrap(), None);
    }

    #[test]
    fn changed_entries_keep_their_place_and_new_ones_come_last() {
        let package = Package::open(sample()).unwrap();
        let changed = [("mimetype", "z"), ("c.xml", "<c/>")];
        let changed = changed.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
        let package = Package::open(package.with(&changed).unwrap()).unwrap();
        assert_eq!(package.names(), ["mimetype", "b.xml", "c.xml"]);
        assert_eq!(package.text("mimetype").unwrap().as_deref(), Some("z"));
        assert_eq!(package.text("b.xml").unwrap().as_deref(), Some("<b/>"));
    }

    #[test]
    fn what_is_no_package_or_too_big_is_refused() {
        assert_eq!(Package::open(b"PK\x03\x04".to_vec()).unwrap_err(), Refused::Broken);
        let many: Vec<String> = (0..=MAX_ENTRIES).map(|n| n.to_string()).collect();
        let many: Vec<_> = many.iter().map(|n| (n.as_str(), Packing::Stored, "")).collect();
        assert_eq!(Package::open(zip(&many).unwrap()).unwrap_err(), Refused::TooBig);
        let mut bytes = sample();
        // The flag of encryption, in the header of the entry and in the directory at the end.
        let directory = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
        bytes[6] |= 1;
        bytes[directory + 8] |= 1;
        assert_eq!(Package::open(bytes).unwrap_err(), Refused::Encrypted);
    }
}
