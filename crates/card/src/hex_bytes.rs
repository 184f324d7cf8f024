//! Bytes as hexadecimal text in JSON, for `#[serde(with = "..")]`.

use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

/// Writes lower-case hexadecimal digits.
pub fn serialize<S: Serializer, const N: usize>(bytes: &[u8; N], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&hex::encode(bytes))
}

/// Reads exactly `N` bytes.
pub fn deserialize<'de, D: Deserializer<'de>, const N: usize>(deserializer: D) -> Result<[u8; N], D::Error> {
    let text = String::deserialize(deserializer)?;
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).map_err(D::Error::custom)?;
    Ok(bytes)
}
