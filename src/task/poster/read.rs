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
mod shape;
mod trim;

use jiff::civil::Date;

use self::corrections::{CORRECTION, OTHER_NUMBER};
use self::shape::proper;
use super::record::Poster;
use super::title;
use crate::finding::{Finding, FindingKind};
use crate::notes::{Notes, Span};
use crate::office::Office;
use crate::reading::remark::{self, Questions, Remark};
use crate::reading::words;
use crate::task::{aside, wording};

/// Reads the notes.
pub fn read(notes: &Notes, office: &Office) -> (Poster, Vec<Finding>) {
    let mut reader = Reader {
        office,
        poster: Poster::default(),
        findings: Vec::new(),
        reference: days::reference(notes.text()),
        named: None,
        notes: notes.text(),
    };
    reader.poster.information = INFORMATION.is_match(notes.text());
    for (index, line) in notes.lines().filter(|l| !l.text.trim().is_empty()).enumerate() {
        let text = CHAT.replace(line.text, "");
        if index == 0 {
            reader.title(&text, line.span());
        } else {
            reader.line(text.trim(), line.span());
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
    notes: &'a str,
}

impl Reader<'_> {
    /// The first line: what the poster is for. Formats and words to the designer go.
    fn title(&mut self, line: &str, span: Span) {
        let head = head::read(&days::joined(&QUESTION.replace(line, "")));
        match head.title {
            Some(title) => {
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
    }

    fn line(&mut self, line: &str, span: Span) {
        let line = &*QUESTION.replace(line, "");
        let mut line = days::joined(line.trim_start_matches(['-', '–', '•', '*', '=', '>', ' ']));
        if CORRECTION.is_match(&line) && self.correct(&line, &span) {
            return;
        }
        if let Some(number) = OTHER_NUMBER.captures(&line) {
            let number = number["number"].to_owned();
            if self.other_number(&number, &line, &span) {
                return;
            }
        }
        let dear = backstage::emphasis(&mut line);
        line = backstage::without_order(&line).to_owned();
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
    r"(?i)\s*\([^)]*\b(?:ok|d['’]accord) (?:pour|pr|qu)\b[^)]*\)|\s*,?\s*\b(?:elle|il|\p{L}+) (?:(?:est|a dit) )?(?:ok|d['’]accord|oui) (?:pour|pr) (?:qu['’]?|mettre|donner|son|le)[^,;()]*\b(?:num\w*|t[ée]l\w*|portable|nom|photo|adresse|mail)\b"
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
