use super::*;
use crate::input::output::Finding;
use std::io::Cursor;

const ONE: &str = "gho_16C7e42F292c6912E7710c838347Ae178B4a";
const TWO: &str = "e72e16c7e42f292c6912e7710c838347ae178b4a";

type Row = (String, String, Option<u64>, bool);

fn read_as(
    format: Option<Format>,
    column: Option<&str>,
    content: &[u8],
) -> Result<(Vec<Row>, Rest), String> {
    let input = Input {
        path: PathBuf::from("leaked"),
        format,
        column: column.map(str::to_owned),
        typed: None,
    };
    let mut rows = Vec::new();
    let mut sink = |finding: Finding| {
        rows.push((
            finding.token.expose_secret().to_owned(),
            finding.source.to_string(),
            finding.line,
            finding.is_dressed,
        ));
        true
    };
    let reader = Box::new(Cursor::new(content.to_vec()));
    let rest = input
        .read_from(reader, &mut sink)
        .map_err(|failure| failure.to_string())?;
    Ok((rows, rest))
}

fn row(token: &str, source: &str, line: impl Into<Option<u64>>) -> Row {
    (token.to_owned(), source.to_owned(), line.into(), false)
}

fn read(content: &str) -> (Vec<Row>, Rest) {
    read_as(None, None, content.as_bytes()).expect("readable")
}

#[test]
fn lines_with_comments_and_garbage() {
    let (rows, rest) = read(&format!(
        "# leaked on Monday\n{ONE}\n\nnothing in here\nhunter2\r\n{TWO}"
    ));
    assert_eq!(
        rows,
        [
            row(ONE, "leaked", 2),
            row("hunter2", "leaked", 5),
            row(TWO, "leaked", 6)
        ]
    );
    assert_eq!(
        rest,
        Rest {
            without_token: 2,
            redacted: 0
        }
    );
}

#[test]
fn utf_16_and_byte_order_marks() {
    let text = format!("{ONE}\r\n{TWO}\r\n");
    let units = || text.encode_utf16();
    let little: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(units().flat_map(u16::to_le_bytes))
        .collect();
    let big: Vec<u8> = [0xfe, 0xff]
        .into_iter()
        .chain(units().flat_map(u16::to_be_bytes))
        .collect();
    let marked = format!("\u{feff}{text}").into_bytes();
    let unmarked = [little[2..].to_vec(), big[2..].to_vec()];
    for content in [little, big, marked].into_iter().chain(unmarked) {
        let (rows, _) = read_as(None, None, &content).unwrap();
        assert_eq!(rows, [row(ONE, "leaked", 1), row(TWO, "leaked", 2)]);
    }
}

#[test]
fn a_record_longer_than_memory_allows_is_refused_where_it_cannot_be_read_in_pieces() {
    let long = "x".repeat(5 << 20);
    for text in [
        format!("name,token\n\"{long}\n"),
        format!(r#"[{{"RuleID": "x", "Secret": "{long}"}}]"#),
    ] {
        let error = read_as(None, None, text.as_bytes()).unwrap_err();
        assert!(error.contains("use --format lines"), "{error}");
        assert!(read_as(Some(Format::Lines), None, text.as_bytes()).is_ok());
    }
    // Many records are not one.
    let text = format!("name,token\n{}", format!("a,{ONE}\n").repeat(100_000));
    assert_eq!(read(&text).0.len(), 100_000);
}

#[test]
fn a_compressed_file_is_refused() {
    for start in [
        &b"\x1f\x8b\x08"[..],
        b"PK\x03\x04",
        b"BZh9",
        b"\xfd7zXZ\0",
        b"\x28\xb5\x2f\xfd",
    ] {
        let error = read_as(None, None, start).unwrap_err();
        assert!(error.contains("decompress it first"), "{error}");
    }
}

#[test]
fn a_token_in_the_name_of_a_file_is_masked() {
    let text =
        format!(r#"[{{"RuleID": "x", "Secret": "{ONE}", "File": "{ONE}.env", "StartLine": 1}}]"#);
    assert_eq!(read(&text).0, [row(ONE, "…Ae178B4a.env", 1)]);
    let text = format!("file,token\n{ONE}.env,{ONE}\n");
    assert_eq!(read(&text).0, [row(ONE, "…Ae178B4a.env", 2)]);
}

#[test]
fn a_line_longer_than_memory_allows() {
    let text = format!("{} {ONE} {}{TWO}", "x".repeat(65_510), " ".repeat(200_000));
    let (rows, _) = read(&text);
    let tokens: Vec<_> = rows.iter().map(|row| row.0.as_str()).collect();
    assert_eq!(tokens, [ONE, TWO]);
}

#[test]
fn a_table_is_read_by_its_column() {
    for delimiter in [",", ";", "\t", "|"] {
        let text = format!("name,token,commit\na,{ONE},{TWO}\nb,,{TWO}\n").replace(',', delimiter);
        let (rows, rest) = read(&text);
        assert_eq!(rows, [row(ONE, "leaked", 2)], "{text}");
        assert_eq!(rest.without_token, 1);
    }
    let text = format!("who,value\n\"a, b\",\"{ONE}\"\n");
    let (rows, _) = read_as(None, Some("Value"), text.as_bytes()).unwrap();
    assert_eq!(rows, [row(ONE, "leaked", 2)]);
    let text = format!("a,{ONE}\nb,{TWO}\n");
    let (rows, _) = read_as(None, Some("2"), text.as_bytes()).unwrap();
    assert_eq!(rows, [row(ONE, "leaked", 1), row(TWO, "leaked", 2)]);
    let error = read_as(None, Some("nosuch"), text.as_bytes()).unwrap_err();
    assert!(error.contains("nosuch"), "{error}");
}

#[test]
fn gitleaks() {
    let text = format!(
        r#"[ {{"RuleID": "github-oauth", "StartLine": 20, "Match": "x", "Secret": "{ONE}", "File": "a/b.env", "Commit": "{TWO}", "Tags": []}},
             {{"RuleID": "generic", "StartLine": 7, "Secret": "REDACTED", "File": "c", "Commit": "{TWO}"}} ]"#
    );
    let (rows, rest) = read(&text);
    assert_eq!(rows, [row(ONE, "a/b.env", 20)]);
    assert_eq!(rest.redacted, 1);
    // With --redact=50.
    let text = format!(
        r#"[{{"RuleID": "github-oauth", "StartLine": 1, "Secret": "{}...", "File": "a"}}]"#,
        &ONE[..20]
    );
    assert_eq!(read(&text).1.redacted, 1);
    let text = format!("RuleID,Commit,File,Secret,StartLine\nx,{TWO},a/b.env,{ONE},20\n");
    assert_eq!(read(&text).0, [row(ONE, "a/b.env", 20)]);
}

#[test]
fn trufflehog() {
    let record = |token: &str| {
        format!(
            r#"{{"SourceMetadata":{{"Data":{{"Git":{{"commit":"{TWO}","file":"keys.txt","line":4}}}}}},"DetectorName":"Github","Verified":true,"Raw":"{token}","RawV2":""}}"#
        )
    };
    let (rows, _) = read(&format!("{}\n{}\n", record(ONE), record(TWO)));
    assert_eq!(rows, [row(ONE, "keys.txt", 4), row(TWO, "keys.txt", 4)]);
}

#[test]
fn secret_scanning_alerts_in_pages() {
    let alert = |secret: &str| {
        format!(
            r#"{{"number":42,"html_url":"https://ghe.example.com/a/b/security/secret-scanning/42","secret_type":"github_oauth_access_token","secret":{secret}}}"#
        )
    };
    let text = format!(
        "[{},{}][{}]",
        alert(&format!("\"{ONE}\"")),
        alert("null"),
        alert(&format!("\"{TWO}\""))
    );
    let source = "https://ghe.example.com/a/b/security/secret-scanning/42";
    for text in [text.clone(), format!("[{}]", text.replace("][", "],["))] {
        let (rows, rest) = read(&text);
        assert_eq!(rows, [row(ONE, source, None), row(TWO, source, None)]);
        assert_eq!(rest.redacted, 1);
    }
}

#[test]
fn malformed_reports_name_the_place_and_no_value() {
    let start = format!(r#"[{{"RuleID":"x","Secret":"{ONE}"}},"#);
    for (end, place) in [
        ("", "truncated at line 1"),
        ("{]", "malformed at line 1"),
        (r#"{"Secret": 5}]"#, "unexpected type"),
    ] {
        let error = read_as(None, None, format!("{start}{end}").as_bytes()).unwrap_err();
        assert!(error.contains(place), "{error}");
        assert!(!error.contains("gho_"), "{error}");
    }
}

#[test]
fn a_format_can_be_insisted_on() {
    let text = format!(r#"{{"secret":"{ONE}"}}"#);
    let (rows, _) = read_as(Some(Format::SecretScanning), None, text.as_bytes()).unwrap();
    assert_eq!(rows, [row(ONE, "leaked", None)]);
    assert!(read_as(Some(Format::Gitleaks), None, b"not JSON").is_err());
    // As lines, JSON is a text like any other.
    let (rows, _) = read(&format!(r#"["{ONE}", "{TWO}"]"#));
    assert_eq!(rows.len(), 2);
}

#[test]
fn a_consumer_can_end_the_reading() {
    let lines = format!("{ONE}\n{TWO}\n");
    let gitleaks = format!(r#"[{{"RuleID":"x","Secret":"{ONE}"}},{{"Secret":"{TWO}"}}]"#);
    for text in [lines, gitleaks] {
        let input = Input {
            path: PathBuf::from("-"),
            format: None,
            column: None,
            typed: None,
        };
        let mut count = 0;
        let mut sink = |_| {
            count += 1;
            false
        };
        input
            .read_from(Box::new(Cursor::new(text.into_bytes())), &mut sink)
            .unwrap();
        assert_eq!(count, 1);
    }
}
