//! From the notes of a letter to its record, by rule.
//!
//! Every line ends in one of three places: a field of the record, an item of the body, or a
//! finding that quotes it. Nothing else leaves this file.

use super::address::{self, Recipient};
use super::line::{Slot, after_label, continues, is_entry, slot};
use super::phrase::{
    ACKNOWLEDGED_DAY, CONTENT_ORDER, DENIED, GRANTED, OURS, RECEIVED_DAY, SIGNED, SPELLING, THEIRS,
    UNANSWERED, URBAN, WAITING, YES_NO, attachment, bare_date, first_date, ignore_case_replace,
    matches, medium, purpose, same_month, statements, topic,
};
use super::record::{Form, Incoming, Letter, Purpose, Role, Signatory};
use super::signatory::signatory;
use crate::finding::{Finding, FindingKind};
use crate::notes::{Notes, Span};
use crate::office::Office;
use crate::reading::remark::{self, Questions, Remark};
use crate::reading::{Fact, facts};
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

/// Reads the notes.
pub fn read(notes: &Notes, office: &Office, form: Form) -> Reading {
    let mut reader = Reader::new(notes, office, form);
    let mut last: Option<Slot> = None;
    let mut private = false;
    let mut first = true;
    for line in notes.lines() {
        if line.text.trim().is_empty() {
            (last, private) = (None, false);
            continue;
        }
        let span = line.span();
        let text = reader.spellings(line.text, &span);
        if first {
            first = false;
            reader.header(&text, &span);
            continue;
        }
        if private && (is_entry(&text) || continues(&text)) {
            reader.findings.push(aside::finding(Remark::Private, &text, span));
            continue;
        }
        private = text.trim_end().ends_with(':') && remark::holds(&text, Remark::Private);
        let own = slot(&text, reader.letter.purpose);
        let inherited = if is_entry(&text) || continues(&text) { last } else { None };
        let here = match (own, inherited) {
            // An entry of a list stays in its list unless it opens with a label.
            (Some(Slot::Body(_)), Some(list @ Slot::Body(_))) if is_entry(&text) => Some(list),
            (own, inherited) => own.or(inherited),
        };
        for (piece, place) in statements(&text, &span) {
            let here = if place.start == span.start {
                here
            } else {
                slot(&piece, reader.letter.purpose).or(here)
            };
            reader.line(&piece, here, place);
        }
        if own.is_some() || inherited.is_none() {
            last = here.or(Some(Slot::Body(Role::Context)));
        }
    }
    reader.finish()
}

struct Reader<'a> {
    office: &'a Office,
    letter: Letter,
    items: Vec<Item>,
    findings: Vec<Finding>,
    base: Option<u64>,
    place_note: Option<String>,
}

impl<'a> Reader<'a> {
    fn new(notes: &Notes, office: &'a Office, form: Form) -> Self {
        let letter = Letter {
            form,
            purpose: purpose(notes.text()),
            recipient: Recipient::default(),
            signatory: Signatory::default(),
            date: None,
            subject: None,
            our_reference: None,
            their_reference: None,
            sending: Vec::new(),
            handled_by: None,
            incoming: Incoming::default(),
            reminders: Vec::new(),
            legal_ground: None,
            remedies: false,
            court: office.organisme.tribunal_administratif.clone(),
            urban_planning: matches(&URBAN, notes.text()),
            parts: Vec::new(),
            attachments: Vec::new(),
            copies: Vec::new(),
        };
        Self {
            office,
            letter,
            items: Vec::new(),
            findings: Vec::new(),
            base: None,
            place_note: None,
        }
    }

    /// Takes out a second spelling of a name: « X (ou Y ?) ».
    fn spellings(&mut self, line: &str, span: &Span) -> String {
        let Some(found) = SPELLING.captures(line) else {
            return line.to_owned();
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

    /// The first line: what for, for whom, about what.
    fn header(&mut self, line: &str, span: &Span) {
        if let Some(slot) = slot(line, self.letter.purpose)
            && !matches!(
                slot,
                Slot::Reminders | Slot::Body(_) | Slot::Answer | Slot::Incoming | Slot::Copies
            )
        {
            let (line, topic) = match line.split_once(" : ") {
                Some((head, topic)) if slot == Slot::Recipient => (head, Some(topic)),
                _ => (line, None),
            };
            self.line(line, Some(slot), span.clone());
            if let Some(topic) = topic.and_then(|t| self.sift(t, span.clone(), Questions::Doubts)) {
                self.letter.subject = Some(wording::capital(&wording::clean(&topic)));
            }
            return;
        }
        let mut subject: Vec<String> = Vec::new();
        let spaced = line
            .replace("-->", "\n")
            .replace("->", "\n")
            .replace('→', "\n")
            .replace(" – ", "\n")
            .replace(" - ", "\n");
        for (index, piece) in spaced.split(['\n', ':']).enumerate() {
            let sifted = remark::sift(piece, Questions::Doubts);
            for (kind, text) in &sifted.dropped {
                self.findings.push(aside::finding(*kind, text, span.clone()));
            }
            let piece = sifted.kept;
            let before = self.letter.recipient.clone();
            if self.letter.recipient.title.is_none() {
                address::read(&piece, &mut self.letter.recipient);
            }
            let found = self.letter.recipient != before;
            let topic = topic(&piece, found, index > 0);
            if !topic.is_empty() {
                subject.push(topic);
            }
        }
        let subject = wording::clean(&subject.join(" – "));
        if !subject.is_empty() {
            self.letter.subject = Some(wording::capital(&subject));
        }
    }

    fn line(&mut self, line: &str, slot: Option<Slot>, span: Span) {
        let slot = slot.unwrap_or(Slot::Body(Role::Context));
        // The words « lettre recommandée », « recours » are instructions that a field carries.
        if !matches!(slot, Slot::Remedies) && self.instruction(line, &span) {
            return;
        }
        let rest = after_label(line, slot);
        match slot {
            Slot::Remedies => self.letter.remedies = true,
            Slot::Court => self.court(rest, line, span),
            Slot::LegalGround => self.legal_ground(rest, line, span),
            Slot::Reference => self.references(line, span),
            Slot::Copies => {
                for copy in self
                    .sift(rest, span, Questions::Doubts)
                    .map(|t| wording::enumeration(&t))
                    .unwrap_or_default()
                {
                    self.letter.copies.push(wording::clean(copy.trim_start_matches("à ")));
                }
            }
            Slot::Attachments => {
                if let Some(rest) = self.sift(rest, span, Questions::Doubts) {
                    for paper in wording::enumeration(&rest) {
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
                Some(date) => self.letter.date = Some(date),
                None => self.body(Role::Context, line, span),
            },
            Slot::HandledBy => self.handled_by(rest, span),
            Slot::Signature => self.signature(rest, line),
            Slot::Answer => self.answer(rest, span),
            Slot::Incoming => self.incoming(line, span),
            Slot::Reminders => self.reminders(line, span),
            Slot::Body(Role::Appointment) => self.body(Role::Appointment, line, span),
            Slot::Body(role) => self.body(role, rest, span),
        }
    }

    /// A line that is an instruction to the writer, noted as such.
    fn instruction(&mut self, line: &str, span: &Span) -> bool {
        let is = remark::holds(line, Remark::Instruction) && !remark::holds_hard_fact(line);
        if is {
            self.findings.push(aside::finding(Remark::Instruction, line, span.clone()));
        }
        is
    }

    /// What the line holds once its remarks have become findings.
    fn sift(&mut self, text: &str, span: Span, questions: Questions) -> Option<String> {
        let sifted = remark::sift(text, questions);
        for (kind, text) in &sifted.dropped {
            self.findings.push(aside::finding(*kind, text, span.clone()));
        }
        let kept = sifted.kept.trim().to_owned();
        (!kept.is_empty()).then_some(kept)
    }

    fn body(&mut self, role: Role, text: &str, span: Span) {
        // Brackets that open a continued line bear on the item before.
        if let Some((inside, rest)) = text.trim().strip_prefix('(').and_then(|t| t.split_once(')'))
            && !rest.trim().is_empty()
            && remark::classify(inside).is_none()
            && let Some(before) = self.items.last_mut().filter(|i| i.role == role)
        {
            before.text = format!("{} ({})", before.text, wording::clean(inside));
            let role = match slot(rest, self.letter.purpose) {
                Some(Slot::Body(own)) => own,
                _ => role,
            };
            let at = span.end - rest.len().min(span.len());
            return self.body(role, rest, at..span.end);
        }
        let (role, questions) = match role {
            Role::Question => (role, Questions::Content),
            other => (other, Questions::Doubts),
        };
        let Some(text) = self.sift(text, span.clone(), questions) else { return };
        let text = self.share(&text, &span);
        let text = CONTENT_ORDER.replace(&text, "").into_owned();
        let text = UNANSWERED.replace_all(&text, " -> ").into_owned();
        if role == Role::Question {
            for item in wording::enumeration(&text) {
                self.items.push(Item { role, text: wording::clean(&item), span: span.clone() });
            }
            return;
        }
        let text = WAITING
            .replace(&text, "une réponse avant $when est nécessaire pour tenir ce calendrier")
            .into_owned();
        let text = wording::clean(&text);
        if !text.is_empty() {
            self.items.push(Item { role, text, span });
        }
    }

    /// A share that does not come out (« 40 % soit 35460 ») is left to complete.
    fn share(&mut self, text: &str, span: &Span) -> String {
        let mut percent: Option<(u64, String)> = None;
        let mut out = text.to_owned();
        for found in facts(text) {
            let written = text.get(found.span.clone()).unwrap_or_default();
            match &found.fact {
                Fact::Percent(p) => {
                    percent = p
                        .replace(',', ".")
                        .parse::<f64>()
                        .ok()
                        .map(|v| ((v * 100.0).round() as u64, p.clone()));
                }
                Fact::Amount(_) | Fact::Number(_) => {
                    let cents = match &found.fact {
                        Fact::Amount(amount) => Some(amount.cents),
                        Fact::Number(n) => n
                            .replace(',', ".")
                            .parse::<f64>()
                            .ok()
                            .map(|v| (v * 100.0).round() as u64),
                        _ => None,
                    };
                    let said = text.get(..found.span.start).unwrap_or_default().trim_end();
                    let is_share = said.ends_with("soit") || said.ends_with('=');
                    if let (true, Some((rate, p)), Some(base), Some(cents)) =
                        (is_share, &percent, self.base, cents)
                    {
                        let expected = base * rate / 10_000;
                        if expected != cents {
                            let amount = |cents: u64| {
                                crate::reading::Amount { cents, tax: None }.to_french()
                            };
                            self.findings.push(Finding::check(
                                FindingKind::Sum,
                                Some(span.clone()),
                                format!(
                                    "{p} % de {} font {}, vos notes disent {} : montant laissé à compléter",
                                    amount(base), amount(expected), amount(cents)
                                ),
                            ));
                            out = out.replacen(written, &wording::blank("montant"), 1);
                        }
                    } else if let Fact::Amount(amount) = &found.fact {
                        self.base = Some(amount.cents);
                    }
                }
                _ => {}
            }
        }
        out
    }

    fn court(&mut self, rest: &str, line: &str, span: Span) {
        let name = rest
            .trim_start_matches("admin")
            .trim_start_matches("istratif")
            .trim_start_matches([':', ' ', '.'])
            .trim();
        if line.contains('?') || name.is_empty() || remark::holds(line, Remark::Doubt) {
            self.findings.push(Finding::check(
                FindingKind::Uncertain,
                Some(span),
                format!(
                    "Tribunal administratif à compléter, vos notes en doutent : « {} »",
                    line.trim()
                ),
            ));
        } else {
            let name = name.trim_start_matches("de ").trim_start_matches("d'");
            self.letter.court = Some(wording::capital(name));
        }
    }

    fn legal_ground(&mut self, rest: &str, line: &str, span: Span) {
        let doubt = line.contains('?') || remark::holds(line, Remark::Doubt);
        if doubt || rest.is_empty() {
            self.findings.push(Finding::check(
                FindingKind::Uncertain,
                Some(span),
                format!("Fondement juridique (article de loi) à compléter, vos notes en doutent : « {} »", line.trim()),
            ));
        } else {
            let bare = line.trim().trim_start_matches(['-', ' ']);
            let kept = if rest.to_lowercase().starts_with("article") { rest } else { bare };
            let kept = kept.split_once(':').map_or(kept, |(label, value)| {
                if label.chars().any(|c| c.is_ascii_digit()) { kept } else { value.trim() }
            });
            self.letter.legal_ground = Some(kept.to_owned());
        }
    }

    fn references(&mut self, line: &str, span: Span) {
        let mut taken = false;
        if let Some(found) = OURS.captures(line) {
            self.letter.our_reference = Some(found["value"].trim().to_owned());
            taken = true;
        }
        if let Some(found) = THEIRS.captures(line) {
            let value = wording::clean(&found["value"]);
            if value.contains("courriel") || value.contains("courrier") || value.contains("lettre")
            {
                self.letter.incoming.dated = first_date(&found["value"]);
                self.letter.incoming.medium = medium(&value);
            }
            self.letter.their_reference = Some(value);
            taken = true;
        }
        if !taken {
            let bare = line.split_once(':').map_or(line, |(_, v)| v).trim();
            match facts(bare).iter().any(|f| matches!(f.fact, Fact::Reference(_))) {
                true => {
                    self.letter.our_reference =
                        Some(bare.trim_start_matches("réf").trim().to_owned());
                }
                false => self.body(Role::Context, line, span),
            }
        }
    }

    fn sending(&mut self, line: &str, span: Span) {
        let low = line.to_lowercase();
        let registered =
            ["recommand", "lrar", "rar", "avec ar", "accusé"].iter().any(|w| low.contains(w));
        let mut taken = false;
        if registered {
            self.letter.sending.push("Lettre recommandée avec accusé de réception".into());
            taken = true;
        }
        if low.contains("mail") || low.contains("courriel") {
            let copy = if registered { "Copie par courriel" } else { "Par courriel" };
            self.letter.sending.push(copy.into());
            taken = true;
        }
        if low.contains("main propre") {
            self.letter.sending.push("Remise en main propre".into());
            taken = true;
        }
        if !taken {
            if remark::holds_hard_fact(line) {
                self.body(Role::Context, line, span);
            } else {
                self.findings.push(aside::finding(Remark::Instruction, line, span));
            }
        }
    }

    fn recipient(&mut self, rest: &str, span: Span) {
        let Some(rest) = self.sift(rest, span, Questions::Doubts) else { return };
        let before = self.letter.recipient.clone();
        let after = address::read_postal(&rest, self.office, &mut self.letter.recipient);
        if self.letter.recipient.address.len() == before.address.len() {
            address::read(&rest, &mut self.letter.recipient);
            if self.letter.recipient == before {
                self.letter.recipient.organisation = Some(wording::capital(&rest));
            }
        }
        if let Some(after) = after {
            self.place_note = Some(wording::capital(&wording::clean(&after)));
        }
    }

    fn handled_by(&mut self, rest: &str, span: Span) {
        let rest = rest.trim_start_matches("par").trim_start_matches([':', ' ']);
        if let Some(rest) = self.sift(rest, span, Questions::Doubts) {
            self.letter.handled_by = Some(self.person(&wording::clean(&rest)));
        }
    }

    /// First names and surnames that the office sheet knows, written as it writes them.
    fn person(&self, text: &str) -> String {
        let known = self.office.personnel.secretaire_de_mairie.iter().map(String::as_str);
        let known: Vec<&str> =
            known.chain(self.office.conseil.membres.iter().map(|m| m.nom.as_str())).collect();
        for name in known {
            if text.to_lowercase().contains(&name.to_lowercase()) {
                return ignore_case_replace(text, name, name);
            }
            let Some((given, _)) = name.split_once(' ') else { continue };
            if text
                .split(|c: char| !c.is_alphanumeric() && c != '-')
                .any(|w| w.eq_ignore_ascii_case(given))
            {
                return ignore_case_replace(text, given, name);
            }
        }
        text.to_owned()
    }

    fn signature(&mut self, rest: &str, line: &str) {
        let who = if rest.is_empty() { line } else { rest };
        self.letter.signatory = signatory(self.office, Some(who));
    }

    fn answer(&mut self, rest: &str, span: Span) {
        let mut rest = rest.to_owned();
        if let Some(found) = SIGNED.find(rest.clone().as_str()) {
            self.letter.signatory = signatory(self.office, Some(&rest[found.start()..]));
            rest.truncate(found.start());
        }
        if GRANTED.is_match(&rest) && DENIED.is_match(&rest) {
            for clause in remark::clauses(&rest) {
                let clause = clause.rsplit(':').next().unwrap_or(clause);
                let granted = GRANTED.captures(clause).map(|c| (true, c["what"].to_owned()));
                let denied = || DENIED.captures(clause).map(|c| (false, c["what"].to_owned()));
                let text = match granted.or_else(denied) {
                    Some((true, what)) => format!("une suite favorable est donnée pour {what}"),
                    Some((false, what)) => {
                        format!("une suite favorable ne peut pas être donnée pour {what}")
                    }
                    None => clause.to_owned(),
                };
                self.body(Role::Decision, &text, span.clone());
            }
            return;
        }
        let bare = YES_NO.replace(&rest, "").into_owned();
        let bare = bare.trim().trim_matches(['(', ')', ',', '!', '.', ' ']).to_owned();
        if !bare.is_empty() {
            let text = if rest.to_lowercase().trim_start().starts_with("oui pour")
                || rest.to_lowercase().trim_start().starts_with("non pour")
            {
                rest
            } else {
                bare
            };
            self.body(Role::Decision, &text, span);
        }
    }

    fn incoming(&mut self, line: &str, span: Span) {
        let answers = !matches!(
            self.letter.purpose,
            Purpose::Reminder | Purpose::Request | Purpose::Invitation
        );
        let low = line.to_lowercase();
        let theirs = low.starts_with("son ")
            || low.starts_with("sa ")
            || low.starts_with("leur ")
            || answers;
        let own_file = low.starts_with("dossier");
        let (mut received, mut dated, mut acknowledged) = (None, None, None);
        for found in facts(line) {
            let Fact::Date(date) = &found.fact else { continue };
            let before = line.get(..found.span.start).unwrap_or_default().to_lowercase();
            let place = |words: &[&str]| words.iter().filter_map(|w| before.rfind(w)).max();
            let (r, a, d) = (
                place(&["reçu", "recu", "arriv"]),
                place(&["ar ", "accusé", "(ar"]),
                place(&[" du ", "daté", "écrit"]),
            );
            let french = date.to_french();
            if a > r && a > d {
                acknowledged = Some(french);
            } else if r > d {
                received = Some(french);
            } else {
                dated = Some(french);
            }
        }
        if let Some(found) = ACKNOWLEDGED_DAY.captures(line)
            && acknowledged.is_none()
            && let Some(received) = &received
        {
            acknowledged = same_month(received, &found["day"]);
        }
        if let Some(found) = RECEIVED_DAY.captures(line)
            && received.is_none()
            && let Some(dated) = &dated
        {
            received = same_month(dated, &found["day"]);
        }
        if !theirs
            || own_file
            || (received.is_none() && dated.is_none())
            || self.letter.incoming.received.is_some()
        {
            self.body(Role::Context, line, span);
            return;
        }
        let incoming = &mut self.letter.incoming;
        incoming.medium = medium(&wording::clean(&low)).or(incoming.medium.take());
        incoming.received = received.map(|d| bare_date(&d));
        incoming.dated = dated.or(incoming.dated.take());
        incoming.acknowledged = acknowledged;
        // What the message asks may stand on the same line.
        if let Some((_, request)) = line.split_once(':')
            && !request.trim().is_empty()
        {
            self.body(Role::Request, request, span);
        }
    }

    fn reminders(&mut self, line: &str, span: Span) {
        let dates: Vec<_> =
            facts(line).into_iter().filter(|f| matches!(f.fact, Fact::Date(_))).collect();
        if dates.is_empty() {
            self.body(Role::Context, line, span);
            return;
        }
        let mut start = 0;
        for found in dates {
            let Fact::Date(date) = &found.fact else { continue };
            let before = line.get(start..found.span.start).unwrap_or_default();
            start = found.span.end;
            let what = medium(&wording::clean(before)).unwrap_or_else(|| "relance".into());
            self.letter.reminders.push(format!("{what} du {}", date.to_french()));
        }
        self.findings.push(Finding::info(
            FindingKind::LeftOut,
            Some(span),
            format!("Relances résumées par leurs dates : « {} »", line.trim()),
        ));
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
            self.letter.remedies = true;
        }
        Reading { letter: self.letter, items: self.items, findings: self.findings }
    }
}
