//! The statistical part: linear-chain models over hashed features; one mechanism for every layer that learns.
//!
//! A layer turns each token into a list of [`Feature`]s; a [`Model`] turns the features of a sentence into a
//! label for each token (Viterbi) or the probability of each label (forward and backward). Models are linear
//! conditional random fields (Lafferty, McCallum and Pereira 2001), trained by the `train` module. What they
//! label, and with which features, is the layers' own affair.

mod analysis;
mod feature;
mod model;
pub mod parse;
pub(crate) mod pos;
pub(crate) mod words;

pub use analysis::{Analyser, Analysis, Memory};
pub use feature::{ByHash, Feature, Same, hash};
#[cfg(feature = "train")]
pub(crate) use model::{Chain, Factors, marginals, write};
pub use model::{Model, ModelError};
pub use pos::{Pos, Tagger as PosTagger};
pub use words::{Cluster, GivenNames, Lists, Words, join};

/// What the layers' tests analyse with.
#[cfg(test)]
pub(crate) static ANALYSER: std::sync::LazyLock<Analyser> =
    std::sync::LazyLock::new(|| Analyser::bundled().expect("the bundled weights load"));
