//! Certificates for the scripted server, good ones and bad ones.

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use std::sync::{Arc, LazyLock};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

pub mod given;

/// The names that the good certificate is for.
const NAMES: [&str; 6] = [
    "localhost",
    "127.0.0.1",
    "api.github.com",
    "api.octo.ghe.com",
    "xn--bcher-kva.example",
    "ghe.example.com",
];

struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

/// The authority that the client trusts in some cases, and another one.
static TRUSTED: LazyLock<Authority> = LazyLock::new(Authority::new);
static UNKNOWN: LazyLock<Authority> = LazyLock::new(Authority::new);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self {
            pem,
            issuer: Issuer::new(params, key),
        }
    }

    fn config(&self, params: CertificateParams) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        server_config(vec![certificate.der().clone()], &key)
    }
}

/// The trusted authority's own certificate.
pub fn trusted_pem() -> &'static str {
    &TRUSTED.pem
}

pub fn good() -> Arc<ServerConfig> {
    static CONFIG: LazyLock<Arc<ServerConfig>> = LazyLock::new(|| TRUSTED.config(params(&NAMES)));
    CONFIG.clone()
}

pub fn wrong_host() -> Arc<ServerConfig> {
    static CONFIG: LazyLock<Arc<ServerConfig>> =
        LazyLock::new(|| TRUSTED.config(params(&["another.example"])));
    CONFIG.clone()
}

pub fn expired() -> Arc<ServerConfig> {
    static CONFIG: LazyLock<Arc<ServerConfig>> = LazyLock::new(|| {
        let mut params = params(&NAMES);
        params.not_before = date_time_ymd(2019, 1, 1);
        params.not_after = date_time_ymd(2020, 1, 1);
        TRUSTED.config(params)
    });
    CONFIG.clone()
}

pub fn of_unknown_authority() -> Arc<ServerConfig> {
    static CONFIG: LazyLock<Arc<ServerConfig>> = LazyLock::new(|| UNKNOWN.config(params(&NAMES)));
    CONFIG.clone()
}

fn params(names: &[&str]) -> CertificateParams {
    CertificateParams::new(
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>(),
    )
    .unwrap()
}

fn server_config(chain: Vec<CertificateDer<'static>>, key: &KeyPair) -> Arc<ServerConfig> {
    config_of(chain, private(key))
}

fn private(key: &KeyPair) -> PrivateKeyDer<'static> {
    PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()))
}

fn config_of(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Arc<ServerConfig> {
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap();
    Arc::new(
        builder
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap(),
    )
}
