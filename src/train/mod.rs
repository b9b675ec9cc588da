//! Training: what turns reference annotations into the weights that the engine holds. Never part of the Wasm
//! build, and nothing here is needed to run the engine.

pub mod reference;
