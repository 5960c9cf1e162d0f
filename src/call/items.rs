//! All items of a list, page by page.

use crate::call::call::Call;
use crate::call::page::Page;
use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::generated::operations::parameters;
use crate::model::operation::Operation;
use crate::request::condition::TakesCondition;
use crate::request::credentials::UserCredentials;
use futures_core::Stream;
use futures_util::stream::{StreamExt as _, unfold};
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec::IntoIter;

/// Streams all items of a list. It requests the next page when one is used up, and holds one page at a time.
///
/// It ends after the last page or the first error. The server divides the list into pages anew for each request, so items that move between
/// pages while the stream runs may be yielded twice or not at all.
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
    operation: Option<&'static Operation>,
    items: Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>,
}

/// How far a list has been read.
struct Walk<T> {
    list: Call<Page<T>, UserCredentials, TakesCondition>,
    /// The items of the page that was requested last.
    page: IntoIter<T>,
    next: Next,
}

enum Next {
    /// The number of the page.
    Page(u32),
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
        let list = match parameters::PER_PAGE.maximum {
            Some(most) if !self.has_query(&parameters::PER_PAGE) => self.per_page(most),
            _ => self,
        };
        let operation = list.operation();
        // Boxed, because the walk is moved for each item.
        let walk = Box::new(Walk {
            list,
            page: Vec::new().into_iter(),
            next: Next::Page(1),
        });
        let items = unfold(walk, async |mut walk| Some((walk.next().await?, walk)));
        Items {
            operation,
            items: Box::pin(items.fuse()),
        }
    }
}

impl<T: Send + 'static> Items<T> {
    /// Returns the next item; `None` after the last one. Dropping the future loses no item, so it may be a branch of `tokio::select!`.
    ///
    /// # Errors
    /// Those of the call for a page, and [decode](crate::ErrorKind::Decode) if the server's link to the next page has no page number, leads
    /// back, or leads beyond page 10,000.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        self.items.next().await
    }
}

impl<T: Send + 'static> Walk<T> {
    async fn next(&mut self) -> Option<Result<T, Error>> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            let number = match std::mem::replace(&mut self.next, Next::End) {
                Next::Page(number) => number,
                Next::Lost(reason) => {
                    let error = Error::new(ErrorKind::Decode, reason);
                    return Some(Err(match self.list.operation() {
                        Some(operation) => error.at(operation),
                        None => error,
                    }));
                }
                Next::End => return None,
            };
            match self.list.again().page(number).await {
                Ok(page) => {
                    self.next = Self::after(&page, number);
                    self.page = page.items.into_iter();
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }

    fn after(page: &Page<T>, number: u32) -> Next {
        match page.next {
            // A server that counts backwards must neither keep the stream running forever nor end it as if the list were complete.
            Some(next) if next <= number => {
                Next::Lost("the link to the next page leads back: some items may not have come")
            }
            Some(next) if next > LAST_PAGE => Next::Lost("the list has more than 10,000 pages"),
            Some(next) => Next::Page(next),
            None if page.next_is_unreadable => {
                Next::Lost("the link to the next page has no page number")
            }
            // The link to the next page is missing, although the link to the last page shows that there is one.
            None if page.last.is_some_and(|last| last > number) => Next::Page(number + 1),
            None => Next::End,
        }
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.items.as_mut().poll_next(context)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("operation", &self.operation)
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
            Walk::after(&page, number)
        };
        assert!(matches!(
            after("<?page=2>; rel=next", vec![()], 1),
            Next::Page(2)
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
            Next::Page(3)
        ));
        assert!(matches!(
            after("<?page=3>; rel=last", vec![()], 3),
            Next::End
        ));
        // GitHub filters a page after it has divided the list, so a page before the last one may be empty.
        assert!(matches!(
            after("<?page=3>; rel=next", vec![], 2),
            Next::Page(3)
        ));
    }
}
