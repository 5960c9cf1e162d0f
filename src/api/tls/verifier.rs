//! Verifies the certificate of a server.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, RootCertStore, SignatureScheme};
use rustls_platform_verifier::Verifier;
use std::sync::Arc;

/// Trusts the operating system's authorities, the authorities that the user set, and a server with one of the certificates that the user
/// set.
///
/// The last is for self-signed certificates: most are created like an authority's, which webpki accepts from no server.
#[derive(Debug)]
pub(super) struct ServerVerifier {
    given: Vec<CertificateDer<'static>>,
    /// `None` if no authorities are set and this machine has none.
    authorities: Option<Verifier>,
    provider: Arc<CryptoProvider>,
}

impl ServerVerifier {
    /// For the server at `host`.
    pub(super) fn new(
        given: Vec<CertificateDer<'static>>,
        host: &str,
        provider: Arc<CryptoProvider>,
    ) -> Result<Self, Error> {
        // A host of digits and colons is in brackets in a URL.
        let name = ServerName::try_from(host.trim_matches(['[', ']'])).ok();
        let may_sign_others = |certificate: &CertificateDer<'static>| {
            let is_the_hosts = name.as_ref().is_some_and(|name| {
                ParsedCertificate::try_from(certificate)
                    .is_ok_and(|parsed| verify_server_name(&parsed, name).is_ok())
            });
            !is_the_hosts
                && !matches!(
                    kind(certificate, UnixTime::now(), &provider),
                    Ok(Kind::Server)
                )
        };
        let mut roots = given
            .iter()
            .filter(|root| may_sign_others(root))
            .cloned()
            .peekable();
        let authorities = match roots.peek() {
            Some(_) => Verifier::new_with_extra_roots(roots, provider.clone()),
            None => Verifier::new(provider.clone()),
        };
        let authorities = match authorities {
            Ok(authorities) => Some(authorities),
            Err(_) if given.is_empty() => return Err(no_certificates()),
            Err(_) => None,
        };
        Ok(Self {
            given,
            authorities,
            provider,
        })
    }
}

pub(super) fn no_certificates() -> Error {
    Error::new(
        ErrorKind::Configuration,
        "TLS cannot be set up: no usable certificates on this machine",
    )
}

impl ServerCertVerifier for ServerVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if self.given.contains(end_entity) {
            kind(end_entity, now, &self.provider)?;
            verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)?;
            return Ok(ServerCertVerified::assertion());
        }
        let authorities = self.authorities.as_ref();
        authorities
            .ok_or(CertificateError::UnknownIssuer)?
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

/// The purpose of a certificate.
enum Kind {
    Authority,
    Server,
}

/// Returns the purpose of a certificate; an error for an unusable one, such as one that has expired.
fn kind(
    certificate: &CertificateDer<'_>,
    now: UnixTime,
    provider: &CryptoProvider,
) -> Result<Kind, rustls::Error> {
    let parsed = ParsedCertificate::try_from(certificate)?;
    let algorithms = provider.signature_verification_algorithms.all;
    // Without roots, the only possible error of a server's certificate is its issuer.
    let verdict = verify_server_cert_signed_by_trust_anchor(
        &parsed,
        &RootCertStore::empty(),
        &[],
        now,
        algorithms,
    );
    match verdict {
        Ok(()) | Err(rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer)) => {
            Ok(Kind::Server)
        }
        Err(rustls::Error::InvalidCertificate(CertificateError::Other(other)))
            if other.0.downcast_ref() == Some(&webpki::Error::CaUsedAsEndEntity) =>
        {
            Ok(Kind::Authority)
        }
        Err(error) => Err(error),
    }
}
