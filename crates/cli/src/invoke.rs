//! The arguments and results of a function that the user calls.
//!
//! Input: texts and types. Output: values, and values as text.

use wazir::{Val, ValType};

/// The value of a type that a text stands for; the error says what was expected.
pub(crate) fn parse(ty: &ValType, text: &str) -> Result<Val, String> {
    match ty {
        ValType::I32 => integer(text, 32).map(|value| Val::I32(value as i32)),
        ValType::I64 => integer(text, 64).map(|value| Val::I64(value as i64)),
        ValType::V128 => integer(text, 128).map(|value| Val::V128(value.into())),
        ValType::F32 => float(text).map(|value: f32| Val::F32(value.to_bits())),
        ValType::F64 => float(text).map(|value: f64| Val::F64(value.to_bits())),
        ty @ ValType::Ref(_) => match Val::default_for_ty(ty) {
            Some(null) if text == "null" => Ok(null),
            Some(_) => Err("the only reference that can be written here is `null`".to_string()),
            None => Err("such a reference cannot be written here".to_string()),
        },
    }
}

/// An integer of so many bits, signed or not: the value's low bits.
fn integer(text: &str, bits: u32) -> Result<u128, String> {
    let wrong = || format!("expected an integer of {bits} bits, such as 42, -1 or 0xff");
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let digits = digits.replace('_', "");
    let magnitude = match digits
        .strip_prefix("0x")
        .or_else(|| digits.strip_prefix("0X"))
    {
        _ if digits.contains(['+', '-']) => return Err(wrong()),
        Some(hexadecimal) => u128::from_str_radix(hexadecimal, 16),
        None => digits.parse(),
    };
    let magnitude: u128 = magnitude.map_err(|_| wrong())?;
    let largest = if negative {
        1 << (bits - 1)
    } else {
        u128::MAX >> (128 - bits)
    };
    if magnitude > largest {
        return Err(wrong());
    }
    Ok(if negative {
        magnitude.wrapping_neg()
    } else {
        magnitude
    })
}

fn float<F: std::str::FromStr>(text: &str) -> Result<F, String> {
    text.replace('_', "")
        .parse()
        .map_err(|_| "expected a number, such as 1.5, -2e9, inf or nan".to_string())
}

/// A result as text, which [`parse`] reads as the same value, references and the bits of not-a-number excepted.
pub(crate) fn format(value: &Val) -> String {
    match value {
        Val::I32(value) => value.to_string(),
        Val::I64(value) => value.to_string(),
        Val::F32(bits) => f32::from_bits(*bits).to_string(),
        Val::F64(bits) => f64::from_bits(*bits).to_string(),
        Val::V128(value) => format!("{:#034x}", value.as_u128()),
        Val::FuncRef(None) | Val::ExternRef(None) => "null".to_string(),
        Val::FuncRef(Some(_)) => "a function".to_string(),
        Val::ExternRef(Some(_)) => "a value of the host".to_string(),
        _ => "a reference".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(ty: ValType, text: &str) -> String {
        parse(&ty, text).map_or_else(|error| error, |value| format(&value))
    }

    #[test]
    fn values_survive_the_way_through_text() {
        for (ty, texts) in [
            (ValType::I32, &["0", "-2147483648", "2147483647"][..]),
            (
                ValType::I64,
                &["-9223372036854775808", "9223372036854775807"],
            ),
            (ValType::F32, &["1.5", "-0", "inf", "-inf", "NaN", "0.1"]),
            (
                ValType::F64,
                &["1.5", "-0", "inf", "NaN", "0.1", "100000000000000000000"],
            ),
            (ValType::V128, &["0x000102030405060708090a0b0c0d0e0f"]),
            (ValType::FUNCREF, &["null"]),
            (ValType::EXTERNREF, &["null"]),
        ] {
            for text in texts {
                assert_eq!(shown(ty.clone(), text), *text);
            }
        }
        assert_eq!(shown(ValType::I32, "0xFFFF_FFFF"), "-1");
        assert_eq!(shown(ValType::I32, "4294967295"), "-1");
        assert_eq!(shown(ValType::I64, "-0x10"), "-16");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "x",
            "1.5",
            "4294967296",
            "-2147483649",
            "--1",
            "0x",
            "+-1",
            "0x-1",
            "-+1",
        ] {
            assert!(parse(&ValType::I32, text).is_err(), "{text}");
        }
        assert!(parse(&ValType::F64, "one").is_err());
        assert!(parse(&ValType::EXTERNREF, "1").is_err());
    }
}
