//! Who is named in a text, as far as the version for publication cares: members and bodies keep
//! their names, anybody else is hidden.
//!
//! Rules only, from what stands in and around a name: a civility, a first name, an initial speak for
//! a person; « entreprise », a trade, a bid with its tax for a company; « rue », « salle » for a
//! place. A name that nothing explains is hidden as doubtful, and said so: a secretary puts back a
//! place more easily than a person takes back a publication.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::record::{Kind, Meeting};
use crate::ground::is_office_word;
use crate::notes::Span;
use crate::office::{Membre, Office};
pub use crate::reading::name::is_first_name;
use crate::reading::name::{Resolution, Roster, candidate_names, is_common};
use crate::reading::remark::loose;
use crate::reading::{fold, pattern};

/// How someone to be hidden is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// With a civility, which stays.
    Civil(String),
    /// After « famille », « consorts ».
    Family,
    /// By name only.
    Bare,
    /// At home: « chez Hélène ».
    Home,
    /// Perhaps no person at all.
    Doubtful,
}

/// A name to be hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its place in the text.
    pub span: Span,
    /// How the person is named.
    pub form: Form,
}

/// What names mean in one meeting.
pub struct People {
    roster: Roster,
    kind: Kind,
    /// Words of the commune's own name and address.
    home: BTreeSet<String>,
    /// Words of companies and associations that some text of the meeting shows to be such.
    bodies: BTreeSet<String>,
    /// Surnames that some text gives with an office: « C. Pinsardel, trésorier ».
    officers: BTreeSet<String>,
    /// Surnames that some text of the meeting shows to be a person's.
    people: BTreeSet<String>,
    /// Words that the notes write without a capital.
    plain: BTreeSet<String>,
    /// Words that open a clause with a capital, in notes whose clauses open with small letters: a
    /// capital there is a name's.
    openings: BTreeSet<String>,
}

/// What a candidate is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    Member,
    Officer,
    Body,
    Plain,
    Hidden(Form),
    /// Nothing around it tells.
    Unknown,
}

impl People {
    /// Learns who is who from the whole record and the office sheet.
    pub fn new(meeting: &Meeting, office: &Office) -> Self {
        let a = &meeting.attendance;
        let holders = a.proxies.iter().map(|p| &p.holder);
        let officers = [
            &meeting.chair,
            &meeting.secretary,
            &office.conseil.maire,
            &office.personnel.secretaire_de_mairie,
            &office.courrier.signataire,
        ];
        let others = officers.into_iter().flatten().chain(holders).chain(&meeting.assistants);
        let mut members: Vec<Membre> = office.conseil.membres.clone();
        let listed = a.members().into_iter().map(|m| m.nom).chain(others.cloned());
        for nom in listed {
            if members.iter().all(|m| fold(&m.nom) != fold(&nom)) {
                members.push(Membre { nom, ..Membre::default() });
            }
        }
        let own = [&office.organisme.nom, &office.organisme.departement, &meeting.body];
        let own = own.into_iter().chain([&meeting.departement, &office.organisme.adresse]);
        let clauses: Vec<&String> = meeting.items.iter().flat_map(|i| &i.clauses).collect();
        let small = clauses.iter().filter(|c| c.starts_with(char::is_lowercase)).count();
        let mut people = Self {
            roster: Roster::new(&members),
            kind: meeting.kind,
            home: own.flatten().flat_map(|text| folded_words(text)).collect(),
            bodies: BTreeSet::new(),
            officers: BTreeSet::new(),
            people: BTreeSet::new(),
            plain: clauses.iter().flat_map(|c| small_words(c)).collect(),
            openings: clauses
                .iter()
                .filter(|c| small * 2 > clauses.len() && c.starts_with(char::is_uppercase))
                .filter_map(|c| folded_words(c).into_iter().next())
                .collect(),
        };
        let titles = meeting.items.iter().map(|i| &i.title);
        let accounts = meeting.items.iter().flat_map(|i| &i.account);
        for text in titles.chain(clauses).chain(accounts).chain(&meeting.remarks) {
            people.learn(text);
        }
        people
    }

    /// The members, by any of their names.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    fn learn(&mut self, text: &str) {
        for (span, verdict) in self.judged(text) {
            let words = folded_words(text.get(span).unwrap_or_default());
            let long = words.into_iter().filter(|w| w.chars().count() > 2 && !is_first_name(w));
            match verdict {
                Verdict::Body => self.bodies.extend(long),
                Verdict::Officer => self.officers.extend(long),
                Verdict::Hidden(Form::Civil(_) | Form::Family | Form::Bare) => {
                    self.people.extend(long.filter(|w| !CIVILITIES.contains(&w.as_str())));
                }
                _ => {}
            }
        }
    }

    /// The names that the text must not show, in order.
    pub fn hidden(&self, text: &str) -> Vec<Named> {
        let mut found: Vec<Named> = Vec::new();
        for captures in HOME.captures_iter(text) {
            let (Some(whole), Some(name)) = (captures.get(0), captures.get(1)) else { continue };
            let known = matches!(self.roster.resolve(name.as_str()), Resolution::Known(_));
            if known || is_first_name(&fold(name.as_str())) {
                found.push(Named { span: whole.range(), form: Form::Home });
            }
        }
        let judged = self.judged(text).into_iter().chain(self.uncapitalised(text));
        for (span, verdict) in judged {
            let form = match verdict {
                Verdict::Hidden(form) => form,
                Verdict::Unknown => match self.learnt(text, &span) {
                    Some(form) => form,
                    None => continue,
                },
                Verdict::Member | Verdict::Officer | Verdict::Body | Verdict::Plain => continue,
            };
            if found.iter().all(|f| span.end <= f.span.start || f.span.end <= span.start) {
                found.push(Named { span, form });
            }
        }
        found.sort_by_key(|f| f.span.start);
        found
    }

    /// What the rest of the meeting says of a name that nothing around it explains.
    fn learnt(&self, text: &str, span: &Span) -> Option<Form> {
        let words = folded_words(text.get(span.clone()).unwrap_or_default());
        let held = |set: &BTreeSet<String>| words.iter().any(|w| set.contains(w));
        match (held(&self.people), held(&self.bodies)) {
            (true, false) => Some(Form::Bare),
            (false, true) => None,
            _ => Some(Form::Doubtful),
        }
    }

    /// « mme tarvier », typed without a capital.
    fn uncapitalised(&self, text: &str) -> Vec<(Span, Verdict)> {
        let mut found = Vec::new();
        for captures in UNCAPITALISED.captures_iter(text) {
            let (Some(whole), Some(civility), Some(name)) =
                (captures.get(0), captures.get(1), captures.get(2))
            else {
                continue;
            };
            let folded = fold(name.as_str());
            let known = !matches!(self.roster.resolve(whole.as_str()), Resolution::Unknown);
            if !known && !is_common(&folded) && !is_office_word(&folded) {
                let form = Form::Civil(civility.as_str().to_owned());
                found.push((whole.range(), Verdict::Hidden(form)));
            }
        }
        found
    }

    /// Every candidate of the text with what it is.
    fn judged(&self, text: &str) -> Vec<(Span, Verdict)> {
        let mentions = self.roster.mentions(text);
        candidate_names(text)
            .into_iter()
            .map(|span| with_surname_before(text, span))
            .map(|span| {
                let verdict = self.judge(text, &span, &mentions);
                (span, verdict)
            })
            .collect()
    }

    fn judge(&self, text: &str, span: &Span, mentions: &[(usize, Span)]) -> Verdict {
        let name = text.get(span.clone()).unwrap_or_default();
        let before = text.get(..span.start).unwrap_or_default();
        let after = text.get(span.end..).unwrap_or_default();
        let words: Vec<&str> = name.split([' ', '\u{a0}']).filter(|w| !w.is_empty()).collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return Verdict::Plain;
        };
        if let Some(member) = self.member(text, span, &words, mentions) {
            return member;
        }
        let office = ELECTED.is_match(before)
            || (self.kind == Kind::Association
                && (OFFICER_BEFORE.is_match(before) || OFFICER_AFTER.is_match(after)));
        if office || (words.len() == 1 && self.officers.contains(&fold(last))) {
            return Verdict::Officer;
        }
        let folded: Vec<String> = words.iter().flat_map(|w| folded_words(w)).collect();
        if let Some(civility) = CIVIL.find(name) {
            let rest = folded.iter().skip(1);
            if rest.clone().all(|w| in_list("plain", w) || is_common(w)) {
                return Verdict::Plain;
            }
            return Verdict::Hidden(Form::Civil(civility.as_str().trim().to_owned()));
        }
        if FAMILY.is_match(before) {
            return Verdict::Hidden(Form::Family);
        }
        let (near, next_to) = before_word(before);
        let first_folded = fold(first.trim_end_matches('.'));
        let given = first.split('-').all(|part| is_first_name(&fold(part)));
        let initial = first.trim_end_matches('.').chars().count() == 1
            && first.chars().all(|c| c.is_uppercase() || c == '.')
            && words.len() > 1;
        let reversed = is_first_name(&fold(last)) && !first.chars().any(char::is_lowercase);
        let person = ((given || reversed) && words.len() > 1) || initial;
        // « membre du comité Hugo Martin » is a person, « comité Hugo Martin » a body.
        let of_body = in_list("body", &near);
        if person && of_body && ROLE_IN_BODY.is_match(before) {
            return Verdict::Hidden(Form::Bare);
        }
        let trade = folded.len() > 1 && folded.iter().any(|w| in_list("trade", w));
        let named_body = of_body || (next_to && in_list("trade", &near));
        if trade || BID.is_match(after) || (named_body && (next_to || !person)) {
            return Verdict::Body;
        }
        if in_list("place", &near) && (next_to || !person) {
            return Verdict::Plain;
        }
        if person {
            return Verdict::Hidden(Form::Bare);
        }
        let explained = |w: &String| {
            in_list("plain", w) || is_common(w) || self.home.contains(w) || small_word(w)
        };
        // « DETR », « CAUE »; a longer word in capitals may be a surname.
        let acronym = words.len() == 1
            && !name.chars().any(char::is_lowercase)
            && name.chars().count() <= 6
            && !folded.iter().any(|w| self.people.contains(w));
        if acronym || folded.iter().all(explained) || PLACE_NAME.is_match(name) {
            return Verdict::Plain;
        }
        if words.len() == 1 && given {
            return Verdict::Hidden(Form::Bare);
        }
        let opens = opens_sentence(before);
        if words.len() == 1 && opens && self.is_plain_opening(&first_folded, after) {
            return Verdict::Plain;
        }
        let spoken = SPEECH.captures(after).and_then(|c| c.get(1));
        if spoken.is_some_and(|verb| in_list("speech", &fold(verb.as_str())))
            && !self.bodies.contains(&fold(last))
        {
            return Verdict::Hidden(Form::Bare);
        }
        if words.len() == 1 && AT.is_match(before) && !GIVEN.is_match(&fold(text)) {
            return Verdict::Plain;
        }
        Verdict::Unknown
    }

    /// Whether the candidate is a member, or shares a surname with one and is somebody else.
    fn member(
        &self,
        text: &str,
        span: &Span,
        words: &[&str],
        mentions: &[(usize, Span)],
    ) -> Option<Verdict> {
        let name = text.get(span.clone())?;
        if !matches!(self.roster.resolve(name), Resolution::Unknown) {
            return Some(Verdict::Member);
        }
        let (_, mention) =
            mentions.iter().find(|(_, m)| m.start < span.end && span.start < m.end)?;
        let before = text.get(span.start..mention.start).unwrap_or_default().trim();
        let own = before.split([' ', '\u{a0}']).next_back().unwrap_or_default();
        let folded = fold(own.trim_end_matches('.'));
        let another = own.split('-').all(|part| is_first_name(&fold(part)))
            || folded.chars().count() == 1
            || (CIVIL.is_match(name) && words.len() > 2 && !folded.is_empty())
            // « Solène Prigent » is not our « Solène ».
            || (mention.end < span.end && ends_with_first_name(text.get(mention.clone())?));
        (!another).then_some(Verdict::Member)
    }

    /// Whether a word with a capital that opens a sentence is a common word.
    fn is_plain_opening(&self, folded: &str, after: &str) -> bool {
        if self.people.contains(folded) {
            return false;
        }
        let noun = ["body", "trade", "place", "individual"].iter().any(|k| in_list(k, folded));
        let language = noun || is_office_word(folded) || self.plain.contains(folded);
        let speaks = SPEECH.captures(after).and_then(|c| c.get(1));
        let speaks = speaks.is_some_and(|verb| in_list("speech", &fold(verb.as_str())));
        language || !(speaks || self.openings.contains(folded))
    }
}

fn ends_with_first_name(name: &str) -> bool {
    name.split([' ', '-', '\u{a0}']).next_back().is_some_and(|word| is_first_name(&fold(word)))
}

/// « TARVIER Lucie », « famille Le Goff »: a surname in capitals or a particle before the
/// candidate belongs to it.
fn with_surname_before(text: &str, span: Span) -> Span {
    let before = text.get(..span.start).unwrap_or_default();
    if let Some(particle) = PARTICLE_BEFORE.captures(before).and_then(|c| c.get(1)) {
        return particle.start()..span.end;
    }
    let name = text.get(span.clone()).unwrap_or_default();
    let given = name.split([' ', '-']).next().is_some_and(|w| is_first_name(&fold(w)));
    match CAPITALS_BEFORE.find(before).filter(|_| given) {
        Some(found) => found.start()..span.end,
        None => span,
    }
}

/// The content word before a name, and whether nothing stands between.
fn before_word(before: &str) -> (String, bool) {
    let mut next_to = true;
    for word in before.split(|c: char| !c.is_alphanumeric()).rev().filter(|w| !w.is_empty()).take(4)
    {
        let folded = fold(word);
        if !small_word(&folded) {
            return (folded, next_to);
        }
        next_to = false;
    }
    (String::new(), false)
}

fn opens_sentence(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '-', '–', '«', '('])
}

fn small_word(folded: &str) -> bool {
    ["de", "du", "des", "la", "le", "les", "l", "d", "au", "aux"].contains(&folded)
}

fn folded_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(fold).collect()
}

fn small_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|w| w.starts_with(char::is_lowercase)).map(fold).collect()
}

/// Lines of the word table of one kind.
pub(super) fn listed(kind: &str) -> impl Iterator<Item = &'static str> {
    include_str!("mask_words.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter(move |(k, _)| *k == kind)
        .map(|(_, word)| word)
}

/// The words of one kind as a pattern in which accents do not count.
pub(super) fn phrases(kind: &str) -> Regex {
    let words: Vec<String> = listed(kind).map(loose).collect();
    pattern(&format!(r"(?i)\b(?:{})\b", words.join("|")))
}

fn in_list(kind: &str, folded: &str) -> bool {
    listed(kind).any(|word| match word.strip_suffix('*') {
        Some(start) => folded.starts_with(start),
        None => folded == word,
    })
}

const CIVILITIES: [&str; 13] = [
    "m",
    "mm",
    "mr",
    "mme",
    "mmes",
    "mlle",
    "monsieur",
    "madame",
    "dr",
    "docteur",
    "maitre",
    "mademoiselle",
    "me",
];

static CIVIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:mmes?|mm?\.|mr\.?|mlle|monsieur|madame|mademoiselle|messieurs|mesdames|dr\.?|docteur|ma[îi]tre|me)[ \u{a0}]",
    )
});
static FAMILY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:familles?|[ée]poux|consorts|h[ée]ritiers|veuve|succession|indivision|couple)[ \u{a0}](?:de[ \u{a0}])?$",
    )
});
static HOME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bchez[ \u{a0}]((?:mme|m\.)?[ \u{a0}]?\p{L}[\p{L}’'-]+)(?:[ \u{a0}]\p{Lu}[\p{L}’'-]*)?",
    )
});
static UNCAPITALISED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b((?i:mme|mr|mlle|madame|monsieur))[ \u{a0}](\p{Ll}[\p{L}’'-]{2,})")
});
static CAPITALS_BEFORE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b\p{Lu}{3,}(?:[- ]\p{Lu}{2,})*[ \u{a0}]$"));
static PARTICLE_BEFORE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[\p{Ll},][ \u{a0}]((?:Le|La|Du|Des|De|Ben|El|Van|Von)[ \u{a0}])$"));
/// Offices of the Republic: their holders act as such.
static ELECTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:maire|adjointe?|d[ée]put[ée]e?|s[ée]nat(?:eur|rice)|(?:sous-)?pr[ée]f[eè]te?|conseill(?:er|[èe]re)(?:[ \u{a0}](?:municipale?|d[ée]partementale?|r[ée]gionale?|communautaire))?)[ \u{a0},:(]+$",
    )
});
static OFFICER_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:pr[ée]sidente?|tr[ée]sori(?:er|[èe]re)|secr[ée]taire)[ \u{a0},:(]+$")
});
static OFFICER_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[ \u{a0},(]+(?:la |le )?(?:pr[ée]sidente?|tr[ée]sori(?:er|[èe]re)|secr[ée]taire|vice-pr[ée]s)",
    )
});
static ROLE_IN_BODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:pr[ée]sident|tr[ée]sori|secr[ée]taire|membre|direct|g[ée]rant|responsable|repr[ée]sentant|salari|employ)\w*[ \u{a0}](?:de la |de l['’]|du |des |de |d['’])?\w+[ \u{a0}]$",
    )
});
/// A bid: an amount with its tax, or being chosen.
static BID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[ \u{a0}]*(?:[:=,(]|pour|à|est|a été)?[ \u{a0}]*(?:\d[\d \u{a0}]*(?:[.,]\d+)?[ \u{a0}]?(?:€|euros)?[ \u{a0}]?(?:HT|TTC)\b|retenue?s?\b|(?:moins|mieux)[- ]disant|(?:SARL|SAS|EURL|SCOP)\b|(?:et|&) (?:fils|cie|associés)\b)",
    )
});
static PLACE_NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(?:saint|sainte|st|ste)[- ]|-(?:sur|sous|l[èe]s|en|le|la|les|aux|d|de|du)-")
});
static SPEECH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[ \u{a0}](?:ne |n['’]|se |s['’]|en |lui |y |nous )?(\p{Ll}+)"));
static AT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)(?:^|[ \u{a0}])(?:à|a)[ \u{a0}]$"));
/// What makes « à Untel » a person rather than a place; the text is folded.
static GIVEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:attribu|accord|lou|vend|vers|remi|conced|donn|ced|rembours|factur|adress|envo|transm|pret|doit|du |due )\w*",
    )
});
