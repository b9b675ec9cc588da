//! Training: what turns reference annotations into the weights that the engine holds. Never part of the Wasm
//! build, and nothing here is needed to run the engine.
//!
//! Deterministic: the same corpora give the same bytes on the same machine. Sums are made in a fixed order, shuffles
//! have a fixed seed.

pub mod acting;
pub mod corpora;
pub mod crf;
pub mod judge;
pub mod logistic;
pub mod names;
mod network;
mod pair;
pub mod parser;
pub mod polnear;
pub mod pos;
pub mod quotes;
mod random;
pub mod readings;
pub mod reference;
pub mod speakers;
pub mod trees;
pub mod words;
