//! Everything a user can see, in one binary.

mod cli;
mod documents;
mod real;
mod support;
