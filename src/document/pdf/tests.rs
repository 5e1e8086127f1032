use proptest::prelude::*;

use super::*;
use crate::document::Inline;
use crate::document::properties::{any_document, words};

/// The text of a pdf file.
fn text(pdf: &[u8]) -> String {
    pdf_extract::extract_text_from_mem(pdf).unwrap()
}

/// Letters alone: lines, hyphens at their ends and spaces are the page's.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn check(block: Block, expected: &[&str]) {
    let document = Document { title: "Essai".into(), blocks: vec![block], ..Document::default() };
    let pdf = write(&document).unwrap();
    let text = letters(&text(&pdf));
    for words in expected {
        assert!(text.contains(&letters(words)), "« {words} » in {text}");
    }
    assert_eq!(pdf, write(&document).unwrap(), "the same bytes");
}

#[test]
fn every_kind_of_block_is_on_the_page() {
    check(Block::heading(1, "Procès-verbal"), &["Procès-verbal"]);
    check(Block::heading(4, "Vote"), &["Vote"]);
    check(Block::aligned(Align::Right, "Mme Aude RIVAL\n3 rue Haute"), &["RIVAL", "3 rue Haute"]);
    check(Block::aligned(Align::Center, "Œuvre d’été"), &["Œuvre d’été"]);
    check(Block::labelled("Objet", "demande n° 2026-41"), &["Objet", "demande n° 2026-41"]);
    check(Block::dashes(["un".into(), "deux".into()]), &["un", "deux"]);
    check(Block::numbered(["un".into(), "deux".into()]), &["1", "un", "2", "deux"]);
    check(
        Block::Table {
            header: vec!["Jour".into(), "Tarif".into()],
            rows: vec![vec!["mardi".into(), "8\u{a0}€".into()], vec!["jeudi".into()]],
        },
        &["Jour", "Tarif", "mardi", "8", "jeudi"],
    );
    check(
        Block::Signatures(vec!["La maire,\nOdile BRUNHELLE".into(), "Le secrétaire".into()]),
        &["La maire", "Odile BRUNHELLE", "Le secrétaire"],
    );
}

#[test]
fn text_is_never_markup() {
    check(
        Block::paragraph("#strong[a] *b* $c^2$ @d <e> `f` \\ // g /* h #{ i } = j"),
        &["strong", "a", "b", "c2", "d", "e", "f", "g", "h", "i", "j"],
    );
    check(Block::heading(2, "= titre #import \"x\""), &["= titre #import \"x\""]);
    check(Block::dashes(["- #read(\"/etc/passwd\")".into()]), &["read", "etc", "passwd"]);
}

#[test]
fn only_overlong_words_may_break() {
    assert_eq!(breakable("le mot entier ", 6), "le mot entier ");
    assert_eq!(
        breakable("https://a.b/cd x", 8),
        "https:/\u{200b}/\u{200b}a.\u{200b}b/\u{200b}cd x"
    );
    assert_eq!(breakable(&"é".repeat(5), 2), "éé\u{200b}éé\u{200b}é");
}

#[test]
fn the_file_is_tagged_french_and_titled() {
    let mut document = Document::new("Séance du 3 mai");
    document.push(Block::heading(1, "Procès-verbal de la séance du conseil du mardi 3 mai 2026"));
    document.push(Block::heading(3, "Vote"));
    document.push(Block::paragraph("Adopté."));
    let pdf = write(&document).unwrap();
    let file = pdf_extract::Document::load_mem(&pdf).unwrap();
    let catalog = file.catalog().unwrap();
    assert!(catalog.has(b"MarkInfo") && catalog.has(b"StructTreeRoot"));
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"fr-FR");
    let about = file.get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap()).unwrap();
    let about = about.as_stream().unwrap().get_plain_content().unwrap();
    let about = String::from_utf8_lossy(&about);
    for sign in ["pdfuaid:part", "Séance du 3 mai", "Greffier"] {
        assert!(about.contains(sign), "{sign} in {about}");
    }
}

#[test]
fn a_sign_that_no_font_has_costs_no_page() {
    let pdf = write(&Document {
        title: String::new(),
        blocks: vec![Block::paragraph("avant 😀 après")],
        ..Document::default()
    })
    .unwrap();
    let text = letters(&text(&pdf));
    assert!(text.contains("avant") && text.contains("après"), "{text}");
}

#[test]
fn pages_are_numbered_when_there_are_several() {
    let pages = |blocks: usize| {
        let mut document = Document::new("t");
        (0..blocks).for_each(|_| document.push(Block::paragraph("mot ".repeat(150))));
        let text = text(&write(&document).unwrap());
        text.split_whitespace().collect::<String>()
    };
    assert!(!pages(1).contains("1/1"));
    let several = pages(8);
    assert!(several.contains("1/2") && several.contains("2/2"), "{several}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn any_document_is_set(document in any_document()) {
        let pdf = write(&document).unwrap();
        prop_assert!(pdf.starts_with(b"%PDF-"));
    }

    #[test]
    fn no_word_is_lost(
        texts in proptest::collection::vec("[A-Za-zéàçœ#*_$@<>`\\[\\]{}'\" ]{0,30}", 1..4),
    ) {
        let blocks = vec![
            Block::heading(2, texts[0].clone()),
            Block::Paragraph {
                text: texts.iter().map(|t| Inline::Strong(t.clone())).collect(),
                align: Align::Left,
            },
            Block::dashes(texts.clone()),
            Block::Table { header: texts.clone(), rows: vec![texts.clone()] },
            Block::Signatures(texts),
        ];
        let document = Document { title: "t".into(), blocks, ..Document::default() };
        let page = letters(&text(&write(&document).unwrap()));
        for word in words(&document) {
            let word = letters(&word);
            prop_assert!(page.contains(&word), "{} in {}", word, page);
        }
    }
}
