//! Everything a user can see, in one binary.

mod cli;
mod documents;
mod models;
mod real;
mod support;
