//! The few vector operations that the kernels are written in.
//!
//! A kernel is one generic function over [`Simd`]; each instruction set gives the operations, and a
//! wrapper with `#[target_feature]` compiles the kernel for it. Every method is inlined into that
//! wrapper, which is what makes the intrinsics single instructions.
//!
//! [`Scalar`] is the definition: arrays and loops, any processor.

use super::math::f16_to_f32;

/// Vector operations of one instruction set.
///
/// # Safety
/// Methods may be called only where the processor has the instruction set, and pointers must be
/// valid for as many bytes as the vector has (4 for a broadcast, 2 per lane for halves); alignment
/// is not required.
pub(super) trait Simd {
    /// 32-bit lanes.
    const LANES: usize;
    /// Tokens whose sums fit in registers together.
    const TOKENS: usize;
    /// Whether partial sums are pairs of 16 bits: they hold few products, and scales stand twice.
    const PAIRS: bool;
    /// What [`Simd::step_signed`] wants added to signed weights, modulo 256; then 128 times the sum
    /// of the activations is to be taken from the result.
    const SIGNED_BIAS: u8;
    /// Integers.
    type I: Copy;
    /// Floats.
    type F: Copy;

    unsafe fn zero() -> Self::I;
    unsafe fn load(p: *const u8) -> Self::I;
    /// The same four bytes in every lane.
    unsafe fn broadcast(p: *const i8) -> Self::I;
    unsafe fn splat(value: i32) -> Self::I;
    /// Partial sums plus the products of four unsigned weights and four signed activations a lane.
    unsafe fn step(sums: Self::I, weights: Self::I, activations: Self::I) -> Self::I;
    /// Whole sums plus the products of four signed weights (biased) and activations a lane.
    unsafe fn step_signed(sums: Self::I, weights: Self::I, activations: Self::I) -> Self::I;
    /// Partial sums times a scale, as whole sums.
    unsafe fn scaled(sums: Self::I, scale: Self::I) -> Self::I;
    /// Partial sums as whole sums.
    unsafe fn whole(sums: Self::I) -> Self::I;
    /// Sum of the two products of 16-bit numbers in each lane.
    unsafe fn dot_pairs(a: Self::I, b: Self::I) -> Self::I;
    unsafe fn add(a: Self::I, b: Self::I) -> Self::I;
    unsafe fn sub(a: Self::I, b: Self::I) -> Self::I;
    /// 32-bit product, low half.
    unsafe fn mul(a: Self::I, b: Self::I) -> Self::I;
    /// Every bit of both.
    unsafe fn and(a: Self::I, b: Self::I) -> Self::I;
    /// Every bit of either.
    unsafe fn or(a: Self::I, b: Self::I) -> Self::I;
    /// Each 16 bits moved up; the number is a constant once loops are unrolled.
    unsafe fn up(a: Self::I, bits: usize) -> Self::I;
    /// Each 16 bits moved down.
    unsafe fn down(a: Self::I, bits: usize) -> Self::I;
    /// Bytes added, modulo 256.
    unsafe fn add_bytes(a: Self::I, b: Self::I) -> Self::I;
    /// Nearest floats, halves to even.
    unsafe fn to_float(a: Self::I) -> Self::F;

    unsafe fn load_f(p: *const f32) -> Self::F;
    unsafe fn load_halves(p: *const u16) -> Self::F;
    unsafe fn store_f(p: *mut f32, a: Self::F);
    unsafe fn splat_f(value: f32) -> Self::F;
    unsafe fn add_f(a: Self::F, b: Self::F) -> Self::F;
    unsafe fn sub_f(a: Self::F, b: Self::F) -> Self::F;
    unsafe fn mul_f(a: Self::F, b: Self::F) -> Self::F;
    /// `a * b + c`, rounded once (twice on SSE4.1, which has no such instruction).
    unsafe fn fma(a: Self::F, b: Self::F, c: Self::F) -> Self::F;
    /// Asks for the cache line of an address that need not be valid.
    unsafe fn prefetch(p: *const u8);
}

/// Plain Rust, sixteen lanes.
pub(super) struct Scalar;

impl Simd for Scalar {
    const LANES: usize = 16;
    const TOKENS: usize = 4;
    const PAIRS: bool = false;
    const SIGNED_BIAS: u8 = 0;
    type I = [i32; 16];
    type F = [f32; 16];

    #[inline(always)]
    unsafe fn zero() -> Self::I {
        [0; 16]
    }
    #[inline(always)]
    unsafe fn load(p: *const u8) -> Self::I {
        // SAFETY: the caller gives 64 readable bytes.
        unsafe { p.cast::<Self::I>().read_unaligned() }
    }
    #[inline(always)]
    unsafe fn broadcast(p: *const i8) -> Self::I {
        // SAFETY: the caller gives 4 readable bytes.
        [unsafe { p.cast::<i32>().read_unaligned() }; 16]
    }
    #[inline(always)]
    unsafe fn splat(value: i32) -> Self::I {
        [value; 16]
    }
    #[inline(always)]
    unsafe fn step(mut sums: Self::I, weights: Self::I, activations: Self::I) -> Self::I {
        for i in 0..16 {
            let (w, x) = (weights[i].to_le_bytes(), activations[i].to_le_bytes());
            for j in 0..4 {
                sums[i] += i32::from(w[j]) * i32::from(x[j] as i8);
            }
        }
        sums
    }
    #[inline(always)]
    unsafe fn step_signed(mut sums: Self::I, weights: Self::I, activations: Self::I) -> Self::I {
        for i in 0..16 {
            let (w, x) = (weights[i].to_le_bytes(), activations[i].to_le_bytes());
            for j in 0..4 {
                sums[i] += i32::from(w[j] as i8) * i32::from(x[j] as i8);
            }
        }
        sums
    }
    #[inline(always)]
    unsafe fn scaled(sums: Self::I, scale: Self::I) -> Self::I {
        std::array::from_fn(|i| sums[i].wrapping_mul(scale[i]))
    }
    #[inline(always)]
    unsafe fn whole(sums: Self::I) -> Self::I {
        sums
    }
    #[inline(always)]
    unsafe fn dot_pairs(a: Self::I, b: Self::I) -> Self::I {
        let low = |v: i32| i32::from(v as i16);
        let high = |v: i32| v >> 16;
        std::array::from_fn(|i| low(a[i]) * low(b[i]) + high(a[i]) * high(b[i]))
    }
    #[inline(always)]
    unsafe fn add(a: Self::I, b: Self::I) -> Self::I {
        std::array::from_fn(|i| a[i].wrapping_add(b[i]))
    }
    #[inline(always)]
    unsafe fn sub(a: Self::I, b: Self::I) -> Self::I {
        std::array::from_fn(|i| a[i].wrapping_sub(b[i]))
    }
    #[inline(always)]
    unsafe fn mul(a: Self::I, b: Self::I) -> Self::I {
        std::array::from_fn(|i| a[i].wrapping_mul(b[i]))
    }
    #[inline(always)]
    unsafe fn and(a: Self::I, b: Self::I) -> Self::I {
        std::array::from_fn(|i| a[i] & b[i])
    }
    #[inline(always)]
    unsafe fn or(a: Self::I, b: Self::I) -> Self::I {
        std::array::from_fn(|i| a[i] | b[i])
    }
    #[inline(always)]
    unsafe fn up(a: Self::I, bits: usize) -> Self::I {
        let high = (0xffff_0000_u32 << bits) & 0xffff_0000;
        let low = (0xffff_u32 << bits) & 0xffff;
        a.map(|v| (((v as u32) << bits) & (high | low)) as i32)
    }
    #[inline(always)]
    unsafe fn down(a: Self::I, bits: usize) -> Self::I {
        let each = 0xffff_u32 >> bits;
        a.map(|v| (((v as u32) >> bits) & (each | each << 16)) as i32)
    }
    #[inline(always)]
    unsafe fn add_bytes(a: Self::I, b: Self::I) -> Self::I {
        std::array::from_fn(|i| {
            let (a, b) = (a[i].to_le_bytes(), b[i].to_le_bytes());
            i32::from_le_bytes(std::array::from_fn(|j| a[j].wrapping_add(b[j])))
        })
    }
    #[inline(always)]
    unsafe fn to_float(a: Self::I) -> Self::F {
        std::array::from_fn(|i| a[i] as f32)
    }
    #[inline(always)]
    unsafe fn load_f(p: *const f32) -> Self::F {
        // SAFETY: the caller gives 16 readable floats.
        unsafe { p.cast::<Self::F>().read_unaligned() }
    }
    #[inline(always)]
    unsafe fn load_halves(p: *const u16) -> Self::F {
        // SAFETY: the caller gives 16 readable halves.
        unsafe { p.cast::<[u16; 16]>().read_unaligned() }.map(f16_to_f32)
    }
    #[inline(always)]
    unsafe fn store_f(p: *mut f32, a: Self::F) {
        // SAFETY: the caller gives 16 writable floats.
        unsafe { p.cast::<Self::F>().write_unaligned(a) }
    }
    #[inline(always)]
    unsafe fn splat_f(value: f32) -> Self::F {
        [value; 16]
    }
    #[inline(always)]
    unsafe fn add_f(a: Self::F, b: Self::F) -> Self::F {
        std::array::from_fn(|i| a[i] + b[i])
    }
    #[inline(always)]
    unsafe fn sub_f(a: Self::F, b: Self::F) -> Self::F {
        std::array::from_fn(|i| a[i] - b[i])
    }
    #[inline(always)]
    unsafe fn mul_f(a: Self::F, b: Self::F) -> Self::F {
        std::array::from_fn(|i| a[i] * b[i])
    }
    #[inline(always)]
    unsafe fn fma(a: Self::F, b: Self::F, c: Self::F) -> Self::F {
        std::array::from_fn(|i| a[i].mul_add(b[i], c[i]))
    }
    #[inline(always)]
    unsafe fn prefetch(_: *const u8) {}
}
