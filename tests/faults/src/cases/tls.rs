//! TLS, and settings of the HTTP client that must not disable a promise.

use super::over;
use crate::case::{Case, Want};
use crate::certificates;
use crate::responses::{body_start, cut, good, raw_response, reply, response};
use crate::server::{Script, Step};
use crate::setup::Setup;
use ghes_oauth::{ErrorKind, Outcome};
use reqwest::ClientBuilder;
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::rustls::ServerConfig;

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case::new("tls::given_authority")
            .with(trusting)
            .script(|operation| secure(operation, certificates::good())),
        refused("tls::self_signed", trusting, || {
            certificates::given::A_SERVERS.config.clone()
        }),
        refused(
            "tls::unknown_authority",
            trusting,
            certificates::of_unknown_authority,
        ),
        refused(
            "tls::authority_not_given",
            |setup| setup.base = "https://localhost:PORT",
            certificates::good,
        ),
        refused("tls::wrong_host", trusting, certificates::wrong_host),
        refused("tls::expired", trusting, certificates::expired),
        refused("tls::checks_switched_off", unchecked, || {
            certificates::given::A_SERVERS.config.clone()
        }),
        Case::new("tls::to_a_plain_http_server")
            .with(trusting)
            .exchanges(|_| {
                vec![vec![
                    Step::AtOnce,
                    Step::Write(raw_response(400, &[], b"")),
                    Step::Close,
                ]]
            })
            .want(|_| Want::Failure(ErrorKind::Connection))
            .outcome(Outcome::NotPerformed)
            .error(|error| error.to_string().contains("may be one for plain http"))
            .sent(|_| 0),
        Case::new("tls::plain_http_to_a_tls_server")
            .script(|operation| secure(operation, certificates::good()))
            .want(over::lost)
            .sent(|_| 0),
        Case::new("tls::stalled_handshake")
            .with(|setup| {
                setup.base = "https://localhost:PORT";
                setup.connect_timeout = Some(Duration::from_millis(60));
            })
            .exchanges(|_| vec![vec![Step::AtOnce, Step::Stall]])
            .want(|_| Want::Failure(ErrorKind::Timeout))
            .outcome(Outcome::NotPerformed)
            .sent(|_| 0),
        Case::new("tls::reset_before_the_token")
            .over(over::with_body)
            .with(trusting)
            .script(|operation| Script {
                exchanges: vec![cut(
                    &good(operation),
                    body_start(&good(operation)) + 3,
                    Step::Reset,
                )],
                tls: Some(certificates::good()),
            })
            .want(over::lost)
            .outcome(Outcome::Unknown)
            .sent(over::as_often_as_may_be),
        setting("setting::redirects_on", |client| {
            client.redirect(reqwest::redirect::Policy::limited(5))
        })
        .responds(raw_response(
            307,
            &[("Location", "http://ELSEWHERE/x"), ("Content-Length", "0")],
            b"",
        ))
        .want(|_| Want::Failure(ErrorKind::RedirectRefused)),
        // The logs are searched in every run.
        setting("setting::verbose_connections", |client| {
            client.connection_verbose(true)
        }),
        setting("setting::referer_on", |client| client.referer(true)),
        setting("setting::retries_on", |client| {
            client.retry(reqwest::retry::for_host("127.0.0.1").max_retries_per_request(9))
        })
        .responds(raw_response(500, &[("Content-Length", "0")], b""))
        .want(|_| Want::Failure(ErrorKind::Server)),
        // The features of reqwest are on; no request may ask for a compressed body, and none is expanded.
        Case::new("setting::decompression_in_the_program")
            .over(over::with_body)
            .responds(response(
                200,
                &[
                    ("Content-Type", "application/json"),
                    ("Content-Encoding", "gzip"),
                ],
                GZIPPED,
            ))
            .want(|_| Want::Failure(ErrorKind::Decode))
            .error(|error| error.raw_body() == Some(GZIPPED)),
    ]
}

/// `{"id":1,"token":""}`, compressed.
const GZIPPED: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 202, 76, 81, 178, 50, 212, 81, 42, 201, 207, 78, 205,
    83, 178, 82, 82, 170, 5, 0, 108, 208, 215, 99, 19, 0, 0, 0,
];

fn trusting(setup: &mut Setup) {
    setup.base = "https://localhost:PORT";
    setup.root = Some(certificates::trusted_pem());
}

fn unchecked(setup: &mut Setup) {
    setup.base = "https://localhost:PORT";
    setup.http(|client, _| {
        client
            .tls_danger_accept_invalid_certs(true)
            .tls_danger_accept_invalid_hostnames(true)
    });
}

fn secure(operation: &ghes_oauth::Operation, config: Arc<ServerConfig>) -> Script {
    Script {
        exchanges: vec![reply(good(operation))],
        tls: Some(config),
    }
}

/// No request is sent to a server without a valid certificate, and the error names the reason.
fn refused(name: &'static str, change: fn(&mut Setup), config: fn() -> Arc<ServerConfig>) -> Case {
    Case::new(name)
        .with(change)
        .script(move |operation| secure(operation, config()))
        .want(|_| Want::Failure(ErrorKind::Connection))
        .outcome(Outcome::NotPerformed)
        .sent(|_| 0)
        .error(|error| {
            error
                .to_string()
                .contains("certificate of the server is not accepted")
        })
}

fn setting(name: &'static str, configure: fn(ClientBuilder) -> ClientBuilder) -> Case {
    Case::new(name).with(move |setup| setup.http(move |client, _| configure(client)))
}
