//! Finds operations in the generated table.

use crate::generated::operations::ALL;
use crate::model::operation::{Deprecation, Operation};

impl Operation {
    /// Returns all operations, in the order of the spec.
    pub const fn all() -> &'static [&'static Operation] {
        &ALL
    }

    /// Returns the operation with this id of GitHub's, such as `apps/check-token`.
    pub fn by_id(id: &str) -> Option<&'static Operation> {
        ALL.iter().copied().find(|operation| operation.id == id)
    }
}

impl Deprecation {
    /// Returns the operation that replaces it; `None` if GitHub's web application flow replaces it.
    pub fn replaced_by(&self) -> Option<&'static Operation> {
        self.replaced_by.and_then(Operation::by_id)
    }
}
