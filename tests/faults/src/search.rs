//! Checks that the search for secrets finds them, and that there are records to search.

use crate::certificates;
use crate::leaks::{self, Collector, find};
use crate::responses::{good, reply};
use crate::secrets;
use crate::server::{Script, Server};
use crate::setup::Setup;
use crate::trial::{self, Problems, expect};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ghes_oauth::Operation;
use libtest_mimic::Trial;
use std::sync::Arc;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial::blocking("search::finds_every_form_everywhere", every_form_everywhere),
        trial::blocking(
            "search::finds_base64_at_every_offset",
            base64_at_every_offset,
        ),
        trial::blocking("search::finds_nothing_where_nothing_is", nothing),
        trial::of("search::hears_every_library", every_library),
    ]
}

/// A secret in any of its forms is found in a record of `log`, in the fields of an event or a span, and in a message.
fn every_form_everywhere() -> Problems {
    let mut problems = Vec::new();
    for (secret, literal) in secrets::ALL {
        for (form, text) in secrets::forms(literal) {
            let planted = format!("é {text}{text} tail");
            let found = find(&planted).unwrap_or_default();
            problems.extend(expect(found.starts_with(secret), || {
                format!("{found:?} for {secret} as {form}")
            }));
            let collector = Arc::new(Collector::default());
            log::Log::log(
                &*collector,
                &log::Record::builder()
                    .args(format_args!("{planted}"))
                    .build(),
            );
            tracing::subscriber::with_default(collector.clone(), || {
                tracing::trace!(field = planted.as_str(), "an event");
                tracing::trace!("an event with {planted}");
                let span =
                    tracing::trace_span!("span", field = %planted, later = tracing::field::Empty);
                span.record("later", tracing::field::display(&planted));
            });
            let heard = collector.leaks.lock().unwrap().len();
            problems.extend(expect(heard == 5, || {
                format!("{heard} of 5 for {secret} as {form}")
            }));
        }
    }
    problems
}

fn base64_at_every_offset() -> Problems {
    let mut problems = Vec::new();
    for (secret, literal) in secrets::ALL {
        for before in 0..7 {
            let text = format!("{}{literal}{}", "x".repeat(before), "é?".repeat(before % 4));
            let found = find(&STANDARD.encode(&text)).unwrap_or_default();
            problems.extend(expect(found.starts_with(secret), || {
                format!("{found:?} for {secret} after {before} bytes")
            }));
        }
    }
    problems
}

fn nothing() -> Problems {
    let texts = [
        "",
        "x",
        "gho_",
        "[REDACTED]",
        "octocat Iv1.8a61f9b3a7aba766",
        "gho_pLaNtEd",
        "Basic ",
    ];
    texts
        .into_iter()
        .filter_map(find)
        .map(str::to_owned)
        .collect()
}

/// Without records of all these crates, the search of the logs would prove nothing.
async fn every_library() -> Problems {
    let check = Operation::all()[0];
    let server = Server::start(Script {
        exchanges: vec![reply(good(check))],
        tls: Some(certificates::good()),
    })
    .await;
    let setup = Setup {
        base: "https://localhost:PORT",
        root: Some(certificates::trusted_pem()),
        ..Setup::default()
    };
    let client = setup.server(server.address).unwrap();
    let succeeds = setup.call(check, &client).await.result.is_ok();
    let mut problems = Vec::from_iter(expect(succeeds, || "the call has failed".to_owned()));
    for target in ["ghes_oauth", "reqwest", "hyper_util", "rustls"] {
        problems.extend(expect(leaks::records_of(target) > 0, || {
            format!("{target} logs nothing")
        }));
    }
    problems
}
