//! A server for the benches: it has a fixed response to each of five requests, with the headers of a GHES.
//!
//! It is a separate process, so that its work is not counted with the clients'. It prints its port. With `--gate N` it holds the
//! first N requests back until all N are in, so that N connections are proven to be open at once. Lists have 7 pages, or N by
//! `--pages N`; a page without a number is the first.

use peers::responses::Responses;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::Notify;

/// Holds requests back until enough of them wait.
struct Gate {
    missing: AtomicUsize,
    open: Notify,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str| {
        arguments
            .iter()
            .skip_while(|given| *given != name)
            .nth(1)
            .and_then(|number| number.parse::<usize>().ok())
    };
    let gate = Arc::new(Gate {
        missing: AtomicUsize::new(number("--gate").unwrap_or(0)),
        open: Notify::new(),
    });
    let pages = number("--pages").unwrap_or(7);
    let socket = TcpSocket::new_v4()?;
    socket.bind(([127, 0, 0, 1], 0).into())?;
    let listener = socket.listen(16_384)?;
    let address = listener.local_addr()?;
    println!("{}", address.port());
    let responses = Arc::new(Responses::new(&format!("http://{address}/api/v3"), pages));
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let (responses, gate) = (responses.clone(), gate.clone());
        #[cfg(feature = "http2")]
        if peers::http2::is_wanted() {
            tokio::spawn(peers::http2::serve(stream, responses));
            continue;
        }
        tokio::spawn(async move { serve(stream, &responses, &gate).await });
    }
}

/// Responds to one connection's requests, until it is closed or sends what is not a request.
async fn serve(mut stream: TcpStream, responses: &Responses, gate: &Gate) -> Option<()> {
    let mut buffer = vec![0; 4096];
    let mut filled = 0;
    loop {
        let read = stream
            .read(&mut buffer[filled..])
            .await
            .ok()
            .filter(|read| *read > 0)?;
        filled += read;
        let Some(length) = whole_request(&buffer[..filled])? else {
            continue;
        };
        gate.pass().await;
        stream
            .write_all(responses.to(&buffer[..length]))
            .await
            .ok()?;
        buffer.copy_within(length..filled, 0);
        filled -= length;
    }
}

/// The length of the request that `bytes` begins with; `Some(None)` while it is not whole, `None` if it never will be.
fn whole_request(bytes: &[u8]) -> Option<Option<usize>> {
    let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
        return Some(None);
    };
    let head = str::from_utf8(&bytes[..end]).ok()?;
    let body = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>())
    });
    let length = end + 4 + body.transpose().ok()?.unwrap_or(0);
    Some((bytes.len() >= length).then_some(length))
}

impl Gate {
    async fn pass(&self) {
        let opened = self.open.notified();
        match self
            .missing
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |missing| {
                missing.checked_sub(1)
            }) {
            Ok(1) => self.open.notify_waiters(),
            Ok(_) => opened.await,
            Err(_) => {}
        }
    }
}
