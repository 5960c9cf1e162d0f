//! A process that is forked after its first call.

use crate::server::Scripted;
use crate::{app, bounded, current_thread, token};
use ghes_oauth::{Error, ErrorKind, OAuthApp, Outcome};
use std::time::Duration;

#[test]
fn a_forked_process_gets_errors_and_waits_for_nothing() {
    bounded(|| {
        let server = Scripted::delayed(Duration::ZERO);
        let app = app(&server);
        let reset = || current_thread().block_on(app.reset_token(&token()).send());
        reset().unwrap();
        match fork::fork().unwrap() {
            fork::Fork::Child => {
                // The process must end even if a call hangs.
                std::thread::spawn(|| {
                    std::thread::sleep(Duration::from_secs(20));
                    std::process::exit(9);
                });
                std::process::exit(i32::from(!behaves(&app)));
            }
            fork::Fork::Parent(child) => {
                let status = fork::waitpid(child).unwrap();
                assert_eq!(status, 0, "the child process failed");
            }
        }
        reset().unwrap();
        assert_eq!(server.resets(), 2);
    });
}

/// Calls that need the background thread are refused, and calls on the caller's runtime work.
fn behaves(app: &OAuthApp) -> bool {
    let is_refused = |error: Option<Error>| {
        error.is_some_and(|error| {
            error.kind() == ErrorKind::Configuration
                && error.outcome() == Outcome::NotPerformed
                && error.to_string().contains("forked")
        })
    };
    let reset = current_thread().block_on(app.reset_token(&token()).send());
    let check = current_thread().block_on(app.check_token(&token()).send());
    #[cfg(feature = "blocking")]
    let waited = is_refused(app.check_token(&token()).wait().err());
    #[cfg(not(feature = "blocking"))]
    let waited = true;
    is_refused(reset.err()) && check.is_ok_and(|check| check.value().is_some()) && waited
}
