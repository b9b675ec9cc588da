//! The only build system.
fn main() {}
