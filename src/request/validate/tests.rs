use super::*;
use crate::error::kind::ErrorKind;
use crate::generated::operations::parameters;

/// A live token as people copy it, in which `@` is the token.
const DRESSED: [&str; 32] = [
    "",
    "\u{feff}@",
    "@\u{200b}",
    "@\u{2060}",
    "\u{200e}@",
    "@\u{ad}",
    "\"@\"",
    "'@'",
    "`@`",
    "\u{201c}@\u{201d}",
    "Bearer @",
    "bearer @",
    "token @",
    "token=@",
    "GITHUB_TOKEN=@",
    "token:@",
    "@,",
    "@;",
    "@.",
    "@...",
    "(@)",
    "<@>",
    "-@",
    "_@_",
    " @",
    "@\u{a0}",
    "@\r\n",
    "@\0",
    "@=@",
    "=@",
    "@=.",
    "gho%5Fplan7ed",
];

#[test]
fn a_number_of_the_query_keeps_to_the_bounds_of_the_spec() {
    for number_in in [1, 30, 100] {
        let value = number(&parameters::PER_PAGE, number_in).unwrap();
        assert_eq!(value, number_in.to_string());
    }
    for number_in in [0, 101, u32::MAX] {
        let error = number(&parameters::PER_PAGE, number_in).unwrap_err();
        assert_eq!(error.to_string(), "invalid per_page: it is 1 to 100");
    }
    assert!(number(&parameters::PAGE, u32::MAX).is_ok());
    let error = number(&parameters::PAGE, 0).unwrap_err();
    assert_eq!(error.to_string(), "invalid page: it is at least 1");
}

#[test]
fn characters_copied_along_with_a_token_are_refused_and_not_echoed() {
    for text in DRESSED {
        let text = text.replace('@', "gho_plan7ed");
        for (field, refused) in [
            (
                "access token",
                access_token(&AccessToken::new(text.as_str())),
            ),
            ("client id", client_id(&text)),
            (
                "client secret",
                client_secret(&ClientSecret::new(text.as_str())),
            ),
        ] {
            let error = refused.expect_err(&text);
            assert_eq!(error.kind(), ErrorKind::InvalidInput);
            assert!(error.to_string().contains(field), "{error}");
            assert!(
                !format!("{error} {error:?}").contains("plan7ed"),
                "{error:?}"
            );
        }
    }
    for path in [".", "..", "..\\grant", "a\\b", "/a", "a?b", "a#b", "\u{e9}"] {
        assert!(access_token(&AccessToken::new(path)).is_err() && client_id(path).is_err());
    }
    for id in ["a/b", "a~b", "a+b", "ab="] {
        assert!(client_id(id).is_err());
    }
}

/// What the grammar of tokens allows, and no token of GitHub's has; `@` is a token.
#[test]
fn a_copied_word_or_second_token_is_refused() {
    const TOKEN: &str = "gho_16C7e42F292c6912E7710c838347Ae178B4a";
    const DIGITS: &str = "e72e16c7e42f292c6912e7710c838347ae178b4a";
    for text in [
        "Bearer@",
        "Bearer+@",
        "Bearer/@",
        "Bearer_@",
        "Bearer-@",
        "token@",
        "token.@",
        "access_token.@",
        "access_token/@",
        "applications/x/tokens/@",
        "3D@",
        "x20@",
        "@@",
        "@.@",
        "@/@",
        "@-@",
        "@_@",
        "@=",
        "@==",
        "@~",
        "@+",
        "@/",
        "@-",
        "@--",
        "@_",
        "@/grant",
        "@.git",
        "@.json",
    ] {
        let text = text.replace('@', TOKEN);
        assert!(
            access_token(&AccessToken::new(text.as_str())).is_err(),
            "{text}"
        );
        assert!(
            client_secret(&ClientSecret::new(text.as_str())).is_err(),
            "{text}"
        );
        assert!(client_id(&text).is_err(), "{text}");
    }
    let base64 = URL_SAFE_NO_PAD.encode(TOKEN);
    let basic = STANDARD_NO_PAD.encode(format!("x-access-token:{TOKEN}"));
    for text in [
        "gho_",
        "github_pat_",
        &TOKEN.to_ascii_uppercase(),
        &TOKEN.replace("gho_", "Gho_"),
        &base64,
        &format!("{base64}=="),
        &basic,
    ] {
        let error = access_token(&AccessToken::new(text)).unwrap_err();
        assert!(!error.to_string().contains(text), "{error}");
        assert!(client_secret(&ClientSecret::new(text)).is_err(), "{text}");
        assert!(client_id(text).is_err(), "{text}");
    }
    for end in ["=", "==", "-", "_", "/", "~", "+"] {
        let text = format!("{DIGITS}{end}");
        assert!(
            access_token(&AccessToken::new(text.as_str())).is_err(),
            "{text}"
        );
        assert!(client_secret(&ClientSecret::new(text)).is_err());
    }
    for id in [
        TOKEN,
        DIGITS,
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "github_pat_11A",
    ] {
        let error = client_id(id).unwrap_err();
        assert!(error.to_string().contains("client secret"), "{error}");
    }
}

#[test]
fn every_format_of_githubs_is_accepted_and_so_is_an_unknown_one() {
    for text in [
        "gho_16C7e42F292c6912E7710c838347Ae178B4a",
        "github_pat_11ABCDEFG0_abcdef",
        "e72e16c7e42f292c6912e7710c838347ae178b4a",
        "r1.c1b4a2e77838347a7e420ce178f2e7c6912e169246c34e1ccbf66c46812d16d5b1a9dc86a1498",
        "ghs_1234_eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJnaXRodWIifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        "ghu_1234_eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJnaXRodWIifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_-",
        "gho_live-token",
        "glpat-x",
        "a-b._~+/9==",
    ] {
        access_token(&AccessToken::new(text)).unwrap();
        client_secret(&ClientSecret::new(text)).unwrap();
    }
    for text in ["Iv1.8a61f9b3a7aba766", "abcde12345fghij67890", "Ov23li-_"] {
        client_id(text).unwrap();
    }
}

#[test]
fn names_and_passwords() {
    assert!(user_name("a:b").is_err() && user_name("a\u{1}").is_err() && user_name("").is_err());
    assert!(user_name("öcto cat").is_ok());
    assert!(password("pa:ss wörd ").is_ok() && password("").is_err() && password("a\nb").is_err());
    assert!(
        one_time_password("123456").is_ok()
            && one_time_password("123\r\n456").is_err()
            && one_time_password("").is_err()
    );
}

#[test]
fn ids_and_lists() {
    assert!(
        id("grant id", 0).is_err()
            && id("grant id", -1).is_err()
            && id("grant id", i64::MAX).is_ok()
    );
    assert!(
        not_empty::<i64>("repository ids", &[]).is_err()
            && not_empty("repository ids", &[1]).is_ok()
    );
}

#[test]
fn permissions_are_neither_empty_nor_set_twice() {
    let mut set = AppPermissions::default();
    assert!(
        permissions(&set)
            .unwrap_err()
            .to_string()
            .contains("permissions")
    );
    set.extra.insert("quantum".to_owned(), "read".into());
    permissions(&set).unwrap();
    set.extra.insert("contents".to_owned(), "admin".into());
    assert!(permissions(&set).unwrap_err().to_string().contains("extra"));
}
