//! The typefaces that documents and posters are set in, inside the program: the same page on every
//! computer, and nothing to install. How the files are made is in `make.py` beside them; their
//! licences too. Left out: any font of the system, which would make pages differ.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Every font, and the list that typst chooses from.
pub(super) struct Fonts {
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
}

/// The files, read once.
pub(super) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> = FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

static FILES: [&[u8]; 11] = [
    include_bytes!("Literata-Regular.ttf"),
    include_bytes!("Literata-Bold.ttf"),
    include_bytes!("HankenGrotesk-Medium.ttf"),
    include_bytes!("HankenGrotesk-Bold.ttf"),
    include_bytes!("HankenGrotesk-Black.ttf"),
    include_bytes!("BricolageGrotesque-ExtraBold.ttf"),
    include_bytes!("Fraunces-SemiBold.ttf"),
    include_bytes!("Fraunces-Black.ttf"),
    include_bytes!("BarlowCondensed-SemiBold.ttf"),
    include_bytes!("BarlowCondensed-ExtraBold.ttf"),
    include_bytes!("GreffierSymboles.ttf"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_is_whole_and_small() {
        assert_eq!(FONTS.fonts.len(), FILES.len());
        let families: Vec<&str> = FONTS.book.families().map(|(name, _)| name).collect();
        for family in [
            "Literata",
            "Hanken Grotesk",
            "Bricolage Grotesque",
            "Fraunces",
            // typst takes the width for a property of the face.
            "Barlow",
            "Greffier Symboles",
        ] {
            assert!(families.contains(&family), "{family} in {families:?}");
        }
        assert!(FILES.iter().map(|file| file.len()).sum::<usize>() < 2_500_000);
    }

    #[test]
    fn french_signs_are_in_every_family_of_text() {
        let signs = "ÀÂÇÉÈÊËÎÏÔŒÙÛÜŸàâçéèêëîïôœùûüÿ«»“”’–—…€°²\u{a0}\u{202f}\u{2011}";
        for font in FONTS.fonts.iter().filter(|font| font.info().family != "Greffier Symboles") {
            for sign in signs.chars() {
                let covered = font.info().coverage.contains(u32::from(sign));
                assert!(covered, "{sign:?} in {}", font.info().family);
            }
        }
    }
}
