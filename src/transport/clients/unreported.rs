//! Runs code that may panic, without a report of the panic.

use std::panic::{UnwindSafe, catch_unwind, set_hook, take_hook};
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Held while the program's panic hook is replaced.
static ASKING: Mutex<()> = Mutex::new(());

/// Returns whether `question` runs without a panic; false on a thread that is panicking already.
///
/// The program's panic hook does not see that panic, because a hook may end the process or page somebody. Panics of other threads still
/// reach it, and a hook that the program sets in the meantime stays.
pub(super) fn is_without_panic(question: impl FnOnce() + UnwindSafe) -> bool {
    if thread::panicking() {
        return false;
    }
    let _asking = ASKING.lock().unwrap_or_else(PoisonError::into_inner);
    let is_asked = Arc::new(AtomicBool::new(true));
    let usual = Arc::new(take_hook());
    let hook = {
        let (asking, is_asked, usual) = (thread::current().id(), is_asked.clone(), usual.clone());
        // A hook that the program sets in the meantime may keep this one and pass panics on to it.
        Box::new(move |panic: &std::panic::PanicHookInfo<'_>| {
            if !(is_asked.load(Ordering::Relaxed) && thread::current().id() == asking) {
                usual(panic);
            }
        })
    };
    let address = ptr::from_ref(&*hook).addr();
    set_hook(hook);
    let outcome = catch_unwind(question);
    is_asked.store(false, Ordering::Relaxed);
    let hook = take_hook();
    if ptr::from_ref(&*hook).addr() == address {
        drop(hook);
        if let Some(usual) = Arc::into_inner(usual) {
            set_hook(usual);
        }
    } else {
        set_hook(hook);
    }
    outcome.is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;

    #[test]
    fn a_hook_that_is_set_meanwhile_stays() {
        static SEEN: AtomicUsize = AtomicUsize::new(0);
        let usual = Arc::new(take_hook());
        let (for_others, here) = (usual.clone(), thread::current().id());
        let mine = move |panic: &std::panic::PanicHookInfo<'_>| {
            if thread::current().id() == here {
                SEEN.fetch_add(1, Ordering::Relaxed);
            } else {
                for_others(panic);
            }
        };
        let mine = std::panic::AssertUnwindSafe(mine);
        assert!(is_without_panic(move || {
            let mine = mine;
            set_hook(Box::new(mine.0));
        }));
        assert!(catch_unwind(|| panic!("seen by the hook")).is_err());
        drop(take_hook());
        set_hook(Arc::into_inner(usual).expect("the hook above is dropped"));
        assert_eq!(SEEN.load(Ordering::Relaxed), 1);
    }
}
