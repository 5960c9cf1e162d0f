//! Writes a journal that neither `kill -9` nor a full disk nor a second process can damage.

use super::entry::{Entry, Header};
use super::read::{self, Line};
use crate::failure::Failure;
use fs4::{FileExt, TryLockError};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// The version of the format.
const VERSION: u32 = 1;

/// How many entries may be lost to a power failure. A killed process loses none: each is handed to the kernel at once.
const BATCH: usize = 256;

/// How long an entry may wait for the next `fsync`.
const INTERVAL: Duration = Duration::from_secs(1);

/// A journal open for appending, locked against other processes.
pub(crate) struct Journal {
    file: File,
    /// Empty if the journal is temporary.
    name: String,
    unsynced: usize,
    synced_at: Instant,
}

/// How many lines of a journal are not entries.
#[derive(Default)]
struct Lines {
    headers: u64,
    torn: u64,
    foreign: u64,
}

impl Journal {
    /// Opens a journal for appending: a new one, or with `resume` one that may exist.
    pub(crate) fn open(path: &Path, resume: bool, header: &Header) -> Result<Self, Failure> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        let (file, name) = open_file(path, &options)?;
        let cannot = |error: &io::Error| cannot_open(&name, error);
        FileExt::try_lock(&file).map_err(|error| match error {
            TryLockError::WouldBlock => {
                Failure::nothing_done(format!("another process is writing to the journal {name}"))
                    .help("wait for it, or give each process its own --journal and --shard")
            }
            TryLockError::Error(error) => cannot(&error),
        })?;
        let length = file.metadata().map_err(|error| cannot(&error))?.len();
        if length > 0 && !resume {
            return Err(Failure::nothing_done(format!("the journal {name} exists"))
                .help("continue it by --resume, or choose another file"));
        }
        let mut journal = Self::of(file, name);
        let is_new = length == 0 || journal.check_lines(Some(header))?.headers == 0;
        journal.end_torn_line(length)?;
        if is_new {
            journal.write(header)?;
            journal.sync()?;
        }
        Ok(journal)
    }

    /// Opens journals of any app, merged or not, for reading. The number is that of the torn lines.
    pub(crate) fn read(path: &Path) -> Result<(Self, u64), Failure> {
        let (file, name) = open_file(path, OpenOptions::new().read(true))?;
        let journal = Self::of(file, name);
        let torn = journal.check_lines(None)?.torn;
        Ok((journal, torn))
    }

    /// Creates a journal for one run, whose file is deleted with it.
    pub(crate) fn temporary() -> Result<Self, Failure> {
        let file = tempfile::tempfile().map_err(|error| {
            Failure::nothing_done(format!("cannot make a temporary file: {error}"))
                .help("name a folder that can be written by TMPDIR")
        })?;
        Ok(Self::of(file, String::new()))
    }

    /// Returns the server and app of a journal's verdicts.
    pub(crate) fn header(server: &str, client_id: &str) -> Header {
        Header {
            journal: VERSION,
            server: server.to_owned(),
            client_id: client_id.to_owned(),
        }
    }

    /// Appends one entry. It is in the file when this returns, and on the disk within a batch.
    pub(crate) fn append(&mut self, entry: &Entry) -> Result<(), Failure> {
        self.write(entry)?;
        self.unsynced += 1;
        if self.unsynced >= BATCH || self.synced_at.elapsed() >= INTERVAL {
            self.sync()?;
        }
        Ok(())
    }

    /// Waits until all entries are on the disk.
    pub(crate) fn sync(&mut self) -> Result<(), Failure> {
        if !self.name.is_empty() {
            self.file
                .sync_data()
                .map_err(|error| self.cannot_write(&error))?;
        }
        self.unsynced = 0;
        self.synced_at = Instant::now();
        Ok(())
    }

    /// Calls `each` with every entry, in the order in which they were written.
    pub(crate) fn entries(&self, mut each: impl FnMut(Entry)) -> Result<(), Failure> {
        self.lines(|line| {
            if let Line::Entry(entry) = line {
                each(*entry);
            }
        })
    }

    fn of(file: File, name: String) -> Self {
        Self {
            file,
            name,
            unsynced: 0,
            synced_at: Instant::now(),
        }
    }

    fn lines(&self, each: impl FnMut(Line)) -> Result<(), Failure> {
        let cannot = |error: io::Error| {
            Failure::nothing_done(format!("cannot read the journal {}: {error}", self.name))
        };
        let mut file = &self.file;
        file.seek(SeekFrom::Start(0)).map_err(cannot)?;
        read::lines(file, each).map_err(cannot)
    }

    /// Writes one line with one call, so that only a full disk or a power failure can tear it.
    fn write(&mut self, line: &impl serde::Serialize) -> Result<(), Failure> {
        let mut text = serde_json::to_vec(line).map_err(|error| {
            Failure::nothing_done(format!("cannot write a line of the journal: {error}"))
        })?;
        text.push(b'\n');
        self.file
            .write_all(&text)
            .map_err(|error| self.cannot_write(&error))
    }

    /// Ends a last line that a full disk or a power failure tore, so that the next entry gets a separate line.
    fn end_torn_line(&mut self, length: u64) -> Result<(), Failure> {
        if length == 0 {
            return Ok(());
        }
        let mut last = [0];
        let read = self
            .file
            .seek(SeekFrom::End(-1))
            .and_then(|_| self.file.read_exact(&mut last));
        read.and_then(|()| {
            if last == *b"\n" {
                Ok(())
            } else {
                self.file.write_all(b"\n")
            }
        })
        .map_err(|error| self.cannot_write(&error))
    }

    /// Counts the lines; refuses a journal of another server or app than the expected one, and any other file.
    fn check_lines(&self, expected: Option<&Header>) -> Result<Lines, Failure> {
        let mut other = None;
        let mut lines = Lines::default();
        self.lines(|line| match line {
            Line::Header(header) => {
                lines.headers += 1;
                if expected.is_some_and(|expected| *expected != header) {
                    other = Some(header);
                }
            }
            Line::Entry(_) => {}
            Line::Torn => lines.torn += 1,
            Line::Foreign => lines.foreign += 1,
        })?;
        if let Some(other) = other {
            return Err(Failure::nothing_done(format!(
                "the journal {} is of the app {} on {}",
                self.name, other.client_id, other.server
            ))
            .help("choose another file for this app"));
        }
        // The header itself may be torn.
        if lines.headers == 0 && (lines.torn > 1 || lines.foreign > 0) {
            return Err(
                Failure::nothing_done(format!("{} is not a journal", self.name))
                    .help("choose another file"),
            );
        }
        Ok(lines)
    }

    fn cannot_write(&self, error: &io::Error) -> Failure {
        Failure::nothing_done(format!(
            "cannot write to the journal {}: {error}",
            self.name
        ))
        .help("what it holds is intact: make room, then continue it by --resume")
    }
}

/// Opens a regular file: a device or a pipe does not store what is written to it.
fn open_file(path: &Path, options: &OpenOptions) -> Result<(File, String), Failure> {
    let name = path.display().to_string();
    let file = options
        .open(path)
        .map_err(|error| cannot_open(&name, &error))?;
    if file.metadata().is_ok_and(|metadata| metadata.is_file()) {
        Ok((file, name))
    } else {
        Err(
            Failure::nothing_done(format!("the journal {name} is not a regular file"))
                .help("choose another file"),
        )
    }
}

fn cannot_open(name: &str, error: &io::Error) -> Failure {
    Failure::nothing_done(format!("cannot open the journal {name}: {error}"))
}

#[cfg(test)]
mod tests;
