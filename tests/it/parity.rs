//! Our decoder on real weights against llama.cpp and candle, on a French text: what `make.cpp`
//! wrote beside the text was computed once. Models are fetched by the program itself, as for a new
//! user.

use std::fs::File;
use std::io::BufReader;

use candle_core::quantized::gguf_file::Content;
use candle_core::{Device, Tensor};
use candle_transformers::models::{quantized_llama, quantized_qwen2};
use greffier::engine::CancelToken;
use greffier::engine::decoder::Run;
use greffier::engine::load::{Implementation, Options, load_decoder};
use greffier::engine::tokenizer::Vocabulary;
use greffier::models::{Installed, Store};
use greffier::settings::Settings;

use crate::support::{fixture, install};

const MODELS: [&str; 4] = ["coder-1.5b", "coder-0.5b", "smollm2-135m", "gemma3-270m"];
const KEPT: usize = 64;
/// `make.cpp` keeps no more of the text.
const MOST_TOKENS: usize = 256;

/// What llama.cpp made of the text: tokens, and after each the logarithm of the sum of
/// exponentials and the highest logits.
struct Expected {
    tokens: Vec<u32>,
    rows: Vec<(f32, Vec<(u32, f32)>)>,
}

fn expected(model: &str) -> Expected {
    let bytes = std::fs::read(fixture(&format!("logits/{model}.bin"))).unwrap();
    let mut words = bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word));
    let count = words.next().unwrap() as usize;
    let tokens = words.by_ref().take(count).collect();
    let mut row = || {
        let sum = f32::from_bits(words.next().unwrap());
        let mut pair = || (words.next().unwrap(), f32::from_bits(words.next().unwrap()));
        (sum, (0..KEPT).map(|_| pair()).collect())
    };
    Expected { rows: (0..count).map(|_| row()).collect(), tokens }
}

fn vocabulary_of(model: &str) -> Vocabulary {
    let mut file = BufReader::new(File::open(installed(model).path).unwrap());
    Vocabulary::from_gguf(&Content::read(&mut file).unwrap()).unwrap()
}

/// A model's file, once it is installed.
fn installed(model: &str) -> Installed {
    install(model);
    let settings = Settings::from_environment().unwrap();
    Store::at(&settings.models()).find(model).unwrap().unwrap()
}

/// candle's model as a function of tokens and their first position.
type Forward = Box<dyn FnMut(&Tensor, usize) -> candle_core::Result<Tensor>>;

/// Our logits after each of these tokens.
fn ours(installed: &Installed, tokens: &[u32]) -> Vec<Vec<f32>> {
    let options = Options {
        path: &installed.path,
        name: &installed.name,
        sha256: &installed.sha256,
        prepared: &Settings::from_environment().unwrap().prepared(),
        threads: None,
        implementation: Implementation::Best,
        lookup: true,
    };
    let mut decoder = load_decoder(&options, &CancelToken::default()).unwrap();
    let mut sequence = decoder.sequence();
    let run = Run { sequence: &mut sequence, tokens, logits: tokens.len() };
    let vocabulary = decoder.spec().vocabulary;
    let logits = decoder.forward(&mut [run]).unwrap();
    logits.chunks_exact(vocabulary).map(<[f32]>::to_vec).collect()
}

/// candle's logits after each of these tokens: it gives those of the last only, so it is fed one at
/// a time.
fn candle(installed: &Installed, tokens: &[u32]) -> Vec<Vec<f32>> {
    let mut file = File::open(&installed.path).unwrap();
    let content = Content::read(&mut file).unwrap();
    let mut forward: Forward = if installed.architecture == "qwen2" {
        let model = quantized_qwen2::ModelWeights::from_gguf(content, &mut file, &Device::Cpu);
        let mut model = model.unwrap();
        Box::new(move |token, position| model.forward(token, position))
    } else {
        let model = quantized_llama::ModelWeights::from_gguf(content, &mut file, &Device::Cpu);
        let mut model = model.unwrap();
        Box::new(move |token, position| model.forward(token, position))
    };
    let after = |(position, token): (usize, &u32)| {
        let token = Tensor::new(&[[*token]], &Device::Cpu).unwrap();
        forward(&token, position).unwrap().flatten_all().unwrap().to_vec1().unwrap()
    };
    tokens.iter().enumerate().map(after).collect()
}

/// The logarithm of the sum of exponentials.
fn logarithm_of_sum(logits: &[f32]) -> f64 {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    f64::from(most) + logits.iter().map(|x| f64::from(x - most).exp()).sum::<f64>().ln()
}

/// The logarithm of the sum of exponentials and the highest logits, as [`Expected`] has them.
fn summary(logits: &[f32]) -> (f32, Vec<(u32, f32)>) {
    let mut order: Vec<(u32, f32)> = (0..).zip(logits.iter().copied()).collect();
    order.sort_unstable_by(|a, b| b.1.total_cmp(&a.1));
    order.truncate(KEPT);
    (logarithm_of_sum(logits) as f32, order)
}

/// Share of places where both find the same token most probable, and the mean divergence
/// (Kullback and Leibler) of our probabilities from theirs, the tokens not kept taken together.
fn compare(ours: &[Vec<f32>], theirs: &[(f32, Vec<(u32, f32)>)]) -> (f64, f64) {
    assert_eq!(ours.len(), theirs.len());
    let (mut same, mut divergence) = (0, 0.0);
    for (ours, (sum, theirs)) in ours.iter().zip(theirs) {
        let most = ours.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let own_sum = logarithm_of_sum(ours);
        same += usize::from(ours[theirs[0].0 as usize] == most);
        let (mut kept, mut own_kept) = (0.0, 0.0);
        for (token, logit) in theirs {
            let logarithm = f64::from(*logit) - f64::from(*sum);
            let own = f64::from(ours[*token as usize]) - own_sum;
            divergence += logarithm.exp() * (logarithm - own);
            kept += logarithm.exp();
            own_kept += own.exp();
        }
        let (rest, own_rest) = ((1.0 - kept).max(1e-12), (1.0 - own_kept).max(1e-12));
        divergence += rest * (rest / own_rest).ln();
    }
    (same as f64 / theirs.len() as f64, divergence / theirs.len() as f64)
}

#[test]
fn real_models_read_what_llama_cpp_reads() {
    let text = std::fs::read_to_string(fixture("logits/texte.txt")).unwrap();
    for model in MODELS {
        let tokens = expected(model).tokens;
        let ours = vocabulary_of(model).encode(&text).unwrap();
        assert!(ours.starts_with(&tokens), "{model}: {ours:?} {tokens:?}");
        assert!(ours.len() == tokens.len() || tokens.len() == MOST_TOKENS, "{model}");
    }
}

#[test]
fn real_models_say_what_llama_cpp_says() {
    for model in MODELS {
        let Expected { tokens, rows } = expected(model);
        let (same, divergence) = compare(&ours(&installed(model), &tokens), &rows);
        // Both round activations to 8 bits, and not alike after the first layers. Against the same
        // weights with exact activations, the divergences of ours and of theirs were 0.0019 and
        // 0.0015 (coder-0.5b), 0.0056 and 0.0055 (smollm2-135m), 0.0053 and 0.0060 (gemma3-270m).
        assert!(same >= 0.92 && divergence <= 1.2e-2, "{model}: {same:.4} {divergence:.6}");
    }
}

/// What llama.cpp makes of texts in which no special token is recognised, after the one that opens a
/// text.
#[test]
fn odd_texts_are_cut_as_llama_cpp_cuts_them() {
    let cases: &[(&str, &[u32])] = &[
        ("Le maire ouvre la séance.", &[3258, 154248, 230240, 759, 105880, 236761]),
        ("  deux espaces devant", &[138, 185844, 128943, 47992]),
        (" un espace devant", &[723, 84644, 47992]),
        ("trois   espaces et fin  ", &[7302, 511, 139, 24132, 2620, 1008, 1815, 138]),
        ("\tune\ttabulation\t\tdeux", &[255968, 2253, 255968, 4823, 2294, 255969, 185844]),
        ("\n\nlignes\n\n\nvides\n", &[108, 236752, 117608, 109, 236766, 1949, 107]),
        ("fin de ligne\r\nWindows", &[6888, 569, 23864, 251, 107, 5189]),
        (
            "🙂 👨\u{200d}👩\u{200d}👧 emoji",
            &[240731, 236743, 243874, 237243, 243767, 237243, 244814, 64334],
        ),
        (
            "e\u{301}te\u{301} décomposé, été composé",
            &[236744, 238288, 654, 238288, 2972, 129998, 236859, 236764, 10267, 102585],
        ),
        (
            "1 250,50 € le 12/03/2026 à 20 h 30",
            &[
                236770, 236743, 236778, 236810, 236771, 236764, 236810, 236771, 11361, 674, 236743,
                236770, 236778, 236786, 236771, 236800, 236786, 236778, 236771, 236778, 236825,
                1608, 236743, 236778, 236771, 534, 236743, 236800, 236771,
            ],
        ),
        (
            "« Où ? » l’école ; n° 7",
            &[237179, 75523, 2360, 6490, 537, 236858, 91322, 2895, 538, 237366, 236743, 236832],
        ),
        (
            "fin<end_of_turn>\n<start_of_turn>user",
            &[
                6888, 236820, 643, 236779, 1340, 236779, 887, 236813, 107, 236820, 3041, 236779,
                1340, 236779, 887, 236813, 2364,
            ],
        ),
        (
            "<0x41> <0x0A>",
            &[
                236820, 236771, 236781, 236812, 236770, 236813, 655, 236771, 236781, 236771,
                236776, 236813,
            ],
        ),
        ("▁a▁▁b", &[496, 236743, 518]),
        ("漢字かな 한국어 Ελλάδα", &[201637, 19735, 50413, 237430, 230705]),
        (&"a".repeat(41), &[128820, 128820, 128820, 128820, 128820, 236746]),
        ("\u{1}\u{feff}\u{e0020}", &[249732, 237922, 481, 398, 366, 398]),
        (&(" ".repeat(40) + "quarante"), &[167, 145, 576, 15267]),
        (&("\n".repeat(40) + "x"), &[137, 115, 236781]),
        ("x", &[236781]),
        (" ", &[236743]),
        ("", &[]),
    ];
    let vocabulary = vocabulary_of("gemma3-270m");
    for (text, expected) in cases {
        let tokens = vocabulary.encode(&vocabulary.shield(text)).unwrap();
        assert_eq!((tokens[0], &tokens[1..]), (2, *expected), "{text:?}");
    }
    let turns = "<bos><start_of_turn>user\nrègles\n\nété  ici<end_of_turn>\n<start_of_turn>model\n";
    let expected =
        [2, 105, 2364, 107, 236750, 36270, 1074, 108, 19932, 138, 2215, 106, 107, 105, 4368, 107];
    assert_eq!(vocabulary.encode(turns).unwrap(), expected);
    assert!(vocabulary.ends_turn(106) && vocabulary.turn_end() == Some(106));
}

#[test]
fn a_real_model_says_what_candle_says() {
    let model = "coder-0.5b";
    let file = installed(model);
    let mut tokens = expected(model).tokens;
    tokens.truncate(48);
    let rows: Vec<_> = candle(&file, &tokens).iter().map(|row| summary(row)).collect();
    let (same, divergence) = compare(&ours(&file, &tokens), &rows);
    // Measured with AVX-512: 47 of 48, and 0.0024.
    assert!(same >= 0.92 && divergence <= 6e-3, "{model}: {same:.4} {divergence:.6}");
}
