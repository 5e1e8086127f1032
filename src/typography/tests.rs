use proptest::prelude::*;

use super::*;

/// `_` stands for a non-breaking space, `~` for a thin one.
#[track_caller]
fn check(input: &str, expected: &str) {
    let expected = expected.replace('_', "\u{a0}").replace('~', "\u{202f}");
    let output = french(input);
    assert_eq!(output, expected);
    assert_eq!(french(&output), expected, "applied twice");
}

/// The text must come out as it went in.
#[track_caller]
fn unchanged(text: &str) {
    assert_eq!(french(text), text);
}

#[test]
fn high_punctuation_has_its_space() {
    check("Bonjour!", "Bonjour~!");
    check("Vraiment ?! Oui ; non", "Vraiment~?! Oui~; non");
    check("Objet: réunion", "Objet_: réunion");
    check("Objet : réunion", "Objet_: réunion");
    check("pour :10", "pour_:10");
    check("Où ? Là !", "Où~? Là~!");
    unchanged("(?) a;b;c foo?bar=1 Foo::Bar");
}

#[test]
fn quotes_become_guillemets() {
    check("l'atelier \"Fil d'Orle\".", "l’atelier «_Fil d’Orle_».");
    check("«oui» et « non »", "«_oui_» et «_non_»");
    check("d'\"accord\" !", "d’«_accord_»~!");
    unchanged("un écran de 24\" neuf");
    unchanged("un \"mot sans fin");
}

#[test]
fn hours_have_spaces_and_no_leading_zero() {
    check("20h30", "20_h_30");
    check("à 09h00, puis 9h", "à 9_h_00, puis 9_h");
    check("de 10h à 18h", "de 10_h à 18_h");
    check("18 h 30", "18_h_30");
    check("20H30", "20_h_30");
    check("10h-12h30", "10_h-12_h_30");
    check("1,05h", "1,05h");
    unchanged("20:30 à 1:25000, 99h");
}

#[test]
fn dates_hold_together() {
    check("le 18 septembre 2026", "le 18_septembre 2026");
    check("le 1 octobre et le 1er mai", "le 1er_octobre et le 1er_mai");
    check("le Vendredi 18 Septembre 2026", "le vendredi 18_septembre 2026");
    check("Vendredi 18 Septembre", "Vendredi 18_septembre");
    check("le 3 Mars", "le 3_Mars");
    check("le 1er oct, 16 sept 2026", "le 1er_oct, 16_sept 2026");
    check("VENDREDI 18 SEPTEMBRE 2026", "VENDREDI 18 SEPTEMBRE 2026");
    check("Lundi, M. Avril", "Lundi, M._Avril");
    unchanged("12/03/2026, 2026-03-12");
}

#[test]
fn ordinals_are_short() {
    check("2ème adjoint, 3eme, 21ième", "2e adjoint, 3e, 21e");
    check("1er adjoint, 1ère fois, 1ere fois", "1er adjoint, 1re fois, 1re fois");
    check("les 2èmes", "les 2es");
    unchanged("2e, XXe, 1re");
}

#[test]
fn number_sign_titles_and_articles_hold_their_value() {
    check("délibération n°2026-41", "délibération n°_2026-41");
    check("N° 12", "N°_12");
    check("M. CASTILLET, Mme Rival et Mr Morand", "M._CASTILLET, Mme_Rival et M._Morand");
    check("Mr le maire, MM. Aube et Brun", "M._le maire, MM._Aube et Brun");
    check("article L. 2121-15", "article L._2121-15");
    check("article L.2121-15", "article L._2121-15");
    unchanged("salle M.");
}

#[test]
fn thousands_are_grouped_where_they_count() {
    check("29580 €", "29~580_€");
    check("29 580€", "29~580_€");
    check("1500 € en 2026", "1~500_€ en 2026");
    check("912 habitants, 1912 habitants", "912_habitants, 1~912_habitants");
    check("48750 HT, 1290 ttc", "48~750_HT, 1~290_ttc");
    check("12480 visiteurs", "12~480 visiteurs");
    check("1234,56 €", "1~234,56_€");
    check("2 500 000 €", "2~500~000_€");
}

#[test]
fn years_codes_and_references_stay_whole() {
    unchanged("en 2026 et 1998");
    unchanged("29580 Malivert");
    unchanged("00250 Valbrune-sur-Orle");
    unchanged("code postal 29580");
    unchanged("BP 12480");
    unchanged("TSA 40217");
    unchanged("SIRET 12345678900012");
    unchanged("DETR-2026-0147, OB/CV/2026-212, 2026-41, W123456789");
    check("dossier n° 12480", "dossier n°_12480");
}

#[test]
fn amounts_have_a_comma_and_a_unit() {
    check("3.85€", "3,85_€");
    check("3,85 euros", "3,85_euros");
    check("7% de 12 km", "7_% de 12_km");
    check("12km, 40 m², 5 kg", "12_km, 40_m², 5_kg");
    unchanged("version 3.85");
    check("1.500 €", "1.500_€");
}

#[test]
fn phone_numbers_are_in_pairs() {
    check("au 0465710010", "au 04_65_71_00_10");
    check("04.65.71.00.10 ou 06-39-98-12-34", "04_65_71_00_10 ou 06_39_98_12_34");
    check("04 65 71 00 10", "04_65_71_00_10");
}

#[test]
fn apostrophes_and_ellipses_are_typographic() {
    check("L'ordre d'aujourd'hui...", "L’ordre d’aujourd’hui…");
    check("d'[À COMPLÉTER : lieu]", "d’[À COMPLÉTER : lieu]");
    unchanged("..................");
}

#[test]
fn what_is_not_prose_stays() {
    unchanged("https://valbrune.example/a?b=1;c=2!d");
    unchanged("mairie@valbrune.example");
    unchanged("C:\\Notes\\pv.txt ou /home/mairie/pv.md");
    unchanged("[À COMPLÉTER : date d'application]");
    check("voir www.valbrune.example !", "voir www.valbrune.example~!");
}

#[test]
fn runs_of_a_paragraph_are_set_each() {
    let mut document = Document::new("L'AG");
    document.push(Block::labelled("Présents", "10 à 20h30"));
    apply(&mut document);
    assert_eq!(document.title, "L’AG");
    let expected = vec![
        Inline::Strong("Présents\u{a0}:".into()),
        Inline::Plain(" 10 à 20\u{a0}h\u{a0}30".into()),
    ];
    assert!(matches!(&document.blocks[0], Block::Paragraph { text, .. } if *text == expected));
}

fn office_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "le",
        " ",
        " ",
        " ",
        "\u{a0}",
        "\u{202f}",
        "\n",
        "'",
        "\"",
        "\"",
        "!",
        "?",
        ";",
        ":",
        "...",
        ".",
        ",",
        "-",
        "/",
        "(",
        ")",
        "«",
        "»",
        "€",
        "%",
        "n°",
        "M.",
        "Mr",
        "Mme",
        "Dupré",
        "L.",
        "2121-15",
        "20h30",
        "9h",
        "h",
        "20",
        "1",
        "2",
        "2026",
        "29580",
        "3.85",
        "1 500",
        "0465710010",
        "ème",
        "1er",
        "mai",
        "Mai",
        "Lundi",
        "vendredi",
        "septembre",
        "km",
        "euros",
        "habitants",
        "https://a.example",
        "a@b.example",
        "20:30",
        "DETR-2026-0147",
        "[À COMPLÉTER : date]",
        "[",
        "]",
        "l",
        "m",
        "\u{e000}",
        "@",
        "www.",
        "~",
        "+33",
        "06",
        "12",
        "pv.txt",
        "C:\\",
        "code",
        "_",
    ]);
    proptest::collection::vec(pieces, 0..14).prop_map(|pieces| pieces.concat())
}

/// The digits in order.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The digits with the leading zeros of what may be an hour left out.
fn digits_but_zero_hours(text: &str) -> String {
    let hour = regex::Regex::new(r"0(\d[ \x{A0}\x{202F}]?[hH])").unwrap();
    digits(&hour.replace_all(text, "$1"))
}

/// Letters in order and in lower case, with those that a rule may write otherwise left out.
fn letters(text: &str) -> String {
    let text = text.to_lowercase().replace("mr", "m");
    text.chars().filter(|c| c.is_alphabetic() && !"eèrmi".contains(*c)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn idempotent(text in prop_oneof![4 => office_text(), 1 => any::<String>()]) {
        let once = french(&text);
        prop_assert_eq!(french(&once), once);
    }

    #[test]
    fn facts_are_kept(text in prop_oneof![4 => office_text(), 1 => any::<String>()]) {
        let output = french(&text);
        let kept = digits(&output) == digits(&text);
        prop_assert!(kept || digits_but_zero_hours(&output) == digits_but_zero_hours(&text));
        prop_assert_eq!(letters(&output), letters(&text));
    }

    #[test]
    fn only_an_hour_loses_its_zero(hour in 0u32..25, minutes in 0u32..60) {
        let expected = format!("{hour}\u{a0}h\u{a0}{minutes:02}");
        prop_assert_eq!(french(&format!("{hour:02}h{minutes:02}")), expected);
    }
}
