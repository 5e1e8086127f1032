//! What a line says of its own words: how to put it, a name spelled twice or changed, why a value
//! is the one to keep.

use super::Reader;
use crate::finding::{Finding, FindingKind};
use crate::notes::{Notes, Span};
use crate::reading::correction::renamed;
use crate::reading::remark::Remark;
use crate::reading::{fold, pattern, words};
use crate::task::aside;
use crate::task::letter::phrase::SPELLING;

impl Reader<'_> {
    /// The line without how to say it: « …, le dire mais gentiment ».
    pub(super) fn manner(&mut self, line: String, span: &Span) -> String {
        let Some(found) = MANNER.find(&line) else { return line };
        let told = found.as_str().trim_matches([',', ' ', '(', ')']);
        self.findings.push(aside::finding(Remark::Instruction, told, span.clone()));
        line.replacen(found.as_str(), "", 1)
    }

    /// The line with a name that takes the place of another, and the finding that says so.
    pub(super) fn renamed(&mut self, line: String, span: &Span) -> String {
        // « il sort de l'hôpital, Zoé voulait un mot -> non » names nothing.
        let renamed = renamed(&line).filter(|(_, old)| old.split_whitespace().count() <= MOST);
        let Some((new, old)) = renamed.filter(|(_, old)| !old.contains(',')) else { return line };
        let what = format!("{new} au lieu de {old}");
        self.findings.push(aside::correction(&what, &line, span.clone()));
        new
    }

    /// « l'élu dit 80 mais on a mesuré 40, donc 40 » explains a value that another line gives.
    pub(super) fn explains(&mut self, line: &str, notes: &Notes, span: &Span) -> bool {
        let Some(found) = EXPLAINS.captures(line) else { return false };
        let value = pattern(&format!(r"\b{}\b", regex::escape(found["value"].trim())));
        let told = notes.lines().any(|other| other.span() != *span && value.is_match(other.text));
        let twice = value.find_iter(line).count() > 1;
        if told && twice {
            self.findings.push(Finding::check(
                FindingKind::Correction,
                Some(span.clone()),
                format!("Valeur retenue d'après cette ligne, non reprise : « {} »", line.trim()),
            ));
        }
        told && twice
    }

    /// Takes out a second spelling of a name: « X (ou Y ?) ».
    pub(super) fn spellings(&mut self, line: &str, span: &Span) -> String {
        let Some(found) = SPELLING.captures(line) else {
            return self.other_spelling(line, span);
        };
        self.findings.push(Finding::check(
            FindingKind::Name,
            Some(span.clone()),
            format!(
                "Deux orthographes : « {} » est gardé, vos notes disent aussi « {} » ; vérifiez le nom",
                &found["first"], &found["second"]
            ),
        ));
        line.replacen(&found["bracket"], "", 1)
    }

    /// « 3 rue de Tourvel (ou Tourvelle, voir le plan) », « mail de Anne Roy du 3 mai (ou Roi) »: a
    /// second spelling of a word that stands somewhere before it.
    fn other_spelling(&mut self, line: &str, span: &Span) -> String {
        let start = |word: &str| fold(word).chars().take(3).collect::<String>();
        for found in OTHER_SPELLING.captures_iter(line) {
            let second = &found["second"];
            let before = found.get(0).and_then(|m| line.get(..m.start())).unwrap_or_default();
            let first = before
                .split(|c: char| !c.is_alphanumeric() && c != '-')
                .rfind(|word| word.starts_with(char::is_uppercase) && start(word) == start(second));
            if let Some(first) = first {
                self.findings.push(Finding::check(
                    FindingKind::Name,
                    Some(span.clone()),
                    format!(
                        "Deux orthographes : « {first} » est gardé, vos notes disent aussi « {second} » ; vérifiez le nom"
                    ),
                ));
                return line.replacen(&found[0], "", 1);
            }
        }
        line.to_owned()
    }
}

/// Words of a name that another takes the place of.
const MOST: usize = 6;

words!(
    MANNER,
    r"(?i)\s*\((?:[çc]a,? )?(?:on|nous) peut (?:le |la |les )?(?:dire|[ée]crire|mettre|citer)\)|,\s*(?:(?:le|la|lui|leur) )*dire,? (?:mais )?(?:gentiment|poliment|avec tact|doucement|sans m[ée]nagement)\b[^,;]*|,\s*(?:lui|leur) dire que\b|,\s*(?:[çc]a,?\s+)?(?:tu|on|vous)\s+(?:peux|peut|pouvez)\s+(?:bien\s+)?(?:le\s+|l['’])?(?:dire|[ée]crire|mettre)\b"
);
words!(
    EXPLAINS,
    r"(?i)\d.*\bmais\b.*\bdonc\s+(?:on (?:garde|met|dit)\s+)?(?P<value>\d[\d,.]*)\W*$"
);
words!(OTHER_SPELLING, r"\s*\(ou (?P<second>\p{Lu}[\p{L}'’-]+)[^)]*\)");
