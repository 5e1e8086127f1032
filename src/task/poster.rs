//! Stub.

use crate::task::{Draft, Inputs, Model, Sink, TaskError};
