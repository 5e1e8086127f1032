//! From the notes of a poster to its record, by rule.
//!
//! A later line that corrects an earlier one wins. What is doubtful, promotional, internal or
//! told to the designer becomes a finding; what has no room on the page does too, in
//! [`super::draft`].

mod backstage;
mod days;
mod head;
mod organiser;
mod shape;

use jiff::civil::Date;

use self::shape::{ACCESS, block_of, hours, proper, simple};
use super::record::{BlockKind, Line, Poster};
use super::{invitation, title};
use crate::finding::{Finding, FindingKind};
use crate::notes::{Notes, Span};
use crate::office::Office;
use crate::reading::date::weekday_name;
use crate::reading::remark::{self, Questions, Remark};
use crate::reading::{Fact, PartialDate, facts, fold, words};
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

    /// « le plus beau marché de Noël » is a « marché de Noël ».
    fn without_praise(&mut self, title: &str, span: &Span) -> String {
        let plain = SUPERLATIVE.replace_all(title, "");
        let modest = |word: &&str| remark::classify(word) != Some(Remark::Promotion);
        let plain = plain.split_whitespace().filter(modest).collect::<Vec<_>>().join(" ");
        if plain == title || plain.is_empty() {
            return title.to_owned();
        }
        self.findings.push(aside::finding(Remark::Promotion, title, span.clone()));
        plain
    }

    /// « coupure d'eau rue du Puits »: the title of a notice says where it is, if no line does.
    fn where_it_is(&mut self) {
        let Some(title) = self.poster.title.clone() else { return };
        let street = WHERE.find(&title).filter(|_| invitation::is_notice(&title));
        let cut = street.and_then(|street| title.split_at_checked(street.start()));
        // « fermeture de la route de Brame » is no title without its end.
        if let Some((what, street)) = cut
            && !what.is_empty()
            && !LEANS.is_match(what)
        {
            self.poster.place = Some(street.trim().to_owned());
            self.poster.title = Some(what.trim_end_matches([' ', ',']).to_owned());
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
        for (kind, text) in &sifted.dropped {
            self.findings.push(aside::finding(*kind, text, span.clone()));
        }
        let (kept, backstage) = backstage::sift(&sifted.kept);
        for (kind, text) in backstage {
            self.findings.push(aside::finding(kind, &text, span.clone()));
        }
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

    /// A doubt in brackets is about what stands before it, which is printed with its reserve.
    fn reserve(&mut self, line: &str, span: &Span) -> String {
        let mut out = line.to_owned();
        for found in UNSURE.find_iter(line) {
            let before = line.get(..found.start()).unwrap_or_default();
            let item = remark::clauses(before).last().map_or("", |clause| clause.trim());
            if found.as_str().starts_with('(') {
                self.findings.push(aside::finding(
                    Remark::Doubt,
                    &format!("{item} {}", found.as_str()),
                    span.clone(),
                ));
            }
            out = out.replacen(found.as_str(), "(sous réserve)", 1);
        }
        out
    }

    /// Brackets without a number or a place cost room and say little.
    fn brackets(&mut self, text: &str, span: &Span) -> String {
        let mut out = text.to_owned();
        for found in BRACKETS.find_iter(text) {
            let inside = found.as_str();
            let useful = inside.contains(|c: char| c.is_ascii_digit())
                || PLACE.is_match(inside)
                || inside.contains("COMPLÉTER")
                || inside.contains("réserve");
            let long = inside.split_whitespace().count() > 2;
            if !useful && long && !JARGON_HINT.is_match(inside) {
                self.findings.push(Finding::info(
                    FindingKind::LeftOut,
                    Some(span.clone()),
                    format!(
                        "Non repris sur l'affiche, faute de place : « {} »",
                        inside.trim_matches(['(', ')'])
                    ),
                ));
                out = out.replacen(inside, "", 1);
            }
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What follows the last price without being a condition of it has no room.
    fn price(&mut self, text: &str, span: &Span) -> String {
        let Some(end) = facts(text)
            .iter()
            .rev()
            .find(|f| matches!(f.fact, Fact::Amount(_)))
            .map(|f| f.span.end)
        else {
            return text.to_owned();
        };
        let (kept, tail) = text.split_at(end);
        let idle = tail.split_whitespace().count() > 3
            && !tail.contains(|c: char| c.is_ascii_digit())
            && !CONDITION.is_match(tail);
        if !idle {
            return text.to_owned();
        }
        self.findings.push(Finding::info(
            FindingKind::LeftOut,
            Some(span.clone()),
            format!("Non repris sur l'affiche, faute de place : « {} »", tail.trim()),
        ));
        kept.to_owned()
    }

    /// The clauses of a line of access that say how to get in; the rest goes to the findings.
    fn access(&mut self, text: &str, span: &Span) -> String {
        let clauses = remark::clauses(text);
        let (kept, rest): (Vec<&str>, Vec<&str>) = clauses
            .iter()
            .partition(|clause| shape::is_practical(clause) || remark::holds_hard_fact(clause));
        if kept.is_empty() || rest.is_empty() {
            return text.to_owned();
        }
        self.findings.push(Finding::info(
            FindingKind::LeftOut,
            Some(span.clone()),
            format!("Non repris sur l'affiche, faute de place : « {} »", rest.join(",").trim()),
        ));
        kept.join(",").trim().to_owned()
    }

    fn place_line(&mut self, kept: &str, span: Span, dear: bool) {
        if let Some(found) = ORGANISED.find(kept) {
            let named = kept.get(found.end()..).unwrap_or_default();
            // « par l'amicale »: the body is what the mark ends with.
            let named =
                if kept.to_lowercase().starts_with("par ") { kept.get(4..) } else { Some(named) };
            self.organiser(named.unwrap_or_default());
            return;
        }
        if self.poster.organiser.is_none() && self.address(kept) {
            return;
        }
        if self.poster.date.is_none() && days::first(kept).is_some() {
            self.when(kept, &span);
            return;
        }
        if self.poster.place.is_none() && PLACE_FIRST.is_match(kept) && !holds_amount(kept) {
            let place = shape::streets(&PLACE_LABEL.replace(kept, ""), self.notes);
            self.poster.place = Some(proper(&wording::clean(&place)));
            return;
        }
        if self.closes(kept, &span) {
            return;
        }
        if self.poster.hours.is_none() && HOURS_FIRST.is_match(kept) {
            self.poster.hours = Some(hours(kept));
            let rest = HOURS_ONLY.replace_all(kept, "");
            let rest = rest.trim_matches([',', ' ']).to_owned();
            if self.poster.place.is_none() && PLACE_FIRST.is_match(&rest) {
                self.poster.place = Some(proper(&wording::clean(&rest)));
                return;
            }
            if rest.split_whitespace().count() < 2 {
                return;
            }
        }
        for piece in shape::pieces(kept) {
            self.push(&piece, &span, dear);
        }
    }

    /// « on ferme à 18h » ends the hours of the event.
    fn closes(&mut self, kept: &str, span: &Span) -> bool {
        let Some(end) = CLOSES.find(kept).and_then(|closes| {
            facts(kept.get(closes.end()..)?).into_iter().find_map(|f| match f.fact {
                Fact::Hour(hour) => Some(hour.to_french()),
                _ => None,
            })
        }) else {
            return false;
        };
        let Some(old) = self.poster.hours.clone() else { return false };
        let begin = old.trim_start_matches("de ").trim_start_matches("à partir de ");
        let begin = begin.trim_start_matches("à ").split(" à ").next().unwrap_or_default();
        let new = format!("de {begin} à {end}");
        if old.contains(" à ") && old != new {
            let what = format!("{new} au lieu de {old}");
            self.findings.push(aside::correction(&what, kept, span.clone()));
        }
        self.poster.hours = Some(new);
        true
    }

    fn push(&mut self, kept: &str, span: &Span, dear: bool) {
        let text = self.without_alcohol(kept, span);
        let text = match self.reference {
            Some(day) => self.without_wrong_weekdays(&text, day, span),
            None => text,
        };
        let text = shape::worded(&simple(&proper(&wording::clean(&text))));
        let (block, rank) = block_of(&text, self.poster.information);
        let text = if block == BlockKind::Prices { self.price(&text, span) } else { text };
        let text = if ACCESS.is_match(&text) { self.access(&text, span) } else { text };
        let rank = if dear { rank.min(1) } else { rank };
        let text = wording::capital(text.trim()).replace(" ,", ",");
        self.poster.lines.push(Line { block, rank, text, span: span.clone() });
    }

    /// Weekdays that the date of the event refutes are said in a finding and not printed.
    fn without_wrong_weekdays(&mut self, text: &str, day: Date, span: &Span) -> String {
        let mut out = text.to_owned();
        for found in facts(text).into_iter().rev() {
            let Fact::Date(date) = found.fact else { continue };
            let near = date.near(day);
            let digit =
                text.get(found.span.clone()).and_then(|t| t.find(|c: char| c.is_ascii_digit()));
            if let (None, Some(_), Some(digit)) = (date.year, near.wrong_weekday(), digit) {
                self.wrong_weekday(near, span);
                out.replace_range(found.span.start..found.span.start + digit, "");
            }
        }
        out
    }

    fn wrong_weekday(&mut self, date: PartialDate, span: &Span) {
        let Some(right) = date.wrong_weekday() else { return };
        self.findings.push(Finding::check(
            FindingKind::Weekday,
            Some(span.clone()),
            format!(
                "Le {} est un {}, vos notes disent {} : jour non imprimé, vérifiez la date",
                date.to_french(),
                weekday_name(right),
                date.weekday.map_or("autre chose", weekday_name)
            ),
        ));
    }

    /// The main date, hours and place of one line.
    fn when(&mut self, line: &str, span: &Span) {
        // « 20h30, portes 20h »: when the doors open is no end of the event.
        let mut rest = match DOORS.captures(line) {
            Some(doors) => {
                let told = format!("{} à {}", &doors["what"], doors["hour"].trim());
                self.push(&told, span, true);
                line.replacen(&doors[0], "", 1)
            }
            None => line.to_owned(),
        };
        let line = &rest.clone();
        if let Some(days) = days::first(line) {
            for date in &days.dates {
                self.wrong_weekday(*date, span);
            }
            self.poster.date = Some(days.to_french());
            rest.replace_range(days.span, " ");
        }
        if facts(&rest).iter().any(|f| matches!(f.fact, Fact::Hour(_))) {
            self.poster.hours = Some(hours(&rest));
            rest = HOURS_ONLY.replace_all(&rest, " ").into_owned();
        }
        let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
        let rest = rest
            .trim_matches([',', ' ', '-', '–', '.', ':'])
            .trim_start_matches("date :")
            .trim()
            .to_owned();
        let rest = SMALL_WORDS_FIRST.replace(&rest, "").into_owned();
        if PLACE.is_match(&rest) && self.poster.place.is_none() {
            self.poster.place = Some(proper(&wording::clean(&rest)));
        } else if rest.split_whitespace().count() > 1 {
            let text = proper(&wording::clean(&rest));
            self.poster.lines.push(Line {
                block: BlockKind::Programme,
                rank: 3,
                text: wording::capital(&text),
                span: span.clone(),
            });
        }
    }

    /// « prendre celui du club, 02 … »: the number takes the place of the one said before, and of
    /// the name that went with it.
    fn other_number(&mut self, number: &str, said: &str, span: &Span) -> bool {
        for line in self.poster.lines.iter_mut().rev() {
            if !WITH_NUMBER.is_match(&line.text) {
                continue;
            }
            let new = WITH_NUMBER.replace(&line.text, format!("téléphone {number}")).into_owned();
            self.findings.push(Finding::check(
                FindingKind::Correction,
                Some(span.clone()),
                format!("Numéro remplacé par le {number}, comme le demande : « {said} »"),
            ));
            line.text = new;
            return true;
        }
        false
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

    /// « finalement … », « nouvelle date … »: the new place, hour or date takes the place of the
    /// old one.
    fn correct(&mut self, line: &str, span: &Span) -> bool {
        let Some(new) = [&FINALLY, &CHANGED, &MOVED]
            .iter()
            .find_map(|words| words.captures(line))
            .and_then(|c| c.name("new").or(c.name("then")).map(|m| m.as_str().trim().to_owned()))
        else {
            return false;
        };
        let new = BRACKETS.replace_all(&new, "").trim().to_owned();
        let new = NOT_THE_OLD.replace_all(&new, "").into_owned();
        let mut old: Vec<String> = Vec::new();
        let mut done = false;
        for clause in remark::clauses(&new) {
            done |= self.corrected_line(clause) || self.corrected_head(clause, &mut old, span);
        }
        if done {
            let what = format!("{new} au lieu de {}", old.join(", "));
            self.findings.push(aside::correction(&what, line, span.clone()));
        }
        done
    }

    /// « donc accueil 18h10 » corrects the line that begins with « accueil ».
    fn corrected_line(&mut self, clause: &str) -> bool {
        let clause = THEREFORE.replace(clause.trim(), "").into_owned();
        let first = |text: &str| fold(text.split_whitespace().next().unwrap_or_default());
        let label = first(&clause);
        let timed = facts(&clause).iter().any(|f| matches!(f.fact, Fact::Hour(_) | Fact::Date(_)));
        let earlier = self.poster.lines.iter_mut().find(|line| first(&line.text) == label);
        match earlier {
            Some(line) if timed && label.len() > 3 => {
                line.text = wording::capital(&wording::clean(&clause));
                true
            }
            _ => false,
        }
    }

    /// The date, hours or place that a clause of a correction says anew.
    fn corrected_head(&mut self, clause: &str, old: &mut Vec<String>, span: &Span) -> bool {
        let mut done = false;
        if let Some(days) = days::first(clause) {
            let days = days.with_year(self.reference.map(Date::year));
            for date in &days.dates {
                self.wrong_weekday(*date, span);
            }
            old.extend(self.poster.date.replace(days.to_french()));
            done = true;
        }
        if facts(clause).iter().any(|f| matches!(f.fact, Fact::Hour(_))) {
            let told = self.poster.hours.as_deref().and_then(|told| shape::until(told, clause));
            let told = told.unwrap_or_else(|| hours(clause));
            old.extend(self.poster.hours.replace(told));
            done = true;
        }
        if PLACE.is_match(clause) {
            let shouted = !clause.chars().any(char::is_lowercase);
            let place = HOURS_ONLY.replace_all(clause, "").trim().to_owned();
            let place = if shouted { place.to_lowercase() } else { place };
            old.extend(self.poster.place.replace(proper(&wording::clean(&place))));
            done = true;
        }
        done
    }

    /// Drinks with alcohol are not named on a poster: « Buvette ».
    fn without_alcohol(&mut self, text: &str, span: &Span) -> String {
        if !ALCOHOL.is_match(text) {
            return text.to_owned();
        }
        self.findings.push(Finding::check(
            FindingKind::LeftOut,
            Some(span.clone()),
            format!("Boissons alcoolisées remplacées par « Buvette » ; vérifiez l'autorisation de buvette : « {text} »"),
        ));
        let text = AUTHORISATION.replace(text, "").into_owned();
        let text = BAR.replace(&text, "").into_owned();
        let kept: Vec<&str> = remark::clauses(&text)
            .into_iter()
            .flat_map(|clause| clause.split(" et "))
            .map(str::trim)
            .filter(|clause| !clause.is_empty() && !ALCOHOL.is_match(clause))
            .collect();
        if kept.is_empty() { "Buvette".into() } else { format!("Buvette, {}", kept.join(", ")) }
    }
}

fn holds_amount(text: &str) -> bool {
    facts(text).iter().any(|f| matches!(f.fact, Fact::Amount(_)))
}

words!(
    INFORMATION,
    r"(?i)\br[ée]union (?:publique|d['’]information)\b|\benqu[êe]te publique\b|\bconcertation\b|^\W*(?:affiche )?avis\b|\b(?:coupure|route barr[ée]e|travaux)\b"
);
words!(CANCELLED, r"(?i)^[^,;]{3,40}?\s*:?\s+(?:est |sont )?annul[ée]e?s?\b");
words!(
    DOORS,
    r"(?i),\s*(?:ouverture des )?(?P<what>portes?|accueil|billetterie|caisse)\s*:?\s*(?:[àa] |d[èe]s )?(?P<hour>\d{1,2} ?h ?(?:\d\d)?)"
);
words!(QUESTION, r"(?i)^\s*(?:quoi|titre|objet|quand|combien|comment|horaires?|heures?)\s*:\s*");
words!(
    WHERE,
    r"(?i)\s(?:dans |sur )?(?:la |le |les |l['’])?(?:rues?|avenue|place|chemin|impasse|route|all[ée]e|quai|boulevard|hameau|quartier|lieu-dit|lotissement|village)\b.*$"
);
words!(LEANS, r"(?i)(?:\b(?:de|du|des|à|au|aux|en|et|entre|par|pour)|['’])$");
words!(SUPERLATIVE, r"(?i)\b(?:les? |la )(?:plus \p{L}+|meilleure?s?)\s+");
words!(CLOSES, r"(?i)^(?:et |mais |donc )?on (?:ferme|finit|arr[êe]te|termine)\b");
words!(
    CHAT,
    r"^\s*\[?\d{1,2}/\d{1,2}(?:/\d{2,4})?,? \d{1,2}[h:]\d{2}\]?\s*-?\s*\p{Lu}[\p{L} ]*? ?:\s*"
);
words!(
    CORRECTION,
    r"(?i)^(?:-->|->|=>|→)\s*non\b|\bfinalement\b|^(?:correction|erratum|attention changement|changement)\b|^non\s*[!,:]|^(?:annul[ée]e?s?\b.*)?\bnouve(?:l(?:le)?s?|aux?) (?:date|heure|horaires?|lieu)\b|^d[ée]plac[ée]e?s? (?:au|[àa])\b|^(?:ah |bon )?(?:ok|d['’]accord)[.,! ]+donc\b"
);
words!(
    FINALLY,
    r"(?i)\b(?:finalement|plut[ôo]t)\s*(?:c['’]est|ce sera|[àa] la|au|[àa])?\s*(?P<new>\S.*)$"
);
words!(
    CHANGED,
    r"(?i)^(?:(?:-->|->|=>|→)\s*)?(?:non|correction|erratum|(?:attention )?changement)(?: (?:de |du |d['’])?\p{L}+)?\s*[!,:]+\s*(?:c['’]est|ce sera|[àa] la|au|[àa])?\s*(?P<new>\S.*)$"
);
words!(
    MOVED,
    r"(?i)^(?:ah |bon )?(?:ok|d['’]accord)[.,! ]+donc (?P<then>\S.*)$|\b(?:nouve(?:l(?:le)?s?|aux?) (?:date|heure|horaires?|lieu)|d[ée]plac[ée]e?s? (?:au|[àa]))\s*:?\s*(?P<new>\S.*)$"
);
words!(
    NOT_THE_OLD,
    r"(?i)\s*,?\s*\b(?:et (?:pas|non)|(?:et )?(?:plus|non|pas)(?: [àa])?|au lieu de) (?:le )?\d[^,]*"
);
words!(THEREFORE, r"(?i)^(?:donc|alors|et|du coup|avec)\s+");
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
words!(
    UNSURE,
    r"(?i)\((?:si \w+ (?:confirme|est d['’]accord|est ok)|[àa] confirmer|sous r[ée]serve)[^)]*\)|\b(?:si tout va bien|sauf impr[ée]vu)\b"
);
words!(BRACKETS, r"\([^)]*\)");
words!(
    PLACE,
    r"(?i)\b(?:salle|place|stade|[ée]glise|gymnase|parc|[ée]cole|halle|foyer|m[ée]diath[èe]que|biblioth[èe]que|mairie|terrain|jardin|cour|parvis|chapelle|th[ée][âa]tre|cin[ée]ma|camping|plage|lac|ferme|kiosque|d[ée]ch[èe]terie|pr[ée]au|esplanade|maison)\b"
);
words!(
    PLACE_FIRST,
    r"(?i)^(?:lieu\s*:|o[ùu]\s*:|[àa] la |au |dans la )?\s*(?:lieu\s*:\s*)?(?:salle|place|stade|[ée]glise|gymnase|parc|halle|foyer|m[ée]diath[èe]que|biblioth[èe]que|chapelle|th[ée][âa]tre|parvis|esplanade|kiosque|maison|d[ée]part)\b|^lieu\s*:|^(?:rues?|secteurs?|quartiers?|voies|hameaux)(?: (?:concern|touch|coup)[ée]+s?)?\s*:"
);
words!(
    PLACE_LABEL,
    r"(?i)^(?:lieu|o[ùu]|(?:rues?|secteurs?|quartiers?|voies|hameaux)(?: (?:concern|touch|coup)[ée]+s?)?)\s*:\s*"
);
words!(HOURS_FIRST, r"(?i)^(?:horaires?\s*:?\s*|de |[àa] |[àa] partir de |d[èe]s )?\d{1,2} ?[h:]");
words!(
    HOURS_ONLY,
    r"(?i)(?:\b(?:horaires?\s*:?|de|[àa] partir de|d[èe]s|entre|[àa])\s+)?\b\d{1,2} ?h ?(?:\d\d)?\b(?:\s*(?:-|–|à|et|/)\s*\d{1,2} ?h ?(?:\d\d)?\b)?"
);
words!(SMALL_WORDS_FIRST, r"(?i)^(?:le|du|à la|a la|au|à|dans la|,)\s+");
words!(
    ORGANISED,
    r"(?i)^(?:qui\s*:\s*)?organis(?:é|e)(?:e|s|es)? par\b|^par (?:(?:le |la |les |l['’])?(?:comit[ée]|association|asso|amicale|club|foyer|APE|APEL|parents))\b|^affich(?:e faite|ée?|e) par\b|^qui\s*:|^organisat(?:eur|rice)s?\s*:?|^(?:en bas|bas de page)\s*:"
);
words!(PRINTED, r"(?i)^(?:on (?:l['’])?)?imprim[ée]");
words!(IN_HOUSE, r"(?i)mairie|nous|\bon\b|soins|copieur|[ée]cole");
words!(
    OTHER_NUMBER,
    r"(?i)\b(?:prendre|mettre|mettez|utiliser|donner|c['’]est) (?:plut[ôo]t )?(?:celui|le num[ée]ro|le t[ée]l\w*|le mien|le n°)\b[^\d]*(?P<number>0\d(?: ?\d\d){4})"
);
words!(
    WITH_NUMBER,
    r"(?i)(?:\b(?:t[ée]l(?:[ée]phone)?|portable)\b\.?\s*:?\s*)?(?:\b\p{Lu}[\p{L}-]+ )?\b0\d(?: ?\d\d){4}"
);
words!(
    ALCOHOL,
    r"(?i)\b(?:vins?|bi[èe]res?|ap[ée]ro(?:s|itifs?)?|champagne|cidre|punch|kir|pastis|crémant|rhum|alcools?)\b"
);
words!(BAR, r"(?i)^\s*buvette\s*:?\s*");
words!(AUTHORISATION, r"(?i)\s*(?:->|-->|→|,|\()?\s*\b(?:on a )?(?:l['’])?autorisation\b.*$");
words!(
    CONDITION,
    r"(?i)\b(?:pour|enfants?|adultes?|gratuit\w*|sur|obligatoires?|ch[èe]ques?|justificatif|r[ée]serv\w+|compris\w*|par|personnes?|adh[ée]rents?|places?|COMPLÉTER|tarif|habitants?|famille)\b"
);
words!(JARGON_HINT, r"(?i)\bon paie\b");
