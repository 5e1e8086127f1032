//! Puts each clause of a working meeting in its one place: decision, action, point left open, or
//! the account of its subject.

mod clause;
mod cleaned;
mod line;
mod row;
mod rubric;

use super::action::{self, Found};
use super::cut::{Placed, Under};
use super::names::with_initials;
use super::table::Head;
use super::verb;
use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::name::Resolution;
use crate::reading::remark::{self, Questions, Remark};
use crate::reading::words;
use crate::task::aside;
use crate::task::minutes::clauses;
use crate::task::minutes::items::Reader;
use crate::task::minutes::record::{Action, Item, Meeting, OpenPoint};
use crate::task::minutes::structure::Piece;
use crate::task::prose::by_rule;

/// Puts each clause in its one place.
pub(super) struct Sorter<'a> {
    /// How names and private remarks are read.
    pub(super) reader: &'a Reader<'a>,
    /// Tells whether a few words name somebody.
    pub(super) person: &'a dyn Fn(&str) -> bool,
    /// Tells whether a few words name people of the meeting only.
    pub(super) known: &'a dyn Fn(&str) -> bool,
    /// Names that the notes never type with their capital.
    pub(super) small_names: Vec<String>,
    /// What stands under no subject.
    pub(super) untitled: Item,
    /// Lines that correct others.
    pub(super) corrections: Vec<Anew>,
    /// The subject under which a heading of afterthoughts stands: « après coup : ».
    pub(super) afterwards: Option<Option<usize>>,
    /// Votes: the words that tell each, how many voices, and where.
    pub(super) votes: Vec<(String, u32, Span)>,
    /// Who « moi » is.
    pub(super) me: Option<String>,
    /// Who was called to the meeting.
    pub(super) called: Vec<String>,
    /// What the columns of tables hold.
    pub(super) tables: &'a [Head],
}

words!(
    pub(super) CORRECTS,
    r"(?i)\bcorrig\w*|\brectif\w*|\berratum\b|\bcorrections?\b|\bnon\s+c['’ ]\s*(?:est|sera)\s+\d|\blire\s+[^.;]*\d[^.;]*\b(?:et\s+non|au\s+lieu)|^\s*!!|^\W*(?:(?:ah|oh|attention|non|pardon)\W+)?(?:et\s+)?(?:en\s+fait|finalement|au\s+final)\b[^.;]*(?:=|\bc['’]est\b|\bpas\b|\bet\s+non\b|\bau\s+lieu\b)"
);
words!(
    WEAK,
    r"(?i)\d[^.;]*\bfinalement\b|\bc['’]est\b[^.;]*\d[^.;]*\bqu['’]on\s+a\s+(?:dit|d[ée]cid[ée]|retenu)\b"
);
words!(
    pub(super) AFTERWARDS,
    r"(?i)^\W*(?:\p{L}[\p{L}.-]*(?:\s+\p{L}[\p{L}.-]*){0,2}\s+)?(?:apr[èe]s[\s-]+coup|en\s+(?:relisant|y\s+repensant)|[àa]\s+la\s+relecture|apr[èe]s\s+relecture|ajouts?\s+apr[èe]s(?:\s+\p{L}+)?|(?-i:P\.?-?S\.?))\s*(?:\([^)]*\)\s*)?[:,–]\s*(?P<rest>.*)$"
);
words!(
    AGREES,
    r"(?i)^(?:tout\s+le\s+monde|tous|ok|d['’]accord|valid[ée]e?|adopt[ée]e?|vot[ée]e?|accord|c['’]est\s+(?:bon|ok|valid[ée]))\b"
);

/// A line that gives a value anew.
pub(super) struct Anew {
    /// Its words.
    pub(super) text: String,
    pub(super) span: Span,
    /// The subject it stands under.
    pub(super) subject: Option<usize>,
    /// Whether it is one for certain: otherwise it is told like another where it corrects nothing.
    pub(super) sure: bool,
}

/// A civility that the name already bears is written once.
fn once(text: &str) -> String {
    words!(TWICE, r"\b(M\.|Mme|Mlle|Mr) (?:M\.|Mme|Mlle|Mr) ");
    TWICE.replace_all(text, "$1 ").into_owned()
}

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
            findings.extend(aside::findings(&sifted.dropped, &piece.span));
            if sifted.kept.trim().is_empty() {
                return;
            }
        }
        if let Some(rest) = AFTERWARDS.captures(piece.text).and_then(|found| found.name("rest")) {
            self.afterwards = Some(line.subject);
            if !rest.as_str().trim().is_empty() {
                let span = piece.span.start + rest.start()..piece.span.end;
                let piece = Piece { text: rest.as_str(), span };
                self.line(&Placed { piece, ..line.clone() }, meeting, findings);
            }
            return;
        }
        if self.kept_out(piece, findings) || self.anew(line) {
            return;
        }
        match line.under {
            Under::Row(table) => return self.row(table, line, meeting, findings),
            Under::Actions => {
                if let Some(text) = self.cleaned(piece.text, piece, findings) {
                    let found = action::listed(&text, self.person);
                    self.act(found, piece, meeting, findings);
                }
                return;
            }
            Under::Decisions => {
                for clause in clauses::clauses(piece.text) {
                    self.decided(clause, line, meeting, findings);
                }
                return;
            }
            Under::Rest => return self.rest(line, meeting, findings),
            Under::Open => {
                if let Some(text) = self.cleaned(piece.text, piece, findings) {
                    self.open(&text, line, meeting);
                }
                return;
            }
            _ => {}
        }
        let mut clauses = line::parted(&line::readied(piece.text));
        if let (Some(label), Some(first)) = (line.label, clauses.first_mut()) {
            let own = first.split_once(':').is_some_and(|(l, _)| l.split_whitespace().count() <= 3);
            let sign = if own { " – " } else { " : " };
            *first = format!("{}{sign}{first}", label.trim_end_matches([':', ' ']));
        }
        let clauses: Vec<String> = clauses.iter().flat_map(|c| self.after_question(c)).collect();
        for (at, clause) in clauses.iter().enumerate() {
            if !self.ballot(clause, line, meeting, findings) {
                let before = at.checked_sub(1).and_then(|at| clauses.get(at));
                self.clause(clause, before, line, meeting, findings);
            }
        }
    }

    /// The action that a clause states.
    fn action_of(&self, text: &str) -> Option<Found> {
        action::assigned(text, self.known)
            .or_else(|| action::read(text, self.person))
            .or_else(|| action::alone(text.trim_end_matches('.'), self.known))
    }

    /// Keeps a line that gives a value anew for the end, when all is told; whether it is one.
    fn anew(&mut self, line: &Placed<'_>) -> bool {
        let piece = &line.piece;
        let digits = piece.text.chars().any(|c| c.is_ascii_digit());
        let months = super::amend::MONTHS_SWAPPED.is_match(piece.text);
        let sure = digits && CORRECTS.is_match(piece.text);
        let after = self.afterwards == Some(line.subject) && (digits || months);
        if !(sure || after || months || WEAK.is_match(piece.text)) {
            return false;
        }
        let text = with_initials(piece.text, self.reader.roster.names());
        let (span, subject) = (piece.span.clone(), line.subject);
        self.corrections.push(Anew { text, span, subject, sure });
        true
    }

    /// A line that was kept as one that gives a value anew, and corrects nothing.
    pub(super) fn told_after_all(
        &mut self,
        anew: &Anew,
        meeting: &mut Meeting,
        findings: &mut Vec<Finding>,
    ) {
        let last = meeting.items.len().checked_sub(1);
        let piece = Piece { text: &anew.text, span: anew.span.clone() };
        let subject = anew.subject.or(last);
        let line = Placed { piece, subject, under: Under::Subject, first: false, label: None };
        self.clause(&anew.text, None, &line, meeting, findings);
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
                if meeting.secretary.is_none() && self.me.is_none() {
                    findings.push(Finding::check(
                        FindingKind::Name,
                        Some(piece.span.clone()),
                        format!(
                            "Action « {} » : les notes disent « {who} » sans dire qui les prend.",
                            found.what
                        ),
                    ));
                }
                self.me.clone().or_else(|| meeting.secretary.clone())
            }
            Some(who) => match self.reader.roster.resolve(&who) {
                Resolution::Known(member) => Some(self.reader.roster.full_name(member).to_owned()),
                _ => Some(once(&self.reader.with_names(&who))),
            },
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

    fn title(&self, line: &Placed<'_>, meeting: &Meeting) -> Option<String> {
        line.subject.and_then(|at| meeting.items.get(at)).map(|item| item.title.clone())
    }

    fn item_mut<'i>(&'i mut self, line: &Placed<'_>, meeting: &'i mut Meeting) -> &'i mut Item {
        line.subject.and_then(|at| meeting.items.get_mut(at)).unwrap_or(&mut self.untitled)
    }
}
