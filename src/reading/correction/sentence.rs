//! Notes cut into what says one thing: a line, or the sentences of a line that was dictated.

use std::collections::HashSet;
use std::sync::LazyLock;

use jiff::civil::Weekday;

use crate::french;
use crate::notes::Span;
use crate::reading::date::{month_name, weekday_name};
use crate::reading::{Found, facts, fold, words};

/// One sentence of a line.
pub(super) struct Sentence<'a> {
    pub(super) text: &'a str,
    /// Where it stands in the notes.
    pub(super) span: Span,
    /// The line it stands in.
    pub(super) line: Span,
    pub(super) line_text: &'a str,
    pub(super) facts: Vec<Found>,
    /// The words that say what it is about.
    pub(super) about: HashSet<String>,
}

words!(END, r#"[.!?]["»)]?\s+"#);
// What goes on about the sentence before: « J'avais écrit 12. »
words!(
    GOES_ON,
    r"(?i)^(?:j['’\s]?\s*(?:avais|ai)\s+(?:[ée]crit|mis|dit|not[ée]|compt[ée]|invers[ée])|je\s+m['e])"
);
// What only names the thing that the next sentence speaks of: « Ah, l'heure. »
words!(
    POINTS,
    r"(?i)^\W*(?:(?:ah|oh|euh|bon|et|nb|pour|concernant|rectif\w*|correction|attention)\b\W*)+"
);
// When and by whom a line was written: « MB 8/12 : », « [12/03/27 10:32] Ada : ».
words!(
    STAMP,
    r"^\W*(?:\[?\d{1,2}/\d{1,2}(?:/\d{2,4})?,? \d{1,2}[h:]\d{2}\]?\s*-?\s*\p{Lu}[\p{L} ]*? ?:|(?:\p{Lu}[\p{L}.-]*\s+){1,2}(?:le\s+)?\d{1,2}/\d{1,2}\s*:|(?i:rectif\w*|corr\w*|ch(?:an)?g(?:e?m(?:en)?)?ts?|nb|ps|maj|note|ajout)\b[^:\d]{0,25}\d{1,2}/\d{1,2}\s*:)"
);

// « a) … b) … » in one line.
words!(pub(super) ENTRY, r"^[a-h1-9]\)\s");

/// The sentences of the notes that say something.
pub(super) fn cut(text: &str) -> Vec<Sentence<'_>> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        for span in spans(line) {
            let sentence = line.get(span.clone()).unwrap_or_default();
            out.push(Sentence {
                text: sentence,
                span: start + span.start..start + span.end,
                line: start..start + line.len(),
                line_text: line,
                facts: facts(&unstamped(sentence)),
                about: HashSet::new(),
            });
        }
        start += line.len() + 1;
    }
    out
}

impl Sentence<'_> {
    /// What is said, without who wrote it when.
    pub(super) fn said(&self) -> &str {
        let start = STAMP.find(self.text).map_or(0, |stamp| stamp.end());
        self.text.get(start..).unwrap_or_default()
    }
}

/// A text taken as one sentence.
pub(super) fn whole(text: &str) -> Sentence<'_> {
    Sentence {
        text,
        span: 0..text.len(),
        line: 0..text.len(),
        line_text: text,
        facts: facts(&unstamped(text)),
        about: HashSet::new(),
    }
}

// How somebody was told, and when: « (appel du 14) », « (vu avec Ada le 3) ».
words!(
    TOLD_BY,
    r"(?i)\((?:appel\w*|mail|courriel|message|sms|texto|coup\s+de\s+(?:fil|t[ée]l)\w*|t[ée]l\w*|vu|relu|relecture|dit|pr[ée]cis\w*|confirm\w*|re[çc]u)\b[^()]*\)"
);

/// The sentence with spaces in the place of who wrote or told it when.
fn unstamped(text: &str) -> String {
    let mut out = match STAMP.find(text) {
        Some(stamp) => " ".repeat(stamp.end()) + text.get(stamp.end()..).unwrap_or_default(),
        None => text.to_owned(),
    };
    for told in TOLD_BY.find_iter(text) {
        out.replace_range(told.range(), &" ".repeat(told.len()));
    }
    out
}

/// Where the sentences of a line stand in it.
fn spans(line: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut start = 0;
    let ends = END.find_iter(line).filter(|end| ends(line, end.start(), end.end()));
    for end in ends.map(|end| end.end()).chain([line.len()]) {
        let text = line.get(start..end).unwrap_or_default();
        let lead = text.len() - text.trim_start().len();
        let span = start + lead..start + text.trim_end().len();
        start = end;
        if span.start >= span.end {
            continue;
        }
        let joined = out.last_mut().filter(|before| {
            let before = line.get(before.start..before.end).unwrap_or_default();
            GOES_ON.is_match(text.trim_start()) || points(before)
        });
        match joined {
            Some(before) => before.end = span.end,
            None => out.push(span),
        }
    }
    out
}

/// Whether a sentence only names what the next one speaks of.
fn points(text: &str) -> bool {
    POINTS.is_match(text) && text.split_whitespace().count() <= 5 && facts(text).is_empty()
}

/// Whether a full stop ends a sentence: an abbreviation or a number does not.
fn ends(line: &str, stop: usize, next: usize) -> bool {
    let (before, after) =
        (line.get(..stop).unwrap_or_default(), line.get(next..).unwrap_or_default());
    // « !! Ada » only calls out.
    if !before.contains(char::is_alphanumeric) {
        return false;
    }
    if ENTRY.is_match(after) {
        return true;
    }
    if !after.starts_with(char::is_uppercase) {
        return false;
    }
    if !line.get(stop..).is_some_and(|rest| rest.starts_with('.')) {
        return true;
    }
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let letters = word.chars().count();
    word.is_empty()
        || word.ends_with(|c: char| c.is_ascii_digit())
        || letters >= 3 && french::is_word(&word.to_lowercase())
        || letters >= 7
        || letters >= 5 && word.starts_with(char::is_uppercase)
}

/// Beginnings of the words that say what a text is about: four letters or more, no weekday, no
/// month, no small word.
pub(super) fn about(text: &str) -> HashSet<String> {
    const IDLE: [&str; 61] = [
        "avant",
        "apres",
        "pour",
        "avec",
        "sans",
        "dans",
        "sera",
        "etait",
        "mais",
        "plus",
        "tous",
        "tout",
        "leur",
        "cest",
        "depuis",
        "dernier",
        "heure",
        "horaire",
        "jour",
        "date",
        "euro",
        "maximum",
        "finalement",
        "final",
        "fait",
        "attend",
        "pardon",
        "correction",
        "rectif",
        "rectificatif",
        "erratum",
        "errata",
        "corrige",
        "corriger",
        "changement",
        "change",
        "modif",
        "erreur",
        "trompe",
        "ecrit",
        "note",
        "avais",
        "suis",
        "maintenant",
        "passe",
        "passee",
        "nouveau",
        "nouvelle",
        "nouveaux",
        "mail",
        "inverse",
        "rappelle",
        "chiffre",
        "point",
        "jusqu",
        "donc",
        "soit",
        "partir",
        "bien",
        "elle",
        "dit",
    ];
    fold(text)
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() > 3)
        .map(|word| word.trim_end_matches(['s', 'x']))
        .filter(|word| !IDLE.contains(word) && !is_calendar(word))
        .map(|word| word.chars().take(6).collect())
        .collect()
}

/// Whether a folded word is a weekday or a month.
fn is_calendar(word: &str) -> bool {
    static NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let weekdays = Weekday::Monday.cycle_forward().take(7).map(weekday_name);
        weekdays.chain((1..=12).map(month_name)).map(fold).collect()
    });
    NAMES.contains(word) || NAMES.contains(&format!("{word}s"))
}
