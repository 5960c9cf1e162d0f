//! One named trial, and the observers of its run.

use crate::leaks;
use libtest_mimic::{Failed, Trial};
use std::sync::LazyLock;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// The problems, one line each; empty if there are none.
pub type Problems = Vec<String>;

/// The runtime of all trials but those that count its tasks.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(runtime);

pub fn runtime() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

/// A trial on the common runtime.
pub fn of<F>(name: impl Into<String>, test: impl FnOnce() -> F + Send + 'static) -> Trial
where
    F: Future<Output = Problems>,
{
    blocking(name, || RUNTIME.block_on(test()))
}

/// A trial that runs alone, on a separate runtime.
pub fn alone<F>(name: impl Into<String>, test: impl FnOnce() -> F + Send + 'static) -> Trial
where
    F: Future<Output = Problems>,
{
    blocking(name, || {
        let _permits = RUNTIME.block_on(crate::permits::all());
        runtime().block_on(test())
    })
}

/// A trial that blocks its thread.
///
/// A record of a log does not name its call: a secret in the logs while a trial runs fails the trial, and running the trial alone shows
/// whether it was the cause. A panic in a task would otherwise go unnoticed.
pub fn blocking(
    name: impl Into<String>,
    test: impl FnOnce() -> Problems + Send + 'static,
) -> Trial {
    Trial::test(name, || {
        let before = leaks::in_logs().len();
        let mut problems = leaks::on_trial_thread(test);
        problems.extend(leaks::in_logs().split_off(before));
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Failed::from(problems.join("\n")))
        }
    })
}

/// Runs a trial whose calls must time out, and runs it again with a longer timeout if there are problems: a busy machine needs more time
/// until a request arrives, and a problem with another cause appears again.
pub async fn with_enough_time<F: Future<Output = Problems>>(
    timeout: Duration,
    run: impl Fn(Duration) -> F,
) -> Problems {
    let problems = run(timeout).await;
    if problems.is_empty() {
        return problems;
    }
    run(LONGER).await
}

/// The longest timeout of a call that must time out: below the 15 seconds after which the client retries a call.
const LONGER: Duration = Duration::from_secs(14);

/// Returns the problem, unless the condition holds.
pub fn expect(right: bool, problem: impl FnOnce() -> String) -> Option<String> {
    (!right).then(problem)
}
