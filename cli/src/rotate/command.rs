//! The command `rotate`.

use super::log::{Log, State, Step};
use super::store::Store;
use crate::api::app::{self, Rotated};
use crate::api::connect;
use crate::args::tokens::RotateArgs;
use crate::failure::{Exit, Failure};
use crate::input::read::Input;
use crate::interrupt::interrupted;
use crate::setup::mode;
use crate::setup::settings::Settings;
use crate::source::{self, Filter, Work};
use crate::terminal;
use crate::token::fingerprint::Fingerprint;
use crate::token::seen::Seen;
use ghes_oauth::OAuthApp;
use serde::Serialize;
use std::collections::HashMap;
use std::ffi::OsString;
use std::io::{self, Write};

/// The result for a token whose successor is lost.
const LOST: &str = "lost: not live any more, and no new token arrived; authorize the app again";

/// The row of one token.
#[derive(Serialize)]
struct Row<'a> {
    kind: &'a str,
    last_eight: &'a str,
    sha256: &'a str,
    result: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_last_eight: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_sha256: Option<String>,
}

/// Runs `ghes-oauth rotate`.
pub(crate) async fn run(args: RotateArgs) -> Result<Exit, Failure> {
    let mut inputs = args.input.inputs_or_stdin();
    let settings = Settings::read(&args.server)?;
    let app = connect::app(&settings, &args.app)?;
    inputs.iter_mut().try_for_each(Input::ask)?;
    mode::warn_of_readable(&inputs);
    let mut log_name = OsString::from(&args.out);
    log_name.push(".log");
    let (log, mut unfinished) = Log::open(log_name.as_ref())?;
    let store = Store::open(&args.out)?;
    store.try_out()?;
    app::preflight(&app).await?;
    unfinished.retain(|_, step| matches!(step.state, State::Resetting | State::Lost));
    let mut rotation = Rotation {
        app: &app,
        log,
        store,
        unfinished,
        replaced: 0,
        left: 0,
    };
    let filter = Filter {
        seen: Seen::default(),
        shard: None,
    };
    let (mut work, reader) = source::start(inputs, filter);
    let mut interrupt = std::pin::pin!(interrupted());
    let is_interrupted = loop {
        tokio::select! {
            biased;
            () = &mut interrupt => break true,
            next = work.recv() => match next {
                Some(work) => rotation.rotate(&work).await?,
                None => break false,
            },
        }
    };
    if is_interrupted {
        return Err(
            Failure::nothing_done("stopped: every token is as the rows say")
                .help("run the same command again to go on")
                .after_some(),
        );
    }
    match reader.join() {
        Ok(result) => result.map(drop)?,
        Err(_) => return Err(Failure::nothing_done("the reader of the input panicked")),
    }
    rotation.name_those_not_in_the_input()?;
    Ok(match (rotation.replaced, rotation.left) {
        (_, 0) => Exit::Done,
        (0, _) => Exit::NothingDone,
        _ => Exit::SomeFailed,
    })
}

struct Rotation<'a> {
    app: &'a OAuthApp,
    log: Log,
    store: Store,
    /// The tokens whose reset was begun by a process that was killed, and those that are known to be lost.
    unfinished: HashMap<String, Step>,
    replaced: u64,
    left: u64,
}

impl Rotation<'_> {
    /// Rotates one token, and records it before the next one is started.
    async fn rotate(&mut self, work: &Work) -> Result<(), Failure> {
        let old = &work.fingerprint;
        if !old.can_be_an_apps() {
            return self.left(old, format!("skipped: {}", old.kind()));
        }
        if self.store.has_successor_of(old) {
            self.unfinished.remove(old.sha256());
            return self.print(old, "replaced before".to_owned(), None);
        }
        let before = self.unfinished.remove(old.sha256()).map(|step| step.state);
        if before == Some(State::Resetting) && !self.is_live(work).await? {
            self.log.write(old, State::Lost)?;
            return self.left(old, LOST.to_owned());
        }
        if before == Some(State::Lost) {
            return self.left(old, LOST.to_owned());
        }
        self.log.write(old, State::Resetting)?;
        match self.rotate_within_limits(work).await {
            Rotated::Replaced(token) => {
                self.store.add(old, &token)?;
                self.log.write(old, State::Replaced)?;
                self.replaced += 1;
                self.print(old, "replaced".to_owned(), Some(&Fingerprint::of(&token)))
            }
            Rotated::Limited(_) => {
                self.log.write(old, State::Unchanged)?;
                self.left(
                    old,
                    "unchanged: stopped while the rate limit was waited for".to_owned(),
                )
            }
            Rotated::Unchanged(failure) => {
                self.log.write(old, State::Unchanged)?;
                self.left(old, format!("unchanged: {failure}"))
            }
            // The reset of the killed process arrived after the check above.
            Rotated::NotLive if before.is_some() => {
                self.log.write(old, State::Lost)?;
                self.left(old, LOST.to_owned())
            }
            Rotated::NotLive => {
                self.log.write(old, State::Unchanged)?;
                self.left(old, "not a live token of this app".to_owned())
            }
            Rotated::Lost => {
                self.log.write(old, State::Lost)?;
                self.left(old, LOST.to_owned())
            }
            // The log says that the reset was started: the next run checks it.
            Rotated::Unknown(failure) => self.left(
                old,
                format!("unknown: {failure}; run the command again to find out"),
            ),
        }
    }

    /// Replaces a token as soon as the rate limit allows it; the user may stop the wait.
    async fn rotate_within_limits(&self, work: &Work) -> Rotated {
        loop {
            let rotated = app::rotate(self.app, &work.token).await;
            let Rotated::Limited(wait) = rotated else {
                return rotated;
            };
            terminal::note(&format!(
                "the server's rate limit is used up: the run pauses for {} s",
                wait.as_secs()
            ));
            tokio::select! {
                () = interrupted() => return rotated,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    async fn is_live(&self, work: &Work) -> Result<bool, Failure> {
        let checked = app::is_live(self.app, &work.token).await;
        checked.map_err(Failure::after_some)
    }

    /// Prints the tokens of the log that cannot be checked, because they are not in the input.
    fn name_those_not_in_the_input(&mut self) -> Result<(), Failure> {
        for step in self.unfinished.values() {
            self.left += 1;
            print(&Row {
                kind: &step.kind,
                last_eight: &step.last_eight,
                sha256: &step.sha256,
                result: match step.state {
                    State::Lost => LOST.to_owned(),
                    _ => "unknown: its reset was in flight when the program was stopped, and it is not in the input".to_owned(),
                },
                new_last_eight: None,
                new_sha256: None,
            })?;
        }
        Ok(())
    }

    fn left(&mut self, old: &Fingerprint, result: String) -> Result<(), Failure> {
        self.left += 1;
        self.print(old, result, None)
    }

    fn print(
        &self,
        old: &Fingerprint,
        result: String,
        new: Option<&Fingerprint>,
    ) -> Result<(), Failure> {
        print(&Row {
            kind: old.kind(),
            last_eight: old.last_eight(),
            sha256: old.sha256(),
            result,
            new_last_eight: new.map(|new| new.last_eight().to_owned()),
            new_sha256: new.map(|new| new.sha256().to_owned()),
        })
    }
}

/// Prints a row as a line of text on a terminal, as NDJSON elsewhere.
fn print(row: &Row<'_>) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let written = if terminal::is_on_stdout() {
        let new = row
            .new_last_eight
            .as_ref()
            .map(|end| format!(" by one ending in {end}"));
        writeln!(
            out,
            "{:11} {:8} {}{}",
            row.kind,
            row.last_eight,
            row.result,
            new.unwrap_or_default()
        )
    } else {
        serde_json::to_writer(&mut out, row)
            .map_err(io::Error::from)
            .and_then(|()| writeln!(out))
    };
    written.map_err(|error| {
        Failure::nothing_done(format!("cannot write to standard output: {error}")).after_some()
    })
}
