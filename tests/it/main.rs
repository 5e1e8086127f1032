//! Everything a user can see, in one binary.

#![expect(clippy::unwrap_used, reason = "helpers of the tests fail as the tests do")]
#![allow(unreachable_pub, missing_docs, reason = "one binary, whose modules serve each other")]

mod cli;
mod damage;
mod decoder;
mod documents;
mod engine;
mod import;
mod letters;
mod models;
mod office;
mod parity;
mod real;
mod reference;
mod support;
mod tiny_gguf;
mod vocabulary;
