//! An event of several days: lines that each tell a day with its hours, « dépôt sam 13 mars
//! 14h-18h », « dimanche 14 mars de 9h à 13h ».

use super::fields::PLACE;
use super::shape::{self, hours};
use super::{Reader, backstage, days};
use crate::notes::Span;
use crate::reading::date::PartialDate;
use crate::reading::{Fact, facts, words};
use crate::task::poster::record::{BlockKind, Line};
use crate::task::wording;

/// One day of the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Session {
    /// What happens, when the line says it.
    label: Option<String>,
    date: PartialDate,
    hours: String,
}

/// Words of what one day is about.
const MOST_WORDS: usize = 5;

/// What a line tells, when it tells a day with its hours and little else.
pub(super) fn of(line: &str) -> Option<Session> {
    let line = line.trim().trim_start_matches(['-', '–', '•', '*', ' ']);
    if NO_SESSION.is_match(line) || backstage::kind(line).is_some() || line.contains('?') {
        return None;
    }
    let line = days::joined(line);
    let (mut date, mut timed) = (None, 0);
    let mut rest = line.clone();
    for found in facts(&line).into_iter().rev() {
        match found.fact {
            Fact::Date(day) if day.day.is_some() && date.is_none() => date = Some(day),
            Fact::Hour(_) => timed += 1,
            Fact::Number(_) => continue,
            _ => return None,
        }
        rest.replace_range(found.span, "|");
    }
    let label = LINKS.replace_all(&rest, " ");
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let label = label.trim_matches([':', ',', '-', '–', ' ', '.']).to_owned();
    if label.split_whitespace().count() > MOST_WORDS || timed == 0 || timed > 2 {
        return None;
    }
    // « mardi 3 mai 18h30 salle Haute » says where.
    if PLACE.is_match(&label) {
        return None;
    }
    let label = (!label.is_empty()).then_some(label);
    Some(Session { label, date: date?, hours: hours(&line) })
}

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
    /// A line of the programme for one of several days; the day is one of the event's. Whether the
    /// line was that.
    pub(super) fn session(&mut self, line: &str, span: &Span) -> bool {
        let Some(session) = of(line).filter(|_| self.session_lines.contains(span)) else {
            return false;
        };
        let date = match self.reference {
            Some(day) => session.date.with_year(day.year()),
            None => session.date,
        };
        self.wrong_weekday(date, span);
        // The year is that of the event, said once at its head.
        let year = date.year.map_or(String::new(), |year| format!(" {year}"));
        let told = date.to_french().trim_end_matches(year.as_str()).to_owned();
        let text = match &session.label {
            Some(label) => format!("{label} : {told}, {}", session.hours),
            None => format!("{told} : {}", session.hours),
        };
        let text = shape::simple(&super::proper(&wording::clean(&text)));
        self.poster.lines.push(Line {
            block: BlockKind::Programme,
            rank: 1,
            text: wording::capital(&text),
            span: span.clone(),
        });
        if !self.sessions.contains(&date) {
            self.sessions.push(date);
        }
        true
    }

    /// The days of the sessions are those of the event, when no line says them together.
    pub(super) fn days_of_sessions(&mut self) {
        let dates = std::mem::take(&mut self.sessions);
        if self.poster.date.is_none() && !dates.is_empty() {
            let days = days::Days { dates, range: false, span: 0..0 };
            self.poster.date = Some(days.to_french());
        }
    }
}

words!(
    NO_SESSION,
    r"(?i)\b(?:avant|jusqu|au plus tard|limite|inscri\w*|r[ée]serv\w*|r[ée]sa|pluie|pleut|report\w*|repli|annul\w*|finalement|changement|correction|rectif\w*|d[ée]cal[ée]\w*|non)\b|^(?:et )?aussi\b|^au lieu\b"
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
