//! What happens at run time when a deprecated operation is called.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::model::operations::Operation;
use reqwest::Url;
use std::sync::atomic::{AtomicU32, Ordering};

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
    pub(crate) fn apply(self, operation: &'static Operation, server: &Url) -> Result<(), Error> {
        let Some(deprecation) = operation.deprecation() else {
            return Ok(());
        };
        match self {
            Self::Allow => Ok(()),
            Self::Warn => {
                if is_first_warning(operation) {
                    tracing::warn!(
                        operation = operation.id(),
                        server.address = server.host_str(),
                        server.port = server.port_or_known_default(),
                        replacement = deprecation.replaced_by().map(Operation::id),
                        // The text is written for rustdoc.
                        note = deprecation.note().replace('`', ""),
                        "deprecated operation called"
                    );
                }
                Ok(())
            }
            Self::Deny => {
                let text = format!(
                    "the policy denies deprecated operations; {}",
                    deprecation.note()
                );
                Err(Error::new(ErrorKind::DeniedByPolicy, text))
            }
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
