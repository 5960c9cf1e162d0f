//! The HTTP clients of a server: one for each runtime, because a pooled connection belongs to the runtime that opened it.
//!
//! A runtime that was dropped, is blocked or is idle no longer drives its connections, and a call that gets one of them hangs.

use crate::error::error::Error;
use crate::transport::background;
use std::sync::{PoisonError, RwLock};
use tokio::runtime::{Handle, Id};

mod unreported;

/// How many of the caller's runtimes have a client; the oldest is dropped first.
const MOST: usize = 64;

type Make = Box<dyn Fn() -> Result<reqwest::Client, Error> + Send + Sync>;

/// The HTTP clients of a server.
pub(crate) struct Clients {
    make: Make,
    background: reqwest::Client,
    callers: RwLock<Vec<Caller>>,
}

/// A runtime of the caller's.
struct Caller {
    runtime: Id,
    /// `None` for a runtime without timers or I/O.
    client: Option<reqwest::Client>,
}

impl Clients {
    /// Builds the client for the background runtime with `make`, and the others when they are needed.
    pub(crate) fn new(make: Make) -> Result<Self, Error> {
        Ok(Self {
            background: make()?,
            make,
            callers: RwLock::default(),
        })
    }

    /// Returns the client for calls on the background runtime.
    pub(crate) fn background(&self) -> reqwest::Client {
        self.background.clone()
    }

    /// Returns the client for calls on the runtime that polls this; `None` without a runtime that can send.
    pub(crate) fn here(&self) -> Result<Option<reqwest::Client>, Error> {
        let Ok(handle) = Handle::try_current() else {
            return Ok(None);
        };
        let runtime = handle.id();
        let known = self.callers.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(caller) = known.iter().find(|caller| caller.runtime == runtime) {
            return Ok(caller.client.clone());
        }
        drop(known);
        if background::id() == Some(runtime) {
            return Ok(Some(self.background()));
        }
        let client = is_complete().then(|| (self.make)()).transpose()?;
        let mut known = self.callers.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread of the same runtime may have added it.
        if let Some(caller) = known.iter().find(|caller| caller.runtime == runtime) {
            return Ok(caller.client.clone());
        }
        if known.len() == MOST {
            known.remove(0);
        }
        known.push(Caller {
            runtime,
            client: client.clone(),
        });
        Ok(client)
    }
}

/// Whether the current runtime has timers and I/O.
///
/// tokio has no function for that; it panics if they are used on a runtime that was built without `enable_all`. Tried once for each server
/// and runtime.
fn is_complete() -> bool {
    // Without unwinding the attempt would end the program, as the call itself would.
    cfg!(not(panic = "unwind"))
        || unreported::is_without_panic(|| {
            drop(tokio::time::sleep(std::time::Duration::ZERO));
            let socket = std::net::UdpSocket::bind((std::net::Ipv4Addr::LOCALHOST, 0));
            if let Ok(socket) = socket
                && socket.set_nonblocking(true).is_ok()
            {
                drop(tokio::net::UdpSocket::from_std(socket));
            }
        })
}
