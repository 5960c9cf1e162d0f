//! A value, and the status and headers that came with it.

use crate::model::metadata::Metadata;

/// A response: its value, and the status and headers that came with it.
///
/// [`Call::send`](crate::Call::send) returns it; awaiting a call gives the value alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Response<T> {
    value: T,
    metadata: Metadata,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, metadata: Metadata) -> Self {
        Self { value, metadata }
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value, without the rest.
    pub fn into_value(self) -> T {
        self.value
    }

    /// Status and headers.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Value, status and headers.
    pub fn into_parts(self) -> (T, Metadata) {
        (self.value, self.metadata)
    }
}
