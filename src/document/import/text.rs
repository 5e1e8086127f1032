//! Bytes as text: UTF-8, UTF-16 with its mark, or Windows-1252, which old office software still
//! writes.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::Reason;

/// Decodes text; line ends and white space stay as they are.
///
/// # Errors
/// When the bytes are no text.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Reason> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes)
        && encoding != UTF_8
    {
        let (text, broken) =
            encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        return if broken || text.contains('\0') {
            Err(Reason::Binary)
        } else {
            Ok(text.into_owned())
        };
    }
    if bytes.contains(&0) {
        return Err(Reason::Binary);
    }
    let text = std::str::from_utf8(bytes)
        .map_or_else(|_| WINDOWS_1252.decode(bytes).0.into_owned(), str::to_owned);
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}
