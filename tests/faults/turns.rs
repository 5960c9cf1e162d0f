//! Many runs, some of them at one time.

use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Runs futures, so many at a time.
pub(crate) async fn in_turns<T: Send + 'static>(
    at_once: usize,
    futures: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let turns = Arc::new(Semaphore::new(at_once));
    let mut tasks = JoinSet::new();
    for future in futures {
        let turns = turns.clone();
        tasks.spawn(async move {
            let _turn = turns.acquire().await;
            future.await
        });
    }
    tasks.join_all().await
}
