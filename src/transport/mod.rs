//! The only code that sends: it keeps deadlines, retries calls if that is safe, and reports failures.

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
