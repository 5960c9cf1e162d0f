//! Certificates that a user sets in the client: a server's, a client's, and an unusual chain.

use super::{NAMES, params, server_config};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use std::sync::{Arc, LazyLock};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

/// A server's self-signed certificate.
pub struct SelfSigned {
    pub pem: String,
    pub der: Vec<u8>,
    pub config: Arc<ServerConfig>,
    issuer: Issuer<'static, KeyPair>,
}

impl SelfSigned {
    fn new(names: &[&str], is_ca: IsCa, change: impl Fn(&mut CertificateParams)) -> Self {
        let mut params = params(names);
        params.is_ca = is_ca;
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self {
            pem: certificate.pem(),
            der: certificate.der().to_vec(),
            config: server_config(vec![certificate.der().clone()], &key),
            issuer: Issuer::new(params, key),
        }
    }

    /// The server of another certificate with the same names, which this one has signed.
    pub fn signs(&self) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let certificate = params(&NAMES).signed_by(&key, &self.issuer).unwrap();
        server_config(vec![certificate.der().clone()], &key)
    }
}

const AN_AUTHORITYS: IsCa = IsCa::Ca(BasicConstraints::Unconstrained);

/// As `openssl req -x509` makes it: like an authority's.
pub static LIKE_AN_AUTHORITYS: LazyLock<SelfSigned> =
    LazyLock::new(|| SelfSigned::new(&NAMES, AN_AUTHORITYS, |_| {}));

/// With the same names, and another key.
pub static ITS_TWIN: LazyLock<SelfSigned> =
    LazyLock::new(|| SelfSigned::new(&NAMES, AN_AUTHORITYS, |_| {}));

/// A server's certificate that is not an authority's.
pub static A_SERVERS: LazyLock<SelfSigned> =
    LazyLock::new(|| SelfSigned::new(&NAMES, IsCa::ExplicitNoCa, |_| {}));

pub static FOR_ANOTHER_NAME: LazyLock<SelfSigned> =
    LazyLock::new(|| SelfSigned::new(&["another.example"], AN_AUTHORITYS, |_| {}));

pub static OF_ANOTHER_SERVER: LazyLock<SelfSigned> =
    LazyLock::new(|| SelfSigned::new(&["another.example"], IsCa::ExplicitNoCa, |_| {}));

pub static EXPIRED: LazyLock<SelfSigned> = LazyLock::new(|| {
    SelfSigned::new(&NAMES, AN_AUTHORITYS, |params| {
        params.not_before = date_time_ymd(2019, 1, 1);
        params.not_after = date_time_ymd(2020, 1, 1);
    })
});

/// A client's certificate and its key, in PEM.
pub struct Client {
    pub pem: String,
    pub key: String,
    pub key_der: Vec<u8>,
}

pub static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    let key = KeyPair::generate().unwrap();
    let certificate = params(&["a client"])
        .signed_by(&key, &super::TRUSTED.issuer)
        .unwrap();
    Client {
        pem: certificate.pem(),
        key: key.serialize_pem(),
        key_der: key.serialize_der(),
    }
});

/// The good server, which asks for a client's certificate.
pub fn asking_for_a_client() -> Arc<ServerConfig> {
    let provider = Arc::new(ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(super::trusted_pem().as_bytes()).unwrap())
        .unwrap();
    let verifier = WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone())
        .build()
        .unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = params(&NAMES)
        .signed_by(&key, &super::TRUSTED.issuer)
        .unwrap();
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![certificate.der().clone()], super::private(&key));
    Arc::new(config.unwrap())
}

/// An authority with a P-521 key, which ring cannot verify.
pub const P521_AUTHORITY: &str = include_str!("../../fixtures/p521/authority.pem");

pub fn p521() -> Arc<ServerConfig> {
    const CHAIN: &str = include_str!("../../fixtures/p521/server.pem");
    const KEY: &str = include_str!("../../fixtures/p521/server.key");
    super::config_of(
        vec![CertificateDer::from_pem_slice(CHAIN.as_bytes()).unwrap()],
        PrivateKeyDer::from_pem_slice(KEY.as_bytes()).unwrap(),
    )
}
