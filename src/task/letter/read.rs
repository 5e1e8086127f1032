//! From the notes of a letter to its record, by rule.
//!
//! Every line ends in one of three places: a field of the record, an item of the body, or a
//! finding that quotes it. Nothing else leaves this file.

mod fields;
mod house;
mod layout;
mod sums;

use super::address;
use super::line::{Slot, after_label, continues, is_entry, slot, without_number};
use super::phrase::{
    ANOTHER_LETTER, CONTENT_ORDER, HEADER_WORDS, PROMISE, RULED_OFF, SPELLING, UNANSWERED, URBAN,
    WAITING, attachment, first_date, matches, statements, topic,
};
use super::record::{Form, Incoming, Letter, Purpose, Role, Sender, Tone};
use super::signatory::signatory;
use crate::finding::{Finding, FindingKind};
use crate::french::{self, Class};
use crate::notes::{Notes, Span};
use crate::office::Office;
use crate::reading::correction::renamed;
use crate::reading::name::candidate_names;
use crate::reading::remark::{self, Questions, Remark};
use crate::reading::{Fact, facts, fold, pattern, words};
use crate::task::minutes::clauses::sentences;
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
    let mut last: Option<Slot> = None;
    let mut private = false;
    let mut verdict: Option<&str> = None;
    let mut way: Option<String> = None;
    let mut listed = false;
    let mut first = true;
    let mark = layout::common_mark(notes.text());
    reader.correspondents = house::correspondents(notes.text());
    for line in notes.lines() {
        if line.text.trim().is_empty() || RULED_OFF.is_match(line.text) {
            (last, private) = (None, false);
            continue;
        }
        let span = line.span();
        if span.start >= end {
            break;
        }
        let text = layout::priced(layout::unmarked(line.text, mark));
        let text = layout::without_label(&layout::grouped_sums(&text));
        let text = reader.manner(text, &span);
        let text = reader.spellings(&text, &span);
        let text = reader.renamed(text, &span);
        if reader.explains(&text, notes, &span) {
            continue;
        }
        if reader.house(&text) || reader.own_address(&text, &span) {
            continue;
        }
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
        if let Some(found) = VERDICT_ON.captures(&text) {
            let yes = found.name("yes").is_some();
            verdict = Some(if yes { "accordé" } else { "refusé" });
            continue;
        }
        if let Some(said) = verdict.filter(|_| is_entry(&text) || continues(&text)) {
            let text = without_number(text.trim().trim_start_matches(['-', '–', '•', '*']));
            reader.body(Role::Decision, &format!("{said} : {}", text.trim()), span);
            continue;
        }
        verdict = None;
        if listed
            && layout::is_bare_deadline(&text)
            && reader.deadline_of_list(&text, way.as_deref(), last, &span)
        {
            continue;
        }
        if let Some(where_to) = layout::address_of_answer(&text)
            && reader.answered_at(where_to)
        {
            continue;
        }
        listed = is_entry(&text);
        let text = without_number(&text).to_owned();
        reader.entry = listed || last.is_some() && continues(&text);
        if let Some(fields) = layout::fields(&text, &span, reader.letter.purpose) {
            for (piece, place) in fields {
                if reader.own_house(&piece) {
                    continue;
                }
                reader.line(&piece, slot(&piece, reader.letter.purpose), place);
            }
            last = Some(Slot::Body(Role::Context));
            continue;
        }
        let own = slot(&text, reader.letter.purpose);
        let inherited = if listed || continues(&text) { last } else { None };
        let here = match (own, inherited) {
            // An entry of a list stays in its list unless it opens with a label.
            (Some(Slot::Body(_)), Some(list @ Slot::Body(_))) if listed => Some(list),
            (own, inherited) => own.or(inherited),
        };
        // « on propose au choix : » only opens the list that follows.
        if layout::opens_list(&text, notes, &span) {
            way = layout::way_to(&text).map(str::to_owned);
            last = own.or(Some(Slot::Body(Role::Context)));
            continue;
        }
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
    /// First names and surnames that addresses of the notes spell.
    correspondents: Vec<String>,
    no_remedies: bool,
    /// Whether the line is an entry of a list, which says one thing.
    entry: bool,
}

impl<'a> Reader<'a> {
    fn new(notes: &Notes, office: &'a Office, form: Form, purpose: Purpose) -> Self {
        let letter = Letter {
            form,
            purpose,
            sender: sender(office),
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
        }
    }

    /// The line without how to say it: « …, le dire mais gentiment ».
    fn manner(&mut self, line: String, span: &Span) -> String {
        let Some(found) = MANNER.find(&line) else { return line };
        let told = found.as_str().trim_matches([',', ' ', '(', ')']);
        self.findings.push(aside::finding(Remark::Instruction, told, span.clone()));
        line.replacen(found.as_str(), "", 1)
    }

    /// A day under a list that says how: « le tout avant le … ». Whether it is put there; under
    /// what is asked, it is the day of the answer.
    fn deadline_of_list(
        &mut self,
        line: &str,
        way: Option<&str>,
        list: Option<Slot>,
        span: &Span,
    ) -> bool {
        let role = match list {
            Some(Slot::Body(Role::Request | Role::Question)) | None => return false,
            Some(Slot::Body(role)) => role,
            Some(_) => return false,
        };
        let what = way.map_or_else(|| "le tout".to_owned(), |verb| format!("à {verb}"));
        self.body(role, &format!("{what} {}", line.trim()), span.clone());
        true
    }

    /// Where an answer goes, beside the day by which it is awaited. Whether there is such a day.
    fn answered_at(&mut self, where_to: &str) -> bool {
        let Some(before) = self.items.last_mut().filter(|item| item.role == Role::Deadline) else {
            return false;
        };
        before.text = format!("{} ({where_to})", before.text);
        true
    }

    /// The line with a name that takes the place of another, and the finding that says so.
    fn renamed(&mut self, line: String, span: &Span) -> String {
        let Some((new, old)) = renamed(&line) else { return line };
        let what = format!("{new} au lieu de {old}");
        self.findings.push(aside::correction(&what, &line, span.clone()));
        new
    }

    /// « l'élu dit 80 mais on a mesuré 40, donc 40 » explains a value that another line gives.
    fn explains(&mut self, line: &str, notes: &Notes, span: &Span) -> bool {
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

    /// Takes out a second spelling of a name: « X (ou Y ?) ».
    fn spellings(&mut self, line: &str, span: &Span) -> String {
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

    /// The first line: what for, for whom, about what.
    fn header(&mut self, line: &str, span: &Span) {
        if let Some(slot) = slot(line, self.letter.purpose)
            && !matches!(
                slot,
                Slot::Reminders
                    | Slot::Body(_)
                    | Slot::Answer
                    | Slot::Incoming
                    | Slot::Copies
                    | Slot::Sending
                    | Slot::Competent
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
        if REGISTERED_MAIL.is_match(line) {
            self.sending(line, span.clone());
        }
        // « Post-it pour Agnès (lettre à faire partir le 12 mai) » is no object.
        words!(
            TO_WRITER,
            r"(?i)^(?:post-?it|dict[ée]e|pense-b[êe]te|notes?|brouillon|m[ée]mo)\b(?:.*\bdict[ée]e)?\s*(?:\+|pour|de|:|$)"
        );
        if TO_WRITER.is_match(line) {
            if line.contains("partir") || line.contains("envoyer") {
                self.line(line, Some(Slot::Date), span.clone());
            }
            self.findings.push(aside::finding(Remark::Instruction, line, span.clone()));
            return;
        }
        let line = &self.addressees(&FILLER.replace(line, ""), span);
        let line = &self.wish_of_header(line, span);
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
            let mut topic = topic(&piece, found, index > 0);
            // « invitation voisins – pose de la première pierre »: whom, then to what.
            if index == 0 && found && address::is_people(&topic) && spaced.contains('\n') {
                topic.clear();
            }
            // « club de tir (M. X, président) » is who is written to.
            if found && address::is_body(&topic) {
                let body = wording::capital(&wording::clean(&std::mem::take(&mut topic)));
                self.letter.recipient.organisation.get_or_insert(body);
            }
            if !topic.is_empty() {
                subject.push(topic);
            }
        }
        // « lettre à Camille Dufour »: a name and nothing else is who is written to.
        if let [name] = subject.as_slice()
            && self.letter.recipient.block().is_empty()
            && let [span] = candidate_names(name).as_slice()
            && span.len() == name.len()
            && name.contains(' ')
        {
            self.letter.recipient.name = subject.pop();
        }
        let subject = wording::clean(&subject.join(" – "));
        let subject = LEADING_ARTICLE.replace(&subject, "").into_owned();
        // « Mme X signale un panneau tombé » says what was asked.
        if self.letter.purpose.answers()
            && !self.letter.recipient.block().is_empty()
            && acts(subject.split(' ').next().unwrap_or_default())
        {
            let told = wording::to_recipient(&format!("elle {subject}"));
            return self.body(Role::Request, &told, span.clone());
        }
        // « réponse : OUI » says what is decided, not what about.
        words!(VERDICT, r"(?i)^\W*(?:c['’]est )?(?:oui|non|ok|d['’]accord)\W*$");
        if subject.is_empty() || VERDICT.is_match(&subject) {
            return;
        }
        match self.letter.purpose {
            // Whose death it is belongs to the sentence that speaks of it.
            Purpose::Condolences => self.body(Role::Context, &subject, span.clone()),
            Purpose::Congratulations => {
                let bare = HEADER_WORDS.replace(&subject, "").into_owned();
                let told = wording::to_recipient(&bare);
                self.letter.subject = Some(told).filter(|told| !told.is_empty());
            }
            _ => self.letter.subject = Some(wording::capital(&subject)),
        }
    }

    /// « lettre pour M. X, il veut qu'on lui rende …, il a écrit le 9 mars »: what the first line
    /// says of who is written to is no object.
    fn wish_of_header(&mut self, line: &str, span: &Span) -> String {
        let Some(found) = HE_SAYS.find(line) else { return line.to_owned() };
        let (head, told) = (line.get(..found.start()), line.get(found.start()..));
        let (Some(head), Some(told)) = (head, told) else { return line.to_owned() };
        if address::civil_name(head).is_none() {
            return line.to_owned();
        }
        let mut wish = String::new();
        for clause in remark::clauses(told) {
            let clause = clause.trim();
            if WROTE_ON.is_match(clause) {
                self.incoming(clause, span.clone());
            } else {
                wish.push_str(if wish.is_empty() { "" } else { ", " });
                wish.push_str(clause);
            }
        }
        if !wish.is_empty() {
            self.body(Role::Request, &wish, span.clone());
        }
        head.to_owned()
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
                for copy in self
                    .sift(rest, span, Questions::Doubts)
                    .map(|t| wording::enumeration(&t))
                    .unwrap_or_default()
                {
                    self.letter.copies.push(wording::clean(copy.trim_start_matches("à ")));
                }
            }
            Slot::Attachments => {
                // Photos are papers there, no instruction for the layout.
                let kept = match remark::classify(rest) {
                    Some(Remark::Instruction) => Some(rest.to_owned()),
                    _ => self.sift(rest, span, Questions::Doubts),
                };
                if let Some(rest) = kept {
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
            Slot::Competent => self.competent(line, span),
            Slot::Silence => self.silence(line, span),
            Slot::Registered => self.registered(line, span),
            Slot::Body(Role::Request) if line.trim().to_lowercase().starts_with("se plain") => {
                self.body(Role::Request, &format!("elle {}", line.trim()), span);
            }
            Slot::Body(Role::Missing) => self.missing(rest, span),
            Slot::Body(Role::Appointment) => self.body(Role::Appointment, line, span),
            Slot::Body(role) => self.body(role, rest, span),
        }
    }

    /// A line that is an instruction to the writer, noted as such.
    fn instruction(&mut self, line: &str, span: &Span) -> bool {
        let is = remark::holds(line, Remark::Instruction) && !remark::holds_hard_fact(line);
        if is {
            let low = line.to_lowercase();
            let says = |words: &[&str]| words.iter().any(|word| low.contains(word));
            if says(&["ton ferme", "rester ferme", "être ferme", "etre ferme"]) {
                self.letter.tone = Tone::Firm;
            } else if says(&["ton sympa", "ton chaleureux", "ton aimable", "ton cordial"]) {
                self.letter.tone = Tone::Warm;
            }
            self.findings.push(aside::finding(Remark::Instruction, line, span.clone()));
        }
        is
    }

    /// What the line holds once its remarks have become findings.
    fn sift(&mut self, text: &str, span: Span, questions: Questions) -> Option<String> {
        let laughed = LAUGHED.find(text).map(|found| found.as_str().trim().to_owned());
        let text = &*LAUGHED.replace_all(text, "");
        let mut sifted = remark::sift(text, questions);
        if let Some(laughed) = laughed {
            let inside = laughed.trim_matches(['(', ')']).to_owned();
            sifted.dropped.push((Remark::Gossip, inside));
        }
        // Gossip in brackets leaves what stands before them.
        let mood =
            |(kind, _): &(Remark, String)| matches!(kind, Remark::Gossip | Remark::Judgement);
        if sifted.kept.trim().is_empty()
            && sifted.dropped.iter().all(mood)
            && let Some((bare, inside)) = layout::unbracketed(text)
        {
            let without = remark::sift(&bare, questions);
            if without.dropped.is_empty() {
                sifted = without;
                sifted.dropped.push((Remark::Gossip, inside));
            }
        }
        // « en avril ? je crois, à vérifier » is one doubt.
        sifted.dropped.dedup_by(|next, first| {
            let one = first.0 == Remark::Doubt && next.0 == Remark::Doubt;
            if one {
                first.1 = format!("{}, {}", first.1, next.1);
            }
            one
        });
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
        let asked = role == Role::Request && !self.letter.purpose.answers();
        let (role, questions) = match role {
            Role::Question => (role, Questions::Content),
            role if asked => (role, Questions::Content),
            other => (other, Questions::Doubts),
        };
        let Some(text) = self.sift(text, span.clone(), questions) else { return };
        let Some(text) = self.unpromised(&text, &span) else { return };
        let text = self.share(&text, &span);
        let text = CONTENT_ORDER.replace(&text, "").into_owned();
        let text = UNANSWERED.replace_all(&text, " -> ").into_owned();
        if asked && self.entry {
            self.items.push(Item { role, text: wording::clean(&text), span });
            return;
        }
        if role == Role::Question {
            let asks = if self.entry { vec![text] } else { wording::enumeration(&text) };
            for item in asks {
                self.items.push(Item { role, text: wording::clean(&item), span: span.clone() });
            }
            return;
        }
        let text = WAITING
            .replace(&text, "une réponse avant $when est nécessaire pour tenir ce calendrier")
            .into_owned();
        // « une subvention + le gymnase » are two wishes.
        let wishes: Vec<&str> = match role {
            Role::Request => text.split(" + ").collect(),
            _ => vec![text.as_str()],
        };
        // Statements of one line that a full stop parts.
        let pieces = wishes.into_iter().flat_map(sentences).map(|(_, text)| wording::clean(text));
        for text in pieces.filter(|text| !text.is_empty()) {
            self.items.push(Item { role, text, span: span.clone() });
        }
    }

    /// The text without what it leaves to later days: a letter promises nothing.
    fn unpromised(&mut self, text: &str, span: &Span) -> Option<String> {
        let (later, kept): (Vec<&str>, Vec<&str>) =
            remark::clauses(text).into_iter().partition(|clause| PROMISE.is_match(clause));
        if later.is_empty() {
            return Some(text.to_owned());
        }
        self.findings.push(Finding::check(
            FindingKind::LeftOut,
            Some(span.clone()),
            format!("Laissé de côté, une lettre ne promet rien : « {} »", later.join(",").trim()),
        ));
        let kept = kept.join(",").trim().to_owned();
        (!kept.is_empty()).then_some(kept)
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

/// Whether a word can only be a verb of the third person.
fn acts(word: &str) -> bool {
    let readings = french::readings(word);
    !readings.is_empty()
        && readings.iter().all(|form| form.class == Class::Finite || form.class == Class::Other)
        && readings.iter().any(|form| form.class == Class::Finite)
}

words!(FILLER, r"(?i)^\W*(?:(?:bon|alors|ok|euh|voil[àa]|donc)\b[,\s]*)+");
words!(HE_SAYS, r"(?i),\s+(?:il|elle|ils|elles)\s+(?:nous\s+)?\p{L}+");
words!(WROTE_ON, r"(?i)^(?:il|elle)s? (?:nous )?(?:a|ont) [ée]crit\b.*\d");
words!(
    MANNER,
    r"(?i)\s*\((?:[çc]a,? )?(?:on|nous) peut (?:le |la |les )?(?:dire|[ée]crire|mettre|citer)\)|,\s*(?:(?:le|la|lui|leur) )*dire,? (?:mais )?(?:gentiment|poliment|avec tact|doucement|sans m[ée]nagement)\b[^,;]*|,\s*(?:lui|leur) dire que\b"
);
words!(VERDICT_ON, r"(?i)^\W*(?:(?P<yes>oui|ok|d['’]accord|accord)|non|refus) pour\s*:?\s*$");
words!(
    EXPLAINS,
    r"(?i)\d.*\bmais\b.*\bdonc\s+(?:on (?:garde|met|dit)\s+)?(?P<value>\d[\d,.]*)\W*$"
);
// What somebody laughs at in brackets is between colleagues.
words!(LAUGHED, r"(?i)\s*\([^()]*\b(?:mdr|ptdr|lol|xd|haha)\b[^()]*\)");
words!(NO_REMEDIES, r"(?i)\b(?:pas|aucun)\b[^,;]*\brecours\b");
words!(OTHER_SPELLING, r"\s*\(ou (?P<second>\p{Lu}[\p{L}'’-]+)[^)]*\)");
words!(REGISTERED_MAIL, r"(?i)\b(?:recommand[ée]e?|lrar|rar)\b");
words!(LEADING_ARTICLE, r"(?i)^(?:la |le |les |l['’])");

/// Who writes, as the sheet says it.
fn sender(office: &Office) -> Sender {
    let body = &office.organisme;
    let town_hall = body.nature.as_deref() == Some("commune");
    let mut address: Vec<String> = body.adresse.iter().cloned().collect();
    if let (Some(code), Some(town)) = (&body.code_postal, &body.nom)
        && town_hall
    {
        address.push(format!("{code} {town}"));
    }
    let name = body.nom.as_ref().map(|name| match (town_hall, name.chars().next()) {
        (false, _) => name.clone(),
        (true, Some('A' | 'E' | 'I' | 'O' | 'U' | 'Y' | 'É' | 'È' | 'H')) => {
            format!("Mairie d'{name}")
        }
        (true, _) => format!("Mairie de {name}"),
    });
    Sender {
        name,
        address,
        phone: body.telephone.clone(),
        email: body.courriel.clone(),
        place: office.courrier.lieu.clone().or_else(|| body.nom.clone().filter(|_| town_hall)),
        administration: body.nature.as_deref() != Some("association"),
    }
}
