//! From a model file to an engine: which implementation runs it, with how many threads, and whether
//! the memory is there.
//!
//! Our own engine runs what it has kernels for; candle runs the rest of the llama and qwen2 files,
//! and other processors.

use std::path::Path;

use sha2::{Digest, Sha256};
use sysinfo::{MemoryRefreshKind, RefreshKind, System};

use super::arch::Architecture;
use super::cache::Layout;
use super::candle::{self, CandleEngine};
use super::decoder::{Decoder, LoadError};
use super::gguf::{self, ModelFile};
use super::kernel::{Kernels, Tier};
use super::language::Language;
use super::native::NativeEngine;
use super::panels::{self, PanelError, Source};
use super::pool::Pool;
use super::prefix::Prefixes;
use super::{
    CancelToken, Engine, EngineError, Grammar, Message, ModelInfo, Request, Role, Sampling,
};
use crate::digest::hexadecimal;

/// Longest conversation kept.
const MAX_CONTEXT: usize = 16_384;

/// Conversation that memory is counted for before a model is loaded.
const USUAL_CONTEXT: usize = 4096;

/// Private memory of our engine besides keys and values: batch, vocabulary, program.
const WORKING_BYTES: u64 = 150_000_000;

/// Which implementation runs a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Implementation {
    /// Ours where it can, candle elsewhere.
    #[default]
    Best,
    /// candle, to compare.
    Candle,
}

/// What to load, and how.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// The GGUF file.
    pub path: &'a Path,
    /// Its name for people.
    pub name: &'a str,
    /// Its SHA-256 where it is known, else empty.
    pub sha256: &'a str,
    /// Folder for what is prepared once: weights in the kernels' order, states of prompts.
    pub prepared: &'a Path,
    /// Computing threads; one for each physical core if absent.
    pub threads: Option<usize>,
    /// Which implementation runs.
    pub implementation: Implementation,
    /// Whether the next tokens are guessed from those before: faster, the same text.
    pub lookup: bool,
}

/// Loads a model. `progress` is told bytes prepared and their total when a model is used for the
/// first time.
///
/// # Errors
/// [`EngineError::Unusable`] when the file is no model, is cut short, is of an architecture that
/// is not run, or does not fit in memory; [`EngineError::Cancelled`].
pub fn load(
    options: &Options<'_>,
    cancel: &CancelToken,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Box<dyn Engine>, EngineError> {
    let file = gguf::open(options.path, cancel)?;
    let native = options.implementation == Implementation::Best
        && cfg!(target_arch = "x86_64")
        && Decoder::handles(&file.content, &file.spec);
    if native {
        let tier = chosen_tier()?;
        return Ok(Box::new(native_engine(options, &file, tier, cancel, progress)?));
    }
    Ok(Box::new(candle_engine(options, file, cancel)?))
}

/// Loads a model for our own decoder alone, whatever its vocabulary: for measures and tests.
///
/// # Errors
/// As [`load`]; also when the decoder does not handle the file.
pub fn load_decoder(options: &Options<'_>, cancel: &CancelToken) -> Result<Decoder, EngineError> {
    let tier = chosen_tier()?;
    load_decoder_on(tier, options, cancel)
}

/// As [`load_decoder`], on a tier that need not be the one of this processor.
///
/// # Errors
/// As [`load_decoder`]; also when the processor lacks the tier.
pub fn load_decoder_on(
    tier: Tier,
    options: &Options<'_>,
    cancel: &CancelToken,
) -> Result<Decoder, EngineError> {
    let file = gguf::open(options.path, cancel)?;
    let identity = identity(options, &file)?;
    decoder(options, &file, &identity, tier, cancel, &mut |_, _| {})
}

/// Reads a model file as far as its weights, as [`load`] does, and lays out a conversation, as the
/// first request does: what a file of unknown origin may attack.
///
/// # Errors
/// As [`load`].
pub fn check(bytes: &[u8]) -> Result<(), EngineError> {
    let shown = Path::new("en mémoire");
    let source = std::io::Cursor::new(bytes);
    let file = gguf::read(source, bytes.len() as u64, &shown.display(), &CancelToken::default())?;
    let language = Language::read(&file.content, file.spec.vocabulary)
        .map_err(|reason| unusable(shown, &reason))?;
    let messages = [Message::new(Role::User, "Réunion du 12 mars, 18 h : <|im_end|> été.")];
    let request = Request {
        messages: &messages,
        fixed: 1,
        max_tokens: 1,
        sampling: Sampling::Greedy,
        stop: &[],
        grammar: Some(&Grammar::OneOf(&["oui", "non"])),
    };
    let prompt = language.prompt(&request, file.spec.context.min(MAX_CONTEXT))?;
    language.fixed(&request, &prompt);
    language.constraint(&request).map(|_| ())
}

/// The tier of this processor, or the one that `GREFFIER_ISA` names.
fn chosen_tier() -> Result<Tier, EngineError> {
    Tier::choose(std::env::var("GREFFIER_ISA").ok().as_deref()).map_err(EngineError::Unusable)
}

/// Removes what was prepared from the model with this digest; answers the bytes freed.
pub fn forget(prepared: &Path, sha256: &str) -> u64 {
    let path = panels::path_of(prepared, sha256);
    let bytes = std::fs::metadata(&path).map_or(0, |metadata| metadata.len());
    // What cannot be removed now is removed with the data folder.
    std::fs::remove_file(path).map_or(0, |()| bytes)
}

/// Cores that compute: two threads of one core share its multipliers.
pub fn physical_cores() -> usize {
    let allowed = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    System::physical_core_count().map_or(allowed, |cores| cores.clamp(1, allowed))
}

fn native_engine(
    options: &Options<'_>,
    file: &ModelFile,
    tier: Tier,
    cancel: &CancelToken,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<NativeEngine, EngineError> {
    let pages = Layout::new(&file.spec).token_bytes() as u64 * USUAL_CONTEXT as u64;
    enough_memory(options.name, file.weight_bytes + pages + WORKING_BYTES)?;
    let identity = identity(options, file)?;
    // The vocabulary takes a while to build: the weights are mapped meanwhile.
    let (language, decoder) = std::thread::scope(|scope| {
        let language = scope.spawn(|| Language::read(&file.content, file.spec.vocabulary));
        let decoder = decoder(options, file, &identity, tier, cancel, progress);
        let language = language.join().unwrap_or_else(|_| Err("vocabulaire illisible".into()));
        (language, decoder)
    });
    let language = language.map_err(|reason| unusable(options.path, &reason))?;
    let info = info(options, file, file.spec.context.min(MAX_CONTEXT), tier.name().to_owned());
    let prefixes = Prefixes::new(options.prepared, &identity, &tier.numerics());
    Ok(NativeEngine::new(decoder?, language, info, prefixes, options.lookup))
}

fn decoder(
    options: &Options<'_>,
    file: &ModelFile,
    identity: &str,
    tier: Tier,
    cancel: &CancelToken,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Decoder, EngineError> {
    let kernels = Kernels::of(tier).ok_or_else(|| EngineError::Unusable(tier.missing_here()))?;
    let mut pool = Pool::new(options.threads.unwrap_or_else(physical_cores));
    pool.watch(cancel.clone());
    let source =
        Source { path: options.path, content: &file.content, identity, folder: options.prepared };
    let decoder = Decoder::load(&source, file.spec.clone(), kernels, pool, cancel, progress);
    decoder.map_err(|error| match error {
        LoadError::Panels(PanelError::Cancelled) => EngineError::Cancelled,
        LoadError::Panels(PanelError::Read(error)) => EngineError::Unusable(format!(
            "impossible de lire le modèle {} ({error}) : vérifiez ce fichier ou réinstallez le modèle",
            options.path.display()
        )),
        LoadError::Panels(PanelError::Format(format)) => {
            unusable(options.path, &format!("poids {format}"))
        }
        LoadError::Unusable(reason) => unusable(options.path, &reason),
    })
}

fn candle_engine(
    options: &Options<'_>,
    file: ModelFile,
    cancel: &CancelToken,
) -> Result<CandleEngine, EngineError> {
    let spec = &file.spec;
    let square = spec.query_width() == spec.embedding;
    if !matches!(spec.architecture, Architecture::Llama | Architecture::Qwen2) || !square {
        let reason = format!("architecture {} sur ce processeur", file.spec.architecture.name());
        return Err(unusable(options.path, &reason));
    }
    enough_memory(options.name, candle::memory_bytes(&file))?;
    let language = Language::read(&file.content, file.spec.vocabulary)
        .map_err(|reason| unusable(options.path, &reason))?;
    let info = info(options, &file, candle::context(&file.spec), candle::tier());
    CandleEngine::new(file, language, info).map_err(|error| match cancel.is_cancelled() {
        true => EngineError::Cancelled,
        false => unusable(options.path, &gguf::one_line(&error)),
    })
}

fn info(options: &Options<'_>, file: &ModelFile, context: usize, tier: String) -> ModelInfo {
    ModelInfo {
        name: options.name.to_owned(),
        sha256: options.sha256.to_owned(),
        architecture: file.spec.architecture.name().to_owned(),
        context_tokens: context,
        tier,
    }
}

fn unusable(path: &Path, reason: &str) -> EngineError {
    EngineError::Unusable(format!(
        "le modèle {} ne peut pas servir ({reason}) : greffier modeles liste donne les modèles utilisables",
        path.display()
    ))
}

/// What tells a model file from another: its SHA-256 where the registry knows it, else a digest of
/// its header, length, place and time of change, since reading a gigabyte takes seconds.
fn identity(options: &Options<'_>, file: &ModelFile) -> Result<String, EngineError> {
    if !options.sha256.is_empty() {
        return Ok(options.sha256.to_owned());
    }
    let unreadable = |error: std::io::Error| {
        EngineError::Unusable(format!(
            "impossible de lire le modèle {} ({error}) : vérifiez ce fichier",
            options.path.display()
        ))
    };
    let mut header = Vec::new();
    let source = std::fs::File::open(options.path).map_err(unreadable)?;
    let metadata = source.metadata().map_err(unreadable)?;
    std::io::Read::read_to_end(&mut std::io::Read::take(source, file.header_bytes), &mut header)
        .map_err(unreadable)?;
    let changed =
        metadata.modified().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
    let place = options.path.canonicalize().map_err(unreadable)?;
    let mut digest = Sha256::new();
    digest.update(&header);
    digest.update(format!("{} {changed:?} {}", metadata.len(), place.display()));
    Ok(hexadecimal(digest))
}

/// Refuses a model that would push the machine into swapping.
fn enough_memory(name: &str, needed: u64) -> Result<(), EngineError> {
    let kind = RefreshKind::nothing().with_memory(MemoryRefreshKind::nothing().with_ram());
    // A system that does not say how much memory is free is given the benefit of the doubt.
    let available = System::new_with_specifics(kind).map_or(0, |system| system.available_memory());
    if available > 0 && available < needed {
        return Err(EngineError::Memory { name: name.to_owned(), needed, available });
    }
    Ok(())
}
