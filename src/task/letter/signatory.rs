//! Who signs: the person the notes name, or the head of the body as the office sheet names it.

use super::record::Signatory;
use crate::french;
use crate::office::Office;
use crate::reading::words;
use crate::task::wording::capital;

/// Who signs: the person the notes name, else the mayor or the president of the sheet.
pub(super) fn signatory(office: &Office, who: Option<&str>) -> Signatory {
    // « …, par délégation du maire, arrêté 2026-31 » says for whom, not who.
    if let Some(who) = who
        && let Some(found) = DELEGATED.captures(who)
    {
        let before = found.get(0).and_then(|all| who.get(..all.start()));
        let mut own = signatory(office, before);
        let order = found.name("order").map_or_else(String::new, |o| format!(" ({})", o.as_str()));
        let of = found.name("of").map_or("", |of| of.as_str());
        own.quality = own.quality.map(|quality| format!("{quality}, par délégation{of}{order}"));
        return own;
    }
    let council = &office.conseil;
    if council.maire.is_none()
        && council.membres.is_empty()
        && let Some(found) = who.and_then(|who| BY_NAME.captures(who))
    {
        return by_name(&found["name"], found.name("role").map(|role| role.as_str().trim()));
    }
    // « signe paul dumas tresorier »: somebody else than the sheet names, in small letters.
    if let Some(found) = who.and_then(|who| SMALL_LETTERS.captures(who)) {
        let name = found["name"].split(' ').map(capital).collect::<Vec<_>>().join(" ");
        return by_name(&name, Some(&french::restored(&found["role"])));
    }
    if let Some(own) = who.and_then(|who| by_first_name(office, who)) {
        return own;
    }
    let who = who.unwrap_or_default().to_lowercase();
    let member = council.membres.iter().find(|m| {
        let surname = m.nom.split_whitespace().last().unwrap_or_default().to_lowercase();
        let quality = m.fonction.clone().unwrap_or_default().to_lowercase();
        (!surname.is_empty() && who.contains(&surname))
            || (!quality.is_empty() && quality != "maire" && who.contains(&quality))
    });
    if let Some(member) = member.filter(|_| !who.contains("maire")) {
        return Signatory {
            quality: member.fonction.as_deref().map(quality),
            title: None,
            name: Some(member.nom.clone()),
            feminine: member.fonction.as_deref().map(|f| f.ends_with("te") || f.ends_with("ère")),
        };
    }
    if let Some(own) = named(office).filter(|_| who.is_empty()) {
        return own;
    }
    if let Some(name) = &council.maire {
        let title = council.titre_maire.clone();
        let feminine = title.as_ref().map(|t| t.starts_with("Madame"));
        return Signatory {
            quality: Some(match feminine {
                Some(true) => title.as_deref().map_or("La maire".into(), |t| {
                    if t.contains("le Maire") { "Le maire".into() } else { "La maire".into() }
                }),
                Some(false) => "Le maire".into(),
                None => "Le ou la maire".into(),
            }),
            title,
            name: Some(name.clone()),
            feminine,
        };
    }
    let head = council
        .membres
        .iter()
        .find(|m| m.fonction.as_deref().is_some_and(|f| f.to_lowercase().starts_with("président")));
    match head {
        Some(head) => Signatory {
            quality: head.fonction.as_deref().map(quality),
            title: None,
            name: Some(head.nom.clone()),
            feminine: head.fonction.as_deref().map(|f| f.to_lowercase().starts_with("présidente")),
        },
        None => Signatory::default(),
    }
}

/// « signé Odile »: the one person of the sheet who is called so.
fn by_first_name(office: &Office, who: &str) -> Option<Signatory> {
    let who = who.trim().trim_matches([',', '.', ':', ' ']);
    if who.is_empty() || who.contains(' ') {
        return None;
    }
    let called = |name: &str| {
        name.split(' ')
            .next()
            .is_some_and(|first| crate::reading::fold(first) == crate::reading::fold(who))
    };
    let clerk = office.personnel.secretaire_de_mairie.as_deref().filter(|name| called(name));
    let members: Vec<_> = office.conseil.membres.iter().filter(|m| called(&m.nom)).collect();
    match (clerk, members.as_slice()) {
        (Some(name), []) => Some(by_name(name, Some("secrétaire de mairie"))),
        (None, [one]) if one.fonction.as_deref() != Some("maire") => {
            Some(by_name(&one.nom, one.fonction.as_deref()))
        }
        _ => None,
    }
}

/// The person that the notes name, with the quality they give.
fn by_name(name: &str, role: Option<&str>) -> Signatory {
    let feminine = role.map(|role| {
        let first = role.split(' ').next().unwrap_or_default();
        first.ends_with("te") || first.ends_with("rice") || first.ends_with("ère")
    });
    Signatory { quality: role.map(quality), title: None, name: Some(name.to_owned()), feminine }
}

words!(
    DELEGATED,
    r"(?i),?\s*par d[ée]l[ée]gation(?P<of> (?:du|de la) (?:maire|pr[ée]sidente?))?(?:[,(\s]+(?P<order>arr[êe]t[ée] (?:n° ?)?[\w/-]*\d))?"
);
words!(
    BY_NAME,
    r"(?P<name>\p{Lu}[\p{L}-]+ \p{Lu}[\p{L}'’-]+),? ?(?P<role>(?:vice-)?(?:[Mm]aire|[Aa]djointe?|[Pp]r[ée]sidente?|[Tt]r[ée]sori[eè]re?|[Ss]ecr[ée]taire|[Dd]irect(?:eur|rice)|[Cc]oordinat(?:eur|rice))(?: d(?:e|u|es) [^,;.]+)?)?"
);

words!(
    SMALL_LETTERS,
    r"^\W*(?:sign[ée]e?s? )?(?:par )?(?P<name>\p{Ll}[\p{Ll}-]+ \p{Ll}[\p{Ll}'’-]+),? (?P<role>tr[ée]sori[eè]re?|secr[ée]taire|pr[ée]sidente?|coordinat(?:eur|rice)|direct(?:eur|rice))\b"
);

/// Who signs letters as the sheet says it.
fn named(office: &Office) -> Option<Signatory> {
    let name = office.courrier.signataire.clone()?;
    let quality = office.courrier.fonction_signataire.clone();
    let mayor = office.conseil.maire.as_ref() == Some(&name);
    let article = quality.as_deref().and_then(|q| q.split(' ').next()).map(str::to_lowercase);
    let feminine = match article.as_deref() {
        Some("la") => Some(true),
        Some("le") => Some(false),
        _ => None,
    };
    let title = office.conseil.titre_maire.clone().filter(|_| mayor);
    Some(Signatory { quality, title, name: Some(name), feminine })
}

/// « présidente » as « La présidente », « 1er adjoint » as « Le 1er adjoint ».
fn quality(function: &str) -> String {
    let low = function.to_lowercase();
    let feminine = low
        .split_whitespace()
        .any(|w| w.ends_with("te") || w.ends_with("ère") || w.ends_with("trice"));
    format!("{} {function}", if feminine { "La" } else { "Le" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_sheet_the_notes_say_who_signs() {
        let found = signatory(&Office::default(), Some("signé Anne Rochebrun présidente"));
        assert_eq!(found.name.as_deref(), Some("Anne Rochebrun"));
        assert_eq!(found.quality.as_deref(), Some("La présidente"));
        assert_eq!(found.feminine, Some(true));
    }

    #[test]
    fn who_signs_for_another_keeps_the_own_quality() {
        let office: Office = toml::from_str(
            "[conseil]\nmaire = \"Jeanne ROCHE\"\nmembres = [{ nom = \"Paul ARVOIS\", fonction = \"2e adjoint\" }]",
        )
        .unwrap();
        let found = signatory(
            &office,
            Some(", Paul Arvois, deuxième adjoint, par délégation du maire, arrêté 2027-4."),
        );
        assert_eq!(found.name.as_deref(), Some("Paul ARVOIS"));
        assert_eq!(
            found.quality.as_deref(),
            Some("Le 2e adjoint, par délégation du maire (arrêté 2027-4)")
        );
    }

    #[test]
    fn small_letters_name_another_than_the_sheet() {
        let office: Office = toml::from_str(
            "[conseil]\nmaire = \"Jeanne ROCHE\"\n[courrier]\nsignataire = \"Jeanne ROCHE\"\nfonction_signataire = \"La maire\"",
        )
        .unwrap();
        let found = signatory(&office, Some("signe odile fermont secretaire"));
        assert_eq!(found.name.as_deref(), Some("Odile Fermont"));
        assert_eq!(found.quality.as_deref(), Some("Le secrétaire"));
        let found = signatory(&office, Some("signe le maire"));
        assert_eq!(found.name.as_deref(), Some("Jeanne ROCHE"));
    }
}
