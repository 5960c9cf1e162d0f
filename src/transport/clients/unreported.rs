//! Runs code that may panic, without a report of the panic.

use std::panic::{PanicHookInfo, UnwindSafe, catch_unwind, set_hook, take_hook};
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

/// Held while the program's panic hook is replaced.
static ASKING: Mutex<()> = Mutex::new(());

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>;

/// Returns whether `question` runs without a panic; false on a thread that is panicking already.
///
/// The program's panic hook does not see that panic, because a hook may end the process or page somebody. Panics of other threads still
/// reach it, and a hook that the program sets in the meantime stays. std cannot swap two hooks in one step: for the moment between taking
/// one and setting the next, its own hook reports the panic of another thread.
pub(super) fn is_without_panic(question: impl FnOnce() + UnwindSafe) -> bool {
    if thread::panicking() {
        return false;
    }
    let _asking = ASKING.lock().unwrap_or_else(PoisonError::into_inner);
    let is_asked = Arc::new(AtomicBool::new(true));
    let usual = Arc::new(OnceLock::<Hook>::new());
    let hook = {
        let (asking, is_asked, usual) = (thread::current().id(), is_asked.clone(), usual.clone());
        // A hook that the program sets in the meantime may keep this one and pass panics on to it.
        Box::new(move |panic: &PanicHookInfo<'_>| {
            let is_question = is_asked.load(Ordering::Relaxed) && thread::current().id() == asking;
            if let Some(usual) = usual.get()
                && !is_question
            {
                usual(panic);
            }
        })
    };
    let address = ptr::from_ref(&*hook).addr();
    let _ = usual.set(take_hook());
    set_hook(hook);
    let outcome = catch_unwind(question);
    is_asked.store(false, Ordering::Relaxed);
    let hook = take_hook();
    // A hook of the program can only have the same address if the one above was dropped, and the other handle on `usual` with it.
    if ptr::from_ref(&*hook).addr() == address && Arc::strong_count(&usual) > 1 {
        drop(hook);
        if let Some(usual) = Arc::into_inner(usual).and_then(OnceLock::into_inner) {
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

    /// Held by each test that sets a hook.
    static HOOK: Mutex<()> = Mutex::new(());

    /// Runs `test` while the hook of the program counts the panics of threads with this name, and passes on all others.
    fn with_hook(name: &'static str, test: impl FnOnce(&AtomicUsize)) {
        let _hook = HOOK.lock().unwrap_or_else(PoisonError::into_inner);
        let (seen, usual) = (Arc::new(AtomicUsize::new(0)), Arc::new(take_hook()));
        set_hook(counting(name, seen.clone(), usual.clone()));
        test(&seen);
        drop(take_hook());
        set_hook(Arc::into_inner(usual).expect("the hook above is dropped"));
    }

    fn counting(name: &'static str, seen: Arc<AtomicUsize>, usual: Arc<Hook>) -> Hook {
        Box::new(move |panic| {
            if thread::current().name() == Some(name) {
                seen.fetch_add(1, Ordering::SeqCst);
            } else {
                usual(panic);
            }
        })
    }

    fn on<T: Send + 'static>(
        name: &str,
        code: impl FnOnce() -> T + Send + 'static,
    ) -> thread::JoinHandle<T> {
        let thread = thread::Builder::new().name(name.to_owned());
        thread.spawn(code).unwrap()
    }

    fn panic_on(name: &str) {
        assert!(on(name, || panic!("seen by the hook")).join().is_err());
    }

    #[test]
    fn a_panic_of_another_thread_reaches_the_hook() {
        with_hook("of the program", |seen| {
            assert!(!is_without_panic(|| {
                panic_on("of the program");
                panic!("seen by nobody");
            }));
            assert_eq!(seen.load(Ordering::SeqCst), 1);
            panic_on("of the program");
            assert_eq!(seen.load(Ordering::SeqCst), 2, "the hook is back");
        });
    }

    #[test]
    fn questions_of_several_threads_at_one_time_leave_the_hook() {
        with_hook("asks", |seen| {
            let ask = || {
                for _ in 0..20_000 {
                    assert!(!is_without_panic(|| panic!("seen by nobody")));
                    assert!(is_without_panic(|| {}));
                }
            };
            let threads = Vec::from_iter((0..4).map(|_| on("asks", ask)));
            assert!(threads.into_iter().all(|thread| thread.join().is_ok()));
            assert_eq!(seen.load(Ordering::SeqCst), 0);
            panic_on("asks");
            assert_eq!(seen.load(Ordering::SeqCst), 1, "the hook is back");
        });
    }

    #[test]
    fn a_thread_that_panics_is_not_asked() {
        struct Asks(Arc<AtomicBool>);
        impl Drop for Asks {
            fn drop(&mut self) {
                let is_asked = AtomicBool::new(false);
                let outcome = is_without_panic(|| is_asked.store(true, Ordering::SeqCst));
                self.0
                    .store(!outcome && !is_asked.into_inner(), Ordering::SeqCst);
            }
        }
        with_hook("panics", |seen| {
            let is_right = Arc::new(AtomicBool::new(false));
            let asks = Asks(is_right.clone());
            let thread = on("panics", move || {
                let _asks = asks;
                panic!("seen by the hook");
            });
            assert!(thread.join().is_err());
            assert_eq!(seen.load(Ordering::SeqCst), 1);
            assert!(is_right.load(Ordering::SeqCst));
        });
    }

    /// Whether the new hook drops the one that it replaces, or keeps it and passes panics on to it.
    #[test]
    fn a_hook_that_is_set_meanwhile_stays() {
        for keeps in [false, true] {
            with_hook("asks", |before| {
                let seen = Arc::new(AtomicUsize::new(0));
                let count = seen.clone();
                let set = move || {
                    let replaced = Arc::new(take_hook());
                    let passed_on = match keeps {
                        true => replaced,
                        false => Arc::new(Box::new(|_: &PanicHookInfo<'_>| {}) as Hook),
                    };
                    set_hook(counting("meanwhile", count, passed_on));
                };
                let asking = on("asks", move || {
                    if is_without_panic(set) {
                        panic!("seen by the hook");
                    }
                });
                assert!(asking.join().is_err());
                assert_eq!(before.load(Ordering::SeqCst), usize::from(keeps));
                panic_on("meanwhile");
                assert_eq!(seen.load(Ordering::SeqCst), 1);
            });
        }
    }
}
