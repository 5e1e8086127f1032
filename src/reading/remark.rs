//! stub
/// stub
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "stub")]
pub enum Remark {
    Private,
    Instruction,
    Judgement,
    Doubt,
    Health,
    Promotion,
    Internal,
}
/// stub
pub fn classify(_: &str) -> Option<Remark> {
    None
}
