//! Trials in a separate process: memory, threads, and the effect of the environment.

use crate::responses::{good, raw_response, reply};
use crate::server::{self, Script, Server};
use crate::setup::Setup;
use crate::trial;
use crate::{certificates, permits};
use ghes_oauth::Operation;
use libtest_mimic::Trial;
use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

pub mod memory;
mod proxies;
mod threads;

/// The child's task, and the server's address.
pub const TASK: &str = "FAULTS_CHILD";

/// The environment variables for proxies.
pub const PROXIES: [&str; 6] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
];

pub fn trials() -> Vec<Trial> {
    let mut trials = memory::trials();
    trials.push(trial::of(
        "environment::proxies_are_not_used",
        proxies::proxies_are_not_used,
    ));
    trials.push(trial::of(
        "environment::unused_proxy_is_named",
        proxies::unused_proxy_is_named,
    ));
    trials.push(trial::of(
        "environment::plain_http_uses_no_proxy",
        proxies::plain_http_uses_no_proxy,
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

fn small() -> Vec<u8> {
    raw_response(200, &[("Content-Length", "8")], b"{\"id\":1}")
}

/// Returns how many connections an unconfigured proxy of the environment got, and what the child printed.
pub async fn connections_to_proxies() -> (usize, String) {
    let _permit = permits::one().await;
    let proxy = server::other_origin().await;
    let server = Server::start(every_operation()).await;
    let printed = child("calls", &server, &environment(&proxy)).await;
    (proxy.connections(), printed)
}

/// An environment in which every variable names this proxy.
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
        "memory" | "page" => memory::in_child(&setup, check, address).await,
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
            // The server waits for the end of a request's head, and no handshake contains one.
            setup.base = "https://ADDRESS";
            setup.timeout = Duration::from_millis(50);
            let outcome = setup.call(check, &setup.server(address).unwrap()).await;
            println!("\n{}", outcome.result.unwrap_err());
        }
        "plain" => {
            setup.own(|builder| builder.system_proxy());
            let outcome = setup.call(check, &setup.server(address).unwrap()).await;
            println!("\n{:?}", outcome.result.map(|_| "succeeded"));
        }
        _ => {
            setup.base = "https://localhost:PORT";
            setup.root = Some(certificates::trusted_pem());
            setup.own(|builder| builder.system_proxy());
            setup.call(check, &setup.server(address).unwrap()).await;
        }
    }
}
