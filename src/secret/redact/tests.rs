use super::*;
use base64::Engine as _;

#[test]
fn token_shapes_are_masked_and_words_are_not() {
    let masked = mask(
        "note gho_16C7e42F292c6912E7710c838347Ae178B4a, e72e16c7e42f292c6912e7710c838347ae178b4a end",
    );
    assert_eq!(masked, "note [REDACTED], [REDACTED] end");
    assert_eq!(
        mask(r"old:\ne72e16c7e42f292c6912e7710c838347ae178b4a"),
        r"old:\[REDACTED]"
    );
    let hash = "25f94a2a5c7fbaf499c665bc73d67c1c87e496da8985131633ee0a95819db2e8";
    let digits = "e72e16c7e42f292c6912e7710c838347ae178b4a";
    for before in [
        "%3D", "%3d", "%20", "\0", "\u{e9}", r"\u00e9", "%253D", r"\0", "a", "0x", "=",
    ] {
        let text = format!("for {before}{digits}, and");
        assert!(
            !mask(&text).contains("e42f292c6912e7710c838347ae178b4a"),
            "{text}"
        );
    }
    for text in [
        "gho%5F16C7e42F292c6912E7710c838347Ae178B4a",
        "at gho%255F16C7e42F292c6912E7710c838347Ae178B4a",
        r"gho\u005f16C7e42F292c6912E7710c838347Ae178B4a",
        "gho&#95;16C7e42F292c6912E7710c838347Ae178B4a",
        "gho&#095zzzz16C7e42F292c6912E7710c838347Ae178B4a",
        "gho&lowbar;16C7e42F292c6912E7710c838347Ae178B4a",
        r"gho\x5f16C7e42F292c6912E7710c838347Ae178B4a",
        "g\x00h\x00o\x00_\x001\x006\x00C\x007\x00e\x004\x002\x00F\x002\x009\x002\x00c\x006\x009\x001\x002\x00E\x007\x007\x001\x00",
        "%67ho_16C7e42F292c6912E7710c838347Ae178B4a",
        "gho_16C7\u{200b}e42F292c6912E7710c838347Ae178B4a",
        "g\u{ad}h\u{2060}o\u{feff}_16C7e42F292c6912E7710c838347Ae178B4a",
        "github%5Fpat%5F11ABCDEFG0abcdefghijkl_abcdefghij",
        "r1.c1b4a2e77838347a7e420ce178f2e7c6912e169246c34e1ccbf66c46812d16d5b1a9dc86a149873c",
        "refresh_token=r1.AbCdEfGhIjKlMnOpQrStUvWxYz",
    ] {
        let masked = mask(text);
        assert!(
            masked.contains(MARKER) && !masked.contains("7e42"),
            "{masked}"
        );
    }
    assert_eq!(
        mask("ghs_12345_eyJhbGciOiJI.eyJzdWIiOi-x.dozjgNryP4J, say."),
        "[REDACTED], say."
    );
    assert_eq!(
        mask("gho_16C7e42F292c6912E7710c838347Ae178B4a. So"),
        "[REDACTED]. So"
    );
    for text in [
        hash,
        "Iv1.8a61f9b3a7aba766",
        "https://api.github.com/authorizations/1",
        "é ü",
        "100% of r1.5 & more \\ than that",
        "a%20note%20in%20a%20URL",
    ] {
        assert_eq!(mask(text), text);
    }
}

#[test]
fn secrets_are_masked_in_every_form() {
    const PLANTED: &str = "pä\"ss/wörd+1";
    let mut secrets = Secrets::default();
    secrets.add(PLANTED);
    let percent =
        percent_encoding::utf8_percent_encode(PLANTED, percent_encoding::NON_ALPHANUMERIC)
            .to_string();
    let base64 = base64::engine::general_purpose::STANDARD.encode(PLANTED);
    let hexadecimal: String = PLANTED.bytes().map(|byte| format!("{byte:02X}")).collect();
    let base64_in_a_url =
        percent_encoding::utf8_percent_encode(&base64, percent_encoding::NON_ALPHANUMERIC)
            .to_string();
    let html = "p&#228;&quot;ss&#x2F;w&#xf6;rd+1".to_owned();
    for form in [
        PLANTED.to_owned(),
        percent,
        base64,
        base64_in_a_url,
        hexadecimal,
        html,
        serde_json::Value::from(PLANTED).to_string(),
    ] {
        let masked = secrets.redact(&format!("<{form}>"));
        assert!(masked.contains(MARKER), "{form} in {masked}");
        assert!(!masked.contains(&form));
    }
}

/// What only the letters and digits of a text show.
#[test]
fn a_text_with_a_disguised_secret_is_withheld() {
    const TOKEN: &str = "e72e16c7E42f292z6912e7710c838347ae178b4a";
    const PASSWORD: &str = "correct horse: battery";
    let numbers = |secret: &str, write: fn(u8) -> String| secret.bytes().map(write).collect();
    let disguises: [fn(&str) -> String; 6] = [
        |secret| secret.to_ascii_uppercase(),
        |secret| secret.chars().rev().collect(),
        |secret| secret.chars().flat_map(|c| [c, '\u{200b}']).collect(),
        |secret| secret.chars().flat_map(|c| [c, ' ']).collect(),
        |secret| format!("{}\n{}", &secret[..9], &secret[9..]),
        |secret| {
            let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).filter(|_| c != ' ');
            secret.chars().map(|c| wide(c).unwrap_or(c)).collect()
        },
    ];
    for secret in [TOKEN, PASSWORD] {
        let secrets = Secrets::of(secret);
        let written: [String; 7] = [
            numbers(secret, |byte| format!("{byte:02x}:")),
            numbers(secret, |byte| format!("0x{byte:02X}, ")),
            numbers(secret, |byte| format!("={byte:02X}")),
            numbers(secret, |byte| format!("{byte}, ")),
            numbers(secret, |byte| format!("&#{byte} ")),
            numbers(secret, |byte| format!("\\u{{{byte:x}}}")),
            numbers(secret, |byte| format!("%252525{byte:02x}")),
        ];
        let base64 = base64::engine::general_purpose::STANDARD.encode(format!("id:{secret}"));
        let wrapped = format!("{}\r\n{}", &base64[..16], &base64[16..]);
        let forms = disguises.iter().map(|disguise| disguise(secret));
        for form in forms.chain(written).chain([wrapped]) {
            let text = format!("the server says: {form}, and more");
            assert_eq!(secrets.redact(&text), MARKER, "{form}");
        }
    }
    assert_eq!(
        Secrets::of(TOKEN).redact(&format!("it begins so: {}", &TOKEN[..24])),
        MARKER
    );
    for text in [
        "the correct battery of tests, on a horse",
        "see https://docs.github.com/rest/apps/oauth-applications#reset-a-token, code 12",
    ] {
        assert_eq!(Secrets::of(PASSWORD).redact(text), text);
        assert_eq!(Secrets::of(TOKEN).redact(text), text);
    }
}

#[test]
fn githubs_messages_are_printed_and_a_text_with_escapes_is_withheld() {
    let secrets = Secrets::of("e72e16c7E42f292z6912e7710c838347ae178b4a");
    for text in [
        "Not Found",
        "Bad credentials",
        "API rate limit exceeded for user ID 1234567. If you reach out to GitHub Support for help, please include the request ID C0DE:1F2E:3D4C5B:6A7988:655F1D2C.",
        "API rate limit exceeded for 203.0.113.7. (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)",
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        "Invalid request.\n\n\"access_token\" wasn't supplied.",
        "Unsupported 'Accept' header: 'text/html'. Must accept 'application/vnd.github+json'.",
        "The version you specified in the \"X-GitHub-API-Version\" request header, \"2099-01-01\", is not a supported version. Supported versions: 2022-11-28, 2026-03-10.",
        "https://docs.github.com/en/enterprise-server@3.12/rest/apps/oauth-applications?apiVersion=2022-11-28#check-a-token",
        "client_secret",
        "the disk is full: 100% of / & of /var",
    ] {
        assert_eq!(secrets.redact(text), text);
    }
    for text in [
        "no such thing: a%20thing",
        r"no such thing: a\u0020thing",
        "no such thing: a&#32;thing",
        "no such thing: a\u{200b}thing",
    ] {
        assert_eq!(secrets.redact(text), MARKER);
    }
    assert_eq!(
        Secrets::of("my pass").redact("no such thing: my+pass"),
        MARKER
    );
}

#[test]
fn a_text_that_is_longer_than_a_word_and_unreadable_is_masked() {
    let token = "gho_16C7e42F292c6912E7710c838347Ae178B4a";
    let base64 = base64::engine::general_purpose::STANDARD.encode(token);
    for text in [
        token.to_ascii_uppercase(),
        base64.clone(),
        base64::engine::general_purpose::STANDARD.encode(base64),
        "M5UG6XZRGZBTOZJUGJDDEOJSMM3DSMJSIU3TOMJQMM4DGOBTGQ3UCZJRG44EENDB".to_owned(),
    ] {
        let masked = mask(&format!("said {text}"));
        assert_eq!(masked.split('=').next(), Some("said [REDACTED]"), "{text}");
    }
    for text in [
        "d41d8cd98f00b204e9800998ecf8427e",
        "organization_personal_access_token_requests",
        "Donaudampfschifffahrtsgesellschaftskapitaen",
    ] {
        assert_eq!(mask(text), text);
    }
}
