//! Models on disk: registry, fetching, verification.
//!
//! A model is one GGUF file in one folder, beside a small record that says what it is and that its
//! digest was checked. [`registry`] knows which models exist and where they come from; [`store`]
//! knows which are here; [`fetch`] brings one over the network, [`import`] from a file the user
//! carries. Nothing else in the program opens a connection or starts another program.
//!
//! Left out: reading a model file ([`crate::engine::header`]), running it ([`crate::engine`]) and
//! talking to the user ([`crate::cli`]), who is told what happens through a sink of [`Event`]s.

mod error;
pub mod fetch;
mod hub;
pub mod import;
pub mod machine;
pub mod registry;
pub mod store;
mod wheels;

pub use error::{ModelsError, size};
pub use registry::{Entry, Purpose};
pub use store::{Installed, Store};

/// What happens while a model is fetched, copied or checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// One French line that the user should see.
    Notice(&'a str),
    /// Bytes are coming in.
    Fetching {
        /// Bytes that are here, those of an earlier attempt included.
        done: u64,
        /// Bytes of the whole file, 0 if unknown.
        total: u64,
    },
    /// The digest is being computed.
    Checking {
        /// Bytes read.
        done: u64,
        /// Bytes of the whole file.
        total: u64,
    },
}

/// Is told what happens.
pub type Sink<'a> = dyn FnMut(Event<'_>) + 'a;

/// Where a wanted model stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolved {
    /// It is here and unchanged since its digest was checked.
    Installed(Installed),
    /// It is known and has to be fetched.
    NeedsFetch(&'static Entry),
}

/// Finds the model of that name or, without a name, the one to draft with: the default if it is
/// here, otherwise another model that can draft, otherwise the default to be fetched.
///
/// # Errors
/// [`ModelsError::Unknown`] for a name that is neither installed nor in the registry,
/// [`ModelsError::WrongDigest`] if the file has changed.
pub fn resolve(store: &Store, name: Option<&str>) -> Result<Resolved, ModelsError> {
    let wanted = name.unwrap_or(&registry::default_entry().id);
    if let Some(installed) = store.find(wanted)? {
        return Ok(Resolved::Installed(store.recheck(installed)?));
    }
    if name.is_none() {
        let other = store.installed()?.into_iter().find(Installed::can_draft);
        if let Some(installed) = other {
            return Ok(Resolved::Installed(store.recheck(installed)?));
        }
    }
    registry::find(wanted)
        .map(Resolved::NeedsFetch)
        .ok_or_else(|| ModelsError::Unknown(wanted.to_owned()))
}
