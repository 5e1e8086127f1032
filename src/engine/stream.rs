//! The answer as it comes: whole characters only, and nothing of a stop string.

/// Assembles the bytes of tokens into text and watches for stop strings.
#[derive(Debug)]
pub struct TextStream<'a> {
    stop: &'a [&'a str],
    bytes: Vec<u8>,
    text: String,
    shown: usize,
    stopped: bool,
}

impl<'a> TextStream<'a> {
    /// An empty answer that ends at any of the stop strings.
    pub fn new(stop: &'a [&'a str]) -> Self {
        Self { stop, bytes: Vec::new(), text: String::new(), shown: 0, stopped: false }
    }

    /// Adds a token's bytes; answers the text that is now certain to be part of the answer.
    pub fn push(&mut self, token: &[u8]) -> &str {
        self.bytes.extend_from_slice(token);
        loop {
            match std::str::from_utf8(&self.bytes) {
                Ok(text) => {
                    self.text.push_str(text);
                    self.bytes.clear();
                    break;
                }
                Err(error) => {
                    let valid = error.valid_up_to();
                    self.text.push_str(&String::from_utf8_lossy(
                        self.bytes.get(..valid).unwrap_or_default(),
                    ));
                    let Some(bad) = error.error_len() else {
                        // A character that its next token completes.
                        self.bytes.drain(..valid);
                        break;
                    };
                    self.text.push('\u{fffd}');
                    self.bytes.drain(..valid + bad);
                }
            }
        }
        let found =
            self.stop.iter().filter(|s| !s.is_empty()).filter_map(|s| self.text.find(s)).min();
        let certain = match found {
            Some(at) => {
                self.text.truncate(at);
                self.stopped = true;
                at
            }
            None => self.text.len() - self.held_back(),
        };
        let start = self.shown.min(certain);
        self.shown = certain.max(self.shown);
        self.text.get(start..certain).unwrap_or_default()
    }

    /// Bytes at the end that may be the beginning of a stop string.
    fn held_back(&self) -> usize {
        let begins = |stop: &str| {
            (1..stop.len())
                .rev()
                .filter(|n| stop.is_char_boundary(*n))
                .find(|n| stop.get(..*n).is_some_and(|head| self.text.ends_with(head)))
                .unwrap_or(0)
        };
        self.stop.iter().map(|s| begins(s)).max().unwrap_or(0)
    }

    /// Whether a stop string came.
    pub fn stopped(&self) -> bool {
        self.stopped
    }

    /// What was held back, now that no more comes; then the whole answer.
    pub fn finish(mut self) -> (String, String) {
        if !self.bytes.is_empty() && !self.stopped {
            self.text.push('\u{fffd}');
        }
        let rest = self.text.get(self.shown.min(self.text.len())..).unwrap_or_default().to_owned();
        (rest, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(stop: &[&str], tokens: &[&[u8]]) -> (Vec<String>, String, bool) {
        let mut stream = TextStream::new(stop);
        let shown: Vec<String> = tokens.iter().map(|t| stream.push(t).to_owned()).collect();
        let stopped = stream.stopped();
        let (rest, text) = stream.finish();
        assert_eq!(shown.concat() + &rest, text);
        (shown, text, stopped)
    }

    #[test]
    fn characters_are_shown_whole() {
        let (shown, text, _) = run(&[], &[b"\xc3", b"\xa9t\xc3\xa9 \xe2\x82", b"\xac"]);
        assert_eq!(shown, ["", "été ", "€"]);
        assert_eq!(text, "été €");
    }

    #[test]
    fn a_stop_string_over_several_tokens_is_never_shown() {
        let (shown, text, stopped) = run(&["\nPoint :"], &[b"fin.", b"\n", b"Point", b" : x"]);
        assert_eq!(shown, ["fin.", "", "", ""]);
        assert_eq!((text.as_str(), stopped), ("fin.", true));
    }

    #[test]
    fn what_only_looked_like_a_stop_string_is_shown() {
        let (shown, text, stopped) = run(&["\n\n"], &[b"a\n", b"b"]);
        assert_eq!(shown, ["a", "\nb"]);
        assert_eq!((text.as_str(), stopped), ("a\nb", false));
    }

    #[test]
    fn bytes_that_are_no_character_are_replaced() {
        assert_eq!(run(&[], &[b"a\xff", b"b\xc3"]).1, "a\u{fffd}b\u{fffd}");
    }
}
