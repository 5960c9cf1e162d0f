//! The maintainer's tasks, as a library so that its tests reach the generator.

#[path = "../../build/mod.rs"]
pub mod build;
