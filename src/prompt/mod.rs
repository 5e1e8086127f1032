//! Words for the model: templates under `prompts/<task>/`, compiled in, overridable, strict.
//!
//! A template that names a variable nobody supplies is an error, not an empty string. A file of
//! the same name under the settings folder (`prompts/<task>/…`) takes the place of the compiled
//! one, so that an office can adapt the wording without a compiler.

use std::path::PathBuf;

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::{Deserialize, Serialize};

use crate::engine::{Message, Role};

/// Every compiled-in file: task, name, content.
const COMPILED: [(&str, &str, &str); 11] = [
    ("minutes", "system.fr.md", include_str!("../../prompts/minutes/system.fr.md")),
    ("minutes", "user.fr.md", include_str!("../../prompts/minutes/user.fr.md")),
    ("minutes", "retry.fr.md", include_str!("../../prompts/minutes/retry.fr.md")),
    ("minutes", "examples.toml", include_str!("../../prompts/minutes/examples.toml")),
    ("letter", "system.fr.md", include_str!("../../prompts/letter/system.fr.md")),
    ("letter", "user.fr.md", include_str!("../../prompts/letter/user.fr.md")),
    ("letter", "retry.fr.md", include_str!("../../prompts/letter/retry.fr.md")),
    ("letter", "examples.toml", include_str!("../../prompts/letter/examples.toml")),
    ("poster", "system.fr.md", include_str!("../../prompts/poster/system.fr.md")),
    ("poster", "user.fr.md", include_str!("../../prompts/poster/user.fr.md")),
    ("poster", "examples.toml", include_str!("../../prompts/poster/examples.toml")),
];

/// Why a prompt cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// No such file, compiled in or in the settings folder.
    #[error("la consigne « {task}/{name} » n'existe pas")]
    Unknown {
        /// Task asked for.
        task: String,
        /// File asked for.
        name: String,
    },
    /// The user's own file does not read.
    #[error("impossible de lire la consigne « {} » : {source}", path.display())]
    Io {
        /// The file in the settings folder.
        path: PathBuf,
        /// The system's own error.
        source: std::io::Error,
    },
    /// The template is wrong or names an unknown variable.
    #[error("la consigne « {task}/{name} » est fautive : {reason} ; corrigez-la ou supprimez-la")]
    Content {
        /// Task asked for.
        task: String,
        /// File asked for.
        name: String,
        /// What is wrong.
        reason: String,
    },
}

/// The templates in force.
#[derive(Debug, Clone, Default)]
pub struct Prompts {
    overrides: Option<PathBuf>,
}

/// One worked example: a clause and the sentence it should become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What the passage is about.
    pub title: String,
    /// One clause of the notes.
    pub clause: String,
    /// Its account.
    pub account: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Examples {
    example: Vec<Example>,
}

/// What the `user` template is filled with.
#[derive(Serialize)]
struct Ask<'a> {
    title: &'a str,
    clause: &'a str,
}

/// What the `retry` template is filled with.
#[derive(Serialize)]
struct Retry<'a> {
    faults: &'a str,
    clause: &'a str,
}

impl Prompts {
    /// The compiled-in templates, and those of a folder in their place where it has some.
    pub fn new(overrides: Option<PathBuf>) -> Self {
        Self { overrides }
    }

    /// How a conversation begins: the rules, then the worked examples as earlier turns.
    ///
    /// # Errors
    /// When a template of the settings folder is wrong.
    pub fn opening(&self, task: &str) -> Result<Vec<Message>, PromptError> {
        let mut messages = vec![Message::new(Role::System, self.render(task, "system.fr.md", ())?)];
        for example in self.examples(task)? {
            messages.push(self.clause(task, &example.title, &example.clause)?);
            messages.push(Message::new(Role::Assistant, example.account));
        }
        Ok(messages)
    }

    /// The message that asks for the account of one clause.
    ///
    /// # Errors
    /// When the template of the settings folder is wrong.
    pub fn clause(&self, task: &str, title: &str, clause: &str) -> Result<Message, PromptError> {
        let text = self.render(task, "user.fr.md", Ask { title, clause })?;
        Ok(Message::new(Role::User, text))
    }

    /// The message that asks again, told what was wrong.
    ///
    /// # Errors
    /// When the template of the settings folder is wrong.
    pub fn retry(&self, task: &str, faults: &str, clause: &str) -> Result<Message, PromptError> {
        let text = self.render(task, "retry.fr.md", Retry { faults, clause })?;
        Ok(Message::new(Role::User, text))
    }

    /// The worked examples of a task.
    ///
    /// # Errors
    /// When the file of the settings folder is wrong.
    pub fn examples(&self, task: &str) -> Result<Vec<Example>, PromptError> {
        let name = "examples.toml";
        let content = self.source(task, name)?;
        let examples: Examples = toml::from_str(&content)
            .map_err(|error| content_error(task, name, error.message().to_owned()))?;
        Ok(examples.example)
    }

    /// A template filled with its variables.
    ///
    /// # Errors
    /// When there is none of that name, or it names a variable that is not supplied.
    pub fn render(
        &self,
        task: &str,
        name: &str,
        variables: impl Serialize,
    ) -> Result<String, PromptError> {
        let source = self.source(task, name)?;
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment
            .render_str(&source, Serde(variables))
            .map(|text| text.trim().to_owned())
            .map_err(|error| content_error(task, name, error.to_string()))
    }

    fn source(&self, task: &str, name: &str) -> Result<String, PromptError> {
        if let Some(folder) = &self.overrides {
            let path = folder.join(task).join(name);
            match std::fs::read_to_string(&path) {
                Ok(text) => return Ok(text),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(source) => return Err(PromptError::Io { path, source }),
            }
        }
        COMPILED
            .iter()
            .find(|(t, n, _)| (*t, *n) == (task, name))
            .map(|(_, _, content)| (*content).to_owned())
            .ok_or_else(|| PromptError::Unknown { task: task.into(), name: name.into() })
    }
}

fn content_error(task: &str, name: &str, reason: String) -> PromptError {
    PromptError::Content { task: task.into(), name: name.into(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_compiled_prompt_renders_with_what_the_program_supplies() {
        let prompts = Prompts::default();
        let mut tasks: Vec<&str> = COMPILED.iter().map(|(task, ..)| *task).collect();
        tasks.dedup();
        for task in tasks {
            assert!(prompts.opening(task).unwrap().len() > 2, "{task}");
            let ask = prompts.clause(task, "Titre", "une ligne").unwrap().content;
            assert!(ask.contains("Titre") && ask.contains("une ligne"), "{task}: {ask}");
            // What is chosen among sound texts is not asked twice.
            if task == "poster" {
                continue;
            }
            let retry = prompts.retry(task, "un défaut", "une ligne").unwrap().content;
            assert!(retry.contains("un défaut") && retry.contains("une ligne"), "{task}: {retry}");
        }
    }

    #[test]
    fn an_unknown_variable_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("minutes")).unwrap();
        std::fs::write(folder.path().join("minutes/system.fr.md"), "Bonjour {{ prenom }}").unwrap();
        let prompts = Prompts::new(Some(folder.path().to_owned()));
        assert!(matches!(prompts.opening("minutes"), Err(PromptError::Content { .. })));
    }

    #[test]
    fn the_settings_folder_takes_precedence() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("minutes")).unwrap();
        std::fs::write(folder.path().join("minutes/system.fr.md"), "Sois bref.").unwrap();
        let prompts = Prompts::new(Some(folder.path().to_owned()));
        assert_eq!(prompts.opening("minutes").unwrap()[0].content, "Sois bref.");
    }

    #[test]
    fn examples_are_grounded_in_their_own_clauses() {
        for (task, name, _) in COMPILED.iter().filter(|(_, name, _)| *name == "examples.toml") {
            for example in Prompts::default().examples(task).unwrap() {
                let source =
                    crate::ground::Source { notes: &example.clause, context: &example.title };
                let faults = crate::ground::check(&example.account, source);
                assert!(faults.is_empty(), "{task}/{name} : {} : {faults:?}", example.account);
            }
        }
    }
}
