//! What the cases share.
//!
//! Input: a case's function from a size to a checksum. Output: the export `run` that every case has.
//! Holds: everything here gives the same on every machine, and nothing keeps state from one run to the next.

/// Exports a function `fn(u32) -> u64` as `run`.
#[macro_export]
macro_rules! case {
    ($work:path) => {
        #[unsafe(no_mangle)]
        pub extern "C" fn run(size: i32) -> i64 {
            $work(size as u32) as i64
        }
    };
}

/// The generator that makes inputs: xorshift64*.
pub struct Random(u64);

impl Random {
    /// `seed` is not 0.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `bound`.
    pub const fn below(&mut self, bound: u32) -> u32 {
        (((self.next() >> 32) * bound as u64) >> 32) as u32
    }

    /// A number from 0 up to 1.
    pub const fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A checksum of everything that was added, in order.
#[derive(Clone, Copy)]
pub struct Checksum(u64);

impl Checksum {
    /// Of nothing.
    pub const fn new() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }

    /// Adds 64 bits.
    pub const fn add(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 29;
    }

    /// Adds bytes, eight at a time.
    pub fn add_bytes(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        for &byte in rest {
            self.add(u64::from(byte));
        }
        self.add(bytes.len() as u64);
    }

    /// The checksum so far.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl Default for Checksum {
    fn default() -> Self {
        Self::new()
    }
}

/// The words that texts are made of.
const SYLLABLES: [&str; 32] = [
    "ka", "lo", "mi", "ne", "tor", "sel", "ra", "vi", "dun", "pa", "shi", "mer", "go", "an", "is",
    "el", "ta", "ri", "bo", "cu", "fen", "ju", "hal", "os", "wy", "zen", "qua", "ex", "um", "ti",
    "do", "be",
];

/// A word of one to four syllables; small words are frequent.
pub fn word(random: &mut Random) -> String {
    let count = 1 + random.below(4).min(random.below(4));
    (0..count)
        .map(|_| SYLLABLES[random.below(32).min(random.below(40)) as usize])
        .collect()
}

/// A sentence of a few words, with a capital letter and a full stop.
pub fn sentence(random: &mut Random) -> String {
    let count = 4 + random.below(10);
    let words: Vec<String> = (0..count).map(|_| word(random)).collect();
    let mut sentence = words.join(" ");
    sentence[..1].make_ascii_uppercase();
    sentence + "."
}
