//! From the notes of a poster to its record, by rule.
//!
//! A later line that corrects an earlier one wins. What is doubtful, promotional, internal or
//! told to the designer becomes a finding; what has no room on the page does too, in
//! [`super::draft`].

mod backstage;
mod consent;
mod corrections;
mod days;
mod fields;
mod head;
mod moved;
mod organiser;
mod price;
mod series;
mod sessions;
mod shape;
mod told;
mod trim;

use std::borrow::Cow;

use jiff::civil::Date;
use regex::Regex;

use self::corrections::{CORRECTION, OTHER_NUMBER};
use self::shape::proper;
use super::record::{BlockKind, Line, Poster};
use super::title;
use crate::finding::{Finding, FindingKind};
use crate::french;
use crate::notes::{Notes, Span};
use crate::office::Office;
use crate::reading::remark::{self, Questions, Remark};
use crate::reading::{fold, words};
use crate::task::{aside, wording};

/// Reads the notes.
pub fn read(notes: &Notes, office: &Office) -> (Poster, Vec<Finding>) {
    let mut reader = Reader {
        office,
        poster: Poster::default(),
        findings: Vec::new(),
        reference: days::reference(notes.text()),
        named: None,
        sessions: Vec::new(),
        session_lines: Vec::new(),
        every: None,
        by_hours: false,
        unwilling: Vec::new(),
        days: None,
        unaddressed: false,
        nameless: NAMELESS.is_match(notes.text()),
        notes: notes.text(),
    };
    reader.poster.information = INFORMATION.is_match(notes.text());
    let lines: Vec<_> = notes
        .lines()
        .filter(|line| !line.text.trim().is_empty())
        .map(|line| (CHAT.replace(line.text, "").into_owned(), line.span()))
        .collect();
    reader.session_lines = sessions::runs(lines.get(1..).unwrap_or_default());
    reader.by_hours = lines.iter().filter(|(text, _)| fields::is_of_programme(text)).count() > 2;
    for (index, (text, span)) in lines.into_iter().enumerate() {
        if index == 0 {
            reader.title(&text, span);
        } else {
            reader.line(text.trim(), span);
        }
    }
    reader.finish();
    (reader.poster, reader.findings)
}

pub(super) use fields::is_of_programme as opens_with_hour;
pub(super) use shape::is_of_rain;

struct Reader<'a> {
    office: &'a Office,
    poster: Poster,
    findings: Vec<Finding>,
    /// The first day that the notes say with its year.
    reference: Option<Date>,
    /// The organiser of the first line.
    named: Option<String>,
    /// What lines of their own tell of each day, when the event has several.
    sessions: Vec<sessions::Told>,
    /// Those lines.
    session_lines: Vec<Span>,
    /// The weekday that comes back: « jeudis après-midi ».
    every: Option<String>,
    /// Whether lines tell the programme hour by hour.
    by_hours: bool,
    /// Those who want their number nowhere.
    unwilling: Vec<String>,
    /// The days of the event, when one line tells them.
    days: Option<days::Days>,
    /// Whether the line before named the organiser without an address.
    unaddressed: bool,
    /// Whether the notes want nobody named.
    nameless: bool,
    notes: &'a str,
}

impl Reader<'_> {
    /// The first line: what the poster is for. Formats and words to the designer go.
    fn title(&mut self, line: &str, span: Span) {
        let head = head::read(&days::joined(&QUESTION.replace(line, "")));
        match head.title {
            Some(title) => {
                let title = self.accented_title(&title);
                let title = title::joined(&self.without_praise(&title, &span));
                self.poster.title = Some(proper(&wording::capital(&title)));
            }
            None => self.findings.push(Finding::check(
                FindingKind::Missing,
                Some(span.clone()),
                "À compléter : titre de l'affiche",
            )),
        }
        self.named = head.organiser;
        for piece in head.under {
            self.push(&piece, &span, false);
        }
        for piece in head.when {
            self.when(&piece, &span);
        }
        for piece in head.rest {
            self.findings.push(Finding::info(
                FindingKind::Unused,
                Some(span.clone()),
                format!("Première ligne, non repris sur l'affiche : « {piece} »"),
            ));
        }
    }

    /// The text with the accents that hurried typing leaves out, where the notes have none at all.
    fn accented(&self, text: &str) -> String {
        if self.has_accents() {
            return text.to_owned();
        }
        // The dictionary leaves capitals alone, as they may be those of a name.
        let first = text.chars().next().map_or(0, char::len_utf8);
        let (head, rest) = text.split_at(first);
        let restored = french::restored(&format!("{}{rest}", head.to_lowercase()));
        let restored = A_PREPOSITION.replace_all(&restored, "${before}à ${after}").into_owned();
        if head.chars().all(char::is_lowercase) { restored } else { wording::capital(&restored) }
    }

    /// The same for a title, in which « a » is no verb.
    fn accented_title(&self, text: &str) -> String {
        let text = self.accented(text);
        if self.has_accents() { text } else { text.replace(" a ", " à ") }
    }

    fn has_accents(&self) -> bool {
        self.notes.contains(['é', 'è', 'ê', 'à', 'ç'])
    }

    /// « titre : … », « sous-titre : … »: the title in a line of its own; what the first line says
    /// is then its kind. Whether the line was one.
    fn titled(&mut self, line: &str, span: &Span) -> bool {
        let Some(found) = TITLED.captures(line) else { return false };
        let said = found["title"].trim();
        // « titre : "…" ou "…" »: the first, and the others to choose from.
        let mut quoted: Vec<String> = Vec::new();
        if said.starts_with(['"', '«', '“']) {
            let titles = QUOTED.captures_iter(said).map(|title| title["said"].trim().to_owned());
            quoted.extend(titles);
        }
        let text = quoted.first().map_or(said, String::as_str);
        let text = self.accented_title(&wording::clean(text.trim_end_matches('.')));
        let text = wording::capital(&self.without_praise(&text, span));
        if found.name("under").is_some() {
            let line = Line { block: BlockKind::Programme, rank: 1, text, span: span.clone() };
            self.poster.lines.insert(0, line);
            return true;
        }
        self.poster.other_titles = quoted.iter().skip(1).cloned().collect();
        let first = self.poster.title.take();
        // « titre genre "…" » is what the event is called, the first line what it is.
        if found.name("genre").is_some() {
            if let Some(text) = first {
                let line = Line { block: BlockKind::Programme, rank: 1, text, span: span.clone() };
                self.poster.lines.insert(0, line);
            }
            self.poster.title = Some(text);
            return true;
        }
        let kind = first.clone().filter(|kind| KIND.is_match(kind));
        // What the first line says of the event is no title, and no less said.
        if let Some(text) =
            first.filter(|first| kind.is_none() && first.split_whitespace().count() > 2)
        {
            let line = Line { block: BlockKind::Programme, rank: 1, text, span: span.clone() };
            self.poster.lines.insert(0, line);
        }
        let kind = kind.as_deref().and_then(|kind| kind.split([' ', ':']).next());
        self.poster.title = Some(match kind {
            Some(kind) if !fold(&text).starts_with(&fold(kind)) => {
                format!("{kind} : {}", wording::small(&text))
            }
            Some(_) => text,
            None => text,
        });
        true
    }

    fn line(&mut self, line: &str, span: Span) {
        if self.titled(line, &span) {
            return;
        }
        let line = backstage::answered(line);
        let line = &*QUESTION.replace(line, "");
        let line = line.trim_start_matches(['-', '–', '•', '◦', '*', '=', '>', ' ']);
        // « logos ; imprimé en mairie » tells two things.
        if line.split(';').any(|part| PRINTED.is_match(part.trim())) && line.contains(';') {
            for part in line.split(';') {
                self.line(part.trim(), span.clone());
            }
            return;
        }
        if let Some(instead) = self.other_words(line, &span) {
            self.line(&instead, span);
            return;
        }
        let mut line = said_plainly(line);
        self.taken_out(&mut line, &PAST, Remark::Internal, &span);
        if backstage::is_rejected(&line) || backstage::is_of_the_house(&line) {
            self.findings.push(aside::finding(Remark::Internal, &line, span));
            return;
        }
        line = self.own_contact(&line);
        if self.without_day(&line, &span)
            || self.moved_session(&line, &span)
            || self.moved_in(&line, &span)
            || self.free_now(&line, &span)
            || self.printer(&line, &span)
        {
            return;
        }
        if CORRECTION.is_match(&line) && self.correct(&line, &span) {
            return;
        }
        if let Some(number) = OTHER_NUMBER.captures(&line) {
            let number = number["number"].to_owned();
            if self.other_number(&number, &line, &span) {
                return;
            }
        }
        self.taken_out(&mut line, &CONSENT, Remark::Internal, &span);
        line = self.withheld(&line, &span);
        line = spoken(&line).to_owned();
        if line.is_empty() {
            return;
        }
        if NOT_TO_SAY.is_match(&line) {
            self.findings.push(aside::finding(Remark::Internal, &line, span));
            return;
        }
        let dear = backstage::emphasis(&mut line);
        line = backstage::without_order(&line).to_owned();
        line = self.order(&line, &span);
        line = SURE.replace_all(&line, "").into_owned();
        self.taken_out(&mut line, &ALTERNATIVE, Remark::Doubt, &span);
        if let Some(found) = AGE.find(&line.clone()) {
            self.findings.push(Finding::check(
                FindingKind::Uncertain,
                Some(span.clone()),
                format!(
                    "Âge à compléter, vos notes en doutent : « {} »",
                    found.as_str().trim_matches(['(', ')'])
                ),
            ));
            line = line.replacen(found.as_str(), "([À COMPLÉTER : âge]),", 1);
        }
        line = self.age_between(&line, &span);
        if line.is_empty() {
            return;
        }
        line = self.undecided(&line, &span);
        line = self.not_yet(&line, &span);
        line = self.reserve(&line, &span);
        if CANCELLED.is_match(&line) && !self.poster.information {
            self.findings.push(Finding::check(
                FindingKind::LeftOut,
                Some(span),
                format!("Annulé d'après vos notes, non imprimé : « {line} »"),
            ));
            return;
        }
        if PRINTED.is_match(&line) {
            self.poster.printed_in_house = IN_HOUSE.is_match(&line);
            return;
        }
        let sifted = remark::sift(&line, Questions::Doubts);
        // What follows a thing in doubt is about it: « château gonflable ? Luc demande le prix ».
        let doubted = sifted
            .dropped
            .first()
            .is_some_and(|(kind, text)| *kind == Remark::Doubt && line.starts_with(text.as_str()));
        if doubted && !sifted.kept.is_empty() && !remark::holds_hard_fact(&sifted.kept) {
            self.findings.push(aside::finding(Remark::Doubt, &line, span));
            return;
        }
        self.findings.extend(told::findings(&sifted, &line, &span));
        let (kept, backstage) = backstage::sift(&sifted.kept);
        self.findings.extend(aside::findings(&backstage, &span));
        if kept.is_empty() {
            return;
        }
        let kept = self.brackets(&kept, &span);
        self.place_line(&kept, span, dear);
    }

    /// Takes every match out of the line, each told in a finding.
    fn taken_out(&mut self, line: &mut String, pattern: &Regex, remark: Remark, span: &Span) {
        while let Some(found) = pattern.find(line) {
            let text = found.as_str().trim_matches(['(', ')', ',', ' ']).to_owned();
            if remark == Remark::Doubt && WEATHER.is_match(&text) {
                break;
            }
            self.findings.push(aside::finding(remark, &text, span.clone()));
            line.replace_range(found.range(), " ");
            *line = line.replace(" ,", ",");
        }
    }

    /// « pas écrire "troc", mettre "bourse" »: words to avoid are told; what else the line says.
    fn other_words(&mut self, line: &str, span: &Span) -> Option<String> {
        let found = AVOIDED.captures(line)?;
        let instead = found.name("instead").map_or("", |instead| instead.as_str().trim());
        let words = if instead.is_empty() { line } else { line.get(..found.name("words")?.end())? };
        self.findings.push(aside::finding(Remark::Private, words, span.clone()));
        let quoted = instead.starts_with(['"', '«', '“']);
        Some(if quoted { String::new() } else { instead.to_owned() })
    }

    /// What no line says by itself: the organiser, and the hour when the programme alone has it.
    fn finish(&mut self) {
        self.tell_sessions();
        self.without_unwilling();
        if self.poster.organiser.is_none() {
            self.default_organiser();
        }
        if self.poster.place.is_none() {
            self.where_it_is();
        }
        if self.poster.hours.is_none() && !self.by_hours {
            self.poster.hours =
                self.poster.lines.iter().find_map(|line| shape::opening_hour(&line.text));
        }
    }
}

/// A line as it is read: its label with a colon, ages and surpluses written out, days with their
/// month.
fn said_plainly(line: &str) -> String {
    let line = LABELLED.replace(line, "${label} : ");
    let line = SURPLUS.replace_all(&line, "${before}${amount} de plus");
    let line = TIGHT.replace(&line, "${label} : ${said}");
    let line = AGES.replace_all(&line, "${from} à ${to} ans");
    let line = BELOW.replace_all(&line, "${free} pour les moins de ${age} ans");
    let line = ROW.replace(&line, "${what} : ${hour}, ${price}");
    let line = match TO_BE_DONE.find(&line) {
        Some(label) => {
            let told = line.get(label.end()..).unwrap_or_default();
            let several = NUMBER_FIRST.find_iter(told).count() > 1;
            let told =
                if several { NUMBER_FIRST.replace_all(told, "$before") } else { told.into() };
            Cow::from(format!("au programme : {told}"))
        }
        None => line,
    };
    days::joined(line.trim_end_matches([',', ' ']))
}

/// The line without the words by which speech goes on from one thing to the next: « et puis »,
/// « alors c'est au stade ».
fn spoken(line: &str) -> &str {
    let line = GOES_ON.find(line).map_or(line, |found| &line[found.end()..]);
    let Some(found) = IT_IS.find(line) else { return line };
    let rest = &line[found.end()..];
    if TIME_OR_PLACE.is_match(rest) { rest } else { line }
}

words!(
    A_PREPOSITION,
    r"(?P<before>^|[ ,(])a (?P<after>la |l['’]|partir|c[ôo]t[ée]|\d|\p{L}{2,}er\b)"
);
words!(
    TITLED,
    r"(?i)^\W*(?:(?P<under>sous[- ])?titre\s*:\s*|titre (?P<genre>genre|style|du (?:style|genre)|type|comme|possible|propos[ée])\s*:?\s*)(?P<title>\S.*)$"
);
words!(
    KIND,
    r"(?i)^(?:conf[ée]rence|atelier|expo(?:sition)?|spectacle|concert|r[ée]union|film|projection|lecture|th[ée][âa]tre|stage|d[ée]bat|balade|visite)\b"
);
// « dire que … : non »
words!(NOT_TO_SAY, r"(?i)^(?:dire|mettre|[ée]crire|pr[ée]ciser|ajouter)\b[^:]*:\s*non\b");
words!(GOES_ON, r"(?i)^(?:(?:et (?:aussi|puis)|et|mais|alors|donc|bon|voil[àa]|ah|puis)\b[ ,:]*)+");
words!(IT_IS, r"(?i)^(?:[çc]a se passe|[çc]a aura lieu|c['’]?est|ce sera|on se retrouve) ");
words!(
    TIME_OR_PLACE,
    &format!(
        r"(?i)^(?:au |aux |[àa] (?:la |l['’]|\d)|dans |sur |sous |devant |derri[èe]re |autour d|place |salle |chez |de \d|le \d|(?:le )?(?:{}))",
        crate::reading::date::weekdays_pattern()
    )
);
words!(
    SURE,
    r"(?i)\s*\((?:c['’]?est |tout est |(?:arr[êe]t[ée]|autorisation|accord|mairie) )?(?:sign[ée]e?|confirm[ée]e?|ok|bon|v[ée]rifi[ée]e?|valid[ée]e?|s[ûu]r)\)"
);
words!(
    INFORMATION,
    r"(?i)\br[ée]union (?:publique|d['’]information)\b|\benqu[êe]te publique\b|\bconcertation\b|^\W*(?:affiche )?avis\b|\b(?:coupure|route barr[ée]e|travaux)\b"
);
words!(CANCELLED, r"(?i)^[^,;]{3,40}?\s*:?\s+(?:est |sont )?annul[ée]e?s?\b");
words!(
    QUESTION,
    r"(?i)^\s*(?:quoi|titre|objet|quand|combien|comment|horaires?|heures?)\s*(?::|=+>?|-+>|→)\s*"
);
words!(QUOTED, r#"["«“](?P<said>[^"«»“”]+)["»”]"#);
words!(
    LABELLED,
    r"(?i)^\s*(?P<label>lieu|o[ùu]|quand|dates?|jours?|heures?|horaires?|tarifs?|prix|entr[ée]e|contacts?|inscriptions?|r[ée]servations?|pluie|repli|orage|public|[âa]ges?|organisat\p{L}+|programme|buvette|parking|acc[èe]s)\s*(?:=+>?|-+>|→)\s*"
);
// A row of a table: « 8 km 9h30,10 € ».
words!(
    ROW,
    r"(?i)^(?P<what>\p{L}?[^:,\t/]{2,30}?)\s+(?P<hour>\d{1,2}\s?h\s?(?:\d\d)?),\s?(?P<price>\d+(?:,\d\d)?\s?(?:€|euros?)|gratuit)\s*$"
);
words!(
    TO_BE_DONE,
    r"(?i)^(?:ce qu['’]on (?:y )?(?:fera|fait|verra|apprendra)|on (?:y )?(?:fera|verra|apprendra)|au menu|contenu|d[ée]roul[ée])\s*:\s*"
);
words!(NUMBER_FIRST, r"(?P<before>^|[,/;]\s*)\d\s?[.)/-]?\s+");
words!(AGES, r"(?i)\b(?P<from>\d{1,2})\s?(?:/|-|–)\s?(?P<to>\d{1,2})\s?ans\b");
words!(
    BELOW,
    r"(?i)\b(?P<free>gratuite?)\s*(?:-|–|pour les -)\s*(?:de\s+)?(?P<age>\d{1,2})\s?ans\b"
);
words!(
    NAMELESS,
    r"(?i)\b(?:pas|aucun|sans)\s+(?:de\s+)?noms?\s+(?:d['’]|d[eu]s?\s|sur\b|propres?\b)"
);
words!(TIGHT, r"^(?P<label>\p{L}[\p{L} ]{2,20}):(?P<said>[\p{L}\d])");
words!(SURPLUS, r"(?P<before>^|[,;:(] ?)\+ ?(?P<amount>\d+(?:[,.]\d+)? ?(?:€|euros?\b))");
words!(
    AVOIDED,
    r#"(?i)^(?:ne )?(?:surtout )?pas (?:[ée]crire|mettre|dire|marquer|utiliser|employer) (?:les? mots? )?(?P<words>["«“][^"»”]+["»”](?:\s*(?:,|ni|et|ou)\s*["«“][^"»”]+["»”])*)\s*(?:[,;:.(]\s*(?:(?:mais|plut[ôo]t|mettre|[ée]crire|dire|c['’]est)\s+)+(?P<instead>\S.*)|\W.*)?$"#
);
words!(
    CHAT,
    r"^\s*\[?\d{1,2}/\d{1,2}(?:/\d{2,4})?,? \d{1,2}[h:]\d{2}\]?\s*-?\s*\p{Lu}[\p{L} ]*? ?:\s*"
);
words!(
    CONSENT,
    r"(?i)\s*\([^)]*\b(?:ok|d['’]accord) (?:pour|pr|qu)\b[^)]*\)|\s*\([^)]*\ba(?:vait)? (?:dit|donn[ée]) (?:oui|ok|son accord|d['’]accord)\b[^)]*\)|\s*,?\s*\b(?:elle|il) (?:est|a dit) (?:ok|d['’]accord|oui) (?:pour|pr) (?:(?:qu['’]?on )?l[ea] |l['’])?(?:mett\w+|donn\w+|affich\w+)\b|\s*,?\s*\b(?:elle|il) (?:a )?dit que c['’]?est (?:bon|ok|d['’]accord)\b[^;()]*|\s*,?\s*\bon peut l[ea] (?:mettre|donner|afficher)\b|\s*,?\s*\b(?:elle|il|\p{L}+) (?:(?:est|a dit) )?(?:ok|d['’]accord|oui) (?:pour|pr) (?:qu['’]?|mettre|donner|son|le)[^,;()]*\b(?:num\w*|t[ée]l\w*|portable|nom|photo|adresse|mail)\b"
);
words!(
    PAST,
    r"(?i)\s*\([^)]*\b(?:on avait (?:dit|pr[ée]vu)|l['’]an(?:n[ée]e)? (?:dernier|derni[èe]re|pass[ée]e?)|on esp[èe]re)\b[^)]*\)|\s*\((?:dit|vu|d[ée]cid[ée]e?|vot[ée]e?|valid[ée]e?|confirm[ée]e?) (?:le|la|avec|par|au|en|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|ce)\b[^)]*\)"
);
words!(
    ALTERNATIVE,
    r"(?i)\s*\(\s*ou [^)]*\bsi\b[^)]*\)|\s*\bou (?:\p{L}+ )?\d[^,;()]*\bsi [^,;()]*"
);
words!(WEATHER, r"(?i)\bsi (?:beau|il |le temps|pluie|mauvais|orage|temps|trop)");
words!(AGE, r"(?i)\([^)]*\bans\b[^)]*\?[^)]*\)");
words!(PRINTED, r"(?i)^(?:on (?:l['’])?)?imprim[ée]");
words!(IN_HOUSE, r"(?i)mairie|nous|\bon\b|soins|copieur|[ée]cole|maison|\blocal\b");
