use super::*;

fn base(text: &str) -> String {
    parse(text, false, false).unwrap().text
}

#[test]
fn the_api_of_a_ghes_is_found_from_any_of_its_addresses() {
    for text in [
        "https://ghe.example.com",
        "https://ghe.example.com/",
        "https://ghe.example.com/api/v3",
        "https://ghe.example.com/api/v3/",
        "https://ghe.example.com/api/v3/api/v3",
        "https://ghe.example.com/API/V3",
        "HTTPS://GHE.example.com:443//",
    ] {
        assert_eq!(base(text), "https://ghe.example.com/api/v3", "{text}");
    }
    assert_eq!(
        base("https://ghe.example.com:8443/git/"),
        "https://ghe.example.com:8443/git/api/v3"
    );
    assert_eq!(
        base("https://[2001:db8::1]:8443"),
        "https://[2001:db8::1]:8443/api/v3"
    );
    assert_eq!(
        base("https://bücher.example"),
        "https://xn--bcher-kva.example/api/v3"
    );
    assert_eq!(
        base("http://127.0.0.1:8080"),
        "http://127.0.0.1:8080/api/v3"
    );
    assert_eq!(base("http://[::1]:8080"), "http://[::1]:8080/api/v3");
}

#[test]
fn github_com_and_its_data_residency_hosts() {
    for text in [
        "https://github.com",
        "https://www.github.com/",
        "https://api.github.com",
        "https://api.github.com/api/v3",
    ] {
        assert_eq!(base(text), "https://api.github.com", "{text}");
    }
    for text in [
        "https://octo.ghe.com",
        "https://api.octo.ghe.com/",
        "https://octo.ghe.com/api/v3",
    ] {
        assert_eq!(base(text), "https://api.octo.ghe.com", "{text}");
    }
    assert_eq!(
        base("https://ghe.com.example.org"),
        "https://ghe.com.example.org/api/v3"
    );
}

#[test]
fn an_address_within_an_api_is_refused_with_the_reason() {
    for (text, reason) in [
        (
            "https://ghe.example.com/api/v3/user",
            "the path of an operation",
        ),
        (
            "https://ghe.example.com/API/V3/applications/x/token/",
            "the path of an operation",
        ),
        ("https://ghe.example.com/api/v4", "whatever its version"),
        (
            "https://ghe.example.com/git/api/v2/",
            "whatever its version",
        ),
        ("https://ghe.example.com/api/graphql", "GraphQL"),
        ("https://ghe.example.com/graphql", "GraphQL"),
        ("https://ghe.example.com/api/uploads", "uploads"),
        ("https://ghe.example.com/api/uploads/repos/x", "for uploads"),
        ("https://ghe.example.com/api", "the path of an operation"),
        ("https://ghe.example.com/api/", "the path of an operation"),
        (
            "https://ghe.example.com/api/v3/..",
            "the path of an operation",
        ),
        (
            "https://ghe.example.com/api//v3",
            "the path of an operation",
        ),
        (
            "https://ghe.example.com/api%2Fv3",
            "the path of an operation",
        ),
        (
            "https://ghe.example.com/%61pi/v3/user",
            "the path of an operation",
        ),
        ("https://ghe.example.com/api/v3.1", "whatever its version"),
        ("https://ghe.example.com/api/v3;x", "whatever its version"),
        ("https://ghe.example.com/api/V31/", "whatever its version"),
        (
            "https://ghe.example.com/login/oauth/authorize",
            "for browsers",
        ),
        ("https://ghe.example.com/settings/tokens", "for browsers"),
        ("https://ghe.example.com/setup/api", "for browsers"),
        ("https://ghe.example.com/octo/Repo.git", "for browsers"),
        ("https://uploads.github.com", "another purpose"),
        ("https://gist.github.com/octocat", "another purpose"),
        ("https://raw.githubusercontent.com", "another purpose"),
        ("https://ghe.com", "another purpose"),
        ("https://www.ghe.com", "another purpose"),
        ("https://api.ghe.com", "another purpose"),
        ("https://uploads.octo.ghe.com.", "another purpose"),
        ("https://https://ghe.example.com", "an absolute URL"),
        ("https://ghe.example.com/https://x", "an absolute URL"),
        ("ghe.example.com:8443", "its scheme is missing"),
        ("localhost:8080", "its scheme is missing"),
        ("ghe.example.com", "its scheme is missing"),
    ] {
        let error = parse(text, false, false).err().unwrap();
        assert!(error.to_string().contains(reason), "{text}: {error}");
    }
}

#[test]
fn an_exact_base_stays_as_it_is() {
    for (text, expected) in [
        ("https://api.ghe.corp", "https://api.ghe.corp"),
        ("https://api.ghe.corp/", "https://api.ghe.corp"),
        ("https://ghe.corp/rest/v3/", "https://ghe.corp/rest/v3"),
    ] {
        let base = parse(text, false, true).unwrap();
        assert_eq!(
            (base.text.as_str(), base.host),
            (expected, Host::Enterprise)
        );
    }
    assert!(parse("http://api.ghe.corp", false, true).is_err());
}

#[test]
fn only_loopback_passes_for_github_com() {
    let base = github_on_loopback("http://127.0.0.1:8080").unwrap();
    assert_eq!(
        (base.text.as_str(), base.url.path(), base.host),
        ("http://127.0.0.1:8080", "/", Host::GithubCom)
    );
    for text in [
        "http://ghe.example.com",
        "https://ghe.example.com",
        "http://127.0.0.1.example.com",
        "http://u@10.0.0.1",
        "/",
    ] {
        assert!(github_on_loopback(text).is_err(), "{text}");
    }
}

#[test]
fn an_invalid_base_url_is_refused_without_an_echo() {
    for text in [
        "",
        "ghe.example.com",
        "/api/v3",
        "ftp://ghe.example.com",
        "http://ghe.example.com",
        "http://127.0.0.1.example.com",
        "https://plan7ed@ghe.example.com",
        "https://u:plan7ed@ghe.example.com",
        "https://@ghe.example.com",
        "https://ghe.example.com?plan7ed",
        "https://ghe.example.com/#",
        " https://ghe.example.com",
        "https://ghe.example.com\\plan7ed",
        "https://github.com:8443",
        "https://octo.ghe.com:444/",
        "https://.ghe.com",
    ] {
        let error = parse(text, false, false)
            .err()
            .unwrap_or_else(|| panic!("{text} was accepted"));
        assert!(error.to_string().contains("base URL"), "{error}");
        assert!(
            !format!("{error} {error:?}").contains("plan7ed"),
            "{error:?}"
        );
    }
    assert_eq!(
        parse("http://ghe.example.com", true, false).unwrap().text,
        "http://ghe.example.com/api/v3"
    );
}
