//! The `greffier` program: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(greffier::cli::run(std::env::args_os()))
}
