//! Any state as a column of 64-bit words, exact to the last bit, for a section of a checkpoint.
//!
//! JSON would lose what is not finite and costs ten times the bytes; this writes the fields of a value in
//! their order, numbers as they lie in memory, lengths before sequences, text as its bytes. It carries no
//! names: the reader must know the type, and a checkpoint says which version of the program wrote it.

use std::fmt;

use crate::messages;

use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Visitor};
use serde::ser::{self, Serialize};

/// Why words cannot be read as a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WordError(String);

impl fmt::Display for WordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WordError {}

impl ser::Error for WordError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        WordError(message.to_string())
    }
}

impl de::Error for WordError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        WordError(message.to_string())
    }
}

/// The words of a value.
///
/// # Errors
/// If the value has a sequence whose length is not known, or a map: no state of a run has one.
pub(crate) fn to_words(value: &impl Serialize) -> Result<Vec<u64>, WordError> {
    let mut writer = Writer(Vec::new());
    value.serialize(&mut writer)?;
    Ok(writer.0)
}

/// The value that was written as these words.
///
/// # Errors
/// If the words end too early or too late, or hold something that the type does not take.
pub(crate) fn from_words<T: DeserializeOwned>(words: &[u64]) -> Result<T, WordError> {
    let mut reader = Reader(words);
    let value = T::deserialize(&mut reader)?;
    match reader.0.len() {
        0 => Ok(value),
        left => Err(WordError(messages::words_left_over(left).to_string())),
    }
}

struct Writer(Vec<u64>);

impl Writer {
    fn put(&mut self, word: u64) -> Result<(), WordError> {
        self.0.push(word);
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), WordError> {
        self.0.push(bytes.len() as u64);
        for piece in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..piece.len()].copy_from_slice(piece);
            self.0.push(u64::from_le_bytes(word));
        }
        Ok(())
    }
}

macro_rules! put {
    ($($name:ident $type:ty = |$x:ident| $word:expr;)*) => {
        $(fn $name(self, $x: $type) -> Result<(), WordError> { self.put($word) })*
    };
}

impl ser::Serializer for &mut Writer {
    type Ok = ();
    type Error = WordError;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = ser::Impossible<(), WordError>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    put! {
        serialize_bool bool = |x| u64::from(x);
        serialize_i8 i8 = |x| i64::from(x) as u64;
        serialize_i16 i16 = |x| i64::from(x) as u64;
        serialize_i32 i32 = |x| i64::from(x) as u64;
        serialize_i64 i64 = |x| x as u64;
        serialize_u8 u8 = |x| u64::from(x);
        serialize_u16 u16 = |x| u64::from(x);
        serialize_u32 u32 = |x| u64::from(x);
        serialize_u64 u64 = |x| x;
        serialize_f32 f32 = |x| u64::from(x.to_bits());
        serialize_f64 f64 = |x| x.to_bits();
        serialize_char char = |x| u64::from(u32::from(x));
    }

    fn serialize_str(self, text: &str) -> Result<(), WordError> {
        self.bytes(text.as_bytes())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), WordError> {
        self.bytes(bytes)
    }

    fn serialize_none(self) -> Result<(), WordError> {
        self.put(0)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), WordError> {
        self.put(1)?;
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), WordError> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), WordError> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, at: u32, _: &'static str) -> Result<(), WordError> {
        self.put(u64::from(at))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), WordError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        at: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), WordError> {
        self.put(u64::from(at))?;
        value.serialize(self)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self, WordError> {
        let length = length.ok_or_else(|| WordError(messages::sequence_of_unknown_length().to_string()))?;
        self.put(length as u64)?;
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, WordError> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, WordError> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        at: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, WordError> {
        self.put(u64::from(at))?;
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, WordError> {
        Err(WordError("a map".into()))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, WordError> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        at: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, WordError> {
        self.put(u64::from(at))?;
        Ok(self)
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

macro_rules! parts {
    ($($trait:ident $method:ident),*) => { $(
        impl ser::$trait for &mut Writer {
            type Ok = ();
            type Error = WordError;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WordError> {
                value.serialize(&mut **self)
            }
            fn end(self) -> Result<(), WordError> {
                Ok(())
            }
        }
    )* };
}

parts!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

macro_rules! fields {
    ($($trait:ident),*) => { $(
        impl ser::$trait for &mut Writer {
            type Ok = ();
            type Error = WordError;
            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                _: &'static str,
                value: &T,
            ) -> Result<(), WordError> {
                value.serialize(&mut **self)
            }
            fn end(self) -> Result<(), WordError> {
                Ok(())
            }
        }
    )* };
}

fields!(SerializeStruct, SerializeStructVariant);

struct Reader<'w>(&'w [u64]);

impl Reader<'_> {
    fn word(&mut self) -> Result<u64, WordError> {
        let (&first, rest) =
            self.0.split_first().ok_or_else(|| WordError(messages::words_end_too_early().to_string()))?;
        self.0 = rest;
        Ok(first)
    }

    fn number<T: TryFrom<i64>>(&mut self) -> Result<T, WordError> {
        let word = self.word()? as i64;
        T::try_from(word).map_err(|_| WordError(messages::word_out_of_range(word).to_string()))
    }

    fn length(&mut self) -> Result<usize, WordError> {
        let length = self.word()?;
        usize::try_from(length).map_err(|_| WordError(messages::word_no_length(length).to_string()))
    }

    fn bytes(&mut self) -> Result<Vec<u8>, WordError> {
        let length = self.length()?;
        let words = length.div_ceil(8);
        if words > self.0.len() {
            return Err(WordError(messages::words_end_too_early().to_string()));
        }
        let (text, rest) = self.0.split_at(words);
        self.0 = rest;
        let mut bytes: Vec<u8> = text.iter().flat_map(|word| word.to_le_bytes()).collect();
        bytes.truncate(length);
        Ok(bytes)
    }
}

macro_rules! take {
    ($($name:ident $visit:ident = |$r:ident| $value:expr;)*) => {
        $(fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WordError> {
            let $r = self;
            visitor.$visit($value)
        })*
    };
}

impl<'de> de::Deserializer<'de> for &mut Reader<'_> {
    type Error = WordError;

    take! {
        deserialize_bool visit_bool = |r| r.word()? != 0;
        deserialize_i8 visit_i8 = |r| r.number()?;
        deserialize_i16 visit_i16 = |r| r.number()?;
        deserialize_i32 visit_i32 = |r| r.number()?;
        deserialize_i64 visit_i64 = |r| r.number()?;
        deserialize_u8 visit_u8 = |r| r.number()?;
        deserialize_u16 visit_u16 = |r| r.number()?;
        deserialize_u32 visit_u32 = |r| r.number()?;
        deserialize_u64 visit_u64 = |r| r.word()?;
        deserialize_f32 visit_f32 = |r| f32::from_bits(r.number()?);
        deserialize_f64 visit_f64 = |r| f64::from_bits(r.word()?);
        deserialize_char visit_char = |r| {
            char::from_u32(r.number()?).ok_or_else(|| WordError(messages::word_no_character().to_string()))?
        };
        deserialize_byte_buf visit_byte_buf = |r| r.bytes()?;
        deserialize_bytes visit_byte_buf = |r| r.bytes()?;
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, WordError> {
        Err(WordError(messages::words_carry_no_types().to_string()))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WordError> {
        self.deserialize_any(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WordError> {
        let text =
            String::from_utf8(self.bytes()?).map_err(|_| WordError(messages::word_not_utf8().to_string()))?;
        visitor.visit_string(text)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WordError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WordError> {
        match self.word()? {
            0 => visitor.visit_none(),
            1 => visitor.visit_some(self),
            other => Err(WordError(messages::word_no_option(other).to_string())),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WordError> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, WordError> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, WordError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WordError> {
        let left = self.length()?;
        visitor.visit_seq(Sequence { reader: self, left })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, left: usize, visitor: V) -> Result<V::Value, WordError> {
        visitor.visit_seq(Sequence { reader: self, left })
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        left: usize,
        visitor: V,
    ) -> Result<V::Value, WordError> {
        visitor.visit_seq(Sequence { reader: self, left })
    }

    fn deserialize_map<V: Visitor<'de>>(self, _: V) -> Result<V::Value, WordError> {
        Err(WordError("a map".into()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, WordError> {
        visitor.visit_seq(Sequence { reader: self, left: fields.len() })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, WordError> {
        visitor.visit_enum(self)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WordError> {
        self.deserialize_u32(visitor)
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

struct Sequence<'r, 'w> {
    reader: &'r mut Reader<'w>,
    left: usize,
}

impl<'de> de::SeqAccess<'de> for Sequence<'_, '_> {
    type Error = WordError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, WordError> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        // A damaged length must not take memory that the words could not fill.
        Some(self.left.min(self.reader.0.len()))
    }
}

impl<'de> de::EnumAccess<'de> for &mut Reader<'_> {
    type Error = WordError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), WordError> {
        let at: u32 = self.number()?;
        let value = seed.deserialize(IntoDeserializer::<WordError>::into_deserializer(at))?;
        Ok((value, self))
    }
}

impl<'de> de::VariantAccess<'de> for &mut Reader<'_> {
    type Error = WordError;

    fn unit_variant(self) -> Result<(), WordError> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, WordError> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, left: usize, visitor: V) -> Result<V::Value, WordError> {
        visitor.visit_seq(Sequence { reader: self, left })
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, WordError> {
        visitor.visit_seq(Sequence { reader: self, left: fields.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    enum Kind {
        One,
        Two(i16),
        Three { a: f32 },
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct State {
        words: Vec<[f64; 2]>,
        name: String,
        kinds: Vec<Kind>,
        range: std::ops::Range<usize>,
        some: Option<i32>,
        none: Option<u8>,
        flag: bool,
    }

    fn state() -> State {
        State {
            words: vec![[1.5, -0.0], [f64::INFINITY, 5e-324]],
            name: "山海 and more".into(),
            kinds: vec![Kind::One, Kind::Two(-7), Kind::Three { a: 0.1 }],
            range: 3..usize::MAX,
            some: Some(-3),
            none: None,
            flag: true,
        }
    }

    #[test]
    fn a_state_reads_back_to_the_last_bit() {
        let words = to_words(&state()).unwrap();
        assert_eq!(from_words::<State>(&words).unwrap(), state());
        assert!(from_words::<State>(&words[1..]).is_err() || words.is_empty());
        for length in 0..words.len() {
            assert!(from_words::<State>(&words[..length]).is_err());
        }
    }

    proptest! {
        #[test]
        fn no_words_make_the_reader_panic(words in proptest::collection::vec(any::<u64>(), 0..60), honest in 0usize..40) {
            let good = to_words(&state()).unwrap();
            let all = [&good[..honest.min(good.len())], &words[..]].concat();
            let _ = from_words::<State>(&all);
            let _ = from_words::<Vec<Vec<f64>>>(&words);
        }
    }
}
