//! A server with a thread for each connection, so that it needs no runtime of the test.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

/// A request: its first line and headers, in lower case.
pub(crate) struct Request(String);

impl Request {
    pub(crate) fn method(&self) -> &str {
        self.0.split(' ').next().unwrap()
    }

    /// The value of a query parameter.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let target = self.0.split(' ').nth(1).unwrap();
        let (_, query) = target.split_once('?')?;
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find_map(|(known, value)| (known == name).then_some(value))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.0
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find_map(|(known, value)| (known == name).then_some(value))
    }
}

/// A response: status, headers and body.
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: String,
    pub(crate) body: String,
}

impl Response {
    pub(crate) fn new(status: u16, headers: &[&str], body: &str) -> Self {
        Self {
            status,
            headers: headers.iter().map(|line| format!("{line}\r\n")).collect(),
            body: body.to_owned(),
        }
    }

    /// The response of an app's operations: a reset has a new token.
    pub(crate) fn usual(request: &Request) -> Self {
        match request.method() {
            "delete" => Self::new(204, &[], ""),
            "patch" => Self::new(200, &[], r#"{"id":1,"token":"gho_new"}"#),
            _ => Self::new(200, &[], r#"{"id":1}"#),
        }
    }
}

/// The requests that a server holds until they are released one by one, or all of them when this is dropped.
pub(crate) struct Held {
    arrived: mpsc::Receiver<()>,
    release: mpsc::Sender<()>,
}

impl Held {
    /// Waits until another request has arrived. It blocks the thread.
    pub(crate) fn wait_for_one(&self) {
        self.arrived.recv().unwrap();
    }

    /// Lets the server respond to one request.
    pub(crate) fn release_one(&self) {
        self.release.send(()).unwrap();
    }
}

pub(crate) struct Scripted {
    url: String,
    resets: Arc<AtomicUsize>,
}

impl Scripted {
    /// Responds as usual, after a delay.
    pub(crate) fn delayed(delay: Duration) -> Self {
        Self::start(move |request| {
            std::thread::sleep(delay);
            Response::usual(request)
        })
    }

    /// Responds as usual, but to each request only when that is released.
    pub(crate) fn held() -> (Self, Held) {
        let (arrive, arrived) = mpsc::channel();
        let (release, released) = mpsc::channel();
        let released = Mutex::new(released);
        let server = Self::start(move |request| {
            let _ = arrive.send(());
            let _ = released.lock().unwrap().recv();
            Response::usual(request)
        });
        (server, Held { arrived, release })
    }

    pub(crate) fn start(respond: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let resets = Arc::new(AtomicUsize::new(0));
        let (respond, count) = (Arc::new(respond), resets.clone());
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (respond, count) = (respond.clone(), count.clone());
                std::thread::spawn(move || {
                    // The client may close the connection at any time.
                    let _ = serve(connection, &*respond, &count);
                });
            }
        });
        Self { url, resets }
    }

    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    /// How many resets have been performed.
    pub(crate) fn resets(&self) -> usize {
        self.resets.load(Ordering::SeqCst)
    }
}

fn serve(
    connection: TcpStream,
    respond: &dyn Fn(&Request) -> Response,
    resets: &AtomicUsize,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(connection.try_clone()?);
    let mut writer = connection;
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head)? == 0 {
                return Ok(());
            }
        }
        let request = Request(head.to_ascii_lowercase());
        let length = request
            .header("content-length")
            .map_or(0, |l| l.parse().unwrap());
        reader.read_exact(&mut vec![0; length])?;
        let response = respond(&request);
        if request.method() == "patch" && response.status == 200 {
            resets.fetch_add(1, Ordering::SeqCst);
        }
        let Response {
            status,
            headers,
            body,
        } = response;
        let length = match status {
            204 => String::new(),
            _ => format!("content-length: {}\r\n", body.len()),
        };
        writer.write_all(
            format!(
                "HTTP/1.1 {status} -\r\nx-github-request-id: A:1\r\ncontent-type: application/json\r\n{length}{headers}\r\n{body}"
            )
            .as_bytes(),
        )?;
    }
}
