//! What holds for every document whatever it contains: each exporter takes it and loses no word.

use proptest::prelude::*;

use super::{Align, Block, Document, Inline, html, markdown, text};

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

pub(super) fn any_document() -> impl Strategy<Value = Document> {
    (any_text(), proptest::collection::vec(any_block(), 0..6))
        .prop_map(|(title, blocks)| Document { title, blocks })
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
        match block {
            Block::Heading { text, .. } => texts.push(text.clone()),
            Block::Paragraph { text, .. } => texts.push(of_inlines(text)),
            Block::List { items, .. } => texts.extend(items.iter().map(of_inlines)),
            Block::Table { header, rows } => {
                texts.extend(header.clone());
                texts.extend(rows.iter().flatten().cloned());
            }
            Block::Signatures(signers) => texts.extend(signers.clone()),
        }
    }
    let kept = |c: &char| !c.is_control() || c.is_whitespace();
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
fn missing(words: &[String], text: &str) -> Option<String> {
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
