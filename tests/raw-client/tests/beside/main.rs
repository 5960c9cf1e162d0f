//! The cases of the fault suite against a raw generated client and against `ghes-oauth`, both judged by the same promises.
//!
//! `cargo test --manifest-path tests/raw-client/Cargo.toml` prints the figures; with `UPDATE_FAULTS=1` it writes them into
//! `docs/faults.md`. The cases, the server and the search for secrets are the fault suite's own. [`judge`] asks nothing that only one of the clients could know.
//!
//! `FAULTS_CASE=part-of-a-name` runs only the cases with that in their name, and prints every promise that one of them broke.

mod apart;
mod judge;
mod raw;
mod script;
mod seen;
mod table;
mod tally;

use faults::case::Case;
use faults::permits::{RUNS, at_most};
use faults::{cases, leaks, process, trial};
use judge::{Pair, Who};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use table::Figures;
use tally::Tally;

fn main() {
    // As a program does that picks a provider for TLS; `ghes-oauth` brings its own.
    rustls::crypto::ring::default_provider()
        .install_default()
        .unwrap();
    match std::env::var(process::TASK) {
        Ok(task) => apart::child_main(&task),
        Err(_) => trial::runtime().block_on(the_same_cases_with_a_raw_client()),
    }
}

async fn the_same_cases_with_a_raw_client() {
    leaks::install();
    let only = std::env::var("FAULTS_CASE").ok();
    let all = cases::all()
        .into_iter()
        .filter(|case| only.as_ref().is_none_or(|part| case.name.contains(part)));
    let (left_out, cases): (Vec<_>, Vec<_>) = all
        .map(Arc::new)
        .partition(|case| judge::not_applicable(&case.setup()).is_some());
    let pairs = cases
        .iter()
        .flat_map(|case| case.operations().map(|operation| (case.clone(), operation)))
        .collect();
    let (mut raw, pairs) = run(pairs, Who::Raw).await;
    let (mut ours, pairs) = run(pairs, Who::Ours).await;
    let (left_out, cases) = count(&left_out, &cases, &pairs);
    if only.is_some() {
        let broken: Vec<_> = raw
            .broken
            .iter()
            .chain(&ours.broken)
            .map(String::as_str)
            .collect();
        return println!("{}", broken.join("\n"));
    }

    let mut faults = Vec::new();
    for (tally, who) in [(&mut raw, Who::Raw), (&mut ours, Who::Ours)] {
        tally.cut = apart::cut(who).await;
    }
    faults.extend(ours.broken.iter().cloned());
    apart::measure(&mut raw, &mut faults).await;
    ours.peak_memory = apart::peak_memory("memory").await;
    ours.proxied = (raw.proxied.0, process::connections_to_proxies().await.0);
    let figures = Figures {
        cases,
        left_out,
        ours,
        raw,
    };
    println!("{}", figures.table());
    faults.extend(figures.update().err());
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Runs all cases with one client; returns the sums, and the cases that the client can express.
async fn run(pairs: Vec<Pair>, who: Who) -> (Tally, Vec<Pair>) {
    let logged = leaks::in_logs().len();
    let runs = pairs.into_iter().map(|pair| async move {
        judge::run(pair.clone(), who)
            .await
            .map(|tally| (pair, tally))
    });
    let mut sum = Tally::default();
    let mut expressed = Vec::new();
    for (pair, tally) in at_most(RUNS, runs).await.into_iter().flatten() {
        sum.add(tally);
        expressed.push(pair);
    }
    let logs = leaks::in_logs();
    sum.logs = logs.len() - logged;
    sum.broken.extend(
        logs[logged..]
            .iter()
            .map(|found| format!("{who:?}: {found}")),
    );
    sum.broken.sort();
    (sum, expressed)
}

/// How many cases are left out, with the reasons said, and how many are not.
fn count(left_out: &[Arc<Case>], cases: &[Arc<Case>], expressed: &[Pair]) -> (usize, usize) {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for reason in left_out
        .iter()
        .filter_map(|case| judge::not_applicable(&case.setup()))
    {
        *reasons.entry(reason).or_default() += 1;
    }
    let expressed: BTreeSet<&str> = expressed.iter().map(|(case, _)| case.name).collect();
    let unsayable = cases.len() - expressed.len();
    reasons.insert("a body that the generated types cannot hold", unsayable);
    println!("left out: {reasons:#?}");
    (left_out.len() + unsayable, expressed.len())
}
