//! What must be measured in a process of its own, or over answers that are cut: the raw client's part of it.

use crate::cuts::{self, Run};
use crate::judge::Who;
use crate::process::{self, PROXIES, TASK};
use crate::raw;
use crate::server::{self, Server};
use crate::setup::Setup;
use crate::tally::{Count, Tally};
use crate::turns::in_turns;
use ghes_oauth::Operation;
use std::time::Duration;

/// So few runs at one time that none is late because of the others.
const AT_ONCE: usize = 48;

/// New tokens that are lost to an answer which is cut behind them.
pub(crate) async fn cut(who: Who) -> Count {
    let runs = cuts::runs()
        .into_iter()
        .filter(Run::has_whole_token)
        .map(move |run| async move {
            let (server, setup) = (Server::start(run.script()).await, run.setup(cuts::TIMEOUT));
            who.call(run.operation, &setup, server.address)
                .await
                .is_ok_and(|seen| seen.has_token())
        });
    let kept = in_turns(AT_ONCE, runs).await;
    (kept.len(), kept.iter().filter(|kept| !**kept).count())
}

/// Peak memory of a call that meets a hostile body, and requests to a proxy of the environment.
pub(crate) async fn measure(tally: &mut Tally, faults: &mut Vec<String>) {
    for script in process::hostile_bodies() {
        let said = process::child("raw-memory", &Server::start(script).await, &[]).await;
        let bytes = said
            .lines()
            .find_map(|line| line.split_once("peak=")?.1.trim().parse().ok());
        tally.peak_memory = tally.peak_memory.max(bytes);
    }
    let proxy = server::other_origin().await;
    let address = format!("http://{}", proxy.address);
    process::child(
        "raw-calls",
        &Server::start(process::every_operation()).await,
        &PROXIES.map(|name| (name, address.as_str())),
    )
    .await;
    tally.proxied = (Operation::all().len(), proxy.requests().len());
    // Else the figures would tell of a client that never works.
    let said = process::child(
        "raw-calls",
        &Server::start(process::every_operation()).await,
        &[],
    )
    .await;
    faults.extend(
        (!said.contains("succeeded=19"))
            .then(|| format!("the raw client does not work at all: {said}")),
    );
}

/// The child's side.
pub(crate) async fn in_child() {
    let Ok(task) = std::env::var(TASK) else {
        return;
    };
    let Some((task, address)) = task
        .strip_prefix("raw-")
        .and_then(|task| task.split_once(' '))
    else {
        return process::in_child().await;
    };
    let (setup, address) = (
        Setup {
            timeout: Duration::from_secs(60),
            ..Setup::default()
        },
        address.parse().unwrap(),
    );
    if task == "calls" {
        let mut succeeded = 0;
        for operation in Operation::all() {
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
    // Not through `raw::call`, which prints what it gets, and that is large.
    let _ = client.apps_check_token(setup.client_id, &body).await;
    let before = process::memory("VmRSS:");
    let _ = client.apps_check_token(setup.client_id, &body).await;
    if let (Some(before), Some(peak)) = (before, process::memory("VmHWM:")) {
        println!("\npeak={}", peak.saturating_sub(before));
    }
}
