//! Items of a meeting from the sections of its notes: titles, clauses, votes, closed sessions,
//! members who do not vote, corrections.

use std::sync::LazyLock;

use regex::Regex;

use super::record::{ClosedSession, Item, Meeting, Vote};
use super::structure::{Entry, Piece, Section, Structure, match_entry};
use super::vote;
use crate::finding::{Finding, FindingKind};
use crate::office::Office;
use crate::reading::name::Roster;
use crate::reading::remark::{self, Remark};
use crate::reading::{Fact, abbreviation, expand_facts, expand_facts_near, facts, fold, pattern};
use crate::task::{aside, wording};

static MISCELLANEOUS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\bqd\b|\bquestions?\s+div\w*|^\s*divers\b|\binfos?\s+divers\w*")
});
static CLOSED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bhuis[\s-]clos\b"));
static PUBLIC_BALLOT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:vote|scrutin)\s+public\b|\bappel\s+nominal\b"));
static NOT_VOTING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bsort(?:i|ie)?\b|\bquitte\b|\bse\s+retire\b|\bs['’]est\s+retir|\b(?:ne\s+)?(?:vote|prend|participe)\s+pas\b|\bpas\s+(?:pris\s+)?part\b|\bd[ée]port",
    )
});
static PUBLIC_LEAVES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bpublic\s+(?:sort\w*|quitte\w*|parti?\w*|est\s+sorti)"));
static PUBLIC_BACK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\bpublic\s+(?:revient\w*|rentre\w*|de\s+retour|est\s+revenu)|\breprise\b")
});
static ASKED_BY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bdemand[ée]e?\s+par\s+([^,;.]+)"));
static MAYOR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:mme|madame|m\.|mr\.?|monsieur)\s+l[ea]\s+maire\b"));
/// « 3,85 … pas 3,80 », « 3,85 au lieu de 3,80 », « 22h40 et non 22h30 ».
static REPLACED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(\d+(?:[.,]\d+)?(?:\s*h\s*\d{0,2})?)\s*(?:€|%)?[^\d;]{0,60}?\b(?:pas|et\s+non(?:\s+pas)?|au\s+lieu\s+de|non\s+pas)\s+(?:de\s+|à\s+)?(\d+(?:[.,]\d+)?(?:\s*h\s*\d{0,2})?)",
    )
});

static CIVILITY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:Mmes?|MM?\.|M|Mr|Mlle|Madame|Monsieur)\s+"));

/// What items are read with.
pub struct Reader<'a> {
    /// The office sheet.
    pub office: &'a Office,
    /// Members by name.
    pub roster: &'a Roster,
    /// The date of the notes, near which dates without a year are.
    pub date: Option<jiff::civil::Date>,
}

/// The items of all sections, in the order of the agenda; entries that no section treats come
/// without clauses.
pub fn read(
    structure: &Structure<'_>,
    reader: &Reader<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (treated, section) in structure.sections.iter().enumerate() {
        let item = reader.item(section, treated, &structure.agenda, findings);
        match items.iter_mut().find(|i| i.number.is_some() && i.number == item.number) {
            Some(earlier) => {
                earlier.clauses.extend(item.clauses);
                match (&mut earlier.vote, item.vote) {
                    (Some(vote), Some(other)) => vote::merge(vote, other),
                    (none @ None, other) => *none = other,
                    (Some(_), None) => {}
                }
            }
            None => items.push(item),
        }
    }
    for entry in &structure.agenda {
        if !items.iter().any(|i| i.number == Some(entry.number)) {
            items.push(Item {
                number: Some(entry.number),
                title: title(&entry.title),
                treated: usize::MAX,
                miscellaneous: MISCELLANEOUS.is_match(&entry.title),
                ..Item::default()
            });
        }
    }
    // Sections that no agenda entry claims keep their place after the last numbered one.
    items.sort_by_key(|item| (item.number.unwrap_or(u32::MAX), item.treated));
    items
}

impl Reader<'_> {
    fn item(
        &self,
        section: &Section<'_>,
        treated: usize,
        agenda: &[Entry],
        findings: &mut Vec<Finding>,
    ) -> Item {
        let number = section.number.or_else(|| match_entry(&section.heading, agenda));
        let entry = agenda.iter().find(|e| Some(e.number) == number);
        let heading = entry.map_or(section.heading.as_str(), |e| e.title.as_str());
        let start = section.lines.first().map_or(0, |p| p.span.start);
        let end = section.lines.last().map_or(start, |p| p.span.end);
        let mut item = Item {
            number,
            title: title(heading),
            treated,
            miscellaneous: MISCELLANEOUS.is_match(heading)
                || MISCELLANEOUS.is_match(&section.heading),
            span: start..end,
            ..Item::default()
        };
        // « fête du village samedi 20 juin 2026 : … »: a heading may hold facts that the title of
        // the agenda does not.
        let expanded = expand_facts(heading);
        let written = expand_facts(&section.heading);
        let untold = facts(&written)
            .into_iter()
            .any(|f| written.get(f.span).is_some_and(|fact| !expanded.contains(fact)));
        if untold && section.lines.first().is_none_or(|p| !p.text.starts_with(&section.heading)) {
            item.clauses.push(self.with_names(&section.heading));
        }
        // « chemin des fontaines (Estravel) »: a member in brackets presents the item.
        if let Some((_, rest)) = section.heading.split_once('(')
            && let Some((member, _)) = self.roster.mentions(rest).first()
        {
            item.clauses.push(format!("{} présente le dossier", self.roster.full_name(*member)));
        }
        if CLOSED.is_match(&section.heading)
            || section.lines.iter().any(|p| CLOSED.is_match(p.text))
        {
            item.closed_session = Some(ClosedSession::default());
        }
        for piece in &section.lines {
            self.line(piece, &mut item, findings);
        }
        item
    }

    /// One line of a section: its vote, its procedure, what remains as clauses.
    fn line(&self, piece: &Piece<'_>, item: &mut Item, findings: &mut Vec<Finding>) {
        let mut text = piece.text.to_owned();
        if PUBLIC_BALLOT.is_match(&text) {
            item.public_ballot = true;
        }
        if self.procedure(&text, item) {
            return;
        }
        if let Some((mut vote, span)) = vote::find(&text, self.roster) {
            vote.span = piece.span.start + span.start..piece.span.start + span.end;
            text = vote::without(&text, &span);
            match &mut item.vote {
                Some(earlier) => vote::merge(earlier, vote),
                None => item.vote = Some(vote),
            }
        }
        for clause in clauses(&text) {
            self.clause(clause, piece, item, findings);
        }
    }

    /// Closed sessions: who asked, when the public left and came back. Answers whether the whole
    /// line was about that.
    fn procedure(&self, text: &str, item: &mut Item) -> bool {
        let Some(session) = &mut item.closed_session else { return false };
        let hour_after = |at: usize| {
            facts(&text[at..]).into_iter().find_map(|f| match f.fact {
                Fact::Hour(hour) => Some(hour.to_french()),
                _ => None,
            })
        };
        if let Some(found) = PUBLIC_LEAVES.find(text) {
            session.public_left = hour_after(found.end());
        }
        if let Some(found) = PUBLIC_BACK.find(text) {
            session.public_back = hour_after(found.end());
        }
        if !CLOSED.is_match(text) {
            return false;
        }
        if let Some(who) = ASKED_BY.captures(text).and_then(|f| f.get(1)) {
            session.requested_by = Some(self.with_titles(who.as_str().trim()));
        }
        session.unanimous = fold(text).contains("unanim");
        true
    }

    /// Puts one clause into the item, unless it is no matter for minutes.
    pub(super) fn clause(
        &self,
        clause: &str,
        piece: &Piece<'_>,
        item: &mut Item,
        findings: &mut Vec<Finding>,
    ) {
        let procedure = item.closed_session.is_some()
            && (PUBLIC_LEAVES.is_match(clause) || PUBLIC_BACK.is_match(clause));
        if procedure || is_filler(clause) {
            return;
        }
        let clause = &self.without_remarks(clause, piece, findings);
        if NOT_VOTING.is_match(clause) {
            for (member, _) in self.roster.mentions(clause) {
                let name = self.roster.full_name(member).to_owned();
                if !item.not_voting.contains(&name) {
                    item.not_voting.push(name);
                }
            }
        }
        let mut text = with_changes(&self.with_names(&self.with_titles(clause)));
        if item.closed_session.is_some() {
            text = self.masked(&text, piece, findings);
        }
        if let Some(date) = self.date {
            text = expand_facts_near(&text, date);
        }
        if text.split_whitespace().next().is_some() {
            item.clauses.push(text);
        }
    }

    /// The clause without the remarks that minutes do not carry, each quoted in a finding: what is
    /// not to be printed, anger, health. Brackets that hold none stay.
    fn without_remarks(
        &self,
        clause: &str,
        piece: &Piece<'_>,
        findings: &mut Vec<Finding>,
    ) -> String {
        static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*\([^()]*\)"));
        let unfit = |text: &str| {
            remark::classify(text)
                .filter(|r| matches!(r, Remark::Private | Remark::Judgement | Remark::Health))
        };
        if let Some(Remark::Private) = unfit(clause) {
            findings.push(aside::finding(Remark::Private, clause, piece.span.clone()));
            return String::new();
        }
        // Health in a clause makes all of it private: who is ill is as private as the illness.
        let private = BRACKETS
            .find_iter(clause)
            .any(|b| remark::classify(b.as_str()) == Some(Remark::Health));
        if private && !remark::holds_hard_fact(clause) {
            findings.push(aside::finding(Remark::Health, clause, piece.span.clone()));
            return String::new();
        }
        let mut kept = Vec::new();
        let mut dropped = false;
        for part in remark::clauses(clause) {
            if unfit(part).is_none() {
                kept.push(part.to_owned());
                continue;
            }
            let bare = BRACKETS.replace_all(part, "");
            let brackets = BRACKETS.find_iter(part).filter(|b| {
                let remark = unfit(b.as_str());
                if let Some(remark) = remark {
                    findings.push(aside::finding(remark, b.as_str(), piece.span.clone()));
                }
                remark.is_none()
            });
            let brackets: String = brackets.map(|b| b.as_str()).collect();
            match unfit(&bare) {
                Some(remark) => {
                    dropped = true;
                    findings.push(aside::finding(remark, &bare, piece.span.clone()));
                    kept.push(brackets);
                }
                None => kept.push(format!("{}{brackets}", bare.trim_end())),
            }
        }
        let text = kept.into_iter().filter(|k| !k.trim().is_empty()).collect::<Vec<_>>().join(",");
        let text = text.replace(", (", " (").trim().to_owned();
        // What is left of « Talmont : il exagère » is only who said it.
        let only_a_name = dropped
            && self
                .roster
                .mentions(&text)
                .first()
                .is_some_and(|(_, span)| !text[span.end..].chars().any(char::is_alphabetic));
        if only_a_name { String::new() } else { text }
    }

    /// « Mme le maire » as the office says it.
    fn with_titles(&self, text: &str) -> String {
        match &self.office.conseil.titre_maire {
            Some(title) => MAYOR.replace_all(text, title.as_str()).into_owned(),
            None => text.to_owned(),
        }
    }

    /// Members by their full name, as the office sheet spells it.
    pub fn with_names(&self, text: &str) -> String {
        let mut out = text.to_owned();
        let mut mentions = self.roster.mentions(text);
        mentions.sort_by_key(|(_, span)| span.start);
        for (member, span) in mentions.into_iter().rev() {
            let name = self.roster.full_name(member);
            // A civility that the notes give stays.
            let written = text.get(span.clone()).unwrap_or_default();
            let civility = CIVILITY.find(written).map_or("", |m| m.as_str());
            out.replace_range(span, &format!("{civility}{name}"));
        }
        out
    }

    /// The clause without what a closed session may not tell: people who are no members, and
    /// their addresses.
    fn masked(&self, text: &str, piece: &Piece<'_>, findings: &mut Vec<Finding>) -> String {
        static PERSON: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"\b(?:Mme|Mmes|M\.|MM\.|Mr|Mlle|Madame|Monsieur|famille)\s+(?:[A-ZÀ-Ý][\p{L}'’-]*\s?)+",
            )
        });
        static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)\b(?:(?:au|du|le)\s+)?\d{1,4}\s*(?:bis|ter)?,?\s+(?:rue|place|avenue|chemin|impasse|all[ée]e|route|boulevard|lotissement|r[ée]sidence)\b(?:\s+(?:d[eu]s?|de\s+la|la|le|l['’])?\s*[\p{L}'’-]+){1,3}",
            )
        });
        let members: Vec<String> = self
            .roster
            .names()
            .iter()
            .map(|m| fold(m))
            .chain(self.office.conseil.titre_maire.iter().map(|t| fold(t)))
            .collect();
        let mut hidden = 0;
        let text = PERSON.replace_all(text, |found: &regex::Captures<'_>| {
            let name = found.get(0).map_or("", |m| m.as_str());
            let words: Vec<String> =
                fold(name).split_whitespace().skip(1).map(str::to_owned).collect();
            if words.iter().any(|w| members.iter().any(|m| m.split_whitespace().any(|p| p == w))) {
                return name.to_owned();
            }
            hidden += 1;
            let space = if name.ends_with(' ') { " " } else { "" };
            format!("une personne{space}")
        });
        let text = ADDRESS.replace_all(&text, |_: &regex::Captures<'_>| {
            hidden += 1;
            String::new()
        });
        if hidden > 0 {
            findings.push(Finding::check(
                FindingKind::PersonalData,
                Some(piece.span.clone()),
                "Huis clos : nom ou adresse d’une personne extérieure au conseil masqués dans le document."
                    .to_owned(),
            ));
        }
        let text = text.replace(" ,", ",").replace(", une personne,", " d’une personne,");
        text.trim_matches([',', ' ']).to_owned()
    }
}

/// A change of value in words: « 22 -> 24 € » is « passage de 22 à 24 € », never a range.
fn with_changes(clause: &str) -> String {
    static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)(\bde\s+)?(\d+(?:[.,]\d+)?(?:\s*€)?)\s*(?:-->|->|=>|→)\s*(\d+(?:[.,]\d+)?)")
    });
    CHANGE
        .replace_all(clause, |found: &regex::Captures<'_>| {
            // « 97,85 -> 2207,45 » is a sum, not a change.
            let value =
                |text: &str| text.replace(',', ".").trim_end_matches([' ', '€']).parse::<f64>();
            let near = match (value(&found[2]), value(&found[3])) {
                (Ok(old), Ok(new)) => old < 3.0 * new && new < 3.0 * old,
                _ => false,
            };
            if !near {
                return found[0].to_owned();
            }
            let starts = found.get(0).is_some_and(|m| clause[..m.start()].trim().is_empty());
            let lead = if starts { "passage de " } else { "de " };
            format!("{lead}{} à {}", &found[2], &found[3])
        })
        .into_owned()
}

/// Words that close notes and say nothing: « fin », « ok », « RAS » is kept as an account.
fn is_filler(clause: &str) -> bool {
    matches!(fold(clause.trim()).as_str(), "fin" | "ok" | "fin de seance" | "voila" | "etc")
}

/// A heading or agenda entry as a title: abbreviations spelled out, a capital, no full stop.
pub(super) fn title(text: &str) -> String {
    let known = fold(text);
    let standard = STANDARD_TITLES.iter().find(|(words, _)| {
        words.iter().all(|word| known.split(|c: char| !c.is_alphanumeric()).any(|w| w == *word))
            && known.split_whitespace().count() <= words.len() + 1
    });
    if let Some((_, title)) = standard {
        return (*title).to_owned();
    }
    let bare = text.split(" (").next().unwrap_or(text);
    let bare = if MISCELLANEOUS.is_match(bare) { "Questions diverses" } else { bare };
    let spelled = expand_facts(&abbreviation::spell_out(bare.trim()));
    let spelled = spelled.trim_end_matches(['.', ':', ' ']);
    wording::capital(spelled)
}

/// Items that come back at every meeting: their words in notes, and their title.
const STANDARD_TITLES: [(&[&str], &str); 9] = [
    (&["decisions", "maire"], "Décisions du maire prises par délégation"),
    (&["rapport", "moral"], "Rapport moral"),
    (&["moral"], "Rapport moral"),
    (&["rapport", "activite"], "Rapport d’activité"),
    (&["activite"], "Rapport d’activité"),
    (&["rapport", "financier"], "Rapport financier"),
    (&["financier"], "Rapport financier"),
    (&["election", "ca"], "Élection au conseil d’administration"),
    (&["infos"], "Informations"),
];

/// The clauses of a line: cut at semicolons, spaced slashes, and full stops that end a sentence.
pub fn clauses(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    let bytes = text.as_bytes();
    let mut depth = 0_u32;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 {
            continue;
        }
        let spaced_after = bytes.get(at + 1).is_none_or(|b| *b == b' ');
        let cut = match c {
            ';' => true,
            '/' => spaced_after && at > 0 && bytes.get(at - 1) == Some(&b' '),
            '.' => spaced_after && ends_sentence(&text[..at]),
            _ => false,
        };
        if cut {
            cuts.push(at + 1);
        }
    }
    cuts.push(text.len());
    cuts.windows(2)
        .filter_map(|w| text.get(w[0]..w[1]))
        .map(|c| c.trim().trim_end_matches([';', '/', '.', ',']).trim())
        .filter(|c| c.chars().any(char::is_alphanumeric))
        .collect()
}

/// Whether a full stop after this text ends a sentence: not after an initial or an abbreviation.
fn ends_sentence(before: &str) -> bool {
    let last = before.split([' ', '(', '\'', '’']).next_back().unwrap_or_default();
    let letters = last.chars().filter(|c| c.is_alphabetic()).count();
    let digits = last.chars().any(|c| c.is_ascii_digit());
    let abbreviated =
        abbreviation::spelled(last).is_some() || ABBREVIATED.contains(&fold(last).as_str());
    (letters > 2 || digits || last.ends_with(')')) && !abbreviated
}

/// Words of three or four letters that a full stop shortens.
const ABBREVIATED: [&str; 18] = [
    "art", "exc", "etc", "abs", "env", "max", "min", "ref", "tel", "janv", "fev", "fevr", "avr",
    "juil", "sept", "oct", "nov", "dec",
];

/// Applies a correction that comes later in the notes: the new value takes the place of the old
/// one in every text of the record that holds it.
pub fn correct(piece: &Piece<'_>, meeting: &mut Meeting, findings: &mut Vec<Finding>) {
    let values = REPLACED
        .captures(piece.text)
        .and_then(|f| Some((expand_facts(f.get(1)?.as_str()), expand_facts(f.get(2)?.as_str()))));
    let mut applied = Vec::new();
    if let Some((new, old)) = &values
        && let Ok(whole) =
            Regex::new(&format!(r"(^|[^\d,.]){}($|[^\d,.]|[,.]\D|[,.]$)", regex::escape(old)))
    {
        let mut replace = |text: &mut String, place: &str| {
            let written = expand_facts(text);
            if whole.is_match(&written) {
                *text = whole.replace_all(&written, format!("${{1}}{new}${{2}}")).into_owned();
                applied.push(place.to_owned());
            }
        };
        for (field, place) in [
            (&mut meeting.opened, "ouverture"),
            (&mut meeting.closed, "fin de séance"),
            (&mut meeting.date, "date"),
            (&mut meeting.next_meeting, "prochaine réunion"),
        ] {
            if let Some(text) = field {
                replace(text, place);
            }
        }
        for item in &mut meeting.items {
            for clause in &mut item.clauses {
                replace(clause, &item.title);
            }
        }
    }
    applied.dedup();
    let message = match values {
        Some((new, old)) if !applied.is_empty() => format!(
            "Correction notée plus loin : {new} au lieu de {old} ({}). La dernière valeur est retenue : « {} »",
            applied.join(", "),
            piece.text
        ),
        _ => format!(
            "Correction à reporter vous-même, elle n’a pas pu être appliquée : « {} »",
            piece.text
        ),
    };
    findings.push(Finding::check(FindingKind::Correction, Some(piece.span.clone()), message));
}

/// Counts of a vote in the order in favour, against, abstentions.
pub fn counts(vote: &Vote) -> [u32; 3] {
    [vote.in_favour, vote.against, vote.abstentions].map(|c| c.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::minutes::record::Kind;

    #[test]
    fn lines_are_cut_into_clauses_where_a_sentence_ends() {
        let table: [(&str, &[&str]); 6] = [
            (
                "peur pour les jeunes. Talmont : rien vu",
                &["peur pour les jeunes", "Talmont : rien vu"],
            ),
            ("M. Talmont et C. Ostin présentent", &["M. Talmont et C. Ostin présentent"]),
            ("cotis 12 / subv 400 / tombola 3", &["cotis 12", "subv 400", "tombola 3"]),
            ("du 12/03 (voir p. 4. suite) ; fin", &["du 12/03 (voir p. 4. suite)", "fin"]),
            ("14h30. suite", &["14h30", "suite"]),
            ("ne vote pas. il revient", &["ne vote pas", "il revient"]),
        ];
        for (text, expected) in table {
            assert_eq!(clauses(text), expected, "{text}");
        }
    }

    #[test]
    fn a_change_of_value_is_no_range() {
        let table = [
            ("22 -> 24 €", "passage de 22 à 24 €"),
            ("prix passe de 3,60 -> 3,85", "prix passe de 3,60 à 3,85"),
            ("extérieurs 4,50 -> 4,75", "extérieurs de 4,50 à 4,75"),
            ("total -> 12", "total -> 12"),
            ("divers 97,85 -> 2207,45", "divers 97,85 -> 2207,45"),
        ];
        for (clause, expected) in table {
            assert_eq!(with_changes(clause), expected, "{clause}");
        }
    }

    #[test]
    fn a_later_correction_wins_and_is_flagged() {
        let mut meeting = Meeting::empty(Kind::Council);
        meeting.closed = Some("22 h 30".into());
        meeting.items = vec![Item {
            title: "Cantine".into(),
            clauses: vec!["le prix passe de 3,60 à 3,80, et 13,80 pour deux".into()],
            ..Item::default()
        }];
        let mut findings = Vec::new();
        for text in
            ["rectif : c'est 3,85 qu'on a voté pas 3,80", "correction : fin 22h40 et non 22h30"]
        {
            correct(&Piece { text, span: 0..text.len() }, &mut meeting, &mut findings);
        }
        let clauses = &meeting.items[0].clauses;
        assert_eq!(clauses, &["le prix passe de 3,60 à 3,85, et 13,80 pour deux"]);
        assert_eq!(meeting.closed.as_deref(), Some("22 h 40"));
        assert_eq!(findings[0].kind, FindingKind::Correction);
    }
}
