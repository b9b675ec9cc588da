//! Random numbers that are the same on every run.

/// A small generator of random numbers (a linear congruential one of 64 bits).
pub struct Random(u64);

impl Random {
    /// A generator that begins with `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    /// A number between 0 and 1.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 7) as f32 / (1_u32 << 24) as f32
    }

    /// Shuffles a list.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.next() as usize % (at + 1));
        }
    }
}
