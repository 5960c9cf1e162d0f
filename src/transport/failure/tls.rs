//! Why there is no TLS connection.

use std::error::Error;

/// The message for a server that closes the connection because the client presented no certificate.
pub(super) const NO_CLIENT_CERTIFICATE: &str =
    "the server asks for a client certificate: set one by ServerBuilder::client_certificate";

/// Without TLS there is no such error.
#[cfg(not(feature = "__tls"))]
pub(super) fn reason(_: &(dyn Error + 'static)) -> Option<&'static str> {
    None
}

/// Returns the reason if it is an error of rustls.
#[cfg(feature = "__tls")]
pub(super) fn reason(cause: &(dyn Error + 'static)) -> Option<&'static str> {
    use rustls::AlertDescription::{CertificateRequired, HandshakeFailure};
    let error: &rustls::Error = cause.downcast_ref()?;
    Some(match error {
        rustls::Error::InvalidCertificate(error) => certificate(error),
        rustls::Error::AlertReceived(CertificateRequired) => NO_CLIENT_CERTIFICATE,
        rustls::Error::AlertReceived(HandshakeFailure) if LACKS_ALGORITHMS => {
            "the TLS handshake failed: the server refuses what the client offers, which includes P-521 only with the feature \
             rustls-aws-lc-rs"
        }
        rustls::Error::InvalidMessage(_) => {
            "the TLS handshake failed: the response is not TLS, so the port may be one for plain http"
        }
        _ => "the TLS handshake failed",
    })
}

/// ring does not support P-521.
#[cfg(feature = "__tls")]
const LACKS_ALGORITHMS: bool = cfg!(not(feature = "rustls-aws-lc-rs"));

#[cfg(feature = "__tls")]
fn certificate(error: &rustls::CertificateError) -> &'static str {
    use rustls::CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet,
        NotValidYetContext, Other, UnknownIssuer, UnsupportedSignatureAlgorithmContext,
        UnsupportedSignatureAlgorithmForPublicKeyContext,
    };
    match error {
        UnknownIssuer => {
            "the certificate of the server is not accepted: its issuer is not trusted, which ServerBuilder::root_certificate changes"
        }
        Expired | ExpiredContext { .. } => {
            "the certificate of the server is not accepted: it has expired"
        }
        NotValidYet | NotValidYetContext { .. } => {
            "the certificate of the server is not accepted: it is not valid yet"
        }
        NotValidForName | NotValidForNameContext { .. } => {
            "the certificate of the server is not accepted: it is for another name"
        }
        UnsupportedSignatureAlgorithmContext { .. }
        | UnsupportedSignatureAlgorithmForPublicKeyContext { .. }
            if LACKS_ALGORITHMS =>
        {
            "the certificate of the server is not accepted: its algorithm, such as ECDSA with P-521, may need the feature \
             rustls-aws-lc-rs"
        }
        Other(error) if error.0.downcast_ref() == Some(&webpki::Error::CaUsedAsEndEntity) => {
            "the certificate of the server is not accepted: it is self-signed or an authority's, and is accepted only if it is exactly the one given \
             by ServerBuilder::root_certificate"
        }
        _ => "the certificate of the server is not accepted",
    }
}
