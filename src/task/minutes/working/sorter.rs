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
    pub(super) corrections: Vec<Anew>,
    /// The subject under which a heading of afterthoughts stands: « après coup : ».
    pub(super) afterwards: Option<Option<usize>>,
    /// Votes: the words that tell each, how many voices, and where.
    pub(super) votes: Vec<(String, u32, Span)>,
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
    WEAK,
    r"(?i)\d[^.;]*\bfinalement\b|\bc['’]est\b[^.;]*\d[^.;]*\bqu['’]on\s+a\s+(?:dit|d[ée]cid[ée]|retenu)\b"
);
words!(
    pub(super) AFTERWARDS,
    r"(?i)^\W*(?:\p{L}[\p{L}.-]*(?:\s+\p{L}[\p{L}.-]*){0,2}\s+)?(?:apr[èe]s[\s-]+coup|en\s+(?:relisant|y\s+repensant)|[àa]\s+la\s+relecture|apr[èe]s\s+relecture|ajouts?\s+apr[èe]s(?:\s+\p{L}+)?|(?-i:P\.?-?S\.?))\s*(?:\([^)]*\)\s*)?[:,–]\s*(?P<rest>.*)$"
);
words!(
    PERSONAL,
    r"(?i)^(?:moi|perso\w*|pense[- ]b[êe]te|pour\s+moi)\s*:.*\b(?:maman|papa|m[ée]m[ée]|papy|mamie|pain|coiffeu\w+|dentiste|pharmacie|lessive|nounou|gamins?|enfants|croquettes|anniv\w*|belle-\w+)\b|^(?:me\s+|m['’])\p{L}+(?:er|ir|re)\b"
);
words!(
    MOOD,
    r"(?i)[,.(–-]\s*(?:ambiance|charmant|no\s+comment|sans\s+commentaires?|passons|comme\s+toujours|comme\s+d['’]hab\w*|pour\s+changer)\s*[.!…)]*$"
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
        words!(PER, r"(?i)(\p{L})\s/\s(jour|semaine|mois|an|heure|personne|enfant|foyer|m²)\b");
        words!(EACH, r"(?i)([€\d])\s*/\s*(?:pers\b\.?|personnes?\b)");
        let text = EACH.replace_all(piece.text, "$1 par personne");
        words!(COUNTS, r"(?i)\b(pour|contre|abst(?:entions?)?)\s*:\s*(\d{1,3})\b");
        let text = if COUNTS.find_iter(&text).count() > 1 {
            COUNTS.replace_all(&text, "$2 $1")
        } else {
            text
        };
        words!(A_DAY, r"(?i)(\p{L})/(?:j|jour)\b");
        // « 9 600 HT. choix : … », « délai 6 sem. Ada commande » end a sentence.
        words!(
            ENDS,
            r"\b(?P<end>HT|TTC|\d+\s?(?:sem|min|kg|pers))\.\s+(?P<next>\p{L}[\p{L}’'-]+\s)"
        );
        let text = A_DAY.replace_all(&text, "$1 par jour");
        let text = ENDS.replace_all(&text, "$end ; $next");
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

    /// « 300 à racheter ? Momo vérifie le stock »: a question, and what is done about it.
    fn after_question(&self, clause: &str) -> Vec<String> {
        // « le voisin s'est plaint --> finir à 22 h, ça oui c'est décidé »
        words!(SO, r"\s*(?:-{1,2}>|=>|→)\s*(?P<then>\p{L}+)\b");
        if matches!(signs::read(clause), Sign::Decision(_))
            && let Some(then) = SO.captures_iter(clause).last().and_then(|found| found.name("then"))
            && verb::is_infinitive(then.as_str())
            && let (Some(before), Some(rest)) =
                (clause.get(..then.start()), clause.get(then.start()..))
            && before.split_whitespace().count() > 5
        {
            let before = before.trim_end_matches(['-', '=', '>', '→', ' ']);
            return vec![before.to_owned(), rest.to_owned()];
        }
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
                || action::alone(rest.trim_end_matches('.'), self.known).is_some()
                || matches!(signs::read(rest), Sign::Decision(_));
            let named = rest.split_whitespace().next().is_some_and(self.person);
            if done && (named || signs::read(rest) != Sign::Plain) {
                let question = question.trim_end_matches(['!', ' ']);
                return vec![format!("{question}{sign}"), rest.to_owned()];
            }
        }
        // « pas de réponse, Ada relancera », « la cour, Ada demande à la mairie, réponse le 9 »
        let done = |at: usize| {
            let (before, rest) = (clause.get(..at)?, clause.get(at + 2..)?);
            let named = rest.split_whitespace().next().is_some_and(self.known);
            let found = named.then(|| {
                action::alone(rest.trim_end_matches('.'), self.known)
                    .or_else(|| action::read(rest, self.known))
            });
            let does = found.flatten().is_some_and(|found| found.who.is_some());
            (does && before.split_whitespace().count() > 1).then_some((before, rest))
        };
        let cuts: Vec<usize> = clause.match_indices(", ").map(|(at, _)| at).collect();
        if let Some((before, rest)) = cuts.into_iter().rev().find_map(done) {
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

    /// The action that a clause states.
    fn action_of(&self, text: &str) -> Option<Found> {
        action::assigned(text, self.known)
            .or_else(|| action::read(text, self.person))
            .or_else(|| action::alone(text.trim_end_matches('.'), self.known))
    }

    /// What is left out whole: orders to the program, reminders of the writer to himself, moods about people.
    fn kept_out(&self, piece: &Piece<'_>, findings: &mut Vec<Finding>) -> bool {
        let names = piece.text.split_whitespace().next().is_some_and(self.known);
        let mood = names && MOOD.is_match(piece.text) && !remark::holds_hard_fact(piece.text);
        let order = remark::holds(piece.text, Remark::Order);
        let out = order || mood || PERSONAL.is_match(piece.text);
        if out {
            let kind = match (order, mood) {
                (true, _) => Remark::Order,
                (_, true) => Remark::Judgement,
                _ => Remark::Gossip,
            };
            findings.push(aside::finding(kind, piece.text, piece.span.clone()));
        }
        out
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

    /// « Reste : 6 bénévoles, Ada les trouve avant le 20 »: what somebody does about it, or an open
    /// point.
    fn rest(&self, line: &Placed<'_>, meeting: &mut Meeting, findings: &mut Vec<Finding>) {
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
    fn decided(
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
        words!(HESITATES, r"(?i)^(?:bof|euh+|lol|hum+|mouais)\b[\s,!.]*|,?\s*\beuh+\b,?");
        words!(
            SEPTEMBER,
            r"(?i)\b(?P<lead>(?:conseil|ca|ag|bureau|r[ée]union)\s+de|de|fin|d[ée]but|mi|en)\s+sept(?P<end>\.?\s*(?:$|[,;)]|à\s+(?:oct|nov|d[ée]c)))"
        );
        let clause = &HESITATES.replace_all(clause, "");
        let clause = &SEPTEMBER.replace_all(clause, "$lead septembre$end");
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
