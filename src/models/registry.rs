//! `models.toml` as typed entries.
//!
//! The registry is compiled in: it parses or the tests fail, so looking something up cannot. It
//! holds what is known of a model before anything is fetched; what is on disk is
//! [`super::store`]'s business.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::engine::arch::Architecture;

/// What a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// Drafting documents.
    #[serde(rename = "redaction")]
    Drafting,
    /// The program's own tests; too small to draft.
    #[serde(rename = "essais")]
    Tests,
}

/// Where a file can be had.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Source {
    /// A repository of the Hugging Face hub.
    Hf {
        /// `owner/name`.
        repository: String,
        /// Commit or branch.
        revision: String,
        /// Path in the repository.
        file: String,
    },
    /// Python wheels, each holding a piece of the file.
    Wheels {
        /// Name of a package, with `{n}`.
        package: String,
        /// Their common version.
        version: String,
        /// How many there are.
        parts: usize,
        /// Path of the piece inside the wheel, with `{n}`, `{nn}` or `{zz}`.
        member: String,
    },
}

/// One model.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Name on the command line.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Architecture as its file names it.
    pub architecture: String,
    /// Name of the file on disk.
    pub file: String,
    /// Size: exact if there is a digest, otherwise rounded; absent if nobody has seen the file.
    pub bytes: Option<u64>,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: Option<String>,
    /// Licence of the weights.
    pub licence: String,
    /// Languages its card claims, as two-letter codes.
    pub languages: Vec<String>,
    /// Tokens of its window.
    pub context: u64,
    /// Memory that a machine must have to run it.
    pub memory_bytes: u64,
    /// What it is for.
    pub role: Purpose,
    /// Whether this program has made a draft with it.
    pub tried: bool,
    /// Least fluency (mean log-probability of a token) at which a sentence of its constrained
    /// expansion is accepted; absent where none is.
    pub prose_floor: Option<f64>,
    /// Whether it may write freely what expansion did not bring.
    #[serde(default)]
    pub free_prose: bool,
    /// Page that licence and languages were read from.
    pub card: String,
    /// Where to get it, in order of preference.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
}

impl Entry {
    /// Whether it can be fetched and run.
    #[must_use]
    pub fn runs(&self) -> bool {
        Architecture::of(&self.architecture).is_some() && !self.sources.is_empty()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Registry {
    default: String,
    model: Vec<Entry>,
}

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    toml::from_str(include_str!("../../models.toml")).expect("models.toml is parsed by a test")
});

/// All entries, in the order of the file.
#[must_use]
pub fn entries() -> &'static [Entry] {
    &REGISTRY.model
}

/// The entry of that name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Entry> {
    entries().iter().find(|entry| entry.id.eq_ignore_ascii_case(id))
}

/// The entry whose file has this digest.
#[must_use]
pub fn find_digest(sha256: &str) -> Option<&'static Entry> {
    entries().iter().find(|entry| entry.sha256.as_deref() == Some(sha256))
}

/// The model that is fetched when nothing else is asked.
#[must_use]
pub fn default_entry() -> &'static Entry {
    find(&REGISTRY.default).expect("a test checks that the default is an entry")
}

/// The largest model for the same purpose, smaller than `entry`, that satisfies `fits`.
#[must_use]
pub fn smaller_than(entry: &Entry, fits: &dyn Fn(&Entry) -> bool) -> Option<&'static Entry> {
    entries()
        .iter()
        .filter(|other| other.runs() && other.role == entry.role)
        .filter(|other| other.bytes.unwrap_or(u64::MAX) < entry.bytes.unwrap_or(0))
        .filter(|other| fits(other))
        .max_by_key(|other| other.bytes)
}

/// Fills `{n}`, `{nn}` and `{zz}` for the part of that index, counted from 0.
#[must_use]
pub fn for_part(template: &str, index: usize) -> String {
    let n = index.saturating_add(1);
    template
        .replace("{nn}", &format!("{n:02}"))
        .replace("{zz}", &format!("{index:02}"))
        .replace("{n}", &n.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_entry_is_complete() {
        let mut ids = BTreeSet::new();
        let mut files = BTreeSet::new();
        for entry in entries() {
            let id = &entry.id;
            assert!(ids.insert(id.clone()), "{id} twice");
            assert!(files.insert(entry.file.to_lowercase()), "{id}: file twice");
            assert!(!entry.licence.is_empty() && !entry.languages.is_empty(), "{id}");
            assert!(entry.card.starts_with("https://"), "{id}");
            assert!(!entry.file.contains(['/', '\\']), "{id}");
            assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c)), "{id}");
            if let Some(sha256) = &entry.sha256 {
                assert!(sha256.len() == 64, "{id}");
                assert!(sha256.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f')), "{id}");
                assert!(entry.bytes.is_some(), "{id}: a digest without a size");
            }
            for source in &entry.sources {
                match source {
                    Source::Hf { repository, revision, file } => {
                        assert!(repository.split('/').count() == 2 && !revision.is_empty(), "{id}");
                        assert!(file.ends_with(".gguf"), "{id}");
                    }
                    Source::Wheels { package, parts, .. } => {
                        assert!(entry.sha256.is_some(), "{id}: nothing else proves wheels");
                        assert!(*parts == 1 || package.contains("{n}"), "{id}");
                    }
                }
            }
            assert!(!entry.tried || entry.runs(), "{id}: tried without an engine for it");
        }
    }

    #[test]
    fn default_can_draft() {
        let entry = default_entry();
        assert!(entry.runs() && entry.tried && entry.role == Purpose::Drafting);
    }

    #[test]
    fn smaller_models_are_offered_for_the_same_purpose_only() {
        let offered = |id: &str, memory: u64| {
            smaller_than(find(id).unwrap(), &|other| other.memory_bytes <= memory)
                .map(|entry| entry.id.as_str())
        };
        assert_eq!(offered("coder-1.5b", 2_000_000_000), Some("coder-0.5b"));
        assert_eq!(offered("coder-1.5b", 500_000_000), None);
        assert_eq!(offered("smollm2-135m", u64::MAX), None);
    }

    #[test]
    fn part_names() {
        let check = |template: &str, index: usize, expected: &str| {
            assert_eq!(for_part(template, index), expected);
        };
        check("modele-part{n}", 0, "modele-part1");
        check("modele_part{n}/data/part{nn}.bin", 21, "modele_part22/data/part22.bin");
        check("p{n}/m.gguf.part{zz}", 3, "p4/m.gguf.part03");
        check("sans-partie", 0, "sans-partie");
    }
}
