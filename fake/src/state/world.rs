//! Everything that a request may change.

use crate::state::rate_limit::RateLimit;
use crate::state::site::Site;
use crate::state::store::Store;

pub(crate) struct World {
    pub(crate) site: Site,
    pub(crate) store: Store,
    pub(crate) rate_limit: Option<RateLimit>,
    /// The limit of reports of leaked tokens, which has nothing to do with the other one.
    pub(crate) report_limit: RateLimit,
}
