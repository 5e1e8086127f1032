//! When things happen: the date of the meeting, its hours, the notice before it, the meeting after
//! it.

use std::sync::LazyLock;

use regex::Regex;

use super::Header;
use crate::notes::{Notes, Span};
use crate::reading::{Fact, Found, PartialDate, expand_facts, facts, fold, pattern};
use crate::task::minutes::record::Meeting;

static OPENED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:ouv(?:ert|erte|erture|re)?|d[ée]but[ée]?e?|commenc\w*|[àa]\s+partir\s+de)\b")
});
static CLOSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:fin(?:i|ie|it)?|lev[ée]e?|clos[e]?|cl[ôo]t(?:ur\w*)?|ferm[ée]e?|termin\w*|s[ée]par\w*)\b",
    )
});
static CONVENED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bconvoc\w*|\bconvoqu\w*|\bconv\b\.?"));
/// What went out before the meeting, without the word: « lettre + mail le 14 août ».
static SENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(?:lettres?|courriers?|mails?|courriels?|invitations?|envoi)\b")
});
pub(super) static NEXT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[\s-]*(?:(?:date\s+(?:du\s+|de\s+la\s+))?(?:la\s+|le\s+|l['’])?proch\w*\.?\s+(?:(?:cm|conseil|r[ée]union|s[ée]ance|ag|ca|bureau|date|rencontre|rdv)\s*(?:municipal\s*)?(?:aura\s+lieu|:|=|,|est)?\s*)?|rappel\s*:?\s+(?:de\s+)?(?:la\s+|l['’])?(?:cm|conseil|r[ée]union|s[ée]ance|ago?|age|assembl[ée]e|ca|bureau)\b(?:\s+(?:municipal|g[ée]n[ée]rale|(?:extra)?ordinaire))*\s*(?:le\s+|:)?)",
    )
});

/// The date of the meeting: the first full date of the first lines, otherwise the first date.
pub fn date(notes: &Notes) -> Option<(PartialDate, Span)> {
    let mut first: Option<(PartialDate, Span)> = None;
    for line in notes.lines().filter(|l| !l.text.trim().is_empty()).take(8) {
        if NEXT.is_match(line.text.trim()) {
            continue;
        }
        let convened = CONVENED.find(line.text).map_or(usize::MAX, |m| m.start());
        for Found { fact, span } in facts(line.text) {
            let Fact::Date(date) = fact else { continue };
            if date.day.is_none() || span.start > convened {
                continue;
            }
            let span = line.start + span.start..line.start + span.end;
            if date.year.is_some() {
                return Some((date, span));
            }
            if first.is_none() {
                first = Some((date, span));
            }
        }
    }
    first
}

impl Header<'_> {
    /// When and how members were called; the text without that, and whether it told it.
    pub(super) fn notice(&self, index: usize, text: &str, meeting: &mut Meeting) -> (String, bool) {
        let sent = || {
            let dated = facts(text).iter().any(|f| match f.fact {
                Fact::Date(date) => {
                    self.date.is_some_and(|d| (d.day, d.month) != (date.day, date.month))
                }
                _ => false,
            });
            SENT.find(text).filter(|_| index < 6 && dated && meeting.convocation.is_none())
        };
        let word = CONVENED.find(text).or_else(sent);
        let rest = word.map_or_else(
            || text.to_owned(),
            |word| {
                let end = convened_until(text, word.end());
                let told = self.convocation(&text[word.start()..end]);
                meeting.convocation = told.or_else(|| meeting.convocation.take());
                format!("{} {}", &text[..word.start()], &text[end..])
            },
        );
        (rest.trim().trim_matches([',', '.', ';', ' ']).to_owned(), word.is_some())
    }

    /// The day the notice went out and by what ways, as the document says it.
    fn convocation(&self, text: &str) -> Option<String> {
        let date = facts(text).into_iter().find_map(|f| match f.fact {
            Fact::Date(date) if date.day.is_some() => Some(date),
            _ => None,
        })?;
        // A notice goes out in the weeks before the meeting: its year is the meeting's, unless
        // that would put it after.
        let date = match (date.year, self.date) {
            (None, Some(meeting)) if (date.month, date.day) <= (meeting.month, meeting.day) => {
                PartialDate { year: meeting.year, ..date }
            }
            _ => date,
        };
        let folded = fold(text);
        let mut ways = Vec::new();
        if ["mail", "courriel", "email"].iter().any(|w| folded.contains(w)) {
            ways.push("par courriel");
        }
        if folded.contains("courrier") || folded.contains("poste") || folded.contains("lettre") {
            ways.push("par courrier");
        }
        let posted = folded.split(|c: char| !c.is_alphanumeric()).any(|word| word == "aff");
        if folded.contains("affich") || posted {
            ways.push("par affichage");
        }
        let ways = ways.join(" et ");
        let space = if ways.is_empty() { "" } else { ", " };
        Some(format!("le {}{space}{ways}", date.to_french()))
    }

    /// The hours at which the meeting opened and closed, and what comes next where the sentence
    /// goes on with it.
    pub(super) fn times(&mut self, text: &str, meeting: &mut Meeting) -> bool {
        let mut read = false;
        // « levée à 21 h et le prochain conseil c'est le 9 à 19 h »
        static AND_NEXT: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)[\s,]+(?:et\s+)?((?:l[ea]\s+)?prochaine?\s+(?:conseil|cm|r[ée]union|s[ée]ance|ag)\b.*)$",
            )
        });
        let text = match AND_NEXT.captures(text) {
            Some(found) if found.get(0).is_some_and(|m| m.start() > 0) => {
                meeting.next_meeting = Some(next_meeting(&found[1], self.date));
                &text[..found.get(0).map_or(text.len(), |m| m.start())]
            }
            _ => text,
        };
        for Found { fact, span } in facts(text) {
            match fact {
                Fact::Hour(hour) => read |= self.hour(&hour.to_french(), text, &span, meeting),
                Fact::Date(date)
                    if self.date.is_some_and(|d| (d.day, d.month) == (date.day, date.month)) =>
                {
                    read = true;
                }
                _ => {}
            }
        }
        read
    }

    /// An hour opens or closes the meeting by the words beside it, else by its turn.
    fn hour(&mut self, hour: &str, text: &str, span: &Span, meeting: &mut Meeting) -> bool {
        let before = &text[..span.start];
        let last = |re: &Regex| re.find_iter(before).last().map(|m| m.start());
        let (opening, closing) = (last(&OPENED), last(&CLOSED));
        // « 21:20 FIN »
        let led = opening.is_none() && closing.is_none() && before.trim().is_empty();
        let ends = CLOSED.find(text[span.end..].trim_start());
        let ends = led && ends.is_some_and(|word| word.start() == 0);
        let planned =
            before.trim_end().ends_with("prévu") || fold(before).trim_end().ends_with("prevu");
        if planned {
            return true;
        }
        if closing > opening || ends {
            meeting.closed = Some(hour.to_owned());
            return true;
        }
        if meeting.opened.is_none() || opening.is_some() && !self.hour_told {
            meeting.opened = Some(hour.to_owned());
            self.hour_told |= opening.is_some();
            return true;
        }
        let ranged = before.trim_end().ends_with(['-', '–', 'à', '>', '→', '/']);
        if meeting.closed.is_none() && ranged {
            meeting.closed = Some(hour.to_owned());
            return true;
        }
        false
    }
}

/// Where what is said of the notice ends: with its sentence, or before the words that go on with
/// the meeting itself (« dûment convoqué le 16 février, s'est réuni à la salle du conseil »).
fn convened_until(text: &str, from: usize) -> usize {
    static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i),?\s+(?:s['’]est\s+r[ée]uni|se\s+sont\s+r[ée]unis|sous\s+la\s+pr[ée]sidence|en\s+session|s['’]est\s+tenue?|commenc[ée]e?|ouverte?|d[ée]but[ée]e?|finie?|lev[ée]e|close)\b",
        )
    });
    // « ouverture 18h40 (convoqués à 18h30), clôture 20h »
    let before = text.get(..from).unwrap_or_default();
    if before.matches('(').count() > before.matches(')').count()
        && let Some(close) = text.get(from..).and_then(|rest| rest.find(')'))
    {
        return from + close;
    }
    // « Convoc. : partie le … »: the dot shortens the word.
    let rest = text.get(from..).unwrap_or_default();
    let from = from + rest.len() - rest.trim_start_matches(['.', ':', ' ']).len();
    let end = sentence_end(text, from);
    let said = text.get(from..end).unwrap_or_default();
    GOES_ON.find(said).map_or(end, |found| from + found.start())
}

/// Where the sentence that runs at this place ends.
fn sentence_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    rest.find(". ").or_else(|| rest.find(';')).map_or(text.len(), |at| from + at)
}

/// « vendredi 16 octobre, à 20 h 30 », from « prochain CM ven 16 oct 20h30 ».
pub(super) fn next_meeting(text: &str, meeting: Option<PartialDate>) -> String {
    let found = facts(text);
    let date = found.iter().find_map(|f| match &f.fact {
        Fact::Date(date) => Some(*date),
        _ => None,
    });
    let hour = found.iter().find_map(|f| match &f.fact {
        Fact::Hour(hour) => Some(hour.to_french()),
        _ => None,
    });
    let Some(date) = date else {
        static UNSET: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r"(?i)^\W*(?:pas|non|à)\s+(?:encore\s+)?(?:d[ée]cid|fix|d[ée]termin)\w*\W*$")
        });
        let said = NEXT.replace(text, "").into_owned();
        return if UNSET.is_match(&said) {
            "date non fixée".to_owned()
        } else {
            expand_facts(&said)
        };
    };
    // The next meeting is the first day of that date after this one.
    let year = date.year.or_else(|| {
        let meeting = meeting?;
        let later = (date.month, date.day) < (meeting.month, meeting.day);
        meeting.year.map(|year| year + i16::from(later))
    });
    let dated = PartialDate { year, ..date };
    // A weekday that agrees with that year makes the year certain; one that does not goes.
    let date = match (date.weekday.is_some(), dated.wrong_weekday()) {
        (true, None) => dated,
        (true, Some(_)) => PartialDate { weekday: None, ..date },
        (false, _) => date,
    };
    let end = found.iter().map(|f| f.span.end).max().unwrap_or(text.len());
    let rest = text[end..].trim_matches([' ', ',', '.', '-']);
    let mut phrase = date.to_french();
    if let Some(hour) = hour {
        phrase.push_str(&format!(" à {hour}"));
    }
    if !rest.is_empty() {
        phrase.push_str(&format!(", {rest}"));
    }
    phrase
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_meeting_has_no_wrong_weekday() {
        let meeting = PartialDate::new(None, Some(10), 11, Some(2026));
        for (text, expected) in [
            ("prochain CM jeudi 11 déc 19h30", "11 décembre à 19 h 30"),
            ("prochain CM vendredi 11 déc", "vendredi 11 décembre 2026"),
            ("prochain CM mardi 12 janvier", "mardi 12 janvier 2027"),
            ("rappel AG ordinaire sam 6 février 2027 15h ici", "samedi 6 février 2027 à 15 h, ici"),
            ("date du prochain conseil pas décidée", "date non fixée"),
        ] {
            assert_eq!(next_meeting(text, meeting), expected, "{text}");
        }
    }
}
