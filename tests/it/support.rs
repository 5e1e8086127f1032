//! Runs the program in a home of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, PoisonError};

use greffier::engine::CancelToken;
use greffier::engine::scripted::ScriptedEngine;
use greffier::notes::Notes;
use greffier::office::Office;
use greffier::prompt::Prompts;
use greffier::task::{Draft, Inputs, Model, Sink, TaskError, Trust};

/// A home folder without models, sheet or prompts.
pub struct Home(pub tempfile::TempDir);

/// What one run gave.
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file into the home; answers its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Runs the program here: no model is installed and none can be fetched.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let mut command = program();
        command.env("GREFFIER_HOME", self.path());
        // Nothing listens there: a test that reaches for the network fails at once.
        command.env("HF_ENDPOINT", "http://127.0.0.1:9").env("PATH", "");
        finish(command.args(arguments))
    }
}

/// The program, as a user starts it.
#[expect(clippy::disallowed_methods, reason = "the tests start the program under test")]
pub fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_greffier"))
}

/// Fetches a model as a new user would, into the user's data folder (or `GREFFIER_HOME`); one that
/// cannot be had is a failure. Tests that need the same model wait for each other.
pub fn install(model: &str) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let run = finish(program().args(["modeles", "installer", model]));
    assert_eq!(run.status, 0, "{}", run.stderr);
}

pub fn finish(command: &mut Command) -> Run {
    let Output { status, stdout, stderr } = command.output().unwrap();
    Run {
        status: status.code().unwrap_or(-1),
        stdout: String::from_utf8(stdout).unwrap(),
        stderr: String::from_utf8_lossy(&stderr).into_owned(),
    }
}

pub fn fixture(name: &str) -> String {
    format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// What makes a draft.
pub type Task<'t> =
    dyn Fn(&Inputs<'_>, &mut Model<'_>, &mut Sink<'_>) -> Result<Draft, TaskError> + 't;

/// A draft whose sentences are made by rule.
pub fn by_rule(notes: &Path, office: &Office, task: &Task<'_>) -> Draft {
    let notes = Notes::read(notes).unwrap();
    let prompts = Prompts::default();
    let inputs = Inputs { notes: &notes, office, prompts: &prompts, seed: 1 };
    let mut engine = ScriptedEngine::with(|_| String::new());
    let trust = Trust { floor: 0.0, free: true };
    let mut model = Model { engine: &mut engine, cancel: CancelToken::default(), trust };
    task(&inputs, &mut model, &mut |_| {}).unwrap()
}
