//! What the office's own paper may print in its place: date, recipient, object, who signs.
//!
//! A draft states these in two ways. [`Document::fields`] holds the values, as a template's
//! `{{ champ }}` takes them; [`Block::Letterhead`] marks the blocks that print the same things in
//! the body. A template that asks for a field prints it where the office wants it, and the block
//! of that field is then left out of the body ([`body`]), so that nothing is printed twice. Every
//! other exporter writes the marked blocks as any block.
//!
//! Two fields have no block of their own: the title, which is the first heading of level 1, and
//! what only a letterhead prints, such as a phone number.
//!
//! The sender's address needs no field: where the template holds the sender's name or a picture,
//! which is what an office's paper is for, the block would say it again and is left out too.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Block, Document};

/// Something that a letterhead may print in its own place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The title of the document.
    Title,
    /// What a letter is about; the title where the draft has no object.
    Subject,
    /// The date the draft bears.
    Date,
    /// Where it is written.
    Place,
    /// Name and address of the recipient.
    Recipient,
    /// Who signs, in what capacity, as the draft prints it.
    Signatory,
    /// The name alone.
    SignatoryName,
    /// The capacity alone.
    SignatoryTitle,
    /// References, and who follows the matter.
    References,
    /// The body that writes.
    Sender,
    /// Its street, postal code and town.
    Address,
    /// Its phone.
    Phone,
    /// Its e-mail.
    Email,
}

impl Field {
    /// Every field, in the order in which users are told of them.
    pub const ALL: [Self; 13] = [
        Self::Title,
        Self::Subject,
        Self::Date,
        Self::Place,
        Self::Recipient,
        Self::References,
        Self::Signatory,
        Self::SignatoryName,
        Self::SignatoryTitle,
        Self::Sender,
        Self::Address,
        Self::Phone,
        Self::Email,
    ];

    /// Its name in a template.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "titre",
            Self::Subject => "objet",
            Self::Date => "date",
            Self::Place => "lieu",
            Self::Recipient => "destinataire",
            Self::References => "references",
            Self::Signatory => "signataire",
            Self::SignatoryName => "nom_signataire",
            Self::SignatoryTitle => "fonction_signataire",
            Self::Sender => "organisme",
            Self::Address => "adresse",
            Self::Phone => "telephone",
            Self::Email => "courriel",
        }
    }

    /// What stands in the document when the draft has no value.
    pub fn blank(self) -> String {
        let what = match self {
            Self::References => "références",
            Self::SignatoryName => "nom du signataire",
            Self::SignatoryTitle => "fonction du signataire",
            Self::Phone => "téléphone",
            other => other.name(),
        };
        format!("[À COMPLÉTER : {what}]")
    }

    /// The field of that name, whatever its capitals and accents.
    pub fn named(name: &str) -> Option<Self> {
        let name = fold(name).replace(' ', "_");
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// What a template prints by itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Printed {
    /// The fields it asks for, wherever they stand.
    pub(super) fields: BTreeSet<Field>,
    /// Whether the title stands in the text: one in a page header is a reminder on each page.
    pub(super) title_in_text: bool,
    /// Every word of the template, folded.
    pub(super) words: String,
    /// Whether it holds a picture.
    pub(super) picture: bool,
}

/// The blocks left to print where a template prints some of them.
pub(super) fn body<'d>(document: &'d Document, printed: &Printed) -> Vec<&'d Block> {
    let titled = printed.title_in_text || printed.fields.contains(&Field::Subject);
    let title = document
        .blocks
        .iter()
        .position(|block| matches!(block, Block::Heading { level: 0 | 1, .. }))
        .filter(|_| titled);
    let kept = |field: Field| match field {
        Field::Subject => !titled,
        Field::Sender => !printed.fields.contains(&field) && !names_sender(document, printed),
        field => !printed.fields.contains(&field),
    };
    let blocks = document.blocks.iter().enumerate();
    blocks
        .filter(|(index, block)| match block {
            Block::Letterhead { field, .. } => kept(*field),
            _ => Some(*index) != title,
        })
        .map(|(_, block)| block)
        .collect()
}

/// Whether the paper says whose it is.
fn names_sender(document: &Document, printed: &Printed) -> bool {
    let name = document.fields.get(&Field::Sender).map(|name| fold(name)).unwrap_or_default();
    let bare = ["mairie de ", "commune de ", "mairie d'", "commune d'"]
        .iter()
        .find_map(|lead| name.strip_prefix(lead))
        .unwrap_or(&name);
    printed.picture || (!bare.is_empty() && printed.words.contains(bare))
}

/// Lower case without accents, white space and apostrophes alike.
pub(super) fn fold(text: &str) -> String {
    let plain: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Document {
        let mut document = Document::new("Verger");
        document.state(Field::Sender, "Mairie de Valbrune", Block::paragraph("Mairie de Valbrune"));
        document.state(Field::Subject, "Verger", Block::labelled("Objet", "Verger"));
        document.push(Block::paragraph("Madame,"));
        document
    }

    fn left(document: &Document, printed: &Printed) -> usize {
        body(document, printed).len()
    }

    #[test]
    fn what_the_paper_prints_is_left_out() {
        let document = letter();
        assert_eq!(left(&document, &Printed::default()), 3);
        let asked = |field| Printed { fields: BTreeSet::from([field]), ..Printed::default() };
        assert_eq!(left(&document, &asked(Field::Subject)), 2);
        assert_eq!(left(&document, &asked(Field::Date)), 3);
        assert_eq!(left(&document, &asked(Field::Sender)), 2);
        let titled = Printed { title_in_text: true, ..asked(Field::Title) };
        assert_eq!(left(&document, &titled), 2);
        assert_eq!(left(&document, &asked(Field::Title)), 3);
        let named = Printed { words: "commune de valbrune".into(), ..Printed::default() };
        assert_eq!(left(&document, &named), 2);
        assert_eq!(left(&document, &Printed { picture: true, ..Printed::default() }), 2);
    }

    #[test]
    fn the_first_heading_is_the_title() {
        let mut document = Document::new("PV");
        document.push(Block::heading(1, "PV"));
        document.push(Block::heading(2, "Vœux"));
        let fields = BTreeSet::from([Field::Title]);
        let printed = Printed { fields, title_in_text: true, ..Printed::default() };
        assert_eq!(body(&document, &printed), [&Block::heading(2, "Vœux")]);
    }

    #[test]
    fn names_are_found_whatever_their_accents() {
        for field in Field::ALL {
            assert_eq!(Field::named(field.name()), Some(field));
            assert!(field.blank().starts_with("[À COMPLÉTER : "));
        }
        assert_eq!(Field::named("Références"), Some(Field::References));
        assert_eq!(Field::named("nom signataire"), Some(Field::SignatoryName));
        assert_eq!(Field::named("machin"), None);
    }
}
