//! Parses the command line, and words its errors in one line.

use super::cli::Cli;
use crate::failure::Failure;
use clap::FromArgMatches as _;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::ffi::OsString;

/// Parses the arguments; prints what `--help` and `--version` ask for.
pub(crate) fn parse(arguments: &[OsString]) -> Result<Cli, Failure> {
    let matches = Cli::command().try_get_matches_from(arguments);
    let cli = matches.and_then(|matches| Cli::from_arg_matches(&matches));
    cli.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => error.exit(),
        _ => Failure::nothing_done(describe(&error)).help("see --help"),
    })
}

/// Returns clap's text without the usage that follows it, and without what may be a secret.
fn describe(error: &clap::Error) -> String {
    if let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg)
        && error.kind() == ErrorKind::UnknownArgument
        && !argument.starts_with('-')
    {
        return "there is an argument too many, which is not printed, as it may be a secret"
            .to_owned();
    }
    let text = error.render().to_string();
    let lines = text
        .lines()
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"))
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("tip: to pass"));
    let text = lines.collect::<Vec<_>>().join(" ").replace(" tip: ", "; ");
    text.strip_prefix("error: ").unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(arguments: &[&str]) -> String {
        let arguments: Vec<_> = ["ghes-oauth"]
            .iter()
            .chain(arguments)
            .map(OsString::from)
            .collect();
        parse(&arguments).expect_err("refused").to_string()
    }

    #[test]
    fn a_problem_is_one_line_that_points_to_the_help() {
        for (arguments, part) in [
            (&["triage", "a", "--jurnal", "j"][..], "'--journal'"),
            (&["triage", "a", "--shard", "9/8"], "I from 1 to N"),
            (&["triage", "a", "--any-owner"], "--revoke"),
            (&["rotate", "a"], "--out <FILE>"),
            (&["nosuch"], "nosuch"),
        ] {
            let problem = problem(arguments);
            assert!(
                problem.contains(part) && problem.ends_with("; see --help"),
                "{problem}"
            );
            assert_eq!(problem.lines().count(), 1, "{problem}");
        }
    }

    #[test]
    fn an_argument_too_many_is_not_printed() {
        let problem = problem(&["preflight", "hunter2"]);
        assert!(
            problem.contains("may be a secret") && !problem.contains("hunter2"),
            "{problem}"
        );
    }
}
