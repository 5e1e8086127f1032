//! Whom to call or write to: numbers that nobody has agreed to see printed, and those of the office
//! itself, which its sheet knows.

use super::Reader;
use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::date::is_month;
use crate::reading::name::is_first_name;
use crate::reading::{Fact, Found, facts, fold, words};

impl Reader<'_> {
    /// « au numéro habituel de la mairie », « le mail de l'asso »: what the sheet says it is.
    pub(super) fn own_contact(&self, line: &str) -> String {
        let office = &self.office.organisme;
        let commune = office.nature.as_deref() == Some("commune");
        let held = contacts(line);
        let mut out = line.to_owned();
        for found in OWN_CONTACT.captures_iter(line) {
            let who = found.name("hall").is_some();
            let mail = found.name("mail").is_some();
            // « pas le sien, mettre le fixe du club »: the number told is not for the page.
            let refused = REFUSED.is_match(line);
            let known = !refused && held.iter().any(|f| matches!(f.fact, Fact::Email(_)) == mail);
            let value = if mail { &office.courriel } else { &office.telephone };
            let (Some(value), false) = (value, who != commune || known) else { continue };
            let whole = &found[0];
            let bracketed = whole.starts_with('(');
            let before = line.split(whole).next().unwrap_or_default().trim_end();
            let said = if bracketed {
                format!("({value})")
            } else if fold(before).ends_with(" par") && mail {
                format!("courriel {value}")
            } else if mail || A_U.is_match(before) || before.ends_with(':') {
                value.clone()
            } else {
                format!("téléphone {value}")
            };
            out = out.replacen(whole, &said, 1);
        }
        let out = self.own_mail(&out);
        let out = SOMEBODYS_OWN.replace_all(&out, "${value}");
        AT_MAIL.replace_all(&out, "à ${value}").into_owned()
    }

    /// « contact mairie, tél + mail », « inscription par mail », where the notes write no address of
    /// anybody: those of the sheet.
    fn own_mail(&self, line: &str) -> String {
        let office = &self.office.organisme;
        let told = contacts(self.notes).iter().any(|f| matches!(f.fact, Fact::Email(_)));
        let mail = office.courriel.as_ref().filter(|mail| !told && !line.contains(*mail));
        let Some(mail) = mail else { return line.to_owned() };
        if let (Some(found), Some(phone)) = (BOTH_WAYS.captures(line), &office.telephone) {
            return format!("{}{phone}, {mail}", &found["label"]);
        }
        let phone = office.telephone.as_deref().filter(|phone| line.contains(*phone));
        let line = match AND_MAIL.find(line).filter(|_| phone.is_some()) {
            Some(found) => line.replacen(found.as_str(), &format!(" ou {mail}"), 1),
            None => line.to_owned(),
        };
        BY_MAIL.replace(&line, format!("${{by}} courriel ({mail})")).into_owned()
    }

    /// The line without a number or an address that its owner has not agreed to, and without the
    /// owner; nothing is left where it told nothing else.
    pub(super) fn withheld(&mut self, line: &str, span: &Span) -> String {
        let refused = REFUSED.find(line);
        let Some(mark) = refused.or_else(|| NOT_ASKED.find(line)) else { return line.to_owned() };
        let found = contacts(line);
        let before = found.iter().rfind(|held| held.span.end <= mark.start());
        let Some(held) = before.or(found.first()).map(|held| held.span.clone()) else {
            if refused.is_some() {
                self.unwilling.extend(people(line));
            }
            return line.to_owned();
        };
        if refused.is_some() {
            self.unwilling.extend(people(line));
        }
        let what = if refused.is_some() {
            "non imprimé, la personne ne le veut pas"
        } else {
            "non imprimé tant que la personne n'a pas donné son accord"
        };
        self.findings.push(Finding::check(
            FindingKind::PersonalData,
            Some(span.clone()),
            format!("Numéro ou adresse {what} : « {line} »"),
        ));
        let lead = if held.start < mark.start() { lead(line, held.start) } else { String::new() };
        let others = found.iter().find(|other| other.span.start > held.start.max(mark.start()));
        match others.and_then(|other| line.get(other.span.start..)) {
            Some(other) if lead.is_empty() => other.to_owned(),
            Some(other) => format!("{lead} : {other}"),
            None if LABEL_ALONE.is_match(&lead) => String::new(),
            None => lead,
        }
    }

    /// The text without first names, where the notes want nobody named.
    pub(super) fn unnamed(&self, text: &str) -> String {
        words!(
            SOMEBODY,
            r"(?P<before>^|[\s,(])(?:(?:avec|par|et|\+) )?(?P<who>\p{Lu}\p{Ll}+)(?P<after>\s*(?:\+|et)\s+|\b)"
        );
        if !self.nameless {
            return text.to_owned();
        }
        let out = SOMEBODY.replace_all(text, |found: &regex::Captures<'_>| {
            let named = is_first_name(&fold(&found["who"]));
            if named { found["before"].to_owned() } else { found[0].to_owned() }
        });
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Numbers of those who want them nowhere, wherever the notes told them.
    pub(super) fn without_unwilling(&mut self) {
        let unwilling = std::mem::take(&mut self.unwilling);
        for at in (0..self.poster.lines.len()).rev() {
            let line = &self.poster.lines[at];
            let named = unwilling.iter().any(|name| people(&line.text).contains(name));
            let Some(held) = contacts(&line.text).first().map(|held| held.span.clone()) else {
                continue;
            };
            if !named {
                continue;
            }
            let after = line.text.get(held.end..).unwrap_or_default().to_owned();
            let left = lead(&line.text, held.start);
            let left = if LABEL_ALONE.is_match(&left) { String::new() } else { left };
            self.findings.push(Finding::check(
                FindingKind::PersonalData,
                Some(line.span.clone()),
                format!(
                    "Numéro ou adresse non imprimé, la personne ne le veut pas : « {} »",
                    line.text
                ),
            ));
            let left = format!("{left}{after}");
            if left.split_whitespace().count() > 1 {
                self.poster.lines[at].text = left;
            } else {
                self.poster.lines.remove(at);
            }
        }
    }
}

fn contacts(text: &str) -> Vec<Found> {
    let mut found = facts(text);
    found.retain(|held| matches!(held.fact, Fact::Phone(_) | Fact::Email(_)));
    found
}

/// What stands before a number, without whose it is.
fn lead(line: &str, at: usize) -> String {
    let mut left = line.get(..at).unwrap_or_default().trim_end_matches(AROUND);
    while let Some(word) = left.rsplit([' ', '\'', '’']).next().filter(|word| !word.is_empty()) {
        let folded = fold(word.trim_matches(AROUND));
        let name = is_first_name(&folded) || word.starts_with(char::is_uppercase);
        if !(OF_OWNER.contains(&folded.as_str()) || name && !is_month(&folded)) {
            break;
        }
        left = left.get(..left.len() - word.len()).unwrap_or_default();
        left = left.trim_end_matches(AROUND).trim_end_matches(['\'', '’']);
    }
    // « contact : rose »: a name that is a word of the language too.
    match left.rsplit_once(':') {
        Some((label, who)) if who.split_whitespace().count() <= 2 && is_words(who) => {
            label.trim_end().to_owned()
        }
        _ => left.to_owned(),
    }
}

fn is_words(text: &str) -> bool {
    text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'))
}

/// Marks between what is said and a number.
const AROUND: [char; 8] = [' ', ',', ':', '-', '–', '—', '(', '.'];

/// Words between what is said and the owner of a number.
const OF_OWNER: [&str; 24] = [
    "a",
    "appeler",
    "aupres",
    "au",
    "aux",
    "avec",
    "chez",
    "d",
    "de",
    "dit",
    "donne",
    "du",
    "l",
    "la",
    "le",
    "mobile",
    "numero",
    "par",
    "portable",
    "sur",
    "tel",
    "telephone",
    "voir",
    "",
];

/// First names of a text.
fn people(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphabetic() && c != '-').map(fold);
    words.filter(|word| word.len() > 2 && is_first_name(word)).collect()
}

words!(
    OWN_CONTACT,
    r"(?i)\(?\b(?:(?P<mail>adresse mail|mails?|e-?mail|courriel)|t[ée]l(?:[ée]phone)?\.?|num[ée]ro|n°|(?:t[ée]l[ée]phone\s+)?fixe|ligne|standard)\s+(?:habituel(?:le)? )?(?:de (?:la |l['’])|du |d['’]|de )?(?:(?P<hall>mairie|secr[ée]tariat|commune)|l['’]?asso(?:ciation)?|asso(?:ciation)?|club|comit[ée]|amicale|foyer)\b(?:\s*\((?:num[ée]ro |adresse )?habituel(?:le)?\)|\s+habituel(?:le)?)?\)?"
);
words!(
    BOTH_WAYS,
    r"(?i)^(?P<label>\W*(?:contacts?|renseignements?|infos?|inscriptions?|r[ée]servations?)\s*:?\s*)(?:(?:[àa] )?(?:la |l['’]|le )?(?:mairie|asso\w*|club|comit[ée]|secr[ée]tariat|amicale|foyer)\W+)?(?:par )?(?:t[ée]l\.?|t[ée]l[ée]phone)\s*(?:\+|et|ou|,|/)\s*(?:par |le )?(?:e-?mails?|mails?|courriel)\W*$"
);
words!(AND_MAIL, r"(?i)\s*(?:\+|\bet\b|\bou\b|,)\s*(?:le |l['’]|par )?(?:e-?mail|mail|courriel)\b");
words!(BY_MAIL, r"(?i)\b(?P<by>par) (?:e-?mail|mail|courriel)\b");
words!(AT_MAIL, r"\b[Aa]u (?P<value>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)");
words!(A_U, r"(?i)(?:^|[^\p{L}])au$");
words!(SOMEBODYS_OWN, r"\b(?:[Ll]e|[Ll]a|[Ll]'|[Ll]’)\s*(?P<value>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)");
words!(
    REFUSED,
    r"(?i)(?:\bn(?:e |['’]))?(?:en )?\bveu(?:t|lent) (?:plus|pas)\b[^.;]{0,30}\b(?:affiches?|num[ée]ro|t[ée]l\w*|portable|mail|adresse|imprim\w+|mette|donne|voie?)\b|\bn['’]en veu(?:t|lent) (?:plus|pas)\b|\bpas d['’]accord pour (?:qu|le|la|son|donner|mettre)|\b(?:plus|pas) sur les? affiches?\b"
);
words!(
    NOT_ASKED,
    r"(?i)\b(?:demander|redemander|demande|voir avec)\b[^,;()]{0,30}\b(?:si|s['’])\b[^,;()]{0,40}|\bpas (?:encore )?(?:demand[ée]|eu)\b[^,;()]{0,30}\b(?:si|accord|ok|num[ée]ro)\b|\bsi (?:elle|il|on) (?:veut bien|peut (?:l[ea] |l['’]|les )?(?:mettre|imprimer|donner|afficher)|est d['’]accord)|\b(?:attend\w*|faut) son (?:ok|accord)\b|\b(?:pas|sans) (?:encore )?(?:son|leur) (?:ok|accord)\b|\bpas s[ûu]re? qu['’]?(?:il|elle) (?:veuille|accepte|soit)\b|\bvoir s['’](?:il|elle) (?:veut|est|accepte)\b|\b(?:pas|jamais) (?:encore )?(?:au courant|dit oui|r[ée]pondu)\b|\bsait pas (?:encore )?(?:qu|si)"
);
words!(
    LABEL_ALONE,
    r"(?i)^\W*(?:(?:le|la|les|au|du|de|et|ou|par|chez|contacts?|inscriptions?|r[ée]servations?|renseignements?|infos?|t[ée]l\w*\.?|portable|num[ée]ro|mail|courriel)\W*)*$"
);

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::notes::Notes;
    use crate::office::Office;
    use crate::task::poster::read::read;

    fn lines(told: &str) -> (Vec<String>, String) {
        let sheet = "[organisme]\nnom = \"Le Fil\"\nnature = \"association\"\ntelephone = \"05 36 49 00 11\"\ncourriel = \"nous@lefil.example\"\n";
        let office = Office::parse(Path::new("fiche.toml"), sheet).unwrap();
        let notes = Notes::from_text(&format!("affiche loto\nsamedi 5 juin 2027\n{told}")).unwrap();
        let (poster, findings) = read(&notes, &office);
        let said: Vec<String> = findings.into_iter().map(|f| f.message).collect();
        (poster.lines.into_iter().map(|line| line.text).collect(), said.join("\n"))
    }

    #[test]
    fn a_number_is_printed_with_the_consent_of_its_owner_only() {
        for (told, left) in [
            ("inscription chez Odile 06 39 98 00 11 (elle est d'accord pour le mettre)", true),
            ("Odile 06 39 98 00 11 (lui demander si elle veut bien)", false),
            ("le portable d'Odile : elle n'en veut plus sur les affiches (06 39 98 00 11)", false),
            ("contact Odile 06 39 98 00 11, pas encore demandé si on peut l'imprimer", false),
            ("inscription Odile 06 39 98 00 11\nOdile veut pas qu'on donne son portable", false),
            ("Odile 06 39 98 00 11, on n'a pas son accord", false),
            ("Odile 06 39 98 00 11 (voir si elle veut bien)", false),
            ("Odile 06 39 98 00 11, elle ne sait pas encore qu'on le met", false),
            ("contact : Odile 06 39 98 00 11, attendre son accord", false),
            ("renseignements : 05 36 49 00 22", true),
        ] {
            let (lines, said) = lines(told);
            assert_eq!(lines.iter().any(|line| line.contains(" 00 ")), left, "{told}: {lines:?}");
            assert!(left || !lines.iter().any(|line| line.contains("Odile")), "{lines:?}");
            assert!(left || said.contains("06 39 98 00 11"), "{said}");
        }
    }

    #[test]
    fn what_stands_beside_a_withheld_number_stays() {
        let (told, _) = lines(
            "inscription avant le 3 juin chez Odile 06 39 98 00 11 (faut que je lui demande si on peut l'imprimer) sinon le mail de l'asso",
        );
        assert_eq!(told, ["Inscription avant le 3 juin : nous@lefil.example"]);
    }

    #[test]
    fn a_name_that_is_a_word_goes_with_its_number() {
        let (told, _) =
            lines("contact : rose 06 39 98 00 11 pas encore son accord, sinon nous@lefil.example");
        assert_eq!(told, ["Contact : nous@lefil.example"]);
    }

    #[test]
    fn the_number_of_the_office_is_that_of_its_sheet() {
        for (told, printed) in [
            ("réservation au numéro de l'asso", "Réservation au 05 36 49 00 11"),
            ("réservation au club (tél du club)", "Réservation au club (05 36 49 00 11)"),
            ("infos par mail asso", "Infos par courriel nous@lefil.example"),
            ("infos au tél de la mairie", "Infos au téléphone de la mairie"),
        ] {
            assert_eq!(lines(told).0, [printed], "{told}");
        }
    }
}
