//! Who is at a meeting, from what is said there: those who speak, those said to be there, those
//! said to be excused. A person who is only talked about is neither.

use std::sync::LazyLock;

use regex::Regex;

use super::speech::Speech;
use crate::finding::{Finding, FindingKind};
use crate::reading::name::{Resolution, Roster};
use crate::reading::{Fact, facts, fold, pattern};
use crate::task::minutes::record::{Arrival, Attendance, Proxy, When};
use crate::task::minutes::working::names::is_given_name;

const NAME: &str = r"(?:(?:M\.|Mme|Monsieur|Madame)\s+)?\p{Lu}[\p{L}’'-]*\p{Ll}[\p{L}-]*(?:\s+(?:\p{Lu}\.|(?:d[eu]\s+|[ld]['’])?\p{Lu}[\p{L}'-]+)){0,2}";

static THERE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<names>{NAME}(?:(?:\s*,\s*|\s+et\s+){NAME})*)\s+(?:est|sont)\s+(?:bien\s+)?(?:l[àa]\b|pr[ée]sente?s?\b|avec\s+nous|arriv[ée]e?s?\b|parmi\s+nous)|(?P<called>{NAME})\s*,\s*pr[ée]sente?\b|(?i:sont\s+pr[ée]sents?|bienvenue\s+[àa]|autour\s+de\s+la\s+table(?:\s+(?:il\s+y\s+a|on\s+a))?|pr[ée]sents?\s+donc(?:\s+moi)?|pr[ée]sents?\s+ce\s+soir)\s*:?\s*(?P<names2>{NAME}(?:(?:\s*,\s*(?:et\s+)?|\s+et\s+){NAME})*)"
    ))
});
static AWAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<names>{NAME}(?:(?:\s*,\s*|\s+et\s+){NAME})*)\s*(?:,\s*(?:la|le|notre|de\s+la|de|du|l['’]|de\s+l['’])\s*\p{{L}}[\p{{L}}’' -]{{2,40}})?,?\s+(?:(?:elle|il)\s+)?(?:s['’](?:est\s+)?excus\w*|(?:est|sont|[ée]tai(?:t|ent))\s+excus[ée]\w*|ne\s+(?:peut|pouvait|pourra|peuvent)\s+pas\s+(?:venir|[êe]tre|se\s+lib[ée]rer|assister)|(?:qui\s+)?(?:devait|aurait\s+d[ûu])\s+(?:venir|[êe]tre\s+l[àa])\s+mais|n['’]a\s+pas\s+pu\s+(?:venir|[êe]tre|se\s+lib[ée]rer)|(?:peut|pouvait|pourra)\s+pas\s+(?:venir|[êe]tre\s+l[àa])|(?:sera|viendra)\s+pas|a\s+pas\s+pu\s+venir|ne\s+(?:sera|viendra)\s+pas|vous\s+prie\s+de\s+l['’]excuser|nous\s+prie\s+de\s+l['’]excuser|m['’]a\s+(?:pr[ée]venu|dit|[ée]crit)\s+qu['’]\s*(?:il|elle)\s+ne?\s*(?:pouvait|pourrait|serait|peut)\s+pas)|(?i:on\s+excuse|excusons|j['’]excuse|excus[ée]e?s?\s*:?)\s+(?:aussi\s+|[ée]galement\s+)?(?P<names2>{NAME}(?:(?:\s*,\s*(?:et\s+)?|\s+et\s+){NAME})*)"
    ))
});
static NOT_THERE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<names>{NAME}(?:(?:\s*,\s*|\s+et\s+){NAME})*)\s+(?:n['’]est|est|ne\s+sont|n['’]sont|sont)\s+(?:pas\s+(?:l[àa]|venue?s?|arriv[ée]e?s?|pr[ée]sente?s?)|absente?s?)\b|(?P<names2>{NAME})\s*,\s*(?:pas\s+de\s+nouvelles|absente?)\b"
    ))
});
static INTRODUCES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:^|[\s,.])(?:[Mm]oi\s*,?\s+c['’]est|[Jj]e\s+suis|[Jj]e\s+m['’]appelle|[Bb]onjour\s*,\s+c['’]est|[Ii]ci)\s+(?P<name>{NAME})"
    ))
});

/// « Fabrice Loubet, papa de Lucas », « bonsoir, Houria Mansouri, trésorière », « je me présente,
/// Karine Delbos »: a first turn that is a name and who it is.
static PRESENTS: LazyLock<Regex> = LazyLock::new(|| {
    let name = r"\p{Lu}[\p{L}’'-]*\p{Ll}(?:\s+(?:d[eu]\s+|[ld]['’])?\p{Lu}[\p{L}'-]+){1,2}";
    pattern(&format!(
        r"^(?:(?i:bonsoir|bonjour|oui|alors|donc|moi|[àa]\s+tous|tout\s+le\s+monde)[\s,]+)*(?P<name>{name})\s*,\s*(?i:(?:je\s+suis\s+)?(?:la\s+|le\s+|l['’])?(?:papa|maman|parent|m[èe]re|p[èe]re|tr[ée]sori\p{{L}}+|pr[ée]sident\p{{L}}*|vice|secr[ée]taire|membre|adjoint\p{{L}}*|[ée]lue?|conseill\p{{L}}+|direct\p{{L}}+|responsable|animat\p{{L}}+|b[ée]n[ée]vole|enseignant\p{{L}}*|habitant\p{{L}}*))|(?i:je\s+me\s+pr[ée]sente)\b[^.?!]{{0,50}}?,?\s+(?P<own>{name})"
    ))
});

/// « Ada Roy, conseillère », « Luc Ferrol. », « Et Zoé Bert, je suis pas élue »: a turn that begins
/// with a whole name and goes on about no other person.
static NAMES_SELF: LazyLock<Regex> = LazyLock::new(|| {
    let name = r"\p{Lu}[\p{L}’'-]*\p{Ll}(?:\s+(?:d[eu]\s+|[ld]['’])?\p{Lu}[\p{L}'’-]*\p{L}){1,2}";
    pattern(&format!(
        r"^(?:(?i:bonsoir|bonjour|oui|alors|donc|et|moi|euh|[àa]\s+tous)[\s,]+)*(?P<name>{name})\s*(?P<next>[.!]*\s*$|,\s*[\p{{L}}’']+|\s+\p{{Ll}}[\p{{L}}’']*)"
    ))
});
/// How many sentences of the opening hold the round where each says a name.
const ROUND: usize = 40;

/// The name with which somebody opens a first turn.
fn names_self(text: &str) -> Option<String> {
    let found = NAMES_SELF.captures(text)?;
    let name = &found["name"];
    // « Luc Ferrol trésorier », without a stop, says no more than who it is.
    let unmarked = found["next"].starts_with(char::is_whitespace);
    if unmarked && text.split_whitespace().count() > 10 {
        return None;
    }
    let next = fold(found["next"].trim_matches([',', ' ']));
    let first = next.split([' ', '\'', '’']).next().unwrap_or_default();
    let other = ["il", "elle", "ils", "on", "tu", "vous", "nous", "qui", "c", "ca", "est", "a"];
    let given = name.split(' ').next().unwrap_or_default();
    // A rare first name, where the turn says no more than who it is.
    let brief = is_name(name) && text.split_whitespace().count() <= 5;
    ((is_given_name(given) || brief) && !other.contains(&first)).then(|| name.to_owned())
}

/// Those a list says to be there, with what they are: « étaient là Ada Roy la présidente, Luc
/// Ferrol trésorier et moi Zoé Bert ».
fn rolled(text: &str, roster: &Roster) -> Vec<String> {
    crate::reading::words!(
        ROLL,
        r"(?i)\b(?:(?:[ée]taient|sont)\s+(?:l[àa]|pr[ée]sente?s)|[ée]taient\s+autour\s+de\s+la\s+table|(?:alors\s+)?pr[ée]sents?\s*:|il\s+y\s+(?:a|avait)(?:\s+ce\s+soir)?)\s*:?\s+(?P<list>[^.;?!]+)"
    );
    static LEADS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(r"^(?:et\s+)?(?:moi(?:-même)?\s*,?\s+)?(?P<name>{NAME})"))
    });
    let Some(found) = ROLL.captures(text) else { return Vec::new() };
    let list = found["list"].replace(" et ", ", ");
    let list = list.split(" excus").next().unwrap_or_default();
    let names: Vec<String> = list
        .split(',')
        .filter_map(|part| LEADS.captures(part.trim()).map(|f| f["name"].to_owned()))
        .filter(|name| name.contains(' '))
        .collect();
    // Firms and places stand in lists as well.
    let given = |name: &&String| {
        let first = name.split(' ').next().unwrap_or_default();
        is_given_name(first) || civil(first)
    };
    let people = names.len() > 1 && names.iter().filter(given).count() * 2 >= names.len();
    let names = names.iter().filter(|_| people);
    names.map(|name| full(name, roster)).collect()
}

/// Labels of speakers as names: « `SPEAKER_01` » by who says « je suis Karim ».
#[derive(Debug, Default)]
pub struct Speakers {
    names: Vec<(String, Option<String>)>,
}

impl Speakers {
    /// The name of the person behind a label; nothing for a label that nobody introduced.
    pub fn name(&self, label: Option<&String>) -> Option<&str> {
        let label = label?;
        self.names.iter().find(|(l, _)| l == label)?.1.as_deref()
    }

    /// Every name.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.names.iter().filter_map(|(_, name)| name.as_deref())
    }

    /// Labels without a name.
    pub fn unnamed(&self) -> Vec<&str> {
        self.names.iter().filter(|(_, name)| name.is_none()).map(|(l, _)| l.as_str()).collect()
    }
}

/// Whether a label names nobody.
fn anonymous(label: &str) -> bool {
    static ANONYMOUS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:speaker|intervenante?|locuteur|locutrice|voix|participante?)[ _]?\w{0,3}$",
        )
    });
    ANONYMOUS.is_match(label)
}

/// Who speaks under each label.
pub fn speakers(speech: &Speech, roster: &Roster) -> Speakers {
    let mut speakers = Speakers::default();
    for (index, sentence) in speech.sentences.iter().enumerate() {
        let Some(label) = &sentence.speaker else { continue };
        // The first sentence of a voice, in the round at the beginning.
        let opens = index < ROUND
            && speech.sentences.iter().position(|s| s.speaker.as_ref() == Some(label))
                == Some(index);
        if !speakers.names.iter().any(|(l, _)| l == label) {
            let name = (!anonymous(label)).then(|| full(label, roster));
            speakers.names.push((label.clone(), name));
        }
        if let Some((_, Some(name))) = speakers.names.iter_mut().find(|(l, _)| l == label)
            && !name.contains(' ')
            && let Some(whole) = with_surname(name, &sentence.text)
        {
            *name = full(&whole, roster);
            continue;
        }
        let entry = speakers.names.iter_mut().find(|(l, _)| l == label);
        let Some((_, name @ None)) = entry else { continue };
        let introduced = INTRODUCES.captures(&sentence.text).and_then(|f| f.name("name"));
        let presented = PRESENTS.captures(&sentence.text);
        let presented = presented.and_then(|f| f.name("own").or(f.name("name")));
        if let Some(found) = introduced.or(presented).filter(|m| is_name(m.as_str())) {
            *name = Some(full(found.as_str(), roster));
        } else if opens && let Some(own) = names_self(&sentence.text) {
            *name = Some(full(&own, roster));
        }
    }
    complete(&mut speakers, speech, roster);
    speakers
}

/// A first name that the talk or its title gives once with one surname is that person.
fn complete(speakers: &mut Speakers, speech: &Speech, roster: &Roster) {
    let names = whole_names(speech);
    for (_, name) in &mut speakers.names {
        let Some(given) = name.as_ref().filter(|n| !n.contains(' ')) else { continue };
        if let Some(whole) = surnamed(given, &names) {
            *name = Some(full(&whole, roster));
        }
    }
}

/// The one whole name that a first name is part of.
fn surnamed(given: &str, names: &[(String, String)]) -> Option<String> {
    let mut whole = names.iter().filter(|(first, _)| first == given);
    match (whole.next(), whole.next()) {
        (Some((first, surname)), None) => Some(format!("{first} {surname}")),
        _ => None,
    }
}

/// First names with the surname that the talk or its title gives them.
fn whole_names(speech: &Speech) -> Vec<(String, String)> {
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?P<given>\p{Lu}\p{Ll}[\p{L}-]*)\s+(?P<surname>(?:(?:d[eu]\s+(?:la\s+)?|[ld]['’])?\p{Lu}[\p{L}’'-]*\p{L})(?:\s+\p{Lu}\p{Ll}[\p{L}-]+)?)",
        )
    });
    let titles = speech.heading.iter().map(|(text, _)| text.as_str());
    let texts: Vec<&str> = titles.chain(speech.sentences.iter().map(|s| s.text.as_str())).collect();
    let mut names: Vec<(String, String)> = Vec::new();
    for found in texts.iter().flat_map(|text| WHOLE.captures_iter(text)) {
        let pair = (found["given"].to_owned(), found["surname"].to_owned());
        let first = pair.1.split(' ').next().unwrap_or_default();
        if is_name(&pair.1) && !is_given_name(first) && !names.contains(&pair) {
            names.push(pair);
        }
    }
    names
}

/// « Paul », who says « Paul Ferrol, trésorier » or « moi c'est Paul Ferrol », has a surname.
fn with_surname(given: &str, text: &str) -> Option<String> {
    let pattern = format!(
        r"(?:^|[Mm]oi\s*,?\s+c['’]est\s+|[Jj]e\s+suis\s+){}\s+(?P<surname>\p{{Lu}}[\p{{L}}-]+)\b",
        regex::escape(given)
    );
    let found = Regex::new(&pattern).ok()?.captures(text)?;
    is_name(&found["surname"]).then(|| format!("{given} {}", &found["surname"]))
}

/// Proxies given aloud: « Zoé a donné pouvoir à Paul ».
pub fn proxies(speech: &Speech, speakers: &Speakers, roster: &Roster, attendance: &mut Attendance) {
    // « j'ai le pouvoir de Zoé », said by who holds it.
    static HOLDS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"\b[Jj]['’]\s?ai\s+(?:aussi\s+|[ée]galement\s+|donc\s+)?(?:le\s+|la\s+|un\s+|une\s+)?(?:pouvoir|procuration|pvr)\s+(?:de\s+|d['’])(?:la\s+part\s+(?:de\s+|d['’]))?(?P<giver>{NAME})"
        ))
    });
    for sentence in &speech.sentences {
        let Some(holder) = speakers.name(sentence.speaker.as_ref()) else { continue };
        for found in HOLDS.captures_iter(&sentence.text) {
            let giver = full(&found["giver"], roster);
            let proxy = Proxy { giver, holder: holder.to_owned() };
            attendance.excused.retain(|name| *name != proxy.giver);
            attendance.absent.retain(|name| *name != proxy.giver);
            if !attendance.proxies.contains(&proxy) {
                attendance.proxies.push(proxy);
            }
        }
    }
    static GIVES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?P<giver>{NAME})\s*,?\s+(?:(?:elle|il)\s+)?(?:a\s+donn[ée]|donne)\s+(?:son\s+)?(?:pouvoir|procuration)\s+à\s+(?P<holder>{NAME})"
        ))
    });
    for sentence in &speech.sentences {
        for found in GIVES.captures_iter(&sentence.text) {
            let proxy = Proxy {
                giver: full(&found["giver"], roster),
                holder: full(&found["holder"], roster),
            };
            attendance.excused.retain(|name| *name != proxy.giver);
            if !attendance.proxies.contains(&proxy) {
                attendance.proxies.push(proxy);
            }
        }
    }
}

/// The name as the office sheet spells it; « LÉA » shouted by a label is « Léa ».
pub fn full(name: &str, roster: &Roster) -> String {
    if let Resolution::Known(member) = roster.resolve(name) {
        return roster.full_name(member).to_owned();
    }
    // « LE MAIRE » is a function.
    let lower = name.to_lowercase();
    if lower.starts_with("le ") || lower.starts_with("la ") {
        return crate::task::wording::capital(&lower);
    }
    let shouted = !name.chars().any(char::is_lowercase) && name.chars().count() > 2;
    if !shouted {
        return name.to_owned();
    }
    let words = name.split_whitespace().map(|w| crate::task::wording::capital(&w.to_lowercase()));
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a capitalised word can be a person.
fn is_name(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or("");
    !crate::reading::name::is_common(first)
        && ![
            "Je", "Oui", "Non", "Ça", "Ca", "On", "Il", "Elle", "Tout", "Mais", "Qui", "Ils",
            "Elles",
        ]
        .contains(&first)
}

/// Who is there, who is excused, who is missing.
pub fn attendance(
    speech: &Speech,
    speakers: &Speakers,
    roster: &Roster,
    attendance: &mut Attendance,
    findings: &mut Vec<Finding>,
) {
    for name in speakers.all() {
        add(&mut attendance.present, name.to_owned());
    }
    for sentence in &speech.sentences {
        crate::reading::words!(OPENS, r"^(?:(?:Alors|Donc|Bon|Et|Ensuite|Voilà|Oui|Ok)[\s,]+)+");
        let text = &OPENS.replace(&sentence.text, "").into_owned();
        // Who is wished to be there, or is not, is not there.
        let doubtful =
            text.contains('?') || fold(text).contains("aurait") || fold(text).contains("si ");
        let excused: Vec<String> =
            AWAY.captures_iter(text).flat_map(|found| listed(&found, roster)).collect();
        let missing: Vec<String> =
            NOT_THERE.captures_iter(text).flat_map(|found| listed(&found, roster)).collect();
        let away = [excused.as_slice(), missing.as_slice()].concat();
        excused.into_iter().for_each(|name| add(&mut attendance.excused, name));
        missing.into_iter().for_each(|name| add(&mut attendance.absent, name));
        for name in rolled(text, roster) {
            if !away.contains(&name) {
                add(&mut attendance.present, name);
            }
        }
        if !doubtful {
            for name in THERE.captures_iter(text).flat_map(|found| listed(&found, roster)) {
                if !away.contains(&name) {
                    add(&mut attendance.present, name);
                }
            }
        }
        if sentence.speaker.is_none()
            && let Some(found) = INTRODUCES.captures(text)
            && is_name(&found["name"])
        {
            add(&mut attendance.present, full(&found["name"], roster));
        }
    }
    // « Luc s'est excusé, Luc Ferrol, il travaille »
    let wholes = whole_names(speech);
    for list in [&mut attendance.excused, &mut attendance.absent] {
        for name in list.iter_mut().filter(|name| !name.contains(' ')) {
            if let Some(whole) = surnamed(name, &wholes) {
                *name = full(&whole, roster);
            }
        }
    }
    // « je fais que passer »: a visitor is at no meeting.
    let passes = |name: &String| {
        crate::reading::words!(
            PASSES,
            r"(?i)\bje\s+(?:ne\s+)?fais\s+que\s+passer\b|\bje\s+passe\s+juste\b"
        );
        speech.sentences.iter().any(|s| {
            speakers.name(s.speaker.as_ref()) == Some(name.as_str()) && PASSES.is_match(&s.text)
        })
    };
    attendance.present.retain(|name| {
        let visitor = passes(name);
        if visitor {
            findings.push(Finding::info(
                FindingKind::Name,
                None,
                format!("{name} ne fait que passer : non compté parmi les présents."),
            ));
        }
        !visitor
    });
    // A first name that another listed name completes is the same person.
    let spoke: Vec<String> = speakers.all().map(str::to_owned).collect();
    for list in [&mut attendance.excused, &mut attendance.absent] {
        list.retain(|name| {
            let speaks = spoke.contains(name);
            if speaks {
                findings.push(Finding::check(
                    FindingKind::AbsentSpeaker,
                    None,
                    format!("{name} est dit absent mais prend la parole : compté parmi les présents, à vérifier."),
                ));
            }
            !speaks
        });
    }
    let excused = attendance.excused.clone();
    attendance.absent.retain(|name| !excused.contains(name));
    let absent = attendance.absent.clone();
    for name in &absent {
        findings.push(Finding::check(
            FindingKind::Name,
            None,
            format!("{name} : dit absent, sans excuse ; à vérifier avant de l’écrire."),
        ));
    }
    attendance
        .present
        .retain(|name| spoke.contains(name) || !(excused.contains(name) || absent.contains(name)));
}

/// « Zoé arrive, il est vingt heures dix »: who was not there at the roll call.
pub fn late(speech: &mut Speech, roster: &Roster, attendance: &mut Attendance) {
    static COMES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?P<name>{NAME})\s*,?\s+(?:arrive|nous\s+rejoint|vient\s+d['’]arriver|est\s+arriv[ée]e?|entre)\b"
        ))
    });
    const OPENING: usize = 3;
    for index in OPENING..speech.sentences.len() {
        let sentence = &speech.sentences[index];
        let Some(found) = COMES.captures(&sentence.text) else { continue };
        let near = speech.sentences.iter().skip(index).take(2);
        let hour = near.flat_map(|s| facts(&s.text)).find_map(|f| match f.fact {
            Fact::Hour(hour) => Some(hour.to_french()),
            _ => None,
        });
        let name = full(&found["name"], roster);
        let there = attendance.present.contains(&name);
        if hour.is_none() || !there || sentence.text.ends_with('?') {
            continue;
        }
        attendance.present.retain(|present| *present != name);
        attendance.arrivals.push(Arrival {
            name,
            hour,
            item: None,
            when: When::At(sentence.span.start),
        });
        speech.sentences[index].text.clear();
    }
}

/// What those who are not there are said to have promised: nothing is given them to do.
pub fn undertakings(speech: &Speech, attendance: &Attendance, findings: &mut Vec<Finding>) {
    for name in attendance.excused.iter().chain(&attendance.absent) {
        let given = name.split(' ').next().unwrap_or(name);
        let promised = format!(
            r"\b{}\b[^.?!]{{0,20}}\s(?:avait\s+(?:dit|promis|propos)|a\s+promis|doit|devait|devrait|s['’](?:était|est)\s+engag|va\s)",
            regex::escape(given)
        );
        let Ok(promised) = Regex::new(&promised) else { continue };
        if let Some(said) = speech.sentences.iter().find(|s| promised.is_match(&s.text)) {
            findings.push(Finding::check(
                FindingKind::AbsentSpeaker,
                Some(said.span.clone()),
                format!(
                    "« {} » : {name} n’est pas là ; rien ne lui est attribué, à confirmer avec la personne.",
                    said.text.trim_end_matches('.')
                ),
            ));
        }
    }
}

/// The names of a list, each as the sheet spells it.
fn listed(found: &regex::Captures<'_>, roster: &Roster) -> Vec<String> {
    let names = found.name("names").or_else(|| found.name("names2"));
    // Only the roll call has the third form.
    let names = names.or_else(|| found.iter().skip(1).flatten().next());
    let names = names.map_or("", |m| m.as_str()).replace(" et ", ", ");
    names
        .split(',')
        .map(str::trim)
        .map(|n| n.strip_prefix("et ").unwrap_or(n))
        // « Et Zoé Malbec »: the capital of the sentence is no name.
        .map(|n| match n.split_once(' ') {
            Some((first, rest)) if !is_name(first) && !civil(first) => rest,
            _ => n,
        })
        .filter(|n| {
            (is_name(n) || civil(n.split(' ').next().unwrap_or(n)))
                && (is_given_name(n.split(' ').next().unwrap_or(n))
                    || known(n, roster)
                    || n.contains(' ')
                    || !n.is_empty())
        })
        .map(|n| full(n, roster))
        .collect()
}

fn civil(word: &str) -> bool {
    ["M.", "Mme", "Mlle", "Monsieur", "Madame"].contains(&word)
}

/// Whether a sentence tells who is there and who is not, which the record holds.
pub fn about_attendance(text: &str) -> bool {
    AWAY.is_match(text)
        || NOT_THERE.is_match(text)
        || THERE.is_match(text)
        || text.contains("donné pouvoir à")
}

fn known(name: &str, roster: &Roster) -> bool {
    matches!(roster.resolve(name), Resolution::Known(_))
}

fn add(list: &mut Vec<String>, name: String) {
    if !list.contains(&name) {
        list.push(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::Notes;

    fn read(text: &str) -> Attendance {
        let notes = Notes::from_text(text).unwrap();
        let speech = super::super::speech::read(&notes);
        let roster = Roster::new(&[]);
        let mut found = Attendance::default();
        let speakers = speakers(&speech, &roster);
        attendance(&speech, &speakers, &roster, &mut found, &mut Vec::new());
        found
    }

    #[test]
    fn those_who_speak_or_are_said_to_be_there_are_present() {
        let found = read(
            "Paul : Bonsoir. Sophie est là, Marc s'excuse.\nLéa : On excuse aussi Zoé et Karim.\nPaul : J'ai vu Bernard hier, il trouve ça cher.\nLéa : Nadia n'est pas là.",
        );
        assert_eq!(found.present, ["Paul", "Léa", "Sophie"]);
        assert_eq!(found.excused, ["Marc", "Zoé", "Karim"]);
        assert_eq!(found.absent, ["Nadia"]);
    }

    #[test]
    fn a_label_is_named_by_who_introduces_himself() {
        let found = read(
            "SPEAKER_00 : Bonsoir, je suis Karim.\nSPEAKER_01 : Moi c'est Léa.\nSPEAKER_00 : On commence.\nSPEAKER_01 : Oui.\nSPEAKER_02 : Ok.\nSPEAKER_02 : Ok.",
        );
        assert_eq!(found.present, ["Karim", "Léa"]);
    }

    #[test]
    fn each_voice_says_a_name_in_the_round() {
        let found = read(
            "[00:00:10] Intervenant 1\nBonsoir, moi c'est Ada Roy. Sylvie Carton, la juriste, elle s'excuse. Hugo s'est excusé, Hugo Malbec, il travaille.\n[00:01:00] Intervenant 2\nEt Luc Ferrol, je tiens la caisse.\n[00:01:10] Intervenant 3\nJeanne Brun. Conseillère aussi.\n[00:01:20] Intervenant 4\nPaul Vidal, il est malade, non ?\n[00:02:00] Intervenant 1\nNon.\n[00:02:10] Intervenant 2\nOn commence.\n",
        );
        assert_eq!(found.present, ["Ada Roy", "Luc Ferrol", "Jeanne Brun"]);
        assert_eq!(found.excused, ["Sylvie Carton", "Hugo Malbec"]);
        let found = read(
            "Intervenant 1 : bon on est le 3 mai moi c'est Ada Roy je préside\nIntervenant 2 : Luc Ferrol trésorier\nIntervenant 3 : Jeanne Brun bénévole à la bourse aux vélos\nIntervenant 2 : on commence\nIntervenant 3 : oui",
        );
        assert_eq!(found.present, ["Ada Roy", "Luc Ferrol", "Jeanne Brun"]);
    }

    #[test]
    fn the_roll_call_tells_proxies_and_who_comes_late() {
        let text = "LA PRÉSIDENTE : Bonsoir, j'ouvre la séance, il est 19 heures. Je fais l'appel. Luc Ferrol.\nFERROL : Présent. J'ai le pouvoir de Jeanne Brun, elle travaille.\nLA PRÉSIDENTE : Hugo Malbec, présent.\nMALBEC : Oui.\nLA PRÉSIDENTE : On prend les comptes.\nFERROL : Ils sont prêts.\nLA PRÉSIDENTE : Ah, Malbec arrive, il est 19 heures 20.";
        let notes = Notes::from_text(text).unwrap();
        let mut speech = super::super::speech::read(&notes);
        let member = |nom: &str| crate::office::Membre {
            nom: nom.into(),
            ..crate::office::Membre::default()
        };
        let roster = Roster::new(&["Luc FERROL", "Jeanne BRUN", "Hugo MALBEC"].map(member));
        let speakers = speakers(&speech, &roster);
        let mut found = Attendance::default();
        attendance(&speech, &speakers, &roster, &mut found, &mut Vec::new());
        proxies(&speech, &speakers, &roster, &mut found);
        late(&mut speech, &roster, &mut found);
        let proxies: Vec<_> =
            found.proxies.iter().map(|p| (p.giver.as_str(), p.holder.as_str())).collect();
        assert_eq!(proxies, [("Jeanne BRUN", "Luc FERROL")]);
        let late: Vec<_> = found.arrivals.iter().map(|a| a.name.as_str()).collect();
        assert_eq!(late, ["Hugo MALBEC"]);
        assert_eq!(found.arrivals[0].hour.as_deref(), Some("19 h 20"));
    }

    #[test]
    fn a_list_with_offices_tells_who_was_there() {
        let found = read(
            "Je dicte le compte rendu. Étaient là Ada Roy la présidente, Luc Ferrol vice-président, et moi Jeanne Brun trésorière ; excusé Hugo Malbec, il travaille.",
        );
        assert_eq!(found.present, ["Ada Roy", "Luc Ferrol", "Jeanne Brun"]);
        assert_eq!(found.excused, ["Hugo Malbec"]);
    }

    #[test]
    fn a_person_talked_about_is_not_present() {
        let found = read(
            "Paul : Il faudrait que Bernard vienne.\nLéa : Si Nadia est là la prochaine fois.\nPaul : Oui.\nLéa : Bon.",
        );
        assert_eq!(found.present, ["Paul", "Léa"]);
        assert!(found.excused.is_empty() && found.absent.is_empty());
    }
}
