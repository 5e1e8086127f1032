//! What the notes of a working meeting say of the meeting itself: its kind, hours, place, people.

use super::convened;
use super::cut::{Placed, Under};
use super::names::{as_attendance, by_initials, is_given_name, lists, roles, with_writer};
use super::sorter::Sorter;
use crate::finding::Finding;
use crate::reading::{facts, words};
use crate::task::minutes::header;
use crate::task::minutes::record::Meeting;
use crate::task::minutes::structure::Piece;
use crate::task::wording::capital;

/// A title typed in capitals in small letters: « BUVETTE DU 14 » is « Buvette du 14 ».
pub(super) fn sentence_case(title: &str) -> String {
    // A date after the capitals stays as it is: « FEU DE LA ST JEAN sam. 19 juin ».
    let end = facts(title).first().map_or(title.len(), |f| f.span.start);
    let (head, date) = title.split_at(end);
    let letters = head.chars().filter(|c| c.is_alphabetic()).count();
    if head.chars().any(char::is_lowercase) || letters < 5 && (letters < 4 || head.len() < 4) {
        return title.to_owned();
    }
    words!(SAINT, r"\bst(e?)[ -](\p{Lu})");
    let words: Vec<String> = head
        .to_lowercase()
        .split(' ')
        .map(|word| if is_given_name(word) { capital(word) } else { word.to_owned() })
        .collect();
    let head = SAINT.replace_all(&words.join(" "), "Saint$1-$2").into_owned();
    capital(&format!("{head}{date}"))
}

/// A line about the meeting itself.
pub(super) fn about(
    line: &Placed<'_>,
    heading: &mut header::Header<'_>,
    meeting: &mut Meeting,
    findings: &mut Vec<Finding>,
    index: usize,
    sorter: &mut Sorter<'_>,
) {
    words!(
        AGAIN,
        r"(?i)^(?:(?:on\s+se\s+(?:revoit|retrouve)|(?:re)?rdv|prochaine\s+fois|(?:r[ée]union|s[ée]ance)\s+suivante|proch\w*\.?(?:\s+(?-i:\p{Lu}{2,6}))?\s*:)\s*:?\s*(?:le\s+)?)(?P<rest>.+)$"
    );
    words!(HOURS, r"(\d\s*h\s*\d*)\s*(?:-{1,2}>|→|=>|/)\s*(\d)");
    words!(REMOTE, r"(?i)\b(?:chez\s+\p{Lu}\p{L}+|(?:en\s+)?visio\w*)");
    words!(WHO_I_AM, r"(?i)^\(?\s*moi\s*=\s*[^,;/()]+\)?\s*\.?$");
    if let Some(over) = line.label {
        // « 5 prochaine fois » over « lundi 12 octobre 18h ».
        let over =
            over.trim_start_matches(|c: char| !c.is_alphabetic()).trim_end_matches([':', ' ']);
        let text = format!("prochaine réunion : {}", line.piece.text);
        let next =
            over.to_lowercase().contains("proch") || over.to_lowercase().contains("suivante");
        let piece = Piece { text: &text, span: line.piece.span.clone() };
        if next && heading.read(index.max(1), &piece, meeting) {
            return;
        }
    }
    let me = sorter.me.clone();
    roles(line.piece.text, heading.roster, meeting);
    if WHO_I_AM.is_match(line.piece.text) && me.is_some() {
        meeting.secretary = meeting.secretary.take().or(me);
        return;
    }
    // Notes may begin with who is there, or with no title at all.
    let typed = line.piece.text;
    let short = typed.split_whitespace().count() <= 20;
    let titled = line.first
        && short
        && !super::cut::about_meeting(typed)
        && (label(typed).is_some() || !facts(typed).is_empty());
    // Several sentences may tell of several lists: « Mme A est là. Mme B est excusée. »
    let sentences = lists(typed);
    if sentences.len() > 1 && !titled {
        for (at, text) in sentences {
            let start = line.piece.span.start + at;
            let piece = Piece { text, span: start..start + text.len() };
            let line = Placed { piece, ..line.clone() };
            about(&line, heading, meeting, findings, index, sorter);
        }
        return;
    }
    let roll = convened::told(line.piece.text, &sorter.called);
    let typed_roll = roll.as_deref().unwrap_or(line.piece.text);
    let text = with_writer(&as_attendance(typed_roll), me.as_ref());
    if meeting.secretary.is_none() && as_attendance(typed).to_lowercase().contains("moi") {
        meeting.secretary = me;
    }
    let text = HOURS.replace_all(&text, "$1 - $2").into_owned();
    let text = match AGAIN.captures(&text) {
        Some(found) if !facts(&text).is_empty() => format!("prochaine réunion {}", &found["rest"]),
        _ => text,
    };
    if meeting.place.is_none() && index < 4 && !text.to_lowercase().starts_with("proch") {
        meeting.place = REMOTE
            .find(&text)
            .map(|m| m.as_str().replace("visio", "en visio").replace("en en ", "en "));
    }
    let text = if titled { after_label(&text) } else { text };
    let piece = Piece { text: &text, span: line.piece.span.clone() };
    let index = if titled { 0 } else { index.max(1) };
    let read = heading.read(index, &piece, meeting);
    if let Some(name) =
        meeting.secretary.as_ref().and_then(|s| by_initials(s, heading.roster.names()))
    {
        meeting.secretary = Some(name.clone());
    }
    if titled {
        let before = meeting.label.take();
        meeting.body = heading.office.organisme.nom.clone().or(before);
        meeting.label = label(line.piece.text);
        return;
    }
    if !read {
        sorter.line(&Placed { under: Under::Subject, ..line.clone() }, meeting, findings);
    }
}

/// The first line without the name of the meeting, which is neither a place nor a body.
pub fn after_label(first: &str) -> String {
    let end = facts(first).first().map_or(first.len(), |f| f.span.start);
    let rest = first.get(end..).unwrap_or("");
    format!("réunion {rest}")
}

/// What kind of meeting the first line announces: « Réunion du bureau », « Commission voirie ».
pub fn label(first: &str) -> Option<String> {
    words!(
        LEAD,
        r"(?i)^(?:#+\s*)?(?:(?:transcription(?:\s+automatique)?|enregistrement|retranscription|relev[ée]\s+de\s+(?:notes|d[ée]cisions|conclusions)|notes?|cr|compte[- ]?rendu|pv|prise\s+de\s+notes)\b\s*(?:de\s+(?:la\s+)?|du\s+|d['’])?[:–-]?\s*)+"
    );
    words!(
        TAIL,
        r"(?i)(?:[\s,–-]|\b(?:du|le|de|des|la|au|à|en|a)\b|\b(?:lundi|lun|mardi|mar|mercredi|merc|mer|jeudi|jeu|vendredi|ven|samedi|sam|dimanche|dim)\b\.?|[/|—]\s*(?:r[ée]u(?:nion)?)?|\br[ée]u\b)+$"
    );
    let rest = LEAD.replace(first.trim(), "");
    let end = facts(&rest).first().map_or(rest.len(), |f| f.span.start);
    let end = end.min(rest.find(['(', ';', ':']).unwrap_or(rest.len()));
    // « Bureau – Foyer rural de Lachamps » is all name.
    let dash = [" – ", " - "].iter().filter_map(|d| rest.find(d)).min().unwrap_or(rest.len());
    let named = end == rest.len() && !rest.get(dash..).unwrap_or("").chars().any(char::is_numeric);
    let end = if named { end } else { end.min(dash) };
    let end = end.min(rest.find(" | ").unwrap_or(rest.len()));
    let name = TAIL.replace(rest.get(..end)?, "");
    let name = name.trim().trim_matches([',', '.', '-', '#', '*']).trim();
    let words = name.split_whitespace().count();
    if words == 0 || words > 9 {
        return None;
    }
    let name = crate::reading::abbreviation::spell_out(&sentence_case(name));
    let name =
        name.replace(" / ", ", ").replace(" – ", ", ").replace(" - ", ", ").replace(" — ", ", ");
    let name = name.strip_prefix("Reu ").map_or(name.clone(), |rest| format!("réunion {rest}"));
    let name = name.strip_prefix("reu ").map_or(name.clone(), |rest| format!("réunion {rest}"));
    let name = name.strip_prefix("réu ").map_or(name.clone(), |rest| format!("réunion {rest}"));
    let name = if name.to_lowercase() == "réu" { "Réunion".to_owned() } else { name };
    Some(capital(&name))
}
