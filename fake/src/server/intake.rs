//! Reads a request completely, within limits of size and time.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use std::io;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// Far more than any body of these operations has.
const LARGEST_BODY: usize = 1024 * 1024;

/// How much of a body that is too large is read and discarded, so that its client can read the response.
const LARGEST_DRAINED: usize = 256 * 1024 * 1024;

/// How long the whole body may take.
const BODY_TIMEOUT: Duration = Duration::from_secs(60);

/// The reasons why a body is incomplete.
pub(crate) enum Incomplete {
    TooLarge,
    TooSlow,
    /// The client closed the connection: a response would not arrive.
    Broken(io::Error),
}

pub(crate) async fn read(mut body: Incoming) -> Result<Bytes, Incomplete> {
    let deadline = Instant::now() + BODY_TIMEOUT;
    let (mut kept, mut arrived) = (BytesMut::new(), 0);
    loop {
        let frame = timeout_at(deadline, body.frame())
            .await
            .map_err(|_| Incomplete::TooSlow)?;
        let Some(frame) = frame else {
            break;
        };
        let frame = frame.map_err(|error| Incomplete::Broken(io::Error::other(error)))?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        arrived += data.len();
        if arrived <= LARGEST_BODY {
            kept.extend_from_slice(&data);
        } else {
            kept = BytesMut::new();
        }
        if arrived > LARGEST_DRAINED {
            break;
        }
    }
    if arrived > LARGEST_BODY {
        return Err(Incomplete::TooLarge);
    }
    Ok(kept.freeze())
}
