//! Where a line goes: it fills a field of the record (organiser, day, hours, place), or it is a line
//! of the page.

use super::shape::{self, ACCESS, block_of, hours, proper, simple};
use super::{Reader, days, series};
use crate::notes::Span;
use crate::reading::{Fact, facts, remark, words};
use crate::task::poster::invitation;
use crate::task::poster::record::{BlockKind, Line};
use crate::task::{aside, wording};

impl Reader<'_> {
    pub(super) fn place_line(&mut self, kept: &str, span: Span, dear: bool) {
        let kept = &*SAID_BY_BLOCK.replace(kept, "");
        if let Some(found) = ORGANISED.find(kept).filter(|found| names_somebody(kept, found)) {
            let named = kept.get(found.end()..).unwrap_or_default();
            // « par l'amicale »: the body is what the mark ends with.
            let named =
                if kept.to_lowercase().starts_with("par ") { kept.get(4..) } else { Some(named) };
            self.organiser(named.unwrap_or_default());
            return;
        }
        if self.organises(kept) || self.its_address(kept) {
            return;
        }
        if self.session(kept, &span) || self.comes_back(kept) {
            return;
        }
        if self.poster.organiser.is_none() && self.address(kept) {
            return;
        }
        if self.poster.date.is_none() && days::first(kept).is_some() {
            self.when(kept, &span);
            return;
        }
        if self.poster.place.is_none() && is_place(kept) {
            let place = shape::streets(&PLACE_LABEL.replace(kept, ""), self.notes);
            self.place(&place, &span);
            return;
        }
        if NIGHT_AND_DAY.is_match(kept) && self.poster.hours.is_none() {
            self.poster.hours = Some("jour et nuit".into());
            return;
        }
        if self.closes(kept, &span) {
            return;
        }
        if HOURS_FIRST.is_match(kept) && !(self.by_hours && is_of_programme(kept)) {
            let rest = HOURS_ONLY.replace_all(kept, "");
            let rest = rest.trim_matches([',', ' ']).to_owned();
            let told = first_hours(kept);
            let known = self.poster.hours.get_or_insert_with(|| told.clone());
            // « 17h », once more.
            let again = known.contains(told.trim_start_matches("à "));
            if self.poster.place.is_none() && is_place(&rest) {
                self.place(&rest, &span);
                return;
            }
            if rest.split_whitespace().count() < 2 && again {
                return;
            }
        }
        for piece in shape::pieces(kept) {
            self.push(&piece, &span, dear);
        }
    }

    /// The main date, hours and place of one line.
    pub(super) fn when(&mut self, line: &str, span: &Span) {
        // « 20h30, portes 20h »: when the doors open is no end of the event.
        let mut rest = match DOORS.captures(line) {
            Some(doors) => {
                let told = format!("{} à {}", &doors["what"], doors["hour"].trim());
                self.push(&told, span, true);
                line.replacen(&doors[0], "", 1)
            }
            None => line.to_owned(),
        };
        let line = &rest.clone();
        if let Some(mut days) = days::first(line) {
            // « du lundi 3 au mardi 4 »: the small word goes with its day.
            let before = line.get(..days.span.start).unwrap_or_default();
            days.span.start =
                BEFORE_DAY.find(before).map_or(days.span.start, |small| small.start());
            for date in &days.dates {
                self.wrong_weekday(*date, span);
            }
            let before = line.get(..days.span.start).unwrap_or_default();
            let all = series::of_all(before).filter(|_| days.dates.len() > 1);
            let weekday = all.map_or(String::new(), |all| format!("{} ", all.to_lowercase()));
            days.span.start -= before.len() - before.trim_end().len();
            days.span.start -= all.map_or(0, str::len);
            self.poster.date = Some(format!("{weekday}{}", days.to_french()));
            rest.replace_range(days.span.clone(), " ");
            self.days = Some(days);
        }
        if facts(&rest).iter().any(|f| matches!(f.fact, Fact::Hour(_))) {
            self.poster.hours = Some(hours(&rest));
            rest = HOURS_ONLY.replace_all(&rest, " ").into_owned();
        }
        let rest = if self.poster.information {
            CLOSED_THEN.replace(&rest, "fermé ").into_owned()
        } else {
            rest
        };
        let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
        let rest = rest
            .trim_matches([',', ' ', '-', '–', '.', ':'])
            .trim_start_matches("date :")
            .trim()
            .to_owned();
        let rest = SMALL_WORDS_FIRST.replace(&rest, "").into_owned();
        if NIGHT_AND_DAY.is_match(&rest) && self.poster.hours.is_none() {
            self.poster.hours = Some("jour et nuit".into());
        } else if PLACE.is_match(&rest) && self.poster.place.is_none() {
            self.place(&rest, span);
        } else if rest.split_whitespace().count() > 1 {
            let text = proper(&wording::clean(&rest));
            self.poster.lines.push(Line {
                block: BlockKind::Programme,
                rank: if text.starts_with("fermé") { 1 } else { 3 },
                text: wording::capital(&text),
                span: span.clone(),
            });
        }
    }

    /// The place of the event; how to get in and how many there is room for are lines of their own.
    pub(super) fn place(&mut self, said: &str, span: &Span) {
        let mut place: Vec<&str> = Vec::new();
        for part in said.split(" - ").flat_map(remark::clauses) {
            let beside = ACCESS.is_match(part) || SEATS.is_match(part);
            if beside && !place.is_empty() {
                self.push(part.trim(), span, false);
            } else {
                place.push(part.trim());
            }
        }
        self.poster.place = Some(proper(&wording::clean(&place.join(", "))));
    }

    /// « on ferme à 18h » ends the hours of the event.
    fn closes(&mut self, kept: &str, span: &Span) -> bool {
        let Some(end) = closing(kept) else { return false };
        let Some(old) = self.poster.hours.clone() else { return false };
        // « fin vers 20 h » ends hours that had another end.
        if kept.to_lowercase().starts_with("fin") && !old.starts_with("de ") {
            return false;
        }
        let begin = old.trim_start_matches("de ").trim_start_matches("à partir de ");
        let begin = begin.trim_start_matches("à ").split(" à ").next().unwrap_or_default();
        let new = format!("de {begin} à {end}");
        if old.contains(" à ") && old != new {
            let what = format!("{new} au lieu de {old}");
            self.findings.push(aside::correction(&what, kept, span.clone()));
        }
        self.poster.hours = Some(new);
        true
    }

    pub(super) fn push(&mut self, kept: &str, span: &Span, dear: bool) {
        let kept = if kept.contains(". ") { kept } else { kept.trim_end_matches('.') };
        let text = self.without_alcohol(kept, span);
        let text = self.unnamed(&text);
        let text = match self.reference {
            Some(day) => self.without_wrong_weekdays(&text, day, span),
            None => text,
        };
        let text = self.accented(&wording::clean(&text));
        let text = shape::worded(&simple(&proper(&text)));
        let (block, rank) = block_of(&text, self.poster.information);
        let text = if block == BlockKind::Prices { self.price(&text, span) } else { text };
        let text = if ACCESS.is_match(&text) { self.access(&text, span) } else { text };
        let rank = if dear { rank.min(1) } else { rank };
        let text = SHOUTED.replace(&text, |label: &regex::Captures<'_>| label[0].to_lowercase());
        let text = wording::capital(text.trim()).replace(" ,", ",");
        self.poster.lines.push(Line { block, rank, text, span: span.clone() });
    }

    /// « coupure d'eau rue du Puits »: the title of a notice says where it is, if no line does.
    pub(super) fn where_it_is(&mut self) {
        let Some(title) = self.poster.title.clone() else { return };
        if !self.poster.information
            && let Some(place) = self.poster.lines.iter().find_map(|line| place_in(&line.text))
        {
            self.poster.place = Some(place);
            return;
        }
        if let Some(shut) = SHUT.captures(&title) {
            self.poster.place = Some(shut["street"].trim().to_owned());
            return;
        }
        let street = WHERE.find(&title).filter(|_| invitation::is_notice(&title));
        let cut = street.and_then(|street| title.split_at_checked(street.start()));
        // « fermeture de la route de Brame » is no title without its end.
        if let Some((what, street)) = cut
            && !what.is_empty()
            && !LEANS.is_match(what)
        {
            self.poster.place = Some(street.trim().to_owned());
            self.poster.title = Some(what.trim_end_matches([' ', ',']).to_owned());
        }
    }
}

/// The hours with which a line opens; those of what comes after are of something else: « 10h
/// ouverture, défilé 11h30 ».
fn first_hours(line: &str) -> String {
    let range = HOURS_ONLY.find(line).map_or(line, |found| found.as_str());
    let several = facts(line).iter().filter(|f| matches!(f.fact, Fact::Hour(_))).count();
    if several < 2 || facts(range).len() > 1 {
        return hours(line);
    }
    let told = hours(range);
    told.strip_prefix("à ").map_or(told.clone(), |hour| format!("à partir de {hour}"))
}

/// The hour at which a line says that all closes: « on ferme à minuit, pas 1h ».
fn closing(line: &str) -> Option<String> {
    let closes = CLOSES.find(line)?;
    let told = line.get(closes.end()..)?;
    let told = AND_NOT.find(told).and_then(|not| told.get(..not.start())).unwrap_or(told);
    let hour = facts(told).into_iter().find_map(|f| match f.fact {
        Fact::Hour(hour) => Some(hour.to_french()),
        _ => None,
    });
    hour.or_else(|| NOON.find(told).map(|noon| noon.as_str().to_lowercase()))
}

/// The place that a line of the programme names: « conférence à 20 h dans la salle Rameau ».
fn place_in(line: &str) -> Option<String> {
    words!(
        IN_PLACE,
        r"(?i)\b(?:dans (?:la |le |l['’])|[àa] (?:la |l['’])|au |sous (?:la |le |l['’])|d[ée]part (?:du |de la |de l['’])?)(?P<place>(?:salle|gymnase|halle|foyer|m[ée]diath[èe]que|biblioth[èe]que|chapelle|[ée]glise|th[ée][âa]tre|kiosque|maison|grange|chapiteau|ch[âa]teau|lavoir|stade|parc|[ée]tang|moulin|mairie|cin[ée]ma)\b[^,;.:!?]*)"
    );
    if shape::is_of_rain(line) || shape::is_practical(line) {
        return None;
    }
    let place = IN_PLACE.captures(line)?["place"].to_owned();
    let place = HOURS_ONLY.find(&place).map_or(place.as_str(), |hour| &place[..hour.start()]);
    let known = |f: &crate::reading::Found| matches!(f.fact, Fact::Phone(_) | Fact::Date(_));
    (!facts(place).iter().any(known)).then(|| proper(place.trim()))
}

/// Whether a line says where it is and no more.
fn is_place(text: &str) -> bool {
    let found = facts(text);
    let costs = found.iter().any(|f| matches!(f.fact, Fact::Amount(_)));
    let busy = found.iter().any(|f| !matches!(f.fact, Fact::Number(_) | Fact::Reference(_)));
    let plain = !busy && !text.contains(':') && !SAYS_HOW.is_match(text);
    (PLACE_FIRST.is_match(text) && !costs) || (plain && PLACE_ALONE.is_match(text))
}

/// Whether a line opens with the hour of something.
pub(in crate::task::poster) fn is_of_programme(text: &str) -> bool {
    let links = ["à", "a", "et", "ou", "jusqu", "puis"];
    HOUR_OF
        .captures(text)
        .is_some_and(|found| !links.contains(&found["what"].to_lowercase().as_str()))
}

/// « en bas Les Joyeux »: who makes the poster; « en bas de la rue » is nobody.
fn names_somebody(line: &str, mark: &regex::Match<'_>) -> bool {
    let said = mark.as_str().trim();
    let bare = said.to_lowercase().ends_with("bas");
    let rest = line.get(mark.end()..).unwrap_or_default().trim_start_matches([':', ' ']);
    let rest = ["le ", "la ", "les ", "l'", "l’"]
        .iter()
        .find_map(|a| rest.strip_prefix(a))
        .unwrap_or(rest);
    !bare || rest.starts_with(char::is_uppercase)
}

words!(BEFORE_DAY, r"(?i)\b(?:du|le|les) $");
// « ferme du lundi … » typed without accents is no farm.
words!(CLOSED_THEN, r"(?i)^\s*ferme\b\s*");
words!(
    DOORS,
    r"(?i),\s*(?:ouverture des )?(?P<what>portes?|accueil|billetterie|caisse)\s*:?\s*(?:[àa] |d[èe]s )?(?P<hour>\d{1,2} ?h ?(?:\d\d)?)"
);
words!(
    WHERE,
    r"(?i)\s(?:dans |sur )?(?:la |le |les |l['’])?(?:rues?|avenue|place|chemin|impasse|route|all[ée]e|quai|boulevard|hameau|quartier|lieu-dit|lotissement|village)\b.*$"
);
// « Avis : rue des Écoles barrée » is the street of its title.
words!(
    SHUT,
    r"(?i)^(?:Avis : )?(?P<street>(?:rue|avenue|place|chemin|impasse|route|all[ée]e|quai|boulevard|pont) .+?) (?:barr[ée]e?|ferm[ée]e?|coup[ée]e?|interdite?|inaccessible)\b"
);
words!(LEANS, r"(?i)(?:\b(?:de|du|des|à|au|aux|en|et|entre|par|pour)|['’])$");
words!(AND_NOT, r"(?i)\b(?:et )?(?:pas|non|plus|au lieu d[eu'’])\b");
words!(NOON, r"(?i)\b(?:minuit|midi)\b");
words!(
    CLOSES,
    r"(?i)^(?:et |mais |donc )?on (?:ferme|finit|arr[êe]te|termine)\b|^fin (?:[àa]|vers)\b"
);
words!(
    pub(super) PLACE,
    r"(?i)\b(?:salle|place|stade|pr[ée]s?|champ|[ée]glise|gymnase|parc|[ée]cole|halle|foyer|m[ée]diath[èe]que|biblioth[èe]que|mairie|terrain|jardin|cour|parvis|chapelle|th[ée][âa]tre|cin[ée]ma|camping|plage|lac|ferme|kiosque|d[ée]ch[èe]terie|pr[ée]au|esplanade|maison|grange|chapiteau|ch[âa]teau|boulodrome|hangar|prieur[ée]|verger|hippodrome|piscine|auditorium|tiers[- ]lieu|club[- ]house|[ée]tang|moulin|four banal|square)\b"
);
words!(
    PLACE_FIRST,
    r"(?i)^(?:autour d(?:u|e la|e l['’]) ?\p{L}+, )?(?:lieu\s*:|o[ùu]\s*:|[àa] la |au |(?:dans|sous|sur|devant|derri[èe]re) (?:la |le |l['’]))?\s*(?:lieu\s*:\s*)?(?:salle|place|stade|[ée]glise|gymnase|parc|halle|foyer|m[ée]diath[èe]que|biblioth[èe]que|chapelle|th[ée][âa]tre|parvis|esplanade|kiosque|maison|d[ée]part)\b|^(?:lieu|o[ùu])\s*:|^(?:rues?|secteurs?|quartiers?|voies|hameaux)(?: (?:concern|touch|coup)[ée]+s?)?\s*:"
);
// Other places, which may also be said to do something.
words!(
    PLACE_ALONE,
    r"(?i)^(?:[àa] la |[àa] l['’]|au |le |la |l['’]|dans (?:la |le |l['’])|sous (?:la |le |l['’])|sur (?:la |le |l['’]))?(?:[ée]cole|jardin|cour|terrain|pr[ée]au|camping|plage|lac|ferme|grange|chapiteau|ch[âa]teau|boulodrome|hangar|prieur[ée]|verger|hippodrome|piscine|auditorium|tiers[- ]lieu|club[- ]house|cin[ée]ma|d[ée]ch[èe]terie|mairie|[ée]tang|moulin|four|square|lavoir|pr[ée]|champ|berges|plan d['’]eau|quai|clairi[èe]re|port|for[êe]t|base)\b(?:[\s,]+[\p{L}\d'’-]+){0,9}\s*$"
);
words!(
    SAYS_HOW,
    r"(?i)\b(?:est|sont|sera|seront|ferm[ée]e?s?|ouverte?s?|interdite?s?|r[ée]serv[ée]e?s?|gratuite?s?|prise?|en travaux|pour|avec|organise|propose|par)\b"
);
// Prices stand under a heading of their own.
words!(SAID_BY_BLOCK, r"(?i)^(?:tarifs?|prix|[âa]ges?)\s*:\s*");
words!(SHOUTED, r"^\p{Lu}{6,}\s?:");
words!(SEATS, r"(?i)^\s*\d+ (?:places|personnes)\b");
words!(NIGHT_AND_DAY, r"(?i)^(?:ferm[ée]e? |barr[ée]e? )?(?:jour et nuit|nuit et jour)$");
words!(
    HOUR_OF,
    r"(?i)^\W*(?:vers |[àa] |d[èe]s )?\d{1,2} ?h ?(?:\d\d)?\b(?:\s*(?:-|–|à|a)\s*\d{1,2} ?h ?(?:\d\d)?\b)?\s*[:–-]?\s*(?P<what>\p{L}+|[«\x22])"
);
words!(
    PLACE_LABEL,
    r"(?i)^(?:lieu|o[ùu]|(?:rues?|secteurs?|quartiers?|voies|hameaux)(?: (?:concern|touch|coup)[ée]+s?)?)\s*:\s*"
);
words!(HOURS_FIRST, r"(?i)^(?:horaires?\s*:?\s*|de |[àa] |[àa] partir de |d[èe]s )?\d{1,2} ?[h:]");
words!(
    pub(super) HOURS_ONLY,
    r"(?i)(?:\b(?:horaires?\s*:?|de|[àa] partir de|d[èe]s|entre|[àa])\s+)?\b\d{1,2} ?h ?(?:\d\d)?\b(?:\s*(?:-|–|à|et|/)\s*\d{1,2} ?h ?(?:\d\d)?\b)?"
);
words!(SMALL_WORDS_FIRST, r"(?i)^(?:le|du|à la|a la|au|à|dans la|,)\s+");
words!(
    ORGANISED,
    r"(?i)^(?:qui\s*:\s*)?organis(?:é|e)(?:e|s|es)? par\b(?: nous\b[, ]*)?|^par (?:(?:le |la |les |l['’])?(?:comit[ée]|association|asso|amicale|club|foyer|APE|APEL|parents))\b|^affich(?:e faite|ée?|e) par\b|^qui\s*:|^organisat(?:eur|rice)s?\s*:?|^org\.?\s*:|^(?:tout )?en bas (?:de (?:l['’]affiche|la page)\s*:?\s*)?|^(?:en bas|bas de page)\s*:|^orga\b\s*:?|^organisation\s*:"
);
