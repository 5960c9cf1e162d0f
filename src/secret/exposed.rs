//! The one way to serialize a secret.

use crate::secret::redact::MARKER;
use serde::{Serialize, Serializer};
use std::cell::Cell;
use std::fmt;

thread_local! {
    static EXPOSING: Cell<bool> = const { Cell::new(false) };
}

/// Serializes a value together with the secrets in it, which refuse to serialize otherwise.
///
/// Use it to store a response in a safe place: the text is as secret as the value.
///
/// ```
/// use ghes_oauth::{AccessToken, Exposed};
///
/// let token = AccessToken::new("gho_16C7e42F292c6912E7710c838347Ae178B4a");
/// assert!(serde_json::to_string(&token).is_err());
/// assert_eq!(serde_json::to_string(&Exposed(&token))?, r#""gho_16C7e42F292c6912E7710c838347Ae178B4a""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub struct Exposed<'a, T: ?Sized>(pub &'a T);

impl<T: Serialize + ?Sized> Serialize for Exposed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // serde has no context to pass down, and serialising stays on one thread from start to end.
        let _guard = Guard(EXPOSING.replace(true));
        self.0.serialize(serializer)
    }
}

impl<T: ?Sized> fmt::Debug for Exposed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Exposed({MARKER})")
    }
}

/// Whether an [`Exposed`] is being serialized on this thread.
pub(super) fn is_exposing() -> bool {
    EXPOSING.get()
}

/// Puts the former state back, also when serialising panics.
struct Guard(bool);

impl Drop for Guard {
    fn drop(&mut self) {
        EXPOSING.set(self.0);
    }
}
