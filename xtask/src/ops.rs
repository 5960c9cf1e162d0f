//! `cargo xtask ops`: the operations table, for a terminal.

use crate::readme::versions;
use ghes_oauth_codegen::table::Operation;

/// One line an operation, in columns.
pub fn table(operations: &[Operation]) -> String {
    let title = [
        "OPERATION",
        "METHOD",
        "PATH",
        "CREDENTIALS",
        "GHES",
        "GITHUB.COM",
        "IDEMPOTENCY",
        "DEPRECATED FOR",
    ]
    .map(str::to_owned);
    let rows: Vec<[String; 8]> = std::iter::once(title)
        .chain(operations.iter().map(row))
        .collect();
    let widths: Vec<usize> = (0..8)
        .map(|column| rows.iter().map(|row| row[column].len()).max().unwrap_or(0))
        .collect();
    rows.iter()
        .map(|row| {
            let cells: String = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:<width$}  "))
                .collect();
            format!("{}\n", cells.trim_end())
        })
        .collect()
}

fn row(operation: &Operation) -> [String; 8] {
    [
        operation.id.clone(),
        operation.method.clone(),
        operation.path.clone(),
        operation.credentials.clone(),
        versions(operation),
        if operation.github_com { "yes" } else { "no" }.to_owned(),
        operation.idempotency.clone(),
        operation
            .deprecation
            .as_ref()
            .map_or(String::new(), |deprecation| deprecation.replaced_by.clone()),
    ]
}
