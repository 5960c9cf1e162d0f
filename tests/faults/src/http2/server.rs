//! A server that speaks HTTP/2 without TLS, and misbehaves as a trial requires.

use super::LONG;
use crate::secrets::NEW_TOKEN;
use bytes::Bytes;
use h2::server::{Connection, SendResponse};
use h2::{Reason, RecvStream};
use http::{Request, Response};
use std::future::pending;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::AbortHandle;
use tokio::time::timeout;
use tracing::instrument::WithSubscriber as _;
use tracing::subscriber::NoSubscriber;

/// The server's behaviour on its first connection; on the others each request gets a success.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Manner {
    Good,
    /// Responds to this many requests, and then neither reads nor writes any more, pings included.
    Silent(usize),
    /// Drops the connection after this many requests.
    Drop(usize),
    /// Resets the stream of every request.
    ResetStreams,
    /// Allows this many streams at a time, and responds to none until they are released.
    Held(u32),
}

/// The server.
pub(super) struct Http2 {
    pub(super) address: SocketAddr,
    requests: watch::Sender<usize>,
    released: Arc<Notify>,
    task: AbortHandle,
}

impl Drop for Http2 {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Http2 {
    pub(super) async fn start(first: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = watch::Sender::new(0);
        let released = Arc::new(Notify::new());
        let (count, release) = (requests.clone(), released.clone());
        let serve = async move {
            let mut connections = tokio::task::JoinSet::new();
            let mut manner = first;
            while let Ok((stream, _)) = listener.accept().await {
                let connection = connection(stream, manner, count.clone(), release.clone());
                connections.spawn(connection.with_subscriber(NoSubscriber::new()));
                if matches!(manner, Manner::Silent(_) | Manner::Drop(_)) {
                    manner = Manner::Good;
                }
            }
        };
        // The logs of this side are not the client's.
        let serve = serve.with_subscriber(NoSubscriber::new());
        let task = tokio::spawn(serve).abort_handle();
        Self {
            address,
            requests,
            released,
            task,
        }
    }

    pub(super) fn requests(&self) -> usize {
        *self.requests.borrow()
    }

    /// Waits until this many requests have arrived, for as long as a call may take.
    pub(super) async fn have_arrived(&self, requests: usize) {
        let mut arrived = self.requests.subscribe();
        let _ = timeout(LONG, arrived.wait_for(|arrived| *arrived >= requests)).await;
    }

    /// Resets the streams that are held.
    pub(super) fn release(&self) {
        self.released.notify_one();
    }
}

type Incoming = (Request<RecvStream>, SendResponse<Bytes>);

async fn connection(
    stream: TcpStream,
    manner: Manner,
    count: watch::Sender<usize>,
    released: Arc<Notify>,
) {
    let streams = match manner {
        Manner::Held(streams) => streams,
        _ => 2_000,
    };
    let settings = h2::server::Builder::new()
        .max_concurrent_streams(streams)
        .handshake(stream);
    let Ok(mut connection): Result<Connection<TcpStream, Bytes>, _> = settings.await else {
        return;
    };
    let mut held: Vec<Incoming> = Vec::new();
    let mut handled = 0;
    loop {
        let next = tokio::select! {
            next = connection.accept() => next,
            () = released.notified() => {
                held.clear();
                continue;
            }
        };
        let Some(Ok((request, mut response))) = next else {
            return;
        };
        count.send_modify(|count| *count += 1);
        handled += 1;
        match manner {
            Manner::Silent(after) if handled > after => {
                held.push((request, response));
                return pending().await;
            }
            Manner::Drop(at) => {
                held.push((request, response));
                if handled == at {
                    return;
                }
            }
            Manner::Held(_) => held.push((request, response)),
            Manner::ResetStreams => response.send_reset(Reason::INTERNAL_ERROR),
            Manner::Good | Manner::Silent(_) => respond(response),
        }
    }
}

fn respond(mut response: SendResponse<Bytes>) {
    let body = format!(r#"{{"id":1,"token":"{NEW_TOKEN}"}}"#);
    let head = Response::builder()
        .header("content-type", "application/json")
        .body(())
        .unwrap();
    if let Ok(mut stream) = response.send_response(head, false) {
        let _ = stream.send_data(body.into(), true);
    }
}
