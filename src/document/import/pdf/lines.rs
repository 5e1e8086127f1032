//! Signs with their places, as lines: what stands side by side is one line, a small gap is a space,
//! a wide one the edge of a cell.

/// A gap, in sizes of the type, that is a space.
const SPACE: f64 = 0.17;
/// A gap that is wider than any space between justified words.
const CELL: f64 = 2.5;
/// Stands between cells until the whole line is known.
pub(super) const CELL_EDGE: char = '\u{1f}';
/// How far a sign may stand above or below the line that it is in, as notes and ordinals do.
const SHIFT: f64 = 0.5;

/// The lines of a page, in the order in which they were drawn.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    /// Its width, in points.
    pub(super) width: f64,
    /// Its lines.
    pub(super) lines: Vec<Line>,
    weight: usize,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Its words.
    pub(super) text: String,
    /// Where it begins, from the left.
    pub(super) start: f64,
    /// Where it ends.
    pub(super) end: f64,
    /// Its height above the foot of the page.
    pub(super) height: f64,
    /// The size of its type.
    pub(super) size: f64,
    /// Its last sign was raised.
    raised: bool,
}

impl Page {
    /// Whether nothing was drawn but white space.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.iter().all(|line| line.text.trim().is_empty())
    }

    /// Bytes of text.
    pub(super) fn weight(&self) -> usize {
        self.weight
    }

    /// Takes the next sign.
    pub(super) fn sign(&mut self, x: f64, y: f64, width: f64, size: f64, sign: &str) {
        self.weight += sign.len();
        let is_blank = sign.chars().all(char::is_whitespace);
        let last = self.lines.last_mut().filter(|line| {
            let size = line.size.max(size);
            (line.height - y).abs() < SHIFT * size && x > line.end - size
        });
        let Some(line) = last else {
            // White space before the first word says nothing: places tell.
            if !is_blank {
                self.lines.push(Line {
                    text: decomposed(sign),
                    start: x,
                    end: x + width,
                    height: y,
                    size,
                    raised: false,
                });
            }
            return;
        };
        let gap = (x - line.end) / line.size.max(size).max(1.0);
        // Type drawn twice to make it bold.
        let again = gap < -0.3 && line.text.ends_with(sign) && x + width - line.end < 0.1 * size;
        if again {
            return;
        }
        if gap > CELL && !is_blank {
            line.text.truncate(line.text.trim_end().len());
            line.text.push(CELL_EDGE);
        } else if gap > SPACE && !is_blank && !line.text.ends_with(' ') {
            line.text.push(' ');
        }
        if is_blank {
            // The place of the next word tells how wide the white space is.
            if !line.text.ends_with(' ') {
                line.text.push(' ');
            }
            if gap < CELL {
                line.end = line.end.max(x + width.min(size));
            }
            return;
        }
        let raised = y > line.height + 0.12 * line.size && size < 0.8 * line.size;
        match (raised, sign) {
            // « m2 », as French notes type it with a raised figure.
            (true, "2" | "3") if measures(&line.text) => {
                line.text.push(if sign == "2" { '²' } else { '³' });
            }
            // The call of a note is no figure of the word before it.
            (true, call) if call.chars().all(|c| c.is_ascii_digit()) => {
                if line.text.ends_with(')') && line.raised {
                    line.text.pop();
                } else {
                    line.text.push_str(" (");
                }
                line.text.push_str(call);
                line.text.push(')');
            }
            _ => line.text.push_str(&decomposed(sign)),
        }
        line.raised = raised;
        line.end = line.end.max(x + width);
        line.size = line.size.max(size);
    }
}

/// Whether the text ends in a measure that may be squared: `120 m`, `35 cm`.
fn measures(text: &str) -> bool {
    let unit = text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    ["m", "cm", "dm", "km", "mm"].contains(&unit)
}

/// Ligatures as letters; nothing else is changed, so that `m²` stays what it is.
fn decomposed(sign: &str) -> String {
    let mut out = String::with_capacity(sign.len());
    for character in sign.chars() {
        match character {
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            'ﬅ' | 'ﬆ' => out.push_str("st"),
            _ => out.push(character),
        }
    }
    out
}
