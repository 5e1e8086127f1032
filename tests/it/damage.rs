//! Damaged model files: a result, never a panic, whatever the bytes. `tests/fuzz` goes on from here.

use std::io::{BufReader, Cursor};

use candle_core::quantized::gguf_file::Value;
use greffier::engine::header::{self, Header};
use greffier::engine::{EngineError, load};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::tiny_gguf::{Shape, TinyGguf};

const ARCHITECTURES: [&str; 5] = ["qwen2", "llama", "qwen3", "gemma3", "smollm3"];

/// A model of one layer and a few words.
fn small(architecture: &'static str) -> TinyGguf {
    let plain = ["l", "e", "o", "u", "i", "n", "Ġ", "d", "le", "Ġd", "on", "Ã", "©", "Ã©"];
    let special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"];
    let kinds = [vec![Value::I32(1); plain.len()], vec![Value::I32(3); special.len()]].concat();
    TinyGguf::build(Shape { blocks: 1, window: 4, ..Shape::new(architecture) })
        .with("tokenizer.ggml.tokens", texts(&[&plain[..], &special].concat()))
        .with("tokenizer.ggml.token_type", Value::Array(kinds))
        .with("tokenizer.ggml.merges", texts(&["l e", "Ġ d", "o n", "Ã ©"]))
        .with("tokenizer.ggml.bos_token_id", Value::U32(14))
        .with("tokenizer.ggml.eos_token_id", Value::U32(16))
}

fn texts(texts: &[&str]) -> Value {
    Value::Array(texts.iter().map(|text| Value::String((*text).into())).collect())
}

fn walk(bytes: &[u8]) -> Result<Header, header::HeaderError> {
    header::walk(&mut BufReader::new(Cursor::new(bytes)), bytes.len() as u64)
}

/// One thing that happens to a file, at some place of its header.
#[derive(Debug, Clone)]
enum Damage {
    Overwrite(Vec<u8>),
    Insert(Vec<u8>),
    Remove(usize),
    Cut,
}

fn damage() -> impl Strategy<Value = Damage> {
    // Lengths and counts are where a reader is led astray.
    let number = prop_oneof![
        Just(u64::MAX),
        Just(u64::MAX / 2),
        Just(i64::MAX as u64 + 1),
        Just(u64::from(u32::MAX)),
        Just(0),
        0_u64..100_000,
    ];
    let number = prop_oneof![
        number.clone().prop_map(|n| n.to_le_bytes().to_vec()),
        number.prop_map(|n| n.to_le_bytes()[..4].to_vec()),
    ];
    let bytes = prop_oneof![number, proptest::collection::vec(any::<u8>(), 1..12)];
    prop_oneof![
        6 => bytes.clone().prop_map(Damage::Overwrite),
        2 => bytes.prop_map(Damage::Insert),
        2 => (1_usize..40).prop_map(Damage::Remove),
        1 => Just(Damage::Cut),
    ]
}

impl Damage {
    fn spoil(self, bytes: &mut Vec<u8>, at: usize) {
        let rest = bytes.split_off(at.min(bytes.len()));
        match self {
            Self::Overwrite(new) => {
                let kept = rest.get(new.len()..).unwrap_or_default();
                bytes.extend([&new, kept].concat());
            }
            Self::Insert(new) => bytes.extend([new, rest].concat()),
            Self::Remove(count) => bytes.extend(rest.get(count..).unwrap_or_default()),
            Self::Cut => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn any_damage_is_a_result_in_one_line(
        architecture in proptest::sample::select(&ARCHITECTURES[..]),
        damages in proptest::collection::vec((any::<Index>(), damage()), 1..4),
    ) {
        let mut bytes = small(architecture).bytes();
        let head = usize::try_from(walk(&bytes).unwrap().header_bytes).unwrap();
        for (at, damage) in damages {
            damage.spoil(&mut bytes, at.index(head));
        }
        match load::check(&bytes) {
            Err(error) => prop_assert!(!error.to_string().contains('\n'), "{error}"),
            Ok(()) => prop_assert!(walk(&bytes).is_ok(), "what is loaded can be imported"),
        }
    }
}

#[test]
fn sound_files_pass() {
    for architecture in ARCHITECTURES {
        let bytes = small(architecture).bytes();
        assert_eq!(load::check(&bytes).map_err(|error| error.to_string()), Ok(()));
        let header = walk(&bytes).unwrap();
        assert_eq!(
            (header.architecture.as_str(), header.context_length),
            (architecture, Some(600))
        );
        assert_eq!(header.tensor_bytes_end.next_multiple_of(32), header.file_bytes);
    }
}

/// The message that refuses a small model changed like this.
fn refusal(change: impl FnOnce(TinyGguf) -> TinyGguf) -> String {
    match load::check(&change(small("qwen2")).bytes()) {
        Err(EngineError::Unusable(message)) => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_padded_key_hid_an_alignment_of_zero() {
    let message = refusal(|file| file.with("general.alignment\0\0", Value::U32(0)));
    assert!(message.contains("alignement"), "{message}");
}

#[test]
fn a_merge_longer_than_every_token_overran_a_buffer() {
    let long = "<|endoftext|>".replace(['<', '>'], "x");
    let tokens = texts(&["l", "e", &long, "<|im_start|>", "<|im_end|>"]);
    let merges = texts(&[&format!("{long} {long}")]);
    let message = refusal(|file| {
        file.with("tokenizer.ggml.tokens", tokens).with("tokenizer.ggml.merges", merges)
    });
    assert!(message.contains("fusions illisibles"), "{message}");
}

#[test]
fn a_very_long_token_brought_constrained_answers_down() {
    let long = "o".repeat(3000);
    let tokens = texts(&["o", "u", "i", "n", &long, "<|im_start|>", "<|im_end|>"]);
    let kinds = Value::Array([1, 1, 1, 1, 1, 3, 3].map(Value::I32).to_vec());
    let file = small("qwen2")
        .with("tokenizer.ggml.tokens", tokens)
        .with("tokenizer.ggml.token_type", kinds)
        .without("tokenizer.ggml.merges")
        .with("tokenizer.ggml.eos_token_id", Value::U32(6));
    assert_eq!(load::check(&file.bytes()).map_err(|error| error.to_string()), Ok(()));
}

/// The headers that fuzzing begins with, written where `GREFFIER_SEEDS` says.
#[test]
fn seeds_of_the_fuzz_target() {
    let folder = std::env::var_os("GREFFIER_SEEDS").map_or_else(
        || std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("gguf_header"),
        std::path::PathBuf::from,
    );
    std::fs::create_dir_all(&folder).unwrap();
    for architecture in ARCHITECTURES {
        let bytes = small(architecture).bytes();
        let head = usize::try_from(walk(&bytes).unwrap().header_bytes).unwrap();
        std::fs::write(folder.join(architecture), &bytes[..head]).unwrap();
    }
}
