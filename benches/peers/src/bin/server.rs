//! A server for the benches: it knows five requests by heart and answers them as a GHES does, headers and all.
//!
//! A process of its own, so that nothing it does is counted with the clients. It prints its port. With `--gate N` it holds the
//! first N requests back until all N are in, so that N connections are proven to be open at once. Lists have 7 pages, or N by
//! `--pages N`; a page without a number is the first.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::Notify;

struct Answers {
    alive: Vec<u8>,
    not_live: Vec<u8>,
    done: Vec<u8>,
    /// The list, by page.
    pages: Vec<Vec<u8>>,
}

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
    let answers = Arc::new(Answers::new(&format!("http://{address}/api/v3"), pages));
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let (answers, gate) = (answers.clone(), gate.clone());
        tokio::spawn(async move { serve(stream, &answers, &gate).await });
    }
}

/// Answers one connection's requests, until it is closed or sends what is no request.
async fn serve(mut stream: TcpStream, answers: &Answers, gate: &Gate) -> Option<()> {
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
        stream.write_all(answers.to(&buffer[..length])).await.ok()?;
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

impl Answers {
    fn new(base: &str, pages: usize) -> Self {
        let authorization = one(1, USER);
        let items: Vec<String> = (1..=100).map(|id| one(id, "")).collect();
        let items = format!("[{}]", items.join(","));
        // A client may follow links to its own server only.
        let link = |page: usize, rel: &str| {
            format!("<{base}/authorizations?per_page=100&page={page}>; rel=\"{rel}\"")
        };
        let page = |number: usize| {
            let links = if number < pages {
                [link(number + 1, "next"), link(pages, "last")]
            } else {
                [link(1, "first"), link(number - 1, "prev")]
            };
            json("200 OK", &format!("Link: {}\r\n", links.join(", ")), &items)
        };
        Self {
            alive: json("200 OK", "", &authorization),
            not_live: json(
                "404 Not Found",
                "",
                r#"{"message":"Not Found","documentation_url":"https://docs.github.com/rest","status":"404"}"#,
            ),
            done: answer("204 No Content", "", ""),
            pages: (1..=pages).map(page).collect(),
        }
    }

    fn to(&self, request: &[u8]) -> &[u8] {
        let not_live = request.windows(8).any(|window| window == b"gho_gone");
        match request {
            [b'D', ..] => &self.done,
            [b'G', ..] => &self.pages[page_number(request).min(self.pages.len()) - 1],
            _ if not_live => &self.not_live,
            _ => &self.alive,
        }
    }
}

/// The page that a request asks for, counted from 1.
fn page_number(request: &[u8]) -> usize {
    let target = str::from_utf8(request)
        .ok()
        .and_then(|text| text.split(' ').nth(1))
        .unwrap_or_default();
    let query = target.split_once('?').map_or("", |(_, query)| query);
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("page=")?.parse().ok())
        .unwrap_or(1)
        .max(1)
}

fn json(status: &str, headers: &str, body: &str) -> Vec<u8> {
    answer(
        status,
        &format!(
            "Content-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\n{headers}",
            body.len()
        ),
        body,
    )
}

fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\nServer: GitHub.com\r\nDate: Fri, 20 Nov 2026 12:00:00 GMT\r\n{headers}\
         Cache-Control: private, max-age=60, s-maxage=60\r\n\
         Vary: Accept, Authorization, Cookie, X-GitHub-OTP\r\n\
         ETag: W/\"2b0c9a1d4f2e6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e\"\r\n\
         X-GitHub-Media-Type: github.v3; format=json\r\n\
         X-GitHub-Enterprise-Version: enterprise-server@3.14.2\r\n\
         X-GitHub-Api-Version-Selected: 2022-11-28\r\n\
         X-GitHub-Request-Id: 6d5b7c1e-2f3a-4b5c-8d9e-0f1a2b3c4d5e\r\n\
         Strict-Transport-Security: max-age=31536000; includeSubdomains\r\n\
         X-Frame-Options: deny\r\nX-Content-Type-Options: nosniff\r\nX-XSS-Protection: 0\r\n\
         Referrer-Policy: origin-when-cross-origin, strict-origin-when-cross-origin\r\n\
         Content-Security-Policy: default-src 'none'\r\n\r\n{body}"
    )
    .into_bytes()
}

fn one(id: u32, user: &str) -> String {
    format!(
        "{{\"id\":{id},\"url\":\"https://ghe.example.com/api/v3/authorizations/{id}\",\
         \"app\":{{\"name\":\"Nightly builds\",\"url\":\"https://builds.example.com\",\"client_id\":\"Iv1.8a61f9b3a7aba766\"}},\
         \"token\":\"gho_16C7e42F292c6912E7710c838347Ae178B4a\",\
         \"hashed_token\":\"25f94a2a5c7fbaf499c665bc73d67c1c87e496da8985131633ee0a95819db2e8\",\"token_last_eight\":\"Ae178B4a\",\
         \"note\":\"nightly build \\u2116 {id}\",\"note_url\":\"https://builds.example.com/about\",\
         \"created_at\":\"2021-09-06T17:26:27Z\",\"updated_at\":\"2021-09-06T20:39:23Z\",\"expires_at\":null,\
         \"scopes\":[\"public_repo\",\"read:org\"],\"fingerprint\":null{user}}}"
    )
}

/// The user of an authorization, which only the answer to a check has.
const USER: &str = r#","user":{"login":"octocat","id":1,"node_id":"MDQ6VXNlcjE=","avatar_url":"https://ghe.example.com/avatars/u/1","gravatar_id":"","url":"https://ghe.example.com/api/v3/users/octocat","html_url":"https://ghe.example.com/octocat","followers_url":"https://ghe.example.com/api/v3/users/octocat/followers","following_url":"https://ghe.example.com/api/v3/users/octocat/following{/other_user}","gists_url":"https://ghe.example.com/api/v3/users/octocat/gists{/gist_id}","starred_url":"https://ghe.example.com/api/v3/users/octocat/starred{/owner}{/repo}","subscriptions_url":"https://ghe.example.com/api/v3/users/octocat/subscriptions","organizations_url":"https://ghe.example.com/api/v3/users/octocat/orgs","repos_url":"https://ghe.example.com/api/v3/users/octocat/repos","events_url":"https://ghe.example.com/api/v3/users/octocat/events{/privacy}","received_events_url":"https://ghe.example.com/api/v3/users/octocat/received_events","type":"User","site_admin":false}"#;
