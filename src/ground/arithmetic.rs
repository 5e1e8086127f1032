//! stub
/// stub
pub fn check(_: &crate::notes::Notes, _: &crate::office::Office) -> Vec<crate::finding::Finding> {
    Vec::new()
}
