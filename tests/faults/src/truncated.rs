//! A response with a new token, truncated at every byte. From the token's closing quote on the client has the token; before it the outcome
//! is unknown; and the request is never retried.

use crate::secrets::NEW_TOKEN;
use crate::server::{Script, Server, Step};
use crate::setup::Setup;
use crate::trial::{self, Problems};
use crate::{certificates, figures, leaks, permits};
use ghes_oauth::Operation;
use libtest_mimic::Trial;
use response::Response;
use std::time::Duration;

mod response;

/// The time in which everything before the stall must arrive.
pub const TIMEOUT: Duration = Duration::from_secs(6);
/// The time for a second run, if the machine was too busy for the first, and for responses that do not stall.
const LONG_TIMEOUT: Duration = Duration::from_secs(60);

/// One trial for each way in which each operation's response may end.
pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for operation in token_makers() {
        for way in WAYS {
            let name = format!("truncated::{}::{}", short_name(operation), way.name);
            trials.push(trial::of(name, move || run_all(operation, way)));
        }
    }
    trials
}

/// The operations whose response has the only copy of a token; updating an authorization shows none.
pub fn token_makers() -> impl Iterator<Item = &'static Operation> {
    Operation::all()
        .iter()
        .copied()
        .filter(|operation| crate::cases::once(operation) && !operation.id().contains("update"))
}

/// The id of an operation as a part of a trial's name.
pub fn short_name(operation: &Operation) -> String {
    let (_, name) = operation.id().split_once('/').unwrap();
    name.replace('-', "_")
}

async fn run_all(operation: &'static Operation, way: &Way) -> Problems {
    let outcomes = permits::together(way.runs(operation).map(Run::run)).await;
    figures::add(|figures| {
        for outcome in &outcomes {
            let count = if outcome.whole_token {
                &mut figures.after
            } else {
                &mut figures.before
            };
            count.0 += 1;
            count.1 += usize::from(outcome.problem.is_none());
        }
    });
    let problems = outcomes
        .into_iter()
        .flat_map(|outcome| outcome.problem.into_iter().chain(outcome.leak));
    problems.collect()
}

/// How a response ends, and how it is sent.
pub struct Way {
    name: &'static str,
    end: Step,
    sent_as: SentAs,
}

enum SentAs {
    Whole,
    Chunked,
    OverTls,
}

pub const WAYS: &[Way] = &[
    Way {
        name: "by_reset",
        end: Step::Reset,
        sent_as: SentAs::Whole,
    },
    Way {
        name: "by_close",
        end: Step::Close,
        sent_as: SentAs::Whole,
    },
    Way {
        name: "by_stall",
        end: Step::Stall,
        sent_as: SentAs::Whole,
    },
    Way {
        name: "chunked_by_reset",
        end: Step::Reset,
        sent_as: SentAs::Chunked,
    },
    Way {
        name: "chunked_by_close",
        end: Step::Close,
        sent_as: SentAs::Chunked,
    },
    Way {
        name: "chunked_by_stall",
        end: Step::Stall,
        sent_as: SentAs::Chunked,
    },
    Way {
        name: "over_tls_by_reset",
        end: Step::Reset,
        sent_as: SentAs::OverTls,
    },
];

impl Way {
    /// Every byte of a reset's response; of the others only some, and each one around the end of the token.
    pub fn runs(&self, operation: &'static Operation) -> impl Iterator<Item = Run> {
        let (response, every) = match self.sent_as {
            SentAs::Whole if operation.id() == "apps/reset-token" => (Response::whole(), 1),
            SentAs::Whole => (Response::whole(), 23),
            SentAs::Chunked => (Response::chunked(), 23),
            SentAs::OverTls => (Response::whole(), 97),
        };
        response.positions(every).map(move |cut| Run {
            operation,
            cut,
            end: self.end.clone(),
            response: response.clone(),
            tls: matches!(self.sent_as, SentAs::OverTls),
        })
    }
}

pub struct Run {
    pub operation: &'static Operation,
    cut: usize,
    end: Step,
    response: Response,
    tls: bool,
}

/// The result of one run.
struct Outcome {
    whole_token: bool,
    requests: usize,
    problem: Option<String>,
    leak: Option<String>,
}

impl Run {
    /// The server's script.
    pub fn script(&self) -> Script {
        let response = self.response.bytes[..self.cut].to_vec();
        Script {
            exchanges: vec![vec![Step::Read, Step::Write(response), self.end.clone()]],
            tls: self.tls.then(certificates::good),
        }
    }

    /// The setup of a client and its call, with the timeout for a server that stalls.
    pub fn setup(&self, stalled: Duration) -> Setup {
        let mut setup = Setup {
            timeout: if self.stalls() { stalled } else { LONG_TIMEOUT },
            ..Setup::default()
        };
        if self.tls {
            setup.base = "https://localhost:PORT";
            setup.root = Some(certificates::trusted_pem());
        }
        setup
    }

    /// Whether the token's closing quote is among what the server sends.
    pub fn has_whole_token(&self) -> bool {
        self.cut >= self.response.token_end
    }

    fn stalls(&self) -> bool {
        matches!(self.end, Step::Stall)
    }

    /// A second run if the first one may have been too short: a problem with another cause appears again.
    async fn run(self) -> Outcome {
        let _permit = permits::for_truncated().await;
        let outcome = self.run_for(TIMEOUT).await;
        if outcome.problem.is_some() && outcome.requests < 2 && self.stalls() {
            self.run_for(LONG_TIMEOUT).await
        } else {
            outcome
        }
    }

    async fn run_for(&self, stalled: Duration) -> Outcome {
        let server = Server::start(self.script()).await;
        let setup = self.setup(stalled);
        let outcome = setup
            .call(self.operation, &setup.server(server.address).unwrap())
            .await;
        let delivered = setup.delivered.lock().unwrap().clone();
        let (returned, error) = match &outcome.result {
            Ok(success) => (success.value.token.clone(), None),
            Err(error) => (
                error
                    .recovered_token()
                    .map(|token| token.expose_secret().to_owned()),
                Some(error),
            ),
        };
        let whole_token = self.has_whole_token();
        let token = whole_token.then(|| NEW_TOKEN.to_owned());
        let unknown = error.is_some_and(|error| error.outcome() == ghes_oauth::Outcome::Unknown);
        let rules = [
            (delivered == Vec::from_iter(token.clone()), "the receiver"),
            (returned == token, "the result's token"),
            (unknown != whole_token, "whether the outcome is unknown"),
            (
                !error.is_some_and(|error| error.is_retryable()),
                "whether it is retryable",
            ),
            (server.begun() == 1, "the number of requests"),
            (
                self.cut < self.response.bytes.len() || error.is_none(),
                "the whole response",
            ),
        ];
        let label = format!(
            "{} truncated at {} of {} by {:?}",
            self.operation.id(),
            self.cut,
            self.response.bytes.len(),
            self.end
        );
        let broken = rules.into_iter().find(|(right, _)| !right);
        let leak = leaks::find(&outcome.printed).map(|found| format!("{label}: {found}"));
        Outcome {
            whole_token,
            requests: server.begun(),
            problem: broken.map(|(_, what)| format!("{label}: {what} is wrong, {:?}", error)),
            leak,
        }
    }
}
