//! Pages of a list, and the links between them.

use crate::api::call::Call;
use crate::http::request;
use crate::http::response::Response;
use serde_json::Value;

/// Responds with the requested page. Only its items are looked up, so that long lists are cheap.
pub(crate) fn list(call: &Call<'_>, ids: &[u64], show: impl Fn(u64) -> Option<Value>) -> Response {
    let per_page = call.number("per_page").unwrap_or(30).min(100);
    let page = call.number("page").unwrap_or(1);
    let last = ids.len().div_ceil(per_page);
    let start = (page - 1).saturating_mul(per_page);
    let shown: Value = ids
        .iter()
        .skip(start)
        .take(per_page)
        .filter_map(|id| show(*id))
        .collect();
    let link = links(page, last).into_iter().map(|(relation, page)| {
        let url = with_page(call, page);
        format!("<{url}>; rel=\"{relation}\"")
    });
    let link: Vec<String> = link.collect();
    let response = Response::ok(&shown);
    if link.is_empty() {
        response
    } else {
        response.header("link", link.join(", "))
    }
}

/// The links from a page to others: GitHub omits a link that leads nowhere, and all of them if there is only one page.
fn links(page: usize, last: usize) -> Vec<(&'static str, usize)> {
    let mut links = Vec::new();
    if page > 1 && last > 0 {
        links.push(("prev", (page - 1).min(last)));
    }
    if page < last {
        links.extend([("next", page + 1), ("last", last)]);
    }
    if page > 1 && last > 0 {
        links.push(("first", 1));
    }
    links
}

/// The request's own URL with another page; the rest of its query stays as it was sent.
fn with_page(call: &Call<'_>, page: usize) -> String {
    let page = format!("page={page}");
    let mut pairs: Vec<&str> = call
        .request
        .uri
        .query()
        .into_iter()
        .flat_map(|query| query.split('&'))
        .filter(|pair| !pair.is_empty())
        .collect();
    let is_page = |pair: &&str| request::pairs(pair).any(|(name, _)| name == "page");
    // GitHub reads the last one, so no other may remain.
    match pairs.iter().rposition(is_page) {
        Some(last) => {
            pairs[last] = &page;
            let mut index = 0;
            pairs.retain(|pair| {
                index += 1;
                index > last || !is_page(pair)
            });
        }
        None => pairs.push(&page),
    }
    format!(
        "{}{}?{}",
        call.site.origin(),
        call.request.uri.path(),
        pairs.join("&")
    )
}

#[cfg(test)]
mod tests {
    use super::links;

    #[test]
    fn links_lead_from_every_page_to_its_neighbours() {
        assert_eq!(links(1, 0), []);
        assert_eq!(links(1, 1), []);
        assert_eq!(links(1, 3), [("next", 2), ("last", 3)]);
        assert_eq!(
            links(2, 3),
            [("prev", 1), ("next", 3), ("last", 3), ("first", 1)]
        );
        assert_eq!(links(3, 3), [("prev", 2), ("first", 1)]);
        assert_eq!(links(9, 3), [("prev", 3), ("first", 1)]);
    }
}
