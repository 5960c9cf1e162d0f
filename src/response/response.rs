//! A value with the status and headers of its response.

use crate::model::metadata::Metadata;

/// A value with the status and headers of its response.
///
/// [`Call::send`](crate::Call::send) returns it; awaiting a call returns the value only.
#[derive(Clone, Debug, PartialEq)]
pub struct Response<T> {
    value: T,
    metadata: Metadata,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, metadata: Metadata) -> Self {
        Self { value, metadata }
    }

    /// Returns the value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Returns the value without status and headers.
    pub fn into_value(self) -> T {
        self.value
    }

    /// Returns the status and headers.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Returns the value, and the status and headers.
    pub fn into_parts(self) -> (T, Metadata) {
        (self.value, self.metadata)
    }
}
