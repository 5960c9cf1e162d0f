//! Bodies that are odd: the token in them is never lost, and no secret in them is ever printed.

use super::over;
use crate::answers::{answer, authorization, good_body, json_answer, message, reply};
use crate::case::{Case, Want};
use crate::secrets::{self, CLIENT_SECRET, NEW_TOKEN, ODD_TOKEN, OTP, PASSWORD, TOKEN};
use crate::server::Step;
use ghes_oauth::{ErrorKind, Operation};
use serde_json::{Value, json};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = odd_members();
    cases.extend(odd_bytes());
    cases.extend(secrets_in_wrong_places());
    cases.extend(echoes());
    cases.extend(too_large());
    cases
}

/// The ordinary authorization with one member changed; it must be read, with its token.
fn changed(name: &'static str, change: fn(&mut Value)) -> Case {
    let mut body = authorization(NEW_TOKEN);
    change(&mut body);
    readable(name, body.to_string().into_bytes())
}

fn readable(name: &'static str, body: Vec<u8>) -> Case {
    Case::new(name)
        .over(over::with_authorization)
        .answer(answer(200, &[("Content-Type", "application/json")], &body))
        .value(|value| value.token.as_deref() == Some(NEW_TOKEN))
}

/// The same body of all that answer with a token: it must be read, and its token reach the receiver too.
fn handed_over(name: &'static str, body: &str) -> Case {
    readable(name, body.replace("NEW", NEW_TOKEN).into_bytes()).check(|seen| {
        let delivered = seen.setup.delivered.lock().unwrap();
        let expected: &[&str] = if over::once(seen.operation) {
            &[NEW_TOKEN]
        } else {
            &[]
        };
        if *delivered == expected {
            Ok(())
        } else {
            Err(format!("{} tokens were handed over", delivered.len()))
        }
    })
}

fn odd_members() -> Vec<Case> {
    let nothing = |name, member: fn(&str) -> bool| {
        let mut body = authorization(NEW_TOKEN);
        let keys: Vec<String> = body
            .as_object()
            .unwrap()
            .keys()
            .filter(|key| member(key))
            .cloned()
            .collect();
        keys.iter().for_each(|key| body[key] = Value::Null);
        readable(name, body.to_string().into_bytes())
    };
    vec![
        changed("field::unknown", |body| {
            body["new"] = json!({ "token": "x", "list": [1, null, { "a": "b" }] })
        }),
        readable(
            "field::only_required_ones",
            json!({ "id": 1, "token": NEW_TOKEN })
                .to_string()
                .into_bytes(),
        ),
        nothing("field::null_wherever_it_may_be", |key| {
            key != "id" && key != "token"
        }),
        changed("field::null_in_nested_objects", |body| {
            body["app"] = json!({ "name": null, "url": null, "client_id": null });
            body["scopes"] = Value::Null;
            body["installation"] =
                json!({ "permissions": null, "account": null, "repository_selection": null });
        }),
        changed("field::unknown_permission_and_level", |body| {
            body["installation"] = json!({
                "permissions": { "issues": "triage", "telepathy": "read", "checks": "" },
                "repository_selection": "some", "single_file_name": null, "repositories_url": "x", "account": body["user"],
            });
        }),
        changed("field::id_beyond_32_bits", |body| {
            body["id"] = json!(9_007_199_254_740_993_i64)
        })
        .value(|value| value.id == Some(9_007_199_254_740_993)),
        changed("field::invalid_dates", |body| {
            (body["created_at"], body["updated_at"], body["expires_at"]) = (
                json!("2011-13-40"),
                json!(""),
                json!("2011-09-06 20:39:23 UTC"),
            );
        }),
        changed("field::numbers_for_dates", |body| {
            (body["created_at"], body["expires_at"]) = (json!(1_315_341_563), json!(0.5))
        }),
        changed("field::invalid_urls", |body| {
            (body["url"], body["note_url"]) = (json!("not a url"), json!("http://["))
        }),
        changed("field::unexpected_types", |body| {
            (body["scopes"], body["note"], body["app"], body["user"]) =
                (json!("repo,user"), json!(7), json!([]), json!("octocat"));
        }),
        changed("field::scopes_of_unexpected_types", |body| {
            body["scopes"] = json!(["repo", 7, null])
        }),
        changed("field::expires_at", |body| {
            body["expires_at"] = json!("2031-09-06T20:39:23Z")
        }),
        handed_over(
            "field::token_twice",
            r#"{"id":1,"token":"gho_another","token":"NEW"}"#,
        ),
        handed_over(
            "field::token_null_then_a_token",
            r#"{"token":null,"id":1,"token":"NEW"}"#,
        ),
        handed_over(
            "field::half_a_surrogate_pair_in_a_name",
            r#"{"\ud83d":1,"id":1,"token":"NEW"}"#,
        ),
        handed_over(
            "field::half_a_surrogate_pair_in_the_note",
            r#"{"id":1,"note":"\ud83d","token":"NEW"}"#,
        ),
        handed_over(
            "field::numbers_beyond_f64",
            r#"{"id":1,"note":7,"new":[1e999,-1e999],"token":"NEW"}"#,
        ),
        Case::new("field::no_id")
            .over(over::with_authorization)
            .answer(json_answer(200, &json!({ "token": NEW_TOKEN })))
            .want(undecodable),
        Case::new("field::token_null")
            .over(over::with_authorization)
            .answer(json_answer(200, &json!({ "id": 1, "token": null })))
            .value(|value| value.token.is_none()),
        Case::new("field::token_hidden")
            .over(over::with_authorization)
            .answer(json_answer(200, &authorization("")))
            .value(|value| value.token.is_none()),
    ]
}

/// What makes a token hands it over all the same, so that the outcome is known.
fn undecodable(_: &Operation) -> Want {
    Want::Failure(ErrorKind::Decode)
}

fn odd_bytes() -> Vec<Case> {
    let text = authorization(NEW_TOKEN).to_string();
    let with = |name, change: &dyn Fn(&[u8]) -> Vec<u8>| readable(name, change(text.as_bytes()));
    let replaced = |with: &'static [u8]| {
        move |bytes: &[u8]| {
            let at = bytes
                .windows(6)
                .position(|window| window == b"a note")
                .unwrap();
            [&bytes[..at], with, &bytes[at + 6..]].concat()
        }
    };
    let nested = |depth| format!("{}{},", "[".repeat(depth), "]".repeat(depth));
    vec![
        with("bytes::invalid_utf_8", &replaced(b"\xff\xfe\xc3")),
        with("bytes::half_a_surrogate_pair", &replaced(b"\\ud800")),
        with("bytes::control_characters", &replaced(b"\x01\x02")),
        broken("bytes::unknown_escape", replaced(b"\\x41")(text.as_bytes())),
        with("bytes::byte_order_mark", &|bytes| {
            [b"\xef\xbb\xbf", bytes].concat()
        }),
        with("bytes::trailing_junk", &|bytes| {
            [bytes, b"\n<!-- cached -->"].concat()
        }),
        with("bytes::second_value", &|bytes| {
            [bytes, b"{\"id\":2,\"token\":\"another\"}"].concat()
        }),
        readable(
            "bytes::nested_100_000_deep_before_the_token",
            text.replacen('{', &format!("{{\"new\":{}", nested(100_000)), 1)
                .into_bytes(),
        ),
        readable(
            "bytes::nested_100_000_deep_after_the_token",
            format!(
                "{}{}",
                &text[..text.len() - 1],
                format_args!(",\"new\":{}\"x\":1}}", nested(100_000))
            )
            .into_bytes(),
        ),
        readable(
            "bytes::escapes_in_the_name_of_the_token",
            text.replace("\"token\"", "\"\\u0074oke\\u006e\"")
                .into_bytes(),
        ),
    ]
}

/// What is no JSON as a whole still yields the token, where there is but this copy of it.
fn broken(name: &'static str, body: Vec<u8>) -> Case {
    Case::new(name)
        .over(over::with_authorization)
        .answer(answer(200, &[], &body))
        .want(undecodable)
        .error(|error| {
            let once = error.operation().is_some_and(over::once);
            error.recovered_token().map(|token| token.expose_secret()) == once.then_some(NEW_TOKEN)
        })
}

fn secrets_in_wrong_places() -> Vec<Case> {
    let unreadable = |name, body: Value| {
        Case::new(name)
            .over(over::with_body)
            .answer(json_answer(200, &body))
            .want(over::unreadable)
    };
    vec![
        unreadable("secret::as_id", json!({ "id": NEW_TOKEN })),
        unreadable("secret::as_the_whole_body", json!(NEW_TOKEN)),
        unreadable(
            "secret::as_a_field_name",
            json!({ NEW_TOKEN: 1, "id": { NEW_TOKEN: CLIENT_SECRET } }),
        ),
        unreadable("secret::list_of_them", json!([NEW_TOKEN, TOKEN, PASSWORD])),
        changed("secret::in_the_note", |body| {
            body["note"] = json!(format!("for {NEW_TOKEN}, {TOKEN}"))
        }),
        changed("secret::in_a_url", |body| {
            body["url"] = json!(format!("https://h/tokens/{TOKEN}?access_token={NEW_TOKEN}"))
        }),
        changed("secret::as_scopes", |body| {
            body["scopes"] = json!(NEW_TOKEN)
        }),
        changed("secret::among_the_scopes", |body| {
            body["scopes"] = json!([NEW_TOKEN])
        }),
        changed("secret::as_a_date", |body| {
            body["created_at"] = json!(NEW_TOKEN)
        }),
        changed(
            "secret::as_a_permission",
            |body| {
                body["installation"] =
                    json!({ "permissions": { "issues": NEW_TOKEN, NEW_TOKEN: "read" } })
            },
        ),
        changed("secret::client_secret_in_the_note", |body| {
            body["note"] = json!(CLIENT_SECRET)
        }),
        Case::new("secret::in_the_request_id").answers(|operation| {
            vec![reply(with_id(
                operation,
                "0c11e47a5ec2e7f00dbabe5ca1ab1e0ddba11fee",
            ))]
        }),
        Case::new("secret::as_base64_in_the_request_id_of_an_error")
            .over(over::client_id)
            .answer(crate::answers::raw_answer(
                400,
                &[
                    (
                        "X-GitHub-Request-Id",
                        "MGMxMWU0N2E1ZWMyZTdmMDBkYmFiZTVjYTFhYjFlMGRkYmExMWZlZQ",
                    ),
                    ("Content-Length", "0"),
                ],
                b"",
            ))
            .want(|_| Want::Failure(ErrorKind::Validation))
            .error(|error| error.request_id().is_none()),
        Case::new("secret::in_every_header").answers(|operation| {
            let header = |name| (name, TOKEN);
            let names = [
                "ETag",
                "Link",
                "Location",
                "X-RateLimit-Resource",
                "X-GitHub-Media-Type",
                "X-OAuth-Scopes",
                "Retry-After",
                "Set-Cookie",
            ];
            vec![reply(crate::answers::good_with(
                operation,
                &names.map(header),
            ))]
        }),
    ]
}

fn with_id(operation: &Operation, id: &str) -> Vec<u8> {
    let body = good_body(operation).unwrap_or_default().to_string();
    crate::answers::raw_answer(
        200,
        &[
            ("X-GitHub-Request-Id", id),
            ("Content-Length", &body.len().to_string()),
        ],
        body.as_bytes(),
    )
}

/// An error of the server that repeats what it was sent, in every form that there is.
fn echoes() -> Vec<Case> {
    let echo = |name,
                secret: &'static str,
                change: fn(&mut crate::setup::Setup),
                over: fn(&Operation) -> bool| {
        Case::new(name)
            .over(over)
            .with(change)
            .answers(move |_| {
                let forms: Vec<String> =
                    secrets::forms(secret).into_iter().filter(|(name, _)| returned(name)).map(|(_, form)| form).collect();
                let said = format!("no such thing: {secret}");
                let errors: Vec<Value> =
                    forms.iter().map(|form| json!({ "field": form, "code": form, "message": form, "resource": form })).collect();
                vec![reply(json_answer(422, &json!({ "message": said, "documentation_url": said, "errors": errors })))]
            })
            .want(|_| Want::Failure(ErrorKind::Validation))
            .error(|error| error.github_message().is_some_and(|text| text.starts_with("no such thing: ")))
    };
    vec![
        echo("echo::token", TOKEN, |_| {}, over::app),
        echo(
            "echo::token_of_another_shape",
            ODD_TOKEN,
            |setup| setup.token = ODD_TOKEN,
            over::app,
        ),
        echo(
            "echo::client_secret",
            CLIENT_SECRET,
            |_| {},
            over::client_id,
        ),
        echo("echo::password", PASSWORD, |_| {}, over::user),
        echo("echo::otp", OTP, |setup| setup.otp = Some(OTP), over::user),
        Case::new("echo::errors_as_strings")
            .over(over::app)
            .answer(json_answer(
                422,
                &json!({ "message": TOKEN, "errors": [TOKEN, CLIENT_SECRET, { "x": TOKEN }] }),
            ))
            .want(|_| Want::Failure(ErrorKind::Validation)),
        Case::new("echo::in_a_404")
            .over(over::app)
            .answer(json_answer(404, &message(TOKEN)))
            .want(|_| Want::Failure(ErrorKind::NoSuchEndpoint)),
        Case::new("echo::in_a_401")
            .over(over::user)
            .answer(json_answer(401, &message(PASSWORD)))
            .want(|_| Want::Failure(ErrorKind::Unauthorized)),
    ]
}

/// Servers send back what they were sent, in text or in an encoding of the Web; how Rust prints bytes is not one of them.
fn returned(form: &str) -> bool {
    !form.starts_with("Debug") && !form.starts_with("list")
}

fn too_large() -> Vec<Case> {
    let small =
        |setup: &mut crate::setup::Setup| setup.own(|builder| builder.max_response_bytes(2000));
    let piece = vec![b' '; 1000];
    let endless = piece.iter().fold(b"3e8\r\n".to_vec(), |mut chunk, byte| {
        chunk.push(*byte);
        chunk
    });
    let endless = [endless.as_slice(), b"\r\n"].concat();
    let head =
        |headers: &[(&str, &str)]| Step::Write(crate::answers::raw_answer(200, headers, b""));
    let case = |name, steps: Vec<Step>| {
        let case = Case::new(name)
            .over(over::with_body)
            .with(small)
            .answers(move |_| vec![steps.clone()]);
        case.want(large)
            .status(200)
            .error(ghes_oauth::Error::is_response_too_large)
    };
    let chunked = head(&[("Transfer-Encoding", "chunked")]);
    let token = json!({ "token": NEW_TOKEN, "id": 1 })
        .to_string()
        .replace('}', ",\"note\":\"");
    let first = format!("{:x}\r\n{token}\r\n", token.len()).into_bytes();
    vec![
        case(
            "large::announced",
            vec![
                Step::Read,
                head(&[("Content-Length", "100000000")]),
                Step::Flood(piece, 1000),
                Step::Stall,
            ],
        ),
        case(
            "large::endless_chunks",
            vec![
                Step::Read,
                chunked.clone(),
                Step::Flood(endless.clone(), 1000),
                Step::Stall,
            ],
        ),
        case(
            "large::endless_chunks_after_the_token",
            vec![
                Step::Read,
                chunked,
                Step::Write(first),
                Step::Flood(endless, 1000),
                Step::Stall,
            ],
        )
        .over(over::with_authorization)
        .want(|_| Want::Failure(ErrorKind::ResponseTooLarge))
        .error(|error| {
            error.recovered_token().is_some() == error.operation().is_some_and(over::once)
        }),
        Case::new("large::exactly_the_cap")
            .over(over::with_authorization)
            .with(small)
            .answers(|_| {
                let body = authorization(NEW_TOKEN).to_string();
                vec![reply(answer(
                    200,
                    &[],
                    format!("{body}{}", " ".repeat(2000 - body.len())).as_bytes(),
                ))]
            }),
    ]
}

fn large(operation: &Operation) -> Want {
    Want::Failure(if over::once(operation) {
        ErrorKind::OutcomeUnknown
    } else {
        ErrorKind::ResponseTooLarge
    })
}
