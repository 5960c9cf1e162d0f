//! Time a call, by criterion, for reading how far the instructions of run.sh are from time on this machine.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use peers::hand::Hand;
use peers::ours::Ours;
use peers::{Peer, Server, Workload};
use std::sync::Arc;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

const IN_FLIGHT: usize = 64;

fn calls(criterion: &mut Criterion) {
    let server = Server::start(&[]);
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    for workload in Workload::ALL {
        one_at_a_time::<Hand>(criterion, &runtime, &server, workload, "hand");
        one_at_a_time::<Ours>(criterion, &runtime, &server, workload, "ours");
        together::<Hand>(criterion, &runtime, &server, workload, "hand");
        together::<Ours>(criterion, &runtime, &server, workload, "ours");
    }
}

fn one_at_a_time<P: Peer>(
    criterion: &mut Criterion,
    runtime: &Runtime,
    server: &Server,
    workload: Workload,
    name: &str,
) {
    let peer = runtime.block_on(async { P::new(&server.base) });
    let mut group = criterion.benchmark_group(format!("{} one at a time", workload.name()));
    group.bench_function(BenchmarkId::from_parameter(name), |bench| {
        bench.to_async(runtime).iter(|| workload.call(&peer))
    });
    group.finish();
}

fn together<P: Peer>(
    criterion: &mut Criterion,
    runtime: &Runtime,
    server: &Server,
    workload: Workload,
    name: &str,
) {
    let peer = Arc::new(runtime.block_on(async { P::new(&server.base) }));
    let mut group =
        criterion.benchmark_group(format!("{} with {IN_FLIGHT} in flight", workload.name()));
    group.throughput(Throughput::Elements(IN_FLIGHT as u64));
    group.bench_function(BenchmarkId::from_parameter(name), |bench| {
        bench.to_async(runtime).iter(|| async {
            let mut tasks = JoinSet::new();
            for _ in 0..IN_FLIGHT {
                let peer = peer.clone();
                tasks.spawn(async move { workload.call(&*peer).await });
            }
            tasks.join_all().await
        });
    });
    group.finish();
}

criterion_group!(benches, calls);
criterion_main!(benches);
