//! Certificates that a user sets: a server's own, an authority's in every form, a client's.

use crate::case::{Case, Want};
use crate::certificates::given::{self, SelfSigned};
use crate::certificates::{good, trusted_pem};
use crate::responses;
use crate::server::Script;
use ghes_oauth::{ErrorKind, Outcome, PrivateKey};
use std::sync::{Arc, LazyLock};
use tokio_rustls::rustls::ServerConfig;

/// Makes a bundle of a certificate that cannot be read.
type Spoil = fn(&str) -> String;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = servers();
    cases.extend(forms());
    cases.extend(clients());
    cases.push(p521());
    cases
}

/// A server's own certificate is accepted from the server that it names, and makes no other certificate acceptable.
fn servers() -> Vec<Case> {
    type Given = LazyLock<SelfSigned>;
    fn own(name: &'static str, given: &'static Given) -> Case {
        trusting(name, || given.pem.clone().into(), || given.config.clone())
    }
    fn signed(name: &'static str, given: &'static Given) -> Case {
        trusting(name, || given.pem.clone().into(), || given.signs())
    }
    let unknown = "its issuer is not trusted";
    vec![
        own(
            "certificate::self_signed_like_an_authoritys",
            &given::LIKE_AN_AUTHORITYS,
        ),
        own("certificate::self_signed", &given::A_SERVERS),
        refused(
            own("certificate::for_another_name", &given::FOR_ANOTHER_NAME),
            "it is for another name",
        ),
        refused(
            own("certificate::expired", &given::EXPIRED),
            "it has expired",
        ),
        refused(
            trusting(
                "certificate::another_with_the_same_names",
                || given::LIKE_AN_AUTHORITYS.pem.clone().into(),
                || given::ITS_TWIN.config.clone(),
            ),
            "it is self-signed or an authority's, and is accepted only if it is exactly the one given",
        ),
        refused(
            signed(
                "certificate::signed_by_a_servers_like_an_authoritys",
                &given::LIKE_AN_AUTHORITYS,
            ),
            unknown,
        ),
        refused(
            signed("certificate::signed_by_a_servers", &given::A_SERVERS),
            unknown,
        ),
        refused(
            signed(
                "certificate::signed_by_another_servers",
                &given::OF_ANOTHER_SERVER,
            ),
            unknown,
        ),
        signed(
            "certificate::signed_by_an_authority_with_a_name",
            &given::FOR_ANOTHER_NAME,
        ),
    ]
}

/// Bundles in every usual form, and bundles with one unreadable part, which are refused.
fn forms() -> Vec<Case> {
    let authority = |name, form: fn() -> Vec<u8>| trusting(name, form, good);
    let mut cases = vec![
        authority("certificate::der", der),
        authority("certificate::after_a_byte_order_mark", || {
            [b"\xef\xbb\xbf", trusted_pem().as_bytes()].concat()
        }),
        authority("certificate::utf_16", || {
            let units = "\u{feff}"
                .encode_utf16()
                .chain(trusted_pem().encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        }),
        authority("certificate::utf_16_big_endian", || {
            let units = "\u{feff}"
                .encode_utf16()
                .chain(trusted_pem().encode_utf16());
            units.flat_map(u16::to_be_bytes).collect()
        }),
        authority("certificate::last_of_a_bundle_with_comments", || {
            let first = &given::OF_ANOTHER_SERVER.pem;
            format!("# ours\r\n{first}\r\n# theirs\r\n{}", trusted_pem()).into()
        }),
    ];
    let unreadable: [(&str, Spoil); 9] = [
        ("certificate::not_a_certificate", |_| "plan7ed".to_owned()),
        ("certificate::empty", |_| String::new()),
        ("certificate::first_is_not_base64", |pem| {
            pem.replacen("MI", "M!", 1)
        }),
        ("certificate::first_is_not_a_certificate", |pem| {
            pem.replacen("MI", "MA", 1)
        }),
        ("certificate::first_begins_with_four_dashes", |pem| {
            pem.replacen("-----B", "----B", 1)
        }),
        ("certificate::first_is_indented", |pem| format!("  {pem}")),
        ("certificate::first_has_no_beginning", |pem| {
            pem.split_once('\n').unwrap().1.to_owned()
        }),
        ("certificate::first_has_no_end", |pem| {
            pem.replacen("-----END CERTIFICATE-----\n", "", 1)
        }),
        ("certificate::first_has_another_label", |pem| {
            pem.replacen("CERTIFICATE", "TRUSTED CERTIFICATE", 2)
        }),
    ];
    cases.extend(unreadable.map(|(name, spoil)| {
        let bundle = move || {
            let spoilt = spoil(&given::A_SERVERS.pem);
            let is_bundle = spoilt.contains("-----");
            [spoilt.as_str(), if is_bundle { trusted_pem() } else { "" }]
                .concat()
                .into()
        };
        invalid(trusting(name, bundle, good), "root certificate")
    }));
    cases.push(invalid(
        trusting(
            "certificate::der_with_more_after_it",
            || [der(), der()].concat(),
            good,
        ),
        "root certificate",
    ));
    cases
}

fn der() -> Vec<u8> {
    let lines = trusted_pem().lines().filter(|line| !line.starts_with('-'));
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD
        .decode(lines.collect::<String>())
        .unwrap()
}

/// A client's certificate, for a server that asks for one.
fn clients() -> Vec<Case> {
    let client = |name, chain: fn() -> Vec<u8>, key: fn() -> Vec<u8>| {
        trusting(name, || trusted_pem().into(), given::asking_for_a_client).with(move |setup| {
            setup.own(move |builder| {
                builder
                    .root_certificate(trusted_pem())
                    .client_certificate(chain(), PrivateKey::new(key()))
            });
        })
    };
    let pem = || given::CLIENT.pem.clone().into();
    let key = || given::CLIENT.key.clone().into();
    vec![
        client("client_certificate::pem", pem, key),
        client("client_certificate::key_in_der", pem, || {
            given::CLIENT.key_der.clone()
        }),
        client(
            "client_certificate::after_byte_order_marks",
            || format!("\u{feff}{}", given::CLIENT.pem).into(),
            || format!("\u{feff}{}", given::CLIENT.key).into(),
        ),
        trusting(
            "client_certificate::none",
            || trusted_pem().into(),
            given::asking_for_a_client,
        )
        .want(|_| Want::Failure(ErrorKind::Connection))
        .sent(|_| 0)
        .error(|error| error.to_string().contains("asks for a client certificate")),
        invalid(
            client("client_certificate::not_one", || b"plan7ed".to_vec(), key),
            "client certificate",
        ),
        invalid(
            client("client_certificate::key_is_not_one", pem, || {
                b"plan7ed".to_vec()
            }),
            "private key",
        ),
        invalid(
            client("client_certificate::key_is_encrypted", pem, || {
                b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n".to_vec()
            }),
            "decrypts it",
        ),
        invalid(
            client(
                "client_certificate::key_of_another",
                || trusted_pem().into(),
                key,
            ),
            "not the key of the client certificate",
        ),
    ]
}

/// aws-lc-rs accepts it; ring cannot verify it, and the error names the feature that can.
fn p521() -> Case {
    let case = trusting(
        "certificate::p_521",
        || given::P521_AUTHORITY.into(),
        given::p521,
    );
    if cfg!(feature = "rustls-aws-lc-rs") {
        case
    } else {
        refused(case, "rustls-aws-lc-rs")
    }
}

/// A check of a server with this configuration by a client that was given these bytes as a root certificate.
fn trusting(
    name: &'static str,
    given: impl Fn() -> Vec<u8> + Send + Sync + Copy + 'static,
    server: impl Fn() -> Arc<ServerConfig> + Send + Sync + 'static,
) -> Case {
    Case::new(name)
        .over(|operation| operation.id() == "apps/check-token")
        .with(move |setup| {
            setup.base = "https://localhost:PORT";
            setup.own(move |builder| builder.root_certificate(given()));
        })
        .script(move |operation| Script {
            exchanges: vec![responses::reply(responses::good(operation))],
            tls: Some(server()),
        })
}

fn refused(case: Case, reason: &'static str) -> Case {
    case.want(|_| Want::Failure(ErrorKind::Connection))
        .outcome(Outcome::NotPerformed)
        .sent(|_| 0)
        .error(move |error| error.to_string().contains(reason))
}

fn invalid(case: Case, field: &'static str) -> Case {
    case.want(|_| Want::Failure(ErrorKind::InvalidInput))
        .outcome(Outcome::NotPerformed)
        .sent(|_| 0)
        .error(move |error| error.to_string().contains(field))
}
