//! Two marker types for calls with and without a condition; the generated code gives each operation one of them, by its HTTP method.

/// Marks a [`Call`](crate::Call) by GET, on which a condition can be set.
#[derive(Debug)]
pub enum TakesCondition {}

/// Marks a [`Call`](crate::Call) that takes no condition: it is not a GET, or it has a condition already.
#[derive(Debug)]
pub enum NoCondition {}
