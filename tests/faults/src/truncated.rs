//! The response that brings a new token, truncated at every byte: from the token's closing quote on the client has the token,
//! before it the outcome is unknown and the error says so, and in no case is the request sent again.

use crate::answers::raw_answer;
use crate::secrets::NEW_TOKEN;
use crate::server::{Script, Server, Step};
use crate::setup::Setup;
use crate::trial::{self, Problems};
use crate::{certificates, figures, leaks, permits};
use ghes_oauth::{Error, Operation};
use libtest_mimic::Trial;
use std::time::Duration;

/// What comes before the stall must arrive in it.
pub const TIMEOUT: Duration = Duration::from_secs(6);
/// The time for a second run, where the machine was too busy for the first, and for what does not stall.
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

/// The operations whose response holds the only copy of a token; updating an authorization reveals none.
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

/// How a response ends, and what it is sent as.
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
    /// Every byte of a reset's response; of the others some, and each one around the end of the token.
    pub fn runs(&self, operation: &'static Operation) -> impl Iterator<Item = Run> {
        let (answer, every) = match self.sent_as {
            SentAs::Whole if operation.id() == "apps/reset-token" => (Answer::whole(), 1),
            SentAs::Whole => (Answer::whole(), 23),
            SentAs::Chunked => (Answer::chunked(), 23),
            SentAs::OverTls => (Answer::whole(), 97),
        };
        answer.positions(every).map(move |cut| Run {
            operation,
            cut,
            end: self.end.clone(),
            answer: answer.clone(),
            tls: matches!(self.sent_as, SentAs::OverTls),
        })
    }
}

/// An answer, and from which byte on its token is whole.
#[derive(Clone)]
struct Answer {
    bytes: Vec<u8>,
    token_end: usize,
}

impl Answer {
    fn whole() -> Self {
        let body = body();
        let bytes = raw_answer(
            201,
            &[
                ("Content-Type", "application/json"),
                ("Content-Length", &body.len().to_string()),
            ],
            body.as_bytes(),
        );
        let token_end = bytes.len() - body.len() + token_end(&body);
        Self { bytes, token_end }
    }

    /// The same in chunks of seven bytes.
    fn chunked() -> Self {
        let body = body();
        let mut bytes = raw_answer(
            201,
            &[
                ("Content-Type", "application/json"),
                ("Transfer-Encoding", "chunked"),
            ],
            b"",
        );
        let mut token_bytes_left = token_end(&body);
        let mut at = 0;
        for chunk in body.as_bytes().chunks(7) {
            bytes.extend(format!("{:x}\r\n", chunk.len()).bytes());
            if (1..=chunk.len()).contains(&token_bytes_left) {
                at = bytes.len() + token_bytes_left;
            }
            token_bytes_left = token_bytes_left.saturating_sub(chunk.len());
            bytes.extend(chunk);
            bytes.extend(b"\r\n");
        }
        bytes.extend(b"0\r\n\r\n");
        Self {
            bytes,
            token_end: at,
        }
    }

    /// Every so many bytes, and each one around the end of the token and of the answer.
    fn positions(&self, every: usize) -> impl Iterator<Item = usize> + use<> {
        let (token_end, length) = (self.token_end, self.bytes.len());
        (0..=length)
            .filter(move |cut| cut % every == 0 || cut.abs_diff(token_end) < 3 || cut + 2 > length)
    }
}

/// Members that look like the token stand before it, in a note, within other members and behind escapes.
fn body() -> String {
    let decoys = r#""note":"say \"token\":\"gho_notThisOne000\" \\","app":{"token":"gho_norThisOne000","url":""},"x":[{"token":"gho_norThat000"}],"\u0054oken":"no""#;
    format!(
        r#"{{"id":1,{decoys},"scopes":["repo"], "toke\u006e" : "{NEW_TOKEN}","updated_at":"2011-09-06T20:39:23Z","fingerprint":null}}"#
    )
}

fn token_end(body: &str) -> usize {
    body.find(NEW_TOKEN).unwrap() + NEW_TOKEN.len() + 1
}

pub struct Run {
    pub operation: &'static Operation,
    cut: usize,
    end: Step,
    answer: Answer,
    tls: bool,
}

/// What one run came to.
struct Outcome {
    whole_token: bool,
    /// Nothing else is wrong than that the time was over before the token came.
    may_be_late: bool,
    problem: Option<String>,
    leak: Option<String>,
}

impl Run {
    /// What the server does.
    pub fn script(&self) -> Script {
        let answer = self.answer.bytes[..self.cut].to_vec();
        Script {
            exchanges: vec![vec![Step::Read, Step::Write(answer), self.end.clone()]],
            tls: self.tls.then(certificates::good),
        }
    }

    /// What a client and its call are made with, which has so much time when the server stalls.
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
        self.cut >= self.answer.token_end
    }

    fn stalls(&self) -> bool {
        matches!(self.end, Step::Stall)
    }

    async fn run(self) -> Outcome {
        let _permit = permits::for_truncated().await;
        let outcome = self.run_for(TIMEOUT).await;
        if outcome.may_be_late && self.stalls() {
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
        let unknown = error.is_some_and(|error| error.is_outcome_unknown());
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
                self.cut < self.answer.bytes.len() || error.is_none(),
                "the whole answer",
            ),
        ];
        let label = format!(
            "{} cut at {} of {} by {:?}",
            self.operation.id(),
            self.cut,
            self.answer.bytes.len(),
            self.end
        );
        let broken = rules.into_iter().find(|(right, _)| !right);
        let leak = leaks::find(&outcome.printed).map(|found| format!("{label}: {found}"));
        let nothing_came = delivered.is_empty()
            && returned.is_none()
            && unknown
            && !error.is_some_and(Error::is_retryable);
        Outcome {
            whole_token,
            may_be_late: whole_token && nothing_came && server.begun() == 1 && leak.is_none(),
            problem: broken.map(|(_, what)| format!("{label}: {what} is wrong, {:?}", error)),
            leak,
        }
    }
}
