//! Allows, reports or denies calls of deprecated operations.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::model::operation::Operation;
use reqwest::Url;
use std::sync::atomic::{AtomicU32, Ordering};
use tracing::Span;

/// Whether deprecated operations may be called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeprecationPolicy {
    /// Yes, silently.
    Allow,
    /// Yes, with one `tracing` warning per operation in a process, which names the server of the first call.
    #[default]
    Warn,
    /// No: the call fails with [`ErrorKind::DeniedByPolicy`], and nothing is sent.
    Deny,
}

impl DeprecationPolicy {
    /// Refuses a deprecated operation if the policy is to.
    pub(crate) fn check(self, operation: &'static Operation) -> Result<(), Error> {
        match operation.deprecation() {
            Some(deprecation) if self == Self::Deny => {
                let text = format!(
                    "the policy denies deprecated operations; {}",
                    deprecation.note()
                );
                Err(Error::new(ErrorKind::DeniedByPolicy, text))
            }
            _ => Ok(()),
        }
    }

    /// Warns about the first call of a deprecated operation. Within the call's span: an exporter has no place for an event outside of one.
    pub(crate) fn warn(self, operation: &'static Operation, server: &Url, span: &Span) {
        if let Some(deprecation) = operation.deprecation()
            && self == Self::Warn
            && is_first_warning(operation)
        {
            let _entered = span.enter();
            tracing::warn!(
                operation = operation.id(),
                server.address = server.host_str(),
                server.port = server.port_or_known_default().map(i64::from),
                replacement = deprecation.replaced_by().map(Operation::id),
                // The text is written for rustdoc.
                note = deprecation.note().replace('`', ""),
                "deprecated operation called"
            );
        }
    }
}

// One bit for each operation.
const _: () = assert!(Operation::all().len() <= u32::BITS as usize);

/// The operations that the process has logged a warning for, as bits.
///
/// Not per server: the remedy is a change of the program, which is the same for all servers, and a program may create any number of
/// servers.
static WARNED: AtomicU32 = AtomicU32::new(0);

fn is_first_warning(operation: &'static Operation) -> bool {
    let index = Operation::all()
        .iter()
        .position(|known| *known == operation)
        .unwrap_or_default();
    let bit = 1 << index;
    // Most calls are not the first one, and need no write that other threads would have to see.
    WARNED.load(Ordering::Relaxed) & bit == 0 && WARNED.fetch_or(bit, Ordering::Relaxed) & bit == 0
}
