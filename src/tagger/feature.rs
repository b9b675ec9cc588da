//! Features as 64-bit hashes: "the previous word is *Mr.*" is a template's number mixed with a word's hash.
//!
//! No string is built and none is stored (Weinberger et al. 2009, "Feature hashing for large scale multitask
//! learning"); a model keeps a 16-bit fingerprint of each feature that it has a weight for.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// One feature of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Feature(u64);

const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

impl Feature {
    /// The feature with this template alone ("bias", "first in its sentence").
    pub const fn new(template: u32) -> Self {
        Self(0).with(template as u64)
    }

    /// The feature with a value mixed in; the order of values matters.
    #[must_use]
    pub const fn with(self, value: u64) -> Self {
        let mixed = (self.0.rotate_left(23) ^ value).wrapping_mul(ODD);
        Self(mixed ^ (mixed >> 29))
    }

    /// The hash itself, all bits of which are well mixed.
    pub const fn key(self) -> u64 {
        let x = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        x ^ (x >> 32)
    }
}

/// The hash of a word, or of a part of one: FNV-1a over its bytes.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// A map from hashes, which need no hashing again. Its order must not reach any output.
pub type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Same>>;

/// Takes a hash for its own hash.
#[derive(Default)]
pub struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.0 = self.0.rotate_left(8) ^ u64::from(*b));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
