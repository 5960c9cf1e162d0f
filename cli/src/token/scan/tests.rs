use super::*;

const TOKEN: &str = "gho_16C7e42F292c6912E7710c838347Ae178B4a";
const HEXADECIMAL: &str = "e72e16c7e42f292c6912e7710c838347ae178b4a";

fn exposed(text: &str) -> Vec<(String, bool)> {
    tokens(text.as_bytes())
        .into_iter()
        .map(|found| (found.token.expose_secret().to_owned(), found.is_dressed))
        .collect()
}

#[test]
fn a_bare_token_is_itself() {
    for text in [
        TOKEN,
        HEXADECIMAL,
        "github_pat_11A_x",
        "ghu_short",
        "ghs_12_eyJh.eyJ-i.x-y",
    ] {
        assert_eq!(exposed(text), [(text.to_owned(), false)], "{text}");
        assert_eq!(
            exposed(&format!("  {text}\r")),
            [(text.to_owned(), false)],
            "{text}"
        );
    }
}

#[test]
fn dressing_is_removed() {
    for token in [TOKEN, HEXADECIMAL, "ghu_eyJhbGciOi.eyJpc3MiOj.S-f_ab12"] {
        for (before, after) in [
            ("GITHUB_TOKEN=\"", "\","),
            ("\u{feff}", ""),
            ("", "\u{200b}"),
            ("", "\u{2060}"),
            ("'", "'"),
            ("`", "`"),
            ("Authorization: Bearer ", ""),
            ("token=", "&x=1"),
            ("token%3D", "%20"),
            ("line\\n", "\\n"),
            ("a\\u003d", ""),
            ("", "."),
            ("", ","),
            ("<", ">"),
            ("https://x-access-token:", "@ghe.example.com/a/b.git"),
            ("{\"token\": \"", "\"}"),
        ] {
            let text = format!("{before}{token}{after}");
            assert_eq!(exposed(&text), [(token.to_owned(), true)], "{text}");
        }
    }
}

#[test]
fn an_encoded_underscore_is_decoded() {
    let encoded = TOKEN.replace('_', "%5f");
    assert_eq!(
        exposed(&format!("?t={encoded}&")),
        [(TOKEN.to_owned(), true)]
    );
}

#[test]
fn a_masked_token_is_partial() {
    let partial = |text: &str| {
        let found = tokens(text.as_bytes());
        found
            .iter()
            .map(|found| found.is_partial)
            .collect::<Vec<_>>()
    };
    for mask in ["...", "…", "****"] {
        let text = format!("{}{mask}", &TOKEN[..22]);
        assert_eq!(partial(&text), [true], "{text}");
        assert_eq!(partial(&format!("{TOKEN}{mask}")), [false], "{mask}");
    }
}

#[test]
fn a_name_with_a_token_is_masked() {
    for name in [
        format!("leaks/{TOKEN}.txt"),
        format!("leaks/{}.txt", TOKEN.replace('_', "%5F")),
    ] {
        assert_eq!(masked(&name), "leaks/…Ae178B4a.txt");
    }
    assert_eq!(masked("leaks/a%5Fb.txt"), "leaks/a%5Fb.txt");
}

#[test]
fn several_in_one_line() {
    let text = format!("{TOKEN},{HEXADECIMAL};{TOKEN}");
    let found: Vec<_> = exposed(&text).into_iter().map(|(token, _)| token).collect();
    assert_eq!(found, [TOKEN, HEXADECIMAL, TOKEN]);
}

#[test]
fn texts_that_are_not_tokens_are_not_found() {
    for text in [
        "",
        "hello",
        "see gho_xxx there",
        "gho_",
        "E72E16C7E42F292C6912E7710C838347AE178B4A",
        "e72e16c7e42f292c6912e7710c838347ae178b4ae7",
        "glpat-16C7e42F292c6912E771",
    ] {
        assert_eq!(exposed(text), [], "{text}");
    }
    assert_eq!(exposed(&format!("gho_{}", "x".repeat(5000))), []);
}

#[test]
fn a_long_line_takes_linear_time() {
    for part in ["gho_", "gho_eyJ.", "%5f", "gho_eyJ"] {
        // In quadratic time each of these would take long.
        tokens(part.repeat(1 << 15).as_bytes());
    }
}

#[test]
fn bytes_that_are_not_text_do_no_harm() {
    let mut text = vec![0xff, 0xfe, 0];
    text.extend_from_slice(TOKEN.as_bytes());
    text.push(0x80);
    assert_eq!(tokens(&text).len(), 1);
}
