//! TLS by rustls, without rustls's process-wide provider, so that another crate may choose a different one.

use crate::api::tls::verifier::{ServerVerifier, no_certificates};
use crate::error::error::Error;
use crate::secret::private_key::PrivateKey;
use rustls::ClientConfig;
use rustls::client::WantsClientCert;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;

mod pem;
mod verifier;

/// The rule for private keys in an error: ring does not support all kinds of keys.
const UNUSABLE_KEY: &str = match cfg!(feature = "rustls-aws-lc-rs") {
    true => "it must be an RSA, ECDSA or Ed25519 key",
    false => {
        "it must be an RSA, ECDSA or Ed25519 key, and ECDSA with P-521 needs the feature rustls-aws-lc-rs"
    }
};

/// The certificates that a user has set.
#[derive(Default)]
pub(super) struct Certificates {
    /// Each in PEM, with one certificate or more, or one in DER.
    pub(super) roots: Vec<Vec<u8>>,
    pub(super) client: Option<(Vec<u8>, PrivateKey)>,
}

/// Returns a configuration that trusts the operating system's certificates and `roots`, for connections to `host`.
///
/// Without a host TLS is not needed, and nothing is trusted: reading the system's certificates takes longer than a call.
pub(super) fn config(given: &Certificates, host: Option<&str>) -> Result<ClientConfig, Error> {
    let provider = Arc::new(provider());
    let roots = given
        .roots
        .iter()
        .map(|root| pem::certificates("root certificate", root));
    let roots = roots.collect::<Result<Vec<_>, _>>()?.concat();
    let client = match &given.client {
        Some((chain, key)) => Some((
            pem::certificates("client certificate", chain)?,
            pem::key(key)?,
        )),
        None => None,
    };
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|_| no_certificates())?;
    let builder = match host {
        Some(host) => {
            let verifier = ServerVerifier::new(roots, host, provider)?;
            builder
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(verifier))
        }
        None => builder.with_root_certificates(rustls::RootCertStore::empty()),
    };
    #[cfg_attr(
        not(feature = "http2"),
        allow(unused_mut, reason = "changed for HTTP/2 alone")
    )]
    let mut config = with_client(builder, client)?;
    #[cfg(feature = "http2")]
    {
        // reqwest takes a ready configuration as it is and does not add the ALPN protocols.
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(config)
}

fn with_client(
    builder: rustls::ConfigBuilder<ClientConfig, WantsClientCert>,
    client: Option<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)>,
) -> Result<ClientConfig, Error> {
    let Some((chain, key)) = client else {
        return Ok(builder.with_no_client_auth());
    };
    builder
        .with_client_auth_cert(chain, key)
        .map_err(|error| match error {
            rustls::Error::InconsistentKeys(_) => Error::invalid_input(
                "private key",
                "it is not the key of the client certificate, which comes first in its chain",
            ),
            rustls::Error::InvalidCertificate(_) => pem::refused("client certificate"),
            _ => Error::invalid_input("private key", UNUSABLE_KEY),
        })
}

#[cfg(feature = "rustls-aws-lc-rs")]
fn provider() -> CryptoProvider {
    rustls::crypto::aws_lc_rs::default_provider()
}

#[cfg(all(feature = "rustls-ring", not(feature = "rustls-aws-lc-rs")))]
fn provider() -> CryptoProvider {
    rustls::crypto::ring::default_provider()
}

#[cfg(not(any(feature = "rustls-ring", feature = "rustls-aws-lc-rs")))]
compile_error!(
    "the feature `__tls` needs a provider: switch on `rustls-ring` or `rustls-aws-lc-rs`"
);
