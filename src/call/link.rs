//! The links of a response (`Link`, [RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)).

use crate::model::metadata::Metadata;
use http::header::LINK;
use reqwest::Url;

/// The links of a response, as far as they are readable.
#[derive(Default)]
pub(super) struct Links {
    links: Vec<Link>,
    /// Whether the unreadable part mentions a next page.
    may_hide_next: bool,
}

struct Link {
    target: String,
    relations: String,
}

impl Links {
    /// Reads the links from a response. The header may come in several lines, and titles in any encoding.
    pub(super) fn of(metadata: &Metadata) -> Self {
        let mut links = Self::default();
        for line in metadata.headers().get_all(LINK) {
            links.read(&String::from_utf8_lossy(line.as_bytes()));
        }
        links
    }

    /// Returns the target of the first link of this relation.
    pub(super) fn target(&self, relation: &str) -> Option<&str> {
        let has_relation = |link: &&Link| {
            let mut relations = link.relations.split_ascii_whitespace();
            relations.any(|known| known.eq_ignore_ascii_case(relation))
        };
        self.links
            .iter()
            .find(has_relation)
            .map(|link| &*link.target)
    }

    /// Returns whether the unreadable part may contain a link to the next page: then the page is not known to be the last.
    pub(super) fn may_hide_next(&self) -> bool {
        self.may_hide_next
    }

    fn read(&mut self, line: &str) {
        let mut rest = line;
        loop {
            rest = rest.trim_start_matches([',', ' ', '\t']);
            if rest.is_empty() {
                return;
            }
            let target = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
            let Some((target, after)) = target else {
                break;
            };
            let end = unquoted(after, ',').next().map_or(0, str::len);
            let (parameters, after) = after.split_at(end);
            self.links.push(Link {
                target: target.trim().to_owned(),
                relations: relations(parameters).to_owned(),
            });
            // A quote without an end includes all links after it.
            if is_open(parameters) {
                break;
            }
            rest = after;
        }
        self.may_hide_next |= line.to_ascii_lowercase().contains("next");
    }
}

/// Returns the page number in the query of a link. The rest of the link is not used: the client knows the address of the list.
pub(super) fn page_of(target: &str) -> Option<u32> {
    let (_, query) = target.split('#').next()?.split_once('?')?;
    let mut url = Url::parse("https://h").ok()?;
    url.set_query(Some(query));
    // If the server appended its number to that of the request, the last one counts.
    let page = url.query_pairs().filter(|(name, _)| name == "page").last();
    page.and_then(|(_, number)| number.trim().parse().ok())
}

fn relations(parameters: &str) -> &str {
    unquoted(parameters, ';')
        .find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim()
                .eq_ignore_ascii_case("rel")
                .then(|| value.trim().trim_matches(['"', '\'']))
        })
        .unwrap_or_default()
}

/// The parts of `text` between separators outside quotes.
fn unquoted(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quotes = Quotes::default();
    text.split(move |c| quotes.are_left(c) && c == separator)
}

/// Whether `text` has a quote without an end.
fn is_open(text: &str) -> bool {
    let mut quotes = Quotes::default();
    for c in text.chars() {
        quotes.are_left(c);
    }
    quotes.are_open
}

/// Tracks the quotes of a text. Inside quotes a backslash escapes the next character ([RFC 9110, section
/// 5.6.4](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.4)).
#[derive(Default)]
struct Quotes {
    are_open: bool,
    is_escaped: bool,
}

impl Quotes {
    /// Takes the next character; returns whether it is outside of quotes and not escaped.
    fn are_left(&mut self, c: char) -> bool {
        let is_plain = !self.is_escaped;
        self.is_escaped = self.are_open && is_plain && c == '\\';
        self.are_open ^= is_plain && c == '"';
        is_plain && !self.are_open
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, StatusCode};

    fn links(lines: &[&str]) -> Links {
        let lines = lines.iter().map(|line| (LINK, line.parse().unwrap()));
        Links::of(&Metadata::new(StatusCode::OK, HeaderMap::from_iter(lines)))
    }

    fn next(lines: &[&str]) -> Option<u32> {
        links(lines).target("next").and_then(page_of)
    }

    #[test]
    fn links_as_github_writes_them_and_as_the_rfc_allows() {
        let both = links(&[
            r#"<https://h/api/v3/authorizations?per_page=2&page=2>; rel="next", <https://h/api/v3/authorizations?page=5>; rel="last""#,
        ]);
        assert_eq!(both.target("next").and_then(page_of), Some(2));
        assert_eq!(both.target("last").and_then(page_of), Some(5));
        for (line, number) in [
            (r#"<https://h/x?page=3&a=b,c>;title="a, b; c";REL=Next"#, 3),
            (r#"<?page=4>; rel="prev next""#, 4),
            (
                r#"<?page=9>; title="x; rel=next, \" <?page=8>; rel=next"; rel=last, <?page=5>; rel="next""#,
                5,
            ),
            ("<?page=6>; title=\"\u{fc}\"; rel=next", 6),
            (", ,<?page=7>;rel=next,<?page=9>;rel=last", 7),
        ] {
            assert_eq!(next(&[line]), Some(number), "{line}");
        }
        assert_eq!(
            next(&[r#"<?page=9>; rel="last""#, r#"<?page=2>; rel="next""#]),
            Some(2)
        );
    }

    #[test]
    fn links_as_careless_servers_write_them() {
        for lines in [
            &[r#"< https://h/x?page=2 >; rel="next""#][..],
            &["<?page=2>; rel='next'"],
            &["<?page=2>; rel='last next'"],
            &[r#"<?page=2> rel="next""#],
            &[r#"<?page=2>; rel="next"#],
            &[r#"<?page=9>; rel="last"#, r#"<?page=2>; rel="next""#],
            &["<?per_page=100&page=1&page=2>; rel=next"],
            &["<?%70age=%32>; rel=next"],
            &["<?page=+2>; rel=next"],
        ] {
            assert_eq!(next(lines), Some(2), "{lines:?}");
        }
    }

    #[test]
    fn a_link_that_cannot_be_read_does_not_pass_for_the_end() {
        for line in [
            r#"https://h/x?page=2; rel="next""#,
            r#"<https://h/x?page=2; rel="next""#,
            r#"&lt;https://h/x?page=2&gt;; rel="next""#,
            r#"<?page=1>; title="x; rel="first", <?page=2>; rel="next""#,
            r#"<?page=2>; title="x; rel="next""#,
            r#"<?page=1>; rel=prev, junk, <?page=2>; rel=Next"#,
        ] {
            let links = links(&[line]);
            assert!(
                links.target("next").is_none() && links.may_hide_next(),
                "{line}"
            );
        }
        for line in [
            "",
            "<",
            "<x?page=2>",
            "<?page=1>; rel=\"prev",
            r#"<?page=1>; rel=prev; title="the next""#,
        ] {
            let links = links(&[line]);
            assert!(
                links.target("next").is_none() && !links.may_hide_next(),
                "{line}"
            );
        }
    }

    #[test]
    fn a_text_that_is_not_a_page_number_is_ignored() {
        for target in [
            "",
            "x",
            "?page=",
            "?page=-1",
            "?per_page=2",
            "?page=two",
            "?page=4294967296",
            "?after=Y3Vyc29y",
            "#x?page=2",
            "?page=2&page=x",
        ] {
            assert_eq!(page_of(target), None, "{target}");
        }
        assert_eq!(page_of("http://[::1?page=2#page=3"), Some(2));
    }
}
