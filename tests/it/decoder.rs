//! Our decoder on tiny random models of every architecture and format, against the reference, and
//! against itself: however the work is cut, the bits are the same.

use candle_core::quantized::GgmlDType;
use candle_core::quantized::gguf_file::Value;
use greffier::engine::cache::Sequence;
use greffier::engine::decoder::{Decoder, Run};
use greffier::engine::kernel::Tier;
use greffier::engine::load::{Implementation, Options, load_decoder_on};
use greffier::engine::{CancelToken, EngineError};

use crate::reference;
use crate::tiny_gguf::{Shape, TinyGguf};

const FORMATS: [GgmlDType; 9] = [
    GgmlDType::Q4K,
    GgmlDType::Q5K,
    GgmlDType::Q6K,
    GgmlDType::Q8_0,
    GgmlDType::Q5_0,
    GgmlDType::Q4_0,
    GgmlDType::Q4_1,
    GgmlDType::F16,
    GgmlDType::F32,
];

/// Every switch of every architecture, at least once.
fn shapes() -> Vec<Shape> {
    let llama = Shape::new("llama");
    let wide = Shape { head_width: 32, ..Shape::new("qwen3") };
    vec![
        Shape { rope_factors: true, ..llama },
        Shape { tied: true, key_heads: 4, ..llama },
        Shape::new("qwen2"),
        Shape { key_heads: 1, tied: true, ..wide },
        Shape { blocks: 7, window: 9, tied: true, ..Shape { architecture: "gemma3", ..wide } },
        Shape { blocks: 5, ..Shape::new("smollm3") },
    ]
}

fn tiers() -> impl Iterator<Item = Tier> {
    Tier::ALL.into_iter().filter(|tier| tier.available())
}

fn load(model: &TinyGguf, tier: Tier, threads: usize) -> Decoder {
    try_load(model, tier, threads).unwrap()
}

fn try_load(model: &TinyGguf, tier: Tier, threads: usize) -> Result<Decoder, EngineError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("petit.gguf");
    std::fs::write(&path, model.bytes()).unwrap();
    let options = Options {
        path: &path,
        name: "petit",
        sha256: "",
        prepared: folder.path(),
        threads: Some(threads),
        implementation: Implementation::Best,
        lookup: true,
    };
    load_decoder_on(tier, &options, &CancelToken::default())
}

fn tokens(count: u32) -> Vec<u32> {
    (0..count).map(|i| (i * 37 + i * i * 11 + 5) % 256).collect()
}

/// Logits after every token, read in pieces of these sizes in turn.
fn read(
    decoder: &mut Decoder,
    sequence: &mut Sequence,
    tokens: &[u32],
    pieces: &[usize],
) -> Vec<u32> {
    let mut all = Vec::new();
    let mut rest = tokens;
    for size in pieces.iter().cycle() {
        let (piece, after) = rest.split_at((*size).min(rest.len()));
        let run = Run { sequence: &mut *sequence, tokens: piece, logits: piece.len() };
        all.extend(decoder.forward(&mut [run]).unwrap().iter().map(|x| x.to_bits()));
        rest = after;
        if rest.is_empty() {
            return all;
        }
    }
    all
}

fn compare(shape: Shape, tolerance: f64) {
    let model = TinyGguf::build(shape);
    let tokens = tokens(40);
    let expected = reference::logits(&model, &tokens);
    let mut decoder = load(&model, Tier::Scalar, 1);
    let mut sequence = decoder.sequence();
    let found = read(&mut decoder, &mut sequence, &tokens, &[40]);
    let rows = found.chunks_exact(decoder.spec().vocabulary);
    for (position, (found, expected)) in rows.zip(&expected).enumerate() {
        let found: Vec<f32> = found.iter().map(|bits| f32::from_bits(*bits)).collect();
        let error = reference::relative_error(&found, expected);
        assert!(error < tolerance, "{shape:?}, position {position}: {error}");
    }
}

#[test]
fn every_architecture_computes_what_it_is_defined_to() {
    for shape in shapes() {
        // Keys and values are kept in 16 bits: that is all that differs with weights in 32. Where
        // activations have 8, some round the other way, which a tiny model amplifies; an error of
        // layout gives more than 1.
        compare(Shape { format: GgmlDType::F32, ..shape }, 2e-3);
        compare(shape, 8e-2);
    }
}

/// What the file of a shape says by default need not be said.
#[test]
fn sizes_left_out_have_their_defaults() {
    let shape = Shape::new("llama");
    let tokens = tokens(9);
    let rows = |model: &TinyGguf| {
        let mut decoder = load(model, Tier::Scalar, 1);
        let mut sequence = decoder.sequence();
        read(&mut decoder, &mut sequence, &tokens, &[9])
    };
    let shorter = TinyGguf::build(shape)
        .without("llama.attention.key_length")
        .without("llama.attention.value_length")
        .without("llama.rope.dimension_count");
    assert_eq!(rows(&TinyGguf::build(shape)), rows(&shorter));
}

/// A model that needs what the decoder does not have would answer, and wrongly.
#[test]
fn what_the_decoder_has_not_is_refused() {
    let gemma = || TinyGguf::build(Shape { tied: true, ..Shape::new("gemma3") });
    let capped = gemma().with("gemma3.final_logit_softcapping", Value::F32(30.0));
    let biased = TinyGguf::new("llama").with_vector("blk.0.attn_output.bias", 64);
    let never = gemma().with("gemma3.attention.sliding_window_pattern", Value::U32(0));
    for (model, cause) in [
        (capped, "« final_logit_softcapping »"),
        (biased, "« blk.0.attn_output.bias »"),
        (never, "gemma3.attention.sliding_window_pattern"),
    ] {
        let message = try_load(&model, Tier::Scalar, 1).err().unwrap().to_string();
        assert!(message.contains(cause), "{message}");
        assert!(!message.contains('\n'), "{message}");
    }
}

#[test]
fn every_format_computes_what_it_is_defined_to() {
    for format in FORMATS {
        let shape = Shape {
            embedding: 256,
            head_width: 64,
            feed_forward: 512,
            format,
            ..Shape::new("qwen2")
        };
        compare(shape, 8e-2);
    }
}

/// The promise of the numerics: the same bits on every instruction set, with any number of threads,
/// however the tokens are cut. SSE4.1, which rounds twice in attention, is only close.
#[test]
fn the_bits_do_not_depend_on_tier_threads_or_pieces() {
    let mut shapes = shapes();
    for format in FORMATS {
        shapes.push(Shape {
            embedding: 256,
            head_width: 64,
            feed_forward: 512,
            blocks: 1,
            format,
            ..Shape::new("llama")
        });
    }
    let tokens = tokens(70);
    for shape in shapes {
        let model = TinyGguf::build(shape);
        let mut expected: Option<Vec<u32>> = None;
        for tier in tiers() {
            let fastest = Some(tier) == Tier::choose(None).ok();
            for threads in if fastest { 1..=3 } else { 2..=2 } {
                let mut decoder = load(&model, tier, threads);
                for pieces in [&[70][..], &[1], &[7, 3], &[2, 5]] {
                    if tier == Tier::Scalar && pieces.len() > 1 {
                        continue;
                    }
                    let mut sequence = decoder.sequence();
                    let found = read(&mut decoder, &mut sequence, &tokens, pieces);
                    match &expected {
                        None => expected = Some(found),
                        Some(expected) if tier == Tier::Sse41 => {
                            let floats = |bits: &[u32]| -> Vec<f32> {
                                bits.iter().map(|b| f32::from_bits(*b)).collect()
                            };
                            let wide: Vec<f64> =
                                floats(expected).into_iter().map(f64::from).collect();
                            let error = reference::relative_error(&floats(&found), &wide);
                            assert!(error < 0.02, "{shape:?} {tier}: {error}");
                        }
                        Some(expected) => assert!(
                            *expected == found,
                            "{shape:?} {tier}, {threads} threads, pieces {pieces:?}"
                        ),
                    }
                }
            }
        }
    }
}

#[test]
fn sequences_that_share_a_beginning_stay_apart() {
    for shape in shapes() {
        let model = TinyGguf::build(shape);
        let mut decoder = load(&model, Tier::choose(None).unwrap(), 2);
        let all = tokens(90);
        let mut first = decoder.sequence();
        read(&mut decoder, &mut first, &all[..70], &[70]);
        // Forks that go on differently, in one batch with a sequence of its own.
        let mut forks = [first.clone(), first.clone(), first.clone()];
        forks[1].truncate(66);
        forks[2].truncate(40);
        let mut alone = decoder.sequence();
        let ends = [&all[70..74], &all[10..14], &all[20..24], &all[30..34]];
        let [a, b, c] = &mut forks;
        let mut runs = [
            Run { sequence: a, tokens: ends[0], logits: 1 },
            Run { sequence: b, tokens: ends[1], logits: 2 },
            Run { sequence: c, tokens: ends[2], logits: 1 },
            Run { sequence: &mut alone, tokens: ends[3], logits: 1 },
        ];
        let together: Vec<u32> =
            decoder.forward(&mut runs).unwrap().iter().map(|x| x.to_bits()).collect();
        let vocabulary = decoder.spec().vocabulary;
        let expected = [
            ([&all[..70], ends[0]].concat(), 1),
            ([&all[..66], ends[1]].concat(), 2),
            ([&all[..40], ends[2]].concat(), 1),
            (ends[3].to_vec(), 1),
        ];
        let mut at = 0;
        for (tokens, wanted) in expected {
            let mut sequence = decoder.sequence();
            let logits = read(&mut decoder, &mut sequence, &tokens, &[11]);
            let wanted = wanted * vocabulary;
            assert_eq!(&together[at..at + wanted], &logits[logits.len() - wanted..], "{shape:?}");
            at += wanted;
        }
        // The sequence that was forked is untouched.
        let mut again = decoder.sequence();
        let expected = read(&mut decoder, &mut again, &all, &[90]);
        let found = read(&mut decoder, &mut first, &all[70..], &[20]);
        assert_eq!(found, expected[70 * vocabulary..], "{shape:?}");
    }
}
