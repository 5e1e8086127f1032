//! Abbreviations of office notes.
