//! What must be measured in a process of its own: memory, and the effect of the environment.

use crate::answers::{good, raw_answer, reply};
use crate::calls;
use crate::server::{self, Script, Server, Step};
use crate::setup::Setup;
use crate::{certificates, leaks};
use ghes_oauth::{ErrorKind, Operation};
use std::process::Stdio;
use std::time::Duration;

/// Tells the child what to do, and at which address.
pub(crate) const TASK: &str = "FAULTS_CHILD";

/// What names a proxy in the environment.
pub(crate) const PROXIES: [&str; 6] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
];

/// Peak memory, in bytes, that calls took which met a body of a hundred megabytes, one without end, and an error of that size;
/// `None` where the system does not tell.
pub(crate) async fn peak_memory(faults: &mut Vec<String>) -> Option<u64> {
    let mut peak = None;
    for script in hostile_bodies() {
        let server = Server::start(script).await;
        let said = child("memory", &server, &[]).await;
        let bytes = said
            .lines()
            .find_map(|line| line.split_once("peak=")?.1.trim().parse().ok());
        if server.begun() != 2 || !said.contains("refused=true") {
            faults.push(format!("hostile body: {} requests, {said}", server.begun()));
        }
        peak = peak.max(bytes);
    }
    peak
}

/// Bodies that a client must not take in, each behind a small answer that warms it up, so that only the hostile one is measured.
pub(crate) fn hostile_bodies() -> [Script; 3] {
    const MEGABYTE: usize = 1 << 20;
    let text = [b"{\"id\":1,\"note\":\"".as_slice(), &vec![b'x'; MEGABYTE]].concat();
    let chunk = [
        format!("{:x}\r\n", MEGABYTE).as_bytes(),
        &vec![b' '; MEGABYTE],
        b"\r\n",
    ]
    .concat();
    let flood = |status, headers: &[(&str, &str)], piece: &[u8]| {
        vec![
            Step::Read,
            Step::Write(raw_answer(status, headers, b"")),
            Step::Flood(piece.to_vec(), 100),
            Step::Close,
        ]
    };
    [
        flood(200, &[("Content-Length", "104857600")], &text),
        flood(200, &[("Transfer-Encoding", "chunked")], &chunk),
        flood(500, &[("Content-Length", "104857600")], &text),
    ]
    .map(|body| Script {
        exchanges: vec![reply(small()), body],
        tls: None,
    })
}

fn small() -> Vec<u8> {
    raw_answer(200, &[("Content-Length", "8")], b"{\"id\":1}")
}

/// Connections that proxies named in the environment got, which nobody asked to use.
pub(crate) async fn connections_to_proxies(faults: &mut Vec<String>) -> usize {
    let proxy = server::other_origin().await;
    let address = format!("http://{}", proxy.address);
    let environment = PROXIES.map(|name| (name, address.as_str()));
    let server = Server::start(every_operation()).await;
    let said = child("calls", &server, &environment).await;
    if server.begun() != Operation::all().len() || !said.contains("succeeded=19") {
        faults.push(format!(
            "proxies in the environment: {} requests arrived, {said}",
            server.begun()
        ));
    }
    let unasked = proxy.connections();
    // Asked for, the proxy is used: the variables do have an effect. What it sees is a tunnel, and no secret.
    let server = Server::start(Script {
        exchanges: vec![reply(small())],
        tls: Some(certificates::good()),
    })
    .await;
    child("proxy", &server, &environment).await;
    let tunnel: Vec<String> = proxy
        .requests()
        .iter()
        .map(|request| String::from_utf8_lossy(request).into_owned())
        .collect();
    if !tunnel.iter().any(|request| request.starts_with("CONNECT ")) {
        faults.push("a proxy that was asked for is not used".to_owned());
    }
    faults.extend(
        tunnel
            .iter()
            .filter_map(|request| leaks::find(request))
            .map(|found| format!("{found} is told to a proxy")),
    );
    unasked
}

/// The good answers of all operations, one after the other.
pub(crate) fn every_operation() -> Script {
    Script {
        exchanges: Operation::all()
            .iter()
            .map(|operation| reply(good(operation)))
            .collect(),
        tls: None,
    }
}

/// Runs [`in_child`] in a process of its own and returns what it printed.
pub(crate) async fn child(
    task: &'static str,
    server: &Server,
    environment: &[(&str, &str)],
) -> String {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "in_child", "--ignored", "--nocapture"])
        .env(TASK, format!("{task} {}", server.address));
    command
        .envs(environment.iter().copied())
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
pub(crate) async fn in_child() {
    let Ok(task) = std::env::var(TASK) else {
        return;
    };
    let (task, address) = task.split_once(' ').unwrap();
    let address = address.parse().unwrap();
    let mut setup = Setup {
        timeout: Duration::from_secs(60),
        ..Setup::default()
    };
    let check = Operation::all()
        .iter()
        .copied()
        .find(|operation| operation.id() == "apps/check-token")
        .unwrap();
    match task {
        "memory" => {
            let client = setup.server(address).unwrap();
            calls::call(check, &client, &setup).await;
            let before = memory("VmRSS:");
            let outcome = calls::call(check, &client, &setup).await;
            let kind = outcome
                .result
                .map_or_else(|error| Some(error.kind()), |_| None);
            let refused = matches!(kind, Some(ErrorKind::AnswerTooLarge | ErrorKind::Server));
            if let (Some(before), Some(peak)) = (before, memory("VmHWM:")) {
                println!("\npeak={}", peak.saturating_sub(before));
            }
            println!("\nrefused={refused}");
        }
        "calls" => {
            let client = setup.server(address).unwrap();
            let mut succeeded = 0;
            for operation in Operation::all() {
                succeeded +=
                    usize::from(calls::call(operation, &client, &setup).await.result.is_ok());
            }
            println!("\nsucceeded={succeeded}");
        }
        _ => {
            setup.base = "https://localhost:PORT";
            setup.root = Some(certificates::trusted_pem());
            setup.own(|builder| builder.system_proxy());
            calls::call(check, &setup.server(address).unwrap(), &setup).await;
        }
    }
}

/// A line of the process's status, in bytes.
pub(crate) fn memory(name: &str) -> Option<u64> {
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
