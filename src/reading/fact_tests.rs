//! Tables of what people type and the facts it holds.

use proptest::prelude::*;

use super::*;

/// The facts in a short form: `D` date, `H` hour, `A` amount, `%`, `T` phone, `@`, `R`, `N`.
fn short(text: &str) -> String {
    let shown = |found: Found| match found.fact {
        Fact::Date(date) => {
            let raw = PartialDate { weekday: None, ..date };
            let weekday = date.weekday.map_or("", super::super::date::weekday_name);
            format!("D:{weekday}{}{}", if weekday.is_empty() { "" } else { " " }, raw.to_french())
        }
        Fact::Hour(hour) => format!("H:{}", hour.to_french()),
        Fact::Amount(amount) => format!("A:{}", amount.to_french()),
        Fact::Percent(number) => format!("%:{number}"),
        Fact::Phone(pairs) => format!("T:{pairs}"),
        Fact::Email(address) => format!("@:{address}"),
        Fact::Reference(reference) => format!("R:{reference}"),
        Fact::Number(number) => format!("N:{number}"),
    };
    facts(text).into_iter().map(shown).collect::<Vec<_>>().join(" | ")
}

#[test]
fn dates() {
    for (text, expected) in [
        ("CM 18/09 notes", "D:18 septembre"),
        ("le 12/03/2026", "D:12 mars 2026"),
        ("10/10/26", "D:10 octobre 2026"),
        ("sam 10/10/26", "D:samedi 10 octobre 2026"),
        ("merc 4/11/26 (AR", "D:mercredi 4 novembre 2026"),
        ("3-11-2026;", "D:3 novembre 2026"),
        ("2026-11-05", "D:5 novembre 2026"),
        ("18.09.2026", "D:18 septembre 2026"),
        ("jeudi 18 sept 2026 salle", "D:jeudi 18 septembre 2026"),
        ("ven 16 oct 20h30", "D:vendredi 16 octobre | H:20 h 30"),
        ("à partir du 1er oct sauf 14/07", "D:1er octobre | D:14 juillet"),
        ("le 7 juin orage", "D:7 juin"),
        ("AR du 27 fev, mail", "D:27 février"),
        ("mars 2027", "D:mars 2027"),
        ("SEPT 2026", "D:septembre 2026"),
        ("le 18 sept 26", "D:18 septembre 2026"),
        ("18 sept 20 personnes", "D:18 septembre | N:20"),
        ("contrôle de juin 26", "D:juin 2026"),
        ("à compter de janv. 27, jusqu'en mars 2028", "D:janvier 2027 | D:mars 2028"),
        ("en mars 26 personnes", "N:26"),
        ("avril 27,50 €", "A:27,50 €"),
        ("le 18/9", "D:18 septembre"),
        ("lundi 1er février 2027", "D:lundi 1er février 2027"),
        ("du 7 au 18 décembre 2026", "D:7 décembre 2026 | D:18 décembre 2026"),
        ("sam 7 et dim 8 mars", "D:samedi 7 mars | D:dimanche 8 mars"),
        ("avant 15/01/27, avec", "D:15 janvier 2027"),
        ("le mardi 3 nov 18h30", "D:mardi 3 novembre | H:18 h 30"),
    ] {
        assert_eq!(short(text), expected, "{text}");
    }
}

#[test]
fn what_looks_like_a_date_and_is_none() {
    for (text, expected) in [
        ("quorum 1/3 (art 11)", "N:1/3 | N:11"),
        ("1/4 des présents, 2/3", "N:1/4 | N:2/3"),
        ("3/ cantine", ""),
        (" 12) divers\n2. voirie", ""),
        ("2026-07 devis", "R:2026-07"),
        ("délib 2025-27", "R:2025-27"),
        ("score 10/20", "N:10/20"),
        ("31/04", "N:31/04"),
        ("1.2.3.4", "N:1,2 | N:3,4"),
        ("en 2027", "N:2027"),
        ("6 marseillais", "N:6"),
    ] {
        assert_eq!(short(text), expected, "{text}");
    }
}

#[test]
fn hours() {
    for (text, expected) in [
        ("20h30, 20 h 30, 20:30", "H:20 h 30 | H:20 h 30 | H:20 h 30"),
        ("10h-18h", "H:10 h | H:18 h"),
        ("10-18h", "H:10 h | H:18 h"),
        ("de 23h à 5h", "H:23 h | H:5 h"),
        ("dép 9h pl", "H:9 h"),
        ("3 h 30 de travail", "H:3 h 30"),
        ("22 ha", "N:22"),
        ("18 heures", "H:18 h"),
    ] {
        assert_eq!(short(text), expected, "{text}");
    }
}

#[test]
fn amounts_and_percents() {
    for (text, expected) in [
        ("lavoir 3480 € ttc", "A:3480 € TTC"),
        ("Terravoie 24650 HT, Orle TP 27900 HT", "A:24650 € HT | A:27900 € HT"),
        ("1 290 ttc", "A:1290 € TTC"),
        ("12480 €", "A:12480 €"),
        ("480 euros", "A:480 €"),
        ("3,10 € à 3,25 €", "A:3,10 € | A:3,25 €"),
        ("11.50€", "A:11,50 €"),
        ("3€50", "A:3,50 €"),
        ("8 €/jour", "A:8 €"),
        ("60 k€", "A:60000 €"),
        ("opération 118 24650 € HT", "N:118 | A:24650 € HT"),
        ("en 2026 480 €", "N:2026 | A:480 €"),
        ("presta +7%", "%:7"),
        ("5,5 % et 20 pour cent", "%:5,5 | %:20"),
        ("DETR 40%, région 20%", "%:40 | %:20"),
        ("86400 HT. on demande 40 % soit 35460", "A:86400 € HT | %:40 | N:35460"),
    ] {
        assert_eq!(short(text), expected, "{text}");
    }
}

#[test]
fn other_facts() {
    for (text, expected) in [
        ("au 06 39 98 41 27 (Josiane", "T:06 39 98 41 27"),
        ("0465710010 ou 04.65.71.00.12", "T:04 65 71 00 10 | T:04 65 71 00 12"),
        ("mairie@valbrune.example.", "@:mairie@valbrune.example"),
        ("n° DETR-2026-0147", "R:DETR-2026-0147"),
        ("réf OB/CV/2026-212, sa", "R:OB/CV/2026-212"),
        ("parcelle AB 112", "R:AB 112"),
        ("RD 47", "R:RD 47"),
        ("article L. 2121-15", "R:L. 2121-15"),
        ("BP 2026", "N:2026"),
        ("A3 et CE1", "R:A3 | R:CE1"),
        ("00250 valbrune", "N:00250"),
        ("4 m, 16A, 6 pers", "N:4 | N:16 | N:6"),
        ("1 500 habitants = moy 18,7", "N:1500 | N:18,7"),
        ("64 x 22 = 1408", "N:64 | N:22 | N:1408"),
        ("2e quinzaine oct", "N:2"),
    ] {
        assert_eq!(short(text), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_gives_ordered_disjoint_spans(text in r"(\PC|[0-9/.: hHéè€%-]){0,60}") {
        let mut end = 0;
        for found in facts(&text) {
            prop_assert!(found.span.start >= end && found.span.end > found.span.start);
            prop_assert!(text.get(found.span.clone()).is_some());
            end = found.span.end;
        }
        let _ = super::super::expand_facts(&text);
    }
}
