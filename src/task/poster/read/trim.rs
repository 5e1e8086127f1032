//! What a line loses on its way to the page, each loss with its finding: praise, doubts, drinks, a
//! weekday that is wrong, words for which there is no room.

use jiff::civil::Date;

use super::fields::PLACE;
use super::{Reader, shape};
use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::date::weekday_name;
use crate::reading::remark::{self, Remark};
use crate::reading::{Fact, PartialDate, facts, fold, words};
use crate::task::aside;
use crate::task::poster::record::{BlockKind, Line};

impl Reader<'_> {
    /// « le plus beau marché de Noël » is a « marché de Noël ».
    pub(super) fn without_praise(&mut self, title: &str, span: &Span) -> String {
        let plain = SUPERLATIVE.replace_all(title, "");
        let modest = |word: &&str| remark::classify(word) != Some(Remark::Promotion);
        let plain = plain.split_whitespace().filter(modest).collect::<Vec<_>>().join(" ");
        if plain == title || plain.is_empty() {
            return title.to_owned();
        }
        self.findings.push(aside::finding(Remark::Promotion, title, span.clone()));
        plain
    }

    /// A doubt in brackets is about what stands before it, which is printed with its reserve.
    pub(super) fn reserve(&mut self, line: &str, span: &Span) -> String {
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

    /// « un repas à l'auberge (elle n'a pas encore dit oui) »: what nobody has promised is not
    /// printed.
    pub(super) fn not_yet(&mut self, line: &str, span: &Span) -> String {
        let Some(found) = NOT_YET.find(line) else { return line.to_owned() };
        let before = line.get(..found.start()).unwrap_or_default();
        let thing = remark::clauses(before).last().copied().unwrap_or_default();
        let start = before.len() - thing.len();
        let told = format!("{} {}", thing.trim(), found.as_str().trim());
        self.findings.push(aside::finding(Remark::Doubt, &told, span.clone()));
        let mut out = line.to_owned();
        out.replace_range(start..found.end(), "");
        out.trim().trim_matches([',', ' ']).to_owned()
    }

    /// The number of the order that a notice rests on, in a line of its own.
    pub(super) fn order(&mut self, line: &str, span: &Span) -> String {
        let Some(found) = ORDER.captures(line).filter(|_| self.poster.information) else {
            return line.to_owned();
        };
        self.poster.lines.push(Line {
            block: BlockKind::Practical,
            rank: 1,
            text: format!("Arrêté n° {}", &found["number"]),
            span: span.clone(),
        });
        let rest = line.replacen(&found[0], "", 1);
        let rest = rest.trim().trim_matches([',', ' ', '-', '–']);
        let own = self.office.organisme.nom.as_deref().map(fold).unwrap_or_default();
        let named = fold(OWN_TOWN.replace(rest, "").trim());
        if !named.is_empty() && own.starts_with(&named) { String::new() } else { rest.to_owned() }
    }

    /// Brackets without a number or a place cost room and say little.
    pub(super) fn brackets(&mut self, text: &str, span: &Span) -> String {
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
    pub(super) fn price(&mut self, text: &str, span: &Span) -> String {
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
    pub(super) fn access(&mut self, text: &str, span: &Span) -> String {
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

    /// Weekdays that the date of the event refutes are said in a finding and not printed.
    pub(super) fn without_wrong_weekdays(&mut self, text: &str, day: Date, span: &Span) -> String {
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

    pub(super) fn wrong_weekday(&mut self, date: PartialDate, span: &Span) {
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

    /// Drinks with alcohol are not named on a poster: « Buvette ».
    pub(super) fn without_alcohol(&mut self, text: &str, span: &Span) -> String {
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

words!(SUPERLATIVE, r"(?i)\b(?:les? |la )(?:plus \p{L}+|meilleure?s?)\s+");
words!(
    UNSURE,
    r"(?i)\((?:si \w+ (?:confirme|est d['’]accord|est ok)|[àa] confirmer|sous r[ée]serve)[^)]*\)|\b(?:si tout va bien|sauf impr[ée]vu)\b"
);
words!(
    NOT_YET,
    r"(?i)\s*\([^)]*\b(?:pas encore|toujours pas|pas) (?:dit oui|dit ok|r[ée]pondu|confirm[ée]e?|sign[ée]e?|donn[ée] (?:son|leur) accord)\b[^)]*\)"
);
words!(
    ORDER,
    r"(?i)\s*\(?\b(?:par |suivant |selon |vu )?(?:l['’])?arr[êe]t[ée] (?:municipal |du maire )?(?:n° ?)?(?P<number>\d{4}[-/]\d{1,4}|\d{1,4}[-/]\d{2,4})\)?"
);
words!(OWN_TOWN, r"(?i)^(?:commune|mairie|ville) (?:de |d['’]|du )?");
words!(pub(super) BRACKETS, r"\([^)]*\)");
words!(JARGON_HINT, r"(?i)\bon paie\b");
words!(
    CONDITION,
    r"(?i)\b(?:pour|enfants?|adultes?|gratuit\w*|sur|obligatoires?|ch[èe]ques?|justificatif|r[ée]serv\w+|compris\w*|par|personnes?|adh[ée]rents?|places?|COMPLÉTER|tarif|habitants?|famille|venir avec|apporter|amener|se munir|pi[èe]ces?|carte)\b"
);
words!(
    ALCOHOL,
    r"(?i)\b(?:vins?|bi[èe]res?|ap[ée]ro(?:s|itifs?)?|champagne|cidre|punch|kir|pastis|crémant|rhum|alcools?)\b"
);
words!(BAR, r"(?i)^\s*buvette\s*:?\s*");
words!(AUTHORISATION, r"(?i)\s*(?:->|-->|→|,|\()?\s*\b(?:on a )?(?:l['’])?autorisation\b.*$");
