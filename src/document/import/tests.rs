//! Files as offices have them, and files as nobody should send them.

use std::path::Path;

use super::*;
