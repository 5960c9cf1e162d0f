//! Calls that end before their request goes out, and those of which an earlier request did.

use super::connection::{NoSuchHost, SlowHost};
use super::over;
use crate::case::{Case, Want};
use crate::responses::{message, reply, response};
use crate::server::Step;
use crate::setup::Setup;
use ghes_oauth::{ErrorKind, Outcome, RetryPolicy};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::from(before_there_is_a_connection());
    cases.extend(after_an_earlier_request());
    cases
}

/// The time of the call ends before the time for a connection.
fn before_there_is_a_connection() -> [Case; 4] {
    let late = |name| {
        Case::new(name)
            .with(|setup| setup.timeout = Duration::from_millis(50))
            .want(|_| Want::Failure(ErrorKind::Timeout))
            .outcome(Outcome::NotPerformed)
            .sent(|_| 0)
            .error(|error| {
                let printed = error.to_string();
                error.is_retryable()
                    && printed.contains("before there was a connection for it; nothing was sent")
            })
    };
    [
        late("not_sent::name_not_resolved").with(|setup| {
            by_name(setup);
            setup.http(|client, _| client.dns_resolver(Arc::new(SlowHost)));
        }),
        late("not_sent::name_not_resolved_for_http2").with(|setup| {
            by_name(setup);
            setup.http(|client, _| {
                let client = client.http2_prior_knowledge();
                client.dns_resolver(Arc::new(SlowHost))
            });
        }),
        late("not_sent::tls_handshake_not_over")
            .with(|setup| setup.base = "https://ADDRESS")
            .exchanges(|_| vec![vec![Step::AtOnce, Step::Stall]]),
        late("not_sent::no_tunnel_through_the_proxy")
            .with(|setup| {
                setup.base = "https://ghe.example.com";
                setup.proxy = true;
            })
            .exchanges(|_| vec![vec![Step::AtOnce, Step::Stall]]),
    ]
}

/// No second connection can be made, or the second response refuses. Neither shows whether the first request was performed.
fn after_an_earlier_request() -> [Case; 3] {
    let closed = || vec![Step::Read, Step::Close];
    let refusal = message("Bad credentials").to_string();
    let redirect = [("Location", "/api/v3/moved"), ("Connection", "close")];
    let redirect = response(302, &redirect, b"");
    [
        Case::new("not_sent::a_retry")
            .over(|operation| !over::once(operation))
            .with(resolved_once)
            .exchanges(move |_| vec![closed()])
            .want(over::lost)
            .outcome(Outcome::Unknown)
            .error(|error| {
                let printed = error.to_string();
                printed.contains("could not be resolved; an earlier attempt was sent")
            }),
        Case::new("not_sent::after_a_redirect")
            .over(over::get)
            .with(|setup| {
                resolved_once(setup);
                setup.retry = RetryPolicy::none();
            })
            .exchanges(move |_| vec![vec![Step::Read, Step::Write(redirect.clone()), Step::Close]])
            .want(over::lost)
            .outcome(Outcome::Unknown)
            .error(|error| !error.to_string().contains("nothing was sent")),
        Case::new("not_sent::a_retry_that_is_refused")
            .over(over::deletes)
            .exchanges(move |_| {
                let json = [("Content-Type", "application/json")];
                let refused = response(401, &json, refusal.as_bytes());
                vec![closed(), reply(refused)]
            })
            .want(|_| Want::Failure(ErrorKind::Unauthorized))
            .status(401)
            .outcome(Outcome::Unknown)
            .sent(|_| 2),
    ]
}

/// Calls the scripted server by a name.
fn by_name(setup: &mut Setup) {
    setup.base = "http://ghe.example.com:PORT";
    setup.plain_http = true;
}

fn resolved_once(setup: &mut Setup) {
    by_name(setup);
    setup.http(|client, _| client.dns_resolver(Arc::new(Once::default())));
}

/// Resolves one name, to loopback.
#[derive(Default)]
struct Once(AtomicBool);

impl Resolve for Once {
    fn resolve(&self, name: Name) -> Resolving {
        if self.0.swap(true, Ordering::Relaxed) {
            return NoSuchHost.resolve(name);
        }
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let addresses: Addrs = Box::new(std::iter::once(address));
        Box::pin(async { Ok(addresses) })
    }
}
