//! Reads tokens from what people have: lists, logs, tables and the reports of secret scanners.

mod csv;
mod format;
mod json;
mod lines;
mod text;

pub(crate) use format::Format;

use crate::failure::Failure;
use crate::token::scan;
use ghes_oauth::AccessToken;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One occurrence of a token, or of something in the place of one.
pub(crate) struct Finding {
    pub(crate) token: AccessToken,
    /// The file that the token leaked into, where the input names it; otherwise the input itself.
    pub(crate) source: Arc<str>,
    pub(crate) line: Option<u64>,
    /// Whether other characters surrounded the token.
    pub(crate) is_dressed: bool,
}

/// Where tokens come from, and how to read them.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) path: PathBuf,
    pub(crate) format: Option<Format>,
    /// The column of a CSV file that holds the tokens.
    pub(crate) column: Option<String>,
}

/// The size of the buffer between a file and its reader.
const BUFFER: usize = 64 * 1024;

/// What a consumer wants after a finding: `false` ends the reading.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(Finding) -> bool;

/// What an input held besides tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rest {
    /// Lines or records without a token.
    pub(crate) without_token: u64,
    /// Records whose secret the scanner or GitHub has replaced or left out.
    pub(crate) redacted: u64,
}

impl Input {
    /// Returns whether the input is standard input, which can be read only once.
    pub(crate) fn is_stdin(&self) -> bool {
        self.path == Path::new("-")
    }

    /// Reads all tokens, in bounded memory.
    pub(crate) fn read(&self, sink: Sink<'_>) -> Result<Rest, Failure> {
        let reader: Box<dyn Read> = if self.is_stdin() {
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
        Failure::nothing_done(format!("cannot read {}: {error}", self.name()))
    }

    fn name(&self) -> String {
        if self.is_stdin() {
            "standard input".to_owned()
        } else {
            self.path.display().to_string()
        }
    }
}

/// What the readers write to.
struct Output<'a> {
    source: Arc<str>,
    sink: Sink<'a>,
    rest: Rest,
}

impl Output<'_> {
    /// Passes on the tokens in a piece of text; returns `false` when the consumer wants no more.
    fn text(&mut self, text: &[u8], source: Option<Arc<str>>, line: Option<u64>) -> bool {
        let source = source.unwrap_or_else(|| self.source.clone());
        let found = scan::tokens(text);
        if found.is_empty() {
            return self.other(text, source, line);
        }
        found.into_iter().all(|found| {
            (self.sink)(Finding {
                token: found.token,
                source: source.clone(),
                line,
                is_dressed: found.is_dressed,
            })
        })
    }

    /// Passes on a word that stands where a token belongs; counts any other text.
    fn other(&mut self, text: &[u8], source: Arc<str>, line: Option<u64>) -> bool {
        const LONGEST_WORD: usize = 512;
        let word = text.trim_ascii();
        if is_redacted(word) {
            self.rest.redacted += 1;
            return true;
        }
        let is_word = !word.is_empty()
            && word.len() <= LONGEST_WORD
            && !word.iter().any(u8::is_ascii_whitespace);
        if !is_word {
            self.rest.without_token += u64::from(!word.is_empty());
            return true;
        }
        (self.sink)(Finding {
            token: AccessToken::new(String::from_utf8_lossy(word).into_owned()),
            source,
            line,
            is_dressed: false,
        })
    }
}

/// Returns whether the text is what a scanner prints in place of a secret.
fn is_redacted(word: &[u8]) -> bool {
    word.eq_ignore_ascii_case(b"REDACTED")
        || word.eq_ignore_ascii_case(b"[REDACTED]")
        || (word.len() > 3 && word.iter().all(|&byte| byte == b'*'))
}

#[cfg(test)]
mod tests;
