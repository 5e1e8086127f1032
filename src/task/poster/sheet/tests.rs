use std::path::Path;

use super::*;
use crate::notes::Notes;
use crate::task::poster::record::Line;
use crate::task::poster::{invitation, read};

const OFFICE: &str = include_str!("../../../../tests/fixtures/corvaille.toml");

fn office() -> Office {
    Office::parse(Path::new("fiche.toml"), OFFICE).unwrap()
}

fn line(block: BlockKind, rank: u8, text: &str) -> Line {
    Line { block, rank, text: text.into(), span: 0..0 }
}

/// The records that every design is tried with.
fn posters() -> Vec<(&'static str, Poster)> {
    let of = |notes: &str| {
        let notes = Notes::from_text(notes).unwrap();
        let mut poster = read::read(&notes, &office()).0;
        poster.invitation = invitation::candidates(&poster, &notes, 20).into_iter().next();
        poster
    };
    let short = Poster {
        title: Some("Loto".into()),
        invitation: Some("L'amicale laïque vous invite à son loto".into()),
        date: Some("samedi 7 mars 2026".into()),
        hours: Some("à 20 h".into()),
        place: Some("salle des fêtes".into()),
        organiser: Some("Amicale laïque, 4 rue du Four, 00310 Corvelin".into()),
        ..Poster::default()
    };
    let long = Poster {
        title: Some("Fête de la Saint-Jean et feu sur la plage".into()),
        invitation: Some(
            "Rendez-vous en famille plage des Trois Rochers le samedi 20 juin pour la fête".into(),
        ),
        date: Some("samedi 20 juin 2026".into()),
        hours: Some("de 14 h à 1 h".into()),
        place: Some("plage des Trois Rochers et parking du port de plaisance".into()),
        lines: vec![
            line(BlockKind::Programme, 2, "14 h : concours de châteaux de sable pour les enfants"),
            line(BlockKind::Programme, 2, "16 h : course en sac, tir à la corde et jeux d'adresse"),
            line(BlockKind::Programme, 2, "18 h 30 : repas moules-frites sous le chapiteau"),
            line(BlockKind::Programme, 2, "21 h : concert de la fanfare de Kerlouvan"),
            line(BlockKind::Programme, 2, "22 h 30 : embrasement du feu par les pompiers"),
            line(BlockKind::Prices, 1, "Repas : 14 €, enfant de moins de 10 ans 7 €"),
            line(BlockKind::Prices, 1, "Entrée libre"),
            line(BlockKind::Practical, 4, "Parking du stade, navette toutes les 20 minutes"),
            line(BlockKind::Practical, 1, "Accès en fauteuil par la cale du port"),
            line(BlockKind::Contact, 1, "Réservation au 02 61 91 44 55 ou feux@kerlouvan.example"),
        ],
        organiser: Some(
            "Comité d'animation, 12 quai du Commandant-Rivière, 00470 Kerlouvan".into(),
        ),
        printed_in_house: true,
        ..Poster::default()
    };
    vec![
        ("ecole", of(include_str!("../../../../tests/fixtures/affiche.txt"))),
        ("judo", of(include_str!("../../../../tests/fixtures/affiche-vide-grenier.txt"))),
        ("vide", Poster::default()),
        ("court", short),
        ("long", long),
    ]
}

/// Letters and figures alone, in lower case: lines, spaces and capitals are the design's.
fn letters(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What the page has to say, word by word.
fn words(poster: &Poster, printed: &Printed) -> Vec<String> {
    let dropped = |text: &str| printed.findings.iter().any(|f| f.message.contains(text));
    let p = poster;
    let heads = [&p.title, &p.invitation, &p.date, &p.hours, &p.place, &p.organiser];
    let mut texts: Vec<&str> = heads.into_iter().flatten().map(String::as_str).collect();
    texts.extend(poster.lines.iter().map(|l| l.text.as_str()).filter(|text| !dropped(text)));
    let words = texts.iter().flat_map(|text| text.split_whitespace().map(letters));
    words.filter(|word| !word.is_empty()).collect()
}

#[test]
fn every_design_prints_every_fact_on_one_page() {
    for (name, poster) in posters() {
        for design in DESIGNS {
            for size in [Size::A4, Size::A3] {
                let what = format!("{name}, {}, {size:?}", design.name());
                let look = Look { design: Some(design), size, ..Look::default() };
                let printed = lay_out(&poster, &office(), &look).unwrap();
                assert_eq!(printed.pages.count(), 1, "{what}");
                assert!(printed.findings.is_empty(), "{what}: {:?}", printed.findings);
                let pdf = printed.pages.pdf().unwrap();
                let text = letters(&pdf_extract::extract_text_from_mem(&pdf).unwrap());
                for word in words(&poster, &printed) {
                    assert!(text.contains(&word), "{what}: {word} in {text}");
                }
            }
        }
    }
}

/// Each page beside the one that was looked at and found good. A page that differs is left in the
/// target folder, to be looked at and to take the other's place.
#[test]
fn every_design_looks_as_it_did() {
    let (_, poster) = posters().remove(1);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut different = Vec::new();
    for design in DESIGNS {
        let look = Look { design: Some(design), ..Look::default() };
        let png = lay_out(&poster, &office(), &look).unwrap().pages.png(30.0).unwrap();
        let found = image::load_from_memory(&png).unwrap().to_rgb8();
        let good = root.join(format!("tests/fixtures/affiches/{}.png", design.name()));
        let same = image::open(&good).is_ok_and(|good| alike(&good.to_rgb8(), &found));
        if !same {
            let seen = root.join(format!("target/affiche-{}.png", design.name()));
            std::fs::create_dir_all(root.join("target")).unwrap();
            std::fs::write(&seen, &png).unwrap();
            different.push(format!("{} differs from {}", seen.display(), good.display()));
        }
    }
    assert!(different.is_empty(), "{different:#?}");
}

/// Edges may be a shade apart on another processor; a line that moved is not.
fn alike(one: &image::RgbImage, other: &image::RgbImage) -> bool {
    let far: u64 =
        one.as_raw().iter().zip(other.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    let count = u64::try_from(one.as_raw().len()).unwrap();
    one.dimensions() == other.dimensions() && far * 2 < count
}

#[test]
fn lines_go_by_rank_and_are_told() {
    let (_, mut poster) = posters().pop().unwrap();
    for index in 0..9 {
        let text = format!("Ligne de moindre rang {index}, avec assez de mots pour deux lignes");
        poster.lines.push(line(BlockKind::Programme, 5, &text));
    }
    let printed = lay_out(&poster, &office(), &Look::default()).unwrap();
    assert_eq!(printed.pages.count(), 1);
    assert!(!printed.findings.is_empty());
    for finding in &printed.findings {
        assert!(finding.message.contains("faute de place"), "{}", finding.message);
    }
    let first = &printed.findings.first().unwrap().message;
    assert!(first.contains("Ligne de moindre rang 8"), "{first}");
}

#[test]
fn the_invitation_goes_before_any_line() {
    let (_, mut poster) = posters().pop().unwrap();
    poster.invitation = Some("mot ".repeat(400));
    let printed = lay_out(&poster, &office(), &Look::default()).unwrap();
    assert_eq!(printed.pages.count(), 1);
    assert!(printed.findings.is_empty(), "{:?}", printed.findings);
}

#[test]
fn what_has_to_stay_and_does_not_fit_is_refused_with_what_to_shorten() {
    let (_, mut poster) = posters().pop().unwrap();
    for index in 0..30 {
        let text = format!("Tarif {index} : 3 € pour les personnes qui ont lu ce très long tarif");
        poster.lines.push(line(BlockKind::Prices, 1, &text));
    }
    let look = Look { design: Some(Design::Frame), ..Look::default() };
    let refused = lay_out(&poster, &office(), &look).err().unwrap().to_string();
    assert!(refused.contains("raccourcissez «"), "{refused}");
    assert!(!refused.contains('\n'), "{refused}");
}

#[test]
fn text_is_never_markup() {
    let poster = Poster {
        title: Some("#strong[Fête] $x$ *et* @bal".into()),
        place: Some("#read(\"/data.json\")".into()),
        ..Poster::default()
    };
    for design in DESIGNS {
        let look = Look { design: Some(design), ..Look::default() };
        let pdf = lay_out(&poster, &office(), &look).unwrap().pages.pdf().unwrap();
        let text = letters(&pdf_extract::extract_text_from_mem(&pdf).unwrap());
        assert!(text.contains("strong") && text.contains("readdatajson"), "{text}");
    }
}

#[test]
fn a_code_and_a_long_word_keep_within_the_page() {
    let (_, mut poster) = posters().remove(3);
    poster.title = Some("Anticonstitutionnellement-Saint-Germain-des-Fossés".into());
    poster.hours = Some("de 9 h à 12 h, de 14 h à 18 h et de 20 h à 23 h".into());
    for design in DESIGNS {
        let code = Some(Wanted::of("https://corvaille.example/loto"));
        let look = Look { design: Some(design), code, ..Look::default() };
        let printed = lay_out(&poster, &office(), &look).unwrap();
        let text =
            letters(&pdf_extract::extract_text_from_mem(&printed.pages.pdf().unwrap()).unwrap());
        assert!(text.contains("corvailleexampleloto"), "{} {text}", design.name());
    }
}

/// The page's points at its edges are its ground: nothing runs out of the margins.
#[test]
fn whatever_the_texts_the_page_is_one_and_its_edges_are_free() {
    use proptest::prelude::*;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

    let text = || {
        prop_oneof![
            "[A-Za-zéèàçœÉ' ]{0,40}",
            "[A-Za-z./@-]{30,70}",
            "([a-zéà]{1,14} ){1,30}",
            "\\PC{0,30}",
        ]
    };
    let block = prop::sample::select(vec![
        BlockKind::Programme,
        BlockKind::Prices,
        BlockKind::Practical,
        BlockKind::Contact,
    ]);
    let lines = proptest::collection::vec((block, 0_u8..6, text()), 0..8);
    let head = || proptest::option::of(text());
    let day = prop::sample::select(vec![None, Some("mercredi 23 septembre 2026".to_owned())]);
    let design = prop::sample::select(DESIGNS.to_vec());
    let any = (head(), head(), day, head(), head(), head(), lines, design);
    // Always the same posters: signs of rare scripts, wider than any letter, would stop at an edge.
    let chosen = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let config = Config { cases: 24, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, chosen);
    let tried =
        runner.run(&any, |(title, invitation, date, hours, place, organiser, lines, design)| {
            let lines =
                lines.into_iter().map(|(block, rank, text)| line(block, rank, &text)).collect();
            let poster = Poster {
                title,
                invitation,
                date,
                hours,
                place,
                organiser,
                lines,
                ..Poster::default()
            };
            let look = Look { design: Some(design), ..Look::default() };
            match lay_out(&poster, &office(), &look) {
                Ok(printed) => {
                    prop_assert_eq!(printed.pages.count(), 1);
                    let page = image::load_from_memory(&printed.pages.png(24.0).unwrap()).unwrap();
                    let page = page.to_rgb8();
                    // Ten pixels are ten millimetres and a half; one is left to soft edges.
                    let right = page.width() - 8;
                    if !matches!(
                        design,
                        Design::Band | Design::Wave | Design::Mosaic | Design::Frame
                    ) {
                        let ground = page.get_pixel(page.width() - 1, page.height() / 2);
                        for y in 0..page.height() {
                            let there = page.get_pixel(right, y);
                            prop_assert_eq!(there, ground, "{} at {}", design.name(), y);
                        }
                    }
                }
                Err(error) => prop_assert!(matches!(error, SheetError::Full(_)), "{}", error),
            }
            Ok(())
        });
    tried.unwrap();
}

#[test]
fn every_design_is_read_by_screen_readers() {
    let (_, poster) = posters().remove(1);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/affiches/vague.png");
    let picture = Picture::read(&file).unwrap();
    for design in DESIGNS {
        let look = Look {
            design: Some(design),
            picture: Some(picture.clone()),
            logo: Some(picture.clone()),
            code: Some(Wanted::Calendar),
            ..Look::default()
        };
        let pdf = lay_out(&poster, &office(), &look).unwrap().pages.pdf().unwrap();
        let file = pdf_extract::Document::load_mem(&pdf).unwrap();
        let about = file.catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap();
        let about = file.get_object(about).unwrap().as_stream().unwrap();
        let about = about.get_plain_content().unwrap();
        let about = String::from_utf8_lossy(&about);
        assert!(about.contains("pdfuaid:part"), "{}: {about}", design.name());
    }
}

#[test]
fn only_authorities_get_white_paper() {
    let by = |organiser: &str| {
        let poster = Poster { organiser: Some(organiser.into()), ..Poster::default() };
        paper(&poster, &office())
    };
    assert_eq!(by("Mairie de Corvaille"), Paper::White);
    assert_eq!(by("Comité des fêtes de Corvaille"), Paper::Tinted);
    assert_eq!(paper(&Poster::default(), &office()), Paper::Tinted);
}

#[test]
fn dates_are_taken_apart_only_when_whole() {
    assert_eq!(
        day("dimanche 13 décembre 2026").unwrap(),
        json!({"weekday": "Dimanche", "day": "13", "month": "décembre", "year": "2026"})
    );
    assert_eq!(day("1er mai").unwrap()["year"], Value::Null);
    for text in ["juin 2027", "tous les mardis", "du 3 au 5 mai 2026"] {
        assert_eq!(day(text), None, "{text}");
    }
}
