//! The workers of a batch: tasks that each take one token after another.
//!
//! A new task for each token would cost more: tokio aligns a task to cache lines, and malloc is slow for aligned blocks.

use crate::api::oauth_app::OAuthApp;
use crate::api::paced::{Done, through};
use crate::api::verdict::Verdict;
use crate::error::error::Error;
use crate::secret::newtypes::AccessToken;
use crate::transport::background::background;
use crate::transport::gate::Gate;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::runtime::{Handle, Id};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

/// Runs a worker from its first token on.
pub(super) type Run<T> = fn(Worker, Assignment<T>) -> Pin<Box<dyn Future<Output = ()> + Send>>;

/// The index of a token and the result for it, if there is one.
pub(super) type Ended<T> = Option<(usize, Done<T>)>;

/// The workers of a batch.
pub(super) struct Workers<T> {
    run: Run<T>,
    worker: Worker,
    /// Cloned into every assignment; this one keeps the channel open.
    to: UnboundedSender<Report<T>>,
    reports: UnboundedReceiver<Report<T>>,
    tasks: JoinSet<()>,
    /// The runtime of the idle workers. Once the batch is polled on another one, the first may never run again.
    runtime: Option<Id>,
    idle: Vec<oneshot::Sender<Assignment<T>>>,
    /// The tokens that were assigned and not reported.
    in_flight: usize,
    /// How many workers have reported their end, by a panic or with their runtime, but are not joined yet.
    lost: isize,
}

impl<T: Send + 'static> Workers<T> {
    pub(super) fn new(app: Arc<OAuthApp>, gate: Arc<Gate>, run: Run<T>) -> Self {
        let (to, reports) = mpsc::unbounded_channel();
        Self {
            run,
            worker: Worker { app, gate },
            to,
            reports,
            tasks: JoinSet::new(),
            runtime: None,
            idle: Vec::new(),
            in_flight: 0,
            lost: 0,
        }
    }
}

impl<T> Workers<T> {
    /// Sets what the workers do, before the first is started.
    pub(super) fn set_run(&mut self, run: Run<T>) {
        self.run = run;
    }

    pub(super) fn app(&self) -> &OAuthApp {
        &self.worker.app
    }

    /// The number of tokens that are assigned and not reported.
    pub(super) fn in_flight(&self) -> usize {
        self.in_flight
    }
}

impl<T: Send + 'static> Workers<T> {
    /// Gives a token to an idle worker or else to a new one, which runs on the tokio runtime that polls this, or on the crate's own
    /// runtime if there is none that can send.
    pub(super) fn assign(
        &mut self,
        index: usize,
        token: AccessToken,
        longest_wait: Duration,
    ) -> Result<(), Error> {
        // The waits for rate limits need a runtime with timers, as the calls do.
        let runtime = match self.worker.app.server().0.clients.here()? {
            Some(_) => Handle::current(),
            None => background()?.handle().clone(),
        };
        if self.runtime != Some(runtime.id()) {
            self.runtime = Some(runtime.id());
            self.idle.clear();
        }
        let mut assignment = Assignment {
            token,
            longest_wait,
            report: Reported {
                to: self.to.clone(),
                index,
                report: Report {
                    result: None,
                    next: None,
                },
            },
        };
        self.in_flight += 1;
        while let Some(idle) = self.idle.pop() {
            match idle.send(assignment) {
                Ok(()) => return Ok(()),
                Err(refused) => assignment = refused,
            }
        }
        let worker = (self.run)(self.worker.clone(), assignment);
        self.tasks.spawn_on(worker, &runtime);
        Ok(())
    }

    /// Returns the next result, or `None` when nothing is in flight. `Some(None)` is a token without a result: the batch was stopped
    /// before it was sent, or its worker panicked.
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Ended<T>>> {
        while let Poll::Ready(Some(ended)) = self.tasks.poll_join_next(context) {
            let Err(error) = ended else {
                continue;
            };
            self.lost -= 1;
            if let Ok(panic) = error.try_into_panic() {
                std::panic::resume_unwind(panic);
            }
        }
        if self.in_flight == 0 {
            // A panic may be joined after it is reported.
            return match self.lost > 0 {
                true => Poll::Pending,
                false => Poll::Ready(None),
            };
        }
        let report = ready!(self.reports.poll_recv(context)).expect("the channel is open");
        self.in_flight -= 1;
        match report.next {
            Some(next) => self.idle.push(next),
            None => self.lost += 1,
        }
        Poll::Ready(Some(report.result))
    }
}

/// What a worker needs besides tokens.
#[derive(Clone)]
pub(super) struct Worker {
    /// Shared by the workers, because a clone would copy the credentials.
    app: Arc<OAuthApp>,
    gate: Arc<Gate>,
}

impl Worker {
    /// Makes the calls about one token after another, until no more are assigned.
    pub(super) async fn run<T: Verdict, F: Future<Output = Done<T>>>(
        self,
        mut assignment: Assignment<T>,
        calls: impl Fn(&OAuthApp, &AccessToken, &Arc<Gate>) -> F,
    ) {
        loop {
            let (app, gate, token) = (&self.app, &self.gate, &assignment.token);
            let done = through(gate, assignment.longest_wait, || calls(app, token, gate)).await;
            let (next, assigned) = oneshot::channel();
            assignment.report.report = Report {
                result: done.map(|done| (assignment.report.index, done)),
                next: Some(next),
            };
            drop(assignment);
            match assigned.await {
                Ok(next) => assignment = next,
                Err(_) => return,
            }
        }
    }
}

/// A token to work on.
pub(super) struct Assignment<T> {
    token: AccessToken,
    /// How long it may wait for rate limits in all.
    longest_wait: Duration,
    report: Reported<T>,
}

/// The result of a token.
struct Report<T> {
    result: Option<(usize, Done<T>)>,
    /// Gives the worker another token; `None` if the worker has ended.
    next: Option<oneshot::Sender<Assignment<T>>>,
}

/// Sends a report when it is dropped, also if its worker panics, or its runtime ends before the worker has begun.
struct Reported<T> {
    to: UnboundedSender<Report<T>>,
    /// The token's.
    index: usize,
    report: Report<T>,
}

impl<T> Drop for Reported<T> {
    fn drop(&mut self) {
        let next = self.report.next.take();
        let mut result = self.report.result.take();
        if next.is_none() && !std::thread::panicking() {
            // The runtime has ended. Without a result, the token would pass for one that needs no further look.
            result = Some((self.index, Err(Error::interrupted())));
        }
        let report = Report { result, next };
        // The batch may be gone.
        let _ = self.to.send(report);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::server::Server;
    use crate::error::kind::{ErrorKind, Outcome};
    use crate::model::token_kind::TokenKind;
    use crate::request::credentials::AppCredentials;
    use std::future::poll_fn;
    use tokio::runtime::Builder;

    impl Verdict for usize {
        fn skipped(_: TokenKind) -> Self {
            unreachable!("each token is sent")
        }

        fn duplicate() -> Self {
            unreachable!("no token is sent twice")
        }
    }

    fn workers(run: Run<usize>) -> Workers<usize> {
        let server = Server::new("http://127.0.0.1:1").unwrap();
        let app = server.oauth_app(AppCredentials::new("id", "secret").unwrap());
        Workers::new(Arc::new(app), Arc::default(), run)
    }

    fn assign(workers: &mut Workers<usize>, index: usize) {
        let token = AccessToken::new(format!("gho_{index}"));
        workers.assign(index, token, Duration::ZERO).unwrap();
    }

    async fn next(workers: &mut Workers<usize>) -> Option<Ended<usize>> {
        poll_fn(|context| workers.poll_next(context)).await
    }

    fn length(
        worker: Worker,
        first: Assignment<usize>,
    ) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(worker.run(first, |_, token, _| {
            let length = token.expose_secret().len();
            async move { Ok((length, None)) }
        }))
    }

    #[test]
    fn a_worker_takes_one_token_after_another_and_only_on_the_runtime_that_polls() {
        let mut workers = workers(length);
        for (runtime, tasks) in [(1, 1), (2, 2)] {
            let runtime_now = Builder::new_current_thread().enable_all().build().unwrap();
            for index in [runtime, 10 * runtime, 100 * runtime] {
                let result = runtime_now.block_on(async {
                    assign(&mut workers, index);
                    next(&mut workers).await
                });
                let (reported, done) = result.unwrap().unwrap();
                assert_eq!(reported, index);
                assert_eq!(done.unwrap().0, format!("gho_{index}").len());
            }
            assert!(runtime_now.block_on(next(&mut workers)).is_none());
            // The first runtime is not driven any more, so that its worker stays.
            assert_eq!(workers.tasks.len(), tasks);
            std::mem::forget(runtime_now);
        }
    }

    #[test]
    fn a_panic_of_a_worker_reaches_whoever_polls() {
        let panicked = std::panic::catch_unwind(|| {
            let runtime = Builder::new_multi_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut workers = workers(|worker, first| {
                    Box::pin(worker.run(first, |_, _, _| async { panic!("planted") }))
                });
                assign(&mut workers, 1);
                while next(&mut workers).await.is_some() {}
            });
        });
        let panic = panicked.unwrap_err();
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"planted"));
    }

    #[test]
    fn a_token_whose_runtime_ends_is_reported_as_interrupted() {
        let mut workers =
            workers(|worker, first| Box::pin(worker.run(first, |_, _, _| std::future::pending())));
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { assign(&mut workers, 7) });
        drop(runtime);
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (index, done) = next(&mut workers).await.unwrap().unwrap();
            let error = done.unwrap_err();
            assert_eq!((index, error.kind()), (7, ErrorKind::Interrupted));
            assert_eq!(error.outcome(), Outcome::Unknown);
            assert!(next(&mut workers).await.is_none());
        });
    }
}
