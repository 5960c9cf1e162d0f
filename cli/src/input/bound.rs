//! Limits the memory that one record of a structured input takes.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// The longest record. If a quote is not closed, the rest of a table is one record.
const LONGEST: usize = 4 * 1024 * 1024;

/// The error for a longer one.
pub(super) const TOO_LONG: &str =
    "a record is longer than 4 MiB; use --format lines to search its text";

/// How much was read since the last record.
#[derive(Clone, Default)]
pub(super) struct Length(Rc<Cell<usize>>);

impl Length {
    /// Starts the next record.
    pub(super) fn reset(&self) {
        self.0.set(0);
    }

    /// Returns whether the record is longer than memory should hold.
    pub(super) fn is_exceeded(&self) -> bool {
        self.0.get() > LONGEST
    }
}

/// Fails at a record that is longer than memory should hold.
pub(super) struct Bounded<R> {
    reader: R,
    length: Length,
}

impl<R> Bounded<R> {
    pub(super) fn new(reader: R) -> (Self, Length) {
        let length = Length::default();
        let bounded = Self {
            reader,
            length: length.clone(),
        };
        (bounded, length)
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(out)?;
        self.length.0.set(self.length.0.get() + read);
        if self.length.is_exceeded() {
            return Err(io::Error::other(TOO_LONG));
        }
        Ok(read)
    }
}
