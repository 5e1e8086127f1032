//! A clause under a subject: a vote, an action, a decision, an open point, or what is told of it.

use super::{AGREES, Sorter, small};
use crate::finding::{Finding, FindingKind};
use crate::reading::{facts, words};
use crate::task::minutes::record::{Decision, Kind, Meeting, OpenPoint};
use crate::task::minutes::working::cut::{Placed, Under};
use crate::task::minutes::working::signs::{self, Sign};
use crate::task::minutes::working::{action, verb};
use crate::task::minutes::{template, vote};
use crate::task::prose::by_rule;
use crate::task::wording::capital;

impl Sorter<'_> {
    /// A clause that tells a vote: what is voted, with its counts.
    pub(super) fn ballot(
        &mut self,
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
        // « 3 pour 2 contre donc on reporte » settles nothing.
        words!(
            PUT_OFF,
            r"(?i)\bon\s+(?:reporte|repousse|en\s+reparle|reverra|attend)\b|\breport[ée]e?s?\b|\bpas\s+tranch\w*|\bon\s+(?:ne\s+)?(?:d[ée]cide|tranche)\s+(?:pas|rien)\b"
        );
        if PUT_OFF.is_match(clause) && !vote.unanimous {
            let subject = self.title(line, meeting);
            let text = self.cleaned(clause, piece, findings).unwrap_or_default();
            let span = piece.span.clone();
            meeting.open_points.push(OpenPoint { text: by_rule(&text), subject, span });
            return true;
        }
        self.votes.push((clause.to_owned(), vote.total(), piece.span.clone()));
        let rest = vote::without(clause, &span);
        let subject = self.title(line, meeting);
        let about = if rest.trim().is_empty() { subject.clone().unwrap_or_default() } else { rest };
        let about = self.cleaned(&about, piece, findings).unwrap_or_default();
        // « secrétaire (élus » keeps no open bracket.
        let about = match about.rfind('(').filter(|at| !about[*at..].contains(')')) {
            Some(at) => about[..at].trim_end().to_owned(),
            None => about,
        };
        let about = by_rule(&signs::on(&about).unwrap_or(about));
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

    pub(super) fn clause(
        &mut self,
        clause: &str,
        before: Option<&String>,
        line: &Placed<'_>,
        meeting: &mut Meeting,
        findings: &mut Vec<Finding>,
    ) {
        let piece = &line.piece;
        let Some(text) = self.cleaned(clause, piece, findings) else { return };
        if let Some((found, who)) = action::wished_of(&text, self.known) {
            findings.push(Finding::check(
                FindingKind::Missing,
                Some(piece.span.clone()),
                format!(
                    "« {text} » : {who} n’a pas dit oui, l’action « {} » reste sans responsable.",
                    found.what
                ),
            ));
            return self.act(found, piece, meeting, findings);
        }
        // « d'accord » alone settles what stands before it.
        words!(
            BARE,
            r"(?i)^(?:ok|d['’]accord|adopt[ée]e?|valid[ée]e?|accord[ée]?|c['’]est\s+(?:bon|ok|d[ée]cid[ée]|valid[ée]))\s*[.!]*$"
        );
        if BARE.is_match(&text)
            && before.is_some()
            && let Some(object) = self.item_mut(line, meeting).clauses.pop()
        {
            let subject = self.title(line, meeting);
            let text = by_rule(&object);
            meeting.decisions.push(Decision { text, subject, span: piece.span.clone() });
            return;
        }
        let before = match before.filter(|before| BARE.is_match(before)) {
            Some(_) => meeting.decisions.last().map(|d| d.text.trim_end_matches('.').to_owned()),
            None => before.cloned(),
        };
        let before = before.as_ref();
        // « finir à 22 h, ça oui c'est décidé » is decided, nobody is to do it.
        let settled = matches!(signs::read(&text), Sign::Decision(_));
        if let Some(mut found) = self.action_of(&text).filter(|f| f.who.is_some() || !settled) {
            let points =
                ["le ", "la ", "les ", "l’", "en "].iter().any(|p| found.what.starts_with(p))
                    || !found.what.contains(' ') && verb::is_infinitive(&found.what);
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
            Sign::Open if line.under == Under::Said && text.ends_with('?') => {
                self.item_mut(line, meeting).clauses.push(text);
            }
            // « Ada pas d'accord » is what Ada thinks.
            Sign::Open if self.disagrees(&text) => {
                self.item_mut(line, meeting).clauses.push(text);
            }
            Sign::Open
                if signs::unsettled(&text)
                    || !said
                    || text.trim_end().ends_with('?')
                    || !signs::wishes(&text) =>
            {
                let text = self.named_open(&text, before, line, meeting);
                self.open(&text, line, meeting);
            }
            _ => self.item_mut(line, meeting).clauses.push(text),
        }
    }

    /// « pas décidé », « on choisit la prochaine fois »: of what is said just before.
    fn named_open(
        &mut self,
        text: &str,
        before: Option<&String>,
        line: &Placed<'_>,
        meeting: &mut Meeting,
    ) -> String {
        words!(
            BARE,
            r"(?i)^(?:donc\s+)?(?:on\s+(?:en\s+)?\p{L}+(?:\s+(?:au|[àa]|la|le|plus|pas|en|une|prochaine?|\p{L}+)){0,5}|(?:pas|non|rien)\s+(?:encore\s+)?\p{L}+|[àa]\s+(?:voir|revoir|trancher|d[ée]cider|suivre|caler)|report[ée]e?s?|en\s+(?:attente|suspens))\s*\.?$"
        );
        words!(LABEL, r"^(?P<label>[^:?,;.]{3,40}?)\s*[:?]");
        if !BARE.is_match(text) || text.split_whitespace().count() > 6 {
            return text.to_owned();
        }
        let told = before.cloned().or_else(|| self.item_mut(line, meeting).clauses.last().cloned());
        match told.as_deref().and_then(|t| LABEL.captures(t)) {
            Some(found) if found["label"].split_whitespace().count() <= 5 => {
                format!("{} : {}", found["label"].trim(), small(text))
            }
            _ => text.to_owned(),
        }
    }

    fn disagrees(&self, text: &str) -> bool {
        words!(AGAINST, r"(?i)^(?P<who>.+?)\s+(?:n['’]est\s+|est\s+)?pas\s+d['’]accord\b");
        AGAINST.captures(text).is_some_and(|f| (self.known)(&f["who"]))
    }
}
