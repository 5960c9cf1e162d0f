//! What must be measured in a process of its own: memory, threads, and the effect of the environment.

use crate::responses::{good, raw_response, reply};
use crate::server::{self, Script, Server, Step};
use crate::setup::Setup;
use crate::trial::{self, Problems, expect};
use crate::{certificates, figures, permits};
use ghes_oauth::{ErrorKind, Operation};
use libtest_mimic::Trial;
use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

mod proxies;
mod threads;

/// The child's task, and the address of the server for it.
pub const TASK: &str = "FAULTS_CHILD";

/// What names a proxy in the environment.
pub const PROXIES: [&str; 6] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
];

pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = hostile_bodies()
        .into_iter()
        .map(|(name, script)| trial::of(name, || hostile_body(script)))
        .collect();
    trials.extend(
        large_bodies().map(|(name, task, body)| trial::of(name, move || large_body(task, body))),
    );
    trials.push(trial::of(
        "environment::proxies_are_not_used",
        proxies::proxies_are_not_used,
    ));
    trials.push(trial::of(
        "environment::unused_proxy_is_named",
        proxies::unused_proxy_is_named,
    ));
    trials.push(trial::of(
        "environment::proxy_is_used_when_asked_for",
        proxies::proxy_is_used_when_asked_for,
    ));
    trials.push(trial::of(
        "threads::one_for_all_that_wait",
        threads::one_for_all_that_wait,
    ));
    trials
}

/// The body is refused, once, and the memory that it took is bounded.
async fn hostile_body(script: Script) -> Problems {
    /// Several times what a call may take in.
    const BOUND: u64 = 32 << 20;
    let (said, requests) = refuse(script).await;
    let peak = peak(&said);
    figures::add(|figures| figures.peak_memory = figures.peak_memory.max(peak));
    let problems = [
        expect(requests == 2, || format!("{requests} requests")),
        expect(said.contains("refused=true"), || said.clone()),
        expect(peak.is_none_or(|peak| peak < BOUND), || {
            format!("{peak:?} bytes")
        }),
    ];
    problems.into_iter().flatten().collect()
}

/// Bodies of eight megabytes that become as much as they can in memory once they are read.
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

/// The body takes at most four times its length, whatever it is read as.
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
    let said = child(task, &server, &[]).await;
    let peak = peak(&said);
    let problem = expect(peak.is_none_or(|peak| peak < bound), || {
        format!("{peak:?} bytes of {bound}")
    });
    problem.into_iter().collect()
}

/// What the child says of a hostile body, and the requests that it made.
async fn refuse(script: Script) -> (String, usize) {
    let _permit = permits::one().await;
    let server = Server::start(script).await;
    let said = child("memory", &server, &[]).await;
    (said, server.begun())
}

/// The peak memory in what a child said.
pub fn peak(said: &str) -> Option<u64> {
    let line = said.lines().find_map(|line| line.split_once("peak="))?;
    line.1.trim().parse().ok()
}

/// Bodies that a client must not take in, each after a small response that warms the client up, so that only the hostile one is measured.
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

fn small() -> Vec<u8> {
    raw_response(200, &[("Content-Length", "8")], b"{\"id\":1}")
}

/// Connections to proxies that the environment names and nobody asked for, and what the child said.
pub async fn connections_to_proxies() -> (usize, String) {
    let _permit = permits::one().await;
    let proxy = server::other_origin().await;
    let server = Server::start(every_operation()).await;
    let said = child("calls", &server, &environment(&proxy)).await;
    (proxy.connections(), said)
}

/// An environment that names this proxy in every way.
pub fn environment(proxy: &Server) -> Vec<(&'static str, String)> {
    PROXIES
        .map(|name| (name, format!("http://{}", proxy.address)))
        .into()
}

/// The operations that a GHES has.
pub fn on_ghes() -> impl Iterator<Item = &'static Operation> {
    Operation::all()
        .iter()
        .copied()
        .filter(|operation| operation.since().is_some())
}

/// The good responses of those operations, one after the other.
pub fn every_operation() -> Script {
    Script {
        exchanges: on_ghes().map(|operation| reply(good(operation))).collect(),
        tls: None,
    }
}

/// Runs this program again for the task, and returns what it printed.
pub async fn child(task: &'static str, server: &Server, environment: &[(&str, String)]) -> String {
    child_at(task, server.address, environment).await
}

async fn child_at(
    task: &'static str,
    address: SocketAddr,
    environment: &[(&str, String)],
) -> String {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    for name in PROXIES {
        command.env_remove(name);
    }
    command
        .env(TASK, format!("{task} {address}"))
        .envs(environment.iter().cloned())
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .stderr(Stdio::inherit());
    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The child's side.
pub fn child_main(task: &str) {
    trial::runtime().block_on(in_child(task));
}

async fn in_child(task: &str) {
    let (task, address) = task.split_once(' ').unwrap();
    let address = address.parse().unwrap();
    let mut setup = Setup {
        timeout: Duration::from_secs(60),
        ..Setup::default()
    };
    let id = match task {
        "page" => "oauth-authorizations/list-authorizations",
        _ => "apps/check-token",
    };
    let check = Operation::all()
        .iter()
        .copied()
        .find(|operation| operation.id() == id)
        .unwrap();
    match task {
        "memory" | "page" => {
            let client = setup.server(address).unwrap();
            setup.call(check, &client).await;
            let before = memory("VmRSS:");
            let outcome = setup.call(check, &client).await;
            let kind = outcome
                .result
                .map_or_else(|error| Some(error.kind()), |_| None);
            let refused = matches!(kind, Some(ErrorKind::ResponseTooLarge | ErrorKind::Server));
            if let (Some(before), Some(peak)) = (before, memory("VmHWM:")) {
                println!("\npeak={}", peak.saturating_sub(before));
            }
            println!("\nrefused={refused}");
        }
        "calls" => {
            let client = setup.server(address).unwrap();
            let mut succeeded = 0;
            for operation in on_ghes() {
                succeeded += usize::from(setup.call(operation, &client).await.result.is_ok());
            }
            println!("\nsucceeded={succeeded}");
        }
        "waits" => println!("\nthreads={}", threads::of_waiting(&setup, address)),
        "unused" => {
            setup.base = "https://127.0.0.1:1";
            let outcome = setup.call(check, &setup.server(address).unwrap()).await;
            println!("\n{}", outcome.result.unwrap_err());
        }
        _ => {
            setup.base = "https://localhost:PORT";
            setup.root = Some(certificates::trusted_pem());
            setup.own(|builder| builder.system_proxy());
            setup.call(check, &setup.server(address).unwrap()).await;
        }
    }
}

/// A line of the process's status, in bytes.
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
