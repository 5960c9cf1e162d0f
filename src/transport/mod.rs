//! The only code that sends: it keeps deadlines, retries what may be retried and reports what failed.

mod attempt;
pub(crate) mod background;
pub(crate) mod clients;
mod deadline;
pub(crate) mod deprecation;
pub(crate) mod detached;
pub(crate) mod exchange;
mod failure;
pub(crate) mod gate;
pub(crate) mod in_flight;
mod otp;
mod read;
pub(crate) mod retry;
mod sent;
pub(crate) mod trace;
pub(crate) mod transport;
