//! Two types for calls with and without a condition; the generated code gives each operation one of them, by its HTTP method.

/// Marks a [`Call`](crate::Call) that reads by GET, on which a condition can be set.
#[derive(Debug)]
pub enum TakesCondition {}

/// Marks a [`Call`](crate::Call) that takes no condition: it does not read by GET, or it has one already.
#[derive(Debug)]
pub enum NoCondition {}
