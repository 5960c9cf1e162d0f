//! What happens at run time when a deprecated operation is called.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::model::operations::Operation;
use reqwest::Url;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

/// Whether deprecated operations may be called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeprecationPolicy {
    /// Yes, silently.
    Allow,
    /// Yes, with one `tracing` warning per operation and server address in a process.
    #[default]
    Warn,
    /// No: the call fails with [`ErrorKind::DeniedByPolicy`], and nothing is sent.
    Deny,
}

impl DeprecationPolicy {
    pub(crate) fn apply(
        self,
        operation: &'static Operation,
        warned: &Warned,
        server: &Url,
    ) -> Result<(), Error> {
        let Some(deprecation) = operation.deprecation() else {
            return Ok(());
        };
        match self {
            Self::Allow => Ok(()),
            Self::Warn => {
                if warned.first_time(operation, server) {
                    tracing::warn!(
                        operation = operation.id(),
                        server.address = server.host_str(),
                        server.port = server.port_or_known_default(),
                        replacement = deprecation.replaced_by().map(Operation::id),
                        // It is written for rustdoc.
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

// A bit each.
const _: () = assert!(Operation::all().len() <= u32::BITS as usize);

/// Which operations one server was warned about, as bits; what other servers of the process were is looked up when a bit is set.
#[derive(Debug, Default)]
pub(crate) struct Warned(AtomicU32);

/// The servers of the process that were warned about, by origin, and their operations as bits.
static WARNED: Mutex<BTreeMap<String, u32>> = Mutex::new(BTreeMap::new());

impl Warned {
    fn first_time(&self, operation: &'static Operation, server: &Url) -> bool {
        let index = Operation::all()
            .iter()
            .position(|known| *known == operation)
            .unwrap_or_default();
        let bit = 1u32 << index;
        if self.0.fetch_or(bit, Ordering::Relaxed) & bit != 0 {
            return false;
        }
        let origin = server.origin().ascii_serialization();
        let mut warned = WARNED.lock().unwrap_or_else(PoisonError::into_inner);
        let bits = warned.entry(origin).or_default();
        let is_first = *bits & bit == 0;
        *bits |= bit;
        is_first
    }
}
