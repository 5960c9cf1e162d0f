//! Sources of one-time passwords.

use crate::server::{Request, Response, Scripted};
use crate::{bounded, client, current_thread};
use common::user_credentials;
use ghes_oauth::{
    Authorizations, ErrorKind, NewAuthorization, OneTimePassword, OtpDelivery, OtpReason,
    OtpRequest,
};
use std::collections::HashSet;
use std::sync::{Arc, Mutex};

/// Asks for a one-time password in this way, and accepts each one below 900 once.
fn asking(delivery: &'static str) -> (Scripted, Arc<Mutex<Vec<Option<String>>>>) {
    let otps = Arc::new(Mutex::new(Vec::new()));
    let (kept, used) = (otps.clone(), Mutex::new(HashSet::new()));
    let server = Scripted::start(move |request: &Request| {
        let otp = request.header("x-github-otp").map(str::to_owned);
        kept.lock().unwrap().push(otp.clone());
        let is_good = |otp: String| otp.as_str() < "900" && used.lock().unwrap().insert(otp);
        if !otp.is_some_and(is_good) {
            return Response::new(
                401,
                &[&format!("x-github-otp: required; {delivery}")],
                r#"{"message":"Must specify two-factor authentication OTP code."}"#,
            );
        }
        match request.query("page") {
            Some("1") => Response::new(200, &["link: <?page=2>; rel=\"next\""], r#"[{"id":1}]"#),
            Some(_) => Response::new(200, &[], r#"[{"id":2}]"#),
            None => Response::new(201, &[], r#"{"id":1,"token":"gho_new"}"#),
        }
    });
    (server, otps)
}

type Sourced = Result<OneTimePassword, Box<dyn std::error::Error + Send + Sync>>;

/// Why a source was asked, and at which attempt.
type Asked = Vec<(OtpReason, u32)>;

/// A user whose source calls `response`, and the requests to the source.
fn user(
    server: &Scripted,
    response: impl Fn(OtpRequest) -> Sourced + Send + Sync + 'static,
) -> (Authorizations, Arc<Mutex<Asked>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = asked.clone();
    let source = move |request: OtpRequest| {
        kept.lock().unwrap().push((request.reason, request.attempt));
        let response = response(request);
        async { response }
    };
    let mine = client(server).authorizations(user_credentials().otp_from(source));
    (mine, asked)
}

fn otp(otp: &str) -> Sourced {
    Ok(OneTimePassword::new(otp))
}

fn sent(otps: &Mutex<Vec<Option<String>>>) -> Vec<Option<String>> {
    otps.lock().unwrap().clone()
}

#[test]
fn with_sms_each_first_request_has_no_one_time_password() {
    bounded(|| {
        let (server, otps) = asking("sms");
        let next = Mutex::new(100..);
        let (mine, asked) = user(&server, move |_| {
            otp(&next.lock().unwrap().next().unwrap().to_string())
        });
        current_thread().block_on(async {
            for _ in 0..2 {
                let created = mine.create_authorization(None, NewAuthorization::new());
                created.await.unwrap();
            }
        });
        let required = (OtpReason::Required(OtpDelivery::Sms), 1);
        assert_eq!(*asked.lock().unwrap(), [required, required]);
        let with = |otp: &str| Some(otp.to_owned());
        assert_eq!(sent(&otps), [None, with("100"), None, with("101")]);
    });
}

/// An app's one-time password is the same for 30 seconds; the source moves on when the server rejects it.
#[test]
fn an_apps_one_time_password_that_was_used_is_replaced_for_the_second_page() {
    bounded(|| {
        let (server, otps) = asking("app");
        let period = Mutex::new(100);
        let (mine, asked) = user(&server, move |request| {
            let mut period = period.lock().unwrap();
            if matches!(request.reason, OtpReason::Rejected(_)) {
                *period += 1;
            }
            otp(&period.to_string())
        });
        let ids = current_thread().block_on(async {
            let mut items = mine.list_authorizations().items();
            let mut ids = Vec::new();
            while let Some(item) = items.next().await {
                ids.push(item.unwrap().id.get());
            }
            ids
        });
        assert_eq!(ids, [1, 2]);
        let (required, rejected) = (
            OtpReason::Required(OtpDelivery::App),
            OtpReason::Rejected(OtpDelivery::App),
        );
        assert_eq!(
            *asked.lock().unwrap(),
            [(required, 1), (required, 1), (rejected, 2)]
        );
        let with = |otp: &str| Some(otp.to_owned());
        assert_eq!(
            sent(&otps),
            [None, with("100"), with("100"), with("101")],
            "the second call sends one at once"
        );
    });
}

#[test]
fn a_source_can_decline() {
    bounded(|| {
        let (server, otps) = asking("app");
        let (mine, _) = user(&server, |_| Err("nobody is there to ask".into()));
        let error = current_thread()
            .block_on(
                mine.create_authorization(None, NewAuthorization::new())
                    .send(),
            )
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OtpRequired(OtpDelivery::App));
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(cause, "nobody is there to ask");
        let (again, _) = user(&server, |_| otp("900"));
        let error = current_thread()
            .block_on(again.list_authorizations().send())
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OtpInvalid(OtpDelivery::App));
        assert_eq!(
            sent(&otps),
            [None, None, Some("900".to_owned())],
            "no other request sends a one-time password that was rejected"
        );
    });
}

#[test]
fn a_source_stops_before_wrong_passwords_lock_the_user_out() {
    bounded(|| {
        let (server, otps) = asking("app");
        let (mine, asked) = user(&server, |request| otp(&(900 + request.attempt).to_string()));
        let error = current_thread()
            .block_on(mine.list_authorizations().send())
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OtpInvalid(OtpDelivery::App));
        assert_eq!((asked.lock().unwrap().len(), sent(&otps).len()), (3, 4));
    });
}

#[test]
fn a_source_that_panics_or_returns_an_invalid_text_fails_its_call_alone() {
    bounded(|| {
        let (server, otps) = asking("app");
        let (mine, _) = user(&server, |_| panic!("no one-time password"));
        let create = |mine: &Authorizations| {
            let call = mine.create_authorization(None, NewAuthorization::new());
            current_thread().block_on(call.send()).unwrap_err()
        };
        let error = create(&mine);
        assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
        let (mine, _) = user(&server, |_| otp("12\r\n34"));
        let error = create(&mine);
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
        assert!(error.to_string().contains("one-time password"), "{error}");
        assert_eq!(sent(&otps), [None, None]);
    });
}
