//! What the client does when things go wrong: a scripted server plays every fault with every operation that can meet it.
//!
//! [`cases`] are data: an input, what the server does, what must come of it. Each runs over all the operations that it applies
//! to; each run counts requests and searches all that is printed and logged for the secrets of [`secrets`]. The rest are proofs of
//! their own: [`cuts`], [`dropped`], [`crowds`], [`process`]. At the end stand the figures of the README ([`report`]).
//!
//! `FAULTS_CASE=part-of-a-name cargo test --test faults` runs only the cases with that in their name.
//!
//! The same cases are put to a raw generated client by `cargo test --manifest-path tests/raw-client/Cargo.toml`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the figures are for people"
)]

mod answers;
mod bodies;
mod calls;
mod case;
mod cases;
mod certificates;
mod crowds;
mod cuts;
mod dropped;
mod leaks;
mod many;
mod process;
mod readme;
mod report;
mod requests;
mod secrets;
mod server;
mod setup;
mod turns;

use case::Counts;
use report::Figures;
use std::sync::Arc;
use turns::in_turns;

/// So many runs at one time: most of them wait, for a pause or a time limit.
const AT_ONCE: usize = 48;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_is_survived() {
    leaks::install();
    let only = std::env::var("FAULTS_CASE").ok();
    let elsewhere = Arc::new(server::other_origin().await);
    let cases: Vec<_> = cases::all()
        .into_iter()
        .filter(|case| only.as_ref().is_none_or(|part| case.name.contains(part)))
        .map(Arc::new)
        .collect();
    let runs = cases
        .iter()
        .flat_map(|case| case.operations().map(|operation| (case.clone(), operation)));
    let runs: Vec<_> = runs
        .map(|(case, operation)| case.run(operation, elsewhere.clone()))
        .collect();
    let all: Vec<Counts> = in_turns(AT_ONCE, runs).await;
    let mut faults: Vec<String> = all
        .iter()
        .flat_map(|counts| counts.faults.clone())
        .collect();
    let mut leaked: Vec<String> = all.iter().flat_map(|counts| counts.leaks.clone()).collect();
    let mut repeated: usize = all.iter().map(|counts| counts.repeated).sum();
    if only.is_some() {
        return finish(faults, leaked);
    }

    let cuts = cuts::run().await;
    faults.extend(dropped::run().await);
    let crowds = crowds::run().await;
    let peak_memory = process::peak_memory(&mut faults).await;
    let connections_elsewhere =
        elsewhere.connections() + process::connections_to_proxies(&mut faults).await;
    faults.extend(cuts.faults.iter().chain(&crowds.faults).cloned());
    leaked.extend(cuts.leaks.iter().cloned().chain(leaks::in_logs()));
    repeated += cuts.repeated + crowds.repeated;
    for target in ["ghes_oauth", "reqwest", "hyper_util", "rustls"] {
        println!("{} records of {target} searched", leaks::records_of(target));
        faults.extend(
            (leaks::records_of(target) == 0)
                .then(|| format!("{target} logs nothing: the search of the logs proves nothing")),
        );
    }
    println!("{} resets in flight at one time", crowds.in_flight);
    let figures = Figures {
        cases: cases.len(),
        runs: all.len(),
        leaks: leaked.len(),
        repeated,
        connections_elsewhere,
        peak_memory,
        cuts,
        dropped: crowds.dropped,
        raced: crowds.raced,
        storm: crowds.storm,
    };
    println!("{figures}");
    faults.extend(
        (repeated > 0).then(|| format!("{repeated} requests were repeated that must not be")),
    );
    faults.extend(
        (connections_elsewhere > 0)
            .then(|| format!("{connections_elsewhere} connections to another origin")),
    );
    faults.extend(figures.publish().err());
    finish(faults, leaked);
}

fn finish(mut faults: Vec<String>, leaked: Vec<String>) {
    faults.extend(leaked);
    faults.extend((leaks::panics() > 0).then(|| format!("{} panics", leaks::panics())));
    for fault in &faults {
        eprintln!("{fault}");
    }
    assert!(faults.is_empty(), "{} faults, told above", faults.len());
}

/// The part of the suite that needs a process of its own; see [`process`].
#[tokio::test]
#[ignore = "the suite runs it, in a process of its own"]
async fn in_child() {
    process::in_child().await;
}
