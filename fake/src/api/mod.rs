//! The operations: from a request to its response.

pub(crate) mod apps;
pub(crate) mod authorizations;
pub(crate) mod body;
pub(crate) mod call;
pub(crate) mod credentials;
pub(crate) mod gate;
pub(crate) mod grants;
pub(crate) mod pages;
pub(crate) mod render;
pub(crate) mod routes;
pub(crate) mod scopes;
pub(crate) mod web_flow;
