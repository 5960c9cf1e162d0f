//! The listening side: a thread with its own runtime.
//!
//! The server is hyper and not a mock server such as httpmock, which serves an admin path to every client and logs whole requests, secrets
//! included, at TRACE. The fake logs nothing.

use crate::server::connection::{self, Shared};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime;
use tokio::sync::oneshot;

/// How many connections may wait to be accepted: a test may open thousands at once.
const BACKLOG: u32 = 4096;

/// How long a request's head may take, and how long a connection may be idle.
const HEAD_TIMEOUT: Duration = Duration::from_secs(120);

/// How large a request's head may be.
const LARGEST_HEAD: usize = 64 * 1024;

/// A listening server; dropping it stops it.
pub(crate) struct Listener {
    pub(crate) shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Listener {
    /// Binds the address, so that the port is known before the handler is created.
    pub(crate) fn start(
        address: SocketAddr,
        shared: impl FnOnce(SocketAddr) -> Shared,
    ) -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let listener = {
            let _inside = runtime.enter();
            let socket = match address {
                SocketAddr::V4(_) => TcpSocket::new_v4()?,
                SocketAddr::V6(_) => TcpSocket::new_v6()?,
            };
            socket.set_reuseaddr(true)?;
            socket.bind(address)?;
            socket.listen(BACKLOG)?
        };
        let shared = Arc::new(shared(listener.local_addr()?));
        let (stop, stopped) = oneshot::channel();
        runtime.spawn(accept(listener, Arc::clone(&shared)));
        let thread = thread::Builder::new()
            .name("ghes-oauth-fake".to_owned())
            .spawn(move || {
                // `Listener::drop` drops the sender, and the error of that is the signal. The runtime ends with the thread, and every
                // connection ends with the runtime.
                drop(runtime.block_on(stopped));
            })?;
        Ok(Self {
            shared,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic in it has been reported already; a second one here would hide the test's own.
            drop(thread.join());
        }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let shared = Arc::clone(&shared);
                let service =
                    service_fn(move |request| connection::respond(Arc::clone(&shared), request));
                // GitHub's names have capitals in HTTP/1.1, and some clients find `Content-Type` in no other spelling. hyper does not know
                // capitals within a word, as in `ETag`.
                let connection = http1::Builder::new()
                    .title_case_headers(true)
                    .timer(TokioTimer::new())
                    .header_read_timeout(HEAD_TIMEOUT)
                    .max_buf_size(LARGEST_HEAD)
                    .serve_connection(TokioIo::new(stream), service);
                // Only the client of the connection needs its error.
                tokio::spawn(async { drop(connection.await) });
            }
            // Usually the process is out of file descriptors; some will be closed.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}
