//! E-mails: who wrote, when, about what, and the words.
//!
//! The text part is preferred to the page that carries the same words. Earlier messages that the
//! mail quotes, and its signature, stay, marked by the usual `>`; a message that was forwarded is
//! what the mail is about and is not marked. Attachments are not read, their names are told.

use jiff::civil::Date;
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{Imported, IncomingMessage, Reason, Remark, Sender, html, text};

/// Reads a message.
///
/// # Errors
/// When the bytes are no message.
pub(super) fn message(bytes: &[u8]) -> Result<IncomingMessage, Reason> {
    let message = MessageParser::default().parse(bytes);
    // A saved e-mail always says who wrote it or when; without either it is some other text.
    let Some(message) = message.filter(|m| m.from().is_some() || m.date().is_some()) else {
        let text = text::decode(bytes)?;
        return Ok(IncomingMessage { text, ..IncomingMessage::default() });
    };
    let subject = message.subject().map(one_line).filter(|s| !s.is_empty());
    let forwarded = subject.as_deref().is_some_and(is_forward);
    let mut remarks = Vec::new();
    attachments(&message, &mut remarks);
    Ok(IncomingMessage {
        from: sender(&message),
        date: message.date().and_then(day),
        text: mark_quoted(&body(&message), forwarded),
        subject,
        remarks,
    })
}

/// A message as notes: its subject, then its words. Who sent them and when are no part of the
/// meeting or letter that they are about, and are told beside.
///
/// # Errors
/// As [`message`].
pub(super) fn notes(bytes: &[u8]) -> Result<Imported, Reason> {
    let message = message(bytes)?;
    let mut out = Imported { text: message.text, remarks: message.remarks };
    if let Some(subject) = message.subject {
        out.text = format!("Objet : {subject}\n{}", out.text);
    }
    let from = message.from.and_then(|from| from.name.or(from.address));
    let date = message.date.map(|d| format!("{:02}/{:02}/{}", d.day(), d.month(), d.year()));
    let told: Vec<String> = from
        .map(|from| format!("envoyé par {from}"))
        .into_iter()
        .chain(date.map(|date| format!("daté du {date}")))
        .collect();
    if !told.is_empty() {
        out.remarks.push(Remark::LeftOut(format!(
            "Courriel {} : l'expéditeur et la date du courriel ne font pas partie des notes",
            told.join(", ")
        )));
    }
    Ok(out)
}

fn sender(message: &Message<'_>) -> Option<Sender> {
    let first = message.from()?.first()?;
    let filled = |text: Option<&str>| text.map(one_line).filter(|t| !t.is_empty());
    let sender = Sender { name: filled(first.name()), address: filled(first.address()) };
    (sender != Sender::default()).then_some(sender)
}

/// The day in the sender's own time zone, as the mail carries it.
fn day(date: &mail_parser::DateTime) -> Option<Date> {
    let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
    Date::new(i16::try_from(date.year).ok()?, month, day).ok()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_forward(subject: &str) -> bool {
    let subject = subject.to_lowercase();
    ["fwd:", "fw:", "tr:", "tr :", "fwd :"].iter().any(|mark| subject.starts_with(mark))
}

/// The words: the text parts, or the page where there is no text.
fn body(message: &Message<'_>) -> String {
    let parts = |indices: &[u32]| -> String {
        let read: Vec<String> =
            indices.iter().filter_map(|index| words(message.part(*index)?)).collect();
        read.join("\n")
    };
    let text = parts(&message.text_body);
    if text.trim().is_empty() { parts(&message.html_body) } else { text }
}

fn words(part: &MessagePart<'_>) -> Option<String> {
    match &part.body {
        PartType::Text(text) => Some(if is_flowed(part) { unflowed(text) } else { lines(text) }),
        PartType::Html(page) => Some(html::text(page)),
        _ => None,
    }
}

fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn is_flowed(part: &MessagePart<'_>) -> bool {
    let format = part.content_type().and_then(|kind| kind.attribute("format"));
    format.is_some_and(|format| format.eq_ignore_ascii_case("flowed"))
}

/// Joins the lines that the mail program broke (RFC 3676: a line that ends in a space goes on).
fn unflowed(text: &str) -> String {
    let mut out = String::new();
    for line in lines(text).lines() {
        // A space that protects a line from being taken for a quotation.
        let line = line.strip_prefix(' ').unwrap_or(line);
        out.push_str(line);
        if !line.ends_with(' ') || line == "-- " || line.starts_with('>') {
            out.push('\n');
        }
    }
    out
}

/// Marks what the mail repeats from earlier ones, and its signature.
fn mark_quoted(text: &str, forwarded: bool) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    for (index, line) in lines.iter().enumerate() {
        let rest = lines.get(index + 1..).unwrap_or_default();
        let mut mark = quoted;
        if !quoted && *line == "--" {
            (quoted, mark) = (true, true);
        } else if !quoted && !forwarded && opens_history(line, rest) {
            // Where each repeated line has its mark, what has none is the writer's own.
            let next = rest.iter().find(|l| !l.is_empty());
            quoted = !next.is_some_and(|l| l.starts_with('>'));
            mark = true;
        }
        if mark && !line.starts_with('>') && !line.is_empty() {
            out.push_str("> ");
        }
        out.push_str(line);
        out.push('\n');
    }
    out.trim_end().to_owned()
}

/// Whether an earlier message begins here, in the words of the usual mail programs.
fn opens_history(line: &str, rest: &[&str]) -> bool {
    let bare = line.trim_matches(['-', '_', ' ', '*', '>']).to_lowercase();
    if line.contains("--")
        && ["message d'origine", "message d’origine", "original message"].contains(&bare.as_str())
    {
        return true;
    }
    if (bare.starts_with("le ")
        && (bare.ends_with("a écrit :") || bare.ends_with("a écrit\u{a0}:")))
        || (bare.starts_with("on ") && bare.ends_with("wrote:"))
    {
        return true;
    }
    // Outlook repeats the header fields: « De : … », « Envoyé : … », « À : … », « Objet : … ».
    let is_field = |line: &str, names: &[&str]| {
        let label = line.split_once(':').map(|(label, _)| label.trim().to_lowercase());
        label.is_some_and(|label| names.contains(&label.trim_matches('*')))
    };
    is_field(line, &["de", "from"])
        && rest.iter().take(3).any(|l| is_field(l, &["envoyé", "date", "sent"]))
        && rest.iter().take(6).any(|l| is_field(l, &["objet", "subject"]))
}

fn attachments(message: &Message<'_>, remarks: &mut Vec<Remark>) {
    let names: Vec<String> = message
        .attachments()
        .map(|part| match part.attachment_name().map(one_line) {
            Some(name) if !name.is_empty() => name,
            _ if part.is_message() => "un message".to_owned(),
            _ => "sans nom".to_owned(),
        })
        .collect();
    let names_list = names.join(", ");
    match names.len() {
        0 => {}
        1 => remarks.push(Remark::LeftOut(format!("1 pièce jointe non lue : {names_list}"))),
        n => remarks.push(Remark::LeftOut(format!("{n} pièces jointes non lues : {names_list}"))),
    }
}
