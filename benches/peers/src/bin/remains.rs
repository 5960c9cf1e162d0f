//! `remains PEER`: how many copies of each secret the process's memory has after a call is done and its client is dropped.
//!
//! Constants of the program are not counted, as only writable memory is searched. Linux only.

use base64::Engine as _;
use peers::hand::Hand;
use peers::ours::Ours;
use peers::{CLIENT_ID, CLIENT_SECRET, LIVE, Peer, Server};
use std::fs::File;
use std::io::Read as _;
use std::os::unix::fs::FileExt as _;
use std::time::Duration;

fn main() {
    let (server, needles) = (Server::start(&[]), needles());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let left = match std::env::args().nth(1).as_deref() {
        Some("hand") => runtime.block_on(left::<Hand>(&server.base, &needles)),
        Some("ours") => runtime.block_on(left::<Ours>(&server.base, &needles)),
        _ => panic!("arguments: hand or ours"),
    };
    println!("token={} secret={} basic={}", left[0], left[1], left[2]);
}

/// How many copies of each are left by a client that has replaced a token and is gone, its connections with it.
async fn left<P: Peer>(base: &str, needles: &[Vec<u8>]) -> Vec<usize> {
    let peer = P::new(base);
    peer.reset().await;
    drop(peer);
    // The connection is a separate task, and ends after its client.
    tokio::time::sleep(Duration::from_millis(200)).await;
    needles.iter().map(|needle| copies(needle)).collect()
}

/// What to look for, not as it is, or it would be found in what looks for it: token, client secret, and the end of the Basic credentials.
fn needles() -> Vec<Vec<u8>> {
    let mut pair = format!("{CLIENT_ID}:{CLIENT_SECRET}").into_bytes();
    let mut basic = base64::engine::general_purpose::STANDARD
        .encode(&pair)
        .into_bytes();
    let needles = [LIVE.as_bytes(), CLIENT_SECRET.as_bytes(), &basic[40..]]
        .map(|text| text.iter().map(|byte| !byte).collect());
    pair.fill(0);
    basic.fill(0);
    std::hint::black_box((pair, basic));
    needles.into()
}

fn copies(needle: &[u8]) -> usize {
    let mut maps = String::new();
    File::open("/proc/self/maps")
        .and_then(|mut maps_file| maps_file.read_to_string(&mut maps))
        .expect("Linux has it");
    let memory = File::open("/proc/self/mem").expect("a process may read its own memory");
    let mut buffer = vec![0; 1 << 20];
    // What is read must not be found where it is read to.
    let own_start = buffer.as_ptr() as u64;
    let own_end = own_start + buffer.len() as u64;
    let mut found = 0;
    for line in maps.lines().filter(|line| {
        line.split(' ')
            .nth(1)
            .is_some_and(|flags| flags.starts_with("rw"))
    }) {
        let (start, end) = line
            .split(' ')
            .next()
            .and_then(|range| range.split_once('-'))
            .expect("a range");
        let parse = |text| u64::from_str_radix(text, 16).expect("hexadecimal");
        let (mut at, end) = (parse(start), parse(end));
        while at < end {
            if (own_start..own_end).contains(&at) {
                at = own_end;
                continue;
            }
            let until = if at < own_start {
                end.min(own_start)
            } else {
                end
            };
            let wanted =
                usize::try_from(until - at).map_or(buffer.len(), |left| left.min(buffer.len()));
            let Ok(read) = memory.read_at(&mut buffer[..wanted], at) else {
                break;
            };
            found += occurrences(&buffer[..read], needle);
            at += read.max(1) as u64;
        }
    }
    found
}

fn occurrences(bytes: &[u8], inverted: &[u8]) -> usize {
    bytes
        .windows(inverted.len())
        .filter(|window| {
            window
                .iter()
                .zip(inverted)
                .all(|(byte, inverted)| *byte == !inverted)
        })
        .count()
}
