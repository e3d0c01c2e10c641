//! Numbers that a section of a checkpoint can hold, and their bytes.

/// What the numbers of a section are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum WordKind {
    /// Unsigned, one byte.
    U8 = 1,
    /// Unsigned, two bytes.
    U16 = 2,
    /// Unsigned, four bytes.
    U32 = 3,
    /// Unsigned, eight bytes.
    U64 = 4,
    /// Signed, eight bytes.
    I64 = 5,
    /// Floating point, eight bytes.
    F64 = 6,
}

impl WordKind {
    pub(super) const ALL: [WordKind; 6] =
        [WordKind::U8, WordKind::U16, WordKind::U32, WordKind::U64, WordKind::I64, WordKind::F64];

    /// Its name in Rust and in messages.
    pub fn name(self) -> &'static str {
        match self {
            WordKind::U8 => "u8",
            WordKind::U16 => "u16",
            WordKind::U32 => "u32",
            WordKind::U64 => "u64",
            WordKind::I64 => "i64",
            WordKind::F64 => "f64",
        }
    }

    /// Bytes a number.
    pub fn size(self) -> usize {
        match self {
            WordKind::U8 => 1,
            WordKind::U16 => 2,
            WordKind::U32 => 4,
            WordKind::U64 | WordKind::I64 | WordKind::F64 => 8,
        }
    }
}

/// A number that a section can hold: `u8`, `u16`, `u32`, `u64`, `i64` or `f64`.
pub trait Word: Copy + LittleEndian {
    /// Its kind in the file.
    const KIND: WordKind;
}

/// To and from bytes, in a form that compiles to a copy.
pub trait LittleEndian: Sized {
    /// Writes words into the bytes of as many places.
    fn encode(words: &[Self], bytes: &mut [u8]);
    /// Reads words to the end of a list.
    fn append(bytes: &[u8], words: &mut Vec<Self>);
}

macro_rules! word {
    ($($type:ident $kind:ident),*) => { $(
        impl Word for $type {
            const KIND: WordKind = WordKind::$kind;
        }

        impl LittleEndian for $type {
            fn encode(words: &[Self], bytes: &mut [u8]) {
                let (places, _) = bytes.as_chunks_mut::<{ size_of::<$type>() }>();
                for (place, word) in places.iter_mut().zip(words) {
                    *place = word.to_le_bytes();
                }
            }

            fn append(bytes: &[u8], words: &mut Vec<Self>) {
                let (places, _) = bytes.as_chunks::<{ size_of::<$type>() }>();
                words.extend(places.iter().map(|place| $type::from_le_bytes(*place)));
            }
        }
    )* };
}

word!(u8 U8, u16 U16, u32 U32, u64 U64, i64 I64, f64 F64);
