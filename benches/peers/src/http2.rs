//! HTTP/2 without TLS, in the server and in the clients alike: wanted where the variable `PEERS_HTTP2` is set.

use crate::responses::Responses;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http2::Builder;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::sync::Arc;
use tokio::net::TcpStream;

/// More than any bench has in flight on one connection.
const STREAMS: u32 = 10_000;

pub fn is_wanted() -> bool {
    std::env::var_os("PEERS_HTTP2").is_some()
}

/// Responds to one connection's requests as to the check of a live token, until it is closed.
pub async fn serve(stream: TcpStream, responses: Arc<Responses>) {
    let respond = service_fn(move |request| respond(request, responses.clone()));
    // The client may go away at any time.
    let _ = Builder::new(TokioExecutor::new())
        .max_concurrent_streams(STREAMS)
        .serve_connection(TokioIo::new(stream), respond)
        .await;
}

async fn respond(
    request: Request<Incoming>,
    responses: Arc<Responses>,
) -> hyper::Result<Response<Full<Bytes>>> {
    request.into_body().collect().await?;
    let text = str::from_utf8(responses.to(b"POST")).expect("it is text");
    let (head, body) = text.split_once("\r\n\r\n").expect("it has a head");
    let headers = head
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(": "));
    let response = headers.fold(Response::builder(), |response, (name, value)| {
        response.header(name, value)
    });
    Ok(response
        .body(Full::from(body.to_owned()))
        .expect("the headers are valid"))
}
