//! What the lines over the speech and its first and last sentences say of the meeting: date, hours,
//! place, secretary.

use std::sync::LazyLock;

use regex::Regex;

use super::opening;
use super::speech::{self, Speech};
use crate::finding::Finding;
use crate::notes::Notes;
use crate::office::Office;
use crate::reading::name::Roster;
use crate::reading::{PartialDate, pattern};
use crate::task::minutes::record::{Kind, Meeting};
use crate::task::minutes::structure::Piece;
use crate::task::minutes::{header, working};

/// The lines over the speech, and the date that they or the first sentences give.
pub(super) fn heading(
    notes: &Notes,
    speech: &Speech,
    office: &Office,
    roster: &Roster,
    meeting: &mut Meeting,
    findings: &mut Vec<Finding>,
) -> Option<PartialDate> {
    let date = header::date(notes).map(|(date, _)| date).or_else(|| {
        speech.sentences.iter().take(12).find_map(|s| {
            crate::reading::facts(&s.text).into_iter().find_map(|f| match f.fact {
                crate::reading::Fact::Date(date) if date.day.is_some() => Some(date),
                _ => None,
            })
        })
    });
    meeting.date = date.map(|d| d.to_french());
    let mut header = header::Header::new(office, roster, date, notes);
    let titles = opening::titles(speech, findings);
    for (index, (title, span)) in titles.iter().enumerate() {
        let text = working::names::as_attendance(title);
        // « réunion du bureau du comité » names the meeting, no place.
        let text = match (index, meeting.kind) {
            (0, Kind::Working) => working::about::after_label(&text),
            _ => text,
        };
        // « là : Ada Roy, Luc. Zoé Bert excusée »: each sentence has its list.
        if working::cut::about_meeting(&text) {
            for (_, list) in working::names::lists(&text) {
                let list = opening::without_me(list);
                header.read(index.max(1), &Piece { text: &list, span: span.clone() }, meeting);
            }
            continue;
        }
        let piece = Piece { text: &text, span: span.clone() };
        let read = header.read(index, &piece, meeting);
        if index == 0 {
            meeting.label = working::about::label(title).filter(|_| meeting.kind == Kind::Working);
            meeting.body.clone_from(&office.organisme.nom);
        } else if !read {
            meeting.remarks.push(crate::task::prose::by_rule(&text));
        }
    }
    if meeting.body.is_none() && meeting.kind == Kind::Working {
        meeting.body = titles.iter().find_map(|(title, _)| place_named(title));
    }
    spoken_hours(speech, meeting);
    if meeting.kind != Kind::Working {
        said_at_the_opening(speech, roster, &mut header, meeting);
    }
    date
}

/// « réunion eau – Saint-Aubin-le-Haut – 3 mai »: the place that a title names by itself.
fn place_named(title: &str) -> Option<String> {
    crate::reading::words!(CUT, r"\s+[–—-]\s+|\s*\|\s*|\s*,\s+");
    crate::reading::words!(
        PLACE,
        r"^(?:(?i:mairie|commune)\s+d(?:e\s+|['’]))?(?P<name>\p{Lu}[\p{L}'’]+(?:-[\p{L}'’]+)+)$"
    );
    CUT.split(title).find_map(|part| Some(PLACE.captures(part.trim())?["name"].to_owned()))
}

/// What a council's minutes require and its opening tells: the notice, the secretary, the place.
fn said_at_the_opening(
    speech: &Speech,
    roster: &Roster,
    header: &mut header::Header<'_>,
    meeting: &mut Meeting,
) {
    crate::reading::words!(
        PLACE,
        r"(?i)(?:\bon\s+est\s+(?:dans|à|au)\s+(?:la\s+|l['’])?|\bouvre\s+la\s+s[ée]ance\s*,\s*(?:(?:dans|à)\s+)?(?:la\s+)?)(?P<place>(?:salle|mairie|foyer|[ée]cole)[^,.?!]*)"
    );
    let opening = speech.sentences.iter().take(40);
    for (index, sentence) in opening.enumerate() {
        let text = sentence.text.as_str();
        if text.to_lowercase().contains("convocation") && meeting.convocation.is_none() {
            let piece = Piece { text, span: sentence.span.clone() };
            header.read(9, &piece, meeting);
        }
        if meeting.place.is_none()
            && let Some(found) = PLACE.captures(text)
        {
            meeting.place = Some(found["place"].trim().to_owned());
        }
        if text.to_lowercase().contains("secrétaire de séance") && meeting.secretary.is_none() {
            let next = speech.sentences.iter().skip(index).take(4);
            meeting.secretary = next
                .flat_map(|s| roster.mentions(&s.text))
                .next()
                .map(|(member, _)| roster.full_name(member).to_owned());
        }
    }
}

/// « il est 18h30, on commence », « il est 20h, on s'arrête là ».
fn spoken_hours(speech: &Speech, meeting: &mut Meeting) {
    static BEGINS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:on\s+(?:(?:va\s+)?commence[r]?|d[ée]marre|attaque|ouvre|y\s+va)|j['’]ouvre|(?:s[ée]ance|r[ée]union)\s+(?:est\s+)?ouverte)\b",
        )
    });
    static ENDS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:on\s+(?:s['’]arr[êe]te|termine|finit|cl[ôo]t\w*|l[èe]ve)|je\s+l[èe]ve|(?:s[ée]ance|r[ée]union)\s+(?:est\s+)?(?:lev[ée]e|close|termin[ée]e))\b",
        )
    });
    let hour = |text: &str| {
        crate::reading::facts(text).into_iter().find_map(|f| match f.fact {
            crate::reading::Fact::Hour(hour) => Some(hour.to_french()),
            _ => None,
        })
    };
    let count = speech.sentences.len();
    // « on commence, j'ai un train à 19 h » tells no opening: the hour stands beside the words.
    let beside = |text: &str| {
        let said = BEGINS.find(text)?;
        let near = |f: &crate::reading::Found| {
            matches!(f.fact, crate::reading::Fact::Hour(_))
                && f.span.start <= said.end() + 15
                && said.start() <= f.span.end + 25
        };
        crate::reading::facts(text).iter().any(near).then_some(())
    };
    let first = speech.sentences.iter().take(15).find(|s| beside(&s.text).is_some());
    let last = speech
        .sentences
        .iter()
        .skip(count.saturating_sub(15))
        .find(|s| ENDS.is_match(&s.text) && hour(&s.text).is_some());
    meeting.opened = meeting.opened.take().or_else(|| hour(&first?.text));
    meeting.closed = meeting.closed.take().or_else(|| hour(&last?.text));
    // « il est 18 heures 10, réunion du foyer »
    static NOW: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bil\s+est\s*,?\s*\d"));
    let now = |s: &&speech::Sentence| NOW.is_match(&s.text) && hour(&s.text).is_some();
    let first = speech.sentences.iter().take(8).find(now);
    meeting.opened = meeting.opened.take().or_else(|| hour(&first?.text));
    let last = speech.sentences.iter().skip(count.saturating_sub(12)).rev().find(now);
    meeting.closed = meeting.closed.take().or_else(|| hour(&last?.text));
    // « Il est 19h10. On s'arrête là. »
    let tail: Vec<&str> =
        speech.sentences.iter().skip(count.saturating_sub(12)).map(|s| s.text.as_str()).collect();
    for pair in tail.windows(2) {
        if let [before, after] = pair
            && ENDS.is_match(after)
            && meeting.closed.is_none()
        {
            meeting.closed = hour(before);
        }
    }
    dictated_hours(speech, meeting);
    opening::said(speech, meeting);
}

/// « je dicte le compte rendu, réunion du vendredi 6 mars à 19.30, on a terminé vers 21.15 »: the
/// sentence that tells the date of the meeting tells its hours.
fn dictated_hours(speech: &Speech, meeting: &mut Meeting) {
    crate::reading::words!(
        BEGAN,
        r"(?i)\b(?:r[ée]union|bureau|commission|comit[ée])\b.*\b(?:19|20)\d\d\s*,?\s+(?:[àa]|de)\s+(?P<h>\d{1,2})\s*[.:h]\s*(?P<m>[0-5]\d)?"
    );
    crate::reading::words!(
        ENDED,
        r"(?i)\b(?:termin|fini|lev)(?:[ée]e?)?\s+(?:vers\s+|[àa]\s+)(?P<h>\d{1,2})\s*[.:h]\s*(?P<m>[0-5]\d)?"
    );
    let hour = |found: regex::Captures<'_>| {
        let hour = found["h"].parse().ok().filter(|hour| *hour < 24)?;
        let minute = found.name("m").map_or(Some(0), |m| m.as_str().parse().ok())?;
        Some(crate::reading::hour::Hour { hour, minute }.to_french())
    };
    for sentence in speech.sentences.iter().take(3) {
        let Some(began) = BEGAN.captures(&sentence.text).and_then(hour) else { continue };
        meeting.opened.get_or_insert(began);
        if let Some(ended) = ENDED.captures(&sentence.text).and_then(hour) {
            meeting.closed.get_or_insert(ended);
        }
    }
}
