//! The fake's state: its product and settings, the clock, apps, users, grants and authorizations.

pub(crate) mod api_versions;
pub(crate) mod authorization;
pub(crate) mod clock;
pub(crate) mod codes;
pub(crate) mod product;
pub(crate) mod rate_limit;
pub(crate) mod site;
pub(crate) mod store;
pub(crate) mod terms;
pub(crate) mod token;
pub(crate) mod users;
pub(crate) mod world;
