//! What is known of words before any text is read: clusters of words that keep like company, and lists of names.
//!
//! Both are static functions in the manner of xor filters (Graf and Lemire 2020, "Xor Filters: Faster and Smaller
//! Than Bloom and Cuckoo Filters"): a look-up reads three cells, whose exclusive or holds a few check bits and
//! the value. No word is stored, so 100,000 words take 250 KB; an unknown word passes for a known one as often as
//! the check bits let it, once in 64 for clusters and once in 256 for lists.
//!
//! A table of the same sort, in a file of its own, says which given names are women's and which men's.
//!
//! The file of words, all numbers little-endian: [`Words::MAGIC`]; the checksum of what follows (8 bytes,
//! FNV-1a); for each fine cluster a byte for its middle and one for its
//! coarse cluster; then two tables, clusters and lists, each a salt (4 bytes), the length of a block in cells
//! (4 bytes), and three blocks of 2-byte cells.

use super::ModelError;
use super::feature::hash;
use super::model::fnv;
use crate::annotation::Gender;
use crate::text::fold;

/// Clusters and lists, over bytes that it borrows.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    clusters: Table<'a>,
    lists: Table<'a>,
    /// For each fine cluster its middle and its coarse one.
    coarser: &'a [u8],
}

/// The cluster of a word at three grains; all are 0 for a word without one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cluster {
    /// One of [`Words::FINE`].
    pub fine: u16,
    /// One of 256.
    pub middle: u8,
    /// One of 64.
    pub coarse: u8,
}

/// The lists that hold a name: a sum of the constants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lists(pub u8);

impl Lists {
    /// What the training file calls each list; its index is the list's bit.
    pub const NAMES: [&'static str; 6] = ["given", "surname", "country", "demonym", "city", "state"];
    /// Given names.
    pub const GIVEN: u8 = 1;
    /// Surnames.
    pub const SURNAME: u8 = 1 << 1;
    /// Countries.
    pub const COUNTRY: u8 = 1 << 2;
    /// Adjectives of nationality.
    pub const DEMONYM: u8 = 1 << 3;
    /// Larger cities.
    pub const CITY: u8 = 1 << 4;
    /// States and provinces.
    pub const STATE: u8 = 1 << 5;

    /// One of the lists in `mask` holds it.
    pub const fn any(self, mask: u8) -> bool {
        self.0 & mask != 0
    }
}

impl Words<'static> {
    /// The words that the engine holds.
    ///
    /// # Errors
    /// Where the file is damaged.
    pub fn bundled() -> Result<Self, ModelError> {
        Self::load(include_bytes!("../../models/words.bin"))
    }
}

impl<'a> Words<'a> {
    /// How many fine clusters there are; 0, "no cluster", is one of them.
    pub const FINE: usize = 1024;
    /// Bits of a cluster's value; the rest of a cell checks.
    pub const CLUSTER_BITS: u32 = 10;
    /// Bits of a value of the lists.
    pub const LIST_BITS: u32 = 8;
    /// What the file begins with: its kind and its version.
    pub const MAGIC: [u8; 8] = *b"ASCWORD2";

    /// Reads a file of words in place.
    ///
    /// # Errors
    /// Where the bytes are not a whole file of words of this version.
    pub fn load(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let rest = checked(bytes, Self::MAGIC)?;
        let (coarser, rest) = rest.split_at_checked(Self::FINE * 2).ok_or(ModelError::Length)?;
        let (clusters, rest) = Table::load(rest, Self::CLUSTER_BITS)?;
        let (lists, rest) = Table::load(rest, Self::LIST_BITS)?;
        if !rest.is_empty() {
            return Err(ModelError::Length);
        }
        Ok(Self { clusters, lists, coarser })
    }

    /// The cluster of a folded word, by its [`hash`](super::hash).
    pub fn cluster(&self, hash: u64) -> Cluster {
        let fine = self.clusters.get(hash).unwrap_or(0);
        let at = usize::from(fine) * 2;
        let byte = |at: usize| self.coarser.get(at).copied().unwrap_or(0);
        Cluster { fine, middle: byte(at), coarse: byte(at + 1) }
    }

    /// The lists that hold a folded name, by its hash; words of a name are joined by [`join`].
    pub fn lists(&self, hash: u64) -> Lists {
        Lists(self.lists.get(hash).map_or(0, |value| value as u8))
    }

    /// The word says of which nation somebody is: "Peruvian".
    pub fn is_demonym(&self, word: &str) -> bool {
        self.lists(hash(&fold(word))).any(Lists::DEMONYM)
    }
}

/// Given names that are nearly always women's or nearly always men's, over bytes that it borrows.
#[derive(Clone, Copy)]
pub struct GivenNames<'a>(Table<'a>);

impl GivenNames<'static> {
    /// The names that the engine holds.
    ///
    /// # Errors
    /// Where the file is damaged.
    pub fn bundled() -> Result<Self, ModelError> {
        Self::load(include_bytes!("../../models/given.bin"))
    }
}

impl<'a> GivenNames<'a> {
    /// Bits of a value, 1 for women's and 2 for men's names; the rest of a cell checks.
    pub const BITS: u32 = 2;
    /// What the file begins with: its kind and its version. Its checksum follows, and then a table as in [`Words`].
    pub const MAGIC: [u8; 8] = *b"ASCGIVN1";

    /// Reads a file of given names in place.
    ///
    /// # Errors
    /// Where the bytes are not a whole file of given names of this version.
    pub fn load(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let (table, rest) = Table::load(checked(bytes, Self::MAGIC)?, Self::BITS)?;
        if rest.is_empty() { Ok(Self(table)) } else { Err(ModelError::Length) }
    }

    /// The gender of a folded given name, by its hash.
    pub fn gender(&self, hash: u64) -> Option<Gender> {
        match self.0.get(hash)? {
            1 => Some(Gender::Female),
            2 => Some(Gender::Male),
            _ => None,
        }
    }
}

/// What stands in a file behind its kind and its checksum.
pub(super) fn checked(bytes: &[u8], magic: [u8; 8]) -> Result<&[u8], ModelError> {
    let rest = bytes.strip_prefix(&magic).ok_or(ModelError::Magic)?;
    let (checksum, rest) = rest.split_at_checked(8).ok_or(ModelError::Length)?;
    if checksum == fnv(rest).to_le_bytes() { Ok(rest) } else { Err(ModelError::Checksum) }
}

/// The hash of a name of several words, from that of its first words and that of the next.
pub const fn join(first: u64, next: u64) -> u64 {
    (first.rotate_left(5) ^ next).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The three cells of a hash in a table whose blocks have `block` cells, and its check bits.
pub(crate) fn cells(hash: u64, salt: u32, block: u32) -> ([usize; 3], u16) {
    // The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
    let mut mixed = hash.wrapping_add(u64::from(salt).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^= mixed >> 31;
    // Three windows of the hash, each scaled to a block without a division (Lemire 2019).
    let place = |turn: u32, nth: u32| {
        let window = u64::from(mixed.rotate_left(turn) as u32);
        (u64::from(nth) * u64::from(block) + ((window * u64::from(block)) >> 32)) as usize
    };
    ([place(0, 0), place(21, 1), place(42, 2)], (mixed.wrapping_mul(0xd6e8_feb8_6659_fd93) >> 48) as u16)
}

/// The file of what tables and clusters hold: its kind and its checksum before it.
#[cfg(feature = "train")]
pub(crate) fn file(magic: [u8; 8], body: &[u8]) -> Vec<u8> {
    [&magic[..], &fnv(body).to_le_bytes(), body].concat()
}

#[derive(Clone, Copy)]
struct Table<'a> {
    salt: u32,
    block: u32,
    bits: u32,
    cells: &'a [u8],
}

impl<'a> Table<'a> {
    fn load(bytes: &'a [u8], bits: u32) -> Result<(Self, &'a [u8]), ModelError> {
        let (salt, rest) = bytes.split_first_chunk().ok_or(ModelError::Length)?;
        let (block, rest) = rest.split_first_chunk().ok_or(ModelError::Length)?;
        let block = u32::from_le_bytes(*block);
        let length = usize::try_from(u64::from(block) * 6).map_err(|_| ModelError::Length)?;
        let (cells, rest) = rest.split_at_checked(length).ok_or(ModelError::Length)?;
        Ok((Self { salt: u32::from_le_bytes(*salt), block, bits, cells }, rest))
    }

    fn get(&self, hash: u64) -> Option<u16> {
        let (places, check) = cells(hash, self.salt, self.block);
        let mut cell = check;
        for at in places {
            let bytes = self.cells.get(2 * at..2 * at + 2)?;
            cell ^= u16::from_le_bytes([bytes[0], bytes[1]]);
        }
        // Where the check bits agree they cancel, and what is left is the value under its own check bits.
        let value = cell ^ (check & ((1 << self.bits) - 1));
        (value >> self.bits == 0).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names() {
        let names = GivenNames::bundled().expect("the bundled names load");
        for (name, want) in
            [("alan", Some(Gender::Male)), ("maria", Some(Gender::Female)), ("kim", None), ("qwertz", None)]
        {
            assert_eq!(names.gender(crate::tagger::hash(name)), want, "{name}");
        }
        let good = include_bytes!("../../models/given.bin");
        for at in [0, 8, 16, good.len() - 1] {
            let mut bad = good.to_vec();
            bad[at] ^= 1;
            assert!(GivenNames::load(&bad).is_err(), "byte {at}");
        }
    }

    #[test]
    fn damaged_words_are_errors() {
        let good = include_bytes!("../../models/words.bin");
        assert!(Words::load(good).is_ok());
        for at in [0, 8, 16, 20, 3_000, good.len() / 2, good.len() - 1] {
            let mut bad = good.to_vec();
            bad[at] ^= 1;
            assert!(Words::load(&bad).is_err(), "byte {at}");
        }
        for cut in [0, 7, 12, 100, good.len() - 1] {
            assert!(Words::load(&good[..cut]).is_err(), "{cut} bytes");
        }
    }
}
