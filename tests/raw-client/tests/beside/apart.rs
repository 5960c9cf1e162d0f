//! Measurements in a separate process, and over truncated responses: the raw client's part.

use crate::judge::Who;
use crate::raw;
use crate::tally::{Count, Tally};
use faults::permits::{RUNS, at_most};
use faults::process::{self, memory};
use faults::server::{self, Server};
use faults::setup::Setup;
use faults::trial;
use faults::truncated::{self, Run};
use ghes_oauth::Operation;
use std::time::Duration;

/// New tokens that are lost to a response that is truncated after them.
pub(crate) async fn cut(who: Who) -> Count {
    let ways = |operation| {
        truncated::WAYS
            .iter()
            .flat_map(move |way| way.runs(operation))
    };
    let runs = truncated::token_makers()
        .flat_map(ways)
        .filter(Run::has_whole_token)
        .map(move |run| async move {
            let (server, setup) = (
                Server::start(run.script()).await,
                run.setup(truncated::TIMEOUT),
            );
            who.call(run.operation, &setup, server.address)
                .await
                .is_ok_and(|seen| seen.has_token())
        });
    let kept = at_most(RUNS, runs).await;
    (kept.len(), kept.iter().filter(|kept| !**kept).count())
}

/// Peak memory of a call with a hostile body, and requests to a proxy from the environment.
pub(crate) async fn measure(tally: &mut Tally, faults: &mut Vec<String>) {
    tally.peak_memory = peak_memory("raw-memory").await;
    let proxy = server::other_origin().await;
    process::child(
        "raw-calls",
        &Server::start(process::every_operation()).await,
        &process::environment(&proxy),
    )
    .await;
    tally.proxied = (process::on_ghes().count(), proxy.requests().len());
    // Otherwise the figures could be those of a client that never works.
    let said = process::child(
        "raw-calls",
        &Server::start(process::every_operation()).await,
        &[],
    )
    .await;
    faults.extend(
        (!said.contains(&format!("succeeded={}", process::on_ghes().count())))
            .then(|| format!("the raw client does not work at all: {said}")),
    );
}

/// The most memory that a child takes for a call with a hostile body.
pub(crate) async fn peak_memory(task: &'static str) -> Option<u64> {
    let mut all = None;
    for (_, script) in memory::hostile_bodies() {
        let said = process::child(task, &Server::start(script).await, &[]).await;
        all = all.max(memory::peak(&said));
    }
    all
}

/// The child's side.
pub(crate) fn child_main(task: &str) {
    match task.strip_prefix("raw-") {
        Some(task) => trial::runtime().block_on(in_child(task)),
        None => process::child_main(task),
    }
}

async fn in_child(task: &str) {
    let (task, address) = task.split_once(' ').unwrap();
    let (setup, address) = (
        Setup {
            timeout: Duration::from_secs(60),
            ..Setup::default()
        },
        address.parse().unwrap(),
    );
    if task == "calls" {
        let mut succeeded = 0;
        for operation in process::on_ghes() {
            let Ok(client) = raw::client(&setup, address, operation.credentials()) else {
                continue;
            };
            succeeded += usize::from(
                raw::call(operation, &client, &setup)
                    .await
                    .is_ok_and(|seen| !seen.failed),
            );
        }
        return println!("\nsucceeded={succeeded}");
    }
    let check = Operation::all()
        .iter()
        .copied()
        .find(|operation| operation.id() == "apps/check-token")
        .unwrap();
    let Ok(client) = raw::client(&setup, address, check.credentials()) else {
        return;
    };
    let body = raw_client::types::AccessTokenBody {
        access_token: raw_client::types::AccessToken(setup.token.to_owned()),
    };
    // Not through `raw::call`, which prints the response, and that is large.
    let _ = client.apps_check_token(setup.client_id, &body).await;
    let before = memory::memory("VmRSS:");
    let _ = client.apps_check_token(setup.client_id, &body).await;
    if let (Some(before), Some(peak)) = (before, memory::memory("VmHWM:")) {
        println!("\npeak={}", peak.saturating_sub(before));
    }
}
