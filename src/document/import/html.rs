//! Pages: the words a browser would show, one block a line.
//!
//! Read as a stream of tags rather than a tree: pages that mail programs write are often broken,
//! and only the ends of blocks matter here. Styles and scripts are not run; what its own tag marks
//! as hidden or deleted is left out.

use std::cell::RefCell;

use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::lines::{self, Lines};

/// The text of a page.
pub(super) fn text(page: &str) -> String {
    let sink = Sink(RefCell::new(Page::default()));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(page));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    lines::text(&tokenizer.sink.0.into_inner().lines.finish())
}

struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => page.text(&text),
            Token::TagToken(tag) => {
                let name = &*tag.name;
                match tag.kind {
                    TagKind::StartTag => page.start(name, &tag),
                    TagKind::EndTag => page.end(name),
                }
                if tag.kind == TagKind::StartTag && !tag.self_closing {
                    return raw(name);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// How the content of an element is cut: scripts and styles hold no tags.
fn raw(name: &str) -> TokenSinkResult<()> {
    match name {
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
            TokenSinkResult::RawData(RawKind::Rawtext)
        }
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        _ => TokenSinkResult::Continue,
    }
}

/// Elements that show no words of the page.
const UNSHOWN: [&str; 14] = [
    "title", "textarea", "style", "script", "xmp", "iframe", "noembed", "noframes", "template",
    "select", "svg", "object", "button", "del",
];
/// Elements that never have an end.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];
/// Elements that begin and end a line.
const BLOCKS: [&str; 32] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "p",
    "pre",
    "section",
    "summary",
    "html",
];

/// What has been read of a page.
#[derive(Default)]
struct Page {
    lines: Lines,
    /// The element that is left out, and how many of its name are open.
    skipped: Option<(String, usize)>,
    /// Lists that are open: the last number of ordered ones.
    lists: Vec<Option<usize>>,
    /// Dash or number that the next line takes.
    label: String,
    /// Open elements that keep white space.
    preformatted: usize,
    /// Open quotations: whether each repeats an earlier message.
    quotes: Vec<bool>,
    /// White space read and not yet written.
    space: bool,
}

impl Page {
    fn start(&mut self, name: &str, tag: &Tag) {
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth += usize::from(skipped == name && !tag.self_closing);
            return;
        }
        if (UNSHOWN.contains(&name) || is_hidden(tag)) && !VOID.contains(&name) {
            if !tag.self_closing {
                self.skipped = Some((name.to_owned(), 1));
            }
            return;
        }
        match name {
            "br" => self.line_break(),
            "ul" | "ol" => {
                self.close();
                self.lists.push((name == "ol").then(|| first_number(tag)));
            }
            "li" => {
                self.close();
                self.label = self.item_label();
            }
            "table" => {
                self.close();
                self.lines.open_table();
            }
            "tr" => {
                self.close();
                self.lines.close_row();
            }
            "td" | "th" => {
                self.close();
                self.lines.open_cell();
            }
            _ if BLOCKS.contains(&name) => {
                self.close();
                match name {
                    "pre" => self.preformatted += 1,
                    "blockquote" => self.quotes.push(repeats(tag)),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((skipped, depth)) = &mut self.skipped {
            if skipped == name {
                *depth -= 1;
                if *depth == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        match name {
            "ul" | "ol" => {
                self.close();
                self.lists.pop();
            }
            "li" => {
                self.close();
                self.label.clear();
            }
            "table" => {
                self.close();
                self.lines.close_table();
            }
            "tr" => {
                self.close();
                self.lines.close_row();
            }
            "td" | "th" => {
                self.close();
                self.lines.close_cell();
            }
            _ if BLOCKS.contains(&name) => {
                self.close();
                match name {
                    "pre" => self.preformatted = self.preformatted.saturating_sub(1),
                    "blockquote" => {
                        self.quotes.pop();
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped.is_some() {
            return;
        }
        if self.preformatted > 0 {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.line_break();
                }
                self.write(line);
            }
            return;
        }
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        for (index, word) in text.split(is_space).enumerate() {
            self.space |= index > 0;
            self.write(word);
        }
    }

    /// Writes words, in a line that is begun if need be.
    fn write(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if !self.lines.in_paragraph() {
            let quotes = self.quotes.iter().filter(|repeats| **repeats).count();
            let label = "> ".repeat(quotes) + &std::mem::take(&mut self.label);
            self.lines.open_paragraph(&label);
        } else if self.space && !self.lines.ends_in_space() {
            self.lines.push(" ");
        }
        self.space = false;
        self.lines.push(words);
    }

    /// Ends the line; where there is none, an empty one stands.
    fn line_break(&mut self) {
        if !self.lines.in_paragraph() {
            self.lines.open_paragraph("");
        }
        self.close();
    }

    /// Ends the line if one is open.
    fn close(&mut self) {
        self.space = false;
        if self.lines.in_paragraph() {
            self.lines.close_paragraph();
        }
    }

    fn item_label(&mut self) -> String {
        let indent = "  ".repeat(self.lists.len().saturating_sub(1).min(8));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                *number = number.saturating_add(1);
                format!("{indent}{number}. ")
            }
            _ => format!("{indent}- "),
        }
    }
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
}

fn is_hidden(tag: &Tag) -> bool {
    attribute(tag, "hidden").is_some()
        || attribute(tag, "style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            let style = style.to_lowercase();
            style.contains("display:none") || style.contains("mso-hide:all")
        })
}

/// The number before that of the list's first item.
fn first_number(tag: &Tag) -> usize {
    let first = attribute(tag, "start").and_then(|start| start.parse().ok()).unwrap_or(1_usize);
    first.saturating_sub(1)
}

/// Whether a quotation is how mail programs repeat an earlier message; others indent with it.
fn repeats(tag: &Tag) -> bool {
    attribute(tag, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("cite"))
        || attribute(tag, "class").is_some_and(|class| class.contains("gmail_quote"))
}
