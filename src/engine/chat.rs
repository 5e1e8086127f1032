//! The model's own chat template: a conversation as the text the model was trained on.
//!
//! Templates are Jinja programs that come with the model file; they are run with a bound on their
//! work and on a stack of their own, since the file is not ours. Messages are shielded first, so that notes cannot end their own
//! turn. `strftime_now`, which some templates call where it exists, is left out on purpose: an
//! answer must not depend on the day.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, Error, ErrorKind};
use serde::Serialize;

use super::gguf::one_line;
use super::{EngineError, Message};

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

/// A chat template, ready to run.
#[derive(Debug)]
pub struct ChatTemplate {
    source: String,
    bos: String,
    eos: String,
}

#[derive(Serialize)]
struct Variables<'a> {
    messages: Vec<Message>,
    add_generation_prompt: bool,
    bos_token: &'a str,
    eos_token: &'a str,
}

impl ChatTemplate {
    /// A template with the texts of the tokens that open and close a text.
    pub fn new(source: String, bos: String, eos: String) -> Self {
        Self { source, bos, eos }
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
        let shielded = |m: &Message| Message { role: m.role, content: shield(&m.content) };
        let messages = messages.iter().map(shielded).collect();
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

fn failed(error: &dyn std::fmt::Display) -> EngineError {
    EngineError::Failed(format!("gabarit de conversation : {}", one_line(error)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Role;

    fn render(source: &str, messages: &[Message]) -> Result<String, EngineError> {
        let template = ChatTemplate::new(source.into(), "<s>".into(), "</s>".into());
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
