//! Greffier drafts French office documents from telegraphic notes, on the user's own computer.
//!
//! # The plot of one request
//!
//! `greffier pv notes.docx` reads the notes ([`notes`], of any format that [`document::import`] knows)
//! and the office sheet ([`office`]). Rules
//! find every fact they hold ([`reading`]); a task ([`task`]) arranges the facts in a typed
//! record, which is the only source of what the document will state, and lists what does not add
//! up ([`finding`]). Where sentences are needed, each clause of the notes becomes a lattice that
//! spells only what the clause says ([`task::expand`], with the forms of words from [`french`]), and
//! a small language model ([`engine`], prompted by [`prompt`]) chooses the path; what comes out is
//! kept only if every number, date and name in it stands in that clause, and none of the clause's is
//! lost ([`ground`]); otherwise the sentence is made by rule. The record and the sentences may be
//! corrected as a file ([`task::dossier`]); they become a [`document`], which goes through French
//! [`typography`] and out as Markdown, plain text, HTML, PDF, docx or odt, on the office's own paper if
//! it has one ([`document::template`]); posters also become a printed sheet ([`task::poster::sheet`]);
//! JSON carries it untypeset, for programs.
//! Transcripts are made by rule alone; of a poster, the model chooses among wordings made by rule.
//!
//! # Modules, in reading order
//!
//! - [`notes`]: what the user typed: lines and spans.
//! - [`office`]: the office sheet, what the office knows once and for all.
//! - [`finding`]: a point the user has to check, with its place in the notes.
//! - [`reading`]: dates, hours, amounts, names, abbreviations, remarks, numbers said in words: by rule,
//!   never guessed; what is private talk, by a small classifier too. Before a task reads its own form,
//!   [`reading::private`] takes out what no document carries and [`reading::correction`] makes the
//!   corrections that the notes hold.
//! - [`french`]: written forms of French words: inflections, accents, elision, from a dictionary.
//! - [`task`]: what the office asks for: minutes, letters, posters; each reads its own form (votes,
//!   attendance, items, parts of a letter) into a record, and the record into a document.
//! - [`prompt`]: words for the model: compiled-in templates with strict variables.
//! - [`ground`]: nothing in a sentence that is not in its notes; sums, weekdays and doubts in the
//!   notes themselves.
//! - [`engine`]: tokens in, tokens out: our own kernels and decoder, candle where they do not serve.
//! - [`models`]: models on disk: registry, fetching, verification.
//! - [`document`]: one structure, many formats; and [`document::import`], the text of files that come
//!   in, which knows their formats and nothing of what they say.
//! - [`typography`]: French spaces, quotes, ordinals; changes no fact.
//! - [`settings`]: where things live on this machine.
//! - [`cli`]: the command line, and the only place that prints.
//!
//! # Invariants
//!
//! - Dependencies point one way: `cli` → `task` → {`prompt`, `ground`, `document`, `engine`,
//!   `french`, `reading`}. `engine` knows no task, `ground` knows no model, `document` knows
//!   neither, and of `french` only what a word is, to rejoin those that a page cut in two. `models`
//!   asks `engine` what a file's header says ([`engine::header`]), nothing of its weights; `engine`
//!   knows no store of models, only paths.
//! - Only `cli` prints or exits. Only `models` opens a connection or starts another program, and
//!   only while a model is being fetched. Only `engine` sees tensors.
//! - `ground`, `reading` and `french` are pure and total: any text gives a result, never an error.
//! - Every exporter accepts every [`document::Document`].
//! - The same notes, office sheet, model and seed give the same bytes, on any number of cores.
//! - `unsafe` stands in `engine::kernel`, `engine::panels` and `engine::pool` only.

pub mod cli;
mod digest;
pub mod document;
pub mod engine;
pub mod finding;
pub mod french;
pub mod ground;
pub mod models;
pub mod notes;
pub mod office;
pub mod prompt;
pub mod reading;
pub mod settings;
pub mod task;
pub mod typography;
