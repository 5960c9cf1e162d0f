//! One case: the changed setup, the server's script, and the expected result.

use crate::server::{self, Exchange, Script, Server};
use crate::setup::Setup;
use crate::trial::{self, Problems};
use crate::{figures, leaks, permits, responses};
use common::{Outcome, Seen as Value};
use ghes_oauth::{Error, Operation};
use libtest_mimic::Trial;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

mod judge;

pub use judge::{Seen, Want};

/// The timeout of a call whose response is not complete in time; usually enough for the request to arrive.
const SHORT: Duration = Duration::from_secs(3);

/// A named case.
pub struct Case {
    pub name: &'static str,
    over: fn(&Operation) -> bool,
    change: Box<dyn Fn(&mut Setup) + Send + Sync>,
    script: Box<dyn Fn(&'static Operation) -> Script + Send + Sync>,
    pub want: fn(&Operation) -> Want,
    /// How many requests a call makes that is safe or idempotent; other calls make one, or none.
    sent: fn(&Operation) -> usize,
    pub status: Option<u16>,
    outcome: Option<ghes_oauth::Outcome>,
    times_out: bool,
    check: Vec<Check>,
}

type Check = Box<dyn Fn(&Seen<'_>) -> Result<(), String> + Send + Sync>;

impl Case {
    /// A case over all operations with the ordinary setup: the server responds correctly, and the call must succeed.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            over: |_| true,
            change: Box::new(|_| {}),
            script: Box::new(|operation| Script {
                exchanges: vec![responses::reply(responses::good(operation))],
                tls: None,
            }),
            want: |_| Want::Success,
            sent: |_| 1,
            status: None,
            outcome: None,
            times_out: false,
            check: Vec::new(),
        }
    }

    /// Only these operations.
    pub fn over(self, over: fn(&Operation) -> bool) -> Self {
        Self { over, ..self }
    }

    pub fn with(self, change: impl Fn(&mut Setup) + Send + Sync + 'static) -> Self {
        let before = self.change;
        let change = Box::new(move |setup: &mut Setup| {
            before(setup);
            change(setup);
        });
        Self { change, ..self }
    }

    /// The server's script, request by request.
    pub fn exchanges(
        self,
        exchanges: impl Fn(&'static Operation) -> Vec<Exchange> + Send + Sync + 'static,
    ) -> Self {
        self.script(move |operation| Script {
            exchanges: exchanges(operation),
            tls: None,
        })
    }

    /// The same bytes for every request.
    pub fn responds(self, bytes: Vec<u8>) -> Self {
        self.exchanges(move |_| vec![responses::reply(bytes.clone())])
    }

    pub fn script(
        self,
        script: impl Fn(&'static Operation) -> Script + Send + Sync + 'static,
    ) -> Self {
        Self {
            script: Box::new(script),
            ..self
        }
    }

    pub fn want(self, want: fn(&Operation) -> Want) -> Self {
        Self { want, ..self }
    }

    /// This many requests for calls that may be retried; one for the others, or none if nothing is sent.
    pub fn sent(self, sent: fn(&Operation) -> usize) -> Self {
        Self { sent, ..self }
    }

    pub fn status(self, status: u16) -> Self {
        Self {
            status: Some(status),
            ..self
        }
    }

    pub fn outcome(self, outcome: ghes_oauth::Outcome) -> Self {
        Self {
            outcome: Some(outcome),
            ..self
        }
    }

    /// The request arrives, and the response is not complete in time.
    pub fn times_out(self) -> Self {
        Self {
            times_out: true,
            ..self.with(|setup| setup.timeout = SHORT)
        }
    }

    pub fn check(
        mut self,
        check: impl Fn(&Seen<'_>) -> Result<(), String> + Send + Sync + 'static,
    ) -> Self {
        self.check.push(Box::new(check));
        self
    }

    /// A check of the value of a success.
    pub fn value(self, check: impl Fn(&Value) -> bool + Send + Sync + 'static) -> Self {
        self.check(move |seen| match &seen.outcome.result {
            Ok(success) if !check(&success.value) => Err("the value is another".to_owned()),
            _ => Ok(()),
        })
    }

    /// A check of the error of a failure.
    pub fn error(self, check: impl Fn(&Error) -> bool + Send + Sync + 'static) -> Self {
        self.check(move |seen| match &seen.outcome.result {
            Err(error) if !check(error) => Err(format!("the error is another: {error:?}")),
            _ => Ok(()),
        })
    }

    /// The operations that the case runs over.
    pub fn operations(&self) -> impl Iterator<Item = &'static Operation> {
        Operation::all()
            .iter()
            .copied()
            // The server is a GHES, without the operations that only github.com has.
            .filter(|operation| operation.since().is_some() && (self.over)(operation))
    }

    /// The setup of a client and its call.
    pub fn setup(&self) -> Setup {
        let mut setup = Setup::default();
        (self.change)(&mut setup);
        setup
    }

    /// The server's script, with the other origin in place of `elsewhere`.
    pub fn script_for(&self, operation: &'static Operation, elsewhere: SocketAddr) -> Script {
        let mut script = (self.script)(operation);
        script.name("ELSEWHERE", elsewhere);
        script
    }

    /// The trial that runs the case over all its operations.
    pub fn trial(self) -> Trial {
        trial::of(self.name, || async {
            let case = Arc::new(self);
            let elsewhere = server::other_origin().await;
            let runs = case
                .operations()
                .map(|operation| case.clone().run(operation, elsewhere.address));
            let problems = permits::together(runs).await;
            figures::add(|figures| {
                figures.cases += 1;
                figures.runs += problems.len();
            });
            let connections = elsewhere.connections();
            let mut problems = problems.concat();
            problems.extend(trial::expect(connections == 0, || {
                format!("{connections} connections to another origin")
            }));
            problems
        })
    }

    /// Runs the case with one operation.
    async fn run(
        self: Arc<Self>,
        operation: &'static Operation,
        elsewhere: SocketAddr,
    ) -> Problems {
        let _permit = permits::one().await;
        if !self.times_out {
            return self.run_once(operation, elsewhere, self.setup()).await;
        }
        let run = |timeout| {
            let setup = Setup {
                timeout,
                ..self.setup()
            };
            self.run_once(operation, elsewhere, setup)
        };
        trial::with_enough_time(SHORT, run).await
    }

    async fn run_once(
        &self,
        operation: &'static Operation,
        elsewhere: SocketAddr,
        setup: Setup,
    ) -> Problems {
        let server = Server::start(self.script_for(operation, elsewhere)).await;
        let outcome = match setup.server(server.address) {
            Ok(client) => setup.call(operation, &client).await,
            Err(error) => Outcome::failed(error),
        };
        let requests = server.requests();
        let seen = Seen {
            operation,
            outcome: &outcome,
            requests: &requests,
            setup: &setup,
        };
        let mut problems = self.judge(&seen, server.begun());
        problems.extend(
            leaks::find(&outcome.printed).map(|found| format!("{found} in what is printed")),
        );
        problems
            .iter()
            .map(|problem| format!("{}: {problem}", operation.id()))
            .collect()
    }
}
