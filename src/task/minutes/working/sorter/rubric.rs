//! Lines whose heading says what they are: « Reste : », « Décisions : ».

use super::{Sorter, small};
use crate::finding::Finding;
use crate::reading::words;
use crate::task::minutes::clauses;
use crate::task::minutes::record::{Decision, Meeting};
use crate::task::minutes::working::cut::Placed;
use crate::task::minutes::working::signs::{self, Sign};
use crate::task::prose::by_rule;

impl Sorter<'_> {
    /// « Reste : 6 bénévoles, Ada les trouve avant le 20 »: what somebody does about it, or an open
    /// point.
    pub(super) fn rest(
        &self,
        line: &Placed<'_>,
        meeting: &mut Meeting,
        findings: &mut Vec<Finding>,
    ) {
        let piece = &line.piece;
        let clauses = clauses::clauses(piece.text);
        let clauses: Vec<String> = clauses.iter().flat_map(|c| self.after_question(c)).collect();
        let mut about: Option<String> = None;
        for clause in &clauses {
            let Some(text) = self.cleaned(clause, piece, findings) else { continue };
            let Some(mut found) = self.action_of(&text).filter(|_| !text.ends_with('?')) else {
                if let Some(open) = about.replace(text) {
                    self.open(&open, line, meeting);
                }
                continue;
            };
            let decided = || {
                let of_it = |d: &&Decision| d.subject == self.title(line, meeting);
                meeting.decisions.iter().rev().find(of_it).map(|d| d.text.clone())
            };
            found.what = with_object(&found.what, about.take(), decided);
            self.act(found, piece, meeting, findings);
        }
        if let Some(open) = about {
            self.open(&open, line, meeting);
        }
    }

    /// A clause under « Décisions »: decided, unless its own words say that it is not.
    pub(super) fn decided(
        &self,
        clause: &str,
        line: &Placed<'_>,
        meeting: &mut Meeting,
        findings: &mut Vec<Finding>,
    ) {
        words!(NOTHING, r"(?i)^rien\b[\s,:]*");
        let piece = &line.piece;
        let Some(text) = self.cleaned(clause, piece, findings) else { return };
        if NOTHING.is_match(&text) {
            let rest = NOTHING.replace(&text, "");
            let sign = if rest.is_empty() { "" } else { " : " };
            return self.open(&format!("rien de tranché{sign}{rest}"), line, meeting);
        }
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
}

/// What is to be done, with what it is done to: « les trouver » of « 6 bénévoles » is « trouver
/// 6 bénévoles ».
fn with_object(what: &str, about: Option<String>, decided: impl Fn() -> Option<String>) -> String {
    words!(POINTS, r"(?i)^(?:(?:les?|la)\s+|l['’]\s*)(?P<verb>\p{L}+(?:er|ir|re))\b(?P<rest>.*)$");
    let trimmed = |text: String| text.trim_end_matches(['.', ' ']).to_owned();
    match (POINTS.captures(what), about) {
        (Some(found), about) => match about.or_else(decided).map(trimmed) {
            Some(object) => format!("{} {}{}", &found["verb"], small(&object), &found["rest"]),
            None => what.to_owned(),
        },
        (None, Some(about)) => format!("{what} ({})", small(&trimmed(about))),
        (None, None) => what.to_owned(),
    }
}
