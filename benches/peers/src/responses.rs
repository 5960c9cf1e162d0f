//! The fixed responses of the benches' servers, with the headers of a GHES.

pub struct Responses {
    live: Vec<u8>,
    not_live: Vec<u8>,
    done: Vec<u8>,
    /// The list, by page.
    pages: Vec<Vec<u8>>,
}

impl Responses {
    /// Those of a server with so many pages of authorizations.
    pub fn new(base: &str, pages: usize) -> Self {
        let authorization = one(1, USER);
        let items: Vec<String> = (1..=100).map(|id| one(id, "")).collect();
        let items = format!("[{}]", items.join(","));
        // A client may follow links to its own server only.
        let link = |page: usize, rel: &str| {
            format!("<{base}/authorizations?per_page=100&page={page}>; rel=\"{rel}\"")
        };
        let page = |number: usize| {
            let links = if number < pages {
                [link(number + 1, "next"), link(pages, "last")]
            } else {
                [link(1, "first"), link(number - 1, "prev")]
            };
            json("200 OK", &format!("Link: {}\r\n", links.join(", ")), &items)
        };
        Self {
            live: json("200 OK", "", &authorization),
            not_live: json(
                "404 Not Found",
                "",
                r#"{"message":"Not Found","documentation_url":"https://docs.github.com/rest/apps/oauth-applications#check-a-token","status":"404"}"#,
            ),
            done: response("204 No Content", "", ""),
            pages: (1..=pages).map(page).collect(),
        }
    }

    /// The response to a request, both as the bytes of HTTP/1.1.
    pub fn to(&self, request: &[u8]) -> &[u8] {
        let not_live = request.windows(8).any(|window| window == b"gho_gone");
        match request {
            [b'D', ..] => &self.done,
            [b'G', ..] => &self.pages[page_number(request).min(self.pages.len()) - 1],
            _ if not_live => &self.not_live,
            _ => &self.live,
        }
    }
}

/// The page that a request asks for, counted from 1.
fn page_number(request: &[u8]) -> usize {
    let target = str::from_utf8(request)
        .ok()
        .and_then(|text| text.split(' ').nth(1))
        .unwrap_or_default();
    let query = target.split_once('?').map_or("", |(_, query)| query);
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("page=")?.parse().ok())
        .unwrap_or(1)
        .max(1)
}

fn json(status: &str, headers: &str, body: &str) -> Vec<u8> {
    response(
        status,
        &format!(
            "Content-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\n{headers}",
            body.len()
        ),
        body,
    )
}

fn response(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\nServer: GitHub.com\r\nDate: Fri, 20 Nov 2026 12:00:00 GMT\r\n{headers}\
         Cache-Control: private, max-age=60, s-maxage=60\r\n\
         Vary: Accept, Authorization, Cookie, X-GitHub-OTP\r\n\
         ETag: W/\"2b0c9a1d4f2e6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e\"\r\n\
         X-GitHub-Media-Type: github.v3; format=json\r\n\
         X-GitHub-Enterprise-Version: enterprise-server@3.14.2\r\n\
         X-GitHub-Api-Version-Selected: 2022-11-28\r\n\
         X-GitHub-Request-Id: 6d5b7c1e-2f3a-4b5c-8d9e-0f1a2b3c4d5e\r\n\
         Strict-Transport-Security: max-age=31536000; includeSubdomains\r\n\
         X-Frame-Options: deny\r\nX-Content-Type-Options: nosniff\r\nX-XSS-Protection: 0\r\n\
         Referrer-Policy: origin-when-cross-origin, strict-origin-when-cross-origin\r\n\
         Content-Security-Policy: default-src 'none'\r\n\r\n{body}"
    )
    .into_bytes()
}

fn one(id: u32, user: &str) -> String {
    format!(
        "{{\"id\":{id},\"url\":\"https://ghe.example.com/api/v3/authorizations/{id}\",\
         \"app\":{{\"name\":\"Nightly builds\",\"url\":\"https://builds.example.com\",\"client_id\":\"Iv1.8a61f9b3a7aba766\"}},\
         \"token\":\"gho_16C7e42F292c6912E7710c838347Ae178B4a\",\
         \"hashed_token\":\"25f94a2a5c7fbaf499c665bc73d67c1c87e496da8985131633ee0a95819db2e8\",\"token_last_eight\":\"Ae178B4a\",\
         \"note\":\"nightly build \\u2116 {id}\",\"note_url\":\"https://builds.example.com/about\",\
         \"created_at\":\"2021-09-06T17:26:27Z\",\"updated_at\":\"2021-09-06T20:39:23Z\",\"expires_at\":null,\
         \"scopes\":[\"public_repo\",\"read:org\"],\"fingerprint\":null{user}}}"
    )
}

/// The user of an authorization, which only the response to a check has.
const USER: &str = r#","user":{"login":"octocat","id":1,"node_id":"MDQ6VXNlcjE=","avatar_url":"https://ghe.example.com/avatars/u/1","gravatar_id":"","url":"https://ghe.example.com/api/v3/users/octocat","html_url":"https://ghe.example.com/octocat","followers_url":"https://ghe.example.com/api/v3/users/octocat/followers","following_url":"https://ghe.example.com/api/v3/users/octocat/following{/other_user}","gists_url":"https://ghe.example.com/api/v3/users/octocat/gists{/gist_id}","starred_url":"https://ghe.example.com/api/v3/users/octocat/starred{/owner}{/repo}","subscriptions_url":"https://ghe.example.com/api/v3/users/octocat/subscriptions","organizations_url":"https://ghe.example.com/api/v3/users/octocat/orgs","repos_url":"https://ghe.example.com/api/v3/users/octocat/repos","events_url":"https://ghe.example.com/api/v3/users/octocat/events{/privacy}","received_events_url":"https://ghe.example.com/api/v3/users/octocat/received_events","type":"User","site_admin":false}"#;
