//! The colours of a sheet: shades of the one that the user names, and text that reads on each.
//!
//! Contrast is computed as the web's rules (WCAG) define it and never taken for granted: text in
//! the accent is darkened until it reads, text on it turns black where white would not. Shades are
//! made in `OKLCH`, where the same step looks the same in every hue. Left out: a second colour, which
//! a sheet made in a minute does not need.

use serde::Serialize;

/// The least contrast of text (WCAG AA).
pub const LEAST_CONTRAST: f64 = 4.5;

/// A colour of the screen, eight bits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// A text that is no colour.
#[derive(Debug, thiserror::Error)]
#[error(
    "« {0} » n'est pas une couleur : écrivez par exemple \"#1d4e89\", ou un nom parmi {names}",
    names = NAMES.map(|(name, _)| name).join(", ")
)]
pub struct NotAColour(pub String);

/// Names that people give, in shades that print well.
const NAMES: [(&str, &str); 11] = [
    ("bleu", "#1d4e89"),
    ("bordeaux", "#8a1c2f"),
    ("gris", "#4a5560"),
    ("jaune", "#f2b705"),
    ("marron", "#6f4518"),
    ("noir", "#1b1b1b"),
    ("orange", "#d2601a"),
    ("rose", "#b8336a"),
    ("rouge", "#b3261e"),
    ("vert", "#2e6b3f"),
    ("violet", "#5b2a86"),
];

impl std::str::FromStr for Colour {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let low = text.trim().to_lowercase();
        let code = NAMES.iter().find(|(name, _)| *name == low).map_or(low.as_str(), |(_, c)| *c);
        let refused = || NotAColour(text.to_owned());
        let digits = code.strip_prefix('#').unwrap_or(code);
        let values: Vec<u8> = digits
            .chars()
            .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
            .collect::<Option<_>>()
            .ok_or_else(refused)?;
        match values.as_slice() {
            [r, g, b] => Ok(Self { red: r * 17, green: g * 17, blue: b * 17 }),
            [r, r2, g, g2, b, b2] => {
                Ok(Self { red: r * 16 + r2, green: g * 16 + g2, blue: b * 16 + b2 })
            }
            _ => Err(refused()),
        }
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl Serialize for Colour {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What the sheet stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// Plain white, which public authorities alone may print in black on.
    White,
    /// A light shade of the accent.
    Tinted,
}

/// The shades of a sheet; each text colour reads on what it stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Palette {
    /// The sheet's ground.
    pub paper: Colour,
    /// Text on paper and on light shades.
    pub ink: Colour,
    /// The colour itself, for surfaces and rules.
    pub accent: Colour,
    /// Text on the accent.
    pub on_accent: Colour,
    /// The accent as text on paper.
    pub strong: Colour,
    /// A dark surface.
    pub deep: Colour,
    /// Text on the dark surface.
    pub on_deep: Colour,
    /// A light surface; also text on the dark one.
    pub light: Colour,
    /// Between accent and light, for ornaments.
    pub mid: Colour,
}

const WHITE: Colour = Colour { red: 255, green: 255, blue: 255 };
const BLACK: Colour = Colour { red: 0, green: 0, blue: 0 };

/// The shades made of an accent.
pub fn palette(accent: Colour, paper: Paper) -> Palette {
    let shade = Shade::of(accent);
    let at = |lightness: f64, most: f64| {
        Shade { lightness, chroma: shade.chroma.min(most), hue: shade.hue }.colour()
    };
    let paper = match paper {
        Paper::White => WHITE,
        Paper::Tinted => {
            Shade { lightness: 0.955, chroma: (shade.chroma * 0.45).min(0.045), ..shade }.colour()
        }
    };
    // A grey accent gives no tint: the ground then turns a warm grey, never white.
    let paper = if paper != WHITE && shade.chroma < 0.02 {
        Colour { red: 0xec, green: 0xea, blue: 0xe4 }
    } else {
        paper
    };
    let ink = at(0.23, 0.05);
    let deep = at(shade.lightness.min(0.36), 0.11);
    let mut strong = shade;
    let mut dark = accent;
    while contrast(dark, paper) < LEAST_CONTRAST && strong.lightness > 0.0 {
        strong.lightness -= 0.01;
        dark = strong.colour();
    }
    let on_accent = [WHITE, ink].into_iter().find(|text| contrast(*text, accent) >= LEAST_CONTRAST);
    Palette {
        paper,
        ink,
        accent,
        on_accent: on_accent.unwrap_or(BLACK),
        strong: dark,
        deep,
        on_deep: WHITE,
        light: at(0.87, 0.10),
        mid: at(0.72, 0.13),
    }
}

/// How far two colours stand apart, from 1 to 21 (WCAG 2).
pub fn contrast(one: Colour, other: Colour) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: Colour) -> f64 {
    let [red, green, blue] = linear(colour);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The channels as amounts of light.
fn linear(colour: Colour) -> [f64; 3] {
    [colour.red, colour.green, colour.blue].map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
}

/// A colour as the eye orders it (`OKLCH`).
#[derive(Debug, Clone, Copy)]
struct Shade {
    lightness: f64,
    chroma: f64,
    hue: f64,
}

impl Shade {
    fn of(colour: Colour) -> Self {
        let [r, g, b] = linear(colour);
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
        Self {
            lightness: 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            chroma: a.hypot(b),
            hue: b.atan2(a),
        }
    }

    /// The nearest colour of the screen with this lightness and hue.
    fn colour(mut self) -> Colour {
        loop {
            let channels = self.channels();
            let inside = channels.iter().all(|c| (-0.000_1..=1.000_1).contains(c));
            if inside || self.chroma < 0.000_1 {
                let [red, green, blue] = channels.map(encoded);
                return Colour { red, green, blue };
            }
            self.chroma *= 0.96;
        }
    }

    fn channels(self) -> [f64; 3] {
        let (a, b) = (self.chroma * self.hue.cos(), self.chroma * self.hue.sin());
        let l = (self.lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (self.lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (self.lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ]
    }
}

/// An amount of light as a channel of the screen.
fn encoded(light: f64) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let value =
        if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    // From 0 to 255, as the light is clamped.
    (255.0 * value).round() as u8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    #[test]
    fn colours_are_read_as_people_write_them() {
        assert_eq!(colour("#1D4E89").to_string(), "#1d4e89");
        assert_eq!(colour("1d4e89"), colour("bleu"));
        assert_eq!(colour("#fa0").to_string(), "#ffaa00");
        for wrong in ["", "#12", "#12345", "#1234567", "bleu ciel", "#gggggg", "é"] {
            let message = wrong.parse::<Colour>().unwrap_err().to_string();
            assert!(message.contains("couleur") && message.contains("bleu"), "{message}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_rules() {
        assert!((contrast(WHITE, BLACK) - 21.0).abs() < 1e-9);
        assert!((contrast(colour("#767676"), WHITE) - 4.54).abs() < 0.01);
        assert!((contrast(colour("#ff0000"), WHITE) - 4.0).abs() < 0.01);
    }

    #[test]
    fn an_association_never_gets_white_paper() {
        for (_, code) in NAMES {
            let tinted = palette(colour(code), Paper::Tinted).paper;
            assert!(contrast(tinted, WHITE) > 1.05, "{code}: {tinted}");
            assert_eq!(palette(colour(code), Paper::White).paper, WHITE);
        }
    }

    proptest! {
        #[test]
        fn text_reads_on_everything_it_stands_on(red: u8, green: u8, blue: u8, white: bool) {
            let paper = if white { Paper::White } else { Paper::Tinted };
            let shades = palette(Colour { red, green, blue }, paper);
            for (text, ground) in [
                (shades.ink, shades.paper),
                (shades.strong, shades.paper),
                (shades.ink, shades.light),
                (shades.on_accent, shades.accent),
                (shades.on_deep, shades.deep),
                (shades.light, shades.deep),
            ] {
                let found = contrast(text, ground);
                prop_assert!(found >= LEAST_CONTRAST, "{text} on {ground}: {found}");
            }
        }
    }
}
