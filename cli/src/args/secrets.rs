//! Refuses secrets as arguments, before anything prints them.

use crate::failure::Failure;
use crate::token::scan;
use std::ffi::OsString;

/// Why.
const REASON: &str = "every user of the machine sees arguments in the list of processes, and shells keep them in their history";

/// Options that people try, and what to use instead of each.
const REFUSED: [(&str, &str); 8] = [
    (
        "--client-secret",
        "--client-secret-file, GHES_OAUTH_CLIENT_SECRET or the prompt",
    ),
    (
        "--secret",
        "--client-secret-file, GHES_OAUTH_CLIENT_SECRET or the prompt",
    ),
    (
        "--password",
        "--password-file, GHES_OAUTH_PASSWORD or the prompt",
    ),
    (
        "--otp",
        "the prompt, which appears when the server asks for a one-time password",
    ),
    (
        "--token",
        "a file or standard input, as in `ghes-oauth check - < token.txt`",
    ),
    (
        "--tokens",
        "a file or standard input, as in `ghes-oauth check - < token.txt`",
    ),
    (
        "--access-token",
        "a file or standard input, as in `ghes-oauth check - < token.txt`",
    ),
    ("-p", "--password-file, GHES_OAUTH_PASSWORD or the prompt"),
];

/// Checks that no argument is a secret or an option for one.
pub(crate) fn refuse(arguments: &[OsString]) -> Result<(), Failure> {
    for argument in arguments {
        let text = argument.to_string_lossy();
        let name = text.split('=').next().unwrap_or_default();
        if let Some((name, instead)) = REFUSED.iter().find(|(refused, _)| *refused == name) {
            return Err(
                Failure::nothing_done(format!("{name} is refused, as {REASON}"))
                    .help(format!("use {instead}")),
            );
        }
        let value = text.split_once('=').map_or(&*text, |(_, value)| value);
        if is_token(value) {
            return Err(Failure::nothing_done(format!(
                "a token as an argument is refused, as {REASON}"
            ))
            .help("use a file or standard input, and revoke this token"));
        }
    }
    Ok(())
}

/// Returns whether the whole text is a token; a file may be named after one, as in `gho_….txt`.
fn is_token(text: &str) -> bool {
    let found = scan::tokens(text.as_bytes());
    let words = text.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    found
        .iter()
        .any(|found| found.token.expose_secret() == words && words.len() >= 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "gho_16C7e42F292c6912E7710c838347Ae178B4a";

    fn refused(arguments: &[&str]) -> Option<String> {
        let arguments: Vec<_> = arguments.iter().map(OsString::from).collect();
        refuse(&arguments).err().map(|failure| failure.to_string())
    }

    #[test]
    fn secrets_are_refused_with_the_reason_and_not_printed() {
        for arguments in [
            &["check", TOKEN][..],
            &["check", &format!("\"{TOKEN}\"")],
            &["triage", &format!("--column={TOKEN}")],
            &["check", "e72e16c7e42f292c6912e7710c838347ae178b4a"],
            &["preflight", "--client-secret", "hunter2"],
            &["preflight", "--client-secret=hunter2"],
            &["grants", "list", "--password", "hunter2"],
            &["check", "--token", "hunter2"],
        ] {
            let message = refused(arguments).expect("refused");
            assert!(message.contains("history"), "{message}");
            assert!(
                !message.contains(TOKEN) && !message.contains("hunter2"),
                "{message}"
            );
        }
    }

    #[test]
    fn files_and_options_are_not_secrets() {
        for argument in [
            "leaked.txt",
            "--client-secret-file",
            "-",
            "tokens/gho_16C7e42F292c6912E7710c838347Ae178B4a.txt",
            "4711",
        ] {
            assert_eq!(refused(&[argument]), None, "{argument}");
        }
    }
}
