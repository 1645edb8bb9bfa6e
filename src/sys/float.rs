//! Sums and products for which the processor gets the operands in their order.
//!
//! Input and output: numbers, and vectors as their bytes, lane 0 first. Holds: a NaN result is the first NaN of the
//! operands, made quiet. The code generator takes the operands of what is commutative in any order, and processors
//! choose the first NaN.

#[cfg(all(target_arch = "x86_64", target_feature = "sse2", not(miri)))]
macro_rules! define_ordered {
    ($(
        $name:ident $vector_name:ident: $float:ident, $operator:tt, $quiet:literal, $scalar:literal, $packed:literal;
    )*) => { $(
        #[inline(always)]
        pub(crate) fn $name(a: $float, b: $float) -> $float {
            ordered!($scalar, a, b)
        }

        #[inline(always)]
        pub(crate) fn $vector_name(a: [u8; 16], b: [u8; 16]) -> [u8; 16] {
            use core::arch::x86_64::__m128;
            use core::mem::transmute;
            let vector = |bytes| {
                // SAFETY: all bits are vectors.
                unsafe { transmute::<[u8; 16], __m128>(bytes) }
            };
            let result = ordered!($packed, vector(a), vector(b));
            // SAFETY: all vectors are bytes.
            unsafe { transmute::<__m128, [u8; 16]>(result) }
        }
    )* };
}

/// The result of an instruction of two operands.
#[cfg(all(target_arch = "x86_64", target_feature = "sse2", not(miri)))]
macro_rules! ordered {
    ($instruction:literal, $a:expr, $b:expr) => {{
        let mut result = $a;
        // SAFETY: the instruction is in the baseline of the target, and has no other effect than on the register.
        unsafe {
            #[cfg(not(target_feature = "avx"))]
            core::arch::asm!(
                concat!($instruction, " {a}, {b}"),
                a = inlateout(xmm_reg) result,
                b = in(xmm_reg) $b,
                options(pure, nomem, nostack, preserves_flags),
            );
            #[cfg(target_feature = "avx")]
            core::arch::asm!(
                concat!("v", $instruction, " {a}, {a}, {b}"),
                a = inlateout(xmm_reg) result,
                b = in(xmm_reg) $b,
                options(pure, nomem, nostack, preserves_flags),
            );
        }
        result
    }};
}

#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2", not(miri))))]
macro_rules! define_ordered {
    ($(
        $name:ident $vector_name:ident: $float:ident, $operator:tt, $quiet:literal, $scalar:literal, $packed:literal;
    )*) => { $(
        #[inline(always)]
        pub(crate) fn $name(a: $float, b: $float) -> $float {
            if a.is_nan() {
                $float::from_bits(a.to_bits() | 1 << $quiet)
            } else {
                a $operator b
            }
        }

        #[inline(always)]
        pub(crate) fn $vector_name(a: [u8; 16], b: [u8; 16]) -> [u8; 16] {
            const BYTES: usize = size_of::<$float>();
            let lane = |vector: [u8; 16], at: usize| {
                $float::from_le_bytes(core::array::from_fn(|byte| vector[at + byte]))
            };
            let mut result = [0; 16];
            for at in (0..16).step_by(BYTES) {
                let value = $name(lane(a, at), lane(b, at));
                result[at..at + BYTES].copy_from_slice(&value.to_le_bytes());
            }
            result
        }
    )* };
}

define_ordered! {
    f32_add f32x4_add: f32, +, 22, "addss", "addps";
    f64_add f64x2_add: f64, +, 51, "addsd", "addpd";
    f32_mul f32x4_mul: f32, *, 22, "mulss", "mulps";
    f64_mul f64x2_mul: f64, *, 51, "mulsd", "mulpd";
}
