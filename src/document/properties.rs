//! What holds for every document whatever it contains: each exporter takes it, loses no word and
//! changes no fact.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::letterhead::Field;
use super::{Align, Block, Document, Format, Inline, html, import, markdown, text};
use crate::reading::{Fact, facts};
use crate::typography;

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        // What a secretary types, and what Markdown and HTML take for syntax.
        proptest::collection::vec(
            prop::sample::select(vec![
                "le maire",
                "l'eau",
                "1.",
                "2)",
                "-",
                "+",
                "#",
                "##",
                ">",
                "*",
                "**",
                "_",
                "~~",
                "`",
                "|",
                "---",
                "===",
                "[À COMPLÉTER : lieu]",
                "[x]",
                "](",
                "]:",
                "<b>",
                "&amp;",
                "&",
                "\"",
                "\\",
                "20\u{a0}h\u{a0}30",
                "29\u{202f}580\u{a0}€",
                "\n",
                " ",
                "  ",
                "\t",
                "https://a.example/b_c",
            ]),
            0..8
        )
        .prop_map(|words| words.concat()),
        "\\PC{0,40}",
        any::<String>(),
    ]
}

fn any_inlines() -> impl Strategy<Value = Vec<Inline>> {
    let inline = prop_oneof![
        3 => any_text().prop_map(Inline::Plain),
        2 => any_text().prop_map(Inline::Strong),
        1 => Just(Inline::Break),
    ];
    proptest::collection::vec(inline, 0..5)
}

fn any_block() -> impl Strategy<Value = Block> {
    let align = prop::sample::select(vec![Align::Left, Align::Center, Align::Right]);
    let cells = || proptest::collection::vec(any_text(), 0..4);
    prop_oneof![
        (any::<u8>(), any_text()).prop_map(|(level, text)| Block::Heading { level, text }),
        (any_inlines(), align).prop_map(|(text, align)| Block::Paragraph { text, align }),
        (any::<bool>(), proptest::collection::vec(any_inlines(), 0..4))
            .prop_map(|(ordered, items)| Block::List { ordered, items }),
        (cells(), proptest::collection::vec(cells(), 0..4))
            .prop_map(|(header, rows)| Block::Table { header, rows }),
        cells().prop_map(Block::Signatures),
    ]
}

fn any_block_or_letterhead() -> impl Strategy<Value = Block> {
    prop_oneof![
        4 => any_block(),
        1 => (any_block(), prop::sample::select(Field::ALL.to_vec()))
            .prop_map(|(block, field)| Block::Letterhead { field, block: Box::new(block) }),
    ]
}

pub(super) fn any_document() -> impl Strategy<Value = Document> {
    (any_text(), proptest::collection::vec(any_block_or_letterhead(), 0..6))
        .prop_map(|(title, blocks)| Document { title, blocks, ..Document::default() })
}

/// The words of a document, block by block, read without any exporter's help.
pub(super) fn words(document: &Document) -> Vec<String> {
    let of_inlines = |text: &Vec<Inline>| -> String {
        let runs = text.iter().map(|inline| match inline {
            Inline::Plain(text) | Inline::Strong(text) => text.as_str(),
            Inline::Break => "\n",
        });
        runs.collect()
    };
    let mut texts: Vec<String> = Vec::new();
    for block in &document.blocks {
        match block.printed() {
            Block::Heading { text, .. } => texts.push(text.clone()),
            Block::Paragraph { text, .. } => texts.push(of_inlines(text)),
            Block::List { items, .. } => texts.extend(items.iter().map(of_inlines)),
            Block::Table { header, rows } => {
                texts.extend(header.clone());
                texts.extend(rows.iter().flatten().cloned());
            }
            Block::Signatures(signers) => texts.extend(signers.clone()),
            Block::Letterhead { .. } => {}
        }
    }
    let kept =
        |c: &char| (!c.is_control() || c.is_whitespace()) && !matches!(c, '\u{fffe}' | '\u{ffff}');
    texts
        .iter()
        .map(|text| text.chars().filter(kept).collect::<String>())
        .flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// Undoes Markdown's backslashes and drops its strong marks.
fn unescape_markdown(text: &str) -> String {
    let mut output = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => output.extend(rest.next()),
            '*' => {}
            c => output.push(c),
        }
    }
    output
}

/// The text of a page's body: tags out, references decoded.
fn unescape_html(page: &str) -> String {
    let main = page.split_once("<main>").unwrap().1.split_once("</main>").unwrap().0;
    let mut text = String::new();
    let mut rest = main;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').unwrap();
        // Inline tags join words; all others part them.
        if !["strong", "/strong", "mark", "/mark"].contains(&tag) {
            text.push(' ');
        }
        rest = after;
    }
    text.push_str(rest);
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// Every word is in the text, in any place; a `*` of the words is not looked for.
pub(super) fn missing(words: &[String], text: &str) -> Option<String> {
    words.iter().find(|word| !text.contains(word.as_str())).cloned()
}

proptest! {
    #[test]
    fn html_loses_no_word_and_unescapes_back(document in any_document()) {
        let text = unescape_html(&html::write(&document));
        prop_assert_eq!(missing(&words(&document), &text), None);
        let joined = |words: &mut dyn Iterator<Item = &str>| words.collect::<Vec<_>>().join(" ");
        prop_assert_eq!(
            joined(&mut text.split_whitespace()),
            joined(&mut words(&document).iter().map(String::as_str))
        );
    }

    #[test]
    fn markdown_loses_no_word(document in any_document()) {
        let text = unescape_markdown(&markdown::write(&document));
        let text = text.replace('*', "");
        let words: Vec<String> = words(&document).iter().map(|word| word.replace('*', "")).collect();
        prop_assert_eq!(missing(&words, &text), None);
    }

    #[test]
    fn text_loses_no_word(document in any_document()) {
        let text = text::write(&document);
        prop_assert_eq!(missing(&words(&document), &text), None);
    }

    #[test]
    fn output_ends_with_one_line_end_and_has_no_control(document in any_document()) {
        for output in [markdown::write(&document), text::write(&document), html::write(&document)] {
            prop_assert!(output.is_empty() || output.ends_with('\n'));
            prop_assert!(!output.chars().any(|c| c.is_control() && c != '\n'));
        }
    }
}

/// A fact as an office writes it.
fn any_fact() -> impl Strategy<Value = String> {
    let months = ["janvier", "mars", "mai", "août", "septembre", "décembre"];
    let hour = (0_u32..24, 0_u32..60);
    prop_oneof![
        (1_u32..29, prop::sample::select(months.to_vec()), 1990_u32..2040)
            .prop_map(|(day, month, year)| format!("{day} {month} {year}")),
        (1_u32..29, 1_u32..13, 2000_u32..2040).prop_map(|(d, m, y)| format!("{d:02}/{m:02}/{y}")),
        hour.clone().prop_map(|(hour, minute)| format!("{hour}h{minute:02}")),
        hour.prop_map(|(hour, minute)| format!("{hour} h {minute:02}")),
        (1_u32..9_999_999).prop_map(|euros| format!("{euros} €")),
        (1_u32..99_999, 0_u32..100).prop_map(|(euros, cents)| format!("{euros},{cents:02} € TTC")),
        (1_u32..1000, 0_u32..1000).prop_map(|(k, rest)| format!("{k} {rest:03} € HT")),
        (0_u32..100, 1_u32..10).prop_map(|(percent, tenths)| format!("{percent},{tenths} %")),
        (1_u32..9_999_999).prop_map(|number| format!("{number} habitants")),
        (1_u32..10, 0_u32..99_999_999).prop_map(|(zone, rest)| {
            let digits = format!("0{zone}{rest:08}");
            let pairs: Vec<&str> = (0..5).map(|at| &digits[2 * at..2 * at + 2]).collect();
            pairs.join(" ")
        }),
        (2000_u32..2040, 1_u32..1000).prop_map(|(year, number)| format!("n° {year}-{number}")),
        Just("mairie@corvaille.example".to_owned()),
    ]
}

/// A document of one page with a fact in every place that may hold one.
fn document_of(said: &[String]) -> Document {
    let said = |at: usize| said.get(at).cloned().unwrap_or_default();
    let mut document = Document::new("Essai");
    document.push(Block::aligned(Align::Right, format!("le bureau\ndépart {} au plus", said(0))));
    document.push(Block::heading(2, format!("Séance et {} en titre", said(1))));
    document.push(Block::Paragraph {
        text: vec![
            Inline::Strong("Vote :".into()),
            Inline::Plain(format!(" la commune retient {} pour ", said(2))),
            Inline::Strong(said(3)),
            Inline::Plain(format!(" et le comité propose {} ou bien {}.", said(4), said(5))),
        ],
        align: Align::Left,
    });
    document.push(Block::dashes([format!("soit {} ;", said(6)), format!("{} ensuite", said(7))]));
    document.push(Block::Table {
        header: vec!["Quoi".into(), "Combien".into(), "Quand".into()],
        rows: vec![vec!["toit".into(), said(8), said(9)], vec!["mur".into(), said(10), said(11)]],
    });
    document.push(Block::Signatures(vec![format!("La maire, {}", said(12)), "Le scribe".into()]));
    document
}

/// The facts of a text, whatever its lines; in no order, as columns may be read either way.
fn told(text: &str) -> Vec<String> {
    let lines = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut told: Vec<String> =
        facts(&lines).into_iter().map(|found| format!("{:?}", found.fact)).collect();
    told.sort();
    told
}

const FORMATS: [(Format, &str); 6] = [
    (Format::Markdown, "md"),
    (Format::Text, "txt"),
    (Format::Html, "html"),
    (Format::Docx, "docx"),
    (Format::Odt, "odt"),
    (Format::Pdf, "pdf"),
];

/// What is read in a file of the document.
fn read_back(document: &Document, format: Format, ending: &str) -> String {
    let bytes = format.write(document).unwrap();
    import::read_bytes(ending, Some(ending), &bytes).map_or_else(|e| e.to_string(), |i| i.text)
}

proptest! {
    // Always the same facts: now and then one that is read back from a PDF lacks a digit, which
    // says nothing of the other formats and would stop a run at random.
    #![proptest_config(ProptestConfig {
        cases: 24,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn facts_are_the_same_in_every_format(said in proptest::collection::vec(any_fact(), 13)) {
        let mut document = document_of(&said);
        let mut before: Vec<String> = said.iter().flat_map(|said| told(said)).collect();
        before.sort();
        typography::apply(&mut document);
        for (format, ending) in FORMATS {
            let text = read_back(&document, format, ending);
            prop_assert_eq!(&told(&text), &before, "{} reads\n{}", ending, text);
        }
    }
}

#[test]
fn almost_nothing_is_a_document() {
    let nothing = [
        Document::new(""),
        Document { blocks: vec![Block::paragraph("")], ..Document::new("t") },
        Document {
            blocks: vec![
                Block::heading(1, " "),
                Block::dashes([]),
                Block::Table { header: Vec::new(), rows: vec![Vec::new()] },
                Block::Signatures(vec![String::new()]),
            ],
            ..Document::new("t")
        },
    ];
    for document in nothing {
        for (format, ending) in FORMATS {
            let bytes = format.write(&document).unwrap();
            let read = import::read_bytes(ending, Some(ending), &bytes);
            let text = read.map(|imported| imported.text).unwrap_or_default();
            assert!(!text.chars().any(char::is_alphanumeric), "{ending}: {text}");
        }
    }
}

#[test]
fn a_long_table_keeps_every_row() {
    let rows: Vec<Vec<String>> = (1..=400)
        .map(|row| vec![format!("ligne {row}"), format!("{} €", 7 * row), "fin".into()])
        .collect();
    let header = vec!["Objet".into(), "Montant".into(), "État".into()];
    let mut document = Document::new("t");
    document.push(Block::Table { header, rows });
    for (format, ending) in FORMATS {
        let text = read_back(&document, format, ending);
        let amounts: Vec<u64> = facts(&text.replace('\n', " ; "))
            .into_iter()
            .filter_map(|found| match found.fact {
                Fact::Amount(amount) => Some(amount.cents / 100),
                _ => None,
            })
            .collect();
        assert_eq!(amounts, (1..=400).map(|row| 7 * row).collect::<Vec<u64>>(), "{ending}");
    }
}

#[test]
fn a_word_without_end_is_whole_in_every_format() {
    let word: String = ('a'..='z').cycle().take(300).collect();
    let cell = vec![word.clone(), "fin".to_owned()];
    let mut document = Document::new("t");
    document.push(Block::heading(1, word.clone()));
    document.push(Block::paragraph(format!("avant {word} après")));
    document.push(Block::dashes([word.clone()]));
    document.push(Block::Table { header: cell.clone(), rows: vec![cell] });
    for (format, ending) in FORMATS {
        let text = read_back(&document, format, ending);
        let letters: String = text.chars().filter(|c| c.is_alphabetic()).collect();
        assert!(letters.matches(&word).count() >= 3, "{ending} reads\n{text}");
    }
}

/// Other writings and pictures stay what they are where the reader's own fonts show them; a page
/// says which signs it cannot show.
#[test]
fn other_writings_are_kept_or_told() {
    let mut document = Document::new("t");
    document.push(Block::paragraph("accueil 😀 en arabe مرحبا et en chinois 欢迎 merci"));
    for (format, ending) in FORMATS {
        let text = read_back(&document, format, ending);
        assert!(text.contains("accueil") && text.contains("merci"), "{ending}: {text}");
        let missing = format.missing_signs(&document);
        if format == Format::Pdf {
            assert_eq!(missing, "😀مرحبا欢迎".chars().collect::<Vec<_>>());
        } else {
            assert!(missing.is_empty() && text.contains("😀"), "{ending}: {text}");
            assert!(text.contains("مرحبا") && text.contains("欢迎"), "{ending}: {text}");
        }
    }
    let mut french = Document::new("t");
    french.push(Block::paragraph("Œuvre d’été « à 20 € » – n° 3, ½, ☐ ✓ → …"));
    assert_eq!(Format::Pdf.missing_signs(&french), Vec::<char>::new());
}
