//! The result of a call, in one form for all operations, and every text that can be printed of it.

use ghes_oauth::{
    ApplicationGrant, Authorization, Call, Conditional, Error, Exposed, GetOrCreate, IssuedToken,
    Metadata, Page, SerializeSecrets,
};
use std::error::Error as _;
use std::fmt::{Debug, Write as _};

/// The result of a call.
#[derive(Debug)]
pub struct Outcome {
    pub result: Result<Success, Error>,
    /// Every text that the public types print.
    pub printed: String,
}

/// The parts of a success that tests look at.
#[derive(Debug)]
pub struct Success {
    pub metadata: Metadata,
    pub value: Seen,
}

/// The values of all operations in one form.
#[derive(Debug, Default, PartialEq)]
pub struct Seen {
    /// The value as JSON, with its secrets; `null` for an absent value.
    pub json: serde_json::Value,
    /// `Some`, `None`, `Created`, `Existing`, `NotModified`, `Page`: the variant of the value, if it has one.
    pub variant: &'static str,
    pub id: Option<i64>,
    pub token: Option<String>,
    /// The number of items, and the number of the next page.
    pub page: Option<(usize, Option<u32>)>,
}

impl Outcome {
    /// Sends the call.
    pub(crate) async fn of<T: Value, C, K>(call: Call<T, C, K>) -> Self {
        let mut printed = format!("{call:?} {call:#?}");
        let result = match call.send().await {
            Ok(response) => {
                let metadata = response.metadata();
                let _ = write!(
                    printed,
                    "{response:?} {response:#?} {metadata:?} {metadata:#?}"
                );
                let _ = write!(printed, "{:?}", metadata.rate_limit());
                let (value, metadata) = response.into_parts();
                let _ = write!(printed, "{value:?} {value:#?}");
                Ok(Success {
                    metadata,
                    value: value.seen(),
                })
            }
            Err(error) => {
                printed.push_str(&texts(&error));
                Err(error)
            }
        };
        Self { result, printed }
    }

    /// The result if the call could not be created.
    pub fn failed(error: Error) -> Self {
        Self {
            printed: texts(&error),
            result: Err(error),
        }
    }

    /// Adds one more text that can be printed.
    pub fn with(mut self, thing: &impl Debug) -> Self {
        let _ = write!(self.printed, "{thing:?} {thing:#?} ");
        self
    }
}

/// Every text of an error: its own, those of its causes, and GitHub's.
pub fn texts(error: &Error) -> String {
    let mut text = format!(
        "{error} {error:#} {error:?} {error:#?} {:?} {:#?}",
        error.metadata(),
        error.kind()
    );
    let mut source = error.source();
    while let Some(cause) = source {
        let _ = write!(text, "{cause} {cause:#} {cause:?} {cause:#?}");
        source = cause.source();
    }
    let problems = error.validation_problems();
    let _ = write!(
        text,
        "{:?} {:?} {problems:?} {problems:#?}",
        error.github_message(),
        error.documentation_url()
    );
    let _ = write!(
        text,
        "{:?} {:?} {:?}",
        error.request_id(),
        error.operation(),
        error.recovered_token()
    );
    text + &serde_json::to_string(problems).expect("problems can be written as JSON")
}

/// A value of an operation.
pub(crate) trait Value: Debug + Send + 'static {
    fn seen(&self) -> Seen;
}

fn json<T: SerializeSecrets>(value: &T) -> serde_json::Value {
    serde_json::to_value(Exposed(value)).expect("what was read from JSON can be written as JSON")
}

impl Value for () {
    fn seen(&self) -> Seen {
        Seen::default()
    }
}

impl Value for Authorization {
    fn seen(&self) -> Seen {
        let token = self.token.as_ref();
        Seen {
            json: json(self),
            id: Some(self.id.get()),
            token: token.map(|token| token.expose_secret().to_owned()),
            ..Seen::default()
        }
    }
}

impl Value for IssuedToken {
    fn seen(&self) -> Seen {
        let mut authorization = self.authorization.clone();
        authorization.token = Some(self.token.clone());
        authorization.seen()
    }
}

impl Value for ApplicationGrant {
    fn seen(&self) -> Seen {
        Seen {
            json: json(self),
            id: Some(self.id.get()),
            ..Seen::default()
        }
    }
}

impl<T: Value> Value for Option<T> {
    fn seen(&self) -> Seen {
        match self {
            Some(value) => Seen {
                variant: "Some",
                ..value.seen()
            },
            None => Seen {
                variant: "None",
                ..Seen::default()
            },
        }
    }
}

impl Value for GetOrCreate {
    fn seen(&self) -> Seen {
        match self {
            Self::Created(issued) => Seen {
                variant: "Created",
                ..issued.seen()
            },
            Self::Existing(authorization) => Seen {
                variant: "Existing",
                ..authorization.seen()
            },
        }
    }
}

impl<T: Value> Value for Page<T> {
    fn seen(&self) -> Seen {
        Seen {
            json: self.items.iter().map(|item| item.seen().json).collect(),
            variant: "Page",
            page: Some((self.items.len(), self.next)),
            ..Seen::default()
        }
    }
}

impl<T: Value> Value for Conditional<T> {
    fn seen(&self) -> Seen {
        match self {
            Self::Modified(value) => value.seen(),
            Self::NotModified => Seen {
                variant: "NotModified",
                ..Seen::default()
            },
        }
    }
}
