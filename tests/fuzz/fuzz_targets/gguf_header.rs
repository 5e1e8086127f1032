//! Any bytes in place of a model file's header: a result, never a panic, a hang or memory that the
//! file does not fill.

#![no_main]

use std::io::{BufReader, Cursor};

use greffier::engine::arch::Architecture;
use greffier::engine::{header, load};
use libfuzzer_sys::fuzz_target;

/// Weights that stand behind every input, so that the inputs need not carry them.
const WEIGHTS: usize = 256 << 10;

fuzz_target!(|head: &[u8]| {
    let mut file = vec![0; head.len() + WEIGHTS];
    file[..head.len()].copy_from_slice(head);
    // Cut off where the input ends, then with weights.
    let _ = load::check(head);
    let loads = load::check(&file).is_ok();
    let said = header::walk(&mut BufReader::new(Cursor::new(&file)), file.len() as u64);
    // What the engine loads, `models` imports.
    if loads {
        let said = said.expect("the header was read before");
        assert!(Architecture::of(&said.architecture).is_some());
        assert!(said.header_bytes + said.weight_bytes <= said.tensor_bytes_end);
        assert!(said.tensor_bytes_end <= said.file_bytes);
    }
});
