//! Reads a response: its body up to a limit, and its headers so that they can be shown.

use crate::error::error::Error;
use crate::error::kind::{ErrorKind, Phase};
use crate::model::metadata::Metadata;
use crate::response::classify::Circumstances;
use crate::response::raw::RawResponse;
use crate::secret::buffer::ResponseBody;
use crate::transport::deadline::Limit;
use crate::transport::exchange::Exchange;
use crate::transport::failure::{failed_in_body, timed_out};
use http::header::{Entry, HeaderMap, LINK, LOCATION, SET_COOKIE};

/// The longest error body that is read, in bytes; GitHub's are below 1 KB.
const MAX_ERROR_BYTES: usize = 64 * 1024;

impl Exchange {
    /// Reads the whole response, or as much of it as arrives in time and fits.
    pub(super) async fn read(
        &self,
        response: &mut reqwest::Response,
        limit: &mut Limit,
        retried: bool,
        circumstances: Circumstances,
    ) -> Box<RawResponse> {
        let success = response.status().is_success();
        let cap = if success {
            self.transport.max_response_bytes
        } else {
            self.transport.max_response_bytes.min(MAX_ERROR_BYTES)
        };
        let announced = response
            .content_length()
            .and_then(|length| usize::try_from(length).ok());
        let expected = announced.unwrap_or_default().min(cap).min(MAX_ERROR_BYTES);
        let mut raw = Box::new(RawResponse {
            operation: self.operation,
            metadata: Metadata::new(
                response.status(),
                self.presentable(std::mem::take(response.headers_mut())),
            ),
            body: ResponseBody::new(),
            truncation: None,
            circumstances,
            retried,
            secrets: self.secrets.clone(),
        });
        loop {
            match limit.of(None, response.chunk()).await {
                Some(Ok(Some(chunk))) if raw.body.len() + chunk.len() <= cap => {
                    raw.body.append(chunk, expected)
                }
                Some(Ok(Some(chunk))) => {
                    // The part that fits may contain the token, or the text of an error.
                    let room = cap.saturating_sub(raw.body.len());
                    raw.body
                        .append(chunk.slice(..room.min(chunk.len())), expected);
                    // A body this long is not GitHub's error. One that a smaller limit truncated may be.
                    if !success && cap == MAX_ERROR_BYTES {
                        return raw;
                    }
                    raw.truncation = Some(Error::new(
                        ErrorKind::ResponseTooLarge,
                        format!("the response is longer than {cap} bytes"),
                    ));
                    return raw;
                }
                Some(Ok(None)) => return raw,
                Some(Err(error)) => {
                    raw.truncation = Some(failed_in_body(error, &self.secrets));
                    return raw;
                }
                None => {
                    raw.truncation = Some(timed_out(Phase::ResponseBegun, None));
                    return raw;
                }
            }
        }
    }

    /// The headers of a response, marked so that printing them shows no secret that the server echoes.
    fn presentable(&self, mut headers: HeaderMap) -> HeaderMap {
        for name in [LOCATION, LINK, SET_COOKIE] {
            // Looked up first: an entry would reserve space for one more header.
            if headers.contains_key(&name)
                && let Entry::Occupied(mut values) = headers.entry(name)
            {
                values
                    .iter_mut()
                    .for_each(|value| value.set_sensitive(true));
            }
        }
        for name in &crate::model::metadata::PRINTED {
            if headers
                .get(name)
                .is_some_and(|value| value.to_str().is_ok_and(|text| self.secrets.are_in(text)))
            {
                headers.remove(name);
            }
        }
        headers
    }
}
