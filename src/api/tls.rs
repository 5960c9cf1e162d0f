//! TLS by rustls, without any state of the process: two crates with two providers do not meet.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use rustls::ClientConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls_platform_verifier::Verifier;
use std::sync::Arc;

/// A configuration that trusts what the operating system trusts, and `roots` (each PEM, with one certificate or more).
///
/// Where TLS is not `needed` nothing is trusted: reading the system's certificates takes longer than a call.
pub(super) fn config(roots: &[Vec<u8>], needed: bool) -> Result<ClientConfig, Error> {
    let provider = Arc::new(provider());
    let extra = read(roots)?;
    let failed = |_| {
        Error::new(
            ErrorKind::Configuration,
            "TLS cannot be set up: no usable certificates on this machine",
        )
    };
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(failed)?;
    if !needed {
        return Ok(builder
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth());
    }
    let verifier = if extra.is_empty() {
        Verifier::new(provider)
    } else {
        Verifier::new_with_extra_roots(extra, provider)
    };
    let verifier = verifier.map_err(failed)?;
    #[cfg_attr(
        not(feature = "http2"),
        allow(unused_mut, reason = "changed for HTTP/2 alone")
    )]
    let mut config = builder
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    #[cfg(feature = "http2")]
    {
        // A ready configuration is taken as it is: the HTTP client does not add what it speaks.
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(config)
}

fn read(roots: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>, Error> {
    let refuse = || {
        Error::invalid_input(
            "root certificate",
            "it must be PEM with at least one certificate",
        )
    };
    let mut certificates = Vec::new();
    for pem in roots {
        let before = certificates.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            certificates.push(certificate.map_err(|_| refuse())?);
        }
        if certificates.len() == before {
            return Err(refuse());
        }
    }
    Ok(certificates)
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
compile_error!("the feature `tls` needs a provider: switch on `rustls-ring` or `rustls-aws-lc-rs`");
