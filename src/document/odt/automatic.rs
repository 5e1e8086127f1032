//! Automatic styles of an ODF text: what a paragraph or a table has beyond its named style.
//!
//! Equal properties share one style; names have a prefix that no template uses.

use super::super::xml::escaped;

/// What a paragraph has of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::document) struct Paragraph {
    /// The named style it is based on.
    pub(in crate::document) parent: String,
    /// The page style that begins with it.
    pub(in crate::document) master_page: Option<String>,
    /// Attributes of its own, as « fo:text-align="center" ».
    pub(in crate::document) attributes: Vec<String>,
    /// Properties taken over from a template's paragraph, as XML.
    pub(in crate::document) taken: String,
}

/// The styles made so far.
#[derive(Debug, Clone, Default)]
pub(in crate::document) struct Automatic {
    paragraphs: Vec<Paragraph>,
    others: Vec<String>,
}

impl Automatic {
    /// The name of a style for that paragraph: its parent's own where it has nothing else.
    pub(in crate::document) fn paragraph(&mut self, paragraph: &Paragraph) -> String {
        let bare = paragraph.master_page.is_none()
            && paragraph.attributes.is_empty()
            && paragraph.taken.is_empty();
        if bare {
            return paragraph.parent.clone();
        }
        let known = self.paragraphs.iter().position(|known| known == paragraph);
        let index = known.unwrap_or_else(|| {
            self.paragraphs.push(paragraph.clone());
            self.paragraphs.len() - 1
        });
        format!("GreffierP{}", index + 1)
    }

    /// The name of a style of another family: its properties as XML, without its name.
    pub(in crate::document) fn other(
        &mut self,
        family: &str,
        attributes: &str,
        properties: &str,
    ) -> String {
        let style = format!(" style:family=\"{family}\"{attributes}>{properties}</style:style>");
        let known = self.others.iter().position(|known| *known == style);
        let index = known.unwrap_or_else(|| {
            self.others.push(style);
            self.others.len() - 1
        });
        format!("GreffierT{}", index + 1)
    }

    /// The styles as they stand in the part.
    pub(in crate::document) fn definitions(&self) -> String {
        let paragraphs = (1..).zip(&self.paragraphs).map(|(number, style)| {
            let page = style.master_page.as_ref().map_or_else(String::new, |page| {
                format!(" style:master-page-name=\"{}\"", escaped(page))
            });
            let own = if style.attributes.is_empty() {
                String::new()
            } else {
                format!("<style:paragraph-properties {}/>", style.attributes.join(" "))
            };
            let properties = merged(&style.taken, &own);
            format!(
                "<style:style style:name=\"GreffierP{number}\" style:family=\"paragraph\" style:parent-style-name=\"{}\"{page}>{properties}</style:style>",
                escaped(&style.parent)
            )
        });
        let others = (1..)
            .zip(&self.others)
            .map(|(number, style)| format!("<style:style style:name=\"GreffierT{number}\"{style}"));
        paragraphs.chain(others).collect()
    }
}

/// Properties taken over, with our attributes in place of theirs.
fn merged(taken: &str, own: &str) -> String {
    const START: &str = "<style:paragraph-properties";
    let Some(own) = own.strip_prefix(START).and_then(|own| own.strip_suffix("/>")) else {
        return taken.to_owned();
    };
    let Some((before, after)) = taken.split_once(START) else {
        return format!("{START}{own}/>{taken}");
    };
    let Some((theirs, rest)) = after.split_once('>') else { return taken.to_owned() };
    let (theirs, end) = match theirs.strip_suffix('/') {
        Some(theirs) => (theirs, "/>"),
        None => (theirs, ">"),
    };
    let name = |attribute: &str| attribute.split_once('=').map(|(name, _)| name.trim().to_owned());
    let ours: Vec<String> = own.split("\" ").filter_map(name).collect();
    let kept: String = theirs
        .split_inclusive("\" ")
        .filter(|attribute| name(attribute).is_some_and(|name| !ours.contains(&name)))
        .collect();
    format!("{before}{START} {} {}{end}{rest}", kept.trim(), own.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_attributes_take_the_place_of_theirs() {
        let theirs = "<style:paragraph-properties fo:text-align=\"justify\" fo:margin-top=\"1cm\"/><style:text-properties fo:color=\"#000000\"/>";
        assert_eq!(
            merged(theirs, "<style:paragraph-properties fo:text-align=\"center\"/>"),
            "<style:paragraph-properties fo:margin-top=\"1cm\" fo:text-align=\"center\"/><style:text-properties fo:color=\"#000000\"/>"
        );
        assert_eq!(
            merged("", "<style:paragraph-properties a=\"b\"/>"),
            "<style:paragraph-properties a=\"b\"/>"
        );
        assert_eq!(merged(theirs, ""), theirs);
    }

    #[test]
    fn equal_styles_are_one() {
        let mut automatic = Automatic::default();
        let plain = Paragraph { parent: "Standard".into(), ..Paragraph::default() };
        assert_eq!(automatic.paragraph(&plain), "Standard");
        let centred = Paragraph { attributes: vec!["fo:text-align=\"center\"".into()], ..plain };
        assert_eq!(automatic.paragraph(&centred), "GreffierP1");
        assert_eq!(automatic.paragraph(&centred), "GreffierP1");
    }
}
