//! Lines that fill a field of the record: references, dates of what came in, who signs, who is
//! competent, what is missing.

use super::{Item, Reader};
use crate::finding::{Finding, FindingKind};
use crate::french;
use crate::notes::Span;
use crate::reading::abbreviation::spell_out;
use crate::reading::name::is_first_name;
use crate::reading::remark::{self, Questions, Remark};
use crate::reading::{Fact, facts, fold, words};
use crate::task::letter::address;
use crate::task::letter::phrase::{
    ACKNOWLEDGED_DAY, BY_DATE, COMPETENT, DENIED, GRANTED, OURS, RECEIVED_DAY, REGISTERED,
    REGISTERED_DAY, SIGNED, SILENCE, THEIRS, TO_THEIR, TRUE_DATE, YES_NO, bare_date, first_date,
    ignore_case_replace, medium, same_month,
};
use crate::task::letter::record::{Purpose, Role, Silence};
use crate::task::letter::signatory::signatory;
use crate::task::{aside, wording};

// « a m roche president », as a phone types it.
words!(
    SMALL_NAME,
    r"^(?:[àa] |pour )?(?P<civility>m\.?|mr|mme|mlle|monsieur|madame) (?P<name>\p{Ll}[\p{Ll}'’-]+)(?:,? (?P<title>\p{Ll}{5,}))?$"
);
// « a mr paul roche 3 rue basse 00120 trevol ».
words!(
    SMALL_ADDRESS,
    r"^(?:[àa] |pour )?(?P<civility>m\.?|mr|mme|mlle|monsieur|madame) (?P<name>\p{Ll}[\p{Ll}'’-]+(?: \p{Ll}[\p{Ll}'’-]+){0,2}),? (?P<street>\d{1,4} .*)$"
);
words!(NAMES_CIVILITY, r"(?i)^(?:mme|mlle|madame)");
words!(SHORT_TITLE, r"(?i)\b(?:(?:vice-)?pdte?|pr[ée]sid|dir|adj|secr|tr[ée]s|synd|asso)\b\.?");
// « accord de Mme le maire – … »
words!(
    BY_WHOM,
    r"(?i)^(?:de |du |de la )(?:(?:m\.?|mme|monsieur|madame) )?(?:la |le |l['’])?(?:maire|pr[ée]sidente?|adjointe?|bureau|conseil|commission)\b\s*"
);
words!(
    ALL_OF_IT,
    r"(?i)^(?:pour )?(?:les (?:deux|trois|quatre)|le tout|tout|l['’]ensemble|toutes ses demandes)$"
);
// « … departementale Anne Rochebrun maison … », once the name has its capitals.
words!(
    FULL_NAME,
    r"(?P<before>\p{Ll}{4,}[ea]l[es]{0,2}|\p{Ll}+(?:eur|rice|aire|ente?|ère)) (?P<name>\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+),? (?P<after>\p{Ll})"
);
words!(INITIAL_AFTER, r"(?P<given>\b\p{Lu}\p{Ll}[\p{L}-]*) \p{Lu}\.");
words!(NOT_OURS, r"(?i)^\W*(?:c['’]est )?pas (?:de )?notre (?:comp[ée]tence|ressort)\W*$");

words!(
    NAME_AND_MORE,
    r"^(?P<name>\p{Lu}[\p{L}'’-]* (?:\p{Lu}{2,}[\p{Lu}'’-]*)(?: \p{Lu}{2,}[\p{Lu}'’-]*)*) (?P<more>.+)$"
);

/// Names that a phone types in small letters: « solange ferrandel » as « Solange Ferrandel », where
/// the second is no word of the language.
fn with_capitals(text: &str) -> String {
    if text.contains(char::is_uppercase) {
        return text.to_owned();
    }
    let words: Vec<&str> = text.split(' ').collect();
    let surname = |word: Option<&&str>| {
        word.is_some_and(|word| {
            let word = word.trim_end_matches([',', '.']);
            word.chars().count() > 3
                && word.chars().all(char::is_alphabetic)
                && !french::is_word(word)
                && french::readings(word).is_empty()
        })
    };
    let mut after_name = false;
    let told = words.iter().enumerate().map(|(at, word)| {
        let given = !after_name && is_first_name(&fold(word)) && surname(words.get(at + 1));
        let out = if given || after_name { wording::capital(word) } else { (*word).to_owned() };
        after_name = given;
        out
    });
    told.collect::<Vec<_>>().join(" ")
}

impl Reader<'_> {
    pub(super) fn court(&mut self, rest: &str, line: &str, span: Span) {
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

    pub(super) fn legal_ground(&mut self, rest: &str, line: &str, span: Span) {
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

    pub(super) fn references(&mut self, line: &str, span: Span) {
        let mut taken = false;
        if let Some(found) = OURS.captures(line) {
            self.letter.our_reference = Some(found["value"].trim().to_owned());
            taken = true;
        }
        if let Some(found) = THEIRS.captures(line) {
            let value = wording::clean(&found["value"]);
            let written = ["courriel", "courrier", "lettre", "demande", "message"];
            if written.iter().any(|medium| value.contains(medium)) {
                let dated = first_date(&found["value"]);
                if self.other_day(dated.as_deref(), &value, span.clone()) {
                    return;
                }
                self.letter.incoming.dated = dated.or(self.letter.incoming.dated.take());
                self.letter.incoming.medium = medium(&value);
            }
            self.letter.their_reference = Some(wording::to_recipient(&value));
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

    /// Whether the message answered bears another day elsewhere; then it is said, and the first
    /// stands.
    fn other_day(&mut self, dated: Option<&str>, value: &str, span: Span) -> bool {
        let known = self.letter.incoming.dated.clone();
        let (Some(known), Some(dated)) = (known, dated) else { return false };
        if known.starts_with(dated) || dated.starts_with(known.as_str()) {
            return false;
        }
        self.findings.push(Finding::check(
            FindingKind::Uncertain,
            Some(span),
            format!("Deux dates pour le même courrier : {known} est gardé, vos notes disent aussi « {value} » ; vérifiez"),
        ));
        true
    }

    pub(super) fn sending(&mut self, line: &str, span: Span) {
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

    pub(super) fn recipient(&mut self, rest: &str, span: Span) {
        let Some(rest) = self.sift(rest, span, Questions::Doubts) else { return };
        let rest = rest.trim_start_matches(['-', '=', '>', '→', ' ']);
        // « le collège (Mme X), la banque (M. Y) »: nobody of them alone is greeted.
        if address::civil_names(rest) > 1 {
            self.letter.recipient.several = true;
            self.letter.recipient.organisation = Some(wording::capital(&wording::clean(rest)));
            return;
        }
        let small = SMALL_NAME.captures(rest).map(|found| {
            let name = wording::capital(&found["name"]);
            let title = found.name("title").map_or("", |title| title.as_str());
            format!("{} {name}, {}", wording::capital(&found["civility"]), french::restored(title))
        });
        let addressed = SMALL_ADDRESS.captures(rest).map(|found| {
            let name: Vec<String> = found["name"].split(' ').map(wording::capital).collect();
            let civility = if NAMES_CIVILITY.is_match(&found["civility"]) { "Mme" } else { "M." };
            format!("{civility} {}, {}", name.join(" "), &found["street"])
        });
        let capitals = with_capitals(rest);
        let parted = match capitals == rest {
            true => capitals,
            false => FULL_NAME.replace(&capitals, "$before, $name, $after").into_owned(),
        };
        let rest = parted.as_str();
        let rest = small.as_deref().or(addressed.as_deref()).unwrap_or(rest);
        let spelled = SHORT_TITLE.replace_all(rest, |found: &regex::Captures<'_>| {
            spell_out(&found[0]).trim_end_matches('.').to_owned()
        });
        let rest = spelled.as_ref();
        let before = self.letter.recipient.clone();
        let after = address::read_postal(rest, self.office, &mut self.letter.recipient);
        if self.letter.recipient.address.len() == before.address.len() {
            address::read(rest, &mut self.letter.recipient);
            if self.letter.recipient == before {
                self.letter.recipient.organisation = Some(wording::capital(rest));
            }
        }
        if let Some(after) = after.filter(|after| after.chars().any(char::is_alphanumeric)) {
            self.place_note = Some(wording::capital(&wording::clean(&after)));
        }
    }

    pub(super) fn handled_by(&mut self, rest: &str, span: Span) {
        let rest = rest.trim_start_matches("par").trim_start_matches([':', ' ']);
        // « …, c'est la ligne du club » says whose number it is.
        words!(WHOSE, r"(?i),\s*(?:c['’]est|qui est)\s[^,;]*$");
        let rest = match WHOSE.find(rest).filter(|tail| !facts(&rest[..tail.start()]).is_empty()) {
            Some(tail) => &rest[..tail.start()],
            None => rest,
        };
        if let Some(rest) = self.sift(rest, span, Questions::Doubts) {
            let person = self.person(&wording::clean(&with_capitals(&rest)));
            self.letter.handled_by =
                Some(NAME_AND_MORE.replace(&person, "$name, $more").into_owned());
        }
    }

    /// First names and surnames that the office sheet knows, written as it writes them.
    pub(super) fn person(&self, text: &str) -> String {
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
                // « Magali B. »: the initial is that of the name.
                let bare = INITIAL_AFTER.replace(text, "$given").into_owned();
                return ignore_case_replace(&bare, given, name);
            }
        }
        text.to_owned()
    }

    pub(super) fn signature(&mut self, rest: &str, line: &str) {
        let who = if rest.is_empty() { line } else { rest };
        // « je signe moi Odile pour le club »
        words!(MYSELF, r"(?i)^\W*moi\s*,?\s+|\s+pour (?:la |le |l['’])\p{Ll}[\p{L} ]*$");
        let who = &*MYSELF.replace_all(who, "");
        self.letter.signatory = signatory(self.office, Some(who));
        // « Signé Anne Roy, trésorière, mardi 3 mars 2027 » dates the letter too.
        if let Some(day) = first_date(line).filter(|_| self.letter.date.is_none()) {
            self.letter.date = Some(day);
        }
    }

    pub(super) fn answer(&mut self, rest: &str, span: Span) {
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
        // « oui à sa demande du 3 mars : la salle le 18 avril » says what was asked, and when.
        if let Some(found) = TO_THEIR.captures(bare.trim())
            && self.letter.incoming.received.is_none()
            && self.letter.incoming.dated.is_none()
        {
            self.incoming(&found["what"], span.clone());
            if let Some(asked) = found.name("rest") {
                self.body(Role::Request, asked.as_str(), span);
            }
            return;
        }
        let bare = BY_WHOM.replace(bare.trim(), "").into_owned();
        let bare = bare.trim().trim_matches([',', '!', '.', ' ', '–', '-']);
        // « oui (sous conditions) » leaves no brackets, « à titre gratuit (sans loyer) » does.
        let bracketed =
            bare.starts_with('(') || bare.matches('(').count() != bare.matches(')').count();
        let bare = if bracketed { bare.trim_matches(['(', ')', ' ']) } else { bare };
        let bare = match bare.strip_prefix("à titre ") {
            Some(title) => format!("cet accord est donné à titre {title}"),
            None => bare.to_owned(),
        };
        // « c'est non pour les deux » says what the letter says.
        if ALL_OF_IT.is_match(&bare) {
            return;
        }
        // « c'est ok MAIS » announces the conditions that follow.
        if !bare.is_empty() && !bare.eq_ignore_ascii_case("mais") {
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

    pub(super) fn incoming(&mut self, line: &str, span: Span) {
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
        let by_machine =
            ["démarches", "demarches", "téléservice", "formulaire en ligne", "en ligne"];
        if by_machine.iter().any(|word| low.contains(word)) {
            self.letter.incoming.electronic = true;
        }
        if let Some(found) = REGISTERED.captures(line) {
            self.letter.incoming.number = Some(found["number"].to_owned());
        }
        let (mut received, mut dated, mut acknowledged) = (None, None, None);
        for found in facts(line) {
            let Fact::Date(date) = &found.fact else { continue };
            let before = line.get(..found.span.start).unwrap_or_default().to_lowercase();
            let place = |words: &[&str]| words.iter().filter_map(|w| before.rfind(w)).max();
            let (r, a, d, e) = (
                place(&["reçu", "recu", "arriv"]),
                place(&[" ar ", "accusé", "(ar"]),
                place(&[" du ", "daté", "écrit"]),
                place(&["enreg"]),
            );
            let french = date.to_french();
            if e > r && e > a && e > d {
                self.letter.incoming.registered = Some(bare_date(&french));
            } else if a > r && a > d {
                acknowledged = Some(french);
            } else if r > d {
                received = Some(french);
            } else {
                dated = Some(french);
            }
        }
        if let Some(found) = REGISTERED_DAY.captures(line)
            && let Some(received) = received.as_deref().or(dated.as_deref())
        {
            self.letter.incoming.registered = same_month(&bare_date(received), &found["day"]);
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
        // « demande de Mme X »: who wrote is who is answered.
        if self.letter.recipient.block().is_empty()
            && let Some((civility, name)) = address::civil_name(line)
        {
            self.letter.recipient.civility = Some(civility);
            self.letter.recipient.name = Some(name);
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

    pub(super) fn reminders(&mut self, line: &str, span: Span) {
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

    /// The administration that the request belongs to.
    pub(super) fn competent(&mut self, line: &str, span: Span) {
        let Some(line) = self.sift(line, span.clone(), Questions::Doubts) else { return };
        let Some(found) = COMPETENT.captures(&line) else {
            // « pas de notre compétence » names nobody; what else the line says is kept.
            if NOT_OURS.is_match(&line) {
                return;
            }
            return self.body(Role::Context, &line, span);
        };
        let body = TRUE_DATE.replace(found["body"].trim(), "");
        let body = wording::clean(body.trim());
        let article = match found["link"].to_lowercase().replace('’', "'").as_str() {
            "du" | "au" | "le" => "le ",
            "de la" | "à la" | "la" => "la ",
            "de l'" | "à l'" | "l'" => "l'",
            "des" | "aux" => "les ",
            _ => "",
        };
        if self.letter.competent.is_none() {
            self.letter.competent = Some(format!("{article}{body}"));
        }
        let after = line.get(found.get(0).map_or(0, |m| m.end())..).unwrap_or_default();
        let after = after.trim_start_matches([',', ';', ':', ' ']).to_owned();
        if !after.is_empty() {
            self.body(Role::Context, &after, span);
        }
    }

    /// What silence means, when the notes say it.
    pub(super) fn silence(&mut self, line: &str, span: Span) {
        let Some(found) = SILENCE.captures(line) else {
            return self.body(Role::Context, line, span);
        };
        if line.contains('?') || remark::holds(line, Remark::Doubt) {
            self.findings.push(aside::finding(Remark::Doubt, line, span));
            return;
        }
        let what = found.name("what").or_else(|| found.name("other")).map_or("", |m| m.as_str());
        let refused = ["rejet", "refus"].iter().any(|stem| what.to_lowercase().starts_with(stem));
        self.letter.silence = Some(if refused { Silence::Refusal } else { Silence::Acceptance });
    }

    /// The number a request was registered under.
    pub(super) fn registered(&mut self, line: &str, span: Span) {
        match REGISTERED.captures(line) {
            Some(found) => self.letter.incoming.number = Some(found["number"].to_owned()),
            None => self.body(Role::Context, line, span),
        }
    }

    /// Papers that a request lacks, and the day they are awaited.
    pub(super) fn missing(&mut self, rest: &str, span: Span) {
        let Some(rest) = self.sift(rest, span.clone(), Questions::Doubts) else { return };
        let rest = rest.trim_start_matches(['.', ':', '-', '=', '>', '→', ' ']);
        let rest = wording::clean(rest);
        let (papers, when) = match BY_DATE.captures(&rest) {
            Some(found) => {
                let start = found.get(0).map_or(rest.len(), |m| m.start());
                (rest.get(..start).unwrap_or_default().to_owned(), Some(found["when"].to_owned()))
            }
            None => (rest.clone(), None),
        };
        for paper in wording::enumeration(&papers.replace(" et ", ", ")) {
            let paper = paper.trim_start_matches([':', ' ']).to_owned();
            if !paper.is_empty() {
                self.items.push(Item { role: Role::Missing, text: paper, span: span.clone() });
            }
        }
        if let Some(when) = when {
            let text = format!("les pièces sont à transmettre {when}.");
            self.items.push(Item { role: Role::Deadline, text, span });
        }
    }
}
