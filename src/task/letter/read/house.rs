//! Who writes and to whom, where the notes say it in a line of their own words rather than by a
//! label: « nous = la chorale, 3 rue Basse 00120 Merville », « mail aux directeurs d'écoles ».

use super::{Reader, Slot};
use crate::finding::{Finding, FindingKind};
use crate::french;
use crate::notes::Span;
use crate::office::Office;
use crate::reading::{Fact, facts, pattern, words};
use crate::task::letter::address::street_name;
use crate::task::letter::record::Sender;
use crate::task::wording;

impl Reader<'_> {
    /// « nous = … »: the sender, when no sheet names it. Whether the line was that.
    pub(super) fn house(&mut self, line: &str) -> bool {
        let by_name = BY_NAME.captures(line.trim()).filter(|_| self.letter.sender.name.is_none());
        let Some(found) = WE.captures(line.trim()).or(by_name) else { return false };
        let mut text = found["who"].to_owned();
        let sender = &mut self.letter.sender;
        for fact in facts(&found["who"]).into_iter().rev() {
            match fact.fact {
                Fact::Phone(number) => sender.phone = Some(number),
                Fact::Email(address) => sender.email = Some(address),
                _ => continue,
            }
            text.replace_range(fact.span, "");
        }
        sender.administration = ADMINISTRATION.is_match(&text);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = text.trim_matches([',', ' ', ';']);
        match POSTAL.captures(text) {
            Some(postal) => {
                let name = postal["name"].trim().trim_end_matches(',');
                let town = wording::capital(postal["town"].trim().trim_end_matches(','));
                sender.name = Some(wording::capital(&french::restored(name)));
                sender.address = vec![
                    street_name(postal["street"].trim().trim_end_matches(',')),
                    format!("{} {town}", &postal["code"]),
                ];
                sender.place.get_or_insert(town);
            }
            None => sender.name = Some(wording::capital(text)),
        }
        true
    }

    /// « mairie de Trévol, 1 place Haute, 00120 » beside who signs: the sender, when no sheet names
    /// it. Whether the text was that.
    pub(super) fn own_house(&mut self, text: &str) -> bool {
        let sender = &mut self.letter.sender;
        let Some(found) = TOWN_HALL.captures(text).filter(|_| sender.name.is_none()) else {
            return false;
        };
        let town = found["town"].trim();
        sender.name = Some(wording::capital(found["name"].trim()));
        sender.address =
            vec![found["street"].trim().to_owned(), format!("{} {town}", &found["code"])];
        sender.place.get_or_insert_with(|| town.to_owned());
        sender.administration = true;
        true
    }

    /// Takes out of the first line to whom it goes, when it goes to many, or who wrote before.
    pub(super) fn addressees(&mut self, line: &str, span: &Span) -> String {
        let line = LIST_AT.replace_all(line, "").into_owned();
        if let Some(found) = TO_MANY.captures(&line)
            && self.letter.recipient.block().is_empty()
        {
            let who = wording::capital(&wording::clean(&found["who"]));
            self.letter.recipient.organisation = Some(who);
            return found["about"].to_owned();
        }
        if let Some(found) = WROTE.captures(&line)
            && self.letter.recipient.block().is_empty()
        {
            self.letter.recipient.name = Some(found["name"].to_owned());
            self.line(
                &format!(
                    "son {}",
                    found[0].trim().replacen(&format!("de {} ", &found["name"]), "", 1)
                ),
                Some(Slot::Incoming),
                span.clone(),
            );
            return line.replacen(&found[0], "", 1);
        }
        self.correspondent(line)
    }

    /// « mail a anne roy » with « anne.roy@x.example » below: who is written to, in small letters.
    fn correspondent(&mut self, line: String) -> String {
        if !self.letter.recipient.block().is_empty() {
            return line;
        }
        let named = self.correspondents.iter().find_map(|name| {
            let to = pattern(&format!(r"(?i)\s+(?:a|à|pour) {}\b", regex::escape(name)));
            Some((name.clone(), to.find(&line)?.range()))
        });
        let Some((name, place)) = named else { return line };
        let name = name.split(' ').map(wording::capital).collect::<Vec<_>>().join(" ");
        self.letter.recipient.name = Some(name);
        let mut line = line;
        line.replace_range(place, "");
        line
    }

    /// A line that is nothing but the address of who is written to. Whether it was.
    pub(super) fn own_address(&mut self, line: &str, span: &Span) -> bool {
        let text = line.trim();
        let Some(name) = self.letter.recipient.name.clone() else { return false };
        if correspondents(text) != [name.to_lowercase()] || text.contains(char::is_whitespace) {
            return false;
        }
        self.findings.push(Finding::info(
            FindingKind::LeftOut,
            Some(span.clone()),
            format!("Adresse du destinataire, pour l'envoi : « {text} »"),
        ));
        true
    }
}

/// Who writes, as the sheet says it.
pub(super) fn sender(office: &Office) -> Sender {
    let body = &office.organisme;
    let town_hall = body.nature.as_deref() == Some("commune");
    let mut address: Vec<String> = body.adresse.iter().cloned().collect();
    if let (Some(code), Some(town)) = (&body.code_postal, &body.nom)
        && town_hall
    {
        address.push(format!("{code} {town}"));
    }
    let name = match body.of_name() {
        Some(of_town) if town_hall => Some(format!("Mairie {of_town}")),
        _ => body.nom.clone(),
    };
    Sender {
        name,
        address,
        phone: body.telephone.clone(),
        email: body.courriel.clone(),
        place: office.courrier.lieu.clone().or_else(|| body.nom.clone().filter(|_| town_hall)),
        administration: body.nature.as_deref() != Some("association"),
    }
}

/// The names that electronic addresses spell: « anne.roy@x.example » gives « anne roy ».
pub(super) fn correspondents(notes: &str) -> Vec<String> {
    let found = facts(notes).into_iter().filter_map(|found| match found.fact {
        Fact::Email(address) => {
            let (given, surname) = address.split_once('@')?.0.split_once('.')?;
            let name = |part: &str| part.len() > 1 && part.chars().all(|c| c.is_alphabetic());
            (name(given) && name(surname)).then(|| format!("{given} {surname}").to_lowercase())
        }
        _ => None,
    });
    found.collect()
}

words!(WE, r"(?i)^(?:nous|exp[ée]diteur|[ée]metteur)\s*[=:]\s*(?P<who>\S.+)$");
// « de l'asso les Joyeux Archers, 3 rue Basse 00120 Trévol »
words!(
    BY_NAME,
    r"(?i)^(?:de(?:\s+la\s+part\s+de)?|exp[ée]diteur|exp\.?)\s*:?\s+(?:l['’]|la\s+|le\s+)?(?:asso(?:ciation)?\.?\s+)?(?P<who>\S.*\b\d{5}\s+\p{L}.+)$"
);
words!(
    ADMINISTRATION,
    r"(?i)\b(?:mairie|commune|communaut[ée] de communes|m[ée]tropole|d[ée]partement|r[ée]gion|pr[ée]fecture|syndicat (?:mixte|intercommunal)|ccas)\b"
);
words!(
    POSTAL,
    r"^(?P<name>.+?),? (?P<street>\d{1,4}(?: bis| ter)?,? \p{L}.*?),? (?P<code>\d{5}) (?P<town>\p{L}.*)$"
);
words!(
    TOWN_HALL,
    r"^(?P<name>[Mm]airie (?:de |d['’]|du )(?P<town>\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*)*)), (?P<street>\d[^,]*), (?P<code>\d{5})\b"
);
words!(
    TO_MANY,
    r"(?i)^(?P<about>.+?),\s*(?:mails?|courriels?|lettres?|courriers?)\s+(?P<who>(?:aux|[àa] tou(?:s|tes)) .+)$"
);
words!(LIST_AT, r"(?i)\s*\((?:la )?listes? [^)]*\)");
words!(
    WROTE,
    r"\b(?P<what>[Mm]ail|[Cc]ourriel|[Cc]ourrier|[Ll]ettre|[Mm]essage) de (?P<name>\p{Lu}[\p{L}-]+ \p{Lu}[\p{L}'’-]+) du \d{1,2}(?:er)? \p{L}+(?: \d{4})?"
);
