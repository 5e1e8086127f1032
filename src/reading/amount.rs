//! Amounts of money as people type them.

/// Whether tax is in the amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tax {
    /// « HT ».
    Excluded,
    /// « TTC ».
    Included,
}

/// An amount of money, exact to the cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Amount {
    /// Cents; never negative.
    pub cents: u64,
    /// What is said of tax.
    pub tax: Option<Tax>,
}

impl Amount {
    /// In French: « 3 480 € TTC », « 3,85 € », « 2 423,50 € ».
    pub fn to_french(&self) -> String {
        String::new()
    }
}
