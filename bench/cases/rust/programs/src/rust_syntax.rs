//! Reads sources in Rust `size` times, visits their trees, and makes tokens of them again.

use quote::ToTokens;
use support::Checksum;
use syn::visit::{self, Visit};

support::case!(work);

const SOURCES: [&str; 4] = [
    include_str!("rust_syntax.rs"),
    include_str!("json.rs"),
    include_str!("graph.rs"),
    include_str!("../../support/src/lib.rs"),
];

#[derive(Default)]
struct Counter {
    expressions: u64,
    identifiers: u64,
    types: u64,
}

impl<'a> Visit<'a> for Counter {
    fn visit_expr(&mut self, expression: &'a syn::Expr) {
        self.expressions += 1;
        visit::visit_expr(self, expression);
    }

    fn visit_ident(&mut self, identifier: &'a proc_macro2::Ident) {
        self.identifiers += identifier.to_string().len() as u64;
    }

    fn visit_type(&mut self, syntax: &'a syn::Type) {
        self.types += 1;
        visit::visit_type(self, syntax);
    }
}

fn work(size: u32) -> u64 {
    let mut checksum = Checksum::new();
    for round in 0..size as usize {
        let source = SOURCES[round % SOURCES.len()];
        let file = syn::parse_file(source).expect("the source is valid");
        let mut counter = Counter::default();
        counter.visit_file(&file);
        checksum.add(counter.expressions << 40 | counter.types << 20 | counter.identifiers);
        checksum.add_bytes(file.to_token_stream().to_string().as_bytes());
        checksum.add(format!("{file:?}").len() as u64);
    }
    checksum.get()
}
