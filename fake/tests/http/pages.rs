//! Lists that do not fit one page.

use crate::client::{APP, Reply, USER, builder, get};
use ghes_oauth_fake::FakeGhes;

fn with_tokens(count: usize) -> FakeGhes {
    let ghes = builder().token_limit(None).start().unwrap();
    for _ in 0..count {
        ghes.issue_token(APP, USER, &["repo"]).unwrap();
    }
    ghes
}

fn list(ghes: &FakeGhes, query: &str) -> Reply {
    get(ghes, &format!("/authorizations{query}"))
}

fn length(reply: &Reply) -> usize {
    reply.json().as_array().unwrap().len()
}

#[test]
fn a_list_that_fits_one_page_has_no_link() {
    let ghes = with_tokens(30);
    let reply = list(&ghes, "");
    assert_eq!((length(&reply), reply.header("link")), (30, None));
}

#[test]
fn links_are_absolute_and_keep_the_rest_of_the_query() {
    let ghes = with_tokens(31);
    let url = format!("{}/authorizations", ghes.url());
    let reply = list(&ghes, "");
    let expected = format!("<{url}?page=2>; rel=\"next\", <{url}?page=2>; rel=\"last\"");
    assert_eq!(
        (length(&reply), reply.header("link")),
        (30, Some(expected.as_str()))
    );

    let reply = list(&ghes, "?page=2&per_page=10&x=%20");
    let to = |page: usize, relation: &str| {
        format!("<{url}?page={page}&per_page=10&x=%20>; rel=\"{relation}\"")
    };
    let expected = [to(1, "prev"), to(3, "next"), to(4, "last"), to(1, "first")].join(", ");
    assert_eq!(
        (length(&reply), reply.header("link")),
        (10, Some(expected.as_str()))
    );

    let reply = list(&ghes, "?per_page=10&page=4");
    let to = |page: usize, relation: &str| {
        format!("<{url}?per_page=10&page={page}>; rel=\"{relation}\"")
    };
    let expected = [to(3, "prev"), to(1, "first")].join(", ");
    assert_eq!(
        (length(&reply), reply.header("link")),
        (1, Some(expected.as_str()))
    );
}

#[test]
fn a_walk_along_next_sees_everything_once() {
    let ghes = with_tokens(205);
    let mut seen = std::collections::BTreeSet::new();
    let mut query = "?per_page=100".to_owned();
    loop {
        let reply = list(&ghes, &query);
        seen.extend(
            reply
                .json()
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item["id"].as_u64().unwrap()),
        );
        let link = reply.header("link").unwrap().to_owned();
        let Some(next) = link.split(", ").find(|link| link.ends_with("rel=\"next\"")) else {
            break;
        };
        query = next
            .trim_start_matches('<')
            .split('>')
            .next()
            .unwrap()
            .rsplit_once("/authorizations")
            .unwrap()
            .1
            .to_owned();
    }
    assert_eq!(seen.len(), 205);
}

#[test]
fn malformed_numbers_are_read_as_github_reads_them() {
    let ghes = with_tokens(101);
    for (query, expected) in [
        ("?per_page=0", 30),
        ("?per_page=junk", 30),
        ("?per_page=-1", 30),
        ("?per_page=%2B2", 30),
        ("?per_page=2.0", 30),
        ("?per_page=", 30),
        ("?per_page", 30),
        ("?per_page=1000", 100),
        ("?page=0", 30),
        ("?page=99999999999999999999", 30),
        ("?page=18446744073709551615", 0),
        ("?page=5", 0),
    ] {
        assert_eq!(length(&list(&ghes, query)), expected, "{query}");
    }
}

#[test]
fn the_last_page_that_is_asked_for_counts_however_its_name_is_written() {
    let ghes = with_tokens(25);
    for query in [
        "?per_page=10&page=1&page=3",
        "?per_page=10&p%61ge=3",
        "?per%5Fpage=10&%70%61%67%65=%33",
        "?per_page=10&page=3&page=junk&page=3",
        "?per_page=30&per_page=10&page=3",
    ] {
        assert_eq!(length(&list(&ghes, query)), 5, "{query}");
    }
    let reply = list(&ghes, "?page=9&per_page=10&page=1&x=1");
    let url = format!("{}/authorizations", ghes.url());
    let link = |page| format!("<{url}?per_page=10&page={page}&x=1>");
    let expected = format!("{}; rel=\"next\", {}; rel=\"last\"", link(2), link(3));
    assert_eq!(reply.header("link"), Some(expected.as_str()));
}
