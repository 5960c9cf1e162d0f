//! All items of a list, page by page.

use crate::call::call::Call;
use crate::call::page::Page;
use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::model::operations::parameters;
use crate::request::condition::TakesCondition;
use crate::request::credentials::UserCredentials;
use futures_core::Stream;
use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Streams all items of a list. It requests the next page when one is used up, and holds one page at a time.
///
/// It ends after the last page or the first error. The server divides the list into pages anew for each request, so items that move between
/// pages while the stream runs may be yielded twice or not at all; the stream ends all the same.
///
/// ```no_run
/// # #[allow(deprecated)]
/// # async fn example(mine: ghes_oauth::Authorizations) -> Result<(), ghes_oauth::Error> {
/// let mut items = mine.list_authorizations().items();
/// while let Some(authorization) = items.next().await {
///     println!("{}", authorization?.id);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<T> {
    template: Call<Page<T>, UserCredentials, TakesCondition>,
    state: State<T>,
}

type Fetch<T> = Pin<Box<dyn Future<Output = Result<Page<T>, Error>> + Send>>;

enum State<T> {
    /// The number of the page that was requested.
    Fetching(u32, Fetch<T>),
    /// The items of a page that were not yielded yet, and the number of the next page.
    Page(VecDeque<T>, Next),
}

enum Next {
    Number(u32),
    /// The rest of the list cannot be read, for this reason.
    Lost(&'static str),
    End,
}

/// The last page that is requested, so that a server whose links never end does not keep a program running forever. GitHub's pages have up
/// to 100 items.
const LAST_PAGE: u32 = 10_000;

impl<T: Send + 'static> Call<Page<T>, UserCredentials, TakesCondition> {
    /// Returns a stream of all items from the first page on. Pages are as large as GitHub allows unless [`per_page`](Self::per_page) is
    /// set.
    ///
    /// A one-time password set on the call is sent with each page; for one-time passwords that expire use [`UserCredentials::otp_from`].
    pub fn items(self) -> Items<T> {
        let template = match parameters::PER_PAGE.maximum {
            Some(most) if !self.has_query(&parameters::PER_PAGE) => self.per_page(most),
            _ => self,
        };
        Items {
            template,
            state: State::Page(VecDeque::new(), Next::Number(1)),
        }
    }
}

impl<T: Send + 'static> Items<T> {
    /// Returns the next item; `None` after the last one.
    ///
    /// # Errors
    /// Those of the call for a page, and [decode](crate::ErrorKind::Decode) if the server's link to the next page has no page number, leads
    /// back, or leads beyond page 10,000.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn after(page: &Page<T>, number: u32) -> Next {
        match page.next {
            // A server that counts backwards must neither keep the stream running forever nor end it as if the list were complete.
            Some(next) if next <= number => {
                Next::Lost("the link to the next page leads back: some items may not have come")
            }
            Some(next) if next > LAST_PAGE => Next::Lost("the list has more than 10,000 pages"),
            Some(next) => Next::Number(next),
            None if page.next_is_unreadable => {
                Next::Lost("the link to the next page has no page number")
            }
            // The link to the next page is missing, although the link to the last page shows that there is one.
            None if page.last.is_some_and(|last| last > number) => Next::Number(number + 1),
            None => Next::End,
        }
    }
}

/// `Unpin`: no field is pinned in place, because the calls are boxed.
impl<T> Unpin for Items<T> {}

impl<T: Send + 'static> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            match &mut this.state {
                State::Page(items, next) => {
                    if let Some(item) = items.pop_front() {
                        return Poll::Ready(Some(Ok(item)));
                    }
                    match std::mem::replace(next, Next::End) {
                        Next::Number(number) => {
                            this.state = State::Fetching(
                                number,
                                this.template.again().page(number).into_future(),
                            )
                        }
                        Next::Lost(reason) => {
                            let error = Error::new(ErrorKind::Decode, reason);
                            return Poll::Ready(Some(Err(match this.template.operation() {
                                Some(operation) => error.at(operation),
                                None => error,
                            })));
                        }
                        Next::End => return Poll::Ready(None),
                    }
                }
                State::Fetching(number, fetch) => {
                    let number = *number;
                    let fetched = ready!(fetch.as_mut().poll(context));
                    this.state = State::Page(VecDeque::new(), Next::End);
                    match fetched {
                        Ok(page) => {
                            let next = Self::after(&page, number);
                            this.state = State::Page(page.items.into(), next);
                        }
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    }
                }
            }
        }
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("call", &self.template)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::metadata::Metadata;
    use reqwest::{StatusCode, Url, header::HeaderMap};

    #[test]
    fn a_link_that_leads_back_is_not_the_end() {
        let after = |link: &str, items: Vec<()>, number| {
            let headers = HeaderMap::from_iter([(reqwest::header::LINK, link.parse().unwrap())]);
            let page = Page::new(
                items,
                &Metadata::new(StatusCode::OK, headers),
                &Url::parse("https://h/").unwrap(),
            );
            Items::after(&page, number)
        };
        assert!(matches!(
            after("<?page=2>; rel=next", vec![()], 1),
            Next::Number(2)
        ));
        assert!(matches!(
            after("<?page=2>; rel=next", vec![()], 2),
            Next::Lost(_)
        ));
        assert!(matches!(
            after("<?page=1>; rel=next", vec![], 2),
            Next::Lost(_)
        ));
        assert!(matches!(
            after("<?page=10001>; rel=next", vec![], 10_000),
            Next::Lost(_)
        ));
        assert!(matches!(
            after("<?page=3>; rel=last", vec![()], 2),
            Next::Number(3)
        ));
        assert!(matches!(
            after("<?page=3>; rel=last", vec![()], 3),
            Next::End
        ));
        // GitHub filters a page after it has divided the list, so a page before the last one may be empty.
        assert!(matches!(
            after("<?page=3>; rel=next", vec![], 2),
            Next::Number(3)
        ));
    }
}
