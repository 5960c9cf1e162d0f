//! The commands `triage`, `check` and `revoke`.

use super::engine::{Engine, Stopped};
use super::{plan, reports};
use crate::api::{app, connect, server};
use crate::args::tokens::TokensArgs;
use crate::args::triage::TriageArgs;
use crate::failure::{Exit, Failure};
use crate::input::read::Input;
use crate::journal::entry::{Entry, Verdict};
use crate::journal::file::Journal;
use crate::progress::Progress;
use crate::report::destination;
use crate::report::rows::{self, Form};
use crate::report::summary::Summary;
use crate::setup::mode;
use crate::setup::settings::Settings;
use crate::source::{self, Counts, Filter};
use crate::terminal;
use crate::token::seen::Seen;
use ghes_oauth::{OAuthApp, Server};
use std::io;
use std::num::NonZeroUsize;
use std::path::Path;

/// How many requests are in flight by default.
const CONCURRENCY: usize = 8;

/// Runs `ghes-oauth triage`.
pub(crate) async fn triage(args: TriageArgs) -> Result<Exit, Failure> {
    let mut inputs = args.input.inputs();
    if inputs.is_empty() {
        return report_only(&args);
    }
    if let Some(report) = &args.report {
        let others = inputs
            .iter()
            .map(|input| input.path.as_path())
            .chain(args.journal.as_deref());
        destination::check(report, others)?;
    }
    let settings = Settings::read(&args.server)?;
    let app = connect::app(&settings, &args.app)?;
    let revokes = args.revoke && !args.dry_run;
    let mut journal = match &args.journal {
        Some(path) => {
            let header = Journal::header(app.server().base_url(), app.client_id());
            Journal::open(path, args.resume, &header)?
        }
        None => Journal::temporary()?,
    };
    let any_owner = args.any_owner && revokes;
    let is_done = |entry: &Entry| match entry.verdict {
        Verdict::Failed => false,
        Verdict::Live => !revokes,
        _ => !(any_owner && reports::takes(entry)),
    };
    inputs.iter_mut().try_for_each(Input::ask)?;
    mode::warn_of_readable(&inputs);
    let filter = || -> Result<Filter, Failure> {
        Ok(Filter {
            seen: rows::done(&journal, is_done)?,
            shard: args.shard,
        })
    };
    let counts = count(&inputs, filter()?)?;
    let filter = filter()?;
    let concurrency = concurrency(args.pace.concurrency, &settings)?;
    let preflight = app::preflight(&app).await?;
    plan::describe(counts.as_ref(), &preflight, concurrency, revokes)
        .iter()
        .for_each(|line| terminal::note(line));
    let github = match any_owner {
        true => Some(github(&settings, &app, args.yes)?),
        false => None,
    };
    let run = Run {
        app: &app,
        revokes,
        concurrency,
        github: github.as_ref(),
    };
    let stopped = run.judge(inputs, filter, counts, &mut journal).await?;
    let summary = report(&journal, args.report.as_deref())?;
    finish(stopped, &summary, args.journal.as_deref())
}

/// Runs `ghes-oauth check` or `ghes-oauth revoke`.
pub(crate) async fn tokens(args: TokensArgs, revokes: bool) -> Result<Exit, Failure> {
    let mut inputs = args.input.inputs_or_stdin();
    let settings = Settings::read(&args.server)?;
    let app = connect::app(&settings, &args.app)?;
    let mut journal = Journal::temporary()?;
    inputs.iter_mut().try_for_each(Input::ask)?;
    mode::warn_of_readable(&inputs);
    let filter = || Filter {
        seen: Seen::default(),
        shard: None,
    };
    let counts = count(&inputs, filter())?;
    let concurrency = concurrency(args.pace.concurrency, &settings)?;
    app::preflight(&app).await?;
    let run = Run {
        app: &app,
        revokes,
        concurrency,
        github: None,
    };
    let stopped = run.judge(inputs, filter(), counts, &mut journal).await?;
    let form = if args.json {
        Form::Ndjson
    } else {
        form_of_stdout()
    };
    let summary = rows::write(&journal, form, &mut io::stdout().lock())?;
    finish(stopped, &summary, None)
}

/// Writes the report of an existing journal, without any request.
fn report_only(args: &TriageArgs) -> Result<Exit, Failure> {
    match &args.journal {
        Some(path) if args.resume && !args.revoke => {
            if let Some(report) = &args.report {
                destination::check(report, [path.as_path()])?;
            }
            let (journal, torn) = Journal::read(path)?;
            if torn > 0 {
                terminal::warn(&format!(
                    "{torn} torn lines of the journal are left out: name the files with tokens, too, to check those again"
                ));
            }
            Ok(report(&journal, args.report.as_deref())?.exit())
        }
        _ => Err(Failure::nothing_done("no file is named")
            .help("name files with tokens, or - for standard input")),
    }
}

/// Returns the server to which tokens that are not the app's are reported, after asking.
fn github(settings: &Settings, app: &OAuthApp, is_agreed: bool) -> Result<Server, Failure> {
    let question = "Report tokens that are not this app's to github.com? GitHub revokes them later and notifies their owners; \
                    its 202 is a promise and not a proof.";
    if !is_agreed {
        match terminal::confirm(question) {
            Some(true) => {}
            Some(false) => return Err(Failure::nothing_done("nothing was sent")),
            None => {
                return Err(Failure::nothing_done("there is no terminal to ask on")
                    .help("give --yes to report tokens of any owner without being asked"));
            }
        }
    }
    if settings.is_github {
        return Ok(app.server().clone());
    }
    server::github()
}

/// Counts the tokens; `None` if an input can be read only once.
fn count(inputs: &[Input], filter: Filter) -> Result<Option<Counts>, Failure> {
    if inputs.iter().any(Input::is_stream) {
        return Ok(None);
    }
    source::read(inputs, filter, &mut |_| true).map(Some)
}

struct Run<'a> {
    app: &'a OAuthApp,
    revokes: bool,
    concurrency: usize,
    github: Option<&'a Server>,
}

impl Run<'_> {
    async fn judge(
        &self,
        inputs: Vec<Input>,
        filter: Filter,
        counts: Option<Counts>,
        journal: &mut Journal,
    ) -> Result<Option<Stopped>, Failure> {
        let engine = Engine {
            app: self.app,
            revokes: self.revokes,
            concurrency: self.concurrency,
            github: self.github,
        };
        let (work, reader) = source::start(inputs, filter);
        let mut progress = Progress::new(counts.map(|counts| counts.distinct));
        let stopped = engine.run(work, journal, &mut progress).await;
        let judged = progress.finish().total();
        let stopped = stopped?;
        if stopped.is_some() {
            // The thread may be waiting for standard input.
            return Ok(stopped);
        }
        match reader.join() {
            Ok(Ok(counts)) => {
                if counts.is_empty() {
                    terminal::warn("no token was found in the input: it may be the wrong file");
                }
                Ok(None)
            }
            Ok(Err(failure)) if judged > 0 => Ok(Some(Stopped::ByError(failure))),
            Ok(Err(failure)) => Err(failure),
            Err(_) => Err(Failure::nothing_done("the reader of the input panicked")),
        }
    }
}

/// Writes the report to the file, or else to standard output.
fn report(journal: &Journal, path: Option<&Path>) -> Result<Summary, Failure> {
    let Some(path) = path else {
        let form = form_of_stdout();
        let summary = rows::write(journal, form, &mut io::stdout().lock())?;
        terminal::note(&summary.to_string());
        return Ok(summary);
    };
    let form = match path.extension().and_then(|extension| extension.to_str()) {
        Some("csv") => Form::Csv,
        Some("ndjson" | "jsonl") => Form::Ndjson,
        _ => Form::Table,
    };
    let summary = destination::write(path, |out| rows::write(journal, form, out))?;
    terminal::note(&summary.to_string());
    Ok(summary)
}

fn form_of_stdout() -> Form {
    if terminal::is_on_stdout() {
        Form::Table
    } else {
        Form::Ndjson
    }
}

fn concurrency(flag: Option<NonZeroUsize>, settings: &Settings) -> Result<usize, Failure> {
    let of_file = settings.profile.concurrency;
    let chosen = settings.choose("concurrency", flag, "GHES_OAUTH_CONCURRENCY", of_file)?;
    Ok(chosen.map_or(CONCURRENCY, NonZeroUsize::get))
}

/// Prints how a run ended, and how to continue one that was stopped.
fn finish(
    stopped: Option<Stopped>,
    summary: &Summary,
    journal: Option<&Path>,
) -> Result<Exit, Failure> {
    let Some(stopped) = stopped else {
        return Ok(summary.exit());
    };
    let how = match journal {
        Some(path) => format!(
            "continue by the same command with --resume --journal {}",
            path.display()
        ),
        None => "run the command again; with --journal it could be continued".to_owned(),
    };
    let failure = match stopped {
        Stopped::ByUser => {
            Failure::nothing_done(format!("stopped after {} tokens", summary.total()))
        }
        Stopped::ByError(failure) => {
            failure.help(format!("{} tokens were checked", summary.total()))
        }
    };
    let failure = failure.help(how);
    let nothing_done =
        summary.total() == summary.of(Verdict::Failed) + summary.of(Verdict::Skipped);
    Err(if nothing_done {
        failure
    } else {
        failure.after_some()
    })
}
