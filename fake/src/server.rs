//! The listening side: a thread with a runtime of its own.
//!
//! The server is hyper itself and not a mock server such as httpmock: that one keeps an admin path open to whoever
//! talks to it and logs whole requests, secrets included, at TRACE. Nothing is logged here.

use crate::answer::Answer;
use crate::headers;
use crate::request::Request;
use crate::routes;
use crate::site::Site;
use crate::state::Store;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Collected, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime;
use tokio::sync::oneshot;

/// Far more than any body of these operations needs.
const LARGEST_BODY: usize = 1024 * 1024;

/// Connections that may wait to be accepted: a test may open thousands at once.
const BACKLOG: u32 = 4096;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A listening server; dropping it stops it.
pub(crate) struct Server {
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    site: Site,
    store: Mutex<Store>,
    requests: AtomicUsize,
}

impl Server {
    /// Binds a port, so that the address is known, and only then asks what site is served there.
    pub(crate) fn start(store: Store, site: impl FnOnce(SocketAddr) -> Site) -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let listener = {
            let _inside = runtime.enter();
            let socket = TcpSocket::new_v4()?;
            socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
            socket.listen(BACKLOG)?
        };
        let site = site(listener.local_addr()?);
        let shared = Arc::new(Shared {
            site,
            store: Mutex::new(store),
            requests: AtomicUsize::new(0),
        });
        let (stop, stopped) = oneshot::channel();
        runtime.spawn(accept(listener, Arc::clone(&shared)));
        let thread = thread::Builder::new()
            .name("ghes-fake".to_owned())
            .spawn(move || {
                // The other end is dropped to stop it: that error is the signal. The runtime ends with the thread, and with
                // it every connection.
                drop(runtime.block_on(stopped));
            })?;
        Ok(Self {
            shared,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    pub(crate) fn site(&self) -> &Site {
        &self.shared.site
    }

    pub(crate) fn requests(&self) -> usize {
        self.shared.requests.load(Ordering::Relaxed)
    }

    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.shared.store()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic in it has been reported where it happened; a second one here would hide the test's own.
            drop(thread.join());
        }
    }
}

impl Shared {
    /// A handler that panicked has left whole entries behind, so its lock is as good as any.
    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let shared = Arc::clone(&shared);
                let service = service_fn(move |request| respond(Arc::clone(&shared), request));
                // GitHub's names have capitals in HTTP/1.1, and there are clients that find `Content-Type` in no other spelling. Those
                // within a word, as in `ETag`, hyper does not know.
                let connection = http1::Builder::new()
                    .title_case_headers(true)
                    .serve_connection(TokioIo::new(stream), service);
                // How a connection ends concerns the client alone.
                tokio::spawn(async { drop(connection.await) });
            }
            // As a rule the process is out of file descriptors; some will come back.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

async fn respond(
    shared: Arc<Shared>,
    request: hyper::Request<Incoming>,
) -> Result<Response<Full<Bytes>>, BoxError> {
    shared.requests.fetch_add(1, Ordering::Relaxed);
    let (head, body) = request.into_parts();
    let body = Limited::new(body, LARGEST_BODY)
        .collect()
        .await
        .map(Collected::to_bytes);
    let request = |body| Request {
        method: head.method,
        uri: head.uri,
        version: head.version,
        headers: head.headers,
        body,
    };
    match body {
        Ok(body) => Ok(routes::respond(
            &shared.site,
            &mut shared.store(),
            &request(body),
        )),
        Err(error) if error.is::<LengthLimitError>() => {
            let refusal = Answer::html(StatusCode::PAYLOAD_TOO_LARGE, "The request is too large.");
            Ok(headers::finish(
                &shared.site,
                None,
                &request(Bytes::new()),
                refusal,
            ))
        }
        // The rest of the body never came: an answer would find nobody.
        Err(error) => Err(error),
    }
}
