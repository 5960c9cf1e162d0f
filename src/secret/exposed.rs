//! The two ways to serialize a value with secrets in it.

use crate::secret::redact::MARKER;
use serde::{Serialize, Serializer};
use std::cell::Cell;
use std::fmt;

/// What becomes of a secret that is serialized.
#[derive(Clone, Copy)]
pub(super) enum Secrecy {
    /// It is an error: whoever stores the value would lose the token, and whoever logs it would show it.
    Refused,
    Redacted,
    Exposed,
}

thread_local! {
    static SECRECY: Cell<Secrecy> = const { Cell::new(Secrecy::Refused) };
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
        serialize(self.0, Secrecy::Exposed, serializer)
    }
}

impl<T: ?Sized> fmt::Debug for Exposed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Exposed({MARKER})")
    }
}

/// Serializes a value with a fixed marker in place of each secret in it; for logs and reports.
///
/// It redacts what has the type of a secret. A token that somebody wrote into a note stays there, unlike in `Debug`.
///
/// ```
/// use ghes_oauth::{AccessToken, Redacted};
///
/// let token = AccessToken::new("gho_16C7e42F292c6912E7710c838347Ae178B4a");
/// assert_eq!(serde_json::to_string(&Redacted(&token))?, r#""[REDACTED]""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub struct Redacted<'a, T: ?Sized>(pub &'a T);

impl<T: Serialize + ?Sized> Serialize for Redacted<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, Secrecy::Redacted, serializer)
    }
}

impl<T: ?Sized> fmt::Debug for Redacted<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redacted({MARKER})")
    }
}

fn serialize<T: Serialize + ?Sized, S: Serializer>(
    value: &T,
    secrecy: Secrecy,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    // serde has no context to pass down, and serializing stays on one thread from start to end.
    let _guard = Guard(SECRECY.replace(secrecy));
    value.serialize(serializer)
}

/// What becomes of a secret that is serialized on this thread now.
pub(super) fn secrecy() -> Secrecy {
    SECRECY.get()
}

/// Puts the former state back, also when serializing panics.
struct Guard(Secrecy);

impl Drop for Guard {
    fn drop(&mut self) {
        SECRECY.set(self.0);
    }
}
