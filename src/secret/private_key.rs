//! The private key of a client certificate.

use crate::secret::redact::MARKER;
use std::fmt;
use zeroize::Zeroizing;

/// The private key of a client certificate, in PEM or DER, unencrypted.
///
/// `Debug` prints a fixed marker, there is no `Display`, and the key is zeroized when it is dropped.
///
/// ```
/// use ghes_oauth::PrivateKey;
///
/// let key = PrivateKey::new("-----BEGIN PRIVATE KEY-----\n…");
/// assert_eq!(format!("{key:?}"), "PrivateKey([REDACTED])");
/// ```
#[derive(Clone)]
pub struct PrivateKey(Zeroizing<Vec<u8>>);

impl PrivateKey {
    /// Takes the key; [`ServerBuilder::build`](crate::ServerBuilder::build) checks it.
    pub fn new(pem_or_der: impl Into<Vec<u8>>) -> Self {
        Self(Zeroizing::new(pem_or_der.into()))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PrivateKey")
            .field(&format_args!("{MARKER}"))
            .finish()
    }
}
