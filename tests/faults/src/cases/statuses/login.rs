//! 401, with and without a one-time password.

use super::over;
use crate::case::{Case, Want};
use crate::responses::{empty_response, html_response, json_response, message, response};
use crate::secrets::OTP;
use ghes_oauth::{ErrorKind, OtpDelivery};

const OTP_MESSAGE: &str = "Must specify two-factor authentication OTP code.";

pub(super) fn cases() -> Vec<Case> {
    let required = |delivery: &str| {
        let headers = [
            ("X-GitHub-OTP", delivery),
            ("Content-Type", "application/json"),
        ];
        response(401, &headers, message(OTP_MESSAGE).to_string().as_bytes())
    };
    vec![
        fails!(
            "401::bad_credentials",
            json_response(401, &message("Bad credentials")),
            401,
            ErrorKind::Unauthorized
        )
        .error(|error| error.github_message() == Some("Bad credentials") && !error.is_retryable()),
        fails!(
            "401::no_credentials",
            json_response(401, &message("Requires authentication")),
            401,
            ErrorKind::Unauthorized
        ),
        fails!(
            "401::html",
            html_response(401),
            401,
            ErrorKind::Unauthorized
        ),
        fails!(
            "401::empty",
            empty_response(401),
            401,
            ErrorKind::Unauthorized
        ),
        fails!(
            "401::otp_by_app",
            required("required; app"),
            401,
            ErrorKind::OtpRequired(OtpDelivery::App)
        )
        .error(|error| matches!(error.kind(), ErrorKind::OtpRequired(_))),
        fails!(
            "401::otp_by_sms",
            required("required; sms"),
            401,
            ErrorKind::OtpRequired(OtpDelivery::Sms)
        ),
        fails!(
            "401::otp_by_something_new",
            required("required; pigeon"),
            401,
            ErrorKind::OtpRequired(OtpDelivery::Unknown)
        ),
        fails!(
            "401::otp_by_nothing_named",
            required("required"),
            401,
            ErrorKind::OtpRequired(OtpDelivery::Unknown)
        ),
        fails!(
            "401::otp_in_the_message_only",
            json_response(401, &message(OTP_MESSAGE)),
            401,
            ErrorKind::OtpRequired(OtpDelivery::Unknown)
        ),
        fails!(
            "401::otp_with_an_html_body",
            response(401, &[("X-GitHub-OTP", "required; app")], b"<p>"),
            401,
            ErrorKind::OtpRequired(OtpDelivery::App)
        ),
        fails!(
            "401::wrong_otp",
            required("required; app"),
            401,
            ErrorKind::OtpInvalid(OtpDelivery::App)
        )
        .over(over::user)
        .with(|setup| setup.otp = Some(OTP))
        .error(|error| matches!(error.kind(), ErrorKind::OtpInvalid(_)))
        .error(|error| error.to_string().contains("used before")),
    ]
}
