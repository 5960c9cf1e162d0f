//! Hostile and large bodies, and the memory that they take.

use super::{child, small};
use crate::responses::{raw_response, reply};
use crate::server::{Script, Server, Step};
use crate::setup::Setup;
use crate::trial::{self, Problems, expect};
use crate::{figures, permits};
use ghes_oauth::{ErrorKind, Operation};
use libtest_mimic::Trial;
use std::net::SocketAddr;

pub(super) fn trials() -> Vec<Trial> {
    let hostile = hostile_bodies().map(|(name, script)| trial::of(name, || hostile_body(script)));
    let large =
        large_bodies().map(|(name, task, body)| trial::of(name, move || large_body(task, body)));
    hostile.into_iter().chain(large).collect()
}

/// The body is refused without a retry, and the memory that it took is bounded.
async fn hostile_body(script: Script) -> Problems {
    /// Several times the largest body that a call accepts.
    const BOUND: u64 = 32 << 20;
    let (printed, requests) = refuse(script).await;
    let peak = peak(&printed);
    figures::add(|figures| figures.peak_memory = figures.peak_memory.max(peak));
    let problems = [
        expect(requests == 2, || format!("{requests} requests")),
        expect(printed.contains("refused=true"), || printed.clone()),
        expect(peak.is_none_or(|peak| peak < BOUND), || {
            format!("{peak:?} bytes")
        }),
    ];
    problems.into_iter().flatten().collect()
}

/// Bodies of eight megabytes that take as much memory as possible once they are decoded.
fn large_bodies() -> [(&'static str, &'static str, Vec<u8>); 4] {
    const LENGTH: usize = 8_000_000;
    let filled = |before: &str, unit: &[u8], after: &str| {
        let room = LENGTH - before.len() - after.len();
        let units = unit.repeat(room / unit.len());
        [before.as_bytes(), &units, after.as_bytes()].concat()
    };
    let object = "{\"id\":1,\"note\":\"";
    [
        (
            "memory::8_megabytes_of_small_items",
            "page",
            filled("[{\"id\":1}", b",{\"id\":1}", "]"),
        ),
        (
            "memory::8_megabytes_of_empty_scopes",
            "memory",
            filled("{\"id\":1,\"scopes\":[\"\"", b",\"\"", "]}"),
        ),
        (
            "memory::8_megabytes_of_invalid_utf_8",
            "memory",
            filled(object, b"\xff", "\"}"),
        ),
        (
            "memory::8_megabytes_of_escapes_and_invalid_utf_8",
            "memory",
            filled(object, b"abc\\n\xff", "\"}"),
        ),
    ]
}

/// The body takes at most four times its length in memory, whatever type it is decoded as.
async fn large_body(task: &'static str, body: Vec<u8>) -> Problems {
    const CONSTANT: u64 = 4 << 20;
    let bound = 4 * body.len() as u64 + CONSTANT;
    let length = body.len().to_string();
    let headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", length.as_str()),
    ];
    let script = Script {
        exchanges: vec![reply(small()), reply(raw_response(200, &headers, &body))],
        tls: None,
    };
    let _permit = permits::one().await;
    let server = Server::start(script).await;
    let printed = child(task, &server, &[]).await;
    let peak = peak(&printed);
    let problem = expect(peak.is_none_or(|peak| peak < bound), || {
        format!("{peak:?} bytes of {bound}")
    });
    problem.into_iter().collect()
}

/// Returns what the child prints about a hostile body, and the number of its requests.
async fn refuse(script: Script) -> (String, usize) {
    let _permit = permits::one().await;
    let server = Server::start(script).await;
    let printed = child("memory", &server, &[]).await;
    (printed, server.begun())
}

/// Returns the peak memory that a child printed.
pub fn peak(printed: &str) -> Option<u64> {
    let line = printed.lines().find_map(|line| line.split_once("peak="))?;
    line.1.trim().parse().ok()
}

/// Bodies that a client must refuse, each after a small response: its memory is measured before the hostile one.
pub fn hostile_bodies() -> [(&'static str, Script); 3] {
    const MEGABYTE: usize = 1 << 20;
    let text = [b"{\"id\":1,\"note\":\"".as_slice(), &vec![b'x'; MEGABYTE]].concat();
    let chunk = [
        format!("{:x}\r\n", MEGABYTE).as_bytes(),
        &vec![b' '; MEGABYTE],
        b"\r\n",
    ]
    .concat();
    let flood = |status, headers: &[(&str, &str)], piece: &[u8]| {
        let body = vec![
            Step::Read,
            Step::Write(raw_response(status, headers, b"")),
            Step::Flood(piece.to_vec(), 100),
            Step::Close,
        ];
        Script {
            exchanges: vec![reply(small()), body],
            tls: None,
        }
    };
    let announced = [("Content-Length", "104857600")];
    let chunked = [("Transfer-Encoding", "chunked")];
    [
        ("memory::100_megabytes", flood(200, &announced, &text)),
        ("memory::endless_chunks", flood(200, &chunked, &chunk)),
        (
            "memory::error_of_100_megabytes",
            flood(500, &announced, &text),
        ),
    ]
}

/// The child's side: prints whether the body was refused, and the memory that it took.
pub(super) async fn in_child(setup: &Setup, call: &'static Operation, address: SocketAddr) {
    let client = setup.server(address).unwrap();
    setup.call(call, &client).await;
    let before = memory("VmRSS:");
    let outcome = setup.call(call, &client).await;
    let kind = outcome.result.err().map(|error| error.kind());
    let refused = matches!(kind, Some(ErrorKind::ResponseTooLarge | ErrorKind::Server));
    if let (Some(before), Some(peak)) = (before, memory("VmHWM:")) {
        println!("\npeak={}", peak.saturating_sub(before));
    }
    println!("\nrefused={refused}");
}

/// Returns a line of the process's status, in bytes.
pub fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes: u64 = status
        .lines()
        .find(|line| line.starts_with(name))?
        .split_whitespace()
        .nth(1)?
        .parse()
        .ok()?;
    Some(kilobytes * 1024)
}
