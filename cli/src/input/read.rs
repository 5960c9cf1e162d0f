//! Reads an input in any format.

use super::format::{self, Format};
use super::output::{Output, Rest, Sink};
use super::{csv, json, lines, text};
use crate::failure::Failure;
use crate::terminal;
use crate::token::scan;
use std::fs::{self, File};
use std::io::{self, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

/// The size of the buffer between a file and its reader.
const BUFFER: usize = 64 * 1024;

/// Where tokens come from, and how to read them.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) path: PathBuf,
    pub(crate) format: Option<Format>,
    /// The column of a CSV file that holds the tokens.
    pub(crate) column: Option<String>,
    /// A token that a person typed.
    pub(crate) typed: Option<Arc<Zeroizing<String>>>,
}

impl Input {
    /// Returns whether the input is standard input.
    pub(crate) fn is_stdin(&self) -> bool {
        self.path == Path::new("-")
    }

    /// Returns whether the input can be read only once: standard input, a pipe such as a shell makes for `<(…)`, a device.
    pub(crate) fn is_stream(&self) -> bool {
        let metadata = || fs::metadata(&self.path);
        self.is_stdin() || metadata().is_ok_and(|found| !found.is_file() && !found.is_dir())
    }

    /// Asks for a token without echo if standard input is a terminal.
    pub(crate) fn ask(&mut self) -> Result<(), Failure> {
        if self.is_stdin() && io::stdin().is_terminal() {
            let token = terminal::ask_secret("Token: ")
                .ok_or_else(|| Failure::nothing_done("no token was typed"))?;
            self.typed = Some(Arc::new(token));
        }
        Ok(())
    }

    /// Reads all tokens, in bounded memory.
    pub(crate) fn read(&self, sink: Sink<'_>) -> Result<Rest, Failure> {
        let reader: Box<dyn Read> = if let Some(typed) = &self.typed {
            Box::new(typed.as_bytes())
        } else if self.is_stdin() {
            Box::new(io::stdin().lock())
        } else {
            Box::new(self.open()?)
        };
        self.read_from(reader, sink)
    }

    fn read_from(&self, reader: Box<dyn Read + '_>, sink: Sink<'_>) -> Result<Rest, Failure> {
        let name = self.name();
        let mut reader = text::utf8(reader).map_err(|error| self.unreadable(&error))?;
        let start = format::peek(&mut reader).map_err(|error| self.unreadable(&error))?;
        if let Some(program) = format::compression(&start) {
            return Err(
                Failure::nothing_done(format!("{name} is compressed by {program}"))
                    .help("decompress it first"),
            );
        }
        let found = format::detect(&start, self.column.is_some());
        let delimiter = format::delimiter(&start);
        let mut reader = BufReader::with_capacity(BUFFER, io::Cursor::new(start).chain(reader));
        let format = self.format.unwrap_or(found);
        let mut output = Output {
            source: Arc::from(name.as_str()),
            sink,
            rest: Rest::default(),
        };
        let result = match format {
            Format::Lines => lines::read(&mut reader, &mut output),
            Format::Csv => csv::read(&mut reader, delimiter, self.column.as_deref(), &mut output),
            Format::Gitleaks | Format::Trufflehog | Format::SecretScanning => {
                json::read(&mut reader, format, &mut output)
            }
        };
        result.map_err(|problem| {
            Failure::nothing_done(format!("{name} cannot be read as {format}: {problem}"))
                .help("see --format for the others")
        })?;
        Ok(output.rest)
    }

    fn open(&self) -> Result<File, Failure> {
        let file = File::open(&self.path).map_err(|error| self.unreadable(&error))?;
        if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
            return Err(
                Failure::nothing_done(format!("{} is a directory", self.name()))
                    .help("name the files in it"),
            );
        }
        Ok(file)
    }

    fn unreadable(&self, error: &io::Error) -> Failure {
        let may_be_secret = scan::may_be_secret(&self.path.to_string_lossy());
        if error.kind() == io::ErrorKind::NotFound && may_be_secret {
            return Failure::nothing_done(
                "there is no file of this name, which is not printed, as it may be a secret",
            )
            .help("give secrets by files or standard input, never as arguments");
        }
        Failure::nothing_done(format!("cannot read {}: {error}", self.name()))
    }

    fn name(&self) -> String {
        if self.is_stdin() {
            "standard input".to_owned()
        } else {
            scan::masked(&self.path.to_string_lossy())
        }
    }
}

#[cfg(test)]
mod tests;
