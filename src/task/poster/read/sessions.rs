//! An event of several days: lines that each tell a day with its hours, « dépôt sam 13 mars
//! 14h-18h », « dimanche 14 mars de 9h à 13h ».

use std::collections::HashSet;

use super::fields::PLACE;
use super::shape::{self, hours};
use super::{Reader, backstage, days};
use crate::notes::Span;
use crate::reading::date::{PartialDate, weekday_name, weekdays_pattern};
use crate::reading::{Fact, facts, fold, words};
use crate::task::poster::record::{BlockKind, Line};
use crate::task::wording;

/// One day of the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Session {
    /// What happens, when the line says it.
    pub label: Option<String>,
    pub date: PartialDate,
    /// Without them the hours are those of every day.
    hours: Option<String>,
    /// What this day costs.
    pub(super) price: Option<String>,
    /// Whether the line opens with the day.
    day_first: bool,
}

/// A day that a line told.
pub(super) struct Told {
    pub session: Session,
    span: Span,
    /// Where it stands among the lines of the poster.
    at: usize,
}

/// Words of what one day is about; more where the line opens with the day.
const MOST_WORDS: usize = 5;
const MOST_AFTER_DAY: usize = 14;

/// What a line tells, when it tells a day with its hours and little else, or a day and its theme.
pub(super) fn of(line: &str) -> Option<Session> {
    let line = line.trim().trim_start_matches(['-', '–', '•', '*', ' ']);
    if NO_SESSION.is_match(line) || backstage::kind(line).is_some() || line.contains('?') {
        return None;
    }
    let line = days::joined(line);
    if let Some(session) = theme(&line) {
        return Some(session);
    }
    let (mut date, mut timed, mut first, mut price) = (None, 0, 0, None);
    let mut rest = line.clone();
    for found in facts(&line).into_iter().rev() {
        match found.fact {
            Fact::Date(day) if day.day.is_some() && date.is_none() => {
                date = Some(day);
                first = found.span.start;
            }
            Fact::Hour(_) => timed += 1,
            Fact::Number(_) => continue,
            Fact::Amount(amount) if price.is_none() => price = Some(amount.to_french()),
            _ => return None,
        }
        rest.replace_range(found.span, "|");
    }
    let label = LINKS.replace_all(&rest, " ").replace(',', ", ");
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",");
    let label = label.trim_matches([':', ',', '-', '–', ' ', '.']).to_owned();
    let most = if first == 0 { MOST_AFTER_DAY } else { MOST_WORDS };
    if label.split_whitespace().count() > most || timed == 0 || timed > 2 {
        return None;
    }
    // « mardi 3 mai 18h30 salle Haute » says where.
    if PLACE.is_match(&label) {
        return None;
    }
    let label = (!label.is_empty()).then_some(label);
    let hours = Some(hours(&line));
    Some(Session { label, date: date?, hours, price, day_first: first == 0 })
}

/// « 21 janv. : démarches en ligne »: a day and what it is about.
fn theme(line: &str) -> Option<Session> {
    let line = line.strip_prefix("le ").unwrap_or(line);
    let found = facts(line);
    let first = found.first().filter(|first| first.span.start == 0)?;
    let Fact::Date(date) = first.fact else { return None };
    let after = line.get(first.span.end..)?;
    let mark = THEME.find(after).filter(|_| date.day.is_some())?;
    let label = after.get(mark.end()..)?.trim().trim_end_matches(['.', ',', ' ']);
    let timed = found.iter().any(|f| matches!(f.fact, Fact::Hour(_)));
    let short = (1..=MOST_AFTER_DAY).contains(&label.split_whitespace().count());
    // « samedi 5 juin - salle Haute » says where.
    let place = !mark.as_str().contains([':', '=']) && PLACE.is_match(label);
    (short && !timed && !place && label.contains(char::is_alphabetic)).then(|| Session {
        label: Some(label.to_owned()),
        date,
        hours: None,
        price: None,
        day_first: true,
    })
}

/// The words that say what a day is about.
pub(super) fn told_words(text: &str) -> HashSet<String> {
    fold(text)
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.len() > 4 && !FAMILIAR.contains(word))
        .map(|word| word.trim_end_matches('s').to_owned())
        .collect()
}

/// Words that any of several days may be called by.
const FAMILIAR: [&str; 6] = ["atelier", "ateliers", "seance", "seances", "stage", "stages"];

/// The lines that tell the days of an event: two or more under each other, of different days, all
/// with what happens or none.
pub(super) fn runs(lines: &[(String, Span)]) -> Vec<Span> {
    let told: Vec<Option<Session>> = lines.iter().map(|(text, _)| of(text)).collect();
    let mut spans = Vec::new();
    let mut start = 0;
    for run in told.split(Option::is_none) {
        let sessions: Vec<&Session> = run.iter().flatten().collect();
        let labelled = sessions.iter().filter(|session| session.label.is_some()).count();
        let day = |session: &Session| (session.date.month, session.date.day);
        let several = sessions.windows(2).any(|pair| day(pair[0]) != day(pair[1]));
        if several && (labelled == 0 || labelled == sessions.len()) {
            let of_run = lines.iter().skip(start).take(run.len());
            spans.extend(of_run.map(|(_, span)| span.clone()));
        }
        start += run.len() + 1;
    }
    spans
}

impl Reader<'_> {
    /// One of several days; it is printed once all are known. Whether the line was that.
    pub(super) fn session(&mut self, line: &str, span: &Span) -> bool {
        let Some(mut session) = of(line).filter(|_| self.session_lines.contains(span)) else {
            return false;
        };
        if let Some(day) = self.reference {
            session.date = session.date.with_year(day.year());
        }
        self.wrong_weekday(session.date, span);
        let at = self.poster.lines.len();
        self.sessions.push(Told { session, span: span.clone(), at });
        true
    }

    /// A weekday that comes back with its hours, « les jeudis après-midi de 14 h à 16 h »; whether
    /// the line was that.
    pub(super) fn comes_back(&mut self, line: &str) -> bool {
        let Some(found) = EVERY.captures(line) else { return false };
        if self.poster.hours.is_none() {
            self.poster.hours = Some(hours(line));
        }
        self.every = Some(found["days"].to_lowercase());
        true
    }

    /// Puts the sessions among the lines, in the order of their days, and their days at the head
    /// when no line says them together.
    pub(super) fn tell_sessions(&mut self) {
        let mut sessions = std::mem::take(&mut self.sessions);
        sessions.sort_by_key(|told| told.session.date.civil());
        let common = common_hours(&sessions).filter(|_| self.poster.hours.is_none());
        self.poster.hours = common.clone().or_else(|| self.poster.hours.take());
        let first = sessions.iter().map(|told| told.at).min().unwrap_or(0);
        for (count, told) in sessions.iter().enumerate() {
            let text = worded(&told.session, common.is_some());
            let text = shape::simple(&super::proper(&wording::clean(&text)));
            let line = Line {
                block: BlockKind::Programme,
                rank: 1,
                text: wording::capital(&text),
                span: told.span.clone(),
            };
            self.poster.lines.insert((first + count).min(self.poster.lines.len()), line);
        }
        let mut dates: Vec<PartialDate> = Vec::new();
        for told in &sessions {
            if !dates.contains(&told.session.date) {
                dates.push(told.session.date);
            }
        }
        if self.poster.date.is_none() {
            let every = self.every.take();
            self.poster.date = match (dates.as_slice(), every) {
                ([], every) => every.map(|days| format!("les {days}")),
                (_, every) => Some(head(dates, every.as_deref())),
            };
        }
    }
}

/// The hours of every session, where all have the same.
fn common_hours(sessions: &[Told]) -> Option<String> {
    let first = sessions.first()?.session.hours.as_ref()?;
    let several = sessions.len() > 1;
    let same = sessions.iter().all(|told| told.session.hours.as_ref() == Some(first));
    let labelled = sessions.iter().all(|told| told.session.label.is_some());
    (several && same && labelled).then(|| first.clone())
}

/// A session as its line says it; hours that all share are said once.
fn worded(session: &Session, common: bool) -> String {
    // The year is that of the event, said once at its head.
    let year = session.date.year.map_or(String::new(), |year| format!(" {year}"));
    let told = session.date.to_french().trim_end_matches(year.as_str()).to_owned();
    let said = match (&session.label, &session.hours) {
        (Some(label), Some(hours)) if !common && session.day_first => {
            format!("{told}, {hours} : {label}")
        }
        (Some(label), Some(hours)) if !common => format!("{label} : {told}, {hours}"),
        (Some(label), _) => format!("{told} : {label}"),
        (None, Some(hours)) => format!("{told} : {hours}"),
        (None, None) => told,
    };
    match &session.price {
        Some(price) => format!("{said} – {price}"),
        None => said,
    }
}

/// « jeudis 14, 21 et 28 janvier 2027 », where the notes say which weekday comes back.
fn head(mut dates: Vec<PartialDate>, every: Option<&str>) -> String {
    let weekday = every.and_then(|every| every.split(' ').next()).map(str::to_owned);
    let of_all = |weekday: &String| {
        let singular = weekday.trim_end_matches('s');
        dates
            .iter()
            .all(|date| date.civil().is_some_and(|day| weekday_name(day.weekday()) == singular))
    };
    let said = weekday.filter(of_all);
    // Of three days or more each line says its own weekday.
    if said.is_some() || dates.len() > 2 {
        dates.iter_mut().for_each(|date| date.weekday = None);
    }
    let days = days::Days { dates, range: false, span: 0..0 }.to_french();
    said.map_or(days.clone(), |weekday| format!("{weekday} {days}"))
}

words!(
    NO_SESSION,
    r"(?i)\b(?:avant|jusqu|au plus tard|limite|inscri\w*|r[ée]serv\w*|r[ée]sa|pluie|pleut|report\w*|repli|annul\w*|finalement|changement|correction|rectif\w*|d[ée]cal[ée]\w*|non)\b|^(?:et )?aussi\b|^au lieu\b"
);
words!(THEME, r"^\.?(?:\s*[=:]\s*|\s+[–-]\s+)");
words!(
    EVERY,
    &format!(
        r"(?i)^(?:tous |toutes )?(?:les |chaque |le )?(?P<days>(?:{days})s?(?: (?:matin|soir|apr[èe]s-midi)s?)?)\s*[,:]?\s*(?:[àa] partir de |de |[àa] |d[èe]s |entre )?\d{{1,2}} ?[h:]\d{{0,2}}(?:\s*(?:-|–|à|a|et|/)\s*\d{{1,2}} ?[h:]\d{{0,2}})?\s*:?$",
        days = weekdays_pattern()
    )
);
// The small words that tie a day or an hour to the rest.
words!(
    LINKS,
    r"(?i)(?:\b(?:de|du|le|la|au|d[èe]s|entre|et|[àa](?: partir de)?|horaires?)\s+|[-–/:]\s*)*\|\s*"
);

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::notes::Notes;
    use crate::office::Office;
    use crate::task::poster::read::read;

    #[test]
    fn each_day_has_its_theme_and_the_hours_are_said_once() {
        let office = Office::parse(Path::new("fiche.toml"), "").unwrap();
        for (told, head, hours, first) in [
            (
                "les lundis 10h-12h\n7 juin 2027 : tri, compost\n14 juin : paillage (paille, foin)",
                "lundis 7 et 14 juin 2027",
                "de 10 h à 12 h",
                "7 juin : tri, compost",
            ),
            (
                "lun. 7/06/2027 18h30-20h tri des bacs\nmar. 8/06/2027 18h30-20h paillage",
                "lundi 7 et mardi 8 juin 2027",
                "de 18 h 30 à 20 h",
                "Lundi 7 juin : tri des bacs",
            ),
        ] {
            let notes = Notes::from_text(&format!("affiche ateliers\n{told}")).unwrap();
            let (poster, _) = read(&notes, &office);
            assert_eq!(poster.date.as_deref(), Some(head));
            assert_eq!(poster.hours.as_deref(), Some(hours));
            assert_eq!(poster.lines.first().map(|line| line.text.as_str()), Some(first));
            assert_eq!(poster.lines.len(), 2);
        }
    }

    #[test]
    fn each_day_has_its_hours() {
        let office = Office::parse(Path::new("fiche.toml"), "").unwrap();
        for (lines, date, programme) in [
            (
                "affiche troc de plantes\ndépôt des plants ven 4.06.2027 17h-19h\ntroc le sam 5.06.2027 de 9h à 12h",
                "vendredi 4 et samedi 5 juin 2027",
                vec![
                    "Dépôt des plants : vendredi 4 juin, de 17 h à 19 h",
                    "Troc : samedi 5 juin, de 9 h à 12 h",
                ],
            ),
            (
                "affiche salon du livre\nsamedi 5 juin 2027 de 14h à 18h\ndimanche 6 juin de 10h à 17h",
                "samedi 5 et dimanche 6 juin 2027",
                vec!["Samedi 5 juin : de 14 h à 18 h", "Dimanche 6 juin : de 10 h à 17 h"],
            ),
            (
                "affiche débat\nmardi 8 juin 2027 18h30 salle Rameau\ndébat puis verre\nautre débat jeudi 10 juin à 18h",
                "mardi 8 juin 2027",
                vec!["Débat puis verre", "Autre débat jeudi 10 juin à 18 h"],
            ),
            (
                "affiche concert\nsamedi 5 juin 2027 à 20h30\nréservations jusqu'au jeudi 3 juin 18h",
                "samedi 5 juin 2027",
                vec![],
            ),
        ] {
            let notes = Notes::from_text(lines).unwrap();
            let (poster, _) = read(&notes, &office);
            assert_eq!(poster.date.as_deref(), Some(date), "{lines}");
            let told: Vec<&str> = poster
                .lines
                .iter()
                .filter(|line| line.block == super::BlockKind::Programme)
                .map(|line| line.text.as_str())
                .collect();
            assert_eq!(told, programme, "{lines}");
        }
    }
}
