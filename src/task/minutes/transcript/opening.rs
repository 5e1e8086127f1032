//! How a transcript opens: its title without what tells of the recording, and what the first
//! sentences say of the meeting, its name and its place.

use super::super::record::{Kind, Meeting};
use super::speech::Speech;
use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::{Fact, facts, words};
use crate::task::wording::capital;

words!(
    RECORDING,
    r"(?i)\b(?:enregistr\w+|transcri\w+|retranscri\w+|retap[ée]\w*|dictaphone|fichier|copie\s+d[eu]s?\s+(?:t?chat|messages?)|non\s+relue?|dur[ée]e|\w+\.(?:m4a|mp3|wav|mp4))\b"
);

/// The lines over the speech, without what they tell of the recording.
pub(super) fn titles(speech: &Speech, findings: &mut Vec<Finding>) -> Vec<(String, Span)> {
    words!(CUT, r"\s+[–—-]\s+|\s*\|\s*|\s*,\s+");
    let mut out = Vec::new();
    for (line, span) in &speech.heading {
        let bare = line.trim_matches(['[', ']', '(', ')', ' ']);
        if !RECORDING.is_match(bare) || super::working::cut::about_meeting(bare) {
            out.push((line.clone(), span.clone()));
            continue;
        }
        let parts: Vec<&str> = CUT.split(bare).filter(|part| !RECORDING.is_match(part)).collect();
        let told = parts.join(" – ");
        // « retapé d'après mon téléphone, j'ai laissé comme ça parle » tells nothing else.
        let named = super::working::about::label(&told).is_some();
        let mine = told.to_lowercase().contains("j'ai ") || told.to_lowercase().contains("j’ai ");
        if !told.is_empty() && named && !mine {
            out.push((told, span.clone()));
            continue;
        }
        findings.push(Finding::info(
            FindingKind::LeftOut,
            Some(span.clone()),
            format!("Note sur l’enregistrement, non reprise : « {} »", line.trim()),
        ));
    }
    out
}

/// A list of people without « moi »: who it is stands elsewhere.
pub(super) fn without_me(list: &str) -> String {
    words!(ME, r"(?i)\s*(?:,|\bet\b)\s*moi\b");
    ME.replace_all(list, "").into_owned()
}

/// The name and the place of a working meeting, where the first sentences say them.
pub(super) fn said(speech: &Speech, meeting: &mut Meeting) {
    words!(
        SUBJECT,
        r"(?i)(?:\b(?:c['’]est|pour|bienvenue\s+à)\s+|^|[,.]\s*|\b(?:alors|donc|bon)\s+)(?:la\s+|le\s+|notre\s+|cette\s+)?(?P<what>(?:r[ée]union(?:\s+\p{Ll}+)?|bureau|commission|comit[ée]|conseil\s+d['’]administration|ca|gt|groupe)\s+d(?:u\s|e\s|es\s|['’])[^,.;?!]{3,90})"
    );
    words!(
        PLACE,
        r"(?i)(?:^|[,.]\s*)(?P<room>(?:salle|mairie|foyer|m[ée]diath[èe]que)\b[^,.?!]{0,40})|\bon\s+est\s+(?P<home>chez\s+\p{Lu}[\p{L}-]+)"
    );
    if meeting.kind != Kind::Working {
        return;
    }
    for sentence in speech.sentences.iter().take(8) {
        if let Some(found) = SUBJECT.captures(&sentence.text) {
            words!(
                GOES_ON,
                r"(?i)\s+(?:donc|alors|pour|moi|et|on|il|je|nous|vous|c['’]est|qui|euh|bon|voil[àa])\b.*$"
            );
            let what = GOES_ON.replace(found["what"].trim(), "");
            let what = what.as_ref();
            let dated = facts(what).into_iter().find(|f| matches!(f.fact, Fact::Date(_)));
            let name = dated.map_or(what, |f| what[..f.span.start].trim_end());
            let name = name.strip_suffix(" du").unwrap_or(name);
            // « Réunion d'équipe » over the speech says less than « réunion d'équipe du club ».
            let known = meeting.label.as_deref().map(crate::reading::fold);
            let own = crate::reading::fold(name).replace('’', "'");
            if known.is_none_or(|known| own.starts_with(&known.replace('’', "'"))) {
                meeting.label = Some(capital(name));
            }
        }
        if meeting.place.is_none()
            && let Some(found) = PLACE.captures(&sentence.text)
        {
            let place = found.name("room").or_else(|| found.name("home"));
            meeting.place = place.map(|p| small_first(p.as_str().trim()));
        }
    }
}

fn small_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |f| f.to_lowercase().collect::<String>() + letters.as_str())
}
