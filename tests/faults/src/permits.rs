//! Limits how many runs are active at a time, over all trials.

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::JoinSet;

/// Active runs of cases.
pub const RUNS: usize = 48;
/// Active runs with a truncated response: those that stall wait for their timeout, so many can wait together.
const TRUNCATED: u32 = 300;
/// How many of [`PERMITS`] a run of a case takes; a run with a truncated response takes one.
const SHARE: u32 = TRUNCATED / RUNS as u32;

static PERMITS: Semaphore = Semaphore::const_new(TRUNCATED as usize);

/// Waits until a run of a case may start.
pub async fn one() -> SemaphorePermit<'static> {
    PERMITS.acquire_many(SHARE).await.unwrap()
}

/// Waits until a run with a truncated response may start.
pub async fn for_truncated() -> SemaphorePermit<'static> {
    PERMITS.acquire().await.unwrap()
}

/// Waits until nothing else runs, and keeps everything else from starting.
pub async fn all() -> SemaphorePermit<'static> {
    PERMITS.acquire_many(TRUNCATED).await.unwrap()
}

/// Runs all of these as tasks, at most `limit` at one time.
pub async fn at_most<T: Send + 'static>(
    limit: usize,
    futures: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let permits = std::sync::Arc::new(Semaphore::new(limit));
    together(futures.into_iter().map(|future| {
        let permits = permits.clone();
        async move {
            let _permit = permits.acquire().await;
            future.await
        }
    }))
    .await
}

/// Runs all of these as tasks.
pub async fn together<T: Send + 'static>(
    futures: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let mut tasks = JoinSet::new();
    for future in futures {
        tasks.spawn(future);
    }
    tasks.join_all().await
}
