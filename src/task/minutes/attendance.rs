//! Attendance in notes: present, late, represented, excused, absent.
//!
//! A line about attendance is a list of names under a category (`présents :`, `exc :`, `abs`), in
//! which a segment may carry its own mark (`Lenoir -> pvr à Duval`, `Petit exc. pas de pvr`). One
//! line may hold several categories, and one category several lines. Names are resolved through
//! [`People`]; one that the sheet does not know is kept as written and told at the end, by
//! [`super::roll`].

use std::sync::LazyLock;

use regex::Regex;

use super::movement::{self, Movement};
use super::people::{self, People, looks_like_name, segments, split};
use super::proxy;
use super::record::{Arrival, Attendance, Departure, Proxy, When};
use super::run;
use super::structure::Piece;
use crate::notes::Span;
use crate::reading::{Fact, facts, fold, pattern};

/// What a name is listed under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// There at the opening.
    Present,
    /// Not there, and said to be sorry.
    Excused,
    /// Not there.
    Absent,
    /// Not there, and voting through another.
    Represented,
}

/// What lines of attendance leave to be settled once all are read.
#[derive(Debug, Default)]
pub struct Roll {
    /// The category that the next line may go on with.
    open: Option<Category>,
    /// « tous présents »: every member that no other list names.
    pub everyone: bool,
    /// Names that the sheet does not know.
    pub unknown: Vec<(String, Span)>,
    /// Names read, known or not.
    pub read: usize,
    /// Numbers that the notes give beside the names.
    pub counts: Vec<(Category, u32, Span)>,
    /// Who wrote the notes: « moi (Coralie) ».
    pub me: Option<String>,
    /// The secretary of the session, named in a list.
    pub secretary: Option<String>,
    /// Members present who may not vote.
    pub not_up_to_date: Option<(u32, Span)>,
    /// Employees named in a list.
    pub assistants: Vec<String>,
    /// The mayor, told in a list: « Arlette Vaudrimont (maire) ».
    pub mayor: Option<String>,
    /// What somebody is called elsewhere in the notes, and their name: « Lulu (Lucienne Talmont) ».
    pub called: Vec<(String, String)>,
}

/// The words that open a category, with what qualifies them and their number.
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)(?:^|[\s.;/|·,])(?:(?P<n>\d{1,3})\s+)?
        (?:(?:les|[ée]taient|sont|membres|[ée]lus|conseillers|nombre\s+de|nb|de)\s+)*
        (?P<key>ni\s+l[àa]\s+ni\s+excus\w+|pas\s+l[àa]\b|(?:[ée]taient|sont)\s+l[àa]\b|l[àa]\b|(?:il\s+)?y\s+avait\b|si[èe]gent\b|se\s+font\s+repr[ée]senter\b|pr[ée]sent(?:\(?e?\)?s)?\b|pr[ée]s\b\.?|pr\b|excus[ée]?\(?e?\)?s?\b|exc\b\.?|abs(?:ent\(?e?\)?s?)?\b\.?
          |pouvoirs?\b|pouv\b\.?|pvrs?\b|procurations?\b|proc\b\.?|repr[ée]sent[ée]\(?e?\)?s?\b|apologies\b|(?-i:[PEA])\b)
        (?P<qual>(?:\s*(?:et\s+|/\s*)?(?:non\s+)?(?:excus[ée]\w*|exc\b\.?|repr[ée]sent[ée]\w*|avec\s+(?:pouvoir|procuration|pvr)\w*
          |sans\s+(?:pouvoir|procuration|excuse|pvr)\w*|ayant\s+donn\w+\s+\w+|,?\s*sans\s+mandat|,?\s*au\s+nombre\s+de\s+\p{L}+|[àa]\s+l['’]ouverture|donn[ée]e?s\b|non\s+repr\w+|ce\s+soir))*)
        (?P<count>\s*\(\s*\d{1,3}\s*\)|\s+\d{1,3}\b)?
        \s*(?P<mark>[:=])?",
    )
});
static STATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[\s,(]*(?:(?:est|sont|[ée]tait|[ée]taient)\s+)?\b(abs(?:ent\w*)?|exc(?:us[ée]\w*)?|pr[ée]sente?s?|n['’ ]?(?:est|[ée]tait|sont)\s+pas\s+(?:l[àa]|venue?s?|pr[ée]sente?s?)|pas\s+(?:l[àa]|venue?s?)|s['’](?:est|[ée]taient|[ée]tait)\s+fait\s+excuser|se\s+sont\s+fait\s+excuser)\)?\.?(?:\s*,?\s*\(?(?:non\s+excus\w*|excus\w*|(?:et\s+)?(?:pas\s+(?:de\s+|d['’])|sans|non)\s*(?:laisser\s+de\s+)?\w+|aussi|ce\s+soir)\)?)?\s*\.?$",
    )
});
static MISSING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:il\s+)?manque(?:nt)?|pas\s+l[àa]|sans\s+nouvelles?\s+de)\s*:?\s+(.+)$|^de\s+(.+?),?\s+aucune?\s+nouvelles?\W*$",
    )
});
/// What somebody is, after the name: « (maire) », « 1ère adj », « trésorière ».
static ROLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[\s,(]+(?:(?:le|la)\s+)?(?:(?:\d+\s*(?:er|[èe]re|re|e|[èe]me|nde?)|premi[eè]re?|deuxi[èe]me|second[e]?)\s+)?(adj(?:ointe?)?\b\.?|maire(?:\s+d[ée]l[ée]gu[ée]e?)?|conseill[eè]re?s?(?:\s+d[ée]l[ée]gu[ée]e?)?|pr[ée]sidente?|pdte?|vice-pr\w+|tr[ée]sori[eè]re?s?|tr[ée]s\b\.?)(?:\s+adjointe?)?\s*\)?$",
    )
});
/// A civility before several names: « MM. Ripotier et Falgas ».
static SEVERAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:(MM\.?|Messieurs|MM)|(Mmes\.?|Mesdames))\s+"));
static ONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:Mmes?|MM?\.?|Mr|Mlle|Madame|Monsieur)\s"));
/// Numbers after their words, as in a form: « Membres inscrits : 48   Présents : 29 ».
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(membres(?:\s+(?:inscrits|cotisants))?|inscrits?|adh[ée]rents?|[àa]\s+jour(?:\s+de\s+(?:leur\s+)?cotisation)?|en\s+exercice|pr[ée]sent\w*|repr[ée]sent[ée]\w*|pouvoirs?|procurations?|votants?)\s*(?:\([^)]*\)\s*)?:\s*(\d{1,4})\b",
    )
});
static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(\d{1,4})\s*(?:(?:membres|personnes|adh[ée]rents|conseillers|[ée]lus|m\.)\s+)?(?:(?:[ée]taient|sont|(?:avaient|ont)\s+(?:donn\w+|remis|laiss\w+)(?:\s+(?:un|leur))?)\s+)?(pr[ée]sent\w*|votants?|signatures|[ée]marg\w*|pouvoirs?|pouv\b\.?|pvrs?|procurations?|repr[ée]sent[ée]\w*)|\b(pr[ée]sents|pr[ée]s\b\.?|pouvoirs|repr[ée]sent[ée]s|procurations|signatures|[ée]margements?)\s*[:=]?\s*(\d{1,4})\b",
    )
});
static EVERYONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:le\s+)?conseil\s+(?:est\s+)?)?(?:tou(?:s|tes)(?:\s+les?\s+\p{L}+)?|tout\s+le\s+monde|l['’]ensemble\s+d\w+\s+\p{L}+|au\s+(?:grand\s+)?complet)\b(?:\s+(?:est|sont|[ée]taient|[ée]tait|l[àa]|pr[ée]sente?s?|ce\s+soir|[àa]\s+l['’]ouverture))*\s*,?\s*(?:(?:sauf|except[ée]e?s?|hormis|moins|[àa]\s+l['’]exception\s+d\w*['’]?)\s*:?\s*(?P<out>.+))?$",
    )
});
/// Words of a list that are no names.
static NOBODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:aucune?|n[ée]ant|personne|0|-|ras|/|maire|adjointe?s?|\d(?:er|e|[èe]me|nde?|re|ère)\s+adjointe?s?|conseill[eè]re?s?(?:\s+\p{L}+)*|1re\s+adjointe|le\s+public|public|presse|correspondante?.*|journalistes?.*|(?:et\s+)?tous\s+les\s+autres|(?:donc|soit)\s+\p{L}+(?:\s+en\s+tout)?)$",
    )
});
static NO_NEWS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[\s,]+(?:(?:il|elle)\s+)?(?:n['’]\s?a\s+|a\s+)?(?:rien\s+(?:re[çc]u|dit)|(?:pas|sans|aucune?)\s+(?:de\s+|d['’])?(?:nouvelles?|r[ée]ponse)|pas\s+pr[ée]venu)\W*$",
    )
});
static UNTIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(?:jusqu['’]|part\b|parti|d[ée]part|quitte|->)"));
static FROM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[àa]\s+partir|d[èe]s|depuis|arriv|retard|en\s+retard|[àa]\s+\d{1,2}\s*h|\d{1,2}\s*h)",
    )
});

/// The category that a word opens.
fn category(key: &str, qualifier: &str) -> Category {
    let (key, qualifier) = (fold(key), fold(qualifier));
    match key.get(..3) {
        _ if qualifier.contains("represent") && !qualifier.contains("non") => Category::Represented,
        _ if qualifier.contains("avec") || qualifier.contains("ayant") => Category::Represented,
        Some("exc" | "apo") => Category::Excused,
        None if key == "e" => Category::Excused,
        None if key == "a" => Category::Absent,
        Some("abs")
            if qualifier.contains("exc")
                && !qualifier.contains("non")
                && !qualifier.contains("sans") =>
        {
            Category::Excused
        }
        Some("abs" | "pas" | "ni ") => Category::Absent,
        Some("se ") => Category::Represented,
        Some("pou" | "pvr" | "pro" | "rep") => Category::Represented,
        _ => Category::Present,
    }
}

/// A category that the line opens: where its words start, where its list starts.
struct Head {
    start: usize,
    list: usize,
    category: Category,
    count: Option<u32>,
}

/// Reads one line; `None` when it is not about attendance, else what of it is about something
/// else.
pub fn read(
    piece: &Piece<'_>,
    people: &People<'_>,
    roll: &mut Roll,
    attendance: &mut Attendance,
) -> Option<String> {
    let open = roll.open.take();
    // « Elle procède à l'appel : tout le monde est là sauf … »
    static CALL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^.{0,40}\bl['’]appel\s*[:,]\s*"));
    let text = piece.text.trim_start_matches(['-', '–', '•', '*', ' ']);
    let called = CALL.find(text).map(|call| &text[call.end()..]);
    let names_called = called.is_some_and(several_names);
    let text = called.unwrap_or(text);
    // « excusé aussi, pouvoir à Ada également (je crois que deux c'est trop) »
    static BESIDE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\s+(?:aussi|[ée]galement)\b|\s*\((?:il\s+me\s+semble|je\s+(?:crois|pense)|[àa]\s+v(?:oir|[ée]rif))[^()]*\)",
        )
    });
    let plain = BESIDE.replace_all(text, "");
    let text = if proxy::named(text) { plain.as_ref() } else { text };
    let moved = movement::read(text, people, None, false);
    if !moved.is_empty() {
        for movement in moved {
            push(movement, attendance);
        }
        return Some(String::new());
    }
    let heads = heads(text, people);
    if heads.is_empty() && names_called {
        let head = Head { start: 0, list: 0, category: Category::Present, count: None };
        Reader { span: &piece.span, people, roll, attendance }.listed(text, &head);
        return Some(String::new());
    }
    let mut reader = Reader { span: &piece.span, people, roll, attendance };
    // « = 13 » under a list is the number of its names.
    static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:=+>?|soit|total)\s*:?\s*(\d{1,3})(?:\s+(?:pers\w*|membres|en\s+tout))?\W*$",
        )
    });
    if let Some(category) = open
        && let Some(count) = TOTAL.captures(text).and_then(|f| f.get(1)?.as_str().parse().ok())
    {
        reader.count(category, count);
        return Some(String::new());
    }
    if let Some(first) = heads.first() {
        let rest =
            text[..first.start].trim_matches([' ', '/', '.', ',', ';', '·', '|', '-']).to_owned();
        for (index, head) in heads.iter().enumerate() {
            let end = heads.get(index + 1).map_or(text.len(), |next| next.start);
            let list = text[head.list.min(end)..end]
                .trim_matches([' ', '/', '.', ',', ';', '|', '·', '-', '–']);
            reader.listed(list, head);
        }
        reader.counts(&rest);
        return Some(rest);
    }
    let read = reader.everyone(text)
        || reader.proxies(text)
        || reader.states(text)
        || reader.counts(text)
        || open.is_some_and(|category| reader.goes_on(text, category));
    read.then(String::new)
}

/// The categories that a line opens. In the middle of a line, or without a colon, names have to
/// follow.
fn heads(text: &str, people: &People<'_>) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    for found in HEAD.captures_iter(text) {
        let (Some(whole), Some(key)) = (found.get(0), found.name("key")) else { continue };
        let lead = whole.as_str().len()
            - whole.as_str().trim_start_matches([' ', '.', ';', '/', '|', '·', ',']).len();
        let start = whole.start() + lead;
        let before = text[..start].trim_end();
        let first = before.is_empty();
        let inside_brackets = before.matches('(').count() > before.matches(')').count();
        let separated = before.ends_with(['.', ';', '/', '|', '·'])
            || heads.is_empty() && before.ends_with([')', '-', '–', ':']);
        let marked = found.name("mark").is_some();
        if inside_brackets || !(first || marked || separated) {
            continue;
        }
        let after = &text[whole.end()..];
        let next = after.split([',', ';', '/', '(', '.']).next().unwrap_or("").trim();
        let known = people.member(next).is_some() || people.roster.listed(next).is_some();
        // « là : » opens a list, « là » does not.
        if matches!(fold(key.as_str()).as_str(), "la" | "siegent" | "y avait" | "il y avait")
            && !marked
        {
            continue;
        }
        if key.as_str().chars().count() == 1 && !(first && marked && known) {
            continue;
        }
        // « Membres inscrits : 48   Présents : 29 »: a number after a colon is of the word before it.
        let own = found.name("n").filter(|_| !(marked && before.ends_with(':')));
        let own = own.filter(|n| {
            !text.get(..n.start()).is_some_and(|t| marked && t.trim_end().ends_with([':', '=']))
        });
        let number = own.or(found.name("count"));
        let count = number.and_then(|m| m.as_str().trim_matches([' ', '(', ')']).parse().ok());
        // « 25 présents + 9 pouvoirs = 34 » ends with a sum.
        if own.is_some() && whole.as_str().trim_end().ends_with('=') {
            continue;
        }
        if !marked {
            let named = known
                || (first && EVERYONE.is_match(next))
                || (first
                    && key.as_str().len() > 3
                    && people.roster.names().len() < 2
                    && next.starts_with(char::is_uppercase))
                || (first && proxy::read(next, Category::Represented, people).is_some())
                || (separated && several_names(after));
            // « pouvoirs 2 max/pers » is a rule of the statutes, « 12 présents » a number.
            // « présents 33 signatures » is read as a number.
            if !named || after.trim_start().starts_with(char::is_numeric) {
                continue;
            }
        }
        let statute = fold(after).split_whitespace().take(3).any(|w| w.starts_with("max"));
        if statute {
            continue;
        }
        let qualifier = found.name("qual").map_or("", |m| m.as_str());
        let start = if found.name("n").is_some() && own.is_none() { key.start() } else { start };
        heads.push(Head {
            start,
            list: whole.end(),
            category: category(key.as_str(), qualifier),
            count,
        });
    }
    heads
}

/// Whether names follow, three at least: « sont présents Aubin Lestrade, Myriam Coustal, … ».
fn several_names(list: &str) -> bool {
    let names = split(list);
    names.len() >= 3
        && names.iter().all(|n| looks_like_name(n))
        && names.iter().any(|n| n.split_whitespace().count() >= 2)
}

/// Puts a movement in the record.
pub fn push(movement: Movement, attendance: &mut Attendance) {
    match movement {
        Movement::In(arrival) => {
            if !attendance.arrivals.iter().any(|a| a.name == arrival.name && a.when == arrival.when)
            {
                attendance.arrivals.push(arrival);
            }
        }
        Movement::Back(arrival) => {
            let left = attendance.departures.iter().any(|d| d.name == arrival.name);
            let there = attendance.present.contains(&arrival.name)
                || attendance.arrivals.iter().any(|a| a.name == arrival.name);
            if left || !there {
                attendance.arrivals.push(arrival);
            }
        }
        Movement::Out(departure) => {
            if !attendance.departures.iter().any(|d| d.name == departure.name) {
                attendance.departures.push(departure);
            }
        }
    }
}

/// One line being read.
struct Reader<'a> {
    span: &'a Span,
    people: &'a People<'a>,
    roll: &'a mut Roll,
    attendance: &'a mut Attendance,
}

impl Reader<'_> {
    /// A list under its category.
    fn listed(&mut self, list: &str, head: &Head) {
        if let Some(count) = head.count {
            self.count(head.category, count);
        }
        // « Représentés : 8   Votants : 37 » goes on with another number.
        static NUMBER: LazyLock<Regex> =
            LazyLock::new(|| pattern(r"^(\d{1,4})(?:\s*[-–(]|\s+\p{L}|$)"));
        if let Some(count) = NUMBER.captures(list).and_then(|f| f.get(1)?.as_str().parse().ok()) {
            self.count(head.category, count);
            return;
        }
        self.roll.open = Some(head.category);
        if head.category == Category::Present
            && let Some(found) = EVERYONE.captures(list)
        {
            self.roll.everyone = true;
            let out = found.name("out").map_or("", |m| m.as_str());
            for segment in segments(out) {
                self.segment(&segment, Category::Absent);
            }
            return;
        }
        let mut civility = "";
        let run = run::names(list).filter(|_| self.people.roster.listed(list).is_none());
        for named in run.iter().flatten() {
            self.roll.read += 1;
            if let Some(short) = &named.short {
                self.roll.called.push((short.clone(), named.name.clone()));
            }
            self.place(&named.name, head.category);
        }
        if run.is_some() {
            return;
        }
        for segment in segments(list) {
            let segment = match SEVERAL.captures(&segment) {
                Some(found) => {
                    civility = if found.get(1).is_some() { "M. " } else { "Mme " };
                    let whole = found.get(0).map_or(0, |m| m.end());
                    format!("{civility}{}", &segment[whole..])
                }
                None if ONE.is_match(&segment) => {
                    civility = "";
                    segment
                }
                None => format!("{civility}{segment}"),
            };
            self.segment(&segment, head.category);
        }
    }

    /// « tous présents sauf Ada (exc) et Luc ».
    fn everyone(&mut self, text: &str) -> bool {
        let Some(found) = EVERYONE.captures(text) else { return false };
        let folded = fold(text);
        if !["present", " la", "complet"].iter().any(|w| folded.contains(w)) {
            return false;
        }
        self.roll.everyone = true;
        if let Some(out) = found.name("out") {
            for segment in segments(out.as_str()) {
                self.segment(&segment, Category::Absent);
            }
        }
        true
    }

    /// A line of proxies without a heading: « Ada a donné pouvoir à Luc ».
    fn proxies(&mut self, text: &str) -> bool {
        // « et Madame Nivernol avait fait de même, à Madame Vaubresson également »
        let text =
            text.replace("fait de même,", "donné pouvoir").replace("fait de même", "donné pouvoir");
        let segments = segments(text.trim_end_matches('.').trim_end_matches(" également"));
        let found: Option<Vec<_>> = segments
            .iter()
            .enumerate()
            .map(|(index, s)| {
                // « Ada a donné pouvoir à Luc, Ève à Zoé »
                proxy::read(s, Category::Absent, self.people).filter(|_| proxy::named(s)).or_else(
                    || {
                        let both = |p: &Proxy| {
                            let names = self.people.roster.names();
                            names.contains(&p.giver) && names.contains(&p.holder)
                        };
                        proxy::read(s, Category::Represented, self.people)
                            .filter(|p| index > 0 && both(p))
                    },
                )
            })
            .collect();
        let Some(found) = found.filter(|f| !f.is_empty()) else { return false };
        for proxy in found {
            self.roll.read += 2;
            self.attendance.proxies.push(proxy);
        }
        for segment in &segments {
            self.flag_proxy(segment);
        }
        true
    }

    /// « Quérimont abs », « Ada et Luc sont excusés », « Luc n'est pas là ».
    fn states(&mut self, text: &str) -> bool {
        if let Some(who) = MISSING.captures(text).and_then(|f| f.get(1).or(f.get(2))) {
            let all: Vec<&str> =
                split(who.as_str()).into_iter().map(|s| s.trim_start_matches("de ")).collect();
            if all.iter().all(|s| self.people.member(s).is_some() || looks_like_name(s)) {
                for segment in all {
                    self.segment(segment, Category::Absent);
                }
                return true;
            }
        }
        // « Talmont absent (comme d'habitude) »
        let text = match text.rsplit_once('(') {
            Some((before, aside)) if aside.trim_end().ends_with(')') => {
                let plain = !aside.chars().any(|c| c.is_ascii_digit() || c.is_uppercase());
                let told = proxy::named(aside) || STATE.is_match(aside.trim_end_matches(')'));
                if plain && !told { before.trim_end() } else { text }
            }
            _ => text,
        };
        let bare = NO_NEWS.find(text).map_or(text, |said| &text[..said.start()]);
        let text = if STATE.is_match(text) { text } else { bare };
        let Some(found) = STATE.find(text) else { return false };
        let who = text[..found.start()].trim();
        let all = segments(who);
        let known = !all.is_empty()
            && all.iter().all(|s| {
                self.people.member(s).is_some()
                    || self.people.roster.listed(s).is_some()
                    || (looks_like_name(s) && self.people.named(s).is_some())
                    || proxy::read(s, Category::Absent, self.people).is_some()
                    || STATE.is_match(s)
            });
        if !known || who.split_whitespace().count() > 40 {
            return false;
        }
        let category = state(found.as_str());
        for segment in all {
            self.segment(&segment, category);
        }
        true
    }

    /// « 29 signatures + 9 pouvoirs », « Présents 18, pouvoirs 4 ».
    fn counts(&mut self, text: &str) -> bool {
        let mut any = false;
        static NOT_UP_TO_DATE: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)\b(?:dont\s+)?(\d{1,3})\s+(?:(?:personnes|membres|adh[ée]rents)\s+)?(?:pas|non)\s+[àa]\s+jour",
            )
        });
        if let Some(count) =
            NOT_UP_TO_DATE.captures(text).and_then(|f| f.get(1)?.as_str().parse().ok())
        {
            self.attendance.without_vote = Some(count);
            self.roll.not_up_to_date = Some((count, self.span.clone()));
        }
        for found in LABELLED.captures_iter(text) {
            let (Some(label), Some(Ok(count))) =
                (found.get(1), found.get(2).map(|m| m.as_str().parse()))
            else {
                continue;
            };
            any = true;
            match fold(label.as_str()).get(..3) {
                Some("ins" | "adh" | "a j" | "en " | "mem") => {
                    self.attendance.in_office = Some(count);
                }
                Some("vot") => {}
                Some("pre") => self.count(Category::Present, count),
                _ => self.count(Category::Represented, count),
            }
        }
        if any {
            return true;
        }
        for found in COUNT.captures_iter(text) {
            let ((Some(count), Some(word), ..) | (_, _, Some(word), Some(count))) =
                (found.get(1), found.get(2), found.get(3), found.get(4))
            else {
                continue;
            };
            let after = fold(text[found.get(0).map_or(0, |m| m.end())..].trim_start());
            let limit = ["max", "par pers", "/pers", "au plus", "a elle", "a lui"]
                .iter()
                .any(|w| after.starts_with(w));
            let before = fold(&text[..found.get(0).map_or(0, |m| m.start())]);
            // « art 13 pouvoirs 2 maxi » numbers an article.
            let article = ["art", "art.", "article"]
                .contains(&before.trim_end().rsplit(' ').next().unwrap_or_default());
            // « Ada a 4 pouvoirs » tells what one member holds.
            let held = ["a", "detient", "porte", "en a", "avec"]
                .iter()
                .any(|w| before.trim_end().rsplit(' ').next() == Some(w));
            let Ok(count) = count.as_str().parse() else { continue };
            if limit || held || article || before.ends_with('/') {
                continue;
            }
            let word = fold(word.as_str());
            let represented = ["po", "pv", "pro", "rep"].iter().any(|p| word.starts_with(p));
            self.count(if represented { Category::Represented } else { Category::Present }, count);
            any = true;
        }
        any
    }

    /// A line that goes on with the category of the one before: nothing but names.
    fn goes_on(&mut self, text: &str, category: Category) -> bool {
        let all = segments(text);
        let names = !text.contains(':')
            && !all.is_empty()
            && all.iter().all(|s| {
                self.people.member(s).is_some()
                    || self.people.roster.listed(s).is_some()
                    || proxy::read(s, category, self.people).is_some()
                    || (looks_like_name(s)
                        && s.split_whitespace().count() >= 2
                        && !s.chars().any(|c| c.is_ascii_digit()))
                    || NOBODY.is_match(s)
            });
        if names {
            self.roll.open = Some(category);
            for segment in all {
                self.segment(&segment, category);
            }
        }
        names
    }

    fn count(&mut self, category: Category, count: u32) {
        match category {
            Category::Present => {
                self.attendance.present_count = self.attendance.present_count.or(Some(count));
            }
            Category::Represented => {
                self.attendance.proxy_count = self.attendance.proxy_count.or(Some(count));
            }
            Category::Excused | Category::Absent => {}
        }
        self.roll.counts.push((category, count, self.span.clone()));
    }

    /// One segment of a list: a name with what is said of it.
    fn segment(&mut self, segment: &str, category: Category) {
        let segment = segment.trim().trim_start_matches(['-', '–', '•', '*', ' ']);
        if let Ok(count) = segment.trim_matches(['(', ')']).parse() {
            self.count(category, count);
            return;
        }
        if let Some(found) = EVERYONE.captures(segment).filter(|_| category == Category::Present) {
            self.roll.everyone = true;
            for part in found.name("out").map(|m| split(m.as_str())).unwrap_or_default() {
                self.segment(part, Category::Absent);
            }
            return;
        }
        if NOBODY.is_match(segment) {
            return;
        }
        let moved = movement::read(&segment.replace(" qui ", " "), self.people, None, false);
        if !moved.is_empty() {
            self.roll.read += moved.len();
            moved.into_iter().for_each(|movement| push(movement, self.attendance));
            return;
        }
        if let Some(proxy) = proxy::read(segment, category, self.people) {
            self.roll.read += 2;
            self.flag_proxy(segment);
            // « présents : Castillet (+ Grimonet) » names a holder who is there.
            if category == Category::Present && proxy::holder_first(segment, category, self.people)
            {
                self.place(&proxy.holder, Category::Present);
            }
            self.attendance.proxies.push(proxy);
            return;
        }
        let (category, segment) = match NO_NEWS.find(segment) {
            Some(said) if category != Category::Present => {
                (Category::Absent, &segment[..said.start()])
            }
            _ => (category, segment),
        };
        let (category, words) = match STATE.find(segment) {
            Some(mark) => (state(mark.as_str()), &segment[..mark.start()]),
            None => (category, segment),
        };
        let (words, role) = match ROLE.captures(words) {
            Some(found)
                if !people::is_the_mayor(words.trim())
                    && found.get(0).is_some_and(|m| people::holds_name(&words[..m.start()])) =>
            {
                let end = found.get(0).map_or(words.len(), |m| m.start());
                (&words[..end], found.get(1).map_or("", |m| m.as_str()))
            }
            _ => (words, ""),
        };
        let (words, inner) = match words.split_once('(') {
            Some((name, inner)) => (name, inner.trim_end_matches(')').trim()),
            None => (words, ""),
        };
        let words = words.trim().trim_end_matches([':', '-', ',']).trim();
        // « le maire (Henri Calvignac) »
        let the_mayor = people::is_the_mayor(words) && self.people.listed(inner).is_some();
        let (words, inner) = if the_mayor { (inner, "") } else { (words, inner) };
        if self.people.is_clerk(words) || self.people.is_clerk(inner) {
            let clerk = self.people.office.personnel.secretaire_de_mairie.clone();
            self.roll.assistants.push(clerk.unwrap_or_else(|| words.to_owned()));
            return;
        }
        let me = matches!(fold(words).as_str(), "moi" | "moi-meme" | "je");
        let named = if me {
            let own = inner.split(',').find_map(|part| self.people.member(part));
            self.roll.me = self.roll.me.clone().or(own.clone());
            own.or_else(|| self.people.named(words))
        } else {
            None
        };
        let names = match named {
            Some(name) => vec![name],
            // Without a sheet nobody says who the mayor is, but the mayor is there.
            None if people::is_the_mayor(words) && self.people.named(words).is_none() => {
                self.roll.mayor = Some(words.to_lowercase());
                vec![words.to_lowercase()]
            }
            None => self.resolve(words),
        };
        for name in names {
            if fold(inner).contains("secretaire") && !fold(inner).contains("mairie") {
                self.roll.secretary = Some(name.clone());
            }
            if the_mayor || fold(role) == "maire" {
                self.roll.mayor = Some(name.clone());
            }
            self.marked(&name, inner, category);
        }
    }

    /// A member with what the brackets say: late, gone early, or nothing of that.
    fn marked(&mut self, name: &str, inner: &str, category: Category) {
        let hour = facts(inner).into_iter().find_map(|f| match f.fact {
            Fact::Hour(hour) => Some(hour.to_french()),
            _ => None,
        });
        let (when, item) = movement::when(inner, None);
        let told = hour.is_some() || when != When::Unknown;
        if told && UNTIL.is_match(inner) {
            // « jusqu'au point 4 » takes part in it, « part au point 4 » may not.
            let when = match (when, fold(inner).starts_with("jusqu")) {
                (When::Before(n), true) => When::After(n),
                (when, _) => when,
            };
            let name = name.to_owned();
            let departure = Departure { name, hour, item, when, ..Departure::default() };
            self.place(&departure.name, category);
            push(Movement::Out(departure), self.attendance);
        } else if told && FROM.is_match(inner) {
            push(
                Movement::In(Arrival { name: name.to_owned(), hour, item, when }),
                self.attendance,
            );
        } else {
            self.place(name, category);
        }
    }

    /// The members that words name, or the words themselves, which will be flagged.
    fn resolve(&mut self, words: &str) -> Vec<String> {
        self.roll.read += 1;
        if !self.people.unknown(words)
            && let Some(name) = self.people.named(words)
        {
            return vec![name];
        }
        if let Some(listed) = self.people.roster.listed(words) {
            self.roll.read += listed.len() - 1;
            return listed
                .into_iter()
                .map(|m| self.people.roster.full_name(m).to_owned())
                .collect();
        }
        let known = self.people.named(words).filter(|n| self.people.roster.names().contains(n));
        if let Some(name) = known {
            return vec![name];
        }
        // « Mme Talmont archi »: what follows a name in small letters is no part of it.
        let words = if self.people.small_letters { words } else { named_part(words) };
        let small = words.split_whitespace().count() <= 3
            && words.chars().all(|c| c.is_alphabetic() || " .-'’".contains(c))
            && self.people.roster.names().len() > 1
            && words.chars().count() > 3;
        match self.people.listed(words).or_else(|| small.then(|| words.to_owned())) {
            Some(name) => {
                let name = people::surname_last(&name);
                self.roll.unknown.push((name.clone(), self.span.clone()));
                vec![name]
            }
            None => Vec::new(),
        }
    }

    /// Both names of a proxy are checked against the sheet.
    fn flag_proxy(&mut self, segment: &str) {
        let Some((giver, holder)) = proxy::words(segment, self.people) else { return };
        for words in [giver, holder] {
            if self.people.unknown(&words)
                && let Some(name) = self.people.named(&words)
                && !self.people.roster.names().contains(&name)
            {
                self.roll.unknown.push((name, self.span.clone()));
            }
        }
    }

    fn place(&mut self, name: &str, category: Category) {
        let list = match category {
            Category::Present => &mut self.attendance.present,
            Category::Absent => &mut self.attendance.absent,
            // A name under « pouvoirs » without a holder.
            Category::Excused | Category::Represented => &mut self.attendance.excused,
        };
        if !list.iter().any(|n| n == name) {
            list.push(name.to_owned());
        }
    }
}

/// The words up to the last that has a capital.
fn named_part(words: &str) -> &str {
    let capital = |word: &str| word.chars().any(char::is_uppercase);
    if !words.split_whitespace().next().is_some_and(capital) {
        return words;
    }
    let mut end = words.len();
    while let Some((before, last)) = words[..end].rsplit_once(' ') {
        if last.is_empty() || !capital(last) {
            end = before.len();
        } else {
            break;
        }
    }
    let named = &words[..end];
    if people::holds_name(named) { named } else { words }
}

/// What a mark after a name says.
fn state(mark: &str) -> Category {
    let folded = fold(mark);
    let word = folded.trim_start_matches([' ', ',', '(']);
    let word =
        ["est ", "sont ", "etait ", "etaient "].iter().fold(word, |w, p| w.trim_start_matches(p));
    if folded.contains("non excus")
        || folded.contains("sans excus")
        || word.starts_with("n'")
        || word.starts_with("pas")
        || word.starts_with("n ")
    {
        Category::Absent
    } else if word.starts_with("pre") {
        Category::Present
    } else if folded.contains("exc") {
        Category::Excused
    } else {
        Category::Absent
    }
}

#[cfg(test)]
#[path = "attendance_tests.rs"]
mod tests;
