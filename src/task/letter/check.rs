//! What has to be looked at before a letter is signed: what its form asks for and nobody said, what
//! the notes say twice in two ways, a weekday that is not that of its date.

use std::collections::BTreeMap;

use super::address::Civility;
use super::purpose::asks_for_both;
use super::read::Item;
use super::record::{Form, Letter, Part, Purpose, Role, Silence, Tone};
use super::{formula, template, term, told};
use crate::finding::{Finding, FindingKind};
use crate::ground::arithmetic;
use crate::notes::Notes;
use crate::office::Office;
use crate::reading::amount::parse_cents;
use crate::reading::date::weekday_name;
use crate::reading::{Amount, Fact, PartialDate, facts, fold, words};
use crate::task::minutes::wrong_sums::{blank, one_value};
use crate::task::wording;

/// The parts of the body: clauses in the voices of the letter, without what is in doubt.
pub(super) fn parts(
    letter: &Letter,
    mut items: Vec<Item>,
    notes: &Notes,
    office: &Office,
    findings: &mut Vec<Finding>,
) -> Vec<Part> {
    let computed = arithmetic::check(notes, office);
    blank_wrong_sums(notes, &computed, &mut items);
    let wrong: Vec<Finding> =
        computed.into_iter().filter(|finding| finding.kind == FindingKind::Weekday).collect();
    for item in &mut items {
        item.text = without_wrong_weekday(&item.text, &wrong);
    }
    for item in &mut items {
        findings.extend(wrong_near_letter(letter, item));
    }
    findings.extend(disagreeing(&mut items));
    let mut parts = Vec::new();
    for role in Role::ALL {
        let mine = items.iter().filter(|item| item.role == role);
        let clauses: Vec<String> = mine.map(|item| voice(letter, role, &item.text)).collect();
        if !clauses.is_empty() {
            parts.push(Part { role, clauses, items: Vec::new() });
        }
    }
    parts
}

/// A total that does not come out is left to complete where the letter tells it.
fn blank_wrong_sums(notes: &Notes, computed: &[Finding], items: &mut [Item]) {
    for finding in computed.iter().filter(|finding| finding.kind == FindingKind::Sum) {
        let Some(span) = &finding.notes else { continue };
        let told = notes.text().get(span.clone()).and_then(one_value);
        let Some(wrong) = told.or_else(|| gross(&finding.message)) else { continue };
        for item in items.iter_mut() {
            if item.span.start <= span.start && span.end <= item.span.end {
                blank(&mut item.text, wrong);
            }
        }
    }
}

/// The price with its tax that no rate gives.
fn gross(message: &str) -> Option<u64> {
    let (_, told) = message.split_once("HT et ")?;
    let (gross, _) = told.split_once(" TTC ne vont")?;
    parse_cents(gross)
}

/// The clause in the voices of a letter: the sender is « nous », the recipient « vous ».
fn voice(letter: &Letter, role: Role, text: &str) -> String {
    let text = wording::to_sender(text);
    let text = MEET_ME.replace_all(&text, "prendre rendez-vous").into_owned();
    // « si empêchée : peut se faire représenter »
    if let Some(found) = PREVENTED.captures(&text) {
        let rest = found["rest"].replacen("se ", "vous ", 1);
        return format!("si vous êtes {}, vous pouvez {rest}", &found["state"]);
    }
    // In condolences « il », « elle » are whoever has died.
    let dead = letter.purpose == Purpose::Condolences
        && text
            .split(|c: char| !c.is_alphabetic())
            .any(|word| ["il", "elle"].contains(&word.to_lowercase().as_str()));
    // Who is neither of the recipient's gender nor the recipient: « Monsieur », « elle avait du talent ».
    let another = match letter.recipient.civility {
        Some(Civility::Monsieur) => speaks_of(&text, "elle"),
        Some(Civility::Madame) => speaks_of(&text, "il") && !IMPERSONAL.is_match(&text),
        _ => false,
    };
    if another && !matches!(role, Role::Request | Role::Question) {
        return text;
    }
    // Whoever is reminded is « il » in the notes: « il doit encore 40 € ».
    let reminded = letter.purpose == Purpose::Reminder
        && letter.recipient.name.is_some()
        && letter.recipient.title.is_none()
        && OF_THEM.is_match(&text);
    let theirs = letter.purpose.answers() || reminded || (letter.purpose.personal() && !dead);
    // Whoever asks a question asks the recipient.
    let wishes = text.to_lowercase().starts_with("qu");
    let theirs = theirs || (role == Role::Question && !wishes);
    // « on demande : leur plan »: what is asked belongs to whom it is asked of.
    let theirs = theirs
        || (role == Role::Request && (POSSESSIVE.is_match(&text) || BY_THEM.is_match(&text)));
    // « on lui demande si elle veut dire un mot »: of whoever is invited.
    let theirs = theirs || (letter.purpose == Purpose::Invitation && OF_GUEST.is_match(&text));
    if theirs && !matches!(role, Role::Reason | Role::Thanks) {
        wording::to_recipient(&text)
    } else {
        text
    }
}

fn speaks_of(text: &str, pronoun: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.eq_ignore_ascii_case(pronoun))
}

words!(
    OF_THEM,
    r"(?i)\b(?:il|elle)s? (?:doit|doivent|peut|peuvent|a|ont|n['’]a|n['’]ont|devra|pourra)\b|\bqu['’](?:il|elle)s? |\b(?:lui|leur) \p{L}+er\b"
);
words!(POSSESSIVE, r"(?i)^(?:leurs?|son|sa|ses) \p{L}");
words!(MEET_ME, r"(?i)\b(?:te|me|nous) prendre (?:un )?(?:rdv|rendez-vous)");
words!(
    PREVENTED,
    r"(?i)^si (?P<state>emp[êe]ch[ée]e?s?|absente?s?|indisponibles?|int[ée]ress[ée]e?s?)\s*[:,]\s*(?:(?:elle|il)s? )?peu(?:t|vent) (?P<rest>.+)$"
);
words!(BY_THEM, r"(?i)\bpar leurs? \p{L}");
words!(
    OF_GUEST,
    r"(?i)\b(?:lui|leur) (?:demand|propos|r[ée]serv|laiss|offr)\p{L}+|\bs(?:i |['’])(?:elle|il)s? (?:peu[tx]|veu[tx]|souhaite|d[ée]sire|pr[ée]f[èe]re)"
);
words!(
    IMPERSONAL,
    r"(?i)\bil (?:n['’]?e? ?)?(?:y a|faut|faudra|reste|manque|est (?:possible|pr[ée]vu|n[ée]cessaire)|s['’]agit)\b"
);

/// The text without a weekday that is not that of its date.
fn without_wrong_weekday(text: &str, wrong: &[Finding]) -> String {
    let mut out = text.to_owned();
    for found in facts(text) {
        let Fact::Date(date @ PartialDate { weekday: Some(_), .. }) = found.fact else { continue };
        let bare = PartialDate { weekday: None, ..date }.to_french();
        if wrong.iter().any(|finding| finding.message.contains(&bare)) {
            let written = text.get(found.span).unwrap_or_default();
            out = out.replacen(written, &bare, 1);
        }
    }
    out
}

/// A weekday that is not that of its date in the year of the letter, where the date bears no year of
/// its own: said, and left out.
fn wrong_near_letter(letter: &Letter, item: &mut Item) -> Vec<Finding> {
    let Some(written) = letter.date.as_deref().and_then(term::civil) else { return Vec::new() };
    let mut findings = Vec::new();
    for found in facts(&item.text.clone()).into_iter().rev() {
        let Fact::Date(date) = found.fact else { continue };
        let near = date.near(written);
        let (None, Some(right)) = (date.year, near.wrong_weekday()) else { continue };
        let bare = PartialDate { weekday: None, ..date }.to_french();
        findings.push(Finding::check(
            FindingKind::Weekday,
            Some(item.span.clone()),
            format!(
                "Le {} est un {} : jour non imprimé, vérifiez la date",
                PartialDate { weekday: None, ..near }.to_french(),
                weekday_name(right)
            ),
        ));
        item.text.replace_range(found.span, &format!("le {bare}"));
        item.text = item.text.replace("le le ", "le ");
    }
    findings
}

/// The same thing with two prices: both are left to complete.
fn disagreeing(items: &mut [Item]) -> Vec<Finding> {
    let mut prices: BTreeMap<String, Vec<(usize, String, Amount)>> = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        for found in facts(&item.text) {
            let Fact::Amount(amount) = found.fact else { continue };
            let before = item.text.get(..found.span.start).unwrap_or_default();
            let after = item.text.get(found.span.end..).unwrap_or_default().trim_start();
            let words: Vec<&str> = before
                .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
                .filter(|word| !word.is_empty())
                .collect();
            let linking = ["de", "à", "est", "a", "fixée", "fixé", "soit", "la", "le"];
            let thing = words.iter().rev().find(|word| !linking.contains(word));
            // « 8 € par jour », « 40 € pour les habitants » are prices of their own.
            let plain = after.is_empty() || after.starts_with([',', ';', '.', ')', '(']);
            if let Some(thing) = thing.filter(|t| plain && t.chars().count() > 3) {
                let written = item.text.get(found.span.clone()).unwrap_or_default().trim();
                let entry = (index, written.to_owned(), amount);
                prices.entry(fold(thing)).or_default().push(entry);
            }
        }
    }
    let mut findings = Vec::new();
    for (thing, said) in prices {
        let [first, rest @ ..] = said.as_slice() else { continue };
        let same = |other: &Amount| other.cents == first.2.cents || other.tax != first.2.tax;
        if rest.iter().all(|(.., amount)| same(amount)) {
            continue;
        }
        let values: Vec<&str> = said.iter().map(|(_, written, _)| written.as_str()).collect();
        findings.push(Finding::check(
            FindingKind::Sum,
            items.get(rest.last().map_or(0, |last| last.0)).map(|item| item.span.clone()),
            format!(
                "« {thing} » : vos notes donnent deux montants ({}) ; laissé à compléter",
                values.join(" et ")
            ),
        ));
        for (index, written, _) in &said {
            if let Some(item) = items.get_mut(*index) {
                item.text = item.text.replacen(written.as_str(), &wording::blank("montant"), 1);
            }
        }
    }
    findings
}

/// What went in close to the notes because the model had nothing that holds.
pub(super) fn told_by_rule(clauses: &[String]) -> Finding {
    Finding::info(
        FindingKind::Prose,
        None,
        format!("Repris presque tel quel de vos notes, à relire : {}", clauses.join(" ; ")),
    )
}

/// What the user should know of the form and the tone.
pub(super) fn form_asked(
    asked: Option<Form>,
    letter: &Letter,
    notes: &Notes,
    findings: &mut Vec<Finding>,
) {
    let mut say = |message: String| {
        findings.push(Finding::info(FindingKind::LeftOut, None, message));
    };
    if asks_for_both(notes) {
        let (made, other) = match letter.form {
            Form::Letter => ("lettre", "courriel"),
            Form::Email => ("courriel", "lettre"),
        };
        say(format!(
            "Vos notes demandent une lettre et un courriel : voici le document en forme de {made} ; pour l'autre, ajoutez --forme {other}"
        ));
    } else if asked.is_none() && letter.form == Form::Letter {
        say(
            "Forme choisie d'après vos notes : lettre ; pour un courriel, ajoutez --forme courriel"
                .into(),
        );
    }
}

/// What the form requires and neither notes nor sheet hold.
pub(super) fn missing(letter: &Letter) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut need = |absent: bool, what: &str| {
        if absent {
            findings.push(Finding::check(
                FindingKind::Missing,
                None,
                format!("À compléter : {what}"),
            ));
        }
    };
    let on_paper = letter.form == Form::Letter;
    let recipient = &letter.recipient;
    let block = recipient.block();
    need(letter.date.is_none() && on_paper, "date de la lettre");
    need(template::subject(letter).is_none(), "objet");
    need(letter.signatory.name.is_none(), "nom et qualité du signataire");
    need(block.is_empty() && !recipient.several, "destinataire");
    need(!block.is_empty() && recipient.address.is_empty() && on_paper, "adresse du destinataire");
    need(
        recipient.name.is_some() && recipient.civility.is_none() && recipient.title.is_none(),
        &format!(
            "civilité du destinataire (Madame ou Monsieur) ; en attendant, « {}, »",
            formula::appeal(letter)
        ),
    );
    let says_something = letter.parts.iter().any(|part| !part.items.is_empty())
        || letter.purpose.answers()
        || letter.purpose.personal()
        || !letter.reminders.is_empty();
    need(!says_something, "le contenu : vos notes ne disent rien à écrire dans le corps");
    let office = letter.sender.administration;
    match letter.purpose {
        Purpose::Refusal => {
            need(letter.items(Role::Reason).is_empty(), "motifs du refus");
            need(
                office && letter.legal_ground.is_none(),
                "fondement juridique du refus (article de loi)",
            );
        }
        Purpose::Transfer => {
            need(letter.competent.is_none(), "administration à laquelle la demande est transmise");
        }
        Purpose::Acknowledgement => {
            need(letter.incoming.received.is_none(), "date de réception de la demande");
        }
        Purpose::Invitation => {
            let dated = letter
                .parts
                .iter()
                .flat_map(|part| &part.items)
                .any(|item| facts(item).iter().any(|f| matches!(f.fact, Fact::Date(_))));
            need(!dated, "date de l'événement");
        }
        _ => {}
    }
    if letter.remedies && office && !letter.urban_planning {
        need(letter.court.is_none(), "tribunal administratif compétent pour les recours");
    }
    findings.extend(legal(letter));
    findings
}

/// What the law leaves to the person who signs.
fn legal(letter: &Letter) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut say = |kind, message: String| findings.push(Finding::check(kind, None, message));
    if letter.remedies && letter.urban_planning {
        say(
            FindingKind::Missing,
            "Urbanisme : les voies et délais de recours y suivent des règles propres, à ajouter à la main".into(),
        );
    }
    if letter.purpose == Purpose::Acknowledgement && letter.sender.administration {
        let until = term::of_silence(letter)
            .map_or_else(|| "deux mois après la réception".into(), |day| format!("au {day}"));
        if letter.silence.is_none() {
            say(
                FindingKind::Missing,
                format!(
                    "À vous de choisir ce que vaut l'absence de réponse {until}. Soit « votre demande sera considérée comme rejetée » (avec les recours) : demande d'argent, réclamation ou recours, demande qui n'appelle pas de décision individuelle. Soit « … comme acceptée » (avec l'attestation) : règle générale, sauf exceptions. Écrivez silence = \"rejet\" ou \"acceptation\" dans le dossier, ou dans vos notes « silence vaut rejet » ou « silence vaut accord »"
                ),
            );
        } else if letter.silence == Some(Silence::Refusal) && letter.court.is_none() {
            say(FindingKind::Missing, "À compléter : tribunal administratif compétent".into());
        }
        if letter.incoming.electronic {
            say(
                FindingKind::Deadline,
                "Demande par voie électronique : l'accusé d'enregistrement est dû dans le jour ouvré, l'accusé de réception dans les dix jours ouvrés".into(),
            );
        }
    }
    if letter.purpose.personal() {
        findings.push(Finding::info(
            FindingKind::LeftOut,
            None,
            "Mot personnel : il est d'usage de le recopier à la main ; il ne porte pas de formule administrative",
        ));
    }
    if letter.tone != Tone::Neutral && formula::tone(letter) != letter.tone {
        findings.push(Finding::info(
            FindingKind::LeftOut,
            None,
            "Le ton demandé n'est pas pris : les formules restent celles que le destinataire et l'occasion demandent",
        ));
    }
    findings
}

/// Weekdays of a corrected record that are not those of their dates.
pub(super) fn weekdays(letter: &Letter, office: &Office) -> Vec<Finding> {
    let days = told(letter).map(|notes| arithmetic::check(&notes, office)).unwrap_or_default();
    days.into_iter().filter(|finding| finding.kind == FindingKind::Weekday).collect()
}
