//! Puts each clause of a working meeting in its one place: decision, action, point left open, or
//! the account of its subject.

use super::action::{self, Found};
use super::cut::{Placed, Under};
use super::names::with_initials;
use super::signs::{self, Sign};
use super::verb;
use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::remark::{self, Questions, Remark};
use crate::reading::{facts, words};
use crate::task::aside;
use crate::task::minutes::clauses;
use crate::task::minutes::items::Reader;
use crate::task::minutes::record::{Action, Decision, Item, Kind, Meeting, OpenPoint};
use crate::task::minutes::structure::Piece;
use crate::task::minutes::{template, vote};
use crate::task::prose::by_rule;
use crate::task::wording::capital;

/// Puts each clause in its one place.
pub(super) struct Sorter<'a> {
    /// How names and private remarks are read.
    pub(super) reader: &'a Reader<'a>,
    /// Tells whether a few words name somebody.
    pub(super) person: &'a dyn Fn(&str) -> bool,
    /// What stands under no subject.
    pub(super) untitled: Item,
    /// Lines that correct others.
    pub(super) corrections: Vec<(String, Span)>,
}

words!(
    pub(super) CORRECTS,
    r"(?i)\bcorrig\w*|\brectif\w*|\berratum\b|\bcorrections?\b|\blire\s+[^.;]*\d[^.;]*\b(?:et\s+non|au\s+lieu)|^\s*!!"
);
words!(
    AGREES,
    r"(?i)^(?:tout\s+le\s+monde|tous|ok|d['’]accord|valid[ée]e?|adopt[ée]e?|vot[ée]e?|accord|c['’]est\s+(?:bon|ok|valid[ée]))\b"
);

fn small(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |f| f.to_lowercase().collect::<String>() + letters.as_str())
}

impl Sorter<'_> {
    /// One line, under its heading.
    pub(super) fn line(
        &mut self,
        line: &Placed<'_>,
        meeting: &mut Meeting,
        findings: &mut Vec<Finding>,
    ) {
        let piece = &line.piece;
        if remark::holds(piece.text, Remark::Private) {
            let sifted = remark::sift(piece.text, Questions::Content);
            for (remark, text) in &sifted.dropped {
                findings.push(aside::finding(*remark, text, piece.span.clone()));
            }
            if sifted.kept.trim().is_empty() {
                return;
            }
        }
        if CORRECTS.is_match(piece.text) && piece.text.chars().any(|c| c.is_ascii_digit()) {
            self.corrections
                .push((with_initials(piece.text, self.reader.roster.names()), piece.span.clone()));
            return;
        }
        match line.under {
            Under::Actions => {
                if let Some(text) = self.cleaned(piece.text, piece, findings) {
                    let found = action::listed(&text, self.person);
                    self.act(found, piece, meeting, findings);
                }
                return;
            }
            Under::Decisions => return self.decided(line, meeting, findings),
            Under::Open => {
                if let Some(text) = self.cleaned(piece.text, piece, findings) {
                    self.open(&text, line, meeting);
                }
                return;
            }
            _ => {}
        }
        words!(PER, r"(?i)(\p{L})\s/\s(jour|semaine|mois|an|heure|personne|enfant|foyer|m²)\b");
        let text = PER.replace_all(piece.text, "$1 par $2").into_owned();
        let mut clauses: Vec<String> = Vec::new();
        for clause in clauses::clauses(&text) {
            // « réserver le camion. Qui ? » is one action.
            let asks_who = clause.to_lowercase().starts_with("qui ?")
                || clause.to_lowercase().trim_end_matches([' ', '?']) == "qui";
            match clauses.last_mut() {
                Some(last) if asks_who => last.push_str(&format!(". {clause}")),
                _ => clauses.push(clause.to_owned()),
            }
        }
        for (at, clause) in clauses.iter().enumerate() {
            if !self.ballot(clause, line, meeting, findings) {
                let before = at.checked_sub(1).and_then(|at| clauses.get(at));
                self.clause(clause, before, line, meeting, findings);
            }
        }
    }

    /// A clause that tells a vote: what is voted, with its counts.
    fn ballot(
        &self,
        clause: &str,
        line: &Placed<'_>,
        meeting: &mut Meeting,
        findings: &mut Vec<Finding>,
    ) -> bool {
        let piece = &line.piece;
        let Some((vote, span)) = vote::find(clause, self.reader.roster) else { return false };
        if !vote.unanimous && vote.total() < 2 {
            return false;
        }
        let rest = vote::without(clause, &span);
        let subject = self.title(line, meeting);
        let about = if rest.trim().is_empty() { subject.clone().unwrap_or_default() } else { rest };
        let about = self.cleaned(&about, piece, findings).unwrap_or_default();
        let about = capital(about.trim_end_matches(['.', ' ', ':', ',']));
        let result = template::formula(Kind::Working, &vote);
        let text = if about.to_lowercase().contains("avis") {
            let counts =
                result.trim_end_matches('.').replace("adopté par ", "").replace("adopté ", "");
            format!("{about} ({counts}).")
        } else {
            format!("{about} : {result}")
        };
        meeting.decisions.push(Decision { text, subject, span: piece.span.clone() });
        true
    }

    fn clause(
        &mut self,
        clause: &str,
        before: Option<&String>,
        line: &Placed<'_>,
        meeting: &mut Meeting,
        findings: &mut Vec<Finding>,
    ) {
        let piece = &line.piece;
        let Some(text) = self.cleaned(clause, piece, findings) else { return };
        if let Some(mut found) = action::read(&text, self.person) {
            let points =
                ["le ", "la ", "les ", "l’", "en "].iter().any(|p| found.what.starts_with(p));
            if let Some(before) = before.filter(|_| points) {
                found.what.push_str(&format!(" (« {} »)", before.trim()));
            }
            return self.act(found, piece, meeting, findings);
        }
        // « Paul : ok pour le 12 » is what Paul says.
        let said = text.split_once(':').is_some_and(|(who, _)| (self.person)(who.trim()));
        match signs::read(&text) {
            Sign::Decision(decision) if !said => {
                // « 12 séances à 35 €. Tout le monde est d'accord »: what is agreed stands before.
                let agrees = AGREES.is_match(&decision) && facts(&decision).is_empty();
                let object = if agrees && before.is_some() {
                    self.item_mut(line, meeting).clauses.pop()
                } else {
                    None
                };
                let decision = match object {
                    Some(object) => {
                        format!("{} : {}", object.trim_end_matches('.'), small(&decision))
                    }
                    None => decision,
                };
                let subject = self.title(line, meeting);
                let text = by_rule(&decision);
                meeting.decisions.push(Decision { text, subject, span: piece.span.clone() });
            }
            Sign::Open
                if signs::unsettled(&text)
                    || !said
                    || text.trim_end().ends_with('?')
                    || !signs::wishes(&text) =>
            {
                self.open(&text, line, meeting);
            }
            _ => self.item_mut(line, meeting).clauses.push(text),
        }
    }

    /// A line under « Décisions »: decided, unless its own words say that it is not.
    fn decided(&self, line: &Placed<'_>, meeting: &mut Meeting, findings: &mut Vec<Finding>) {
        let piece = &line.piece;
        let Some(text) = self.cleaned(piece.text, piece, findings) else { return };
        if signs::wishes(&text) || (signs::read(&text) == Sign::Open && text.ends_with('?')) {
            return self.open(&text, line, meeting);
        }
        let decision = match signs::read(&text) {
            Sign::Decision(decision) => decision,
            _ => text,
        };
        let subject = self.title(line, meeting);
        meeting.decisions.push(Decision {
            text: by_rule(&decision),
            subject,
            span: piece.span.clone(),
        });
    }

    fn open(&self, text: &str, line: &Placed<'_>, meeting: &mut Meeting) {
        let subject = self.title(line, meeting);
        let span = line.piece.span.clone();
        meeting.open_points.push(OpenPoint { text: by_rule(text), subject, span });
    }

    fn act(
        &self,
        found: Found,
        piece: &Piece<'_>,
        meeting: &mut Meeting,
        findings: &mut Vec<Finding>,
    ) {
        let first_person = |who: &String| matches!(who.to_lowercase().as_str(), "moi" | "je");
        let who = match found.who {
            Some(who) if first_person(&who) => {
                if meeting.secretary.is_none() {
                    findings.push(Finding::check(
                        FindingKind::Name,
                        Some(piece.span.clone()),
                        format!(
                            "Action « {} » : les notes disent « {who} » sans dire qui les prend.",
                            found.what
                        ),
                    ));
                }
                meeting.secretary.clone()
            }
            Some(who) => Some(self.reader.with_names(&who)),
            None => None,
        };
        let who = who.map(|who| who.replace(" + ", " et ").replace(" & ", " et "));
        let mut what = crate::task::wording::clean(&found.what);
        // « Paul rédige → 8 mars »: what he writes is the subject.
        let title = meeting.items.iter().find(|i| i.span.contains(&piece.span.start));
        if let Some(item) = title.filter(|_| !what.contains(' ') && verb::is_infinitive(&what)) {
            what.push_str(&format!(" ({})", small(&item.title)));
        }
        meeting.actions.push(Action { who, what, when: found.when, span: piece.span.clone() });
    }

    /// The clause as the document may carry it; nothing when it is a private remark.
    fn cleaned(
        &self,
        clause: &str,
        piece: &Piece<'_>,
        findings: &mut Vec<Finding>,
    ) -> Option<String> {
        let instruction = remark::classify(clause)
            .filter(|r| matches!(r, Remark::Instruction | Remark::Internal));
        if let Some(remark) = instruction {
            findings.push(aside::finding(remark, clause, piece.span.clone()));
            return None;
        }
        let mut scratch = Item::default();
        let clause = with_initials(clause, self.reader.roster.names());
        self.reader.clause(&clause, piece, &mut scratch, findings);
        // « M. Guivarel » listed with a civility or an initial is not doubled.
        let clause = scratch.clauses.pop().map(|text| text.replace("M. M. ", "M. "));
        clause.filter(|text| text.chars().any(char::is_alphanumeric))
    }

    fn title(&self, line: &Placed<'_>, meeting: &Meeting) -> Option<String> {
        line.subject.and_then(|at| meeting.items.get(at)).map(|item| item.title.clone())
    }

    fn item_mut<'i>(&'i mut self, line: &Placed<'_>, meeting: &'i mut Meeting) -> &'i mut Item {
        line.subject.and_then(|at| meeting.items.get_mut(at)).unwrap_or(&mut self.untitled)
    }
}
