use super::*;

fn metadata(name: &'static str, value: &[u8]) -> Metadata {
    let mut headers = HeaderMap::new();
    headers.insert(name, HeaderValue::from_bytes(value).unwrap());
    Metadata::new(StatusCode::OK, headers)
}

#[test]
fn retry_after_in_every_spelling() {
    let wait = |text: &str| metadata("retry-after", text.as_bytes()).retry_after();
    assert_eq!(wait("0"), Some(Duration::ZERO));
    assert_eq!(wait("120"), Some(Duration::from_secs(120)));
    assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
    let in_2100 = wait("Fri, 01 Jan 2100 00:00:00 GMT").unwrap();
    assert!(in_2100 > Duration::from_secs(1_000_000));
    for time in ["4102444800", "4102444800000"] {
        let difference = wait(time).unwrap().abs_diff(in_2100);
        assert!(difference < Duration::from_secs(60), "{time}");
    }
    assert_eq!(wait("999999999"), Some(Duration::from_secs(999_999_999)));
    assert_eq!(wait("1000000000"), Some(Duration::ZERO), "in 2001");
    for junk in ["-1", "soon", "", "99999999999999999999999", "1.5"] {
        assert_eq!(wait(junk), None, "{junk}");
    }
}

#[test]
fn deprecation_and_sunset() {
    let deprecation = |text: &str| metadata("deprecation", text.as_bytes()).deprecation();
    assert_eq!(
        deprecation("@1688169599"),
        Some(DeprecationHeader::Since(
            UNIX_EPOCH + Duration::from_secs(1_688_169_599)
        ))
    );
    assert_eq!(
        deprecation("Fri, 14 Feb 2020 16:00:00 GMT"),
        Some(DeprecationHeader::Since(
            UNIX_EPOCH + Duration::from_secs(1_581_696_000)
        ))
    );
    assert_eq!(deprecation("true"), Some(DeprecationHeader::Undated));
    for junk in ["@", "@-1", "@99999999999999999999", "false", "yesterday"] {
        assert_eq!(deprecation(junk), None, "{junk}");
    }
    assert_eq!(metadata("sunset", b"junk").sunset(), None);
}

#[test]
fn junk_headers_are_ignored() {
    assert_eq!(
        metadata("x-github-request-id", b"\xff\xfe").request_id(),
        None
    );
    assert_eq!(
        metadata("x-github-request-id", b"a b<script>").request_id(),
        None
    );
    assert_eq!(
        metadata("x-github-enterprise-version", b"junk").ghes_version(),
        None
    );
    assert_eq!(
        metadata("x-github-enterprise-version", b"3.3.0").ghes_version(),
        Some(GhesVersion::new(3, 3))
    );
    assert_eq!(metadata("etag", b"W/\"abc\"").etag(), Some("W/\"abc\""));
    assert_eq!(metadata("etag", b"abc").etag(), None);
    assert!(metadata("x-ratelimit-limit", b"-1").rate_limit().is_none());
    let seconds = Some(UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    for unit in ["", "000", "000000", "000000000"] {
        let text = format!("1700000000{unit}");
        let limit = metadata("x-ratelimit-reset", text.as_bytes());
        assert_eq!(limit.rate_limit().unwrap().reset, seconds, "{text}");
    }
    assert_eq!(
        metadata("x-ratelimit-limit", b"5000")
            .rate_limit()
            .unwrap()
            .limit,
        Some(5000)
    );
}

#[test]
fn debug_shows_no_header_values() {
    let planted = "plan7ed";
    let printed = format!("{:?}", metadata("set-cookie", planted.as_bytes()));
    assert!(!printed.contains(planted), "{printed}");
    for encoded in [
        "Z2hvX3BsYW43ZWQ",
        "67686f5f706c616e376564",
        "706c61-6e376564706c616e376564",
        planted,
    ] {
        let id = format!("{:?}", metadata("x-github-request-id", encoded.as_bytes()));
        let limited = metadata("x-ratelimit-resource", encoded.as_bytes());
        let limit = format!("{:?}", limited.rate_limit());
        assert!(
            !id.contains(encoded) && !limit.contains(encoded),
            "{id} {limit}"
        );
    }
    for id in [
        "C0DE:1F2E:3D4C5B:6A7988:655F1D2C",
        "12345678-90ab-4cde-8f01-234567890abc",
    ] {
        let printed = format!("{:?}", metadata("x-github-request-id", id.as_bytes()));
        assert!(printed.contains(id), "{printed}");
    }
    let limited = metadata("x-ratelimit-resource", b"code_search");
    assert!(format!("{:?}", limited.rate_limit()).contains("code_search"));
}

#[test]
fn an_errors_headers_are_withheld_where_they_cannot_be_judged() {
    let secrets = Secrets::of("plan7ed");
    let shown = |value: &[u8]| {
        let metadata = metadata("x-note", value).for_error(&secrets);
        format!("{:?}", metadata.headers())
    };
    assert!(shown(b"harmless").contains("harmless"));
    for value in [&b"plan7ed"[..], b"\xe9 plan7ed", b"cGxhbjdlZA", b"\xff"] {
        assert!(shown(value).contains("Sensitive"), "{value:?}");
    }
    let named = metadata("x-plan7ed", b"1").for_error(&secrets);
    assert!(named.headers().is_empty());
}
