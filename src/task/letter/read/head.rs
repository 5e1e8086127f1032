//! The first line of a letter's notes: what for, for whom, about what.

use super::Reader;
use crate::french::{self, Class};
use crate::notes::Span;
use crate::reading::name::candidate_names;
use crate::reading::remark::{self, Questions, Remark};
use crate::reading::{fold, words};
use crate::task::letter::address::{self, Civility};
use crate::task::letter::line::{Slot, slot};
use crate::task::letter::phrase::{HEADER_WORDS, topic};
use crate::task::letter::record::{Purpose, Role};
use crate::task::{aside, wording};

impl Reader<'_> {
    /// The first line: what for, for whom, about what.
    pub(super) fn header(&mut self, line: &str, span: &Span) {
        if self.ordered(line, span) || self.labelled(line, span) {
            return;
        }
        if REGISTERED_MAIL.is_match(line) {
            self.sending(line, span.clone());
        }
        if self.told_to_writer(line, span) {
            return;
        }
        let line = &self.somebody(&FILLER.replace(line, ""));
        let line = &self.fields_of_header(line, span);
        let line = &self.addressees(line, span);
        let line = &self.addressed_by_name(line, span);
        let line = &self.wish_of_header(line, span);
        let subject = self.topics(line, span);
        self.object(&subject, span);
    }

    /// « répondre à ce monsieur, lettre »: whom the message received names; what is left of the line.
    fn somebody(&mut self, line: &str) -> String {
        let Some(found) = SOMEBODY.captures(line) else { return line.to_owned() };
        let civility = match found["who"].to_lowercase().as_str() {
            "ce monsieur" => Some(Civility::Monsieur),
            "cette dame" => Some(Civility::Madame),
            _ => None,
        };
        self.letter.recipient.civility = self.letter.recipient.civility.or(civility);
        FORM_ALONE.replace(&found["rest"], "").into_owned()
    }

    /// A first line that fills a field by its label. Whether it did.
    fn labelled(&mut self, line: &str, span: &Span) -> bool {
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
            // « relance n° 2 clôture -> syndicat des eaux, 3 rue Basse, 00120 Trévol »
            if slot == Slot::Recipient
                && let Some(found) = TOPIC_THEN_WHOM.captures(line)
            {
                let civil = found.name("civil").map_or("", |civil| civil.as_str());
                self.line(&format!("{civil}{}", found["whom"].trim()), Some(slot), span.clone());
                let about = topic(&found["topic"], false, false);
                let kinds = about.split([' ', '+', '/']).filter(|word| !word.is_empty());
                let kinds = kinds.map(fold).all(|word| KINDS.contains(&word.as_str()));
                if !about.is_empty() && !kinds {
                    self.letter.subject = Some(wording::capital(&wording::clean(&about)));
                }
                return true;
            }
            let (line, topic) = match line.split_once(" : ") {
                Some((head, topic)) if slot == Slot::Recipient => (head, Some(topic)),
                _ => (line, None),
            };
            self.line(line, Some(slot), span.clone());
            if let Some(topic) = topic.and_then(|t| self.sift(t, span.clone(), Questions::Doubts)) {
                self.letter.subject = Some(wording::capital(&wording::clean(&topic)));
            }
            return true;
        }
        false
    }

    /// A first line that only tells the writer what to do. Whether it was one.
    fn told_to_writer(&mut self, line: &str, span: &Span) -> bool {
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
            return true;
        }
        false
    }

    /// « AR Mme X – daté du 3 mai 2027, signé le maire »: the fields at the end of the line.
    fn fields_of_header(&mut self, line: &str, span: &Span) -> String {
        let mut bare = line.to_owned();
        let fields: Vec<String> =
            HEADER_FIELD.captures_iter(line).map(|found| found["field"].to_owned()).collect();
        for field in fields {
            let own = slot(&field, self.letter.purpose);
            if let Some(about) = SUBJECT_IS.captures(field.trim()) {
                self.letter.subject = Some(wording::capital(&wording::clean(&about["about"])));
                bare = bare.replacen(&field, "", 1);
            } else if matches!(own, Some(Slot::Date | Slot::Signature | Slot::Reference)) {
                self.line(field.trim(), own, span.clone());
                bare = bare.replacen(&field, "", 1);
            }
        }
        bare.trim().trim_end_matches(['–', '-', ',', ' ']).to_owned()
    }

    /// « courriel à Anne Roy pour son reste à payer, c'est la 2e relance, la première … »: who is
    /// written to, what about, and what else the sentence tells.
    fn addressed_by_name(&mut self, line: &str, span: &Span) -> String {
        let Some(found) = TO_PERSON.captures(line) else { return line.to_owned() };
        let name = &found["name"];
        let named = matches!(candidate_names(name).as_slice(), [one] if one.len() == name.len());
        if !named || !self.letter.recipient.block().is_empty() {
            return line.to_owned();
        }
        self.letter.recipient.name = Some(name.to_owned());
        let end = found.get(0).map_or(line.len(), |all| all.end());
        for clause in remark::clauses(line.get(end..).unwrap_or_default()) {
            let clause = clause.trim();
            if WHICH_REMINDER.is_match(clause) {
                continue;
            }
            let own = slot(clause, self.letter.purpose);
            let own = if OWN_MAIL.is_match(clause) { Some(Slot::Reminders) } else { own };
            self.line(clause, own, span.clone());
        }
        found.name("about").map_or_else(String::new, |about| about.as_str().trim().to_owned())
    }

    /// What the pieces of the line are about, once they have said who is written to.
    fn topics(&mut self, line: &str, span: &Span) -> Vec<String> {
        let mut subject: Vec<String> = Vec::new();
        let spaced = line
            .replace("-->", "\n")
            .replace("->", "\n")
            .replace('→', "\n")
            .replace(" – ", "\n")
            .replace(" - ", "\n");
        for (index, piece) in spaced.split(['\n', ':']).enumerate() {
            let sifted = remark::sift(piece, Questions::Doubts);
            self.findings.extend(aside::findings(&sifted.dropped, span));
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
        subject
    }

    /// What the letter is about, by its purpose.
    fn object(&mut self, subject: &[String], span: &Span) {
        let subject = wording::clean(&subject.join(" – "));
        let subject = LEADING_ARTICLE.replace(&subject, "").into_owned();
        // « aux archers pour leur fête, c'est non pour le pré »: the answer is no object.
        let subject = match ANSWERED.find(&subject) {
            Some(answer) if self.letter.purpose.answers() && answer.start() > 0 => {
                subject.get(..answer.start()).unwrap_or_default().to_owned()
            }
            _ => subject,
        };
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
        if subject.is_empty() || VERDICT.is_match(&subject) || self.letter.subject.is_some() {
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
}

/// Whether a word can only be a verb of the third person.
fn acts(word: &str) -> bool {
    let readings = french::readings(word);
    !readings.is_empty()
        && readings.iter().all(|form| form.class == Class::Finite || form.class == Class::Other)
        && readings.iter().any(|form| form.class == Class::Finite)
}

words!(
    TOPIC_THEN_WHOM,
    r"^(?P<topic>[^>→]{3,80}?)\s*(?:(?:->|=>|→)\s*|\s[àa] (?P<civil>(?i:m\.|mr?|mme|monsieur|madame) ))(?P<whom>.*\b\d{5}\b.*)$"
);

/// Words that say what kind of letter it is.
const KINDS: [&str; 10] = [
    "info",
    "infos",
    "information",
    "demande",
    "courrier",
    "lettre",
    "mail",
    "et",
    "reponse",
    "relance",
];

words!(
    HEADER_FIELD,
    r"(?i)(?:\s+[–-]\s+|,\s+)(?P<field>(?:je signe\b|c['’]est moi qui signe\b|(?:sujet|objet)\b|dat(?:\.|[ée]e?s?\b)|sign(?:\.|[ée]e?\b|ature\b)|n/?r[ée]f\b|nos r[ée]f\b)[^,–]*)"
);
words!(
    SUBJECT_IS,
    r"(?i)^(?:sujet|objet)\s*:?\s*(?:(?:le|la|les)\s+|l['’])?(?P<about>\p{L}.*?)(?:\s+(?:qu['’]|que |qui )[^,]*)?[.\s]*$"
);
words!(
    TO_PERSON,
    r"(?i:^\W*(?:(?:faire|[ée]crire|envoyer) )?(?:une? )?(?:nouve(?:l|au|lle) )?(?:mail|courriel|e-mail|lettre|courrier|mot|message|r[ée]ponse|relance|invitation) (?:à|a|pour)) (?P<name>\p{Lu}[\p{Ll}-]+ \p{Lu}[\p{L}'’-]+)(?: (?i:pour|sur|au sujet d[eu]s?|[àa] propos d[eu]s?|concernant) (?:(?i:ses|son|sa|leurs?|les?|la) )?(?P<about>[^,]+))?(?:,|$)"
);
words!(
    WHICH_REMINDER,
    r"(?i)^c['’]?est (?:la |le |sa |notre |ma )?(?:\d ?(?:e|[èe]me|re|[èe]re)|premi[èe]re?|deuxi[èe]me|seconde?|derni[èe]re?) (?:relance|rappel|courrier|mail)$"
);
words!(OWN_MAIL, r"(?i)\b(?:mon|notre) (?:mail|courriel|courrier|lettre|message)\b.*\b\d");
words!(FILLER, r"(?i)^\W*(?:(?:bon|alors|ok|euh|voil[àa]|donc)\b[,\s]*)+");
words!(
    SOMEBODY,
    r"(?i)^\W*(?:(?:r[ée]pon(?:dre|se)|[ée]crire|lettre|courrier|e?-?mail|courriel)\s+)(?:par (?:mail|courriel|lettre|courrier)\s+)?[àa]\s+(?P<who>ce monsieur|cette (?:dame|personne)|ces gens|lui|elle)\b[\s,;:–-]*(?P<rest>.*)$"
);
words!(FORM_ALONE, r"(?i)^(?:par |en |une? )?(?:lettre|courrier|e?-?mail|courriel)\b[\s,;:–-]*");
words!(HE_SAYS, r"(?i),\s+(?:il|elle|ils|elles)\s+(?:nous\s+)?\p{L}+");
words!(ANSWERED, r"(?i)[\s,:–-]*\bc['’ ]?est (?:non|oui|ok|d['’]accord)\b.*$");
words!(WROTE_ON, r"(?i)^(?:il|elle)s? (?:nous )?(?:a|ont) [ée]crit\b.*\d");
words!(REGISTERED_MAIL, r"(?i)\b(?:recommand[ée]e?|lrar|rar)\b");
words!(LEADING_ARTICLE, r"(?i)^(?:la |le |les |l['’])");
