//! A TCP server that follows a script, byte by byte, and records the requests.

use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// One step of the script.
#[derive(Clone, Debug)]
pub enum Step {
    /// Starts as soon as the connection is open; otherwise the server waits for the first byte of a request.
    AtOnce,
    /// Reads one complete request.
    Read,
    /// Reads this many bytes of a request.
    ReadPart(usize),
    /// Reads until this text has arrived.
    ReadUntil(&'static [u8]),
    Write(Vec<u8>),
    /// Writes in pieces of this many bytes, with a pause before each.
    Dribble(Vec<u8>, usize, Duration),
    /// Writes the same piece repeatedly until the client closes the connection, or this many times.
    Flood(Vec<u8>, usize),
    Pause(Duration),
    /// Waits until the client closes the connection.
    Stall,
    /// Closes the connection in order.
    Close,
    /// Closes the connection by a TCP reset.
    Reset,
}

/// The steps for one request, or for one connection.
pub type Exchange = Vec<Step>;

/// The exchanges in the order of the requests; the last one serves all further requests.
#[derive(Clone, Default)]
pub struct Script {
    pub exchanges: Vec<Exchange>,
    pub tls: Option<Arc<ServerConfig>>,
}

impl Script {
    /// Replaces a name in the script with an address.
    pub fn name(&mut self, name: &str, address: SocketAddr) {
        for step in self.exchanges.iter_mut().flatten() {
            if let Step::Write(bytes) = step
                && let Ok(text) = std::str::from_utf8(bytes)
                && text.contains(name)
            {
                *bytes = text.replace(name, &address.to_string()).into_bytes();
            }
        }
    }

    fn exchange(&self, number: usize) -> Option<&Exchange> {
        self.exchanges.get(number).or(self.exchanges.last())
    }
}

/// A scripted server on loopback; dropping it ends it.
pub struct Server {
    pub address: SocketAddr,
    record: Arc<Record>,
    task: AbortHandle,
}

#[derive(Default)]
struct Record {
    connections: AtomicUsize,
    exchanges: AtomicUsize,
    begun: AtomicUsize,
    requests: Mutex<Vec<Vec<u8>>>,
}

impl Server {
    pub async fn start(mut script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        script.name("ITSELF", address);
        let record = Arc::new(Record::default());
        let task = tokio::spawn(accept(listener, Arc::new(script), record.clone())).abort_handle();
        Self {
            address,
            record,
            task,
        }
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.record.connections.load(Ordering::SeqCst)
    }

    /// How many requests arrived, completely or in part.
    pub fn begun(&self) -> usize {
        self.record.begun.load(Ordering::SeqCst)
    }

    /// The requests that were read completely.
    pub fn requests(&self) -> Vec<Vec<u8>> {
        self.record.requests.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Another origin: connections to it are counted and get a success.
pub async fn other_origin() -> Server {
    let body = br#"{"id":1,"token":"gho_ofAnotherOrigin0000000000000000000000000"}"#;
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let response = [head.as_bytes(), body].concat();
    Server::start(Script {
        exchanges: vec![vec![Step::Read, Step::Write(response)]],
        tls: None,
    })
    .await
}

async fn accept(listener: TcpListener, script: Arc<Script>, record: Arc<Record>) {
    // Dropped together with this future, and all connections with it.
    let mut connections = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        record.connections.fetch_add(1, Ordering::SeqCst);
        let _ = stream.set_nodelay(true);
        connections.spawn(connection(stream, script.clone(), record.clone()));
    }
}

async fn connection(stream: TcpStream, script: Arc<Script>, record: Arc<Record>) -> io::Result<()> {
    match &script.tls {
        None => {
            Connection {
                stream,
                script,
                record,
                received: Vec::new(),
            }
            .run(TcpStream::set_zero_linger)
            .await
        }
        Some(config) => {
            let stream = TlsAcceptor::from(config.clone()).accept(stream).await?;
            Connection {
                stream,
                script,
                record,
                received: Vec::new(),
            }
            .run(|stream| stream.get_ref().0.set_zero_linger())
            .await
        }
    }
}

struct Connection<S> {
    stream: S,
    script: Arc<Script>,
    record: Arc<Record>,
    /// Received and not read by a step yet.
    received: Vec<u8>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Connection<S> {
    /// Follows the script until one side closes the connection.
    async fn run(mut self, linger: impl Fn(&S) -> io::Result<()>) -> io::Result<()> {
        loop {
            if !self.next_begins_at_once() {
                if self.received.is_empty() {
                    self.receive().await?;
                }
                self.record.begun.fetch_add(1, Ordering::SeqCst);
            }
            let number = self.record.exchanges.fetch_add(1, Ordering::SeqCst);
            let Some(exchange) = self.script.exchange(number).cloned() else {
                return Ok(());
            };
            for step in exchange {
                match step {
                    Step::AtOnce => {}
                    Step::Read => self.read_request().await?,
                    Step::ReadPart(length) => {
                        while self.received.len() < length {
                            self.receive().await?;
                        }
                        self.received.drain(..length);
                    }
                    Step::ReadUntil(text) => {
                        let has_arrived =
                            |received: &[u8]| received.windows(text.len()).any(|part| part == text);
                        while !has_arrived(&self.received) {
                            self.receive().await?;
                        }
                        self.received.clear();
                    }
                    Step::Write(bytes) => self.write(&bytes).await?,
                    Step::Dribble(bytes, piece, pause) => {
                        for piece in bytes.chunks(piece) {
                            tokio::time::sleep(pause).await;
                            self.write(piece).await?;
                        }
                    }
                    Step::Flood(piece, times) => {
                        for _ in 0..times {
                            self.stream.write_all(&piece).await?;
                        }
                    }
                    Step::Pause(time) => tokio::time::sleep(time).await,
                    Step::Stall => {
                        while self.receive().await.is_ok() {}
                        return pending().await;
                    }
                    Step::Close => return self.stream.shutdown().await,
                    Step::Reset => return linger(&self.stream),
                }
            }
        }
    }

    fn next_begins_at_once(&self) -> bool {
        let next = self
            .script
            .exchange(self.record.exchanges.load(Ordering::SeqCst));
        next.is_some_and(|steps| matches!(steps.first(), Some(Step::AtOnce)))
    }

    async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }

    async fn receive(&mut self) -> io::Result<()> {
        if self.stream.read_buf(&mut self.received).await? == 0 {
            Err(io::ErrorKind::UnexpectedEof.into())
        } else {
            Ok(())
        }
    }

    async fn read_request(&mut self) -> io::Result<()> {
        loop {
            if let Some(length) = request_length(&self.received)
                && self.received.len() >= length
            {
                let request = self.received.drain(..length).collect();
                self.record.requests.lock().unwrap().push(request);
                return Ok(());
            }
            self.receive().await?;
        }
    }
}

/// The length of the request that `bytes` begin with, once its head is there.
pub fn request_length(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let length = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .map_or(0, |value| value.trim().parse().unwrap());
    Some(head + length)
}
