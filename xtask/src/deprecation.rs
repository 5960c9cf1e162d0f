//! The `#[deprecated]` attributes of the handwritten methods, whose notes must be literals.

use ghes_oauth_codegen::table::Operation;

/// rustfmt's `max_width`.
const WIDTH: usize = 100;

/// Returns the source of a handwritten client, with the `#[deprecated]` attributes that the spec asks for.
///
/// It works on lines, because a syntax tree would lose the comments: a method is found by its `pub fn`, and its attributes are the lines
/// above it up to an empty one.
pub(crate) fn refreshed(source: &str, client: &str, operations: &[Operation]) -> String {
    let mut lines: Vec<String> = source.lines().map(str::to_owned).collect();
    for operation in operations
        .iter()
        .filter(|operation| operation.client() == client)
    {
        let start = format!("    pub fn {}(", operation.name());
        let Some(method) = lines.iter().position(|line| line.starts_with(&start)) else {
            continue;
        };
        let above = lines[..method]
            .iter()
            .rposition(|line| line.trim().is_empty())
            .map_or(0, |empty| empty + 1);
        let old = (above..method).find(|at| lines[*at].starts_with("    #[deprecated"));
        let range = match old {
            Some(first) => {
                first
                    ..(first..method)
                        .find(|at| lines[*at].ends_with(")]"))
                        .map_or(first, |last| last)
                        + 1
            }
            None => method..method,
        };
        let note = operation
            .deprecation
            .as_ref()
            .map(|deprecation| attribute(&deprecation.note))
            .unwrap_or_default();
        lines.splice(range, note);
    }
    lines.join("\n") + "\n"
}

/// The attribute, formatted like rustfmt.
fn attribute(note: &str) -> Vec<String> {
    let line = format!("    #[deprecated(note = {note:?})]");
    if line.chars().count() <= WIDTH {
        return vec![line];
    }
    vec![
        "    #[deprecated(".to_owned(),
        format!("        note = {note:?}"),
        "    )]".to_owned(),
    ]
}
