//! Any bytes as a file that comes in: a text or a refusal, never a panic, a hang or memory without
//! bound. The first byte says under which ending; Word, OpenDocument, PDF and e-mail are told by content.

#![no_main]

use greffier::document::import;
use libfuzzer_sys::fuzz_target;

const ENDINGS: [&str; 6] = ["docx", "odt", "eml", "html", "csv", "xlsx"];

fuzz_target!(|input: &[u8]| {
    let Some((first, bytes)) = input.split_first() else { return };
    let ending = ENDINGS[usize::from(*first) % ENDINGS.len()];
    if let Ok(imported) = import::read_bytes("essai", Some(ending), bytes) {
        assert!(imported.text.len() <= import::MAX_TEXT_BYTES);
        assert!(!imported.text.trim().is_empty());
    }
});
