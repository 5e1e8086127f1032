//! From the notes of a poster to its record, by rule.
//!
//! A later line that corrects an earlier one wins. What is doubtful, promotional, internal or
//! told to the designer becomes a finding; what has no room on the page does too, in
//! [`super::draft`].

mod backstage;
mod corrections;
mod days;
mod fields;
mod head;
mod organiser;
mod sessions;
mod shape;
mod trim;

use jiff::civil::Date;

use self::corrections::{CORRECTION, OTHER_NUMBER};
use self::shape::proper;
use super::record::{BlockKind, Line, Poster};
use super::title;
use crate::finding::{Finding, FindingKind};
use crate::french;
use crate::notes::{Notes, Span};
use crate::office::Office;
use crate::reading::remark::{self, Questions, Remark};
use crate::reading::{PartialDate, words};
use crate::task::{aside, wording};

/// Reads the notes.
pub fn read(notes: &Notes, office: &Office) -> (Poster, Vec<Finding>) {
    let mut reader = Reader {
        office,
        poster: Poster::default(),
        findings: Vec::new(),
        reference: days::reference(notes.text()),
        named: None,
        sessions: Vec::new(),
        session_lines: Vec::new(),
        notes: notes.text(),
    };
    reader.poster.information = INFORMATION.is_match(notes.text());
    let lines: Vec<_> = notes
        .lines()
        .filter(|line| !line.text.trim().is_empty())
        .map(|line| (CHAT.replace(line.text, "").into_owned(), line.span()))
        .collect();
    reader.session_lines = sessions::runs(lines.get(1..).unwrap_or_default());
    for (index, (text, span)) in lines.into_iter().enumerate() {
        if index == 0 {
            reader.title(&text, span);
        } else {
            reader.line(text.trim(), span);
        }
    }
    reader.finish();
    (reader.poster, reader.findings)
}

struct Reader<'a> {
    office: &'a Office,
    poster: Poster,
    findings: Vec<Finding>,
    /// The first day that the notes say with its year.
    reference: Option<Date>,
    /// The organiser of the first line.
    named: Option<String>,
    /// The days that lines of their own tell, when the event has several.
    sessions: Vec<PartialDate>,
    /// Those lines.
    session_lines: Vec<Span>,
    notes: &'a str,
}

impl Reader<'_> {
    /// The first line: what the poster is for. Formats and words to the designer go.
    fn title(&mut self, line: &str, span: Span) {
        let head = head::read(&days::joined(&QUESTION.replace(line, "")));
        match head.title {
            Some(title) => {
                let title = self.accented_title(&title);
                let title = title::joined(&self.without_praise(&title, &span));
                self.poster.title = Some(proper(&wording::capital(&title)));
            }
            None => self.findings.push(Finding::check(
                FindingKind::Missing,
                Some(span.clone()),
                "À compléter : titre de l'affiche",
            )),
        }
        self.named = head.organiser;
        for piece in head.when {
            self.when(&piece, &span);
        }
        for piece in head.rest {
            self.findings.push(Finding::info(
                FindingKind::Unused,
                Some(span.clone()),
                format!("Première ligne, non repris sur l'affiche : « {piece} »"),
            ));
        }
    }

    /// The text with the accents that hurried typing leaves out, where the notes have none at all.
    fn accented(&self, text: &str) -> String {
        if self.has_accents() {
            return text.to_owned();
        }
        // The dictionary leaves capitals alone, as they may be those of a name.
        let first = text.chars().next().map_or(0, char::len_utf8);
        let (head, rest) = text.split_at(first);
        let restored = french::restored(&format!("{}{rest}", head.to_lowercase()));
        let restored = A_PREPOSITION.replace_all(&restored, "${before}à ${after}").into_owned();
        if head.chars().all(char::is_lowercase) { restored } else { wording::capital(&restored) }
    }

    /// The same for a title, in which « a » is no verb.
    fn accented_title(&self, text: &str) -> String {
        let text = self.accented(text);
        if self.has_accents() { text } else { text.replace(" a ", " à ") }
    }

    fn has_accents(&self) -> bool {
        self.notes.contains(['é', 'è', 'ê', 'à', 'ç'])
    }

    /// « titre : … », « sous-titre : … »: the title in a line of its own; what the first line says
    /// is then its kind. Whether the line was one.
    fn titled(&mut self, line: &str, span: &Span) -> bool {
        let Some(found) = TITLED.captures(line) else { return false };
        let text = self.accented_title(&wording::clean(found["title"].trim()));
        let text = wording::capital(&self.without_praise(&text, span));
        if found.name("under").is_some() {
            let line = Line { block: BlockKind::Programme, rank: 1, text, span: span.clone() };
            self.poster.lines.insert(0, line);
            return true;
        }
        let kind = self.poster.title.take().filter(|kind| KIND.is_match(kind));
        let kind = kind.as_deref().and_then(|kind| kind.split([' ', ':']).next());
        self.poster.title = Some(match kind {
            Some(kind) => format!("{kind} : {}", wording::small(&text)),
            None => text,
        });
        true
    }

    fn line(&mut self, line: &str, span: Span) {
        if self.titled(line, &span) {
            return;
        }
        let line = &*QUESTION.replace(line, "");
        let line = line.trim_start_matches(['-', '–', '•', '◦', '*', '=', '>', ' ']);
        let mut line = days::joined(line.trim_end_matches([',', ' ']));
        if CORRECTION.is_match(&line) && self.correct(&line, &span) {
            return;
        }
        if let Some(number) = OTHER_NUMBER.captures(&line) {
            let number = number["number"].to_owned();
            if self.other_number(&number, &line, &span) {
                return;
            }
        }
        line = spoken(&line).to_owned();
        if NOT_TO_SAY.is_match(&line) {
            self.findings.push(aside::finding(Remark::Internal, &line, span));
            return;
        }
        let dear = backstage::emphasis(&mut line);
        line = backstage::without_order(&line).to_owned();
        line = self.order(&line, &span);
        line = SURE.replace_all(&line, "").into_owned();
        for (pattern, remark) in
            [(&CONSENT, Remark::Internal), (&PAST, Remark::Internal), (&ALTERNATIVE, Remark::Doubt)]
        {
            while let Some(found) = pattern.find(&line) {
                let text = found.as_str().trim_matches(['(', ')', ',', ' ']).to_owned();
                if remark == Remark::Doubt && WEATHER.is_match(&text) {
                    break;
                }
                self.findings.push(aside::finding(remark, &text, span.clone()));
                line.replace_range(found.range(), " ");
                line = line.replace(" ,", ",");
            }
        }
        if let Some(found) = AGE.find(&line.clone()) {
            self.findings.push(Finding::check(
                FindingKind::Uncertain,
                Some(span.clone()),
                format!(
                    "Âge à compléter, vos notes en doutent : « {} »",
                    found.as_str().trim_matches(['(', ')'])
                ),
            ));
            line = line.replacen(found.as_str(), "([À COMPLÉTER : âge]),", 1);
        }
        line = self.not_yet(&line, &span);
        line = self.reserve(&line, &span);
        if CANCELLED.is_match(&line) && !self.poster.information {
            self.findings.push(Finding::check(
                FindingKind::LeftOut,
                Some(span),
                format!("Annulé d'après vos notes, non imprimé : « {line} »"),
            ));
            return;
        }
        if PRINTED.is_match(&line) {
            self.poster.printed_in_house = IN_HOUSE.is_match(&line);
            return;
        }
        let sifted = remark::sift(&line, Questions::Doubts);
        let doubted = sifted
            .dropped
            .first()
            .is_some_and(|(kind, text)| *kind == Remark::Doubt && line.starts_with(text.as_str()));
        self.findings.extend(aside::findings(&sifted.dropped, &span));
        let (kept, backstage) = backstage::sift(&sifted.kept);
        self.findings.extend(aside::findings(&backstage, &span));
        // What follows a thing in doubt is about it: « château gonflable ? Luc demande le prix ».
        if doubted && !kept.is_empty() && !remark::holds_hard_fact(&kept) {
            self.findings.push(aside::finding(Remark::Doubt, &kept, span));
            return;
        }
        if kept.is_empty() {
            return;
        }
        let kept = self.brackets(&kept, &span);
        self.place_line(&kept, span, dear);
    }

    /// What no line says by itself: the organiser, and the hour when the programme alone has it.
    fn finish(&mut self) {
        self.days_of_sessions();
        if self.poster.organiser.is_none() {
            self.default_organiser();
        }
        if self.poster.place.is_none() {
            self.where_it_is();
        }
        if self.poster.hours.is_none() {
            self.poster.hours =
                self.poster.lines.iter().find_map(|line| shape::opening_hour(&line.text));
        }
    }
}

/// The line without the words by which speech goes on from one thing to the next: « et puis »,
/// « alors c'est au stade ».
fn spoken(line: &str) -> &str {
    let line = GOES_ON.find(line).map_or(line, |found| &line[found.end()..]);
    let Some(found) = IT_IS.find(line) else { return line };
    let rest = &line[found.end()..];
    if TIME_OR_PLACE.is_match(rest) { rest } else { line }
}

words!(
    A_PREPOSITION,
    r"(?P<before>^|[ ,(])a (?P<after>la |l['’]|partir|c[ôo]t[ée]|\d|\p{L}{2,}er\b)"
);
words!(TITLED, r"(?i)^\W*(?P<under>sous[- ])?titre\s*:\s*(?P<title>\S.*)$");
words!(
    KIND,
    r"(?i)^(?:conf[ée]rence|atelier|expo(?:sition)?|spectacle|concert|r[ée]union|film|projection|lecture|th[ée][âa]tre|stage|d[ée]bat|balade|visite)\b"
);
// « dire que … : non »
words!(NOT_TO_SAY, r"(?i)^(?:dire|mettre|[ée]crire|pr[ée]ciser|ajouter)\b[^:]*:\s*non\b");
words!(GOES_ON, r"(?i)^(?:(?:et (?:aussi|puis)|et|mais|alors|donc|bon|voil[àa]|ah|puis)\b[ ,:]*)+");
words!(IT_IS, r"(?i)^(?:[çc]a se passe|[çc]a aura lieu|c['’]?est|ce sera|on se retrouve) ");
words!(
    TIME_OR_PLACE,
    &format!(
        r"(?i)^(?:au |aux |[àa] (?:la |l['’]|\d)|dans |sur |devant |de \d|le \d|(?:le )?(?:{}))",
        crate::reading::date::weekdays_pattern()
    )
);
words!(
    SURE,
    r"(?i)\s*\((?:c['’]?est |tout est )?(?:sign[ée]e?|confirm[ée]e?|ok|bon|v[ée]rifi[ée]e?|valid[ée]e?|s[ûu]r)\)"
);
words!(
    INFORMATION,
    r"(?i)\br[ée]union (?:publique|d['’]information)\b|\benqu[êe]te publique\b|\bconcertation\b|^\W*(?:affiche )?avis\b|\b(?:coupure|route barr[ée]e|travaux)\b"
);
words!(CANCELLED, r"(?i)^[^,;]{3,40}?\s*:?\s+(?:est |sont )?annul[ée]e?s?\b");
words!(QUESTION, r"(?i)^\s*(?:quoi|titre|objet|quand|combien|comment|horaires?|heures?)\s*:\s*");
words!(
    CHAT,
    r"^\s*\[?\d{1,2}/\d{1,2}(?:/\d{2,4})?,? \d{1,2}[h:]\d{2}\]?\s*-?\s*\p{Lu}[\p{L} ]*? ?:\s*"
);
words!(
    CONSENT,
    r"(?i)\s*\([^)]*\b(?:ok|d['’]accord) (?:pour|pr|qu)\b[^)]*\)|\s*\([^)]*\ba(?:vait)? (?:dit|donn[ée]) (?:oui|ok|son accord|d['’]accord)\b[^)]*\)|\s*,?\s*\b(?:elle|il) (?:est|a dit) (?:ok|d['’]accord|oui) (?:pour|pr) (?:(?:qu['’]?on )?l[ea] |l['’])?(?:mett\w+|donn\w+|affich\w+)\b|\s*,?\s*\b(?:elle|il) (?:a )?dit que c['’]?est (?:bon|ok|d['’]accord)\b[^;()]*|\s*,?\s*\bon peut l[ea] (?:mettre|donner|afficher)\b|\s*,?\s*\b(?:elle|il|\p{L}+) (?:(?:est|a dit) )?(?:ok|d['’]accord|oui) (?:pour|pr) (?:qu['’]?|mettre|donner|son|le)[^,;()]*\b(?:num\w*|t[ée]l\w*|portable|nom|photo|adresse|mail)\b"
);
words!(
    PAST,
    r"(?i)\s*\([^)]*\b(?:on avait (?:dit|pr[ée]vu)|l['’]an(?:n[ée]e)? (?:dernier|derni[èe]re|pass[ée]e?)|on esp[èe]re)\b[^)]*\)"
);
words!(
    ALTERNATIVE,
    r"(?i)\s*\(\s*ou [^)]*\bsi\b[^)]*\)|\s*\bou (?:\p{L}+ )?\d[^,;()]*\bsi [^,;()]*"
);
words!(WEATHER, r"(?i)\bsi (?:beau|il |le temps|pluie|mauvais|orage|temps|trop)");
words!(AGE, r"(?i)\([^)]*\bans\b[^)]*\?[^)]*\)");
words!(PRINTED, r"(?i)^(?:on (?:l['’])?)?imprim[ée]");
words!(IN_HOUSE, r"(?i)mairie|nous|\bon\b|soins|copieur|[ée]cole");
