//! Asks for a token with reqwest and serde, over TLS by ring.

use rustls_platform_verifier::BuilderVerifierExt as _;

#[derive(serde::Serialize)]
struct Body {
    access_token: &'static str,
}

#[derive(Debug, serde::Deserialize)]
#[allow(dead_code, reason = "it is printed")]
struct Authorization {
    id: i64,
    scopes: Option<Vec<String>>,
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("TLS 1.2 and 1.3");
    let config = config
        .with_platform_verifier()
        .expect("certificates")
        .with_no_client_auth();
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(config)
        .build()
        .expect("a client");
    let request = client
        .post("https://ghe.example.com/api/v3/applications/id/token")
        .basic_auth("id", Some("secret"));
    let request = request.json(&Body {
        access_token: "token",
    });
    let response = runtime.block_on(async { request.send().await?.json::<Authorization>().await });
    println!("{response:?}");
}
