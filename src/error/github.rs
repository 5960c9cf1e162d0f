//! GitHub's error body.

use crate::generated::types::ValidationProblem;
use crate::secret::redact::Secrets;

/// The fields of GitHub's error body; an [`Error`] holds them with every secret of the call redacted.
#[derive(Clone, Default)]
pub(crate) struct GitHubError {
    pub(crate) message: Option<String>,
    pub(crate) documentation_url: Option<String>,
    pub(crate) errors: Vec<ValidationProblem>,
}

impl GitHubError {
    /// Redacts every secret of the call.
    pub(crate) fn without(self, secrets: &Secrets) -> Self {
        let redacted = |text: Option<String>| text.map(|text| secrets.redact(&text));
        let problem = |problem: ValidationProblem| ValidationProblem {
            resource: redacted(problem.resource),
            field: redacted(problem.field),
            code: redacted(problem.code),
            message: redacted(problem.message),
            index: problem.index,
        };
        Self {
            message: redacted(self.message),
            documentation_url: redacted(self.documentation_url),
            errors: self.errors.into_iter().map(problem).collect(),
        }
    }
}
