//! What the notes move later on: one of several days (« le jonglage passe au 18 »), or the place,
//! with the reason (« toit en travaux : on se met sous la halle »).

use std::collections::HashSet;

use super::fields::PLACE;
use super::{Reader, sessions, shape};
use crate::notes::Span;
use crate::reading::remark::{self, Remark};
use crate::reading::{Fact, PartialDate, facts, fold, words};
use crate::task::{aside, wording};

impl Reader<'_> {
    /// A session whose day is another; whether the line said so.
    pub(super) fn moved_session(&mut self, line: &str, span: &Span) -> bool {
        let Some(mark) = SHIFTED.find(line).filter(|_| !WEATHER.is_match(line)) else {
            return false;
        };
        let after = line.get(mark.end()..).unwrap_or_default();
        let Some(new) = first_day(after) else { return false };
        let before = line.get(..mark.start()).unwrap_or_default();
        let Some(at) = self.meant(before) else { return false };
        let new = self.reference.map_or(new, |day| new.with_year(day.year()));
        self.wrong_weekday(new, span);
        let old = std::mem::replace(&mut self.sessions[at].session.date, new);
        let what = format!("{} au lieu de {}", new.to_french(), old.to_french());
        self.findings.push(aside::correction(&what, line, span.clone()));
        true
    }

    /// The one session that the words before a new day name, by its day or by what happens.
    fn meant(&self, said: &str) -> Option<usize> {
        let words = sessions::told_words(said);
        let numbers: Vec<i8> =
            said.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        let only = |found: Vec<usize>| if let [one] = found[..] { Some(one) } else { None };
        let all = || self.sessions.iter().enumerate();
        let shared = |told: &sessions::Told| {
            let label = told.session.label.as_deref().unwrap_or_default();
            sessions::told_words(label).intersection(&words).count()
        };
        let named = all().filter(|(_, told)| shared(told) > 0).map(|(at, _)| at).collect();
        let dated = all()
            .filter(|(_, told)| told.session.date.day.is_some_and(|day| numbers.contains(&day)))
            .map(|(at, _)| at)
            .collect();
        only(named).or_else(|| only(dated))
    }

    /// « chauffage en panne : on va dans la grande salle »: the place with its new room; whether
    /// the line moves the event.
    pub(super) fn moved_in(&mut self, line: &str, span: &Span) -> bool {
        let Some(found) = GOES_TO.captures(line).filter(|_| !WEATHER.is_match(line)) else {
            return false;
        };
        let old = self.poster.place.clone();
        let Some(new) = found.name("new").or(found.name("direct")) else { return false };
        let new =
            super::corrections::STREET_ASIDE.replace_all(new.as_str(), ", ${street}").into_owned();
        let bare = super::trim::BRACKETS.replace_all(&new, "").trim().to_owned();
        if !(PLACE.is_match(&bare) || ROOM.is_match(&bare)) {
            return false;
        }
        let named = place_name(&bare);
        let place = old.as_deref().map_or(named.clone(), |old| in_place_of(old, &named));
        let what = old.map_or(place.clone(), |old| format!("{place} au lieu de {old}"));
        self.findings.push(aside::correction(&what, line, span.clone()));
        self.poster.place = Some(place);
        for inside in super::trim::BRACKETS.find_iter(&new) {
            let inside = inside.as_str().trim_matches(['(', ')']);
            for clause in remark::clauses(inside) {
                if shape::ACCESS.is_match(clause) {
                    self.push(clause, span, false);
                } else {
                    self.findings.push(aside::finding(Remark::Internal, clause, span.clone()));
                }
            }
        }
        true
    }
}

/// The place with another room, or the new place alone.
pub(super) fn in_place_of(old: &str, new: &str) -> String {
    let rooms =
        |text: &str| ROOM.find_iter(text).map(|room| fold(room.as_str())).collect::<Vec<_>>();
    let wanted = rooms(new);
    let mut clauses: Vec<&str> = remark::clauses(old).into_iter().map(str::trim).collect();
    let same = |held: &&str| rooms(held).iter().any(|room| wanted.contains(room));
    let Some(at) = clauses.iter().position(same).filter(|at| *at > 0) else {
        return new.to_owned();
    };
    clauses[at] = new;
    clauses.join(", ")
}

/// A place as it is printed; one that is shouted in small letters.
pub(super) fn place_name(said: &str) -> String {
    let told: Vec<String> = remark::clauses(said)
        .into_iter()
        .map(|clause| {
            let shouted = !clause.chars().any(char::is_lowercase);
            if shouted { clause.to_lowercase() } else { clause.to_owned() }
        })
        .collect();
    shape::proper(&wording::clean(&told.join(",")))
}

/// The words of a text that say something.
pub(super) fn words_of(text: &str) -> HashSet<String> {
    let words = fold(text);
    let words = words.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 3);
    words
        .filter(|word| {
            !matches!(*word, "finalement" | "euros" | "pour" | "plus" | "moins" | "avec")
        })
        .map(|word| word.trim_end_matches('s').to_owned())
        .collect()
}

fn first_day(text: &str) -> Option<PartialDate> {
    facts(text).into_iter().find_map(|found| match found.fact {
        Fact::Date(date) if date.day.is_some() => Some(date),
        _ => None,
    })
}

words!(
    SHIFTED,
    r"(?i)\b(?:passe(?:nt|ra|e)?|pass[ée]e?s?|report[ée]e?s?|d[ée]cal[ée]e?s?|avanc[ée]e?s?|repouss[ée]e?s?|d[ée]plac[ée]e?s?|remise?s?|change(?:nt)? pour)\s+(?:au|[àa]|le|pour le|(?:finalement|plut[ôo]t) (?:au|le))\s+"
);
words!(
    WEATHER,
    r"(?i)\b(?:si|en cas de|s['’]il) (?:pluie|pleut|[çc]a|il|mauvais|orage|intemp|beau)"
);
words!(
    GOES_TO,
    r"(?i)\b(?:en panne|en travaux|pris(?:e|es)?|ferm[ée]e?s?|occup[ée]e?s?|inond[ée]e?s?|indisponibles?|trop petite?s?|cass[ée]e?s?|pas libres?|plus libres?|r[ée]serv[ée]e?s?|pas chauff[ée]e?s?|[àa] sec|gel[ée]e?|fissur[ée]e?)\b(?:[^=>→]*?[=–-]*(?:>|→)\s*(?:(?:plut[ôo]t|finalement|donc) )*(?:au |[àa] la |[àa] l['’]|dans la )?(?P<direct>\S.*)$|.*?[:,;.>–-]\s*(?:donc |du coup |alors )*(?:on (?:se met|va|sera|s['’]installe|fait [çc]a|d[ée]m[ée]nage|bascule|passe|se retrouve)|[çc]a se (?:fera|passe|passera)|ce sera|rendez-vous)\s+(?:plut[ôo]t |finalement )?(?:au |[àa] la |[àa] l['’]|[àa] |en |dans (?:la |le |l['’])|sous (?:la |le |l['’])|sur (?:la |le |l['’]))(?P<new>\S.*)$)"
);
words!(
    ROOM,
    r"(?i)\b(?:salle|[ée]tage|rez-de-chauss[ée]e|hall|pr[ée]au|cour|sous-sol|grange|chapiteau)\b"
);

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::notes::Notes;
    use crate::office::Office;
    use crate::task::poster::read::read;

    #[test]
    fn a_place_moves_with_its_street_and_a_room_within_its_house() {
        let office = Office::parse(Path::new("fiche.toml"), "").unwrap();
        for (told, place) in [
            (
                "lieu : maison des jeunes, 3 quai Vert, petite salle\nchauffage en panne : on va dans la grande salle",
                "maison des jeunes, 3 quai Vert, grande salle",
            ),
            (
                "salle Rameau\nnon, salle prise par le judo => grange du Bief, chemin des Moines",
                "grange du Bief, chemin des Moines",
            ),
            (
                "salle Rameau\nfinalement halle aux grains, place du Marché",
                "halle aux grains, place du Marché",
            ),
            ("salle Rameau\nfinalement HALLE AUX GRAINS, Trévol", "halle aux grains, Trévol"),
            (
                "salle Rameau\nfinalement au verger du Puits (rue Basse), la salle est prise",
                "verger du Puits, rue Basse",
            ),
            (
                "salle Rameau\nchangement : gymnase des Tilleuls au lieu de la salle",
                "gymnase des Tilleuls",
            ),
            (
                "étang des Joncs\nl'étang est à sec => étang du Bief, route de Trévol",
                "étang du Bief, route de Trévol",
            ),
            ("salle Rameau\nen cas de pluie on va au gymnase", "salle Rameau"),
        ] {
            let text = format!("affiche loto\nsamedi 5 juin 2027 20h\n{told}");
            let notes = Notes::from_text(&text).unwrap();
            let notes = super::super::super::layout::prepared(&notes);
            let (poster, _) = read(&notes, &office);
            assert_eq!(poster.place.as_deref(), Some(place), "{told}");
            assert!(!poster.lines.iter().any(|line| line.text.contains("panne")));
        }
    }

    #[test]
    fn a_price_said_anew_takes_the_place_of_its_own() {
        let office = Office::parse(Path::new("fiche.toml"), "").unwrap();
        let text = "affiche repas\nsamedi 5 juin 2027 20h\n12 € adulte, 6 € enfant, boisson comprise\nfinalement 13 € l'adulte, la viande a augmenté";
        let (poster, findings) = read(&Notes::from_text(text).unwrap(), &office);
        let lines: Vec<&str> = poster.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines, ["13 € adulte, 6 € enfant, boisson comprise"]);
        assert!(findings.iter().any(|f| f.message.contains("au lieu de 12 €")), "{findings:?}");
    }

    #[test]
    fn one_of_several_days_is_another() {
        let office = Office::parse(Path::new("fiche.toml"), "").unwrap();
        for told in [
            "Zoé absente le 7 : la vannerie passe au mer. 9/06, même heure",
            "vannerie reportée au mercredi 9 juin",
            "celui du 7 est décalé au mercredi 9 juin 2027",
        ] {
            let text = format!(
                "affiche ateliers\nlun. 7/06/2027 14h-16h vannerie d'osier\nmar. 8/06/2027 14h-16h tissage\n{told}"
            );
            let (poster, findings) = read(&Notes::from_text(&text).unwrap(), &office);
            assert_eq!(poster.date.as_deref(), Some("mardi 8 et mercredi 9 juin 2027"), "{told}");
            let lines: Vec<&str> = poster.lines.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(lines, ["Mardi 8 juin : tissage", "Mercredi 9 juin : vannerie d'osier"]);
            assert!(findings.iter().any(|f| f.message.contains("au lieu de lundi 7 juin")));
        }
    }
}
