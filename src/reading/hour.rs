//! Hours of the day as people type them.

/// An hour of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hour {
    /// From 0 to 24.
    pub hour: u8,
    /// From 0 to 59.
    pub minute: u8,
}

impl Hour {
    /// In French, without leading zero on the hour: « 20 h 30 », « 9 h », « 18 h 05 ».
    pub fn to_french(&self) -> String {
        match self.minute {
            0 => format!("{} h", self.hour),
            minute => format!("{} h {minute:02}", self.hour),
        }
    }
}
