//! HTTP/2: one connection carries all calls, so its failure affects all of them.

use crate::leaks;
use crate::permits;
use crate::secrets::{self, TOKEN};
use crate::server::{self as script, Script, Step};
use crate::setup::Setup;
use crate::trial::{self, Problems, expect};
use ghes_oauth::{
    AccessToken, AppCredentials, Call, Error, IssuedToken, OAuthApp, Operation, Outcome,
    RetryPolicy, Server,
};
use libtest_mimic::Trial;
use reqwest::ClientBuilder;
use server::{Http2, Manner};
use std::net::SocketAddr;
use std::time::Duration;

mod server;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial::of("http2::success", success),
        trial::of(
            "http2::every_operation_is_logged",
            every_operation_is_logged,
        ),
        trial::of("http2::connection_falls_silent", connection_falls_silent),
        trial::of(
            "http2::reset_on_a_silent_connection",
            reset_on_a_silent_connection,
        ),
        trial::of("http2::1_000_streams_cut_at_once", many_streams_cut),
        trial::of("http2::stream_reset_after_the_request", stream_reset),
        trial::of("http2::goaway_after_the_request", goaway),
        trial::of("http2::no_response_to_any_operation", no_response),
        trial::of("http2::more_calls_than_streams", more_calls_than_streams),
    ]
}

/// Sends no pings: on a machine that is busy for as long as a ping's timeout, the client gives up a connection that works.
fn without_pings(client: ClientBuilder) -> ClientBuilder {
    client
        .http2_prior_knowledge()
        .http2_keep_alive_interval(None)
}

/// A client that speaks only HTTP/2.
fn app(address: SocketAddr, configure: fn(ClientBuilder) -> ClientBuilder) -> OAuthApp {
    let retry = RetryPolicy::default();
    let server = Server::builder(format!("http://{address}"))
        .configure(configure)
        .retry(retry.backoff(Duration::from_millis(1), Duration::from_millis(20)))
        .timeout(LONG)
        .build()
        .unwrap();
    server.oauth_app(AppCredentials::new(secrets::CLIENT_ID, secrets::CLIENT_SECRET).unwrap())
}

/// The layers of HTTP/2 log without secrets: every trial searches paths, headers and bodies.
async fn every_operation_is_logged() -> Problems {
    let _permit = permits::one().await;
    let server = Http2::start(Manner::Good).await;
    let mut setup = Setup {
        otp: Some(secrets::OTP),
        timeout: LONG,
        retry: RetryPolicy::none(),
        ..Setup::default()
    };
    setup.http(|client, _| without_pings(client));
    let client = setup.server(server.address).unwrap();
    let before = leaks::records_of("h2");
    let mut problems = Problems::new();
    let mut calls = 0;
    for operation in Operation::all().iter().filter(|one| one.since().is_some()) {
        let outcome = setup.call(operation, &client).await;
        problems.extend(leaks::find(&outcome.printed).map(str::to_owned));
        calls += 1;
    }
    problems.extend(expect(server.requests() == calls, || {
        format!("{} requests for {calls} calls", server.requests())
    }));
    problems.extend(expect(leaks::records_of("h2") > before, || {
        "h2 logs nothing".to_owned()
    }));
    problems
}

/// Enough time on any machine.
const LONG: Duration = Duration::from_secs(60);

fn old() -> AccessToken {
    AccessToken::new(TOKEN)
}

async fn success() -> Problems {
    let _permit = permits::one().await;
    let server = Http2::start(Manner::Good).await;
    let made = app(server.address, without_pings).reset_token(&old()).await;
    Vec::from_iter(expect(made.is_ok(), || format!("{made:?}")))
}

/// The first call may time out; the calls after it find another connection. That also holds for a connection that was silent from the
/// start.
async fn connection_falls_silent() -> Problems {
    let _permit = permits::one().await;
    let (after_one, at_once) = tokio::join!(
        checks_succeed(Manner::Silent(1)),
        checks_succeed(Manner::Silent(0))
    );
    [after_one, at_once].concat()
}

async fn checks_succeed(manner: Manner) -> Problems {
    let server = Http2::start(manner).await;
    let app = app(server.address, ClientBuilder::http2_prior_knowledge);
    let mut problems = Problems::new();
    for round in 0..3 {
        let checked = app.check_token(&old()).await;
        problems.extend(expect(checked.is_ok(), || {
            format!("check {round}: {checked:?}")
        }));
    }
    problems
}

/// A reset on a connection that has fallen silent has an unknown outcome and is not retried; the next reset succeeds.
async fn reset_on_a_silent_connection() -> Problems {
    let _permit = permits::one().await;
    let server = Http2::start(Manner::Silent(1)).await;
    let app = app(server.address, ClientBuilder::http2_prior_knowledge);
    let mut problems = Problems::new();
    let first = app.reset_token(&old()).await;
    problems.extend(expect(first.is_ok(), || format!("{first:?}")));
    let silent = app.reset_token(&old()).await;
    let unknown = silent
        .as_ref()
        .is_err_and(|error| error.outcome() == Outcome::Unknown);
    problems.extend(expect(unknown, || format!("{silent:?}")));
    problems.extend(expect(server.requests() == 2, || {
        "it is retried".to_owned()
    }));
    let next = app.reset_token(&old()).await;
    problems.extend(expect(next.is_ok(), || format!("the next reset: {next:?}")));
    problems
}

async fn many_streams_cut() -> Problems {
    const STREAMS: usize = 1_000;
    let _permit = permits::all().await;
    let server = Http2::start(Manner::Drop(STREAMS)).await;
    let app = app(server.address, without_pings);
    let resets = (0..STREAMS).map(|_| app.reset_token(&old()).send());
    let results = permits::together(Vec::from_iter(resets)).await;
    let sent = server.requests();
    let unknown = results.iter().filter(|result| {
        let error = result.as_ref().err();
        error.is_some_and(|error| error.outcome() == Outcome::Unknown && !error.is_retryable())
    });
    let unknown = unknown.count();
    let problems = [
        expect(sent == STREAMS, || format!("{sent} requests")),
        expect(unknown == STREAMS, || {
            format!("{unknown} are reported as unknown")
        }),
    ];
    problems.into_iter().flatten().collect()
}

async fn stream_reset() -> Problems {
    let _permit = permits::one().await;
    let server = Http2::start(Manner::ResetStreams).await;
    let result = app(server.address, without_pings).reset_token(&old()).await;
    once_and_unknown(result, server.requests())
}

/// A request without a body has gone out like any other.
async fn no_response() -> Problems {
    let _permit = permits::one().await;
    trial::with_enough_time(Duration::from_secs(3), no_response_within).await
}

async fn no_response_within(timeout: Duration) -> Problems {
    let server = Http2::start(Manner::Held(2_000)).await;
    let mut setup = Setup {
        timeout,
        retry: RetryPolicy::none(),
        ..Setup::default()
    };
    setup.http(|client, _| without_pings(client));
    let client = setup.server(server.address).unwrap();
    let operations = Operation::all().iter().filter(|one| one.since().is_some());
    let calls = operations.map(|operation| {
        let (setup, client) = (setup.clone(), client.clone());
        async move {
            let result = setup.call(operation, &client).await.result;
            let unknown = result.is_err_and(|error| error.outcome() == Outcome::Unknown);
            expect(unknown, || format!("{}: not unknown", operation.id()))
        }
    });
    let found = permits::together(Vec::from_iter(calls)).await;
    let arrived = expect(server.requests() == found.len(), || {
        format!("{} requests arrived", server.requests())
    });
    found.into_iter().chain([arrived]).flatten().collect()
}

/// The server allows one stream at a time, and one reset has it. The next waits inside h2, which sends it once the stream is free, even if
/// its caller was dropped. The others are queued, and are dropped there.
async fn more_calls_than_streams() -> Problems {
    let _permit = permits::one().await;
    let resets = |reset: Reset| {
        let within = move |timeout| more_resets_than_streams(reset, timeout);
        trial::with_enough_time(Duration::from_millis(500), within)
    };
    #[allow(deprecated, reason = "its request has no body")]
    let (without_body, with_body) = tokio::join!(
        resets(OAuthApp::reset_authorization),
        resets(OAuthApp::reset_token)
    );
    [without_body, with_body].concat()
}

type Reset = fn(&OAuthApp, &AccessToken) -> Call<IssuedToken>;

async fn more_resets_than_streams(reset: Reset, timeout: Duration) -> Problems {
    let server = Http2::start(Manner::Held(1)).await;
    let app = app(server.address, without_pings);
    let first = tokio::spawn(reset(&app, &old()).send());
    server.have_arrived(1).await;
    let others = (0..3).map(|_| reset(&app, &old()).timeout(timeout).send());
    let results = permits::together(Vec::from_iter(others)).await;
    let errors = Vec::from_iter(results.into_iter().filter_map(Result::err));
    let not_sent = errors.iter().filter(|error| {
        error.outcome() == Outcome::NotPerformed && error.to_string().contains("nothing was sent")
    });
    let found = (not_sent.count(), errors.len(), server.requests());
    if found != (2, 3, 1) {
        return vec![format!("not sent, failed, arrived: {found:?}")];
    }
    server.release();
    let _ = first.await;
    server.have_arrived(2).await;
    server.release();
    // A third request would arrive within this time.
    tokio::time::sleep(Duration::from_millis(100)).await;
    Vec::from_iter(expect(server.requests() == 2, || {
        format!("{} requests arrive in the end", server.requests())
    }))
}

/// A text that only the server's GOAWAY contains: h2 logs it at `TRACE`, so it is not one of the secrets that are searched for there.
const IN_LAST_WORDS: &str = "gho_pLaNtEdInLaStWoRdS000000000000000003";

/// The server sends a GOAWAY with a secret in its debug data when the request has arrived.
async fn goaway() -> Problems {
    let _permit = permits::one().await;
    const PREFACE: usize = 24;
    const SETTINGS: [u8; 9] = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    const SETTINGS_ACK: [u8; 9] = [0, 0, 0, 4, 1, 0, 0, 0, 0];
    let why = format!("enhance your calm, {IN_LAST_WORDS}");
    let length = u8::try_from(8 + why.len()).unwrap();
    // The last stream that it may have handled is the first; the error is INTERNAL_ERROR.
    let head = [0, 0, length, 7, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2];
    let server = script::Server::start(Script {
        exchanges: vec![vec![
            Step::ReadPart(PREFACE),
            Step::Write([SETTINGS, SETTINGS_ACK].concat()),
            Step::ReadUntil(b"access_token"),
            Step::Write([&head, why.as_bytes()].concat()),
            Step::Close,
        ]],
        tls: None,
    })
    .await;
    let result = app(server.address, without_pings).reset_token(&old()).await;
    let printed = result.as_ref().err().map(common::texts);
    let mut problems = once_and_unknown(result, server.begun());
    problems.extend(expect(
        !printed.is_some_and(|text| text.contains(IN_LAST_WORDS)),
        || "the error prints the server's last words".to_owned(),
    ));
    problems
}

/// The reset was sent once, its outcome is unknown, and the server's debug data is not printed.
fn once_and_unknown(result: Result<IssuedToken, Error>, sent: usize) -> Problems {
    let Err(error) = result else {
        return vec!["it succeeds".to_owned()];
    };
    let printed = crate::leaks::find(&common::texts(&error));
    let problems = [
        printed.map(str::to_owned),
        expect(sent == 1, || format!("{sent} requests")),
        expect(error.outcome() == Outcome::Unknown, || {
            format!("{:?}", error.kind())
        }),
    ];
    problems.into_iter().flatten().collect()
}
