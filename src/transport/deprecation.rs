//! What happens at run time when a deprecated operation is called.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::model::operations::Operation;
use std::sync::atomic::{AtomicU32, Ordering};

/// Whether deprecated operations may be called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeprecationPolicy {
    /// Yes, silently.
    Allow,
    /// Yes, with one `tracing` warning per operation and [`Server`](crate::Server).
    #[default]
    Warn,
    /// No: the call fails with [`ErrorKind::DeniedByPolicy`], and nothing is sent.
    Deny,
}

impl DeprecationPolicy {
    pub(crate) fn apply(self, operation: &'static Operation, warned: &Warned) -> Result<(), Error> {
        let Some(deprecation) = operation.deprecation() else {
            return Ok(());
        };
        match self {
            Self::Allow => Ok(()),
            Self::Warn => {
                if warned.first_time(operation) {
                    tracing::warn!(
                        operation = operation.id(),
                        replacement = deprecation.replaced_by().map(Operation::id),
                        note = deprecation.note(),
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

/// Which operations were warned about.
#[derive(Debug, Default)]
pub(crate) struct Warned(AtomicU32);

impl Warned {
    fn first_time(&self, operation: &'static Operation) -> bool {
        let index = Operation::all()
            .iter()
            .position(|known| *known == operation)
            .unwrap_or_default();
        let bit = 1u32 << index;
        self.0.fetch_or(bit, Ordering::Relaxed) & bit == 0
    }
}
