//! The state that a request may change.

use crate::spec::version::Version;
use crate::state::rate_limit::RateLimit;
use crate::state::site::Site;
use crate::state::store::Store;

pub(crate) struct World {
    pub(crate) site: Site,
    pub(crate) store: Store,
    pub(crate) rate_limit: Option<RateLimit>,
    /// The limit of reports of leaked tokens, which is separate from the other one.
    pub(crate) report_limit: RateLimit,
}

impl World {
    /// Becomes another version of GHES, with the same apps, users and tokens; github.com stays as it is.
    pub(crate) fn upgrade(&mut self, version: Version) {
        self.site.upgrade(version);
        self.store.prefixed = self.site.product.at_least(3, 1);
    }
}
