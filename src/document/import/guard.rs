//! What protects the program from the libraries that read files: some panic on damaged ones.

use std::sync::Once;

use super::Reason;

/// The name of threads that read files, whose panics say nothing to the user.
pub(super) const THREAD: &str = "lecture";
const STACK_BYTES: usize = 16 << 20;

/// Reads on a thread of its own: a panic there is a damaged file.
///
/// # Errors
/// As `read`, or when it panics.
pub(super) fn guarded<T: Send>(
    read: impl FnOnce() -> Result<T, Reason> + Send,
) -> Result<T, Reason> {
    quiet_panics();
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK_BYTES);
        let reading = thread.spawn_scoped(scope, read).map_err(Reason::Io)?;
        reading.join().unwrap_or_else(|_| Err(Reason::Damaged("contenu illisible".to_owned())))
    })
}

/// What panics on reading threads say is for programmers; the user is told what failed.
pub(super) fn quiet_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if std::thread::current().name() != Some(THREAD) {
                previous(panic);
            }
        }));
    });
}
