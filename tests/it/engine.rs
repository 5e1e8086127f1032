//! The engine on a tiny random model: what holds for any weights.

use std::io::Cursor;

use candle_core::quantized::gguf_file::{Content, Value};
use candle_core::{Device, Tensor};
use candle_transformers::models::quantized_qwen2;
use greffier::engine::load::{self, Implementation, Options};
use greffier::engine::tokenizer::Vocabulary;
use greffier::engine::{
    CancelToken, Completion, Engine, EngineError, Event, Grammar, Lattice, Message, Request, Role,
    Sampling, Session, StopReason, Wanted,
};

use crate::tiny_gguf::TinyGguf;

const SEEDED: Sampling = Sampling::Seeded { seed: 3, temperature: 1.0, top_p: 0.95 };

const BOTH: [Implementation; 2] = [Implementation::Best, Implementation::Candle];

fn load_with(
    implementation: Implementation,
    bytes: &[u8],
    cancel: &CancelToken,
) -> Result<Box<dyn Engine>, EngineError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("petit.gguf");
    std::fs::write(&path, bytes).unwrap();
    let prepared = folder.path();
    let options = Options {
        path: &path,
        name: "petit",
        sha256: "",
        prepared,
        threads: None,
        implementation,
        lookup: true,
    };
    load::load(&options, cancel, &mut |_, _| {})
}

fn load(bytes: &[u8]) -> Result<Box<dyn Engine>, EngineError> {
    load_with(Implementation::Best, bytes, &CancelToken::default())
}

fn tiny(implementation: Implementation, architecture: &'static str) -> Box<dyn Engine> {
    let bytes = TinyGguf::new(architecture).bytes();
    load_with(implementation, &bytes, &CancelToken::default()).unwrap()
}

/// Rules of some 130 tokens, then this request.
fn conversation(request: &str) -> Vec<Message> {
    let rules = "Le secrétaire écrit une phrase complète, sans rien ajouter. ".repeat(2);
    vec![Message::new(Role::System, rules), Message::new(Role::User, request)]
}

fn ask(
    session: &mut dyn Session,
    messages: &[Message],
    sampling: Sampling,
    sink: &mut dyn FnMut(Event<'_>),
) -> Result<Completion, EngineError> {
    session.chat(
        &Request { messages, fixed: 1, max_tokens: 24, sampling, stop: &[], grammar: None },
        sink,
    )
}

fn fresh(
    implementation: Implementation,
    architecture: &'static str,
    messages: &[Message],
    sampling: Sampling,
) -> Completion {
    let mut engine = tiny(implementation, architecture);
    let mut session = engine.session(CancelToken::default());
    ask(session.as_mut(), messages, sampling, &mut |_| {}).unwrap()
}

#[test]
fn a_prompt_read_in_pieces_gives_what_it_gives_at_once() {
    let bytes = TinyGguf::new("qwen2").bytes();
    let content = Content::read(&mut Cursor::new(&bytes)).unwrap();
    let vocabulary = Vocabulary::from_gguf(&content).unwrap();
    let messages = conversation("marché déplacé place de la Halle");
    let text: String = messages
        .iter()
        .map(|m| (if m.role == Role::System { "system" } else { "user" }, &m.content))
        .map(|(role, content)| format!("<|im_start|>{role}\n{content}<|im_end|>\n"))
        .collect();
    let prompt = vocabulary.encode(&(text + "<|im_start|>assistant\n")).unwrap();
    assert!(prompt.len() > 100, "{} tokens are but one piece", prompt.len());

    let mut model =
        quantized_qwen2::ModelWeights::from_gguf(content, &mut Cursor::new(&bytes), &Device::Cpu)
            .unwrap();
    let mut expected = Vec::new();
    let (mut tokens, mut position) = (prompt.clone(), 0);
    for _ in 0..24 {
        let input = Tensor::new(tokens.as_slice(), &Device::Cpu).unwrap().unsqueeze(0).unwrap();
        let logits = model.forward(&input, position).unwrap().flatten_all().unwrap();
        let logits = logits.to_vec1::<f32>().unwrap();
        position += tokens.len();
        let best = (0..logits.len()).max_by(|a, b| logits[*a].total_cmp(&logits[*b])).unwrap();
        tokens = vec![u32::try_from(best).unwrap()];
        if vocabulary.ends_turn(tokens[0]) {
            break;
        }
        expected.extend(vocabulary.bytes(tokens[0]));
    }

    let mut pieces = Vec::new();
    let mut engine = load_with(Implementation::Candle, &bytes, &CancelToken::default()).unwrap();
    let mut session = engine.session(CancelToken::default());
    let answer = ask(session.as_mut(), &messages, Sampling::Greedy, &mut |event| {
        if let Event::Prompt { done, total } = event {
            pieces.push(done);
            assert_eq!(total, prompt.len());
        }
    });
    let answer = answer.unwrap();
    assert_eq!(answer.text, String::from_utf8_lossy(&expected));
    assert_eq!(answer.tokens_in, prompt.len());
    assert!(pieces.len() > 3 && pieces.last() == Some(&prompt.len()), "{pieces:?}");
}

#[test]
fn the_same_seed_writes_the_same_text() {
    let names = ["qwen2", "llama", "qwen3", "gemma3", "smollm3"];
    let ours = names.map(|name| (Implementation::Best, name));
    let candle = ["qwen2", "llama"].map(|name| (Implementation::Candle, name));
    for (implementation, architecture) in ours.into_iter().chain(candle) {
        let messages = conversation("salle louée 180 €");
        let first = fresh(implementation, architecture, &messages, SEEDED);
        assert_eq!(first, fresh(implementation, architecture, &messages, SEEDED));
        let other = Sampling::Seeded { seed: 4, temperature: 1.0, top_p: 0.95 };
        assert_ne!(first.text, fresh(implementation, architecture, &messages, other).text);
        assert!(first.tokens_out > 0);
    }
}

#[test]
fn events_tell_the_whole_answer() {
    for implementation in BOTH {
        check_events(tiny(implementation, "qwen2").as_mut());
    }
    check_events(load(&TinyGguf::pieces().bytes()).unwrap().as_mut());
}

fn check_events(engine: &mut dyn Engine) {
    let mut session = engine.session(CancelToken::default());
    let (mut text, mut ends) = (String::new(), Vec::new());
    let messages = conversation("été 🙂");
    let answer = ask(session.as_mut(), &messages, SEEDED, &mut |event| match event {
        Event::Token { text: more } => text.push_str(more),
        Event::End { reason } => ends.push(reason),
        Event::Prompt { .. } => {}
    });
    let answer = answer.unwrap();
    assert_eq!((text, ends), (answer.text.clone(), vec![answer.reason]));

    // The same request again, stopped by the middle of its own answer.
    let letters: Vec<char> = answer.text.chars().collect();
    let stop: String = letters[letters.len() / 2..].iter().take(3).collect();
    let request = Request {
        messages: &messages,
        fixed: 0,
        max_tokens: 24,
        sampling: SEEDED,
        stop: &[&stop],
        grammar: None,
    };
    let stopped = session.chat(&request, &mut |_| {}).unwrap();
    assert_eq!(stopped.reason, StopReason::StopString);
    let (before, _) = answer.text.split_once(&stop).unwrap();
    assert_eq!(stopped.text, before);
}

#[test]
fn what_a_session_knows_changes_its_work_and_not_its_answers() {
    for (implementation, architecture) in both() {
        let mut engine = tiny(implementation, architecture);
        let mut costs = Vec::new();
        for _ in 0..2 {
            let mut session = engine.session(CancelToken::default());
            for request in ["curage des fossés", "abri de bus", "abri de bus", "chemin fermé"] {
                let messages = conversation(request);
                for sampling in [Sampling::Greedy, SEEDED] {
                    let answer = ask(session.as_mut(), &messages, sampling, &mut |_| {}).unwrap();
                    let alone = fresh(implementation, architecture, &messages, sampling);
                    assert_eq!(answer.text, alone.text, "{architecture}, {request}");
                    costs.push((answer.tokens_in, alone.tokens_in));
                }
            }
        }
        // candle's llama keeps a copy at the place where prompts part; its qwen2 cannot.
        let (last, whole) = costs.last().copied().unwrap();
        let shared = implementation == Implementation::Best || architecture == "llama";
        assert_eq!(last < whole, shared, "{architecture}: {costs:?}");
    }
}

/// Both implementations, both architectures that they share.
fn both() -> impl Iterator<Item = (Implementation, &'static str)> {
    BOTH.into_iter()
        .flat_map(|implementation| ["qwen2", "llama"].map(|name| (implementation, name)))
}

#[test]
fn a_conversation_that_goes_on_is_not_read_again() {
    for (implementation, architecture) in both() {
        let mut engine = tiny(implementation, architecture);
        let mut session = engine.session(CancelToken::default());
        let mut messages = conversation("toiture de l'école");
        let request = Request {
            messages: &messages,
            fixed: 0,
            max_tokens: 1,
            sampling: Sampling::Greedy,
            stop: &[],
            grammar: None,
        };
        let first = session.chat(&request, &mut |_| {}).unwrap();
        assert_eq!((first.tokens_out, first.reason), (1, StopReason::MaxTokens));
        messages.push(Message::new(Role::Assistant, "Oui."));
        messages.push(Message::new(Role::User, "et la cour ?"));
        let second = ask(session.as_mut(), &messages, Sampling::Greedy, &mut |_| {}).unwrap();
        let alone = fresh(implementation, architecture, &messages, Sampling::Greedy);
        assert_eq!(second.tokens_in, alone.tokens_in - first.tokens_in, "{architecture}");
        assert_eq!(second.text, alone.text, "{architecture}");
    }
}

#[test]
fn a_stop_takes_effect_in_the_prompt_and_in_the_answer_and_spoils_nothing() {
    for implementation in BOTH {
        let messages = conversation("tondeuse 1 250 €");
        let expected = fresh(implementation, "qwen2", &messages, Sampling::Greedy);
        let mut engine = tiny(implementation, "qwen2");
        for in_prompt in [true, false] {
            let cancel = CancelToken::default();
            let mut session = engine.session(cancel.clone());
            let mut events = 0;
            let stopped = ask(session.as_mut(), &messages, Sampling::Greedy, &mut |event| {
                if matches!(event, Event::Prompt { .. }) == in_prompt {
                    events += 1;
                    cancel.cancel();
                }
            });
            assert!(matches!(stopped, Err(EngineError::Cancelled)), "{stopped:?}");
            assert_eq!(events, 1);
        }
        let mut session = engine.session(CancelToken::default());
        let again = ask(session.as_mut(), &messages, Sampling::Greedy, &mut |_| {}).unwrap();
        assert_eq!((again.text, again.reason), (expected.text, expected.reason));

        let cancel = CancelToken::default();
        cancel.cancel();
        let loaded = load_with(implementation, &TinyGguf::new("llama").bytes(), &cancel);
        assert!(matches!(loaded, Err(EngineError::Cancelled)));
    }
}

#[test]
fn a_conversation_that_does_not_fit_is_refused_with_its_numbers() {
    let mut engine = tiny(Implementation::Best, "qwen2");
    let limit = engine.model().context_tokens;
    assert_eq!(limit, 600);
    let mut session = engine.session(CancelToken::default());
    let messages = conversation("compte rendu");
    for max_tokens in [limit, usize::MAX] {
        let request = Request {
            messages: &messages,
            fixed: 0,
            max_tokens,
            sampling: Sampling::Greedy,
            stop: &[],
            grammar: None,
        };
        let refused = session.chat(&request, &mut |event| panic!("{event:?}"));
        let Err(EngineError::TooLong { prompt_tokens, answer_tokens, limit: told }) = refused
        else {
            panic!("{refused:?}");
        };
        assert_eq!((answer_tokens, told), (max_tokens, limit));
        assert_eq!(
            prompt_tokens,
            fresh(Implementation::Best, "qwen2", &messages, SEEDED).tokens_in
        );
    }
}

#[test]
fn a_file_that_is_no_usable_model_is_refused_in_one_line() {
    let whole = TinyGguf::new("qwen2").bytes();
    let with = |key: &str, value| TinyGguf::new("qwen2").with(key, value).bytes();
    let without = |name: &str| TinyGguf::new("qwen2").without(name).bytes();
    // Magic, version and counts of the header, then nothing of what they promise.
    let counts = |tensors: u64, entries: u64| {
        [b"GGUF\x03\0\0\0".as_slice(), &tensors.to_le_bytes(), &entries.to_le_bytes()].concat()
    };
    let text = |s: &str| Value::String(s.into());
    let deep = (0..60).fold(Value::Array(vec![]), |inner, _| Value::Array(vec![inner]));
    let other = TinyGguf::new("mamba").bytes();
    for (name, bytes, expected) in [
        ("empty", vec![], "n'est pas un modèle GGUF"),
        ("zip", b"PK\x03\x04 and so on".to_vec(), "n'est pas un modèle GGUF"),
        ("magic alone", b"GGUF".to_vec(), "incomplet"),
        ("old", b"GGUF\x01\0\0\0 and so on".to_vec(), "version 1"),
        ("no tensors", counts(0, 1), "nombre de tenseurs"),
        ("absurd tensors", counts(u64::MAX, 1), "nombre de tenseurs"),
        ("absurd metadata", counts(1, u64::MAX), "nombre de métadonnées"),
        ("nothing follows", counts(1, 1), "incomplet"),
        ("half a header", whole[..2000].to_vec(), "incomplet"),
        ("half the weights", whole[..whole.len() / 2].to_vec(), "incomplet"),
        ("other architecture", other, "« mamba », greffier exécute llama, qwen2"),
        ("alignment of zero", with("general.alignment", Value::U32(0)), "alignement"),
        ("lists in lists", with("x", deep), "liste"),
        ("no layers", with("qwen2.block_count", Value::U32(0)), "qwen2.block_count"),
        ("layers", with("qwen2.block_count", Value::U32(u32::MAX)), "qwen2.block_count"),
        ("more layers", with("qwen2.block_count", Value::U32(3)), "blk.2.attn_norm.weight"),
        ("no heads", with("qwen2.attention.head_count", Value::U32(0)), "head_count"),
        ("no keys", with("qwen2.attention.head_count_kv", Value::U32(0)), "head_count_kv"),
        ("odd heads", with("qwen2.attention.head_count", Value::U32(3)), "têtes"),
        ("window", with("qwen2.context_length", Value::U32(u32::MAX)), "context_length"),
        ("no embedding", without("token_embd.weight"), "token_embd.weight"),
        ("no bias", without("blk.1.attn_k.bias"), "blk.1.attn_k.bias"),
        ("no tokens", without("tokenizer.ggml.tokens"), "petit.gguf ne peut pas servir"),
        ("words", with("tokenizer.ggml.model", text("bert")), "vocabulaire de type « bert »"),
        ("pieces", with("tokenizer.ggml.model", text("llama")), "sans jeton pour chaque octet"),
        ("splits", with("tokenizer.ggml.pre", text("inconnu")), "découpage « inconnu »"),
        ("template", with("tokenizer.chat_template", text("{% if %}")), "gabarit"),
    ] {
        match load(&bytes) {
            Err(EngineError::Unusable(message)) => {
                assert!(message.contains(expected), "{name}: {message}");
                assert!(
                    message.contains("petit.gguf") && message.contains(" : "),
                    "{name}: {message}"
                );
                assert!(!message.contains('\n') && message.len() < 500, "{name}: {message}");
            }
            Err(error) => panic!("{name}: {error}"),
            Ok(_) => panic!("{name} was loaded"),
        }
    }
    assert!(load(&without("tokenizer.chat_template")).is_ok(), "ChatML by its tokens");
}

#[test]
fn a_damaged_header_never_brings_the_program_down() {
    let whole = TinyGguf::new("llama").bytes();
    let header = whole.len().min(9000);
    for at in (4..header).step_by(29) {
        for value in [0, 0x7f, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] = value;
            // Either it loads or it is refused; a harmless byte may be anywhere.
            let _ = load(&bytes).map(|_| ());
        }
    }
}

/// The same request in one engine and in others: what is guessed, shared, batched or restored from
/// disk changes no letter.
#[test]
fn shortcuts_change_no_letter() {
    for architecture in ["qwen2", "llama", "gemma3"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("petit.gguf");
        std::fs::write(&path, TinyGguf::new(architecture).bytes()).unwrap();
        let engine = |lookup, prepared: &std::path::Path| {
            let options = Options {
                path: &path,
                name: "petit",
                sha256: "",
                prepared,
                threads: None,
                implementation: Implementation::Best,
                lookup,
            };
            load::load(&options, &CancelToken::default(), &mut |_, _| {}).unwrap()
        };
        let messages = conversation("tonte, tonte, tonte des bords de la tonte");
        let request = |sampling| Request {
            messages: &messages,
            fixed: 1,
            max_tokens: 60,
            sampling,
            stop: &[],
            grammar: None,
        };
        let seeds = [1, 2, 3].map(|seed| Sampling::Seeded { seed, temperature: 0.7, top_p: 0.9 });
        let samplings = [&[Sampling::Greedy][..], &seeds].concat();
        let plain: Vec<Completion> = {
            let apart = tempfile::tempdir().unwrap();
            let mut engine = engine(false, apart.path());
            let mut session = engine.session(CancelToken::default());
            let mut ask = |s: &Sampling| session.chat(&request(*s), &mut |_| {}).unwrap();
            samplings.iter().map(&mut ask).collect()
        };
        // The second engine finds the state that the first left on disk.
        for round in 0..2 {
            let mut engine = engine(true, folder.path());
            let mut session = engine.session(CancelToken::default());
            let together = session.candidates(&request(Sampling::Greedy), &samplings).unwrap();
            for ((sampling, plain), together) in samplings.iter().zip(&plain).zip(&together) {
                let guessed = session.chat(&request(*sampling), &mut |_| {}).unwrap();
                assert_eq!(guessed.text, plain.text, "{architecture} {sampling:?}");
                assert_eq!(together.text, plain.text, "{architecture} {sampling:?}");
                assert_eq!(
                    (guessed.reason, guessed.tokens_out),
                    (together.reason, together.tokens_out)
                );
            }
            let whole = plain[0].tokens_in;
            assert_eq!(together[0].tokens_in < whole, round == 1, "{architecture}");
        }
    }
}

#[test]
fn a_damaged_state_is_computed_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("petit.gguf");
    std::fs::write(&path, TinyGguf::new("llama").bytes()).unwrap();
    let answer = || {
        let options = Options {
            path: &path,
            name: "petit",
            sha256: "",
            prepared: folder.path(),
            threads: None,
            implementation: Implementation::Best,
            lookup: true,
        };
        let mut engine = load::load(&options, &CancelToken::default(), &mut |_, _| {}).unwrap();
        let mut session = engine.session(CancelToken::default());
        let messages = conversation("balayage");
        ask(session.as_mut(), &messages, Sampling::Greedy, &mut |_| {}).unwrap()
    };
    let prefix = || {
        let files = std::fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().path());
        let mut files = files.filter(|f| f.extension().is_some_and(|e| e == "prefix"));
        files.next().unwrap()
    };
    let first = answer();
    let sound = std::fs::read(prefix()).unwrap();
    let restored = answer();
    assert!(restored.tokens_in < first.tokens_in);
    assert_eq!(restored.text, first.text);
    let mut flipped = sound.clone();
    flipped[sound.len() / 2] ^= 1;
    for damaged in [flipped, sound[..sound.len() / 2].to_vec(), vec![], vec![0; sound.len()]] {
        std::fs::write(prefix(), damaged).unwrap();
        let again = answer();
        assert_eq!(again, first);
        assert!(std::fs::read(prefix()).unwrap() == sound, "written again");
    }
}

#[test]
fn an_answer_follows_the_form_it_was_given() {
    let schema = serde_json::json!({
        "type": "object",
        "properties": {"vote": {"enum": ["pour", "contre"]}, "voix": {"type": "integer", "minimum": 0, "maximum": 99}},
        "required": ["vote", "voix"],
        "additionalProperties": false,
    });
    let text = "Le défibrillateur de la salle polyvalente a été remplacé en mars.";
    let labels = ["oui", "non", "à vérifier"];
    let check = |grammar: &Grammar<'_>, answer: &str| match grammar {
        Grammar::JsonSchema(_) => {
            let value: serde_json::Value = serde_json::from_str(answer).unwrap();
            assert!(["pour", "contre"].contains(&value["vote"].as_str().unwrap()), "{answer}");
            assert!((0..100).contains(&value["voix"].as_i64().unwrap()), "{answer}");
        }
        Grammar::Regex(_) => {
            let (day, month) = answer.split_once(" mars 20").unwrap();
            assert!(day.parse::<u32>().is_ok() && month.len() == 2, "{answer}");
        }
        Grammar::Excerpt(_) => assert!(text.contains(answer), "{answer}"),
        Grammar::OneOf(_) => assert!(labels.contains(&answer), "{answer}"),
    };
    let engines = BOTH.map(|implementation| tiny(implementation, "qwen2"));
    for mut engine in engines.into_iter().chain([load(&TinyGguf::pieces().bytes()).unwrap()]) {
        for grammar in [
            Grammar::JsonSchema(&schema),
            Grammar::Regex("[12][0-9] mars 20[0-9]{2}"),
            Grammar::Excerpt(text),
            Grammar::OneOf(&labels),
        ] {
            let mut session = engine.session(CancelToken::default());
            let messages = conversation("une réponse");
            for seed in 0..6 {
                let sampling = Sampling::Seeded { seed, temperature: 1.5, top_p: 1.0 };
                let request = Request {
                    messages: &messages,
                    fixed: 0,
                    max_tokens: 120,
                    sampling,
                    stop: &[],
                    grammar: Some(&grammar),
                };
                let answer = session.chat(&request, &mut |_| {}).unwrap();
                assert_eq!(answer.reason, StopReason::EndOfTurn, "{grammar:?} {answer:?}");
                check(&grammar, &answer.text);
                let again = session.candidates(&request, &[sampling, Sampling::Greedy]).unwrap();
                check(&grammar, &again[1].text);
            }
        }
        let wrong = [Grammar::Regex("("), Grammar::JsonSchema(&serde_json::Value::Null)];
        for grammar in wrong {
            let mut session = engine.session(CancelToken::default());
            let messages = conversation("une réponse");
            let request = Request {
                messages: &messages,
                fixed: 0,
                max_tokens: 8,
                sampling: Sampling::Greedy,
                stop: &[],
                grammar: Some(&grammar),
            };
            let refused = session.chat(&request, &mut |_| {});
            assert!(matches!(refused, Err(EngineError::Grammar(_))), "{grammar:?} {refused:?}");
        }
    }
}

#[test]
fn a_closed_choice_compares_probabilities() {
    let mut engine = tiny(Implementation::Best, "llama");
    let mut session = engine.session(CancelToken::default());
    let messages = conversation("oui ou non ?");
    let request = Request {
        messages: &messages,
        fixed: 0,
        max_tokens: 8,
        sampling: Sampling::Greedy,
        stop: &[],
        grammar: None,
    };
    let labels = ["oui", "non", "peut-être"];
    let all = session.choose(&request, &labels).unwrap();
    assert!((all.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{all:?}");
    // Which others are compared changes the sum alone.
    let two = session.choose(&request, &labels[..2]).unwrap();
    assert!((all[0] / all[1] - two[0] / two[1]).abs() < 1e-9 * all[0] / all[1]);
    let turned = session.choose(&request, &["non", "oui"]).unwrap();
    assert_eq!([two[1], two[0]], [turned[0], turned[1]]);
}

#[test]
fn a_search_spells_only_its_lattice() {
    // Two words of two forms each, something in between or not.
    let mut lattice = Lattice::new();
    let (first, second) = (lattice.state(1), lattice.state(1));
    for word in ["Le devis", "Les devis"] {
        lattice.edge(Lattice::START, word, first);
    }
    for small in [" est", " sont", " a été"] {
        lattice.edge(first, small, second);
    }
    let last = lattice.state(2);
    for from in [first, second] {
        for word in [" reçu", " reçus", " reçu à l'été"] {
            lattice.edge(from, word, last);
        }
    }
    lattice.edge(last, ".", Lattice::END);
    // The same texts as whole paths.
    let mut whole = Lattice::new();
    for text in ["Le devis est reçu.", "Les devis sont reçus."] {
        whole.edge(Lattice::START, text, Lattice::END);
    }

    let messages = conversation("devis reçu");
    let request = Request {
        messages: &messages,
        fixed: 1,
        max_tokens: 40,
        sampling: Sampling::Greedy,
        stop: &[],
        grammar: None,
    };
    let any = Wanted { floor: f64::NEG_INFINITY, suits: &|_| true };
    let none_suits = Wanted { floor: f64::NEG_INFINITY, suits: &|_| false };
    for architecture in ["qwen2", "llama", "gemma3"] {
        let mut engine = tiny(Implementation::Best, architecture);
        let mut session = engine.session(CancelToken::default());
        let found = session.search(&request, &lattice, &none_suits).unwrap();
        assert!(!found.hypotheses.is_empty() && found.tokens_in > 0, "{architecture}");
        for hypothesis in &found.hypotheses {
            assert!(lattice.spells(&hypothesis.text), "{architecture}: {}", hypothesis.text);
            assert!(hypothesis.fluency() < 0.0);
        }
        let texts = |found: &[greffier::engine::Hypothesis]| {
            found.iter().map(|h| h.text.clone()).collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(texts(&found.hypotheses).len(), found.hypotheses.len(), "each text once");
        // What is known already changes the work and not the result.
        let again = session.search(&request, &lattice, &none_suits).unwrap();
        assert!(again.tokens_in < found.tokens_in);
        assert_eq!(again.hypotheses, found.hypotheses);
        // However a text is cut into pieces, and whatever is searched beside it, its probability is
        // the same to the bit; forced tokens count as those that were chosen.
        let alone = session.search(&request, &whole, &none_suits).unwrap().hypotheses;
        assert!(!alone.is_empty(), "{architecture}");
        for hypothesis in &alone {
            let same = found.hypotheses.iter().find(|h| h.text == hypothesis.text);
            if let Some(same) = same.filter(|same| same.tokens == hypothesis.tokens) {
                assert_eq!(same.given, hypothesis.given, "{architecture}");
                assert!((same.log_probability - hypothesis.log_probability).abs() < 1e-9);
            }
        }
        let none = session.search(&request, &Lattice::new(), &any).unwrap();
        assert!(none.hypotheses.is_empty());
        // A text that suits ends the search on the way that a longer one takes.
        let one = session.search(&request, &lattice, &any).unwrap().hypotheses;
        assert!(!one.is_empty() && one.iter().all(|text| found.hypotheses.contains(text)));
    }
    let mut candle = tiny(Implementation::Candle, "qwen2");
    let mut session = candle.session(CancelToken::default());
    assert!(session.search(&request, &lattice, &any).unwrap().hypotheses.is_empty());
    let cancel = CancelToken::default();
    cancel.cancel();
    let mut engine = tiny(Implementation::Best, "qwen2");
    let stopped = engine.session(cancel).search(&request, &lattice, &any).map(|_| ());
    assert!(matches!(stopped, Err(EngineError::Cancelled)), "{stopped:?}");
}
