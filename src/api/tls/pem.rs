//! Reads certificates and keys in their usual forms: PEM or DER, with or without a byte-order mark.

use crate::error::error::Error;
use crate::secret::private_key::PrivateKey;
use rustls::RootCertStore;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use zeroize::Zeroizing;

/// Returns every certificate of a bundle in PEM, or the one in DER.
///
/// A bundle with one unreadable certificate is refused as a whole: otherwise the connection that needs that certificate would fail later,
/// without a hint at the cause.
pub(super) fn certificates(
    field: &'static str,
    bytes: &[u8],
) -> Result<Vec<CertificateDer<'static>>, Error> {
    let bytes = without_mark(bytes);
    let certificates = if is_der(&bytes) {
        vec![CertificateDer::from(bytes.to_vec())]
    } else {
        let read = CertificateDer::pem_slice_iter(&bytes).collect::<Result<Vec<_>, _>>();
        // The reader skips a malformed beginning, such as an indented line.
        read.ok()
            .filter(|read| boundaries(&bytes, "BEGIN") == read.len())
            .filter(|read| boundaries(&bytes, "END") == read.len())
            .unwrap_or_default()
    };
    let mut parsed = RootCertStore::empty();
    let mut all = certificates.iter().cloned();
    if certificates.is_empty() || !all.all(|certificate| parsed.add(certificate).is_ok()) {
        return Err(refused(field));
    }
    Ok(certificates)
}

/// Returns the private key in PEM or DER.
pub(super) fn key(key: &PrivateKey) -> Result<PrivateKeyDer<'static>, Error> {
    let refuse = |rule| Error::invalid_input("private key", rule);
    let bytes = without_mark(key.bytes());
    if let Ok(key) = PrivateKeyDer::try_from(bytes.as_slice()) {
        return Ok(key.clone_key());
    }
    if lines(&bytes).any(|line| line.contains("ENCRYPTED")) {
        return Err(refuse("it is encrypted; `openssl pkey` decrypts it"));
    }
    PrivateKeyDer::from_pem_slice(&bytes).map_err(|_| refuse("it must be a key in PEM or DER"))
}

/// The error if `field` does not contain the certificates that it should.
pub(super) fn refused(field: &'static str) -> Error {
    Error::invalid_input(
        field,
        "it must be PEM with at least one certificate, all of them readable, or one certificate in DER",
    )
}

fn is_der(bytes: &[u8]) -> bool {
    // A sequence of more than 127 bytes; in PEM the second byte is ASCII.
    matches!(bytes, [0x30, 0x80..=0xff, ..])
}

/// Counts the lines that begin or end a certificate, or look as if they were meant to.
fn boundaries(pem: &[u8], word: &str) -> usize {
    lines(pem)
        .filter(|line| line.contains(word) && line.contains("CERTIFICATE"))
        .filter(|line| !line.contains("REQUEST"))
        .count()
}

/// The lines that are text.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &str> {
    bytes
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .filter_map(|line| str::from_utf8(line).ok())
}

/// Removes the byte-order mark that editors and shells of Windows write; UTF-16 becomes UTF-8.
fn without_mark(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    let (text, is_little_endian) = match bytes {
        [0xef, 0xbb, 0xbf, text @ ..] => return text.to_vec().into(),
        [0xff, 0xfe, text @ ..] => (text, true),
        [0xfe, 0xff, text @ ..] => (text, false),
        _ => return bytes.to_vec().into(),
    };
    let units = text.chunks_exact(2).map(|pair| match is_little_endian {
        true => u16::from_le_bytes([pair[0], pair[1]]),
        false => u16::from_be_bytes([pair[0], pair[1]]),
    });
    // PEM is ASCII.
    let bytes = units.map(|unit| u8::try_from(unit).unwrap_or(b'?'));
    Zeroizing::new(bytes.collect())
}
