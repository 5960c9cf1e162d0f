//! The answer that brings a new token, cut off at every byte: from the token's closing quote on the token is there,
//! before it the client says that it does not know, and in no case is the request sent again.

use crate::answers::raw_answer;
use crate::calls;
use crate::leaks;
use crate::secrets::NEW_TOKEN;
use crate::server::{Script, Server, Step};
use crate::setup::Setup;
use crate::{certificates, in_turns};
use ghes_oauth::{Error, Operation};
use std::time::Duration;

/// What the cuts came to.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Cuts {
    /// Bytes of the reset's answer.
    pub(crate) positions: usize,
    /// Runs that were cut before the token was whole, and how many of them said that the outcome is unknown.
    pub(crate) before: (usize, usize),
    /// Runs that were cut behind, and how many of them gave the token.
    pub(crate) behind: (usize, usize),
    /// Requests beyond the first.
    pub(crate) repeated: usize,
    pub(crate) faults: Vec<String>,
    pub(crate) leaks: Vec<String>,
}

/// Runs with a stall must wait for their time limit, so that many of them wait at one time.
const AT_ONCE: usize = 300;
/// What comes before the stall must arrive in it.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(6);
/// The time for a second run, where the machine was too busy for the first, and for what does not stall.
const LONG_TIMEOUT: Duration = Duration::from_secs(60);

pub(crate) async fn run() -> Cuts {
    let mut cuts = Cuts {
        positions: Answer::whole().bytes.len(),
        ..Cuts::default()
    };
    for result in in_turns(AT_ONCE, runs().into_iter().map(Run::run)).await {
        cuts.add(result);
    }
    cuts
}

/// Every cut of every answer.
pub(crate) fn runs() -> Vec<Run> {
    let mut runs = Vec::new();
    for operation in Operation::all()
        .iter()
        .copied()
        .filter(|operation| makes_a_token(operation))
    {
        let every = if operation.id() == "apps/reset-token" {
            1
        } else {
            23
        };
        for end in [Step::Reset, Step::Close, Step::Stall] {
            for answer in [Answer::whole(), Answer::chunked()] {
                let every = if answer.chunked { every.max(23) } else { every };
                runs.extend(answer.positions(every).map(|cut| Run {
                    operation,
                    cut,
                    end: end.clone(),
                    answer: answer.clone(),
                    tls: false,
                }));
            }
        }
        let answer = Answer::whole();
        runs.extend(answer.positions(97).map(|cut| Run {
            operation,
            cut,
            end: Step::Reset,
            answer: answer.clone(),
            tls: true,
        }));
    }
    runs
}

/// Those that answer with the only copy of a token; updating an authorization reveals none.
fn makes_a_token(operation: &Operation) -> bool {
    crate::cases::once(operation) && !operation.id().contains("update")
}

/// An answer, and from which byte on its token is whole.
#[derive(Clone)]
struct Answer {
    bytes: Vec<u8>,
    token_end: usize,
    chunked: bool,
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
        Self {
            bytes,
            token_end,
            chunked: false,
        }
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
            chunked: true,
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

pub(crate) struct Run {
    pub(crate) operation: &'static Operation,
    cut: usize,
    end: Step,
    answer: Answer,
    tls: bool,
}

/// What one run came to.
struct Outcome {
    whole_token: bool,
    right: bool,
    /// Nothing else is wrong than that the time was over before the token came.
    may_be_late: bool,
    repeated: usize,
    fault: Option<String>,
    leak: Option<String>,
}

impl Run {
    /// What the server does.
    pub(crate) fn script(&self) -> Script {
        let answer = self.answer.bytes[..self.cut].to_vec();
        Script {
            exchanges: vec![vec![Step::Read, Step::Write(answer), self.end.clone()]],
            tls: self.tls.then(certificates::good),
        }
    }

    /// What a client and its call are made with, which has so much time when the server stalls.
    pub(crate) fn setup(&self, stalled: Duration) -> Setup {
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
    pub(crate) fn has_whole_token(&self) -> bool {
        self.cut >= self.answer.token_end
    }

    fn stalls(&self) -> bool {
        matches!(self.end, Step::Stall)
    }

    async fn run(self) -> Outcome {
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
        let outcome = calls::call(
            self.operation,
            &setup.server(server.address).unwrap(),
            &setup,
        )
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
            right: broken.is_none(),
            may_be_late: whole_token && nothing_came && server.begun() == 1 && leak.is_none(),
            repeated: server.begun().saturating_sub(1),
            fault: broken.map(|(_, what)| format!("{label}: {what} is wrong, {:?}", error)),
            leak,
        }
    }
}

impl Cuts {
    fn add(&mut self, outcome: Outcome) {
        let count = if outcome.whole_token {
            &mut self.behind
        } else {
            &mut self.before
        };
        count.0 += 1;
        count.1 += usize::from(outcome.right);
        self.repeated += outcome.repeated;
        self.faults.extend(outcome.fault);
        self.leaks.extend(outcome.leak);
    }
}
