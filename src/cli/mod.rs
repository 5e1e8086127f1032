//! The command line: the only place that prints and decides the exit code.
//!
//! Standard output is the result and nothing else; progress, findings and the receipt go to
//! standard error. Each verb is one file with one public function.

pub mod args;
pub mod bench;
pub mod dossier;
pub mod draft;
pub mod models;
pub mod output;
pub mod paper;
pub mod phrases;
pub mod printing;
pub mod sheet;
pub mod terminal;

use std::ffi::OsString;

use clap::Parser;

use self::args::{Cli, Command, Models};
use self::output::OutputError;
use crate::engine::{CancelToken, EngineError};
use crate::models::{ModelsError, Store};
use crate::settings::Settings;
use crate::task::TaskError;

/// How a run ended; the number is the process's exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done, nothing to check.
    Done = 0,
    /// Done, with findings to check.
    Check = 1,
    /// Wrong use or unreadable input.
    Usage = 2,
    /// Model or machine missing.
    Missing = 3,
    /// Failure.
    Failed = 4,
    /// Stopped by the user (128 + SIGINT, as shells have it).
    Stopped = 130,
}

/// What ends a run early: an exit status and a French line.
#[derive(Debug)]
pub struct Failure {
    /// The exit status.
    pub exit: Exit,
    /// What is wrong and what to do, in one line.
    pub message: String,
}

impl Failure {
    /// Wrong use or unreadable input.
    pub fn usage(error: impl std::fmt::Display) -> Self {
        Self { exit: Exit::Usage, message: error.to_string() }
    }

    /// A failure of the program or the system.
    pub fn failed(error: impl std::fmt::Display) -> Self {
        Self { exit: Exit::Failed, message: error.to_string() }
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        let exit = match error {
            EngineError::Cancelled => Exit::Stopped,
            EngineError::TooLong { .. } => Exit::Usage,
            EngineError::Memory { .. } | EngineError::Unusable(_) => Exit::Missing,
            EngineError::Failed(_) | EngineError::Grammar(_) => Exit::Failed,
        };
        Self { exit, message: error.to_string() }
    }
}

impl From<TaskError> for Failure {
    fn from(error: TaskError) -> Self {
        match error {
            TaskError::Engine(error) => error.into(),
            TaskError::Prompt(error) => Self::usage(error),
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        match error.downcast::<ModelsError>() {
            Ok(error) => error.into(),
            Err(error) if error.is::<OutputError>() => Self::usage(error),
            Err(error) => Self::failed(format!("{error:#}")),
        }
    }
}

impl From<ModelsError> for Failure {
    fn from(error: ModelsError) -> Self {
        let exit = match error {
            ModelsError::Cancelled => Exit::Stopped,
            ModelsError::Unknown(_) => Exit::Usage,
            _ => Exit::Missing,
        };
        Self { exit, message: error.to_string() }
    }
}

/// Runs the command line; answers the exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            terminal::error(&args::french(&error));
            return Exit::Usage as u8;
        }
        Err(help) => {
            let exit = match output::print(&help.to_string()) {
                Ok(()) => Exit::Done,
                Err(_) => Exit::Failed,
            };
            return exit as u8;
        }
    };
    let cancel = CancelToken::default();
    let on_signal = cancel.clone();
    // Without a handler Ctrl-C still stops the process, only less tidily.
    let _ = ctrlc::set_handler(move || on_signal.cancel());
    match dispatch(cli.command, &cancel) {
        Ok(exit) => exit as u8,
        Err(failure) => {
            terminal::error(&failure.message);
            failure.exit as u8
        }
    }
}

fn dispatch(command: Command, cancel: &CancelToken) -> Result<Exit, Failure> {
    let settings = Settings::from_environment().map_err(Failure::usage)?;
    match command {
        Command::Pv(args) => draft::minutes(&settings, &args, cancel),
        Command::Courriel(args) => draft::letter(&settings, &args, cancel),
        Command::Affiche(args) => draft::poster(&settings, &args, cancel),
        Command::Fiche(args) => {
            let path = sheet::run(args.sortie.as_deref(), &settings.config)?;
            terminal::say(&format!(
                "Fiche écrite : {} ; ouvrez-la pour la remplir",
                path.display()
            ));
            Ok(Exit::Done)
        }
        Command::Phrases(args) => phrases::run(&settings, &args, cancel),
        Command::Banc(args) => bench::run(&settings, &args, cancel),
        Command::Modeles { command } => models_on_disk(&settings, command, cancel),
    }
}

fn models_on_disk(
    settings: &Settings,
    command: Models,
    cancel: &CancelToken,
) -> Result<Exit, Failure> {
    let store = Store::at(&settings.models());
    let out = &mut std::io::stdout().lock();
    match command {
        Models::Liste => models::list(&store, out),
        Models::Installer { name } => models::install(&store, name.as_deref(), cancel, out),
        Models::Importer { file } => models::import(&store, &file, cancel, out),
        Models::Verifier { name } => models::verify(&store, name.as_deref(), cancel, out),
        Models::Supprimer { name } => models::remove(&store, &settings.prepared(), &name, out),
    }?;
    Ok(Exit::Done)
}
