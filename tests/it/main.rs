//! Everything a user can see, in one binary.

#[cfg(test)]
mod models;
