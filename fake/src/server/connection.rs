//! Handles one request of a connection, and applies the rules for it.

use crate::api::routes::{self, Responded};
use crate::faults::action::Action;
use crate::faults::canned;
use crate::faults::plan::{Active, Instead, Plan};
use crate::http::headers;
use crate::http::request::Request;
use crate::http::response::Response;
use crate::inspect::log::Log;
use crate::server::intake::{self, Incomplete};
use crate::server::outgoing::Outgoing;
use crate::state::clock::{rounded_up, seconds_rounded_up};
use crate::state::world::World;
use bytes::Bytes;
use hyper::StatusCode;
use hyper::body::Incoming;
use hyper::header::{DATE, HeaderValue};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// The state that all connections share.
pub(crate) struct Shared {
    world: Mutex<World>,
    log: Mutex<Log>,
    pub(crate) plan: Plan,
}

impl Shared {
    pub(crate) fn new(world: World, plan: Plan) -> Self {
        Self {
            world: Mutex::new(world),
            log: Mutex::default(),
            plan,
        }
    }

    /// Takes the lock even after a panic: a handler that panicked has left only complete entries.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Responds to one request; an error closes the connection without a response.
pub(crate) async fn respond(
    shared: Arc<Shared>,
    request: hyper::Request<Incoming>,
) -> Result<hyper::Response<Outgoing>, io::Error> {
    shared.log().count();
    let (head, body) = request.into_parts();
    let (body, refusal) = match intake::read(body).await {
        Ok(body) => (body, None),
        Err(Incomplete::TooLarge) => (
            Bytes::new(),
            Some((StatusCode::PAYLOAD_TOO_LARGE, "The request is too large.")),
        ),
        Err(Incomplete::TooSlow) => (
            Bytes::new(),
            Some((StatusCode::REQUEST_TIMEOUT, "The request takes too long.")),
        ),
        Err(Incomplete::Broken(error)) => return Err(error),
    };
    let request = Request {
        method: head.method,
        uri: head.uri,
        version: head.version,
        headers: head.headers,
        body,
    };
    if let Some((status, text)) = refusal {
        let page = Response::html(status, text);
        let world = shared.world();
        let mut response = headers::finish(&world.site, None, &request, page);
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert("connection", close);
        return Ok(sent(response, &world));
    }
    // On a separate task, so that the operation is performed even if the client gives up.
    tokio::spawn(handle(shared, request))
        .await
        .map_err(|_| io::Error::other("the handler panicked"))?
}

async fn handle(
    shared: Arc<Shared>,
    request: Request,
) -> Result<hyper::Response<Outgoing>, io::Error> {
    let received = routes::received(&shared.world().site, &request);
    shared.log().keep(received.clone());
    let decision = shared.plan.decide(&received);
    if !decision.delay.is_zero() {
        tokio::time::sleep(decision.delay).await;
    }
    let rule = match decision.instead {
        Instead::Nothing => return Ok(performed(&shared, &request)),
        Instead::Response(response) => return Ok(sent(response.into_http(), &shared.world())),
        Instead::Rule(rule) => rule,
    };
    let closed = || Err(io::Error::other("a rule closes the connection"));
    match &rule.action {
        Action::Respond(response) => {
            return Ok(sent(response.clone().into_http(), &shared.world()));
        }
        Action::Close => return closed(),
        Action::SecondaryRateLimit(_) | Action::PrimaryRateLimit(_) | Action::Maintenance => {
            let world = shared.world();
            let response = refusal(&rule, world.store.clock.now());
            let response = headers::finish(&world.site, received.operation(), &request, response);
            return Ok(sent(response, &world));
        }
        Action::Upgrade(version) => shared.world().upgrade(*version),
        _ => {}
    }
    let response = performed(&shared, &request);
    match &rule.action {
        Action::CloseAfter => closed(),
        Action::RespondAfter(canned) => Ok(sent(canned.clone().into_http(), &shared.world())),
        Action::Truncate(length) => Ok(response.map(|body| body.truncated(*length))),
        Action::Stall(length) => Ok(response.map(|body| body.stalled(*length))),
        _ => Ok(response),
    }
}

/// Returns the response of a rule that refuses.
fn refusal(rule: &Active, now: SystemTime) -> Response {
    let remaining = rule.remaining().unwrap_or_default();
    match &rule.action {
        Action::SecondaryRateLimit(_) => canned::secondary_rate_limit(rounded_up(remaining)),
        Action::PrimaryRateLimit(_) => {
            canned::primary_rate_limit(seconds_rounded_up(now + remaining))
        }
        _ => canned::maintenance(),
    }
}

fn performed(shared: &Shared, request: &Request) -> hyper::Response<Outgoing> {
    let mut world = shared.world();
    let Responded {
        response,
        performed,
    } = routes::respond(&mut world, request);
    if let Some(operation) = performed {
        shared.log().performed(operation);
    }
    sent(response, &world)
}

/// Adds the date of the server's clock, which a test may have set.
fn sent(mut response: hyper::Response<Bytes>, world: &World) -> hyper::Response<Outgoing> {
    let date = httpdate::fmt_http_date(world.store.clock.now());
    if let Ok(date) = HeaderValue::from_str(&date) {
        response.headers_mut().entry(DATE).or_insert(date);
    }
    let chunked = world.site.settings.chunked;
    response.map(|body| Outgoing::whole(body, chunked))
}
