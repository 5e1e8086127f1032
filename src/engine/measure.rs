//! How fast a model runs here, and how fast it could: the machine's own limits are measured in the
//! same run, so that figures say what the program makes of the machine, whatever its neighbours do.

use std::time::Instant;

use serde::Serialize;

use super::cache::Sequence;
use super::decoder::{Decoder, MAX_BATCH, Run};
use super::load::{self, Options};
use super::pool::Items;
use super::{CancelToken, EngineError, Event, Message, Request, Role, Sampling};

/// What to measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Lengths of prompts, in tokens.
    pub prompts: Vec<usize>,
    /// Contexts and numbers of sequences written together.
    pub writes: Vec<(usize, usize)>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            prompts: vec![128, 512, 2048],
            writes: vec![(128, 1), (1024, 1), (1024, 2), (1024, 4), (1024, 8)],
        }
    }
}

/// What was measured; `peak_rss_mb` and the speeds of reading and multiplying are the machine's.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Instruction set.
    pub tier: String,
    /// Computing threads.
    pub threads: usize,
    /// Reading of prompts.
    pub prompt: Vec<PromptSpeed>,
    /// Writing.
    pub write: Vec<WriteSpeed>,
    /// Most memory that the process held, mapped weights included.
    pub peak_rss_mb: Option<f64>,
    /// Seconds from nothing loaded to the first token, the state of the fixed prompt on disk.
    pub warm_start_s: Option<f64>,
    /// Reading of the mapped weights by all threads.
    pub read_gb_per_s: f64,
    /// Products of 8-bit numbers by all threads, from the nearest cache.
    pub int8_gmac_per_s: f64,
    /// Writing with guesses, relative to without: copying a text, and free prose.
    pub lookup: Option<LookupGain>,
}

/// Speed of reading a prompt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PromptSpeed {
    /// Tokens of the prompt.
    pub tokens: usize,
    /// Tokens a second.
    pub tok_per_s: f64,
    /// Products with weights a second, relative to [`Report::int8_gmac_per_s`].
    pub share_of_limit: f64,
}

/// Speed of writing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WriteSpeed {
    /// Tokens before.
    pub context: usize,
    /// Sequences written together.
    pub sequences: usize,
    /// Tokens a second, of all sequences.
    pub tok_per_s: f64,
    /// Bytes of weights, keys and values a second, relative to [`Report::read_gb_per_s`].
    pub share_of_limit: f64,
}

/// What guesses bring; the text is the same.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LookupGain {
    /// Copying a text with corrections.
    pub copy: f64,
    /// Free prose.
    pub prose: f64,
}

/// Steps of one measure of writing.
const STEPS: usize = 24;

/// Passes of a measure of the machine.
const PASSES: usize = 5;

/// A text to copy, with the misspellings of a hasty note.
const TO_COPY: &str = "Le conseil municipal c'est réuni le mardi 10 mars 2026 à 19 h 30 dans la salle de la mairie. Le maire ouvre la séance et constate que le quorum est atteint. Le procès-verbal de la séance précédante est adopté sans remarque. Le conseil examine ensuite les devis reçus pour la toiture de l'école et retient le moins cher, pour des travaux pendant les vacances d'été. Le prix du repas de la cantine passe à 3,25 euros à la rentrée de septembre.";

/// Measures a model.
///
/// # Errors
/// As [`load::load`], and [`EngineError::TooLong`] where a length does not fit the model.
pub fn measure(
    options: &Options<'_>,
    plan: &Plan,
    cancel: &CancelToken,
    said: &mut dyn FnMut(&str),
) -> Result<Report, EngineError> {
    said("chargement");
    let mut decoder = load::load_decoder(options, cancel)?;
    let longest = plan.prompts.iter().chain(plan.writes.iter().map(|(c, _)| c)).max();
    let limit = decoder.spec().context;
    if let Some(longest) = longest.filter(|longest| **longest + STEPS > limit) {
        let answer_tokens = STEPS;
        return Err(EngineError::TooLong { prompt_tokens: *longest, answer_tokens, limit });
    }
    said("vitesse de la machine");
    let mut read_gb_per_s = read_speed(&decoder);
    let mut int8_gmac_per_s = decoder.product_speed();
    let mut prompts = Vec::new();
    for tokens in &plan.prompts {
        said(&format!("lecture de {tokens} jetons"));
        let mut seconds = f64::MAX;
        for _ in 0..3 {
            seconds = seconds.min(prompt(&mut decoder, *tokens)?.1);
        }
        prompts.push((*tokens, *tokens as f64 / seconds));
    }
    let mut writes = Vec::new();
    for (context, sequences) in &plan.writes {
        said(&format!("écriture de {sequences} textes après {context} jetons"));
        let (first, _) = prompt(&mut decoder, *context)?;
        let seconds = write(&mut decoder, &first, *sequences)?;
        writes.push((*context, *sequences, *sequences as f64 / seconds));
    }
    // The machine's limits, once more: neighbours come and go.
    read_gb_per_s = read_gb_per_s.max(read_speed(&decoder));
    int8_gmac_per_s = int8_gmac_per_s.max(decoder.product_speed());

    let products = decoder.products_per_token() as f64 / 1e9;
    let weights = decoder.bytes_per_token() as f64;
    let context_bytes = decoder.context_bytes_per_token() as f64;
    let (tier, threads) = (decoder.kernels().tier().name().to_owned(), decoder.pool().threads());
    drop(decoder);
    if cancel.is_cancelled() {
        return Err(EngineError::Cancelled);
    }
    said("démarrage et anticipation");
    let peak_rss_mb = peak_rss_mb();
    let (warm_start_s, lookup) = match conversation(options, cancel) {
        Ok((start, gain)) => (Some(start), Some(gain)),
        Err(EngineError::Cancelled) => return Err(EngineError::Cancelled),
        // A vocabulary that is not handled: speeds are all there is to tell.
        Err(_) => (None, None),
    };
    Ok(Report {
        tier,
        threads,
        prompt: prompts
            .into_iter()
            .map(|(tokens, tok_per_s)| PromptSpeed {
                tokens,
                tok_per_s,
                share_of_limit: tok_per_s * products / int8_gmac_per_s,
            })
            .collect(),
        write: writes
            .into_iter()
            .map(|(context, sequences, tok_per_s)| {
                let cached = context_bytes * context as f64 * sequences as f64;
                let passes = tok_per_s / sequences as f64;
                let share_of_limit = passes * (weights + cached) / 1e9 / read_gb_per_s;
                WriteSpeed { context, sequences, tok_per_s, share_of_limit }
            })
            .collect(),
        peak_rss_mb,
        warm_start_s,
        read_gb_per_s,
        int8_gmac_per_s,
        lookup,
    })
}

/// Tokens that no text has; speed does not depend on which.
fn tokens(decoder: &Decoder, count: usize) -> Vec<u32> {
    let vocabulary = u32::try_from(decoder.spec().vocabulary).unwrap_or(u32::MAX);
    (0..count as u32).map(|i| i.wrapping_mul(7919).wrapping_add(13) % vocabulary).collect()
}

/// Reads a prompt; answers its sequence and the seconds it took.
fn prompt(decoder: &mut Decoder, count: usize) -> Result<(Sequence, f64), EngineError> {
    let tokens = tokens(decoder, count);
    let mut sequence = decoder.sequence();
    let start = Instant::now();
    for piece in tokens.chunks(MAX_BATCH) {
        let logits = usize::from(sequence.len() + piece.len() == count);
        decoder.forward(&mut [Run { sequence: &mut sequence, tokens: piece, logits }])?;
    }
    Ok((sequence, start.elapsed().as_secs_f64()))
}

/// Median seconds of a step that writes one token of each sequence.
fn write(decoder: &mut Decoder, first: &Sequence, sequences: usize) -> Result<f64, EngineError> {
    let mut all: Vec<Sequence> = (0..sequences).map(|_| first.clone()).collect();
    let mut times = Vec::with_capacity(STEPS);
    for step in 0..STEPS as u32 {
        let token = [step + 100];
        let start = Instant::now();
        let run = |sequence| Run { sequence, tokens: &token, logits: 1 };
        let mut runs: Vec<Run<'_>> = all.iter_mut().map(run).collect();
        decoder.forward(&mut runs)?;
        times.push(start.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    Ok(times.get(STEPS / 2).copied().unwrap_or(f64::NAN))
}

/// Gigabytes a second at which all threads read the weights, each its own part; the best pass.
fn read_speed(decoder: &Decoder) -> f64 {
    let weights = decoder.weights();
    let parts: Vec<&[u8]> = weights.chunks(8 << 20).collect();
    let pass = || {
        let start = Instant::now();
        decoder.pool().run(parts.len(), &|_, items: &Items<'_>| {
            while let Some(part) = items.next().and_then(|item| parts.get(item)) {
                let mut sums = [0_u64; 64];
                let (rows, _) = part.as_chunks::<512>();
                for row in rows {
                    let (words, _) = row.as_chunks::<8>();
                    for (sum, word) in sums.iter_mut().zip(words) {
                        *sum ^= u64::from_le_bytes(*word);
                    }
                }
                std::hint::black_box(sums);
            }
        });
        start.elapsed().as_secs_f64()
    };
    let seconds = (0..PASSES).map(|_| pass()).fold(f64::MAX, f64::min);
    weights.len() as f64 / seconds / 1e9
}

/// Seconds to the first token of a program that starts, and what guesses bring.
fn conversation(
    options: &Options<'_>,
    cancel: &CancelToken,
) -> Result<(f64, LookupGain), EngineError> {
    let ask = |options: &Options<'_>, question: &str, max_tokens| {
        let rules = "Vous êtes secrétaire de mairie. Vous rédigez en français, avec exactitude, à partir des notes, sans rien ajouter ni omettre. ".repeat(12);
        let messages = [Message::new(Role::System, rules), Message::new(Role::User, question)];
        let start = Instant::now();
        let mut engine = load::load(options, cancel, &mut |_, _| {})?;
        let mut session = engine.session(cancel.clone());
        let request = Request {
            messages: &messages,
            fixed: 1,
            max_tokens,
            sampling: Sampling::Greedy,
            stop: &[],
            grammar: None,
        };
        let (mut first, mut last) = (None, start);
        session.chat(&request, &mut |event| {
            if matches!(event, Event::Token { .. }) {
                last = Instant::now();
                first.get_or_insert(last);
            }
        })?;
        let first = first.unwrap_or(last);
        Ok::<_, EngineError>((first - start, last - first))
    };
    ask(options, "?", 1)?;
    let (start, _) = ask(options, "?", 1)?;
    let gain = |question: &str| {
        let mut ratios = Vec::new();
        for _ in 0..3 {
            let (_, without) = ask(&Options { lookup: false, ..*options }, question, 96)?;
            let (_, with) = ask(&Options { lookup: true, ..*options }, question, 96)?;
            ratios.push(without.as_secs_f64() / with.as_secs_f64());
        }
        ratios.sort_by(f64::total_cmp);
        Ok::<_, EngineError>(ratios.get(1).copied().unwrap_or(f64::NAN))
    };
    let copy = gain(&format!("Recopiez ce texte en corrigeant les fautes :\n\n{TO_COPY}"))?;
    let prose = gain("Racontez une promenade au bord de la rivière, au printemps.")?;
    Ok((start.as_secs_f64(), LookupGain { copy, prose }))
}

/// Most memory that this process held, where the system tells.
fn peak_rss_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024.0 / 1e6)
}
