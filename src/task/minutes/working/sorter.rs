//! Puts each clause of a working meeting in its one place: decision, action, point left open, or
//! the account of its subject.

use super::action::{self, Found};
use super::cut::{Placed, Under};
use super::names::{with_initials, with_small_names};
use super::signs::{self, Sign};
use super::table::{self, Column, Head};
use super::verb;
use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::correction::{Swap, is_swap};
use crate::reading::name::Resolution;
use crate::reading::remark::{self, Questions, Remark};
use crate::reading::{Fact, facts, words};
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
    /// Tells whether a few words name people of the meeting only.
    pub(super) known: &'a dyn Fn(&str) -> bool,
    /// Names that the notes never type with their capital.
    pub(super) small_names: Vec<String>,
    /// What stands under no subject.
    pub(super) untitled: Item,
    /// Lines that correct others.
    pub(super) corrections: Vec<(String, Span)>,
    /// Lines that name the value they replace.
    pub(super) swaps: Vec<Swap>,
    /// Who « moi » is.
    pub(super) me: Option<String>,
    /// What the columns of tables hold.
    pub(super) tables: &'a [Head],
}

words!(
    pub(super) CORRECTS,
    r"(?i)\bcorrig\w*|\brectif\w*|\berratum\b|\bcorrections?\b|\blire\s+[^.;]*\d[^.;]*\b(?:et\s+non|au\s+lieu)|^\s*!!|^\W*(?:(?:ah|oh|attention|non|pardon)\W+)?(?:et\s+)?(?:en\s+fait|finalement|au\s+final)\b[^.;]*(?:=|\bc['’]est\b|\bpas\b|\bet\s+non\b|\bau\s+lieu\b)"
);
words!(
    AGREES,
    r"(?i)^(?:tout\s+le\s+monde|tous|ok|d['’]accord|valid[ée]e?|adopt[ée]e?|vot[ée]e?|accord|c['’]est\s+(?:bon|ok|valid[ée]))\b"
);

/// A civility that the name already bears is written once.
fn once(text: &str) -> String {
    words!(TWICE, r"\b(M\.|Mme|Mlle|Mr) (?:M\.|Mme|Mlle|Mr) ");
    TWICE.replace_all(text, "$1 ").into_owned()
}

/// « av. 20/05 » is « avant le 20/05 », no avenue; « (=> Ada) » is « (Ada) ».
fn before_a_date(text: &str) -> String {
    words!(
        BEFORE,
        r"(?i)\bav\.?\s+(?:le\s+)?(?P<day>\d{1,2}\s*(?:/|er\b|[ .-]?\s*(?:janv|f[ée]v|mars|avr|mai|juin|juil|ao[ûu]t|sept|oct|nov|d[ée]c)))"
    );
    words!(COPIES, r"(?i)(?P<n>\d)\s*ex\.?(?P<end>[\s,;)]|$)");
    words!(ARROW, r"\(\s*(?:-{1,2}>|=>|→)\s*");
    let text = BEFORE.replace_all(text, "avant le $day");
    let text = text.replace(" -- ", ", ");
    let text = COPIES.replace_all(&text, "$n exemplaires$end");
    ARROW.replace_all(&text, "(").into_owned()
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
            for (remark, text) in &sifted.dropped {
                findings.push(aside::finding(*remark, text, piece.span.clone()));
            }
            if sifted.kept.trim().is_empty() {
                return;
            }
        }
        let corrects =
            CORRECTS.is_match(piece.text) && piece.text.chars().any(|c| c.is_ascii_digit());
        if corrects || is_swap(&self.swaps, &piece.span) {
            self.corrections
                .push((with_initials(piece.text, self.reader.roster.names()), piece.span.clone()));
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
        words!(EACH, r"(?i)([€\d])\s*/\s*(?:pers\b\.?|personnes?\b)");
        let text = EACH.replace_all(piece.text, "$1 par personne");
        words!(COUNTS, r"(?i)\b(pour|contre|abst(?:entions?)?)\s*:\s*(\d{1,3})\b");
        let text = if COUNTS.find_iter(&text).count() > 1 {
            COUNTS.replace_all(&text, "$2 $1")
        } else {
            text
        };
        let mut text = PER.replace_all(&text, "$1 par $2").into_owned();
        // « livret 120 / caisse 30 => 150 » is one sum.
        words!(SUM, r"\d\s*(?:=>?|→|->)\s*\d");
        if SUM.is_match(&text) {
            text = text.replace(" / ", ", ");
        }
        let mut clauses: Vec<String> = Vec::new();
        for clause in clauses::clauses(&text) {
            // « réserver le camion. Qui ? » is one action.
            let asks_who = clause.to_lowercase().starts_with("qui ?")
                || clause.to_lowercase().trim_end_matches([' ', '?']) == "qui";
            // « liste du matériel / 15 juin »
            let date_only = facts(clause)
                .first()
                .is_some_and(|f| matches!(f.fact, Fact::Date(_)) && f.span == (0..clause.len()));
            match clauses.last_mut() {
                Some(last) if date_only => last.push_str(&format!(", {clause}")),
                Some(last) if asks_who => last.push_str(&format!(". {clause}")),
                _ => clauses.push(clause.to_owned()),
            }
        }
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

    /// « 300 cartons à racheter ? Momo vérifie le stock »: a question, and what is done about it.
    fn after_question(&self, clause: &str) -> Vec<String> {
        let cut = clause.split_once("? ").or_else(|| clause.split_once("! "));
        let sign = if clause.contains("? ") { "?" } else { "" };
        if let Some((question, rest)) = cut
            && question.split_whitespace().count() > 1
        {
            let rest = rest.trim();
            // « 5 ou 8 € ? => 5 € validé » answers itself.
            if rest.contains('?') || rest.starts_with(['=', '→', '-']) || signs::concludes(rest) {
                return vec![clause.to_owned()];
            }
            let done = action::read(rest, self.person).is_some()
                || matches!(signs::read(rest), Sign::Decision(_));
            let named = rest.split_whitespace().next().is_some_and(self.person);
            if done && (named || signs::read(rest) != Sign::Plain) {
                let question = question.trim_end_matches(['!', ' ']);
                return vec![format!("{question}{sign}"), rest.to_owned()];
            }
        }
        // « pas de réponse, Ada relancera »
        if let Some((before, rest)) = clause.rsplit_once(", ")
            && before.split_whitespace().count() > 2
            && rest.split_whitespace().next().is_some_and(self.known)
            && action::alone(rest.trim_end_matches('.'), self.known)
                .or_else(|| action::read(rest, self.known))
                .is_some_and(|found| found.who.is_some())
        {
            // « église : infiltration, Ada voit l'architecte »: of what is said by its label.
            let label = before.split_once(':').map(|(label, _)| label.trim());
            let label = label.filter(|l| l.split_whitespace().count() <= 4 && !(self.known)(l));
            let rest = label.map_or_else(|| rest.to_owned(), |label| format!("{label} : {rest}"));
            return vec![before.to_owned(), rest];
        }
        vec![clause.to_owned()]
    }

    /// A row of a table: its columns say what its cells are.
    fn row(
        &mut self,
        table: usize,
        line: &Placed<'_>,
        meeting: &mut Meeting,
        findings: &mut Vec<Finding>,
    ) {
        let piece = &line.piece;
        let Some(cells) = table::cells(piece.text) else { return };
        let Some(head) = self.tables.get(table).filter(|_| !table::is_rule(&cells)) else { return };
        let cell = |column| head.cell(&cells, column);
        let titled = head.subject(&cells).is_some();
        let subject = cell(Column::Subject).unwrap_or_default();
        if let Some(account) = cell(Column::Account)
            && let Some(text) = self.cleaned(account, piece, findings)
        {
            self.item_mut(line, meeting).clauses.push(text);
        }
        let decided = cell(Column::Decision);
        let mut settled = None;
        if let Some(decision) = decided {
            let agrees = AGREES.is_match(decision) && decision.split_whitespace().count() <= 2;
            let text = if agrees {
                Some("accord".to_owned())
            } else {
                self.cleaned(decision, piece, findings)
            };
            match text {
                Some(text) if signs::wishes(&text) || signs::read(&text) == Sign::Open => {
                    self.open(&text, line, meeting);
                }
                Some(text) => {
                    let (subject, span) = (self.title(line, meeting), piece.span.clone());
                    meeting.decisions.push(Decision { text: by_rule(&text), subject, span });
                    settled = (!agrees).then_some(text);
                }
                None => {}
            }
        }
        let (who, when) = (cell(Column::Who), cell(Column::When));
        if who.is_none() && when.is_none() && cell(Column::What).is_none() {
            return;
        }
        // « Rachid chiffre » tells who and what.
        let what = cell(Column::What).map(str::to_owned).or(settled);
        let named = who.filter(|w| (self.person)(w) || w.split_whitespace().count() == 1);
        let told = who.filter(|_| named.is_none());
        let mut found = match (told, &what) {
            (Some(told), _) => {
                let mut found = action::listed(told, self.person);
                found.what = format!("{} ({})", found.what, small(subject));
                found
            }
            (None, Some(what)) => Found { what: what.clone(), ..Found::default() },
            (None, None) => Found { what: small(subject), ..Found::default() },
        };
        if !titled && !subject.is_empty() && what.is_some() {
            found.what = format!("{subject} : {}", found.what);
        }
        found.who = found.who.or(named.map(str::to_owned));
        found.when = found.when.or_else(|| when.map(super::deadline::words_of));
        if found.who.is_some() || what.is_some() {
            self.act(found, piece, meeting, findings);
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
        let assigned = action::assigned(&text, self.known);
        let alone = || action::alone(text.trim_end_matches('.'), self.known);
        let found = assigned.or_else(|| action::read(&text, self.person)).or_else(alone);
        if let Some(mut found) = found {
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

    fn disagrees(&self, text: &str) -> bool {
        words!(AGAINST, r"(?i)^(?P<who>.+?)\s+(?:n['’]est\s+|est\s+)?pas\s+d['’]accord\b");
        AGAINST.captures(text).is_some_and(|f| (self.known)(&f["who"]))
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

    /// The clause as the document may carry it; nothing when it is a private remark.
    fn cleaned(
        &self,
        clause: &str,
        piece: &Piece<'_>,
        findings: &mut Vec<Finding>,
    ) -> Option<String> {
        // « photo de classe », « logo » are told to who makes a poster; here they are content.
        words!(PICTURE, r"(?i)^\s*(?:pas\s+d['’e]\s*)?(?:photos?|logos?|images?)\b");
        let instruction = remark::classify(clause)
            .filter(|r| matches!(r, Remark::Instruction))
            .filter(|r| *r != Remark::Instruction || !PICTURE.is_match(clause));
        if let Some(remark) = instruction {
            findings.push(aside::finding(remark, clause, piece.span.clone()));
            return None;
        }
        // A sentence of which a part stays out for its mood stays out whole.
        for kind in [Remark::Judgement, Remark::Health] {
            if remark::holds(clause, kind)
                && !remark::holds_hard_fact(clause)
                && !clause.contains('(')
            {
                findings.push(aside::finding(kind, clause, piece.span.clone()));
                return None;
            }
        }
        let mut scratch = Item::default();
        let clause = with_initials(clause, self.reader.roster.names());
        let clause = before_a_date(&clause);
        let clause = with_small_names(&clause, &self.small_names);
        self.reader.clause(&clause, piece, &mut scratch, findings);
        // « M. Guivarel » listed with a civility or an initial is not doubled.
        let clause = scratch.clauses.pop().map(|text| once(&text));
        clause.filter(|text| text.chars().any(char::is_alphanumeric))
    }

    fn title(&self, line: &Placed<'_>, meeting: &Meeting) -> Option<String> {
        line.subject.and_then(|at| meeting.items.get(at)).map(|item| item.title.clone())
    }

    fn item_mut<'i>(&'i mut self, line: &Placed<'_>, meeting: &'i mut Meeting) -> &'i mut Item {
        line.subject.and_then(|at| meeting.items.get_mut(at)).unwrap_or(&mut self.untitled)
    }
}
