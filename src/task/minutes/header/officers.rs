//! Who does what at the meeting: who presides, who writes, the board of an association, the clerk, those
//! who count the votes, those who were asked to come.

use std::sync::LazyLock;

use regex::Regex;

use super::Header;
use crate::french;
use crate::reading::name::is_common;
use crate::reading::{fold, pattern};
use crate::task::minutes::people::{looks_like_name, person, split};
use crate::task::minutes::record::{Kind, Meeting};
use crate::task::wording;

/// « CM 18/09 notes Maëlle », « notes prises par moi, Ada Vernier »: who writes.
static NOTES_BY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bnotes?\s+(?:de\s+|d['’]|prises?\s+par\s+|par\s+|:\s*)?(?:moi\s*[,(]\s*)?((?-i:\p{Lu})[\p{L}.'’ -]*)",
    )
});
static SECRETARY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:secr(?:[ée]taires?|[ée]tariat|\.)?|sds|sec\.?(?:\s+(?:de\s+)?s[ée]ance))\s*(?:de\s+)?(?:s[ée]ances?|de\s+r[ée]union)?\s*(?:est\s+|:|=|-|,)*\s*(.+)$",
    )
});
/// « Mme Cossonel est désignée secrétaire de séance », « Ada secrétaire de séance ».
static NAMED_SECRETARY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:c['’]\s?est\s+)?(.+?)(?:,)?\s+(?:qui\s+)?(?:(?:est|a\s+[ée]t[ée])\s+)?(?:(?:d[ée]sign[ée]e?|nomm[ée]e?|[ée]lue?|choisie?)\s+)?(?:comme\s+|est\s+|fait\s+)?(?:le\s+|la\s+)?secr[ée]taire(?:\s+de\s+(?:la\s+)?(?:s[ée]ance|r[ée]union))\s*(?:,\s*moi\s.*|\.?\s*)$",
    )
});
static WRITER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:r[ée]dacteur|r[ée]dactrice|r[ée]daction|notes|pris\s+par|cr)\s*(?:prises?\s+)?(?:par|:|=)\s*(.+)$",
    )
});
/// « Inès Rocafort accepte d'être secrétaire ».
static ACCEPTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(.+?)\s+(?:a\s+bien\s+voulu|a\s+accept[ée]|accepte|se\s+propose|s['’]occupe|assure|tient|fait)\b[^.]{0,30}\bsecr[ée]tai?r\w*(?:\s+de\s+(?:la\s+|cette\s+)?s[ée]ance)?\W*$",
    )
});
static CHAIR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:pr[ée]sidente?(?:\s+de\s+(?:la\s+)?(?:s[ée]ance|r[ée]union|l['’]assembl[ée]e))?|pr[ée]side\b|pr[ée]sid[ée]e?\s+par|pr[ée]sidence(?:\s+de)?|sous\s+la\s+pr[ée]sidence\s+de|(?:pdte?|pr[ée]s)\.?\s+de\s+s[ée]ance|\bpdte?\s*[:=]|anim[ée]e?\s+par|ouvert\w*(?:\s+(?:[àa]\s+)?\d{1,2}\s*(?:heures?|h|:)\s*\d{0,2})?\s+par)\s*[:=]?\s*(.+)$",
    )
});
/// « Jeanne Morvandieu, présidente, a présidé la séance ».
static PRESIDES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:.*\bc['’]\s?est\s+)?(.+?)\s*,?\s+(?:qui\s+)?(?:a\s+pr[ée]sid[ée]|pr[ée]side|pr[ée]sidait|assure\s+la\s+pr[ée]sidence|ouvre\s+la\s+s[ée]ance)\b",
    )
});
static MAYOR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(?:(?:mme|madame|m\.?|mr\.?|monsieur)\s+)?l[ea]\s+maire\b"));
/// The board of an association: « Bureau : Sabine présidente, Jules trésorier ».
static OFFICER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(.+?)[\s,(:]+(?:(pr[ée]sidente?|pdte?)|(secr[ée]taire))\)?$"));
static GUESTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^invit[ée]e?s?\s*(?:\([^)]*\)\s*)?(?:sans\s+\p{L}+\s*)?[:=]\s*(.+)$")
});
/// « Mme Rochebonne, du bailleur, était invitée ».
static INVITED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(.+?),?\s+(?:est|sont|[ée]tait|[ée]taient|a\s+[ée]t[ée])\s+(?:aussi\s+|[ée]galement\s+)?invit[ée]",
    )
});

impl Header<'_> {
    /// « c moi mornantel la secrétaire de séance », « Plume : Mme Roy (secrétaire de séance) ».
    pub(super) fn secretary_who_writes(&mut self, text: &str, meeting: &mut Meeting) -> bool {
        static WRITES: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)^(?:c['’ ]?(?:est\s+)?moi\s+(.+?),?\s+(?:la|le|qui\s+fais?t?)\s+(?:la\s+|le\s+)?secr[ée]taire\b.*|(?:\p{L}+\s*:\s*)?([^:()]+?)\s*\(secr[ée]taire(?:\s+de\s+s[ée]ance)?\)\W*)$",
            )
        });
        let Some(found) = WRITES.captures(text) else { return false };
        let named = found.get(1).or(found.get(2)).and_then(|who| self.named(who.as_str()));
        let Some(name) = named else { return false };
        if found.get(1).is_some() {
            self.people.me = Some(name.clone());
        }
        meeting.secretary = Some(name);
        true
    }

    /// Who wrote the notes, « moi j'écris (Ada) », « c'est moi qui note : Ada Vernier »; the text
    /// without that, and whether it told it.
    pub(super) fn writer(&mut self, text: String, meeting: &mut Meeting) -> (String, bool) {
        static I_WRITE: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)[\s,;/-]*(?:\bmoi,?\s+)?(?:\bj['’]\s?[ée]cris|\bje\s+(?:note|r[ée]dige|prends\s+(?:les\s+|des\s+)?notes|fais\s+le\s+(?:cr|pv|compte[- ]rendu))|\bc['’ ]?(?:est\s+)?moi\s+qui\s+(?:note|[ée]cris|r[ée]dige|prends?\s+(?:les\s+|des\s+)?notes|fais\s+le\s+(?:cr|pv|compte[- ]rendu)))\s*[:=,(]*\s*((?-i:\p{Lu})[\p{L}'’-]+(?:\s+(?-i:\p{Lu})[\p{L}'’-]+){0,2})\s*\)?(?:,?\s*(?:la\s+|le\s+)?secr[ée]taire)?",
            )
        });
        let mut read = false;
        let mut text = text;
        if let Some(found) = I_WRITE.captures(&text)
            && let (Some(whole), Some(who)) = (found.get(0), found.get(1))
            && let Some(name) = self.named(who.as_str())
        {
            self.people.me = Some(name.clone());
            // At a council who writes may be its clerk.
            if meeting.kind != Kind::Council {
                meeting.secretary = meeting.secretary.take().or(Some(name));
            }
            read = true;
            let without = format!("{}{}", &text[..whole.start()], &text[whole.end()..]);
            text = without.trim_matches([' ', ',', '.', ';', '(', ')']).to_owned();
        }
        if self.people.me.is_none()
            && let Some(name) =
                NOTES_BY.captures(&text).and_then(|f| self.named(f.get(1)?.as_str()))
        {
            self.people.me = Some(name);
            read = true;
        }
        (text, read)
    }

    /// Who writes and who presides, as the line names them.
    pub(super) fn people(&self, text: &str, meeting: &mut Meeting) -> bool {
        let (rest, wrote) = self.secretary(text, meeting);
        // « secrétaire de séance faucherol, martine dusserol prend les notes ».
        self.assistant(text, meeting);
        self.chair(rest, meeting) || wrote
    }

    /// The secretary of the meeting; the line before those words, and whether it named one.
    fn secretary<'a>(&self, text: &'a str, meeting: &mut Meeting) -> (&'a str, bool) {
        let mut read = false;
        let mut rest = text;
        let clerk = |all: &str| {
            let folded = fold(all);
            folded.find("mairie").is_some_and(|m| folded.find("seance").is_none_or(|s| m < s))
        };
        if let Some(name) =
            NAMED_SECRETARY.captures(text).and_then(|f| self.named(f.get(1)?.as_str()))
        {
            meeting.secretary = Some(name);
            read = true;
        } else if let Some(name) =
            ACCEPTS.captures(text).and_then(|f| self.named(f.get(1)?.as_str()))
        {
            meeting.secretary = Some(name);
            read = true;
        } else if let Some(found) = SECRETARY.captures(text)
            && let (Some(all), Some(value)) = (found.get(0), found.get(1))
            && (fold(all.as_str()).contains("seance")
                || all.as_str().contains([':', '='])
                || self.people.member(value.as_str()).is_some()
                || meeting.kind == Kind::Association
                    && (in_full(value.as_str()) || self.small_name(value.as_str()).is_some()))
            && !clerk(all.as_str())
            && !self.people.is_clerk(value.as_str().split(['/', ';']).next().unwrap_or_default())
        {
            rest = &text[..all.start()];
            let mut parts = value.as_str().split(['/', ';']);
            if let Some(name) = parts.next().and_then(|p| self.named(p)) {
                meeting.secretary = Some(name);
                read = true;
            }
            for part in parts {
                self.assistant(part, meeting);
            }
        } else if let Some(value) = WRITER.captures(text).and_then(|f| f.get(1))
            && meeting.secretary.is_none()
            && let Some(name) = self.named(value.as_str())
        {
            meeting.secretary = Some(name);
            read = true;
        } else if self.assistant(text, meeting) {
            read = true;
        }
        (rest, read)
    }

    /// Who presides.
    fn chair(&self, text: &str, meeting: &mut Meeting) -> bool {
        // « Ouverture Mme le Maire. »
        static OPENS: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r"(?i)^ouverture\s+(?:de\s+(?:la\s+)?s[ée]ance\s+)?(?:par\s+)?(.+)$")
        });
        if let Some(mayor) = &self.office.conseil.maire
            && OPENS.captures(text).is_some_and(|f| MAYOR.is_match(&f[1]))
        {
            meeting.chair = Some(mayor.clone());
            return true;
        }
        if let Some(name) = PRESIDES.captures(text).and_then(|f| self.named(f.get(1)?.as_str())) {
            meeting.chair = Some(name);
            return true;
        }
        let Some(value) = CHAIR.captures(text).and_then(|f| f.get(1)) else { return false };
        let chair = if MAYOR.is_match(value.as_str()) {
            let unnamed = MAYOR.replace(value.as_str(), "");
            // « le maire Jean-Luc Martel » names who it is.
            self.named(&unnamed).or_else(|| self.office.conseil.maire.clone())
        } else {
            self.named(value.as_str())
        };
        if chair.is_none() {
            return false;
        }
        meeting.chair = chair;
        true
    }

    /// The town clerk takes notes and is no member.
    fn assistant(&self, text: &str, meeting: &mut Meeting) -> bool {
        let Some(clerk) = &self.office.personnel.secretaire_de_mairie else { return false };
        let words: Vec<String> = fold(clerk).split_whitespace().map(str::to_owned).collect();
        let folded = fold(text);
        let named =
            words.iter().any(|w| folded.split(|c: char| !c.is_alphanumeric()).any(|t| t == w));
        let as_clerk =
            folded.contains("secretaire") || folded.contains("notes") || folded.contains("assist");
        if named && as_clerk && !meeting.assistants.contains(clerk) {
            meeting.assistants.push(clerk.clone());
        }
        named && as_clerk
    }

    /// The officers that a line names.
    pub(super) fn officers(&mut self, text: &str) {
        let list = text.split_once(':').map_or(text, |(_, list)| list);
        if !fold(text).contains("president") && !fold(text).starts_with("bureau") {
            return;
        }
        for part in split(list) {
            let Some(found) = OFFICER.captures(part) else { continue };
            let named = found.get(1).and_then(|who| self.named(who.as_str()));
            if found.get(2).is_some() {
                self.board.president = self.board.president.take().or(named);
            } else {
                self.board.secretary = self.board.secretary.take().or(named);
            }
        }
    }

    /// Those who were asked to come without being members.
    pub(super) fn guests(&self, text: &str, meeting: &mut Meeting) -> bool {
        if let Some(found) = GUESTS.captures(text).and_then(|f| f.get(1)) {
            meeting.guests.extend(split(found.as_str()).into_iter().map(str::to_owned));
            return true;
        }
        let invited = INVITED.captures(text).and_then(|f| self.named(f.get(1)?.as_str()));
        let read = invited.is_some();
        meeting.guests.extend(invited);
        read
    }

    /// The leading name of a phrase: « Oscar Tribolin puis pot » gives the name alone.
    fn named(&self, phrase: &str) -> Option<String> {
        // « La présidente, Monique Destrebec »
        static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)^(?:le|la)\s+(?:pr[ée]sidente?|maire|doyenn?e?|secr[ée]taire|tr[ée]sori[eè]re?)\s*[,:]?\s+",
            )
        });
        let phrase = OFFICE.find(phrase).map_or(phrase, |office| &phrase[office.end()..]);
        let phrase = phrase.split(['(', ',', ';', '/']).next().unwrap_or(phrase).trim();
        let phrase = phrase.split(" et moi").next().unwrap_or(phrase);
        // « mme corbenay maire »
        static AFTER: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r"(?i)\s+(?:maire|pr[ée]sidente?|(?:1er\s+|1[èe]?re\s+)?adjointe?)\s*\.?$")
        });
        let phrase = AFTER.find(phrase).map_or(phrase, |office| &phrase[..office.start()]);
        if matches!(fold(phrase).as_str(), "le" | "la" | "les" | "il" | "elle" | "on") {
            return None;
        }
        if let Some(name) = self.people.member(phrase) {
            return Some(name);
        }
        if let Some(members) = self.roster.listed(phrase)
            && let [member] = members.as_slice()
        {
            return Some(self.roster.full_name(*member).to_owned());
        }
        if let Some(name) = person(phrase, self.roster)
            && phrase.split_whitespace().all(|w| w.chars().next().is_some_and(char::is_uppercase))
        {
            return Some(name);
        }
        let words: Vec<&str> = phrase
            .split_whitespace()
            .skip_while(|w| !w.chars().next().is_some_and(char::is_uppercase))
            .take_while(|w| w.chars().next().is_some_and(char::is_uppercase))
            .collect();
        // « Bon alors … » opens a sentence.
        let opens = words.len() == 1
            && words.first().is_some_and(|w| is_common(w) || french::is_word(&w.to_lowercase()));
        let named = person(&words.join(" "), self.roster).filter(|_| !opens);
        named.or_else(|| self.small_name(phrase))
    }

    /// A name in notes that have no capitals: its words, which then get theirs.
    fn small_name(&self, phrase: &str) -> Option<String> {
        if !self.small_letters {
            return None;
        }
        let words: Vec<&str> = phrase
            .split_whitespace()
            .skip_while(|w| matches!(*w, "est" | "par" | "de"))
            .take_while(|w| w.chars().all(|c| c.is_alphabetic() || c == '-') && !is_common(w))
            .take(3)
            .collect();
        let long = words.iter().any(|w| w.chars().count() > 3);
        long.then(|| words.iter().map(|w| wording::capital(w)).collect::<Vec<_>>().join(" "))
    }
}

/// The text without those who count the votes, « …, scrutateurs Ada Vernier et Luc Talmont », who
/// are noted.
pub(super) fn tellers<'a>(text: &'a str, meeting: &mut Meeting) -> &'a str {
    static TELLERS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)[\s,;/-]*\bscrutat(?:eur|rice)s?\s*:?\s*(.+)$"));
    let Some(found) = TELLERS.captures(text).filter(|found| all_named(&found[1])) else {
        return text;
    };
    let many = if split(&found[1]).len() > 1 { "s" } else { "" };
    let who = found[1].trim_end_matches('.').replace(" + ", " et ");
    meeting.remarks.push(format!("Scrutateur{many} : {who}."));
    &text[..found.get(0).map_or(0, |m| m.start())]
}

/// Whether the words are names and nothing else.
fn all_named(words: &str) -> bool {
    let names = split(words);
    !names.is_empty() && names.iter().all(|name| looks_like_name(name))
}

/// Whether a first name and a surname open the words.
fn in_full(words: &str) -> bool {
    let first = words.split([',', ';', '/', '(']).next().unwrap_or_default().trim();
    looks_like_name(first)
        && first.split_whitespace().count() >= 2
        && first.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
}
