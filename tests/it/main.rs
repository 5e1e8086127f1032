//! Everything a user can see, in one binary.

mod documents;
