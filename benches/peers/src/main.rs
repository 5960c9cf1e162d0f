//! `peers PEER WORKLOAD IN_FLIGHT CALLS [gate]`: makes the calls and prints what they took.
//!
//! Everything runs on one thread, so that the same calls take the same instructions; with `RUNTIME=default` in the environment on the
//! runtime of `#[tokio::main]` for one core, which has a second thread. With `gate` the first calls, one for each
//! in flight, are held back by the server until all have arrived, and are not timed. `peers ours walk 1 PAGES` reads a list of so
//! many pages item by item; `peers hand|ours|ours-without-deduplication batch IN_FLIGHT TOKENS` checks so many tokens in one loop.

use peers::{Peer, Server, Workload};
use std::sync::Arc;
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [peer, workload, in_flight, calls, gate @ ..] = &arguments[..] else {
        panic!("arguments: PEER WORKLOAD IN_FLIGHT CALLS [gate]");
    };
    if (peer.as_str(), workload.as_str()) == ("ours", "walk") {
        return walk(calls.parse().expect("a number"));
    }
    if workload == "batch" {
        let number = |text: &String| text.parse().expect("a number");
        return batch(peer, number(in_flight), number(calls));
    }
    let workload = Workload::ALL
        .into_iter()
        .find(|known| known.name() == workload)
        .expect("check, not_live, delete, page or reset");
    let plan = Plan {
        workload,
        in_flight: in_flight.parse().expect("a number"),
        calls: calls.parse().expect("a number"),
        gate: gate.first().is_some_and(|word| word == "gate"),
    };
    match peer.as_str() {
        "hand" => plan.run::<peers::hand::Hand>(),
        "ours" => plan.run::<peers::ours::Ours>(),
        #[cfg(feature = "hyper")]
        "hyper" => plan.run::<peers::floor::Floor>(),
        #[cfg(feature = "progenitor")]
        "progenitor" => plan.run::<peers::raw::Raw>(),
        #[cfg(feature = "octocrab")]
        "octocrab" => plan.run::<peers::crab::Crab>(),
        _ => panic!("no such peer in this build"),
    }
}

struct Plan {
    workload: Workload,
    in_flight: usize,
    calls: usize,
    gate: bool,
}

impl Plan {
    fn run<P: Peer>(&self) {
        let server = if self.gate {
            Server::start(&["--gate", &self.in_flight.to_string()])
        } else {
            Server::start(&[])
        };
        runtime().block_on(async {
            let peer = Arc::new(P::new(&server.base));
            if self.gate {
                self.round(&peer, self.in_flight).await;
            }
            let (wall, cpu) = (Instant::now(), cpu());
            self.round(&peer, self.calls).await;
            report(wall, cpu);
        });
    }

    /// So many calls, with as many in flight as there should be; each that fails ends the program.
    async fn round<P: Peer>(&self, peer: &Arc<P>, calls: usize) {
        if self.in_flight == 1 {
            for _ in 0..calls {
                self.workload.call(&**peer).await;
            }
            return;
        }
        let mut tasks = tokio::task::JoinSet::new();
        for index in 0..self.in_flight {
            let (peer, workload) = (peer.clone(), self.workload);
            let share = calls / self.in_flight + usize::from(index < calls % self.in_flight);
            tasks.spawn(async move {
                for _ in 0..share {
                    workload.call(&*peer).await;
                }
            });
        }
        while let Some(done) = tasks.join_next().await {
            done.expect("no call is lost");
        }
    }
}

/// Checks so many tokens in one loop.
fn batch(peer: &str, in_flight: usize, count: usize) {
    let server = Server::start(&[]);
    let (wall, cpu) = (Instant::now(), cpu());
    let runtime = runtime();
    let live = runtime.block_on(async {
        match peer {
            "hand" => peers::batches::by_hand(&server.base, count, in_flight).await,
            "ours" => peers::batches::ours(&server.base, count, in_flight, true).await,
            "ours-without-deduplication" => {
                peers::batches::ours(&server.base, count, in_flight, false).await
            }
            _ => panic!("hand or ours"),
        }
    });
    assert_eq!(live, count);
    report(wall, cpu);
}

fn runtime() -> tokio::runtime::Runtime {
    use tokio::runtime::Builder;
    let mut builder = match std::env::var("RUNTIME").as_deref() {
        Ok("default") => Builder::new_multi_thread(),
        _ => Builder::new_current_thread(),
    };
    builder
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime")
}

/// Prints what has been taken since then.
fn report(wall: Instant, cpu: u128) {
    let (wall, cpu) = (wall.elapsed().as_nanos(), self::cpu() - cpu);
    println!("wall_ns={wall} cpu_ns={cpu} peak_kb={}", peak());
}

/// Reads a list of so many pages of 100 item by item.
fn walk(pages: usize) {
    let server = Server::start(&["--pages", &pages.to_string()]);
    let items = runtime().block_on(async { peers::ours::Ours::new(&server.base).walk().await });
    assert_eq!(items, pages * 100);
    println!("items={items} peak_kb={}", peak());
}

/// The processor time of all threads so far, in nanoseconds.
fn cpu() -> u128 {
    let threads = std::fs::read_dir("/proc/self/task").expect("the benches need Linux");
    threads
        .map(|thread| {
            let path = thread.expect("it is listed").path().join("schedstat");
            let text = std::fs::read_to_string(path).expect("the thread still runs");
            let first = text
                .split_whitespace()
                .next()
                .and_then(|first| first.parse::<u128>().ok());
            first.expect("it begins with a number")
        })
        .sum()
}

/// The most memory that this process had at one time, in KiB.
fn peak() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").expect("the benches need Linux");
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .expect("the kernel reports it");
    line.trim()
        .trim_end_matches(" kB")
        .parse()
        .expect("it is a number")
}
