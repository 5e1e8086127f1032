//! The model's own chat template: a conversation as the text the model was trained on.
//!
//! Templates are Jinja programs that come with the model file; they are run with a bound on their
//! work and on a stack of their own, since the file is not ours. Messages are shielded first, so that
//! notes cannot end their own turn. Some templates know no system role, or leave what it says out:
//! there it opens the next user's
//! turn. `strftime_now`, which some templates call where it exists, is left out on purpose: an
//! answer must not depend on the day.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, Error, ErrorKind};
use serde::Serialize;

use super::gguf::one_line;
use super::{EngineError, Message, Role};

/// Steps a template may take; a conversation of a hundred messages needs some ten thousand.
const FUEL: u64 = 1_000_000;

/// Longest template that is run, several times those of the models in the registry: a sum is read in
/// the square of its length.
const MAX_SOURCE_BYTES: usize = 24 << 10;

/// Stack of a running template. Templates are read by recursion, up to once for each of their bytes
/// (some 500 bytes of stack each), and may nest lists as deep as their fuel lasts; an overflow ends
/// the program. Only what is used takes memory.
const STACK_BYTES: usize = 128 << 20;

/// For models of that family whose file brings no template.
pub const CHATML: &str = "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

/// The same for Gemma models.
pub const GEMMA: &str = "{{ bos_token }}{% for message in messages %}{% if message.role == 'system' %}{{ raise_exception('system') }}{% endif %}<start_of_turn>{{ 'model' if message.role == 'assistant' else message.role }}\n{{ message.content }}<end_of_turn>\n{% endfor %}{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}";

/// A chat template, ready to run.
#[derive(Debug)]
pub struct ChatTemplate {
    source: String,
    bos: String,
    eos: String,
    /// Whether the user says what the system would.
    folds: bool,
}

#[derive(Serialize)]
struct Variables<'a> {
    messages: Vec<Message>,
    add_generation_prompt: bool,
    bos_token: &'a str,
    eos_token: &'a str,
}

impl ChatTemplate {
    /// A template with the texts of the tokens that open and close a text, tried on a short
    /// conversation.
    ///
    /// # Errors
    /// When the template is wrong, or refuses to let a user speak.
    pub fn new(source: String, bos: String, eos: String) -> Result<Self, EngineError> {
        const RULE: &str = "règle";
        let mut template = Self { source, bos, eos, folds: false };
        let user = Message::new(Role::User, "?");
        template.render(std::slice::from_ref(&user), &str::to_owned)?;
        let both = template.render(&[Message::new(Role::System, RULE), user], &str::to_owned);
        template.folds = !both.is_ok_and(|both| both.contains(RULE));
        Ok(template)
    }

    /// The conversation as text, ending where the model's answer begins; `shield` makes a message
    /// harmless.
    ///
    /// # Errors
    /// When the template refuses the conversation or is wrong.
    pub fn render(
        &self,
        messages: &[Message],
        shield: &dyn Fn(&str) -> String,
    ) -> Result<String, EngineError> {
        if self.source.len() > MAX_SOURCE_BYTES {
            return Err(failed(&"trop long"));
        }
        let shielded = messages.iter().map(|m| Message::new(m.role, shield(&m.content)));
        let messages = if self.folds { folded(shielded) } else { shielded.collect() };
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
            let running = thread.spawn_scoped(scope, || self.run(messages));
            let running = running.map_err(|error| failed(&error))?;
            running.join().unwrap_or_else(|_| Err(failed(&"exécution interrompue")))
        })
    }

    fn run(&self, messages: Vec<Message>) -> Result<String, EngineError> {
        let mut environment = Environment::new();
        environment.set_fuel(Some(FUEL));
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.map_err(|error| failed(&error))?);
        environment
            .set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
        environment.add_function("raise_exception", |reason: String| -> Result<String, Error> {
            Err(Error::new(ErrorKind::InvalidOperation, reason))
        });
        let variables = Variables {
            messages,
            add_generation_prompt: true,
            bos_token: &self.bos,
            eos_token: &self.eos,
        };
        environment.render_str(&self.source, Serde(variables)).map_err(|error| failed(&error))
    }
}

/// The conversation without a system, whose words open the next user's turn.
fn folded(messages: impl Iterator<Item = Message>) -> Vec<Message> {
    let mut turns: Vec<Message> = Vec::new();
    let mut rules = false;
    for message in messages {
        let system = message.role == Role::System;
        match turns.last_mut() {
            Some(open) if rules && (system || message.role == Role::User) => {
                open.content = format!("{}\n\n{}", open.content, message.content);
            }
            _ => {
                let role = if system { Role::User } else { message.role };
                turns.push(Message::new(role, message.content));
            }
        }
        rules = system;
    }
    turns
}

fn failed(error: &dyn std::fmt::Display) -> EngineError {
    EngineError::Failed(format!("gabarit de conversation : {}", one_line(error)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Role;

    fn render(source: &str, messages: &[Message]) -> Result<String, EngineError> {
        let template = ChatTemplate::new(source.into(), "<s>".into(), "</s>".into())?;
        template.render(messages, &|message| message.replace("</s>", "< /s>"))
    }

    #[test]
    fn a_conversation_is_what_the_model_was_trained_on() {
        let llama = "{{ bos_token }}{% for m in messages %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('tour') }}{% endif %}{% if m['role'] == 'user' %}{{ '[INST] ' + m['content'].strip() + ' [/INST]' }}{% else %}{{ ' ' + m['content'] + eos_token }}{% endif %}{% endfor %}";
        // Trimmed blocks leave no line of their own.
        let lines = "{% for m in messages %}\n    {% if m.role == 'user' %}\n<u>{{ m.content }}\n    {% endif %}\n{% endfor %}\n{% if tools %}x{% endif %}";
        let user = Message::new(Role::User, " été 🙂\n");
        let conversation = [
            user.clone(),
            Message::new(Role::Assistant, "Oui."),
            Message::new(Role::User, "fin</s>"),
        ];
        let rules = Message::new(Role::System, "règles");
        for (source, messages, expected) in [
            (
                CHATML,
                &[rules, Message::new(Role::User, "été")][..],
                "<|im_start|>system\nrègles<|im_end|>\n<|im_start|>user\nété<|im_end|>\n<|im_start|>assistant\n",
            ),
            (llama, &conversation, "<s>[INST] été 🙂 [/INST] Oui.</s>[INST] fin< /s> [/INST]"),
            (lines, &[user], "<u> été 🙂\n\n"),
        ] {
            assert_eq!(render(source, messages).unwrap(), expected);
        }
    }

    #[test]
    fn a_deeply_nested_template_overflowed_the_stack() {
        let wrapped = "{% set n = namespace(a=[]) %}{% for i in range(90000) %}{% set n.a = [n.a] %}{% endfor %}{{ n.a }}";
        for source in [
            format!("{{{{ {}1 }}}}", "-".repeat(22_000)),
            format!("{{{{ {}1 }}}}", "not ".repeat(5_500)),
            format!("{{% if x %}}{}{{% endif %}}", "{% elif x %}".repeat(1_800)),
            wrapped.to_owned(),
        ] {
            assert!(render(&source, &[]).is_ok());
        }
        let error = render(&"-".repeat(MAX_SOURCE_BYTES + 1), &[]).unwrap_err().to_string();
        assert!(error.ends_with("trop long"), "{error}");
    }

    #[test]
    fn where_there_is_no_system_its_words_open_the_users_turn() {
        let mute = "{% for m in messages %}{% if m.role != 'system' %}<{{ m.role }}>{{ m.content }}{% endif %}{% endfor %}";
        let message = |role, text: &str| Message::new(role, text);
        let (system, user, assistant) = (Role::System, Role::User, Role::Assistant);
        for (source, messages, expected) in [
            (
                GEMMA,
                &[message(system, "règles"), message(user, "été"), message(assistant, "Oui.")][..],
                "<s><start_of_turn>user\nrègles\n\nété<end_of_turn>\n<start_of_turn>model\nOui.<end_of_turn>\n<start_of_turn>model\n",
            ),
            (GEMMA, &[], "<s><start_of_turn>model\n"),
            (
                mute,
                &[message(system, "a"), message(system, "b"), message(user, "c")],
                "<user>a\n\nb\n\nc",
            ),
            (
                mute,
                &[message(user, "a"), message(system, "b"), message(user, "c")],
                "<user>a<user>b\n\nc",
            ),
            (mute, &[message(system, "a"), message(assistant, "b")], "<user>a<assistant>b"),
            (mute, &[message(user, "a"), message(user, "b")], "<user>a<user>b"),
        ] {
            assert_eq!(render(source, messages).unwrap(), expected);
        }
    }

    #[test]
    fn a_template_that_never_ends_or_refuses_is_an_error() {
        for source in [
            "{% for i in range(100000) %}{% for j in range(100000) %}x{% endfor %}{% endfor %}",
            "{{ raise_exception('non') }}",
            "{% if %}",
        ] {
            let error = render(source, &[]).unwrap_err().to_string();
            assert!(error.contains("gabarit de conversation"), "{error}");
            assert!(!error.contains('\n'), "{error}");
        }
    }
}
