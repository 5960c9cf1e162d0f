//! The only code that sends: it keeps deadlines, retries what may be retried and reports what failed.

mod deadline;
pub(crate) mod deprecation;
pub(crate) mod exchange;
mod failure;
pub(crate) mod retry;
pub(crate) mod transport;
