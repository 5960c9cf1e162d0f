//! Refusals: the meaning of their messages.

use common::{CannedResponse, Recorder, run};
use ghes_oauth::{ErrorKind, NewAuthorization, OtpDelivery, UserCredentials};
use serde_json::json;

#[test]
fn a_one_time_password_is_asked_for_in_either_spelling_and_by_the_message_alone() {
    run(async {
        for (header, delivery) in [
            (Some("required; SMS"), OtpDelivery::Sms),
            (Some("required; sms"), OtpDelivery::Sms),
            (Some("Required;app"), OtpDelivery::App),
            (None, OtpDelivery::Unknown),
        ] {
            let refused = CannedResponse::json(
                401,
                &json!({ "message": "Must specify two-factor authentication OTP code." }),
            );
            let refused = header.into_iter().fold(refused, |response, value| {
                response.header("x-github-otp", value)
            });
            let recorder = Recorder::responding(refused).await;
            let user = recorder.clients().user;
            let asked = user.list_authorizations().await.unwrap_err();
            assert_eq!(asked.kind(), ErrorKind::OtpRequired(delivery), "{header:?}");
            let wrong = user
                .create_authorization(None, NewAuthorization::new())
                .otp("246802")
                .await
                .unwrap_err();
            assert_eq!(wrong.kind(), ErrorKind::OtpInvalid(delivery), "{header:?}");
        }
    });
}

#[test]
fn a_password_that_is_a_word_of_githubs_changes_no_error() {
    run(async {
        for (password, status, message, kind) in [
            ("Not Found", 404, "Not Found", ErrorKind::NotFound),
            (
                "login attempts",
                403,
                "Maximum number of login attempts exceeded.",
                ErrorKind::LoginLockout,
            ),
            (
                "OTP",
                401,
                "Must specify two-factor authentication OTP code.",
                ErrorKind::OtpRequired(OtpDelivery::Unknown),
            ),
            (
                "abuse",
                403,
                "You have triggered an abuse detection mechanism.",
                ErrorKind::SecondaryRateLimited,
            ),
            (
                "version",
                410,
                "API version 2022-11-28 is no longer supported.",
                ErrorKind::UnsupportedApiVersion,
            ),
        ] {
            let refused = CannedResponse::json(status, &json!({ "message": message }));
            let refused = refused.header("x-github-request-id", "C0DE:1F2E:3D4C5B");
            let recorder = Recorder::responding(refused).await;
            let user = recorder
                .server()
                .authorizations(UserCredentials::new("mona", password).unwrap());
            let error = user
                .delete_authorization(common::authorization(1))
                .await
                .unwrap_err();
            assert_eq!(error.kind(), kind, "{message}");
            assert!(
                !error.github_message().unwrap().contains(password),
                "{error:?}"
            );
        }
    });
}
