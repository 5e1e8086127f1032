//! A word as somebody typed it: its capitals, its apostrophe, and what is elided in front.

use unicode_normalization::UnicodeNormalization;

/// How the letters of a word are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Capitals {
    None,
    /// The first letter, or the first of several parts.
    First,
    All,
    /// Inside the word.
    Mixed,
}

/// A word in the parts the dictionary is asked for.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    /// What is elided in front, with its apostrophe; often empty.
    pub(super) front: String,
    /// The rest, composed.
    pub(super) word: String,
    /// The rest in small letters, with a plain apostrophe.
    pub(super) small: String,
    pub(super) capitals: Capitals,
    curly: bool,
}

impl Typed {
    pub(super) fn whole(word: &str) -> Self {
        Self::new(String::new(), word.nfc().collect())
    }

    /// The word after what is elided in front of it, if something is.
    pub(super) fn elided(word: &str) -> Option<Self> {
        let (front, rest) = word.split_once(APOSTROPHES)?;
        let apostrophe = &word[front.len()..word.len() - rest.len()];
        let known = ELIDED.contains(&front.to_lowercase().as_str()) && !rest.is_empty();
        known.then(|| Self::new(format!("{front}{apostrophe}"), rest.nfc().collect()))
    }

    fn new(front: String, word: String) -> Self {
        let small = word.to_lowercase().replace(CURLY, "'");
        let capitals = capitals(&word);
        let curly = word.contains(CURLY);
        Self { front, word, small, capitals, curly }
    }

    /// Whether the article elided in front is « le » or « la ».
    pub(super) fn after_article(&self) -> bool {
        self.front.to_lowercase().starts_with('l') && self.front.chars().count() == 2
    }

    /// A form of the dictionary written the same way.
    pub(super) fn written(&self, form: &str) -> String {
        let form = if self.curly { form.replace('\'', "’") } else { form.to_owned() };
        let rest = match self.capitals {
            Capitals::All => form.to_uppercase(),
            Capitals::First => capitalised(&form),
            Capitals::None | Capitals::Mixed => form,
        };
        format!("{}{rest}", self.front)
    }
}

fn capitals(word: &str) -> Capitals {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let inside = |part: &str| part.chars().skip(1).any(char::is_uppercase);
    if !letters().any(char::is_uppercase) {
        Capitals::None
    } else if !letters().any(char::is_lowercase) && letters().count() > 1 {
        Capitals::All
    } else if word.starts_with(char::is_uppercase) && !word.split('-').any(inside) {
        Capitals::First
    } else {
        Capitals::Mixed
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

const CURLY: char = '’';
const APOSTROPHES: [char; 2] = ['\'', CURLY];
const ELIDED: [&str; 14] =
    ["l", "d", "n", "s", "j", "m", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"];
