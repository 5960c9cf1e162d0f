//! The texts that are refused, and the names of their cases.

pub(super) const TOKENS: [(&str, &str); 27] = [
    ("token::encoded_dots", "%2e%2e"),
    (
        "token::byte_order_mark",
        "\u{feff}gho_pLaNtEdOldToKeN0000000000000000000001",
    ),
    (
        "token::zero_width_space",
        "gho_pLaNtEdOldToKeN0000000000000000000001\u{200b}",
    ),
    (
        "token::word_joiner",
        "gho_pLaNtEdOldToKeN0000000000000000000001\u{2060}",
    ),
    (
        "token::quotes",
        "\"gho_pLaNtEdOldToKeN0000000000000000000001\"",
    ),
    (
        "token::backticks",
        "`gho_pLaNtEdOldToKeN0000000000000000000001`",
    ),
    (
        "token::bearer",
        "Bearer gho_pLaNtEdOldToKeN0000000000000000000001",
    ),
    (
        "token::assignment",
        "token=gho_pLaNtEdOldToKeN0000000000000000000001",
    ),
    ("token::comma", "gho_pLaNtEdOldToKeN0000000000000000000001,"),
    (
        "token::full_stop",
        "gho_pLaNtEdOldToKeN0000000000000000000001.",
    ),
    (
        "token::percent_encoded",
        "gho%5FpLaNtEdOldToKeN0000000000000000000001",
    ),
    (
        "token::before_an_assignment",
        "gho_pLaNtEdOldToKeN0000000000000000000001=x",
    ),
    (
        "token::in_braces",
        "{gho_pLaNtEdOldToKeN0000000000000000000001}",
    ),
    ("token::empty", ""),
    ("token::dot", "."),
    ("token::two_dots", ".."),
    ("token::dots_backslash_grant", "..\\grant"),
    ("token::backslash", "a\\b"),
    ("token::slash", "/b"),
    ("token::cr", "gho_pLaNtEdOldToKeN0000000000000000000001\r"),
    (
        "token::lf",
        "gho_pLaNtEdOldToKeN0000000000000000000001\nHost: elsewhere",
    ),
    ("token::nul", "gho_pLaNtEdOldToKeN0000000000000000000001\0"),
    (
        "token::del",
        "gho_pLaNtEdOldToKeN0000000000000000000001\u{7f}",
    ),
    (
        "token::leading_space",
        " gho_pLaNtEdOldToKeN0000000000000000000001",
    ),
    (
        "token::trailing_space",
        "gho_pLaNtEdOldToKeN0000000000000000000001 ",
    ),
    (
        "token::trailing_no_break_space",
        "gho_pLaNtEdOldToKeN0000000000000000000001\u{a0}",
    ),
    (
        "token::trailing_line_end",
        "gho_pLaNtEdOldToKeN0000000000000000000001\r\n",
    ),
];

pub(super) const CLIENT_IDS: [(&str, &str); 12] = [
    ("client_id::byte_order_mark", "\u{feff}plan7ed"),
    ("client_id::full_stop", "plan7ed."),
    ("client_id::empty", ""),
    ("client_id::dot", "."),
    ("client_id::two_dots", ".."),
    ("client_id::slash", "plan7ed/b"),
    ("client_id::question_mark", "plan7ed?b"),
    ("client_id::hash", "plan7ed#b"),
    ("client_id::colon", "plan7ed:b"),
    ("client_id::backslash", "plan7ed\\b"),
    ("client_id::encoded_slash", "plan7ed%2fb"),
    ("client_id::line_end", "plan7ed\r\n"),
];

pub(super) const CLIENT_SECRETS: [(&str, &str); 6] = [
    (
        "client_secret::byte_order_mark",
        "\u{feff}0c11e47a5ec2e7f00dbabe5ca1ab1e0ddba11fee",
    ),
    (
        "client_secret::zero_width_space",
        "0c11e47a5ec2e7f00dbabe5ca1ab1e0ddba11fee\u{200b}",
    ),
    (
        "client_secret::quotes",
        "'0c11e47a5ec2e7f00dbabe5ca1ab1e0ddba11fee'",
    ),
    ("client_secret::empty", ""),
    (
        "client_secret::line_end",
        "0c11e47a5ec2e7f00dbabe5ca1ab1e0ddba11fee\n",
    ),
    (
        "client_secret::leading_space",
        " 0c11e47a5ec2e7f00dbabe5ca1ab1e0ddba11fee",
    ),
];

pub(super) const LOGINS: [(&str, &str); 4] = [
    ("user_name::empty", ""),
    ("user_name::colon", "plan7ed:octocat"),
    ("user_name::nul", "plan7ed\0"),
    ("user_name::line_end", "plan7ed\r\n"),
];

pub(super) const PASSWORDS: [(&str, &str); 3] = [
    ("password::empty", ""),
    (
        "password::line_end",
        "pL4nted \"päss/wörd\"+%1:\\é\r\nHost: elsewhere",
    ),
    ("password::esc", "pL4nted \"päss/wörd\"+%1:\\é\u{1b}"),
];

pub(super) const OTPS: [(&str, &str); 4] = [
    ("otp::empty", ""),
    ("otp::crlf", "pL4nted+0tp/739154\r\nX-Other: 1"),
    ("otp::trailing_space", "pL4nted+0tp/739154 "),
    ("otp::not_ascii", "pL4nted+0tp/739154é"),
];

pub(super) const FINGERPRINTS: [(&str, &str); 4] = [
    ("fingerprint::empty", ""),
    ("fingerprint::dot", "."),
    ("fingerprint::two_dots", ".."),
    ("fingerprint::backslash", "plan7ed\\..\\.."),
];
