//! The first line of the notes: what the poster is for, who makes it, and words to the designer.

use std::borrow::Cow;

use super::fields::PLACE;
use crate::french;
use crate::reading::{Fact, facts, words};
use crate::task::poster::title::is_noun;
use crate::task::wording;

/// What the first line says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// The event.
    pub title: Option<String>,
    /// Who organises it.
    pub organiser: Option<String>,
    /// Pieces that say more of the event: « 5e édition », « avec Odile Fermont ».
    pub under: Vec<String>,
    /// Pieces that say when or where.
    pub when: Vec<String>,
    /// Pieces that say neither.
    pub rest: Vec<String>,
}

/// Cuts the line into its pieces and says what each one is.
pub(super) fn read(line: &str) -> Head {
    let line = ABOUT.replace(line, "");
    let line = TO_FIND.replace_all(&line, " ");
    let line = AND_MORE.replace(&line, "(et ");
    // « avis à afficher fermeture du pont », but « avis à afficher sur le pont ».
    let line = match TO_PUT_UP.captures(&line) {
        Some(found) if !WHERE_OR_WHEN.contains(&found["next"].to_lowercase().as_str()) => {
            Cow::from(format!("avis {}", &line[found.name("next").map_or(0, |m| m.start())..]))
        }
        _ => line,
    };
    let cut = CUTS.replace_all(&line, "\n${comma}${slash}");
    let mut head = Head::default();
    for piece in cut.split('\n') {
        let bare = TO_DESIGNER.replace_all(piece, " ");
        let bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
        let bare = bare.trim_matches([',', ' ', '.', '-', '/']).to_owned();
        if bare.chars().filter(|c| c.is_alphabetic()).count() < 3 || PLACING.is_match(&bare) {
            continue;
        }
        if TO_DESIGNER.is_match(piece) && SHOWN_WHERE.is_match(&bare) {
            continue;
        }
        // « affiche mairie (Odile) », « A4 pour l'abribus + A3 mairie »: where it hangs.
        let timed = facts(&bare).iter().any(|f| matches!(f.fact, Fact::Date(_) | Fact::Hour(_)));
        if head.title.is_some() && HUNG.is_match(piece) && !timed {
            continue;
        }
        if head.title.is_none() {
            title(&bare, &mut head);
        } else if let Some(found) = ORGANISES.captures(&bare) {
            let who = found.name("who").or(found.name("by")).map(|who| who.as_str().to_owned());
            head.organiser = head.organiser.or(who);
        } else if MORE.is_match(&bare) {
            head.under.push(bare);
        } else if ORGANISATION.is_match(&bare) && head.organiser.is_none() {
            head.organiser = Some(bare);
        } else if facts(&bare).iter().any(|f| matches!(f.fact, Fact::Date(_) | Fact::Hour(_))) {
            head.when.push(bare);
        } else if head.organiser.is_none()
            && !bare.starts_with(char::is_uppercase)
            && piece.starts_with(',')
        {
            // « Bal, repas et feu d'artifice » is one title.
            if let Some(title) = &mut head.title {
                title.push_str(", ");
                title.push_str(&bare);
            }
        } else if piece.starts_with('/')
            && is_noun(&bare)
            && let Some(title) = &mut head.title
        {
            // « bourse jouets / vêtements »
            title.push_str(" / ");
            title.push_str(&bare);
        } else if PLACE.is_match(&bare) {
            head.when.push(bare);
        } else if bare.contains(' ') {
            head.rest.push(bare);
        }
    }
    if let (Some(title), Some(club)) = (&mut head.title, &head.organiser)
        && BARE_TITLE.is_match(title)
        && let Some(sport) = SPORT.find(club)
    {
        // « tournoi / club badminton les fous du volant »: the club says of what.
        let sport = sport.as_str().to_lowercase();
        let of = if sport.starts_with(['a', 'e', 'é', 'h']) { "d'" } else { "de " };
        title.push_str(&format!(" {of}{sport}"));
    }
    head
}

fn title(piece: &str, head: &mut Head) {
    if let Some(tail) = ORGANISER_TAIL.find(piece).filter(|tail| tail.start() > 3) {
        title(piece.get(..tail.start()).unwrap_or_default(), head);
        return;
    }
    let date = facts(piece).into_iter().find(|f| matches!(f.fact, Fact::Date(_)));
    let name = match &date {
        Some(date) => {
            head.when.push(piece.get(date.span.start..).unwrap_or_default().to_owned());
            piece.get(..date.span.start).unwrap_or_default()
        }
        None => piece,
    };
    let name = name.trim().trim_end_matches([',', ' ', '?']).trim_end_matches(" le");
    if name.is_empty() {
        return;
    }
    // « BOURSE AUX JOUETS (et vêtements) »: brackets are said in another voice.
    let loud = name.split('(').next().unwrap_or(name);
    let shouted = loud.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
        && loud.split_whitespace().any(|word| word.chars().count() > 4);
    let name = match name.get(loud.len()..) {
        Some(rest) if shouted => french::restored(&format!("{}{rest}", loud.to_lowercase())),
        _ => name.to_owned(),
    };
    let name = A_LA.replace_all(&name, "à ${article}");
    let name = wording::clean(&name);
    let name = SUBJECT.replace(&name, |found: &regex::Captures<'_>| {
        let link = if LINKED.is_match(&found["subject"]) { " " } else { " : " };
        format!("{}{link}{}", found["kind"].to_lowercase(), &found["subject"])
    });
    head.title = Some(wording::capital(&name));
}

words!(
    BARE_TITLE,
    r"(?i)^(?:grand )?(?:tournoi|stage|gala|concours|comp[ée]tition|challenge|championnat|initiation)$"
);
words!(
    SPORT,
    r"(?i)\b(?:badminton|football|foot|handball|basket|volley|rugby|tennis(?: de table)?|ping-pong|judo|karat[ée]|p[ée]tanque|boules|danse|gymnastique|escrime|natation|athl[ée]tisme|randonn[ée]e|[ée]checs|belote|bridge|p[êe]che|tir [àa] l['’]arc|tarot)\b"
);
/// What follows « à afficher » where it says where or when.
const WHERE_OR_WHEN: [&str; 10] =
    ["sur", "aux", "dans", "en", "à", "a", "le", "dès", "partout", "devant"];

words!(TO_PUT_UP, r"(?i)^\W*avis [àa] (?:afficher|poser|coller)\s*:?\s+(?P<next>\p{L}+)");
words!(AND_MORE, r"\(\+\s*");
words!(A_LA, r"\ba (?P<article>la|l['’]|partir)\b");
words!(TO_FIND, r"(?i)\s*\((?:titre|slogan|accroche)\b[^)]*\)");
words!(ABOUT, r"(?i)^.*\baffiches?\s+(?:de la |du |de l['’]|des |pour (?:le |la |les |l['’]))");
words!(
    CUTS,
    r"(?i)\s+(?:(?:alors|donc|et) )?(?:c['’]est|[çc]a se passe|(?:qui )?aura lieu|(?:qui )?a lieu)\s+|\s+[–-]{1,2}\s+|\s+(?P<slash>/)\s+|\s*->\s*|\s:\s|\s*!+\s*|(?P<comma>,)\s+"
);
words!(
    TO_DESIGNER,
    r"(?i)\baffiches?\b|\burgente?s?\b|\bpour (?:A\d|les panneaux)\b|\bA[345]\b|\bet A[345]\b|\+|\bpanneaux?\b|\bformats?\b|\bet\s*$|\bfaire (?:sobre|simple|joli|court|gai|beau)\b|^\s*(?:faire|une)\b"
);
// Where the poster is put up, and how it is printed.
words!(
    SHOWN_WHERE,
    r"(?i)^(?:(?:pour|aux?|dans|chez|en|et|les?|des?|la|tous|toutes)\s+)*(?:(?:commerces?|commer[çc]ants?|vitrines?|boulangeries?|magasins?|boutiques?|abribus|couleurs?|noir et blanc|papier \p{L}+|[ée]coles?|entr[ée]es? d[ue] (?:bourg|village|ville))(?:\s*(?:,|et|/)?\s*(?:(?:pour|aux?|dans|en|les?|des?)\s+)*|$))+$"
);
words!(HUNG, r"(?i)\bA[2-5]\b|^\W*(?:l['’])?affiches?\s");
words!(
    ORGANISES,
    r"(?i)^(?:c['’]est )?(?P<who>\S.*?) (?:qui )?(?:l['’])?organise(?:nt)?$|^(?:organis|propos)[ée]e?s? par (?P<by>\S.*)$"
);
words!(
    MORE,
    r"(?i)^(?:\d{1,3} ?(?:e|è|[èe]me|re|[èe]re)? [ée]dition\b|avec \S|anim[ée]e?s? par \S).*$"
);
words!(
    PLACING,
    r"(?i)^(?:[àa] (?:mettre|poser|coller|afficher|distribuer)|pour (?:mettre|poser))\b"
);
words!(
    ORGANISATION,
    r"(?i)\b(?:comit[ée]|association|asso|amicale|club|foyer rural|APE|mairie|commune|communaut[ée]|parents d['’][ée]l[èe]ves|syndicat|union|soci[ée]t[ée]|collectif|compagnie|cie|[ée]cole)\b"
);
words!(
    ORGANISER_TAIL,
    r"(?i)\s*(?:,|\()?\s*\b(?:(?:du |de la |de l['’]|par (?:le |la |l['’]))(?:\p{L}+ )?)?(?:comit[ée]|association|asso|amicale|club|foyer rural|APE|mairie|commune|communaut[ée] de communes)\b.*$"
);
words!(
    SUBJECT,
    r"(?i)^(?P<kind>r[ée]union (?:publique|d['’]information)|conf[ée]rence|avis|enqu[êe]te publique|atelier|stage) (?P<subject>\p{L}.*)$"
);
words!(
    LINKED,
    r"(?i)^(?:de|du|des|d['’]\S*|sur|pour|avec|dans|au|aux|à|a|en|par|le|la|les|et|chez|qui|\p{L}{1,9}(?:que|ale|el|elle|ive|if))\b"
);

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, title: &str, organiser: Option<&str>) {
        let head = read(line);
        assert_eq!((head.title.as_deref(), head.organiser.as_deref()), (Some(title), organiser));
    }

    #[test]
    fn pieces_of_the_first_line_are_told_apart() {
        check("affiche loto / amicale des pompiers / Trévol", "Loto", Some("amicale des pompiers"));
        check(
            "AFFICHE BOURSE AUX JOUETS !!! association Les Petits Pas, Trévol",
            "Bourse aux jouets",
            Some("association Les Petits Pas"),
        );
        check(
            "AVIS élagage des platanes, A4, à coller sur les arbres URGENT",
            "Avis : élagage des platanes",
            None,
        );
        check("Bal, repas et feu d'artifice – A3", "Bal, repas et feu d'artifice", None);
        check("affiche vide-grenier du judo club - A3", "Vide-grenier", None);
        check("stage – club de judo de Trévol", "Stage de judo", Some("club de judo de Trévol"));
        check("réunion publique tri / composteurs", "Réunion publique : tri / composteurs", None);
        check("réunion publique sur l'eau", "Réunion publique sur l'eau", None);
    }

    #[test]
    fn a_first_line_that_goes_on_to_speak_gives_its_title_and_the_place() {
        let head = read("pour l'affiche du loto des jeunes alors c'est à la salle Rameau");
        assert_eq!(head.title.as_deref(), Some("Loto des jeunes"));
        assert_eq!(head.when, ["à la salle Rameau"]);
        check(
            "TROC DE PLANTES ET A LA BONNE FRANQUETTE (+ graines, semis)",
            "Troc de plantes et à la bonne franquette (et graines, semis)",
            None,
        );
        check("avis a afficher coupure du gaz", "Avis : coupure du gaz", None);
    }

    #[test]
    fn where_it_hangs_and_which_time_it_is_are_no_title() {
        check("La Ronde des lacs -- 3e édition -- affiche A3 commerces", "La Ronde des lacs", None);
        let head = read("La Ronde des lacs -- 3e édition -- affiche A3 commerces + A4");
        assert_eq!((head.under, head.rest), (vec!["3e édition".to_owned()], Vec::new()));
        check("on fait l'affiche de la bourse aux livres ?", "Bourse aux livres", None);
        check(
            "Affiche stages de voile (titre à trouver) - le Bief organise",
            "Stages de voile",
            Some("le Bief"),
        );
        check("cours de cuisine, proposés par la mairie", "Cours de cuisine", Some("la mairie"));
    }

    #[test]
    fn a_date_of_the_first_line_is_no_title() {
        let head = read("affiche concert le samedi 5 juin 2027 à l'église");
        assert_eq!(head.title.as_deref(), Some("Concert"));
        assert_eq!(head.when, ["samedi 5 juin 2027 à l'église"]);
    }
}
