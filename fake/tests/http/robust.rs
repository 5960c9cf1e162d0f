//! Clients that are slow, idle, malformed or hostile: no hang, no panic, and memory within bounds.

use crate::client::{APP, PASSWORD, USER, address, basic, exchange_raw, get, request, send, start};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

#[test]
fn idle_connections_do_not_delay_other_clients() {
    let ghes = start();
    // As many as the process may have open, and at most a thousand.
    let idle: Vec<TcpStream> = (0..1000)
        .map_while(|_| TcpStream::connect(address(&ghes)).ok())
        .take(1000)
        .collect();
    let idle = if idle.len() < 1000 {
        &idle[..idle.len() / 2]
    } else {
        &idle[..]
    };
    assert!(idle.len() >= 100, "{}", idle.len());
    for mut stream in idle.iter().step_by(2) {
        stream.write_all(b"POST /api/v3/author").unwrap();
    }
    assert_eq!(get(&ghes, "/authorizations").status, 200);
}

#[test]
fn a_slow_client_is_served_in_its_own_time() {
    let ghes = start();
    let head = format!(
        "POST /api/v3/applications/{APP}/token HTTP/1.1\r\nHost: x\r\nUser-Agent: slow\r\nConnection: close\r\nContent-Length: 2\r\n\r\n"
    );
    let mut stream = TcpStream::connect(address(&ghes)).unwrap();
    for byte in head.bytes().chain(*b"{}") {
        stream.write_all(&[byte]).unwrap();
        stream.flush().unwrap();
    }
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 404"), "{text}");
}

#[test]
fn a_body_of_a_hundred_megabytes_is_refused_and_not_kept() {
    let length = 100 * 1024 * 1024;
    refused_and_not_kept(&format!("Content-Length: {length}"), |stream| {
        let block = vec![b' '; 1024 * 1024];
        for _ in 0..100 {
            stream.write_all(&block).unwrap();
        }
    });
}

#[test]
fn a_chunked_body_of_a_hundred_megabytes_is_refused_and_not_kept() {
    refused_and_not_kept("Transfer-Encoding: chunked", |stream| {
        let block = vec![b' '; 1024 * 1024];
        for _ in 0..100 {
            write!(stream, "{:x}\r\n", block.len()).unwrap();
            stream.write_all(&block).unwrap();
            stream.write_all(b"\r\n").unwrap();
        }
        stream.write_all(b"0\r\n\r\n").unwrap();
    });
}

/// Sends a request whose body has this framing, and looks at the status and the memory.
fn refused_and_not_kept(framing: &str, body: impl FnOnce(&mut TcpStream)) {
    let ghes = start();
    let before = peak();
    let mut stream = TcpStream::connect(address(&ghes)).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(120)))
        .unwrap();
    write!(
        stream,
        "POST /api/v3/authorizations HTTP/1.1\r\nHost: x\r\nUser-Agent: x\r\n{framing}\r\n\r\n"
    )
    .unwrap();
    body(&mut stream);
    let mut text = String::new();
    drop(stream.read_to_string(&mut text));
    assert!(text.starts_with("HTTP/1.1 413"), "{text}");
    let growth = peak().saturating_sub(before);
    assert!(growth < 50 * 1024 * 1024, "{growth} bytes");
}

#[test]
fn a_client_that_reads_nothing_fills_no_memory() {
    let ghes = start();
    for _ in 0..10 {
        ghes.issue_token(APP, USER, &[]).unwrap();
    }
    let before = peak();
    let mut stream = TcpStream::connect(address(&ghes)).unwrap();
    stream
        .set_write_timeout(Some(Duration::from_millis(500)))
        .unwrap();
    let credentials = basic(USER, PASSWORD);
    let request = format!(
        "GET /api/v3/authorizations HTTP/1.1\r\nHost: x\r\nUser-Agent: x\r\nAuthorization: {credentials}\r\n\r\n"
    );
    // The fake stops reading long before a million requests, whose responses would be gigabytes.
    let block = request.repeat(1000);
    let sent = (0..1000).take_while(|_| stream.write_all(block.as_bytes()).is_ok());
    assert!(sent.count() < 1000, "the fake took a million requests");
    assert_eq!(get(&ghes, "/authorizations").status, 200);
    let growth = peak().saturating_sub(before);
    assert!(growth < 50 * 1024 * 1024, "{growth} bytes");
}

#[test]
fn it_listens_on_loopback_alone() {
    let ghes = start();
    let (_, port) = address(&ghes).rsplit_once(':').unwrap();
    let port: u16 = port.parse().unwrap();
    assert!(
        ghes.url().starts_with("http://127.0.0.1:"),
        "{}",
        ghes.url()
    );
    // Linux lists its sockets.
    let Ok(sockets) = std::fs::read_to_string("/proc/net/tcp") else {
        return;
    };
    assert!(
        sockets.contains(&format!(" 0100007F:{port:04X} 00000000:0000 0A ")),
        "{sockets}"
    );
    assert!(
        !sockets.contains(&format!(" 00000000:{port:04X} ")),
        "{sockets}"
    );
}

/// Returns the peak of the process's memory in bytes, or zero where the system has no `/proc`.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<usize>().ok());
    kilobytes.unwrap_or_default() * 1024
}

#[test]
fn a_malformed_request_closes_only_its_connection() {
    let ghes = start();
    let long = "x".repeat(200_000);
    let many: String = (0..500)
        .map(|number| format!("x-{number}: 1\r\n"))
        .collect();
    for text in [
        "\0\0\0\0\r\n\r\n".to_owned(),
        "GET\r\n\r\n".to_owned(),
        format!("GET /{long} HTTP/1.1\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: x\r\nx: {long}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n"),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
    ] {
        let received = exchange_raw(address(&ghes), text.as_bytes());
        assert!(
            received.is_empty() || received.starts_with("HTTP/1.1 4"),
            "{received}"
        );
    }
    let call = request(&ghes, "GET", "/authorizations").basic_auth(USER, PASSWORD);
    assert_eq!(send(call).status, 200);
}

#[test]
fn a_fake_is_dropped_with_clients_in_the_middle_of_everything() {
    let ghes = start();
    ghes.on_every().delay(Duration::from_secs(3600));
    let mut stream = TcpStream::connect(address(&ghes)).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    stream
        .write_all(b"GET /api/v3/x HTTP/1.1\r\nHost: x\r\nUser-Agent: x\r\n\r\n")
        .unwrap();
    while ghes.received().is_empty() {
        std::thread::yield_now();
    }
    drop(ghes);
    let end = stream.read(&mut [0]).map_err(|error| error.kind());
    assert!(
        matches!(end, Ok(0) | Err(ErrorKind::ConnectionReset)),
        "{end:?}"
    );
}
