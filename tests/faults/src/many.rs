//! A server for thousands of calls: it responds to each token with that token's successor, and counts.

use crate::requests::Request;
use crate::secrets::MANY;
use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};

/// The server's behaviour.
#[derive(Clone, Default)]
pub(crate) struct Manners {
    /// The longest pause before a response.
    pub(crate) pause: Duration,
    /// Responds to no request before this many have arrived.
    pub(crate) waits_for: usize,
    /// Responds to all with 503.
    pub(crate) is_down: bool,
    /// Closes the connection without notice after one response in this many, after a pause of up to this.
    pub(crate) closes: Option<(u64, Duration)>,
    /// Sends a second response, with another token, after each.
    pub(crate) responds_twice: bool,
}

pub(crate) struct Many {
    pub(crate) address: SocketAddr,
    seen: Arc<Seen>,
    task: AbortHandle,
}

struct Seen {
    /// Requests by method and token.
    requests: Mutex<HashMap<(String, String), usize>>,
    count: watch::Sender<usize>,
}

impl Many {
    pub(crate) async fn start(manners: Manners) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        // If more connections wait than fit into the queue, the system resets some of them.
        let listener = socket.listen(10_000).unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Seen {
            requests: Mutex::default(),
            count: watch::Sender::new(0),
        });
        let task = tokio::spawn(accept(listener, seen.clone(), manners)).abort_handle();
        Self {
            address,
            seen,
            task,
        }
    }

    pub(crate) fn requests(&self) -> usize {
        *self.seen.count.borrow()
    }

    /// How often the most frequent token was sent with this method.
    pub(crate) fn most_of_one(&self, method: &str) -> usize {
        let requests = self.seen.requests.lock().unwrap();
        requests
            .iter()
            .filter(|((known, _), _)| known == method)
            .map(|(_, count)| *count)
            .max()
            .unwrap_or_default()
    }

    /// The numbers of the tokens that arrived with this method.
    pub(crate) fn numbers(&self, method: &str) -> Vec<usize> {
        let requests = self.seen.requests.lock().unwrap();
        requests
            .keys()
            .filter(|(known, _)| known == method)
            .filter_map(|(_, token)| number(token))
            .collect()
    }
}

impl Drop for Many {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The token with this number, and the one that takes its place.
pub(crate) fn token(number: usize) -> String {
    format!("{MANY}{number:09}")
}

pub(crate) fn successor(number: usize) -> String {
    format!("{MANY}New{number:09}")
}

fn number(token: &str) -> Option<usize> {
    token.strip_prefix(MANY)?.parse().ok()
}

/// Pseudo-random numbers, the same in every run (splitmix64).
pub(crate) fn random(seed: u64) -> u64 {
    let mixed = (seed.wrapping_add(0x9E37_79B9_7F4A_7C15) ^ (seed >> 30))
        .wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// A part of `longest` that depends on `seed`.
pub(crate) fn part_of(longest: Duration, seed: u64) -> Duration {
    longest.mul_f64(f64::from(u32::try_from(random(seed) % 1000).unwrap()) / 1000.0)
}

async fn accept(listener: TcpListener, seen: Arc<Seen>, manners: Manners) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let _ = stream.set_nodelay(true);
        connections.spawn(serve(stream, seen.clone(), manners.clone()));
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(mut stream: TcpStream, seen: Arc<Seen>, manners: Manners) -> io::Result<()> {
    let mut received = Vec::new();
    loop {
        let request = loop {
            if let Some(length) =
                crate::server::request_length(&received).filter(|length| *length <= received.len())
            {
                break received.drain(..length).collect::<Vec<u8>>();
            }
            if stream.read_buf(&mut received).await? == 0 {
                return Ok(());
            }
        };
        let request = Request::read(&request);
        let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let token = body["access_token"].as_str().unwrap_or_default().to_owned();
        let number = number(&token).unwrap_or_default();
        *seen
            .requests
            .lock()
            .unwrap()
            .entry((request.method.clone(), token))
            .or_default() += 1;
        seen.count.send_modify(|count| *count += 1);
        let _ = seen
            .count
            .subscribe()
            .wait_for(|count| *count >= manners.waits_for)
            .await;
        tokio::time::sleep(part_of(manners.pause, number as u64)).await;
        let mut response = response(&request.method, number, manners.is_down);
        if manners.responds_twice {
            response.extend(self::response("PATCH", number + 1_000_000, false));
        }
        stream.write_all(&response).await?;
        if let Some((one_in, pause)) = manners.closes
            && random(number as u64 + 7).is_multiple_of(one_in)
        {
            tokio::time::sleep(part_of(pause, number as u64)).await;
            return Ok(());
        }
    }
}

fn response(method: &str, number: usize, is_down: bool) -> Vec<u8> {
    let body = match method {
        _ if is_down => return b"HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n".to_vec(),
        "DELETE" => return b"HTTP/1.1 204 Gone\r\n\r\n".to_vec(),
        _ => format!(r#"{{"id":{},"token":"{}"}}"#, number + 1, successor(number)),
    };
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
