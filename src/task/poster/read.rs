//! From the notes of a poster to its record, by rule.
//!
//! A later line that corrects an earlier one wins. What is doubtful, promotional, internal or
//! told to the designer becomes a finding; what has no room on the page does too, in
//! [`super::draft`].

use std::sync::LazyLock;

use regex::Regex;

use super::record::{BlockKind, Line, Poster};
use crate::finding::{Finding, FindingKind};
use crate::notes::{Notes, Span};
use crate::office::Office;
use crate::reading::correction::{corrected, swaps};
use crate::reading::date::weekday_name;
use crate::reading::remark::{self, Questions, Remark};
use crate::reading::{Fact, facts, pattern, words};
use crate::task::{aside, wording};

/// Reads the notes.
pub fn read(notes: &Notes, office: &Office) -> (Poster, Vec<Finding>) {
    let mut reader = Reader { office, poster: Poster::default(), findings: Vec::new() };
    reader.poster.information = INFORMATION.is_match(notes.text());
    let swaps = swaps(notes);
    reader.findings.extend(swaps.iter().map(aside::swapped));
    for (index, line) in notes.lines().filter(|l| !l.text.trim().is_empty()).enumerate() {
        if swaps.iter().any(|swap| swap.line == line.span()) {
            continue;
        }
        let text = corrected(line.text, &swaps);
        if index == 0 {
            reader.title(&text, line.span());
        } else {
            reader.line(text.trim(), line.span());
        }
    }
    (reader.poster, reader.findings)
}

struct Reader<'a> {
    office: &'a Office,
    poster: Poster,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    /// The first line: what the poster is for. Formats and words to the designer go.
    fn title(&mut self, line: &str, span: Span) {
        let flat =
            line.replace(" – ", "\n").replace(" - ", "\n").replace("->", "\n").replace(" : ", "\n");
        let title = flat
            .split('\n')
            .map(|piece| {
                TO_DESIGNER.replace_all(piece, " ").split_whitespace().collect::<Vec<_>>().join(" ")
            })
            .map(|piece| ORGANISER_TAIL.replace(&piece, "").trim().to_owned())
            .find(|piece| piece.chars().filter(|c| c.is_alphabetic()).count() > 3);
        match title {
            Some(title) => {
                let has_date = facts(&title).iter().any(|f| matches!(f.fact, Fact::Date(_)));
                let name = facts(&title)
                    .iter()
                    .find(|f| matches!(f.fact, Fact::Date(_)))
                    .and_then(|f| title.get(..f.span.start))
                    .unwrap_or(&title)
                    .trim()
                    .trim_end_matches([',', ' '])
                    .trim_end_matches(" le")
                    .to_owned();
                self.poster.title = Some(proper(&wording::capital(&wording::clean(&name))));
                if has_date {
                    self.when(&title, &span);
                }
            }
            None => self.findings.push(Finding::check(
                FindingKind::Missing,
                Some(span),
                "À compléter : titre de l'affiche",
            )),
        }
    }

    fn line(&mut self, line: &str, span: Span) {
        if CORRECTION.is_match(line) && self.correct(line, &span) {
            return;
        }
        let mut line = line.to_owned();
        if let Some(found) = CONSENT.find(&line.clone()) {
            self.findings.push(aside::finding(
                Remark::Internal,
                found.as_str().trim_matches(['(', ')']),
                span.clone(),
            ));
            line = line.replacen(found.as_str(), "", 1);
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
        let reserve = UNSURE.is_match(&line);
        let sifted = remark::sift(&line, Questions::Doubts);
        for (kind, text) in &sifted.dropped {
            self.findings.push(aside::finding(*kind, text, span.clone()));
        }
        if sifted.kept.is_empty() {
            return;
        }
        let mut kept = self.brackets(&sifted.kept, &span);
        if reserve {
            kept.push_str(" (sous réserve)");
        }
        self.place_line(&kept, span);
    }

    /// Brackets without a number or a place cost room and say little.
    fn brackets(&mut self, text: &str, span: &Span) -> String {
        let mut out = text.to_owned();
        for found in BRACKETS.find_iter(text) {
            let inside = found.as_str();
            let useful = inside.contains(|c: char| c.is_ascii_digit())
                || PLACE.is_match(inside)
                || inside.contains("COMPLÉTER");
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

    /// The first clause of a line of access: where to enter; the rest goes to the findings.
    fn first_clause(&mut self, text: &str, span: &Span) -> String {
        match text.split_once(", ") {
            Some((first, rest)) if !remark::holds_hard_fact(rest) => {
                self.findings.push(Finding::info(
                    FindingKind::LeftOut,
                    Some(span.clone()),
                    format!("Non repris sur l'affiche, faute de place : « {rest} »"),
                ));
                first.to_owned()
            }
            _ => text.to_owned(),
        }
    }

    fn place_line(&mut self, kept: &str, span: Span) {
        let low = kept.to_lowercase();
        if let Some(found) = ORGANISED.find(kept) {
            self.organiser(kept.get(found.end()..).unwrap_or_default());
            return;
        }
        if PRINTED.is_match(kept) {
            self.poster.printed_in_house = low.contains("mairie")
                || low.contains("nous")
                || low.contains("soins")
                || low.contains("copieur");
            return;
        }
        if self.poster.date.is_none() && is_main_date(kept) {
            self.when(kept, &span);
            return;
        }
        if self.poster.place.is_none() && PLACE_FIRST.is_match(kept) && !holds_amount(kept) {
            self.poster.place = Some(proper(&wording::clean(&PLACE_LABEL.replace(kept, ""))));
            return;
        }
        if self.poster.hours.is_none() && HOURS_FIRST.is_match(kept) {
            self.poster.hours = Some(hours(kept));
            let rest = HOURS_ONLY.replace_all(kept, "").trim().to_owned();
            if rest.split_whitespace().count() < 2 {
                return;
            }
        }
        let text = self.without_alcohol(kept, &span);
        let text = simple(&proper(&wording::clean(&text)));
        let (block, rank) = block_of(&text);
        let text = if block == BlockKind::Prices { self.price(&text, &span) } else { text };
        let text = if ACCESS.is_match(&text) { self.first_clause(&text, &span) } else { text };
        self.poster.lines.push(Line { block, rank, text: wording::capital(&text), span });
    }

    /// The main date, hours and place of one line.
    fn when(&mut self, line: &str, span: &Span) {
        let mut rest = line.to_owned();
        for found in facts(line).into_iter().rev() {
            match found.fact {
                Fact::Date(date) if self.poster.date.is_none() || date.year.is_some() => {
                    if let Some(right) = date.wrong_weekday() {
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
                    self.poster.date = Some(date.to_french());
                    rest.replace_range(found.span, " ");
                }
                _ => {}
            }
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

    /// « finalement … »: the new place, hour or date takes the place of the old one.
    fn correct(&mut self, line: &str, span: &Span) -> bool {
        let Some(new) = [&FINALLY, &CHANGED]
            .iter()
            .find_map(|words| words.captures(line))
            .and_then(|c| c.name("new").map(|m| m.as_str().trim().to_owned()))
        else {
            return false;
        };
        let new = BRACKETS.replace_all(&new, "").trim().to_owned();
        let found = facts(&new);
        let mut done = false;
        let mut old = String::new();
        if let Some(Fact::Date(date)) =
            found.iter().map(|f| &f.fact).find(|f| matches!(f, Fact::Date(_)))
        {
            old = self.poster.date.replace(date.to_french()).unwrap_or_default();
            done = true;
        }
        if found.iter().any(|f| matches!(f.fact, Fact::Hour(_))) {
            old = self.poster.hours.replace(hours(&new)).unwrap_or(old);
            done = true;
        }
        if PLACE.is_match(&new) {
            let shouted = !new.chars().any(char::is_lowercase);
            let place = HOURS_ONLY.replace_all(&new, "").trim().to_owned();
            let place = if shouted { place.to_lowercase() } else { place };
            old = self.poster.place.replace(proper(&wording::clean(&place))).unwrap_or(old);
            done = true;
        }
        if done {
            self.findings.push(Finding::check(
                FindingKind::Correction,
                Some(span.clone()),
                format!("Corrigé par une ligne plus bas : « {old} » devient « {new} »"),
            ));
        }
        done
    }

    fn organiser(&mut self, text: &str) {
        let text = text.trim().trim_start_matches([':', ' ']);
        let text = proper(&wording::clean(text));
        let text =
            match self.office.organisme.nom.as_deref().and_then(|n| n.split(['-', ' ']).next()) {
                Some(town) if town.len() > 3 => {
                    pattern(&format!(r"(?i)\b{}\b", regex::escape(town)))
                        .replace_all(&text, town)
                        .into_owned()
                }
                _ => text,
            };
        let text = ["le ", "la ", "les ", "l'", "l’"]
            .iter()
            .find_map(|a| text.strip_prefix(a))
            .unwrap_or(&text)
            .to_owned();
        let street = STREET.find(&text).map(|m| m.start());
        let named = match street {
            Some(place) => {
                let (name, street) = text.split_at(place);
                let office = &self.office.organisme;
                let town = match (&office.code_postal, &office.nom) {
                    (Some(code), Some(name))
                        if !street.contains(code.as_str())
                            && office.nature.as_deref() == Some("commune") =>
                    {
                        format!(", {code} {name}")
                    }
                    _ => String::new(),
                };
                format!(
                    "{}, {}{town}",
                    name.trim().trim_end_matches(','),
                    crate::task::letter::address::street_name(street.trim())
                )
            }
            None => text,
        };
        self.poster.organiser = Some(wording::capital(&named));
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

/// Whether the line's date is that of the event rather than a deadline or a decree.
fn is_main_date(line: &str) -> bool {
    facts(line).iter().any(|found| match found.fact {
        Fact::Date(date) => {
            let before = line.get(..found.span.start).unwrap_or_default().trim_end().to_lowercase();
            date.day.is_some() && !DEADLINE_BEFORE.is_match(&before)
        }
        _ => false,
    })
}

fn holds_amount(text: &str) -> bool {
    facts(text).iter().any(|f| matches!(f.fact, Fact::Amount(_)))
}

/// « de 10 h à 18 h », « à 18 h 30 », « à partir de 9 h ».
fn hours(text: &str) -> String {
    let found: Vec<String> = facts(text)
        .into_iter()
        .filter_map(|f| if let Fact::Hour(hour) = f.fact { Some(hour.to_french()) } else { None })
        .collect();
    let low = text.to_lowercase();
    match found.as_slice() {
        [one] if low.contains("partir") || low.contains("dès") => format!("à partir de {one}"),
        [one] => format!("à {one}"),
        [from, to] => format!("de {from} à {to}"),
        many => many.join(", "),
    }
}

/// Which block a line belongs to, and how dear it is.
fn block_of(text: &str) -> (BlockKind, u8) {
    let found = facts(text);
    let has = |test: fn(&Fact) -> bool| found.iter().any(|f| test(&f.fact));
    let contact = has(|f| matches!(f, Fact::Phone(_) | Fact::Email(_)));
    if has(|f| matches!(f, Fact::Amount(_))) {
        return (BlockKind::Prices, 1);
    }
    if FREE.is_match(text) {
        return (BlockKind::Prices, 1);
    }
    if contact && (BOOKING.is_match(text) || has(|f| matches!(f, Fact::Date(_)))) {
        return (BlockKind::Contact, 1);
    }
    if ACCESS.is_match(text) {
        return (BlockKind::Practical, 1);
    }
    if contact {
        return (BlockKind::Contact, 3);
    }
    if BOOKING.is_match(text) {
        return (BlockKind::Contact, 2);
    }
    if PRACTICAL.is_match(text) {
        return (BlockKind::Practical, 4);
    }
    if has(|f| matches!(f, Fact::Date(_) | Fact::Hour(_))) || WEEKDAY.is_match(text) {
        return (BlockKind::Programme, 2);
    }
    (BlockKind::Programme, if text.split_whitespace().count() <= 6 { 4 } else { 5 })
}

/// Words of the trade told in plain ones.
fn simple(text: &str) -> String {
    JARGON
        .iter()
        .fold(text.to_owned(), |text, (words, plain)| words.replace_all(&text, *plain).into_owned())
}

/// Capitals that French owes to some names: « Noël », « place du Lavoir », « rue des Tilleuls ».
fn proper(text: &str) -> String {
    let text = NOEL.replace_all(text, "Noël").into_owned();
    STREET_NAME
        .replace_all(&text, |found: &regex::Captures<'_>| {
            let name = &found["name"];
            // « rue de l'École »: the article is no part of the name.
            if name.starts_with("l'") || name.starts_with("l’") {
                return found[0].to_owned();
            }
            format!("{}{}", &found["way"], wording::capital(name))
        })
        .into_owned()
}

words!(
    INFORMATION,
    r"(?i)\br[ée]union (?:publique|d['’]information)\b|\benqu[êe]te publique\b|\bconcertation\b"
);
words!(
    TO_DESIGNER,
    r"(?i)\baffiches?\b|\bpour (?:A\d|les panneaux)\b|\bA[345]\b|\bet A[345]\b|\+|\bpanneaux?\b|\bformats?\b|\bet\s*$|^\s*(?:faire|une)\b"
);
words!(
    ORGANISER_TAIL,
    r"(?i)\s*(?:,|\()?\s*\b(?:(?:du |de la |de l['’]|par (?:le |la |l['’]))(?:\p{L}+ )?)?(?:comit[ée]|association|asso|amicale|club|foyer rural|APE|mairie|commune|communaut[ée] de communes)\b.*$"
);
words!(
    CORRECTION,
    r"(?i)^(?:-->|->|=>|→)\s*non\b|\bfinalement\b|^(?:correction|erratum|attention changement|changement)\b|^non\s*[!,:]"
);
words!(
    FINALLY,
    r"(?i)\b(?:finalement|plut[ôo]t)\s*(?:c['’]est|ce sera|[àa] la|au|[àa])?\s*(?P<new>\S.*)$"
);
words!(
    CHANGED,
    r"(?i)^(?:(?:-->|->|=>|→)\s*)?(?:non|correction|erratum|(?:attention )?changement)\s*[!,:]+\s*(?:c['’]est|ce sera|[àa] la|au|[àa])?\s*(?P<new>\S.*)$"
);
words!(CONSENT, r"(?i)\s*\([^)]*\b(?:ok|d['’]accord) pour\b[^)]*\)");
words!(AGE, r"(?i)\([^)]*\bans\b[^)]*\?[^)]*\)");
words!(
    UNSURE,
    r"(?i)\((?:si \w+ (?:confirme|est d['’]accord|est ok)|[àa] confirmer|sous r[ée]serve)[^)]*\)"
);
words!(BRACKETS, r"\([^)]*\)");
words!(
    PLACE,
    r"(?i)\b(?:salle|place|stade|[ée]glise|gymnase|parc|[ée]cole|halle|foyer|m[ée]diath[èe]que|biblioth[èe]que|mairie|terrain|jardin|cour|parvis|chapelle|th[ée][âa]tre|cin[ée]ma|camping|plage|lac|ferme|kiosque|d[ée]ch[èe]terie|pr[ée]au|esplanade|maison)\b"
);
words!(
    PLACE_FIRST,
    r"(?i)^(?:lieu\s*:|o[ùu]\s*:|[àa] la |au |dans la )?\s*(?:lieu\s*:\s*)?(?:salle|place|stade|[ée]glise|gymnase|parc|halle|foyer|m[ée]diath[èe]que|biblioth[èe]que|chapelle|th[ée][âa]tre|parvis|esplanade|kiosque|maison|d[ée]part)\b|^lieu\s*:"
);
words!(PLACE_LABEL, r"(?i)^(?:lieu|o[ùu])\s*:\s*");
words!(HOURS_FIRST, r"(?i)^(?:horaires?\s*:?\s*|de |[àa] |[àa] partir de |d[èe]s )?\d{1,2} ?[h:]");
words!(
    HOURS_ONLY,
    r"(?i)(?:\b(?:horaires?\s*:?|de|[àa] partir de|d[èe]s|entre|[àa])\s+)?\b\d{1,2} ?h ?(?:\d\d)?\b(?:\s*(?:-|–|à|et|/)\s*\d{1,2} ?h ?(?:\d\d)?\b)?"
);
words!(SMALL_WORDS_FIRST, r"(?i)^(?:le|du|à la|a la|au|à|dans la|,)\s+");
words!(ORGANISED, r"(?i)^organis(?:é|e)(?:e|s|es)? par\b|^organisat(?:eur|rice)s?\s*:?");
words!(PRINTED, r"(?i)^imprim[ée]");
words!(
    STREET,
    r"(?i)(?:\b\d{1,4}(?: bis| ter)?,? )\b(?:rue|avenue|place|chemin|impasse|route|all[ée]e|quai|boulevard)\b.*$"
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
words!(
    FREE,
    r"(?i)\b(?:entr[ée]e (?:libre|gratuite)|gratuit(?:e|s|es|ement)?|prix libre|participation libre)\b"
);
words!(
    BOOKING,
    r"(?i)\b(?:r[ée]servations?|r[ée]server|r[ée]servez|inscri\w+|sur demande|avant le)\b"
);
words!(ACCESS, r"(?i)\b(?:acc[èe]s|accessibles?|fauteuils?|PMR|plain[- ]pied|langue des signes)\b");
words!(PRACTICAL, r"(?i)\b(?:parking|stationnement|navettes?|pluie|repli|facebook|site|contact)\b");
words!(WEEKDAY, r"(?i)\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b");
words!(
    DEADLINE_BEFORE,
    r"(?i)(?:avant(?: le)?|jusqu['’]au|[àa] partir du|d[èe]s(?: le)?|arr[êe]t[ée] du|vu le|depuis(?: le)?|limite :?|apr[èe]s le)$"
);
words!(NOEL, r"(?i)\bno[ëe]l\b");
words!(
    STREET_NAME,
    r"\b(?P<way>(?:rue|place|avenue|chemin|impasse) (?:des |du |de la |de l['’]|de )?)(?P<name>\p{Ll}[\p{L}'’-]{3,})"
);
words!(JARGON_HINT, r"(?i)\bon paie\b");

/// Words of the trade and what readers understand.
static JARGON: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    [
        (r"(?i)\b(?:nouvelle )?redevance incitative\s*\(\s*(?:on paie|vous payez) (?:le nombre de|selon le nombre de) lev[ée]es\s*\)", "nouveau tarif des déchets (vous payez selon le nombre de fois où votre bac est vidé)"),
        (r"(?i)\bredevance incitative\b", "tarif des déchets selon l'usage"),
        (r"(?i)\badministr[ée]s\b", "habitants"),
        (r"(?i)\bon paie\b", "vous payez"),
        (r"(?i)\bPMR\b", "personnes à mobilité réduite"),
        (r"(?i)\bsujet : ", ""),
        (r"(?i)\s*,?\s*pour ceux qui (?:ne )?(?:peuvent|pourront) pas.*$", ""),
        (r"(?i)^accès fauteuil par\b", "accès en fauteuil par la"),
        (r"(?i)\bpar la la\b", "par la"),
        (r"(?i)^animation : ", ""),
        (r"(?i)^contact autre :?\s*", "contact : "),
    ]
    .into_iter()
    .map(|(words, plain)| (pattern(words), plain))
    .collect()
});
