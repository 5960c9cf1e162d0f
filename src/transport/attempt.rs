//! One attempt: sends the request, follows redirects that are allowed, and reads the response.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::response::classify::Circumstances;
use crate::response::raw::RawResponse;
use crate::transport::deadline::Limit;
use crate::transport::exchange::{Exchange, Go};
use crate::transport::failure::{failed, timed_out};
use crate::transport::sent::Sent;
use crate::transport::trace;
use http::Method;
use http::header::{
    ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION,
};
use reqwest::Url;
use std::time::Duration;

/// How many redirects are followed on the same origin.
const MAX_REDIRECTS: usize = 5;

impl Exchange {
    /// Sends the request. Its response must begin before the first-byte timeout, if there is one, and be complete by the limit.
    pub(super) async fn attempt(
        &mut self,
        http: &reqwest::Client,
        first_byte: Option<Duration>,
        limit: &mut Limit,
        retried: bool,
    ) -> Result<Box<RawResponse>, Error> {
        let mut elsewhere = None;
        let mut redirects = 0;
        loop {
            let go = self.prepare(limit).await?;
            self.attempts += 1;
            if self.attempts > 1 {
                trace::resent(self.attempts - 1);
            }
            let url = elsewhere.as_ref().unwrap_or(&*self.request.url);
            let (request, sent) = self.request_to(url, &go);
            let redirected = redirects > 0;
            let mut response = match limit.of(first_byte, http.execute(request)).await {
                Some(response) => response.map_err(|error| {
                    let phase = sent.phase(redirected);
                    failed(
                        error,
                        phase,
                        &self.secrets,
                        self.transport.proxy_hint.as_deref(),
                    )
                })?,
                None => {
                    let phase = sent.phase(redirected);
                    return Err(timed_out(phase, self.transport.proxy_hint.as_deref()));
                }
            };
            let is_endless = match self.redirect(url, &response) {
                Some(next) if redirects < MAX_REDIRECTS => {
                    self.report(Ok(response.status()), None);
                    elsewhere = Some(next);
                    redirects += 1;
                    continue;
                }
                next => next.is_some(),
            };
            let circumstances = Circumstances {
                otp_sent: go.otp.is_some(),
                redirected,
            };
            let raw = self
                .read(&mut response, limit, retried, circumstances)
                .await;
            if !is_endless {
                return Ok(raw);
            }
            let error = Error::new(
                ErrorKind::RedirectRefused,
                "the server redirects without end",
            );
            return Err(error.with_metadata(raw.metadata.for_error(&self.secrets)));
        }
    }

    fn request_to(&self, url: &Url, go: &Go) -> (reqwest::Request, Sent) {
        let mut request = reqwest::Request::new(self.request.method.clone(), url.clone());
        *request.headers_mut() = self.headers(go.otp.as_ref());
        let (sent, body) = Sent::of(self.operation, self.request.body.clone());
        *request.body_mut() = Some(body);
        (request, sent)
    }

    fn headers(&self, otp: Option<&HeaderValue>) -> HeaderMap {
        let mut headers = self.authorizer.headers.clone();
        if let Some((preview, until)) = self.operation.preview()
            && let Some(version) = self.transport.ghes_version()
            && version <= until
        {
            // Beside the usual media type, because it is not known whether such a server insists on its preview.
            let usual = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
            let both = format!("{}, {preview}", usual.unwrap_or_default());
            headers.insert(ACCEPT, HeaderValue::try_from(both).expect("it is ASCII"));
        }
        if self.request.body.is_none() {
            headers.remove(CONTENT_TYPE);
            if self.request.method == Method::POST {
                // RFC 9110, section 8.6, asks for it: there are gateways that respond 411 to a POST without a length.
                headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
        }
        if let Some(otp) = otp {
            headers.insert(HeaderName::from_static("x-github-otp"), otp.clone());
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        headers
    }

    /// Returns where to go next. A redirect is followed only for GET, only within the same origin, which has the credentials already, and
    /// not with a one-time password.
    fn redirect(&self, from: &Url, response: &reqwest::Response) -> Option<Url> {
        if self.request.method != Method::GET
            || self.otp.is_fixed()
            || !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308)
        {
            return None;
        }
        let target = from
            .join(response.headers().get(LOCATION)?.to_str().ok()?)
            .ok()?;
        // A `blob:` URL has the origin of the URL in it.
        let same_origin = target.origin() == from.origin()
            && target.scheme() == from.scheme()
            && target.username().is_empty()
            && target.password().is_none();
        same_origin.then_some(target)
    }
}
