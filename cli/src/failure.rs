//! Errors of the program: one line, the help, the causes and the exit code.

use std::error::Error;
use std::fmt;

/// How a run ended, as its exit code reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All was done.
    Done = 0,
    /// Something failed.
    SomeFailed = 1,
    /// Nothing could be done.
    NothingDone = 2,
    /// Live tokens remain.
    LiveRemain = 3,
}

/// An error of one line that names the fix, with the chain of its causes for `--verbose`.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    help: Option<String>,
    causes: Vec<String>,
    exit: Exit,
}

impl Failure {
    /// Returns an error that kept the program from doing anything.
    pub(crate) fn nothing_done(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
            causes: Vec::new(),
            exit: Exit::NothingDone,
        }
    }

    /// Adds a help text, after those that were added before.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        let before = self.help.take().map(|help| format!("{help}; "));
        self.help = Some(before.unwrap_or_default() + &help.into());
        self
    }

    /// Adds what caused it.
    pub(crate) fn caused_by(mut self, error: &dyn Error) -> Self {
        let mut next = Some(error);
        while let Some(error) = next {
            self.causes.push(error.to_string());
            next = error.source();
        }
        self
    }

    /// Adds that other work was done before the error.
    pub(crate) fn after_some(mut self) -> Self {
        self.exit = Exit::SomeFailed;
        self
    }

    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    pub(crate) fn causes(&self) -> &[String] {
        &self.causes
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}
