//! Finds out what only a panic shows, without a report of that panic.

use std::panic::{UnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Held while the program's panic hook is another.
static ASKING: Mutex<()> = Mutex::new(());

/// Returns whether a question does without a panic, which it must not be asked while the thread panics.
///
/// The program's panic hook does not see that panic: it may end the process or wake somebody up. Panics of other threads reach it
/// meanwhile.
pub(super) fn is_without_panic(question: impl FnOnce() + UnwindSafe) -> bool {
    if thread::panicking() {
        return false;
    }
    let _asking = ASKING.lock().unwrap_or_else(PoisonError::into_inner);
    let asking = thread::current().id();
    let usual = Arc::new(take_hook());
    let for_others = usual.clone();
    set_hook(Box::new(move |panic| {
        if thread::current().id() != asking {
            for_others(panic);
        }
    }));
    let outcome = catch_unwind(question);
    drop(take_hook());
    if let Some(usual) = Arc::into_inner(usual) {
        set_hook(usual);
    }
    outcome.is_ok()
}
