//! The write-ahead log of a rotation: the tokens whose resets were started. It holds no token.

use crate::failure::Failure;
use crate::token::fingerprint::Fingerprint;
use fs4::{FileExt, TryLockError};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::Path;

/// A line of the log.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Step {
    pub(super) kind: String,
    pub(super) last_eight: String,
    pub(super) sha256: String,
    pub(super) state: State,
}

/// The state of a token's rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// The reset is about to be sent. If this is the last state, its result is not known.
    Resetting,
    /// The reset was not performed.
    Unchanged,
    /// The new token is in the file.
    Replaced,
    /// The old token is not live, and no new one arrived.
    Lost,
}

/// The log, open for appending and locked against other processes.
pub(super) struct Log {
    file: File,
    name: String,
}

impl Log {
    /// Opens the log, and returns the last state of each token in it, by its hash.
    pub(super) fn open(path: &Path) -> Result<(Self, HashMap<String, Step>), Failure> {
        let name = path.display().to_string();
        let cannot =
            |error: io::Error| Failure::nothing_done(format!("cannot open {name}: {error}"));
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        let mut file = super::store::owner_only(&mut options)
            .open(path)
            .map_err(cannot)?;
        FileExt::try_lock(&file).map_err(|error| match error {
            TryLockError::WouldBlock => {
                Failure::nothing_done(format!("another process is rotating with {name}"))
                    .help("wait for it, or choose another --out")
            }
            TryLockError::Error(error) => cannot(error),
        })?;
        let mut last = HashMap::new();
        let mut line = Vec::new();
        let mut reader = BufReader::new(&file);
        let mut is_torn = false;
        while reader.read_until(b'\n', &mut line).map_err(cannot)? > 0 {
            is_torn = line.last() != Some(&b'\n');
            if let Ok(step) = serde_json::from_slice::<Step>(&line) {
                last.insert(step.sha256.clone(), step);
            }
            line.clear();
        }
        drop(reader);
        file.seek(SeekFrom::End(0)).map_err(cannot)?;
        if is_torn {
            file.write_all(b"\n").map_err(cannot)?;
        }
        Ok((Self { file, name }, last))
    }

    /// Appends a step. It is on the disk when this returns.
    pub(super) fn write(&mut self, token: &Fingerprint, state: State) -> Result<(), Failure> {
        let step = Step {
            kind: token.kind().to_owned(),
            last_eight: token.last_eight().to_owned(),
            sha256: token.sha256().to_owned(),
            state,
        };
        let written = serde_json::to_vec(&step)
            .map_err(io::Error::from)
            .and_then(|mut line| {
                line.push(b'\n');
                self.file.write_all(&line)?;
                self.file.sync_data()
            });
        written.map_err(|error| {
            Failure::nothing_done(format!("cannot write to {}: {error}", self.name))
                .help("make room, then run the same command again")
        })
    }
}
