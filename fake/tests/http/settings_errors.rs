//! Settings files that are wrong: an error names the line and the key, and no value.

use ghes_oauth_fake::Builder;

fn error(text: &str) -> String {
    match Builder::from_toml(text) {
        Ok(_) => panic!("{text} was accepted"),
        Err(error) => error.to_string(),
    }
}

/// An app, and a user.
const KNOWN: &str = "apps = [{ client_id = \"app\", client_secret = \"plan7ed\" }]\n\
                     users = [{ login = \"octocat\", password = \"plan7ed\" }]\n";

#[test]
fn an_error_names_line_and_key_and_no_value() {
    let cases = [
        (
            "version = \"3.16\"\n\nverison = \"plan7ed\"",
            "line 3: verison: unknown field `verison`, expected one of",
        ),
        (
            "[[apps]]\nclient_id = \"a\"",
            "line 1: apps[0]: missing field `client_secret`",
        ),
        (
            "\n[[users]]\nlogin = \"a\"\npassword = 7777",
            "line 4: users[0].password: expected a string",
        ),
        (
            "users = [\n{ login = \"a\", password = [\"plan7ed\"] }]",
            "line 2: users[0].password: expected a string",
        ),
        (
            "rate_limit = { requests = \"plan7ed\" }",
            "line 1: rate_limit.requests: expected u32",
        ),
        (
            "[rate_limit]\nrequests = -7777",
            "line 2: rate_limit.requests: expected u32",
        ),
        (
            "[lockout]\nbad_logins = 1\nduration_ms = 1.5",
            "line 3: lockout.duration_ms: expected u64",
        ),
        (
            "password = plan7ed",
            "line 1: password: this line is not TOML",
        ),
        (
            "strict = true\nversion = \"plan7ed",
            "line 2: version: this line is not TOML",
        ),
        (
            "strict = true\nstrict = false",
            "line 2: strict: this line is not TOML",
        ),
        ("plan7ed", "line 1: this line is not TOML"),
        (
            "version = \"plan7ed\"",
            "line 1: version: a version of GHES reads like",
        ),
        (
            "version = \"3\"",
            "line 1: version: a version of GHES reads like",
        ),
        (
            "\nlisten = \"plan7ed\"",
            "line 2: listen: an address reads like",
        ),
        (
            "time = 2024-05-01",
            "line 1: time: a time is in UTC and reads like",
        ),
        (
            "[[faults]]\noperation = \"plan7ed\"\nclose = true",
            "line 2: faults[0].operation: this is one of GitHub's operation ids",
        ),
        (
            "[[faults]]\nnext = 1",
            "line 1: faults[0]: a fault is exactly one of delay_ms",
        ),
        (
            "[[faults]]\nclose = true\n[[faults]]\nclose = true\nmaintenance = true",
            "line 3: faults[1]: a fault is exactly one of delay_ms",
        ),
        (
            "[[faults]]\nbody = \"plan7ed\"",
            "line 1: faults[0]: headers and body need a status",
        ),
        (
            "[[faults]]\nstatus = 99",
            "line 2: faults[0].status: it is from 200 to 999",
        ),
        (
            "[[faults]]\nstatus = 100000",
            "line 2: faults[0].status: expected u16",
        ),
        (
            "[[faults]]\nstatus = 503\nheaders = { \"a b\" = \"plan7ed\" }",
            "line 3: faults[0].headers: a header has a name and a value",
        ),
        (
            "[[faults]]\ndelay_ms = 1\nafter_handling = true",
            "line 3: faults[0].after_handling: only status and close",
        ),
        (
            "[[faults]]\nupgrade = \"plan7ed\"",
            "line 2: faults[0].upgrade: a version of GHES reads like",
        ),
        (
            "[[users]]\nlogin = \"a\"\npassword = \"plan7ed\"\notp_by_sms = true",
            "line 4: users[0].otp_by_sms: it needs otp",
        ),
    ];
    for (text, expected) in cases {
        check(text, expected);
    }
}

#[test]
fn the_apps_and_users_of_tokens_are_in_the_file_and_names_are_unique() {
    for (text, expected) in [
        (
            "tokens = [{ login = \"plan7ed\" }]",
            "line 3: tokens[0].login: no user of this file has it",
        ),
        (
            "tokens = [{ login = \"OctoCat\", client_id = \"plan7ed\" }]",
            "line 3: tokens[0].client_id: no app of this file has it",
        ),
        (
            "[[tokens]]\nlogin = \"octocat\"\ncreated_at = 2024-05-01",
            "line 5: tokens[0].created_at: a time is in UTC",
        ),
        (
            "tokens = [{ login = \"octocat\", value = \"plan7ed\" },\n{ login = \"octocat\", value = \"plan7ed\" }]",
            "line 4: tokens[1].value: another token has the same one",
        ),
        (
            "[[apps]]\nclient_id = \"plan7ed\"\nclient_secret = \"s\"",
            "line 3: ",
        ),
    ] {
        check(&format!("{KNOWN}{text}"), expected);
    }
    let apps = "[[apps]]\nclient_id = \"plan7ed\"\nclient_secret = \"s\"\n".repeat(2);
    check(
        &apps,
        "line 5: apps[1].client_id: another app has the same one",
    );
    let users = "[[users]]\nlogin = \"plan7ed\"\npassword = \"s\"\n";
    let users = format!("{users}{}", users.replace("plan7ed", "PLAN7ED"));
    check(
        &users,
        "line 5: users[1].login: another user has the same one",
    );
}

fn check(text: &str, expected: &str) {
    let error = error(text);
    assert!(error.starts_with(expected), "{text:?}: {error}");
    for value in ["plan7ed", "PLAN7ED", "7777"] {
        assert!(!error.contains(value), "{text:?}: {error}");
    }
}

/// Every setting of the example in turn gets a value of another type.
#[test]
fn every_setting_is_named_where_its_type_is_wrong() {
    let text = include_str!("../../examples/serve.toml");
    let mut count = 0;
    for (number, line) in text.lines().enumerate() {
        let Some((key, _)) = line.split_once(" = ") else {
            continue;
        };
        let mut lines: Vec<&str> = text.lines().collect();
        let wrong = format!("{key} = {{ plan7ed = [7777] }}");
        lines[number] = &wrong;
        let error = error(&lines.join("\n"));
        let begin = format!("line {}: ", number + 1);
        assert!(error.starts_with(&begin), "{wrong}: {error}");
        let (named, _) = error[begin.len()..].split_once(": ").unwrap();
        let last = named.split(['.', '[']).rfind(|part| !part.ends_with(']'));
        assert!(last == Some(key) || named.contains(key), "{wrong}: {error}");
        assert!(!error.contains("7777"), "{error}");
        count += 1;
    }
    assert!(count > 40, "{count}");
}
