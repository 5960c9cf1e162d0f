//! Batches and rotations without an async runtime.

use crate::api::batch::Batch;
use crate::api::rotation::{Rotate, Rotation};
use crate::api::verdict::Verdict;
use crate::call::blocking::{BlockingItems, Waitable};
use crate::error::error::Error;
use crate::secret::newtypes::AccessToken;
use crate::transport::background::background;
use futures_core::Stream;

#[allow(private_bounds, reason = "the verdicts are those of this crate")]
impl<S: Stream<Item = AccessToken> + Unpin, T: Verdict> Batch<S, T> {
    /// Iterates over the results on the calling thread, waiting as [`Call::wait`](crate::Call::wait) does (feature `blocking`).
    ///
    /// ```no_run
    /// # fn example(app: ghes_oauth::OAuthApp, leaked: Vec<ghes_oauth::AccessToken>) -> Result<(), ghes_oauth::Error> {
    /// for (index, check) in app.check_tokens(leaked).blocking() {
    ///     println!("token {index}: {:?}", check?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn blocking(self) -> BlockingItems<Self> {
        BlockingItems::new(self)
    }
}

impl<S: Stream<Item = AccessToken> + Unpin, T: Verdict> Waitable for Batch<S, T> {
    fn refuse(&mut self, error: Error) -> Self::Item {
        self.refuse_all(error)
    }
}

impl Rotate {
    /// Rotates the token and waits on the calling thread, as [`Call::wait`](crate::Call::wait) does (feature `blocking`).
    ///
    /// # Errors
    /// Those of the rotation, and those of [`Call::wait`](crate::Call::wait).
    pub fn wait(self) -> Result<Rotation, Error> {
        background()?.block_on(self.into_future())?
    }
}
