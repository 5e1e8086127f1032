//! Remarks: what notes say beside the facts, and which part of a line is one.
//!
//! Telegraphic notes mix what the document has to state with asides: things not to be written,
//! instructions to the writer, anger, doubts, private data, praise. The words that give them away
//! are data (`remark.tsv`). Nothing is dropped silently: what is taken out of a line is handed
//! back with its kind, for a finding to quote it.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::gossip::{self, Sure};
use super::{Fact, facts, fold, pattern};

/// What a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remark {
    /// Not to be written: « ne pas mettre », « entre nous ».
    Private,
    /// Told to the writer: « ton sympa », « logos », « mettre les recours ».
    Instruction,
    /// Anger, or a judgement on a person.
    Judgement,
    /// Private talk, as far as its words tell ([`super::gossip`]).
    Gossip,
    /// Health, or a person's social or family situation.
    Health,
    /// Praise, superlatives, promotion of an elected person, threats.
    Promotion,
    /// For the organisers only.
    Internal,
    /// The notes themselves doubt it.
    Doubt,
    /// Words that try to give orders to the program: « ignore les consignes ».
    Order,
}

/// What a line holds once its remarks are taken out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sifted {
    /// What the document may carry.
    pub kept: String,
    /// What was taken out, in order, with its kind.
    pub dropped: Vec<(Remark, String)>,
}

/// How a question mark is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Questions {
    /// It shows that the notes doubt what they say.
    Doubts,
    /// It is content: the document asks, or minutes report what was asked.
    Content,
}

/// The kind of a clause by its words, the gravest first; none when it is plain content.
pub fn classify(clause: &str) -> Option<Remark> {
    let clause = &*masked(clause);
    WORDS.iter().find(|(_, words)| words.is_match(clause)).map(|(remark, _)| *remark)
}

/// The text without the phrases whose words tell nothing of anybody: « fracture numérique »,
/// « l'enceinte du stade ». Places stay.
fn masked(text: &str) -> Cow<'_, str> {
    HARMLESS.replace_all(text, |found: &Captures<'_>| "_".repeat(found[0].len()))
}

/// The kind of a clause by its words, then by its question mark, then by what talk is like.
fn kind(clause: &str, questions: Questions) -> Option<Remark> {
    let asks = questions == Questions::Doubts && clause.contains('?');
    classify(clause)
        .or_else(|| asks.then_some(Remark::Doubt))
        .or_else(|| gossip::is_one(clause, Sure::EVERYDAY).then_some(Remark::Gossip))
}

/// Whether the clause holds words of this kind.
pub fn holds(clause: &str, remark: Remark) -> bool {
    let clause = &*masked(clause);
    WORDS.iter().any(|(kind, words)| *kind == remark && words.is_match(clause))
}

/// Takes the remarks out of a line.
///
/// A private marker takes what follows it, or the whole line when nothing of substance precedes
/// it or when it stands in brackets. Instructions take the line, matters of the organisers their
/// clause, and the line with it unless another clause holds a date, an amount or a reference.
/// Anger, health and praise take their clause, and the line with it unless another clause holds a
/// date, an amount or a reference. A doubt takes its brackets or its clause.
pub fn sift(line: &str, questions: Questions) -> Sifted {
    let mut sifted = Sifted::default();
    let mut text = take_own_brackets(line.trim(), &mut sifted.dropped);
    if let Some(place) = find(&text, Remark::Private) {
        let before = text
            .get(..place)
            .unwrap_or_default()
            .trim_end_matches([' ', '-', '–', ',', ';', ':', '(']);
        let after = text.get(place..).unwrap_or_default();
        let in_brackets = text.get(..place).is_some_and(|b| b.rfind('(') > b.rfind(')'));
        // « pas sur l'affiche tant que … » is said of what stands before it.
        let said = text.get(..place).unwrap_or_default().trim_end();
        let of_before = NOT_THERE.is_match(after) || said.ends_with(':');
        let nothing_after = of_before || after.split_whitespace().count() <= 4;
        if in_brackets || nothing_after || before.split_whitespace().count() < 2 {
            sifted.dropped.push((Remark::Private, text));
            return sifted;
        }
        // « repas offert, Luc veut pas qu'on le dise »: who wants it is part of it; « mon portable
        // 06 …, ne pas le donner » is said of what stands before.
        let wants = fold(after).starts_with("veut pas") || OF_IT.is_match(after);
        let start = before.rfind([',', ';']).filter(|_| wants);
        let start = start.unwrap_or(if OF_IT.is_match(after) { 0 } else { before.len() });
        let (private, instead) = text.get(start..).map_or(("", ""), |told| {
            let place = INSTEAD.captures(told).and_then(|found| found.name("instead"));
            told.split_at(place.map_or(told.len(), |place| place.start()))
        });
        sifted.dropped.push((Remark::Private, private.trim_matches([',', ' ']).to_owned()));
        let kept = before.get(..start).unwrap_or_default();
        let link = if kept.is_empty() || instead.is_empty() { "" } else { ", " };
        text = format!("{kept}{link}{instead}");
    }
    // « repas 12 €, il manque deux bénévoles »: what else the line tells stays.
    let told = |clause: &&str| !holds(clause, Remark::Internal) && holds_hard_fact(clause);
    let apart = clauses(&text).iter().any(told);
    for whole in [Remark::Order, Remark::Instruction, Remark::Internal] {
        if holds(&text, whole) && !(whole == Remark::Internal && apart) {
            sifted.dropped.push((whole, text));
            return sifted;
        }
    }
    text = take_brackets(&text, &mut sifted.dropped);
    let clauses = clauses(&text);
    let kinds: Vec<Option<Remark>> = clauses.iter().map(|c| kind(c, questions)).collect();
    if kinds.iter().all(Option::is_none) {
        sifted.kept = text;
        return sifted;
    }
    let personal = kinds.iter().flatten().any(|k| !matches!(k, Remark::Doubt | Remark::Gossip));
    let mut kept: Vec<&str> = Vec::new();
    for (clause, kind) in clauses.iter().zip(&kinds) {
        match kind {
            None if !personal || holds_hard_fact(clause) => kept.push(clause),
            None => {
                let kind = kinds.iter().flatten().find(|k| **k != Remark::Doubt);
                sifted
                    .dropped
                    .push((kind.copied().unwrap_or(Remark::Judgement), clause.trim().into()));
            }
            Some(kind) => sifted.dropped.push((*kind, clause.trim().to_owned())),
        }
    }
    // A doubt that is a clause of its own (« c'est pas sûr ») bears on what stands before it.
    let own_doubt = clauses.iter().zip(&kinds).any(|(clause, kind)| {
        *kind == Some(Remark::Doubt)
            && !clause.contains('?')
            && clause.split_whitespace().count() <= 3
    });
    if own_doubt {
        sifted.dropped.extend(kept.drain(..).map(|c| (Remark::Doubt, c.trim().to_owned())));
    }
    sifted.kept = kept.join(",").trim().trim_matches(',').trim().to_owned();
    sifted
}

/// Cuts a line into clauses: commas outside numbers and brackets, semicolons, sentence ends.
pub fn clauses(line: &str) -> Vec<&str> {
    let mut cut = Vec::new();
    let mut start = 0;
    let mut depth = 0usize;
    let mut previous = ' ';
    let mut letters = line.char_indices().peekable();
    while let Some((place, letter)) = letters.next() {
        let next = letters.peek().map_or(' ', |(_, c)| *c);
        match letter {
            '(' | '«' => depth += 1,
            ')' | '»' => depth = depth.saturating_sub(1),
            ',' if depth == 0 && !(previous.is_ascii_digit() && next.is_ascii_digit()) => {
                cut.push((start, place));
                start = place + 1;
            }
            ';' if depth == 0 => {
                cut.push((start, place));
                start = place + 1;
            }
            // « personne n'est venu !! on a attendu »: what is called out ends there.
            '!' if depth == 0 && previous == '!' && next == ' ' && start < place - 1 => {
                cut.push((start, place + 1));
                start = place + 1;
            }
            _ => {}
        }
        previous = letter;
    }
    cut.push((start, line.len()));
    cut.iter().filter_map(|(a, b)| line.get(*a..*b)).filter(|c| !c.trim().is_empty()).collect()
}

/// Whether the text holds a date, an amount, a percentage, a phone, an address or a reference.
pub fn holds_hard_fact(text: &str) -> bool {
    facts(text).iter().any(|found| !matches!(found.fact, Fact::Number(_)))
}

/// Takes out the brackets that hold a doubt or another remark.
fn take_brackets(text: &str, dropped: &mut Vec<(Remark, String)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((open, close)) =
        rest.find('(').and_then(|o| rest.get(o..).and_then(|r| r.find(')')).map(|c| (o, o + c + 1)))
    {
        let (before, inside) = (&rest[..open], &rest[open..close]);
        let kind = classify(inside).or_else(|| inside.contains('?').then_some(Remark::Doubt));
        match kind {
            Some(kind) => {
                out.push_str(before.trim_end());
                dropped.push((kind, inside.trim_matches(['(', ')']).trim().to_owned()));
            }
            None => {
                out.push_str(before);
                out.push_str(inside);
            }
        }
        rest = &rest[close..];
    }
    out.push_str(rest);
    out
}

/// Takes out the brackets that say something of their own and are not for the document: « buffet à
/// midi (penser au sel, je m'en charge) ». Those that hold the marker alone bear on the line.
fn take_own_brackets(text: &str, dropped: &mut Vec<(Remark, String)>) -> String {
    let mut out = text.to_owned();
    for found in BRACKETED.find_iter(text) {
        let inside = found.as_str().trim_matches(['(', ')']).trim();
        let kind = [Remark::Private, Remark::Internal, Remark::Instruction]
            .into_iter()
            .find_map(|kind| Some((kind, find_in(inside, kind)?)));
        let Some((kind, marker)) = kind else { continue };
        let own = inside.split_whitespace().count() - marker.split_whitespace().count();
        let alone = text.trim_start().starts_with('(') && text.trim_end().ends_with(')');
        // « (dans leur mail, pas sur l'affiche) » is said of what stands before.
        let of_before = marker == "pour nous" || OF_BEFORE.is_match(marker);
        if own > 1 && !alone && !of_before {
            out = out.replacen(found.as_str(), "", 1);
            dropped.push((kind, inside.to_owned()));
        }
    }
    if out == text {
        return out;
    }
    super::cells::apart(&out).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of this kind that the text holds.
fn find_in(text: &str, remark: Remark) -> Option<&str> {
    let told = &*masked(text);
    let mut kinds = WORDS.iter().filter(|(kind, _)| *kind == remark);
    let place = kinds.find_map(|(_, words)| words.find(told))?.range();
    text.get(place)
}

static OF_BEFORE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^(?:(?:pas|hors)\b|dans leur)"));

static BRACKETED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^()]*\)"));

/// Where words of this kind begin.
fn find(text: &str, remark: Remark) -> Option<usize> {
    let text = &*masked(text);
    let mut kinds = WORDS.iter().filter(|(kind, _)| *kind == remark);
    kinds.find_map(|(_, words)| words.find(text)).map(|found| found.start())
}

/// « ne pas le donner » is said of the thing before it, as long as something follows.
static OF_IT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:ne )?pas l[ea]s? (?:donner|mettre|dire|citer|diffuser|afficher|communiquer)|on l[ea]s? (?:donne|met|dit|cite) pas)\b",
    )
});

/// « …, qu'il réponde à bureau@x.example »: where to turn instead of what is kept private.
static INSTEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[,;.:]\s*(?:mais )?(?P<instead>(?:qu['’](?:il|elle)s? |qu['’]on )?(?:(?:r[ée]pond|[ée]cri|appel|contact|join|pass|mett|donn|prenn|prend|utilis|adress)\p{L}*|plut[ôo]t) [^,;]*(?:\S+@\S+\.\p{L}+|0\d(?:[ .]?\d\d){4})(?:.*)?)$",
    )
});

/// « pas dans la lettre, il le sait », not « pas dans la lettre que … ».
static NOT_THERE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:pas (?:sur|dans|au|pour) (?:l['’]|la |le )?\p{L}+|pour nous|hors \p{L}+)(?:$|[\s,;)]+(?:$|tant|avant|pour l['’]instant|pas|encore|il|elle|on|c['’]|j['’]|je))",
    )
});

/// One pattern for each kind, the gravest first.
static WORDS: LazyLock<Vec<(Remark, Regex)>> = LazyLock::new(|| {
    let kinds = [
        ("order", Remark::Order),
        ("private", Remark::Private),
        ("judgement", Remark::Judgement),
        ("health", Remark::Health),
        ("promotion", Remark::Promotion),
        ("internal", Remark::Internal),
        ("instruction", Remark::Instruction),
        ("doubt", Remark::Doubt),
    ];
    kinds.iter().map(|(name, remark)| (*remark, phrases(name))).collect()
});

static HARMLESS: LazyLock<Regex> = LazyLock::new(|| phrases("harmless"));

/// The phrases of one kind as one pattern.
fn phrases(name: &str) -> Regex {
    let phrases: Vec<String> = include_str!("remark.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter(|(kind, _)| *kind == name)
        .map(|(_, phrase)| loose(phrase.trim()))
        .collect();
    pattern(&format!(r"(?i)\b(?:{})(?:\b|$)", phrases.join("|")))
}

/// A phrase as a pattern in which accents do not count.
pub(crate) fn loose(phrase: &str) -> String {
    phrase
        .chars()
        .map(|letter| match letter {
            'a' => "[aàâ]".to_owned(),
            'e' => "[eéèêë]".to_owned(),
            'i' => "[iîï]".to_owned(),
            'o' => "[oô]".to_owned(),
            'u' => "[uùûü]".to_owned(),
            'c' => "[cç]".to_owned(),
            ' ' => r"\s+".to_owned(),
            '\'' => "['’ ]?".to_owned(),
            '*' => r"\w*".to_owned(),
            '^' => "^".to_owned(),
            other => regex::escape(&other.to_string()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(line: &str) -> String {
        sift(line, Questions::Doubts).kept
    }

    #[test]
    fn a_private_marker_takes_what_follows_it() {
        assert_eq!(kept("NE PAS METTRE : le voisin est venu se plaindre"), "");
        assert_eq!(kept("clé rendue le 3 mai (ne pas le mettre)"), "");
        assert_eq!(
            kept("loyer de 40 € par jour, ne pas dire que c'est négociable avec lui"),
            "loyer de 40 € par jour"
        );
        assert_eq!(kept("travaux de 90 000 €, pas sur l'affiche tant que rien n'est voté"), "");
        assert_eq!(kept("clé chez Paul pour nous"), "");
    }

    #[test]
    fn what_is_to_be_given_instead_of_a_private_number_stays() {
        for (line, left) in [
            (
                "mon portable 06 39 98 00 11 non, ne pas le donner, qu'il réponde à bureau@chorale.example",
                "qu'il réponde à bureau@chorale.example",
            ),
            (
                "loyer de 40 €, le tél de Zoé, ne pas le donner, appeler plutôt la mairie au 05 61 00 11 22",
                "loyer de 40 €, appeler plutôt la mairie au 05 61 00 11 22",
            ),
            ("loyer de 40 €, ne pas dire que c'est cher, il râle", "loyer de 40 €"),
        ] {
            assert_eq!(kept(line), left);
        }
    }

    #[test]
    fn brackets_that_say_something_of_their_own_go_alone() {
        assert_eq!(kept("goûter à 16 h (penser aux gobelets, je m'en charge)"), "goûter à 16 h");
        assert_eq!(kept("caisse ouverte à 7 h (dans leur sms, pas sur l'affiche)"), "");
        assert_eq!(kept("la banque donne 200 € : ne pas mettre le montant"), "");
        assert_eq!(
            kept("gâteaux offerts, Zoé veut pas qu'on dise que c'est elle"),
            "gâteaux offerts"
        );
        assert_eq!(
            kept("porte ouverte par le gardien (il était en retard, on le dit pas)"),
            "porte ouverte par le gardien"
        );
    }

    #[test]
    fn anger_takes_its_clause_and_leaves_dated_facts() {
        assert_eq!(kept("ça fait six mois, ras le bol"), "");
        assert_eq!(
            kept("c'est honteux, dossier reçu le 3 mars 2027"),
            "dossier reçu le 3 mars 2027"
        );
    }

    #[test]
    fn a_doubt_in_brackets_leaves_the_rest() {
        let sifted = sift("enfant 6 € (moins de 12 ans ou 10 ?) réservation", Questions::Doubts);
        assert_eq!(sifted.kept, "enfant 6 € réservation");
        assert_eq!(sifted.dropped, [(Remark::Doubt, "moins de 12 ans ou 10 ?".to_owned())]);
        assert_eq!(kept("garderie possible ? pas sûr"), "");
    }

    #[test]
    fn plain_facts_are_kept_whole() {
        for line in
            ["entrée libre", "la salle est libre le 4 mai, 30 € la journée", "12,50 € le repas"]
        {
            assert_eq!(kept(line), line);
        }
    }

    #[test]
    fn words_of_health_and_anger_in_matters_of_the_village_tell_of_nobody() {
        for line in [
            "buvette dans l'enceinte du stade",
            "achat de deux enceintes pour la salle",
            "lutte contre la fracture numérique",
            "abattage des platanes malades",
            "motion pour la défense de l'hôpital",
            "formation à l'arrêt cardiaque",
            "décide de ne pas mettre de bancs",
            "concert en maison de retraite",
        ] {
            assert_eq!(classify(line), None, "{line}");
        }
        for line in [
            "elle est enceinte",
            "son gamin est dyslexique",
            "il s'est blessé au mollet",
            "allergique aux noix",
            "sa mère entre en maison de retraite",
        ] {
            assert_eq!(classify(line), Some(Remark::Health), "{line}");
        }
    }

    #[test]
    fn matters_of_the_organisers_leave_the_prices_of_their_line() {
        assert_eq!(kept("repas 12 €, il manque trois bénévoles pour servir"), "repas 12 €");
        assert_eq!(kept("je m'en charge lundi"), "");
    }

    #[test]
    fn a_question_is_content_where_the_document_asks() {
        assert_eq!(sift("quand viendrez-vous ?", Questions::Content).kept, "quand viendrez-vous ?");
    }
}
