//! From the notes of a letter to its record, by rule.
//!
//! Every line ends in one of three places: a field of the record, an item of the body, or a
//! finding that quotes it. Nothing else leaves this file.

mod body;
mod commission;
mod corrections;
mod dictation;
mod fields;
mod head;
mod house;
mod layout;
mod reasons;
mod section;
mod sums;
mod table;

use super::line::{Slot, after_label, continues, is_entry, point, slot, without_number};
use super::phrase::{
    ANOTHER_LETTER, RULED_OFF, URBAN, attachment, first_date, matches, papers, statements,
};
use super::record::{Form, Incoming, Letter, Purpose, Role, Tone};
use super::signatory::signatory;
use crate::finding::{Finding, FindingKind};
use crate::notes::{Notes, Span};
use crate::office::Office;
use crate::reading::capitals::calmed;
use crate::reading::remark::{self, Questions, Remark};
use crate::reading::{Fact, facts, words};
use crate::task::minutes::language::is_foreign;
use crate::task::{aside, wording};

/// A clause of the body, not yet a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Where it goes.
    pub role: Role,
    /// Its words, facts spelled out.
    pub text: String,
    /// Where it stands in the notes.
    pub span: Span,
}

/// What the notes say.
pub struct Reading {
    /// The record, its body still empty.
    pub letter: Letter,
    /// The clauses of the body, in the order of the notes.
    pub items: Vec<Item>,
    /// What was left out, what is doubtful, what is missing.
    pub findings: Vec<Finding>,
}

/// Reads the notes of one letter. What a second letter in the same notes says is told, not mixed
/// with the first.
pub fn read(notes: &Notes, office: &Office, form: Form, purpose: Purpose) -> Reading {
    let mut reader = Reader::new(notes, office, form, purpose);
    let end = reader.second_letter(notes);
    let mut over = Over::default();
    let (mut first, mut preamble) = (true, false);
    let mark = layout::common_mark(notes.text());
    reader.correspondents = house::correspondents(notes.text());
    for line in notes.lines() {
        if line.text.trim().is_empty() || RULED_OFF.is_match(line.text) {
            (over.last, over.private) = (None, false);
            continue;
        }
        let span = line.span();
        if span.start >= end {
            break;
        }
        let text = layout::priced(layout::unmarked(line.text, mark));
        let text = layout::without_label(&layout::grouped_sums(&text));
        let text = reader.manner(text, &span);
        let text = reader.paid_already(text, &span);
        let Some(text) = reader.dictated(&text, &span) else { continue };
        let text = reader.joined(text, &span);
        let text = reader.spellings(&text, &span);
        let text = reader.renamed(text, &span);
        let text = dictation::by_phone(&reader.own_contact(text));
        if text.trim().is_empty() {
            first = false;
            continue;
        }
        if first && dictation::is_preamble(&text) {
            reader.findings.push(aside::finding(Remark::Instruction, &text, span));
            preamble = true;
            continue;
        }
        // What follows it is the first line where it names the letter.
        first &= !preamble || dictation::NAMES_LETTER.is_match(&text);
        if reader.explains(&text, notes, &span)
            || reader.house(&text)
            || reader.told_recipient(&text, &span)
            || reader.row(line.text, &span)
            || reader.own_address(&text, &span)
            || reader.is_for(&text)
        {
            continue;
        }
        if first {
            first = false;
            reader.header(&text, &span);
        } else if !reader.settled(&text, &span, &mut over)
            && !reader.reason(&text, &span, &mut over)
            && !section::opens(&text, &mut over)
        {
            reader.placed(&text, notes, &span, &mut over);
        }
    }
    reader.finish()
}

/// What the lines before say of the next one.
#[derive(Default)]
struct Over {
    /// Whether the reasons of a refusal follow: « D'abord … », « Deux, … ».
    reasons: bool,
    /// Whether the next line is one: « Motif deux. »
    reason_next: bool,
    /// Where the list goes that an entry continues.
    last: Option<Slot>,
    /// Whether the list is a private remark.
    private: bool,
    /// Whether the line before is not to be said.
    hidden: bool,
    /// « accordé » or « refusé », of what follows one by one.
    verdict: Option<&'static str>,
    /// The verb of « comment … : » over a list.
    way: Option<String>,
    /// Whether the line before is an entry of a list.
    listed: bool,
}

struct Reader<'a> {
    office: &'a Office,
    letter: Letter,
    items: Vec<Item>,
    findings: Vec<Finding>,
    base: Option<u64>,
    place_note: Option<String>,
    /// First names and surnames that addresses of the notes spell.
    correspondents: Vec<String>,
    no_remedies: bool,
    /// Whether the line is an entry of a list, which says one thing.
    entry: bool,
    /// The table whose rows are being read.
    table: Option<table::Table>,
}

impl<'a> Reader<'a> {
    fn new(notes: &Notes, office: &'a Office, form: Form, purpose: Purpose) -> Self {
        let letter = Letter {
            form,
            purpose,
            sender: house::sender(office),
            court: office.organisme.tribunal_administratif.clone(),
            urban_planning: matches(&URBAN, notes.text()),
            ..Letter::default()
        };
        let mut findings = Vec::new();
        if is_foreign(notes.text()) {
            findings.push(Finding::check(
                FindingKind::Uncertain,
                None,
                "Vos notes ne semblent pas être en français : le courrier reprend leurs lignes telles quelles, traduisez-les d'abord",
            ));
        }
        Self {
            office,
            letter,
            items: Vec::new(),
            findings,
            base: None,
            place_note: None,
            correspondents: Vec::new(),
            no_remedies: false,
            entry: false,
            table: None,
        }
    }

    /// Takes a line for what the lines before it make of it: a private remark, a thing granted or
    /// refused, a day of the whole list, where to answer. Whether it was one.
    fn settled(&mut self, text: &str, span: &Span, over: &mut Over) -> bool {
        if over.private && (is_entry(text) || continues(text)) {
            self.findings.push(aside::finding(Remark::Private, text, span.clone()));
            return true;
        }
        let hidden = remark::holds(text, Remark::Private);
        if over.hidden && NOR.is_match(text) {
            self.findings.push(aside::finding(Remark::Private, text, span.clone()));
            return true;
        }
        over.hidden = hidden;
        over.private = text.trim_end().ends_with(':') && remark::holds(text, Remark::Private);
        if let Some(found) = VERDICT_ON.captures(text) {
            let yes = found.name("yes").is_some();
            over.verdict = Some(if yes { "accordé" } else { "refusé" });
            return true;
        }
        if let Some(said) = over.verdict.filter(|_| is_entry(text) || continues(text)) {
            let text = without_number(text.trim().trim_start_matches(['-', '–', '•', '*']));
            self.body(Role::Decision, &format!("{said} : {}", text.trim()), span.clone());
            return true;
        }
        over.verdict = None;
        if over.listed
            && layout::is_bare_deadline(text)
            && self.deadline_of_list(text, over.way.as_deref(), over.last, span)
        {
            return true;
        }
        layout::address_of_answer(text).is_some_and(|where_to| self.answered_at(where_to))
    }

    /// Puts a line where its own words or its list say, each of its statements for itself.
    fn placed(&mut self, text: &str, notes: &Notes, span: &Span, over: &mut Over) {
        over.listed = is_entry(text);
        if self.letter.purpose == Purpose::PartialAnswer
            && let Some(point) = point(text)
        {
            let told = [point.verdict.told(), point.rest].join(", ");
            let shouted = !point.what.contains(char::is_lowercase);
            let what = if shouted { calmed(point.what) } else { point.what.to_owned() };
            let told = format!("{what} : {told}");
            self.body(Role::Decision, told.trim_end_matches([' ', ',']), span.clone());
            over.last = Some(Slot::Body(Role::Decision));
            return;
        }
        let text = without_number(text);
        self.entry = over.listed || over.last.is_some() && continues(text);
        if let Some(fields) = layout::fields(text, span, self.letter.purpose) {
            for (piece, place) in fields {
                if self.own_house(&piece) {
                    continue;
                }
                let own = slot(&piece, self.letter.purpose);
                // In a line of fields a day alone is that of the letter.
                let own = own.or(layout::is_bare_day(&piece).then_some(Slot::Date));
                self.line(&piece, own, place);
            }
            over.last = Some(Slot::Body(Role::Context));
            return;
        }
        let own = slot(text, self.letter.purpose);
        let inherited = if over.listed || continues(text) { over.last } else { None };
        let here = match (own, inherited) {
            // An entry of a list stays in its list unless it opens with a label.
            (Some(Slot::Body(_)), Some(list @ Slot::Body(_))) if over.listed => Some(list),
            (own, inherited) => own.or(inherited),
        };
        // « on propose au choix : » only opens the list that follows.
        if layout::opens_list(text, notes, span) {
            over.way = layout::way_to(text).map(str::to_owned);
            over.last = own.or(Some(Slot::Body(Role::Context)));
            return;
        }
        for (piece, place) in statements(text, span) {
            let here = if place.start == span.start {
                here
            } else {
                slot(&piece, self.letter.purpose).or(here)
            };
            self.line(&piece, here, place);
        }
        if own.is_some() || inherited.is_none() {
            over.last = here.or(Some(Slot::Body(Role::Context)));
        }
    }

    /// Where a second letter begins, with the finding that says so; the end of the notes otherwise.
    fn second_letter(&mut self, notes: &Notes) -> usize {
        let mut begun = false;
        let mut apart = false;
        for line in notes.lines() {
            let text = line.text.trim();
            if text.is_empty() || RULED_OFF.is_match(text) {
                apart = true;
                continue;
            }
            if begun && apart && ANOTHER_LETTER.is_match(text) {
                let start = line.span().start;
                self.findings.push(Finding::check(
                    FindingKind::Unused,
                    Some(start..notes.text().len()),
                    format!(
                        "Vos notes tiennent un second courrier, à partir de « {text} » : seul le premier est rédigé ; mettez l'autre dans un fichier à part"
                    ),
                ));
                return start;
            }
            (begun, apart) = (true, false);
        }
        notes.text().len()
    }

    fn line(&mut self, line: &str, slot: Option<Slot>, span: Span) {
        let slot = slot.unwrap_or(Slot::Body(Role::Context));
        // The words « lettre recommandée », « recours » are instructions that a field carries.
        let own = matches!(slot, Slot::Remedies | Slot::Attachments);
        if !own && self.instruction(line, &span) {
            return;
        }
        let rest = after_label(line, slot);
        match slot {
            Slot::Remedies if NO_REMEDIES.is_match(line) => {
                self.no_remedies = true;
                self.findings.push(Finding::check(
                    FindingKind::Uncertain,
                    Some(span),
                    format!(
                        "Recours non imprimés, comme le disent vos notes : « {} »",
                        line.trim()
                    ),
                ));
            }
            Slot::Remedies => self.letter.remedies = true,
            Slot::Court => self.court(rest, line, span),
            Slot::LegalGround => self.legal_ground(rest, line, span),
            Slot::Reference => self.references(line, span),
            Slot::Copies => {
                let rest = AND_TO.replace_all(rest, ", ");
                let told = self.findings.len();
                let kept = self.sift(&rest, span, Questions::Doubts);
                for finding in self.findings.iter_mut().skip(told) {
                    finding.message = finding.message.replacen("« ", "« copie : ", 1);
                }
                for copy in kept.map(|t| wording::enumeration(&t)).unwrap_or_default() {
                    self.copy(&copy);
                }
            }
            Slot::Attachments => {
                let rest = &self.joined_for_certain(rest, &span);
                // Photos are papers there, no instruction for the layout.
                let kept = match remark::classify(rest) {
                    Some(Remark::Instruction) => Some(rest.to_owned()),
                    _ => self.sift(rest, span.clone(), Questions::Doubts),
                };
                // « (3) : plan / devis »
                let count = kept.as_deref().and_then(counted);
                let kept = kept.map(|rest| COUNTED.replace(&rest, "").replace(" / ", ", "));
                let listed = kept.as_deref().map_or(0, |rest| papers(rest).len());
                if let Some(count) = count.filter(|count| *count != listed) {
                    self.findings.push(Finding::check(
                        FindingKind::Sum,
                        Some(span.clone()),
                        format!(
                            "Pièces jointes : vos notes en annoncent {count} et en citent {listed} ; vérifiez la liste"
                        ),
                    ));
                }
                for paper in kept.iter().flat_map(|rest| papers(rest)) {
                    if dictation::NOT_FOUND.is_match(&paper) {
                        self.findings.push(aside::finding(Remark::Doubt, &paper, span.clone()));
                    } else {
                        self.letter.attachments.push(attachment(&paper));
                    }
                }
            }
            Slot::Sending => self.sending(line, span),
            Slot::Subject => {
                if let Some(rest) = self.sift(rest, span, Questions::Doubts) {
                    self.letter.subject = Some(wording::capital(&wording::clean(&rest)));
                }
            }
            Slot::Recipient => self.recipient(rest, span),
            Slot::Date => match first_date(line) {
                Some(date) => {
                    self.letter.date = Some(date);
                    // « part le 3 mars 2027, en recommandé »
                    if slot_of_sending(line) {
                        self.sending(line, span);
                    }
                }
                None => self.body(Role::Context, line, span),
            },
            Slot::HandledBy => self.handled_by(rest, span),
            Slot::Signature => self.signature(rest, line),
            Slot::Answer => self.answer(rest, span),
            Slot::Incoming => self.incoming(line, span),
            Slot::Reminders => self.reminders(line, span),
            Slot::Competent => self.competent(line, span),
            Slot::Silence => self.silence(line, span),
            Slot::Registered => self.registered(line, span),
            Slot::Body(Role::Request) if line.trim().to_lowercase().starts_with("se plain") => {
                self.body(Role::Request, &format!("elle {}", line.trim()), span);
            }
            Slot::Body(Role::Missing) => self.missing(rest, span),
            Slot::Body(Role::Appointment) => match layout::other_appointment(line) {
                Some((asked, offered)) => {
                    self.body(Role::Context, &asked, span.clone());
                    self.body(Role::Appointment, &offered, span);
                }
                None => self.body(Role::Appointment, line, span),
            },
            Slot::Body(role) => self.body(role, rest, span),
        }
    }

    /// The papers of a line without those that are not sent: « …. Photos : attendre l'accord des
    /// familles, pas jointes ».
    fn joined_for_certain(&mut self, rest: &str, span: &Span) -> String {
        words!(
            NOT_SENT,
            r"(?i)\b(?:attendre|pas (?:encore )?(?:jointe?s?|joindre|envoy\p{L}+|re[çc]ue?s?)|[àa] voir|si (?:on|elle|il)|seulement si|quand on)\b"
        );
        let Some((papers, more)) = rest.split_once(". ") else { return rest.to_owned() };
        if !NOT_SENT.is_match(more) {
            return rest.to_owned();
        }
        self.findings.push(aside::finding(Remark::Doubt, more, span.clone()));
        papers.to_owned()
    }

    /// « c'est pour la visite du moulin »: what the letter is about, where nothing says it yet.
    /// Whether the line was that.
    fn is_for(&mut self, text: &str) -> bool {
        words!(
            ABOUT,
            r"(?i)^\W*c['’ ]?est\s+(?:pour|au\s+sujet\s+d[eu]|[àa]\s+propos\s+d[eu])\s+(?:la\s+|les?\s+|l['’])(?P<about>\p{Ll}[^,;:.]{4,60})\.?$"
        );
        let Some(found) = ABOUT.captures(text).filter(|_| self.letter.subject.is_none()) else {
            return false;
        };
        if wording::begins_with_infinitive(&found["about"]) || !facts(&found["about"]).is_empty() {
            return false;
        }
        self.letter.subject = Some(wording::capital(&wording::clean(found["about"].trim())));
        true
    }

    /// Who receives a copy; « 1re adjointe » after a name is part of it.
    fn copy(&mut self, copy: &str) {
        let copy = wording::clean(&COPY_TO.replace(copy, ""));
        let copy = FIRST_DEPUTY.replace(&copy, "${rank} adjointe").into_owned();
        match self.letter.copies.last_mut().filter(|_| OFFICE.is_match(&copy)) {
            Some(before) => *before = format!("{before}, {copy}"),
            None => self.letter.copies.push(wording::capital(&copy)),
        }
    }

    /// A line that is an instruction to the writer, noted as such.
    fn instruction(&mut self, line: &str, span: &Span) -> bool {
        let told = remark::holds(line, Remark::Instruction) || dictation::MANNER.is_match(line);
        let is = told && !remark::holds_hard_fact(line);
        if is {
            let low = line.to_lowercase();
            let says = |words: &[&str]| words.iter().any(|word| low.contains(word));
            if says(&["ton ferme", "rester ferme", "être ferme", "etre ferme"]) {
                self.letter.tone = Tone::Firm;
            } else if says(&[
                "ton sympa",
                "ton gentil",
                "ton chaleureux",
                "ton aimable",
                "ton cordial",
            ]) {
                self.letter.tone = Tone::Warm;
            }
            self.findings.push(aside::finding(Remark::Instruction, line, span.clone()));
        }
        is
    }

    /// The number of the recipient's file, when there is exactly one, goes into the object.
    fn number_subject(&mut self) {
        let mut files: Vec<String> = Vec::new();
        for item in self.items.iter().filter(|i| i.role == Role::Context) {
            for found in facts(&item.text) {
                if let Fact::Reference(r) = found.fact
                    && r.starts_with(|c: char| c.is_ascii_uppercase())
                    && r.contains(['-', '/'])
                    && !files.contains(&r)
                {
                    files.push(r);
                }
            }
        }
        if let ([file], Some(subject)) = (files.as_slice(), &mut self.letter.subject)
            && !subject.contains(file.as_str())
        {
            subject.push_str(&format!(" – dossier n° {file}"));
        }
    }

    fn finish(mut self) -> Reading {
        if self.letter.signatory.name.is_none() {
            self.letter.signatory = signatory(self.office, None);
        }
        if let Some(note) = self.place_note.take() {
            self.letter.recipient.organisation.get_or_insert(note);
        }
        let people: Vec<String> = self.items.iter().map(|i| i.text.clone()).collect();
        for (index, text) in people.iter().enumerate() {
            if self.items[index].role == Role::Appointment {
                self.items[index].text = self.person(text);
            }
        }
        self.number_subject();
        if matches!(self.letter.purpose, Purpose::Refusal | Purpose::PartialAnswer) {
            self.letter.remedies = self.letter.sender.administration;
        }
        self.letter.remedies &= !self.no_remedies;
        self.subject_of_incoming();
        Reading { letter: self.letter, items: self.items, findings: self.findings }
    }

    /// What is answered by electronic means, and what it is about.
    fn subject_of_incoming(&mut self) {
        let medium = self.letter.incoming.medium.as_deref();
        if medium == Some("courriel") {
            self.letter.incoming.electronic = true;
        }
        let Incoming { subject, .. } = &self.letter.incoming;
        if self.letter.subject.is_none() && self.letter.purpose == Purpose::Acknowledgement {
            self.letter.subject.clone_from(subject);
        }
    }
}

words!(COUNTED, r"^\s*(?:\(\s*(?P<n>\d{1,2})\s*\)\s*:?|(?P<m>\d{1,2})\s*(?:->|=>|→|=|:))\s*");
words!(AND_TO, r"(?i) et (?:à la |à l['’]|aux? |à )");
words!(FIRST_DEPUTY, r"^(?P<rank>1re) adjoint$");
words!(COPY_TO, r"(?i)^(?:à la |à l['’]|aux? |à |a )");
words!(
    OFFICE,
    r"(?i)^(?:(?:\d+(?:er|re|e|[èe]re|[èe]me)?\s+)?adj(?:ointe?)?\b|maire\b|(?:vice-)?pr[ée]sidente?\b|tr[ée]sori[eè]re?\b|secr[ée]taire\b|direct(?:eur|rice)\b)"
);
// « ni de sa maladie » goes on with what is not to be said.
words!(NOR, r"(?i)^\W*(?:et )?ni (?:de|des|du|d['’]|le|la|les|l['’]|que|qu['’])");
words!(VERDICT_ON, r"(?i)^\W*(?:(?P<yes>oui|ok|d['’]accord|accord)|non|refus) pour\s*:?\s*$");
words!(NO_REMEDIES, r"(?i)\b(?:pas|aucun)\b[^,;.]*\brecours\b");

/// How many papers are announced: « (3) : », « 3 -> ».
fn counted(papers: &str) -> Option<usize> {
    let found = COUNTED.captures(papers)?;
    found.name("n").or(found.name("m"))?.as_str().parse().ok()
}

/// Whether a line also says that the letter is registered.
fn slot_of_sending(line: &str) -> bool {
    words!(REGISTERED, r"(?i)\b(?:recommand[ée]e?|lrar|rar)\b");
    REGISTERED.is_match(line)
}
