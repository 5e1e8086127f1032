//! Numbers of neighbouring cells, which no reader may join: « 61 ⇥ 148 » is not 61 148.

/// The text with a comma between two numbers that a tab parts, or a wide gap where the second
/// would be read as the thousands of the first.
pub fn apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(char::is_whitespace) {
        let (word, after) = rest.split_at(at);
        let next = after.trim_start();
        let (gap, _) = after.split_at(after.len() - next.len());
        out.push_str(word);
        let figures = next.chars().take_while(char::is_ascii_digit).count();
        let tabbed = gap.contains('\t') && figures > 0;
        let wide = gap.chars().nth(1).is_some() && figures == 3;
        let parts = out.ends_with(|c: char| c.is_ascii_digit()) && !gap.contains('\n');
        out.push_str(if parts && (tabbed || wide) { ", " } else { gap });
        rest = next;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_two_cells_are_two_numbers() {
        let table = [
            ("Lise\t12\t340\t7", "Lise\t12, 340, 7"),
            ("bois 12   340", "bois 12, 340"),
            ("12 340 € le 5  mai", "12 340 € le 5  mai"),
            ("12\n340", "12\n340"),
            ("adulte\t4 €\t3 €", "adulte\t4 €\t3 €"),
        ];
        for (typed, expected) in table {
            assert_eq!(apart(typed), expected, "{typed}");
        }
    }
}
