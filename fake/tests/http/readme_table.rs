//! The README's table of operations.

use crate::calls::call;
use crate::client::{builder, send};
use ghes_oauth_fake::Operation;

#[test]
fn the_readme_has_each_operation_with_its_status() {
    let readme = include_str!("../../README.md");
    let table = readme.split_once("\n## Its responses").unwrap().1;
    let table = table.split_once("\n## ").unwrap().0;
    let rows: Vec<&str> = table
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    assert_eq!(
        rows.len(),
        Operation::ALL.len() + 2,
        "and the two of the web application flow"
    );
    for &operation in Operation::ALL {
        let begin = format!("| `{operation}` | ");
        let row = rows.iter().find_map(|row| row.strip_prefix(&begin));
        let row = row.unwrap_or_else(|| panic!("{operation} has no row"));
        let builder = match operation.is_in(3, 3) {
            true => builder().version(3, 3),
            false => builder().github_com(),
        };
        let ghes = builder.start().unwrap();
        let status = send(call(&ghes, operation)).status.to_string();
        let responds = row.split(" | ").next().unwrap();
        assert!(responds.contains(&status), "{operation}: {status}, {row}");
        assert_eq!(row.matches(" |").count(), 4, "{operation}: {row}");
    }
}
