//! Files as offices have them, and files as nobody should send them.

use super::*;

/// What a file of that name and content is read as.
fn read(name: &str, bytes: &[u8]) -> Result<Imported, ImportError> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let file = File::of(format!("« {name} »"), ending, &mut &*bytes)?;
    file.imported().map_err(|reason| ImportError { name: file.name, reason })
}

#[test]
fn scratch() {
    for f in std::env::var("OI").unwrap_or_default().split_whitespace() {
        match super::read(std::path::Path::new(f)) {
            Ok(i) => println!("=== {f}\n{}\n--- {:?}", i.text, i.remarks),
            Err(e) => println!("=== {f}\n{e}"),
        }
    }
}
