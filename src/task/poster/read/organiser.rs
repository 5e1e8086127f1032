//! Who puts the poster up: named in the first line, in a line of its own, by its address alone, or
//! by the office sheet.

use super::Reader;
use crate::reading::{fold, pattern, words};
use crate::task::letter::address::street_name;
use crate::task::poster::record::{BlockKind, Line};
use crate::task::wording;

impl Reader<'_> {
    /// « organisé par le comité des fêtes, 3 rue du Lavoir ».
    pub(super) fn organiser(&mut self, text: &str) {
        let text = text.trim().trim_start_matches([':', ' ']);
        let printed = PRINTED_TOO.find(text);
        if let Some(printed) = printed {
            self.poster.printed_in_house = super::IN_HOUSE.is_match(printed.as_str());
        }
        let text = text.get(..printed.map_or(text.len(), |p| p.start())).unwrap_or(text);
        if let Some(others) = OWN_TOWN.captures(text)
            && let Some(own) = self.own_office()
        {
            let others = others.name("others").map_or("", |m| m.as_str().trim());
            let others = wording::clean(&others.replacen("+ ", "et ", 1));
            let link = if others.is_empty() { "" } else { ", " };
            self.poster.organiser = Some(format!("{own}{link}{others}"));
            return;
        }
        let own = self.office.organisme.nom.as_deref().map(fold);
        let own = own.as_deref().map(without_article);
        let bare = fold(text);
        let bare = without_article(&bare);
        // « organisé par nous », « organisé par » the body of the sheet.
        if bare.is_empty() || own == Some(bare) {
            self.poster.organiser = self.own_office();
            return;
        }
        let (head, more) = text.split_once(',').unwrap_or((text, ""));
        if self.is_own(head) && !STREET.is_match(more) {
            let own = self.own_office().unwrap_or_default();
            self.poster.organiser = Some(format!("{own}, {}", wording::clean(more)));
            return;
        }
        let text = super::proper(&wording::clean(text));
        let text =
            match self.office.organisme.nom.as_deref().and_then(|n| n.split(['-', ' ']).next()) {
                Some(town) if town.len() > 3 => {
                    pattern(&format!(r"(?i)\b{}\b", regex::escape(town)))
                        .replace_all(&text, town)
                        .into_owned()
                }
                _ => text,
            };
        let text = ["le ", "la ", "les ", "l'", "l’"]
            .iter()
            .find_map(|a| text.strip_prefix(a))
            .unwrap_or(&text)
            .to_owned();
        // « VC Merle, 3 rue Basse avec la commune »: who else stands after the address.
        let (text, with) =
            match JOINED.find(&text).filter(|tail| STREET.is_match(&text[..tail.start()])) {
                Some(tail) => (
                    text[..tail.start()].to_owned(),
                    format!(", {}", tail.as_str().trim().to_lowercase()),
                ),
                None => (text, String::new()),
            };
        let named = match STREET.find(&text).map(|m| m.start()) {
            Some(place) => {
                let (name, street) = text.split_at(place);
                let name = name.trim().trim_end_matches(',');
                // The sheet knows how the name is written.
                let own = self.office.organisme.nom.as_deref().filter(|_| self.is_own(name));
                self.at(own.unwrap_or(name), street)
            }
            None => text,
        };
        self.poster.organiser = Some(wording::capital(&named) + &with);
    }

    /// « c'est l'amicale qui organise », « le club organise »; whether the line was that.
    pub(super) fn organises(&mut self, line: &str) -> bool {
        words!(
            WHO_DOES,
            r"(?i)^c['’ ]?est (?P<who>\p{L}.*?) qui (?:l['’])?(?:organise(?:nt)?|propose(?:nt)?|invite(?:nt)?|porte(?:nt)?)\b(?P<a>[^.;]*)\.?$|^(?P<body>(?:(?:le |la |les |l['’])?(?:comit[ée]|association|asso|amicale|club|foyer|APE|APEL|parents|soci[ée]t[ée]|commune|mairie)\b)[^,.;]{0,60}?) (?:l['’])?organise(?:nt)?\b(?P<b>[^.;]*)\.?$"
        );
        let Some(found) = WHO_DOES.captures(line) else { return false };
        let part = |name: &str| found.name(name).map_or("", |part| part.as_str());
        let who = if part("who").is_empty() { part("body") } else { part("who") };
        let more = [part("a"), part("b")].concat();
        let address = more.trim_start_matches([',', ' ', ':']);
        if !address.is_empty() && !STREET.is_match(address) {
            return false;
        }
        self.organiser(format!("{who}, {address}").trim_end_matches([',', ' ']));
        self.unaddressed = address.is_empty();
        true
    }

    /// A street on the line after the organiser is its address.
    pub(super) fn its_address(&mut self, line: &str) -> bool {
        let open = std::mem::take(&mut self.unaddressed);
        let Some(street) = STREET.find(line).filter(|street| open && street.start() == 0) else {
            return false;
        };
        let Some(named) = self.poster.organiser.take() else { return false };
        let street = IN_TOWN.replace(street.as_str().trim_end_matches('.'), ", ${town}");
        let town = street.contains(',');
        let told = if town { format!("{named}, {street}") } else { self.at(&named, &street) };
        self.poster.organiser = Some(told);
        true
    }

    /// « imprimerie Durbec, 3 rue Basse, Trévol »: who prints has to stand on the poster; whether
    /// the line said it.
    pub(super) fn printer(&mut self, line: &str, span: &crate::notes::Span) -> bool {
        words!(
            PRINTER,
            r"(?i)^(?:imprim[ée]e?s? par (?:l['’]|la |les? )?|impression\s*:\s*)?(?P<who>imprimerie\s+\p{L}.*?|(?-i:\p{Lu})[\p{L} ]+ imprimeurs?\b.*?)[. ]*$"
        );
        let Some(found) = PRINTER.captures(line) else { return false };
        self.poster.lines.push(Line {
            block: BlockKind::Contact,
            rank: 1,
            text: format!("Impression : {}", wording::capital(&found["who"])),
            span: span.clone(),
        });
        true
    }

    /// A line that is an address with its town: that of the organiser, with its name or without.
    pub(super) fn address(&mut self, line: &str) -> bool {
        let Some(found) = STREET.find(line).filter(|m| WITH_CODE.is_match(m.as_str())) else {
            return false;
        };
        let address = PRINTED_TOO.find(found.as_str()).map_or(found.as_str(), |printed| {
            self.poster.printed_in_house = super::IN_HOUSE.is_match(printed.as_str());
            let before = found.as_str().get(..printed.start()).unwrap_or_default();
            before.trim_end_matches([' ', ',', '-', '–', '('])
        });
        let before = line.get(..found.start()).unwrap_or_default();
        let before = ADDRESS_LABEL.replace(before.trim(), "");
        let before = before.trim().trim_end_matches([',', ':', ' ']).trim();
        if before.split_whitespace().count() > 8 || before.contains(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let name = match &self.named {
            // The first line may say more of the same name.
            Some(named) if fold(named).contains(&fold(before)) => named.clone(),
            _ if !before.is_empty() => before.to_owned(),
            _ => return false,
        };
        let named = self.at(&super::proper(&wording::clean(&name)), address);
        self.poster.organiser = Some(wording::capital(&named));
        true
    }

    /// The organiser of the first line, else the office whose sheet is used.
    pub(super) fn default_organiser(&mut self) {
        self.poster.organiser = match &self.named {
            Some(named)
                if !OWN_TOWN.is_match(named)
                    && !self.is_own(named)
                    && !self.is_own(&TOWN_HALL.replace(&fold(named), "")) =>
            {
                Some(wording::capital(&super::proper(&wording::clean(named))))
            }
            named => {
                let hall = named.as_deref().is_some_and(|named| fold(named).starts_with("mairie"));
                let own = self.own_office();
                if hall { own.map(|own| own.replacen("Commune ", "Mairie ", 1)) } else { own }
            }
        };
    }

    /// Whether a name is that of the sheet, whatever its capitals and its article.
    fn is_own(&self, name: &str) -> bool {
        let own = self.office.organisme.nom.as_deref().map(fold);
        own.is_some_and(|own| without_article(&own) == without_article(&fold(name)))
    }

    /// The office of the sheet, with its address.
    fn own_office(&self) -> Option<String> {
        let office = &self.office.organisme;
        let name = office.nom.as_deref()?;
        let town_hall = office.nature.as_deref() == Some("commune");
        let who = match office.of_name() {
            Some(of_town) if town_hall => format!("Commune {of_town}"),
            _ => name.to_owned(),
        };
        let town = office.code_postal.as_ref().filter(|_| town_hall);
        let street = office.adresse.as_ref().map(|street| format!(", {street}"));
        let town = town.filter(|_| street.is_some()).map(|code| format!(", {code} {name}"));
        Some(format!("{who}{}{}", street.unwrap_or_default(), town.unwrap_or_default()))
    }

    /// The name with its address, and the town of the sheet when the address has none.
    fn at(&self, name: &str, street: &str) -> String {
        let office = &self.office.organisme;
        let town = match (&office.code_postal, &office.nom) {
            (Some(code), Some(town))
                if !WITH_CODE.is_match(street) && office.nature.as_deref() == Some("commune") =>
            {
                format!(", {code} {town}")
            }
            _ => String::new(),
        };
        let street = CODE.replace(street.trim(), ", ${code} ");
        format!("{name}, {}{town}", street_name(&street))
    }
}

/// A folded name without the article before it.
fn without_article(name: &str) -> &str {
    let name = name.trim();
    let article = ["le ", "la ", "les ", "l'", "l’"].iter().find_map(|a| name.strip_prefix(a));
    article.unwrap_or(name)
}

words!(
    STREET,
    r"(?i)(?:\b\d{1,4}(?: bis| ter)?,? )\b(?:rue|avenue|place|chemin|impasse|route|all[ée]e|quai|boulevard)\b.*$"
);
words!(IN_TOWN, r"\s+à\s+(?P<town>\p{Lu}[\p{L}'’-]+)$");
words!(TOWN_HALL, r"^(?:mairie|commune|ville|municipalite)\s+(?:de\s+la\s+|des?\s+|du\s+|d['’])");
words!(JOINED, r"(?i),?\s+avec (?:le |la |les |l['’])\p{L}[^,]*$");
words!(PRINTED_TOO, r"(?i)[\s,;(]*\bimprim[ée].*$");
words!(WITH_CODE, r"\b\d{5} \p{L}");
words!(CODE, r",? (?P<code>\d{5}) ");
words!(
    ADDRESS_LABEL,
    r"(?i)^(?:(?:l['’])?asso(?:ciation)?|(?:notre )?adresse|si[èe]ge(?: social)?|le club|en bas|mentions?)\s*:?\s*$"
);
words!(
    OWN_TOWN,
    r"(?i)^(?:la |par la )?(?:commune|mairie|municipalit[ée]|ville)(?P<others> (?:et|avec|\+) .*)?$"
);

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::notes::Notes;
    use crate::office::Office;
    use crate::task::poster::read::read;

    fn organiser(lines: &str) -> Option<String> {
        let sheet = "[organisme]\nnom = \"Trévol\"\nnature = \"commune\"\ncode_postal = \"00120\"\nadresse = \"1 place Haute\"\n";
        let office = Office::parse(Path::new("fiche.toml"), sheet).unwrap();
        let notes = Notes::from_text(lines).unwrap();
        read(&notes, &office).0.organiser
    }

    #[test]
    fn the_body_of_the_sheet_has_its_address_whatever_it_is() {
        let sheet = "[organisme]\nnom = \"Les Joyeux Archers\"\nnature = \"association\"\nadresse = \"3 rue Basse, Trévol\"\n";
        let office = Office::parse(Path::new("fiche.toml"), sheet).unwrap();
        for lines in [
            "affiche tournoi\norganisé par nous les joyeux archers, imprimé par nos soins",
            "affiche tournoi\norganisé par nous",
            "affiche tournoi\nsamedi 5 juin 2027",
        ] {
            let notes = Notes::from_text(lines).unwrap();
            let told = read(&notes, &office).0.organiser;
            assert_eq!(told.as_deref(), Some("Les Joyeux Archers, 3 rue Basse, Trévol"), "{lines}");
        }
    }

    #[test]
    fn the_organiser_is_found_wherever_it_stands() {
        for (lines, expected) in [
            (
                "affiche loto / amicale des pompiers\nasso : 8 rue du Puits 00130 Merville",
                "Amicale des pompiers, 8 rue du Puits, 00130 Merville",
            ),
            (
                "affiche loto\nles amis du four 8 rue du Puits 00130 Merville",
                "Les amis du four, 8 rue du Puits, 00130 Merville",
            ),
            (
                "avis coupure de gaz\nlundi 7 juin 2027",
                "Commune de Trévol, 1 place Haute, 00120 Trévol",
            ),
            (
                "réunion publique\norganisée par la commune avec le cabinet Durbec",
                "Commune de Trévol, 1 place Haute, 00120 Trévol, avec le cabinet Durbec",
            ),
            (
                "affiche loto\norganisé par le foyer rural 2 rue Haute avec la mairie",
                "Foyer rural, 2 rue Haute, 00120 Trévol, avec la mairie",
            ),
            (
                "affiche loto\nc'est l'amicale du quai qui organise, 8 rue du Puits, 00130 Merville",
                "Amicale du quai, 8 rue du Puits, 00130 Merville",
            ),
            ("affiche loto\nle club des aînés organise", "Club des aînés"),
            ("affiche loto\norg : Foyer des jeunes", "Foyer des jeunes"),
            ("affiche loto, mairie de Trévol", "Mairie de Trévol, 1 place Haute, 00120 Trévol"),
            (
                "affiche loto\npar l'amicale Les Joyeux, école du Bourg",
                "Amicale Les Joyeux, école du Bourg",
            ),
            (
                "affiche loto\nen bas : Les Joyeux, 3 rue Basse, imprimé par nos soins",
                "Les Joyeux, 3 rue Basse, 00120 Trévol",
            ),
        ] {
            assert_eq!(organiser(lines).as_deref(), Some(expected), "{lines}");
        }
    }
}
