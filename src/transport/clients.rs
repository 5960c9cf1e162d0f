//! The HTTP clients of a server: one for each runtime, because a pooled connection belongs to the runtime that opened it.
//!
//! A runtime that is dropped, blocked or idle drives its connections no longer, and whoever is given one of them waits in vain.

use crate::error::error::Error;
use crate::transport::background;
use std::sync::{PoisonError, RwLock};
use tokio::runtime::{Handle, Id};

mod unreported;

/// The most runtimes of a caller to keep a client for; the oldest makes room.
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
    /// `None` where it has no timers or no input and output.
    client: Option<reqwest::Client>,
}

impl Clients {
    /// Makes the client for the background runtime by `make`, and the others by it when they are needed.
    pub(crate) fn new(make: Make) -> Result<Self, Error> {
        Ok(Self {
            background: make()?,
            make,
            callers: RwLock::default(),
        })
    }

    /// The client for calls on the background runtime.
    pub(crate) fn background(&self) -> reqwest::Client {
        self.background.clone()
    }

    /// The client for calls on the runtime that polls this; `None` where there is none that can send.
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
        // Another thread of the same runtime may have been here in the meantime.
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

/// Whether the current runtime has timers, input and output.
///
/// tokio has no question for it but panics where they are used without: its builder's `enable_all` was left out then. Asked once
/// for each server and runtime.
fn is_complete() -> bool {
    // Without unwinding the question would end the program, as the call would.
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
