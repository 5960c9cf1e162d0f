//! Promises inside real programs: several runtimes, runtimes that end, threads that wait, and callbacks that make calls.
//!
//! Each of these lost a token, panicked or hung for ever before the crate had its own runtime.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]
#![allow(deprecated, reason = "the user's operations are all deprecated")]

mod batches;
#[cfg(feature = "blocking")]
mod callbacks;
#[cfg(unix)]
mod forked;
mod incomplete;
mod not_sent;
mod one_time_passwords;
mod rate_limits;
mod rotations;
mod runtimes;
mod server;
#[cfg(feature = "blocking")]
mod threads;

use common::{TOKEN, app_credentials};
use ghes_oauth::{AccessToken, OAuthApp, RetryPolicy, Server};
use std::sync::mpsc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// Runs a program on a separate thread, and fails if it hangs.
fn bounded<T: Send + 'static>(program: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = mpsc::channel();
    let thread = std::thread::spawn(move || drop(sender.send(program())));
    match receiver.recv_timeout(Duration::from_secs(300)) {
        Ok(output) => output,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("the program hangs"),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            std::panic::resume_unwind(thread.join().unwrap_err())
        }
    }
}

fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn multi_thread(workers: usize) -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(workers)
        .enable_all()
        .build()
        .unwrap()
}

/// A client for this server that never retries.
fn client(server: &server::Scripted) -> Server {
    Server::builder(server.url())
        .retry(RetryPolicy::none())
        .timeout(Duration::from_secs(60))
        .build()
        .unwrap()
}

fn app(server: &server::Scripted) -> OAuthApp {
    client(server).oauth_app(app_credentials())
}

fn token() -> AccessToken {
    AccessToken::new(TOKEN)
}
