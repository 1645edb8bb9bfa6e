//! Values, without an engine.

use crate::random::Random;

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    I32,
    I64,
    F32,
    F64,
    V128,
    Func,
    Extern,
}

#[derive(Copy, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    I32(i32),
    I64(i64),
    F32(u32),
    F64(u64),
    V128(u128),
    /// A reference to a function: whether it is null.
    Func(bool),
    /// A reference to a value of the host: whether it is null.
    Extern(bool),
}

/// As text. The standard leaves open which not-a-number an operator makes, so they are all the same, but in the
/// alternate form.
impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shows_nan = f.alternate();
        match *self {
            Value::I32(value) => write!(f, "i32 {value}"),
            Value::I64(value) => write!(f, "i64 {value}"),
            Value::F32(bits) if !shows_nan && f32::from_bits(bits).is_nan() => {
                f.write_str("f32 nan")
            }
            Value::F64(bits) if !shows_nan && f64::from_bits(bits).is_nan() => {
                f.write_str("f64 nan")
            }
            Value::F32(bits) => write!(f, "f32 {bits:#x}"),
            Value::F64(bits) => write!(f, "f64 {bits:#x}"),
            Value::V128(value) => write!(f, "v128 {value:#034x}"),
            Value::Func(is_null) => write!(f, "function, null: {is_null}"),
            Value::Extern(is_null) => write!(f, "extern, null: {is_null}"),
        }
    }
}

impl Value {
    /// A value of the type, of those that are worth trying. References are null.
    pub(crate) fn interesting(random: &mut Random, ty: Type) -> Value {
        match ty {
            Type::I32 => Value::I32(integer(random, 32) as i32),
            Type::I64 => Value::I64(integer(random, 64)),
            Type::F32 => Value::F32(match float(random) {
                Some(value) => (value as f32).to_bits(),
                None => random.next() as u32,
            }),
            Type::F64 => Value::F64(match float(random) {
                Some(value) => value.to_bits(),
                None => random.next(),
            }),
            Type::V128 => {
                let [low, high] = [integer(random, 64), integer(random, 64)];
                Value::V128(u128::from(low as u64) | u128::from(high as u64) << 64)
            }
            Type::Func => Value::Func(true),
            Type::Extern => Value::Extern(true),
        }
    }
}

/// An integer of so many bits: a special one, a small one, an address, a power of two or any.
fn integer(random: &mut Random, bits: u32) -> i64 {
    match random.below(8) {
        0 => *random.pick(&[0, 1, -1, 2, 255, -128, 0x7FFF, 0x1_0000]),
        1 => -1 << (bits - 1),
        2 => (-1_i64 as u64 >> (65 - bits)) as i64,
        3 | 4 => random.below(64) as i64,
        5 => (random.below(4096) * 8) as i64,
        6 => 1 << random.below(u64::from(bits)),
        _ => random.next() as i64,
    }
}

/// A number, or `None` for any bits.
fn float(random: &mut Random) -> Option<f64> {
    const NUMBERS: &[f64] = &[
        0.0,
        -0.0,
        1.0,
        -1.5,
        0.5,
        2.5,
        1e-310,
        1e-40,
        f64::MAX,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        2_147_483_648.0,
        -9_223_372_036_854_775_808.0,
        4_294_967_295.0,
    ];
    match random.below(4) {
        0 | 1 => Some(*random.pick(NUMBERS)),
        2 => Some(random.below(2000) as f64 - 1000.0),
        _ => None,
    }
}
