//! What a correction corrects: the values of the other sentences that it names, or the one whose
//! words it shares best.

use std::collections::HashSet;

use super::phrase::{self, Mark, Said};
use super::sentence::{Sentence, about};
use super::value;
use crate::notes::Span;
use crate::reading::date::month_name;
use crate::reading::{Fact, Found, expand_facts, fold, words};

/// A value put in the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Put {
    /// Where the old value stands in the notes.
    pub(super) at: Span,
    /// What is written there.
    pub(super) with: String,
    /// The old value.
    pub(super) old: String,
    /// The new value.
    pub(super) new: String,
}

/// What a correction puts in place, and which of its own facts it used.
#[derive(Default)]
pub(super) struct Resolved {
    pub(super) puts: Vec<Put>,
    pub(super) used: HashSet<usize>,
}

// What is told of another time or only asked for, and stays as it was.
words!(
    COMPARED,
    r"(?i)\b(?:l['’]an(?:n[ée]e)?\s+(?:dernier|derni[èe]re|pass[ée]e?|d['’]avant)|ann[ée]e\s+pr[ée]c[ée]dente|demand\w*|propos\w*|voul\w+|voudr\w+|souhait\w*|autrefois|jusqu['’]ici|actuel\w*|aujourd['’]hui|en\s+(?:19|20)\d\d)\b"
);
words!(
    THROUGH,
    r"(?i)^\s*(?:au|[àa]|-|–|jusqu['’](?:au|[àa]))\s*(?:(?:lun|mar|mercre|jeu|vendre|same)di\s*|dimanche\s*)?$"
);
words!(ALL, r"(?i)\btou(?:t|te|s)\b");
words!(LAST, r"(?i)\b(?:jusqu|fin\b|fini|ferm|termin)");
words!(TOTAL, r"(?i)\btotal\b");
words!(TIMES, r"(?i)\b(?:heures?|horaires?)\b");
words!(
    FROM_THEN,
    r"(?i)^\s*(?:€\s*)?,?\s*(?:c['’ ]\s*(?:est|sera)|sera|est|commence|d[ée]marre|s['’]applique)\s+(?:(?:finalement|plut[ôo]t|bien|seulement|[àa]\s+partir|[àa]\s+compter|d[eu]|au|le|[àa]|pour|en|d[èe]s)\s+)*$"
);
words!(
    SETTLED,
    r"(?i)\bon\s+(?:part\s+sur|retient|prend|garde|en\s+met|en\s+fait|reste\s+[àa])\s+$"
);
words!(REFERENCE, r"(?i)\b(?P<what>\p{L}{3,})\.?\s*(?:n°\s*)?$");

/// Values that a sentence may hold without being a bill.
const MOST_TOLD: usize = 3;

/// The sentences of the notes, and the one that corrects.
pub(super) struct Search<'s, 'n> {
    pub(super) sentences: &'s [Sentence<'n>],
    pub(super) index: usize,
    pub(super) said: &'s Said,
}

/// A value of another sentence, by indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    sentence: usize,
    fact: usize,
}

impl Search<'_, '_> {
    /// What is put in place; nothing where no value is meant for certain.
    pub(super) fn run(&self) -> Resolved {
        let mut out = Resolved::default();
        if let Some((new, month)) = self.said.month {
            self.month(new, month, &mut out);
            return out;
        }
        for &(new, old) in &self.said.pairs {
            self.pair(new, old, &mut out);
        }
        if out.puts.is_empty() && self.said.mark > Mark::None && self.said.pairs.is_empty() {
            self.stale(&mut out);
            self.range(&mut out);
            self.by_value(&mut out);
            self.by_words(self.said.mark, &mut out);
            self.hour_of_title(&mut out);
        } else if !out.puts.is_empty() {
            if self.said.mark > Mark::None {
                self.stale(&mut out);
            }
            self.by_words(Mark::Weak, &mut out);
        }
        self.references(&mut out);
        out
    }

    fn own(&self) -> &Sentence<'_> {
        &self.sentences[self.index]
    }

    /// Whether a value of this sentence stands nowhere else; a day or an hour in brackets says when
    /// it was told.
    fn is_fresh(&self, at: usize) -> bool {
        let own = self.own();
        let fact = &own.facts[at].fact;
        let timed = matches!(fact, Fact::Date(_) | Fact::Hour(_));
        let told =
            timed && before(own, at).matches('(').count() > before(own, at).matches(')').count();
        let stands = || self.places().any(|(_, _, found)| value::same(fact, &found.fact));
        let denied = phrase::is_denied(before(own, at));
        value::is_plain(fact) && !told && !denied && !stands()
    }

    /// Every value of the other sentences.
    fn places(&self) -> impl Iterator<Item = (Place, &Sentence<'_>, &Found)> {
        let others = self.sentences.iter().enumerate().filter(|(at, _)| *at != self.index);
        others.flat_map(|(sentence, held)| {
            let facts = held.facts.iter().enumerate();
            facts.map(move |(fact, found)| (Place { sentence, fact }, held, found))
        })
    }

    /// Puts a value of this sentence in a place.
    fn put(&self, new: usize, place: Place, out: &mut Resolved) {
        let (own, held) = (self.own(), &self.sentences[place.sentence]);
        let (value, old) = (&own.facts[new], &held.facts[place.fact]);
        let at = held.span.start + old.span.start..held.span.start + old.span.end;
        out.used.insert(new);
        if out.puts.iter().any(|put| put.at.start < at.end && at.start < put.at.end) {
            return;
        }
        let with = value::written(value, own.text, old, held.text);
        let was = value::slice(held.text, old).to_owned();
        if with != was {
            // « 20h » is told as « 20 h » is.
            let old = match &old.fact {
                Fact::Hour(hour) => hour.to_french(),
                _ => was,
            };
            out.puts.push(Put { at, new: with.clone(), with, old });
        }
    }

    /// Both values are named: the old one gives way wherever it is the same thing.
    fn pair(&self, new: usize, old: usize, out: &mut Resolved) {
        let own = self.own();
        let (value, named) = (&own.facts[new].fact, &own.facts[old].fact);
        let places = self.places().filter(|(_, _, found)| {
            value::names(named, value, &found.fact) && !value::same(value, &found.fact)
        });
        let mut places: Vec<(Place, usize)> =
            places.map(|(place, held, _)| (place, self.shared(held))).collect();
        let counted = [noun(own, new), noun(own, old)].into_iter().flatten().next();
        let of_noun = |place: Place| noun(&self.sentences[place.sentence], place.fact) == counted;
        if counted.is_some() && places.iter().any(|(place, _)| of_noun(*place)) {
            places.retain(|(place, _)| of_noun(*place));
        }
        let sharing = places.iter().any(|(_, shared)| *shared > 0);
        // « le 11 janvier et pas le 4 » names a day of that month.
        let month = |fact: &Fact| match fact {
            Fact::Date(date) => Some(date.month),
            _ => None,
        };
        if value::is_digit(named) && !sharing {
            places.retain(|(place, _)| {
                let there = month(&self.sentences[place.sentence].facts[place.fact].fact);
                there.is_some() && there == month(value)
            });
        }
        let first = places.first().map(|(place, _)| place.sentence);
        let several = places.iter().any(|(place, _)| Some(place.sentence) != first);
        let vague = matches!(named, Fact::Number(_)) && !value::is_distinct(named);
        if !sharing && several && vague {
            return;
        }
        if sharing && !value::is_distinct(named) {
            places.retain(|(_, shared)| *shared > 0);
            self.narrow(value, &mut places);
        }
        for (place, _) in &places {
            self.put(new, *place, out);
        }
        if !places.is_empty() {
            out.used.insert(old);
        }
    }

    /// « livraison la semaine du 12 avril, pas mars »: the month that shares its words.
    fn month(&self, new: usize, month: i8, out: &mut Resolved) {
        words!(WEEK, r"(?i)\bsemaine\s+du\s+$");
        let places: Vec<(Place, usize)> = self
            .places()
            .filter(|(place, _, found)| {
                let vague =
                    matches!(&found.fact, Fact::Date(d) if d.month == month && d.day.is_none());
                vague && place.sentence < self.index
            })
            .map(|(place, held, _)| (place, self.shared(held)))
            .collect();
        let most = places.iter().map(|(_, shared)| *shared).max().unwrap_or(0);
        let best: Vec<_> = places.iter().filter(|(_, shared)| *shared == most).collect();
        if places.is_empty() {
            self.bare_month(new, month, out);
        }
        if let ([(place, _)], true) = (best.as_slice(), most > 0 || places.len() == 1) {
            self.put(new, *place, out);
            if let Some(put) =
                out.puts.last_mut().filter(|_| WEEK.is_match(before(self.own(), new)))
            {
                put.with = format!("semaine du {}", put.with);
            }
        }
    }

    /// « livraison en mars »: a month that is told alone, in the one sentence that shares words.
    fn bare_month(&self, new: usize, month: i8, out: &mut Resolved) {
        let name = month_name(month);
        let Ok(word) = regex::Regex::new(&format!(r"(?i)(?:\ben\s+)?\b{name}\b")) else { return };
        let told: Vec<(&Sentence<'_>, Span)> = self
            .sentences
            .iter()
            .take(self.index)
            .filter(|held| self.shared(held) > 0)
            .filter_map(|held| Some((held, word.find(held.text)?.range())))
            .collect();
        let [(held, place)] = told.as_slice() else { return };
        if held
            .facts
            .iter()
            .any(|found| found.span.start < place.end && place.start < found.span.end)
        {
            return;
        }
        let own = self.own();
        let value = expand_facts(value::slice(own.text, &own.facts[new]));
        let with = format!("le {value}");
        let at = held.span.start + place.start..held.span.start + place.end;
        out.used.insert(new);
        out.puts.push(Put { at, new: with.clone(), with, old: name.to_owned() });
    }

    /// Of the places of a value that may be anything, those of the kind of the new one.
    fn narrow(&self, new: &Fact, places: &mut Vec<(Place, usize)>) {
        let kind = |place: Place| {
            let fact = &self.sentences[place.sentence].facts[place.fact].fact;
            std::mem::discriminant(fact) == std::mem::discriminant(new)
        };
        if places.iter().any(|(place, _)| kind(*place)) {
            places.retain(|(place, _)| kind(*place));
        }
    }

    /// « le curé a un mariage à 11 h, donc 10 h 30 », « c'est le 21. J'avais écrit 12 »: of two
    /// values of a kind, the one that stands elsewhere is the old one.
    fn stale(&self, out: &mut Resolved) {
        let own = self.own();
        let stands = |new: &Fact, old: &Fact| {
            self.places().any(|(_, held, found)| {
                // « RECTIF : le 13 il y a concert, donc dimanche 20 décembre » names the day.
                let day = matches!((old, new), (Fact::Number(_), Fact::Date(_)));
                let timed = (matches!(new, Fact::Hour(_)) || day) && self.said.mark == Mark::Strong;
                // « le 7 la salle est prise, donc c'est le 14 mai »: the only 7 of that month.
                let named = matches!((new, &found.fact), (Fact::Date(a), Fact::Date(b))
                    if a.month == b.month && matches!(old, Fact::Number(_)));
                value::names(old, new, &found.fact) && (timed || named || self.shared(held) > 0)
            })
        };
        let fresh = |at: &usize| self.is_fresh(*at);
        let news: Vec<usize> = (0..own.facts.len()).filter(fresh).collect();
        let of_kind = |a: usize, b: usize| {
            std::mem::discriminant(&own.facts[a].fact) == std::mem::discriminant(&own.facts[b].fact)
        };
        // Of several new values none is known to be that of the old one.
        let alone = |new: &usize| news.iter().filter(|other| of_kind(*new, **other)).count() == 1;
        for &new in news.iter().filter(|new| alone(new)) {
            let fact = &own.facts[new].fact;
            // « … le 24 janvier, la salle était prise le 17 » names the day alone.
            let day = |at: &usize| {
                matches!(fact, Fact::Date(_)) && matches!(own.facts[*at].fact, Fact::Number(_))
            };
            let known = |at: &usize| !news.contains(at) || day(at);
            let olds = (0..own.facts.len()).filter(known).filter(|at| {
                let old = &own.facts[*at].fact;
                let kind = std::mem::discriminant(fact) == std::mem::discriminant(old)
                    || matches!(fact, Fact::Date(_)) && matches!(old, Fact::Number(_))
                    || matches!(fact, Fact::Amount(_))
                        && value::is_distinct(old)
                        && value::alike(fact, old);
                kind && stands(fact, old)
            });
            if let [old] = olds.collect::<Vec<_>>()[..] {
                self.pair(new, old, out);
            }
        }
    }

    /// « du 15 mars au 2 avril » in the place of another such range.
    fn range(&self, out: &mut Resolved) {
        let [own] = ranges(self.own())[..] else { return };
        if out.used.contains(&own) {
            return;
        }
        let kind = std::mem::discriminant(&self.own().facts[own].fact);
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for (at, held) in self.sentences.iter().enumerate().take(self.index) {
            let of_kind = |first: &usize| std::mem::discriminant(&held.facts[*first].fact) == kind;
            let firsts = ranges(held).into_iter().filter(of_kind);
            found.extend(firsts.map(|first| (self.shared(held), at, first)));
        }
        let most = found.iter().map(|(shared, ..)| *shared).max().unwrap_or(0);
        found.retain(|(shared, ..)| *shared == most);
        let [(_, sentence, first)] = found[..] else { return };
        if most > 0 || ALL.is_match(self.own().text) {
            self.put(own, Place { sentence, fact: first }, out);
            self.put(own + 1, Place { sentence, fact: first + 1 }, out);
        }
    }

    /// « le 3,20 c'est au 1er juin »: a day or an hour said of a value, which names the sentence.
    fn by_value(&self, out: &mut Resolved) {
        let own = self.own();
        for (at, two) in own.facts.windows(2).enumerate() {
            let [named, new] = two else { continue };
            let link = own.text.get(named.span.end..new.span.start).unwrap_or_default();
            let timed = matches!(new.fact, Fact::Date(_) | Fact::Hour(_));
            if !timed || !value::is_distinct(&named.fact) || !FROM_THEN.is_match(link) {
                continue;
            }
            let kind = std::mem::discriminant(&new.fact);
            let mut places: Vec<Place> = Vec::new();
            for (sentence, held) in self.sentences.iter().enumerate().take(self.index) {
                if !held.facts.iter().any(|found| value::same(&found.fact, &named.fact)) {
                    continue;
                }
                let facts = held.facts.iter().enumerate();
                let alike = facts.filter(|(_, found)| std::mem::discriminant(&found.fact) == kind);
                places.extend(alike.map(|(fact, _)| Place { sentence, fact }));
            }
            if let [place] = places[..]
                && self.is_fresh(at + 1)
            {
                self.put(at + 1, place, out);
            }
        }
    }

    /// Every value not used yet, in the place of the one whose words it shares best.
    fn by_words(&self, mark: Mark, out: &mut Resolved) {
        let own = self.own();
        for new in 0..own.facts.len() {
            if out.used.contains(&new) || !self.is_fresh(new) {
                continue;
            }
            let mut found: Vec<(usize, Place)> = Vec::new();
            for (place, held, old) in self.places().filter(|(p, ..)| p.sentence < self.index) {
                let taken = out.puts.iter().any(|put| {
                    let at = held.span.start + old.span.start;
                    put.at.contains(&at)
                });
                let score = self.score(new, place, mark);
                // A day that is asked for is the only one there is.
                let compared = !matches!(old.fact, Fact::Date(_) | Fact::Hour(_))
                    && COMPARED.is_match(label(held, place.fact));
                if score > 0 && !taken && !compared {
                    found.push((score, place));
                }
            }
            let most = found.iter().map(|(score, _)| *score).max().unwrap_or(0);
            found.retain(|(score, _)| *score == most);
            let fact = |place: Place| &self.sentences[place.sentence].facts[place.fact].fact;
            if let Some((_, best)) = found.first().copied()
                && found.iter().all(|(_, other)| value::same(fact(*other), fact(best)))
            {
                found.iter().for_each(|(_, place)| self.put(new, *place, out));
            }
        }
    }

    /// How well the words around a value of this sentence are those around another; 0 where it is
    /// another thing.
    fn score(&self, new: usize, place: Place, mark: Mark) -> usize {
        let (own, held) = (self.own(), &self.sentences[place.sentence]);
        let (value, old) = (&own.facts[new], &held.facts[place.fact]);
        // « total 3 255 »: a count is no term of a bill.
        let count = matches!(value.fact, Fact::Number(_))
            && !value::slice(own.text, value).contains([',', '.']);
        let billed = count && held.facts.len() > MOST_TOLD && TOTAL.is_match(held.text);
        if !value::alike(&value.fact, &old.fact) || is_length(held, place.fact) || billed {
            return 0;
        }
        let near = about(label(own, new));
        let words = if near.is_empty() { about(before(own, new)) } else { near };
        let ends = matches!(value.fact, Fact::Hour(_))
            && LAST.is_match(label(own, new))
            && LAST.is_match(label(held, place.fact));
        let lead = usize::from(ends || same_lead(own, new, held, place.fact));
        let counted = noun(own, new);
        let counted = usize::from(counted.is_some() && counted == noun(held, place.fact));
        let labels = about(label(held, place.fact)).intersection(&words).count();
        let named = held.about.intersection(&words).count();
        let shared = self.shared(held);
        let certain = labels + lead + counted + named;
        let elsewhere = noun(own, new).is_some() && noun(held, place.fact).is_some();
        if elsewhere && counted + labels + lead == 0 {
            return 0;
        }
        let bare = matches!(value.fact, Fact::Number(_)) && !value::is_distinct(&value.fact);
        if certain == 0 && (mark < Mark::Strong || shared == 0 || bare) {
            return 0;
        }
        let taxed = matches!((&value.fact, &old.fact), (Fact::Amount(a), Fact::Amount(b))
            if a.tax.is_some() && a.tax == b.tax);
        let kind = std::mem::discriminant(&value.fact) == std::mem::discriminant(&old.fact);
        let jumbled =
            value::is_jumbled(value::slice(own.text, value), value::slice(held.text, old));
        10 * (labels + lead + counted)
            + 5 * named
            + 3 * shared
            + 25 * usize::from(SETTLED.is_match(before(held, place.fact)))
            + 6 * usize::from(taxed)
            + 4 * usize::from(jumbled)
            + usize::from(kind)
    }

    /// « horaire de la conférence changé : 20h30 »: where the thing is that of the title, the first
    /// hour of the notes.
    fn hour_of_title(&self, out: &mut Resolved) {
        let own = self.own();
        let hours = (0..own.facts.len())
            .filter(|at| matches!(own.facts[*at].fact, Fact::Hour(_)) && self.is_fresh(*at));
        let [new] = hours.collect::<Vec<_>>()[..] else { return };
        let title = &self.sentences[0];
        let of_title = own.about.is_empty() || own.about.intersection(&title.about).count() > 0;
        if out.puts.is_empty() && TIMES.is_match(own.text) && of_title {
            let first = self.places().find(|(_, _, found)| matches!(found.fact, Fact::Hour(_)));
            if let Some((place, held, _)) = first.filter(|(p, ..)| p.sentence < self.index) {
                let ends = LAST.is_match(own.text) && ranges(held).contains(&place.fact);
                let fact = place.fact + usize::from(ends);
                self.put(new, Place { fact, ..place }, out);
            }
        }
    }

    /// « délib 2026-71 » beside a new value: that of the old one is another.
    fn references(&self, out: &mut Resolved) {
        let own = self.own();
        let changed: Vec<Span> = out.puts.iter().map(|put| put.at.clone()).collect();
        for new in 0..own.facts.len() {
            let Some(what) = reference(own, new) else { continue };
            let near = |held: &Sentence<'_>| {
                changed.iter().any(|at| held.span.start <= at.start && at.end <= held.span.end)
            };
            let place = self.places().find(|(place, held, _)| {
                near(held) && reference(held, place.fact).as_ref() == Some(&what)
            });
            if let Some((place, ..)) = place {
                self.put(new, place, out);
            }
        }
    }

    /// How many words the sentence shares with this one, by itself or by its line.
    fn shared(&self, held: &Sentence<'_>) -> usize {
        let own = self.own();
        let direct = held.about.intersection(&own.about).count();
        if direct > 0 || held.line == own.line {
            return direct;
        }
        let mut line = self.sentences.iter().filter(|s| s.line == held.line);
        usize::from(line.any(|s| s.about.intersection(&own.about).count() > 0))
    }
}

/// What stands before a value, as far as the sentence goes.
fn before<'a>(held: &Sentence<'a>, fact: usize) -> &'a str {
    held.text.get(..held.facts[fact].span.start).unwrap_or_default()
}

/// The words before a value, back to the value or the mark before.
fn label<'a>(held: &Sentence<'a>, fact: usize) -> &'a str {
    let from = fact.checked_sub(1).map_or(0, |at| held.facts[at].span.end);
    let text = held.text.get(from..held.facts[fact].span.start).unwrap_or_default();
    let mark = text.rfind([',', ';', '/']).map_or(0, |at| at + 1);
    let near = text.get(mark..).unwrap_or_default();
    if about(near).is_empty() { text } else { near }
}

/// « 30 ans = 350 », « 30 ans = 380 »: the same value and words before.
fn same_lead(a: &Sentence<'_>, at: usize, b: &Sentence<'_>, place: usize) -> bool {
    let (Some(x), Some(y)) = (at.checked_sub(1), place.checked_sub(1)) else { return false };
    let between = |held: &Sentence<'_>, first: usize| {
        let text = held.text.get(held.facts[first].span.end..held.facts[first + 1].span.start);
        fold(text.unwrap_or_default().trim())
    };
    let words = between(a, x);
    let held = between(b, y);
    // « le 8 km part à 9 h » is said of « 8 km, 10 h », not of « marche 8 km, 9 h ».
    let named = |held: &str| held.contains(char::is_alphabetic) && words.starts_with(held);
    let alone = about(before(b, y)).is_subset(&about(before(a, x)));
    value::same(&a.facts[x].fact, &b.facts[y].fact)
        && words.contains(char::is_alphabetic)
        && (words == held || alone && named(held.trim_end_matches([':', ' ', ','])))
}

/// The beginning of the word that a bare number counts: « places » in « 16 places ».
fn noun(held: &Sentence<'_>, fact: usize) -> Option<String> {
    let found = &held.facts[fact];
    let next = held.facts.get(fact + 1).map_or(held.text.len(), |next| next.span.start);
    let after = held.text.get(found.span.end..next)?;
    let after = after.split([',', ';', '.', ':', '(', ')', '/']).next()?;
    // « 19 à l'abandon »: small words do not count.
    let words = after.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    matches!(found.fact, Fact::Number(_))
        .then(|| words.take(3).find_map(|word| about(word).into_iter().next()))
        .flatten()
}

/// « 24 mois », « 640 m2 »: a length or a surface is corrected with its unit.
fn is_length(held: &Sentence<'_>, fact: usize) -> bool {
    const UNITS: [&str; 9] =
        ["mois", "ans", "an", "m2", "jours", "semaines", "heures", "hab", "km"];
    let found = &held.facts[fact];
    let after = fold(held.text.get(found.span.end..).unwrap_or_default().trim_start());
    let unit = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    matches!(found.fact, Fact::Number(_)) && UNITS.contains(&unit)
}

/// The first facts of the ranges of a sentence.
fn ranges(held: &Sentence<'_>) -> Vec<usize> {
    let linked = |two: &[Found]| {
        let [from, to] = two else { return false };
        let kind = matches!((&from.fact, &to.fact), (Fact::Date(_), Fact::Date(_)))
            || matches!((&from.fact, &to.fact), (Fact::Hour(_), Fact::Hour(_)));
        let between = held.text.get(from.span.end..to.span.start);
        kind && between.is_some_and(|between| THROUGH.is_match(between))
    };
    let facts = held.facts.windows(2).enumerate();
    facts.filter(|(_, two)| linked(two)).map(|(at, _)| at).collect()
}

/// What a reference is one of: « délib » of « délib 2026-71 ».
fn reference(held: &Sentence<'_>, fact: usize) -> Option<String> {
    matches!(held.facts[fact].fact, Fact::Reference(_)).then_some(())?;
    let found = REFERENCE.captures(before(held, fact))?;
    Some(fold(&found["what"]).chars().take(5).collect())
}
