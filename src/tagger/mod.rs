//! The statistical part: what every layer that learns rests on.
//!
//! A layer turns each token into a list of [`Feature`]s; a [`Model`] turns the features of a sentence into a
//! label for each token (Viterbi) or the probability of each label (forward and backward). Models are linear
//! conditional random fields (Lafferty, McCallum and Pereira 2001), trained by the `train` module. What they
//! label, and with which features, is the layers' own affair. A [`Network`] reads tokens as rows of fields in place of
//! features, and remembers what it read; its labels hang together in the same way ([`Chain`]).

mod analysis;
mod chain;
mod feature;
mod model;
mod network;
pub mod parse;
pub(crate) mod pos;
pub(crate) mod words;

pub use analysis::{Analyser, Analysis, Memory};
pub use chain::Chain;
#[cfg(feature = "train")]
pub(crate) use chain::{Factors, Tables, marginals};
pub use feature::{ByHash, Feature, Same, hash};
#[cfg(feature = "train")]
pub(crate) use model::write;
pub use model::{Model, ModelError};
pub use network::Network;
pub use pos::{Pos, Tagger as PosTagger};
pub use words::{Cluster, GivenNames, Lists, Words, join};

/// What the layers' tests analyse with.
#[cfg(test)]
pub(crate) static ANALYSER: std::sync::LazyLock<Analyser> =
    std::sync::LazyLock::new(|| Analyser::bundled().expect("the bundled weights load"));
