//! The vector operations of x86-64 processors, from SSE4.1 (2008) to AVX-512 VNNI.
//!
//! Without VNNI, unsigned weights times signed activations are summed in pairs of 16 bits
//! (`pmaddubsw`): 4-bit weights leave room for eight such sums, 5-bit for four, 6-bit for two.

#![expect(
    clippy::undocumented_unsafe_blocks,
    reason = "every block is one call of an intrinsic under the contract of the trait Simd: the \
              processor has the instruction set, pointers are readable as far as the vector goes"
)]

use std::arch::x86_64::*;

use super::math::f16_to_f32;
use super::simd::Simd;

/// 128-bit vectors.
pub(super) struct Sse41;

/// 256-bit vectors with fused multiplication.
pub(super) struct Avx2;

/// 256-bit vectors with byte products summed in 32 bits (VEX encoding).
pub(super) struct AvxVnni;

/// 256-bit vectors, the same products in EVEX encoding: what stands for [`AvxVnni`] in tests on
/// processors that have AVX-512 only.
pub(super) struct EvexVnni;

/// 512-bit vectors with byte products summed in 32 bits.
pub(super) struct Avx512Vnni;

impl Simd for Sse41 {
    const LANES: usize = 4;
    const TOKENS: usize = 4;
    const PAIRS: bool = true;
    const SIGNED_BIAS: u8 = 0;
    type I = __m128i;
    type F = __m128;

    #[inline(always)]
    unsafe fn zero() -> Self::I {
        unsafe { _mm_setzero_si128() }
    }
    #[inline(always)]
    unsafe fn load(p: *const u8) -> Self::I {
        unsafe { _mm_loadu_si128(p.cast()) }
    }
    #[inline(always)]
    unsafe fn broadcast(p: *const i8) -> Self::I {
        unsafe { _mm_set1_epi32(p.cast::<i32>().read_unaligned()) }
    }
    #[inline(always)]
    unsafe fn splat(value: i32) -> Self::I {
        unsafe { _mm_set1_epi32(value) }
    }
    #[inline(always)]
    unsafe fn step(sums: Self::I, weights: Self::I, activations: Self::I) -> Self::I {
        unsafe { _mm_add_epi16(sums, _mm_maddubs_epi16(weights, activations)) }
    }
    #[inline(always)]
    unsafe fn step_signed(sums: Self::I, weights: Self::I, activations: Self::I) -> Self::I {
        unsafe {
            let pairs =
                _mm_maddubs_epi16(_mm_abs_epi8(weights), _mm_sign_epi8(activations, weights));
            _mm_add_epi32(sums, _mm_madd_epi16(pairs, _mm_set1_epi16(1)))
        }
    }
    #[inline(always)]
    unsafe fn scaled(sums: Self::I, scale: Self::I) -> Self::I {
        unsafe { _mm_madd_epi16(sums, scale) }
    }
    #[inline(always)]
    unsafe fn whole(sums: Self::I) -> Self::I {
        unsafe { _mm_madd_epi16(sums, _mm_set1_epi16(1)) }
    }
    #[inline(always)]
    unsafe fn dot_pairs(a: Self::I, b: Self::I) -> Self::I {
        unsafe { _mm_madd_epi16(a, b) }
    }
    #[inline(always)]
    unsafe fn add(a: Self::I, b: Self::I) -> Self::I {
        unsafe { _mm_add_epi32(a, b) }
    }
    #[inline(always)]
    unsafe fn sub(a: Self::I, b: Self::I) -> Self::I {
        unsafe { _mm_sub_epi32(a, b) }
    }
    #[inline(always)]
    unsafe fn mul(a: Self::I, b: Self::I) -> Self::I {
        unsafe { _mm_mullo_epi32(a, b) }
    }
    #[inline(always)]
    unsafe fn and(a: Self::I, b: Self::I) -> Self::I {
        unsafe { _mm_and_si128(a, b) }
    }
    #[inline(always)]
    unsafe fn or(a: Self::I, b: Self::I) -> Self::I {
        unsafe { _mm_or_si128(a, b) }
    }
    #[inline(always)]
    unsafe fn up(a: Self::I, bits: usize) -> Self::I {
        unsafe { _mm_sll_epi16(a, _mm_cvtsi64_si128(bits as i64)) }
    }
    #[inline(always)]
    unsafe fn down(a: Self::I, bits: usize) -> Self::I {
        unsafe { _mm_srl_epi16(a, _mm_cvtsi64_si128(bits as i64)) }
    }
    #[inline(always)]
    unsafe fn add_bytes(a: Self::I, b: Self::I) -> Self::I {
        unsafe { _mm_add_epi8(a, b) }
    }
    #[inline(always)]
    unsafe fn to_float(a: Self::I) -> Self::F {
        unsafe { _mm_cvtepi32_ps(a) }
    }
    #[inline(always)]
    unsafe fn load_f(p: *const f32) -> Self::F {
        unsafe { _mm_loadu_ps(p) }
    }
    #[inline(always)]
    unsafe fn load_halves(p: *const u16) -> Self::F {
        unsafe {
            let halves = p.cast::<[u16; 4]>().read_unaligned().map(f16_to_f32);
            _mm_loadu_ps(halves.as_ptr())
        }
    }
    #[inline(always)]
    unsafe fn store_f(p: *mut f32, a: Self::F) {
        unsafe { _mm_storeu_ps(p, a) }
    }
    #[inline(always)]
    unsafe fn splat_f(value: f32) -> Self::F {
        unsafe { _mm_set1_ps(value) }
    }
    #[inline(always)]
    unsafe fn add_f(a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm_add_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn sub_f(a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm_sub_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn mul_f(a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm_mul_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn fma(a: Self::F, b: Self::F, c: Self::F) -> Self::F {
        unsafe { _mm_add_ps(_mm_mul_ps(a, b), c) }
    }
    #[inline(always)]
    unsafe fn prefetch(p: *const u8) {
        unsafe { _mm_prefetch::<_MM_HINT_T1>(p.cast()) }
    }
}

/// What the 256-bit instruction sets share; they differ in how bytes are multiplied.
macro_rules! simd_256 {
    ($name:ident, pairs: $pairs:expr, bias: $bias:expr, $step:expr, $step_signed:expr, $scaled:expr, $whole:expr) => {
        impl Simd for $name {
            const LANES: usize = 8;
            const TOKENS: usize = 4;
            const PAIRS: bool = $pairs;
            const SIGNED_BIAS: u8 = $bias;
            type I = __m256i;
            type F = __m256;

            #[inline(always)]
            unsafe fn zero() -> Self::I {
                unsafe { _mm256_setzero_si256() }
            }
            #[inline(always)]
            unsafe fn load(p: *const u8) -> Self::I {
                unsafe { _mm256_loadu_si256(p.cast()) }
            }
            #[inline(always)]
            unsafe fn broadcast(p: *const i8) -> Self::I {
                unsafe { _mm256_set1_epi32(p.cast::<i32>().read_unaligned()) }
            }
            #[inline(always)]
            unsafe fn splat(value: i32) -> Self::I {
                unsafe { _mm256_set1_epi32(value) }
            }
            #[inline(always)]
            unsafe fn step(sums: Self::I, weights: Self::I, activations: Self::I) -> Self::I {
                unsafe { $step(sums, weights, activations) }
            }
            #[inline(always)]
            unsafe fn step_signed(
                sums: Self::I,
                weights: Self::I,
                activations: Self::I,
            ) -> Self::I {
                unsafe { $step_signed(sums, weights, activations) }
            }
            #[inline(always)]
            unsafe fn scaled(sums: Self::I, scale: Self::I) -> Self::I {
                unsafe { $scaled(sums, scale) }
            }
            #[inline(always)]
            unsafe fn whole(sums: Self::I) -> Self::I {
                unsafe { $whole(sums) }
            }
            #[inline(always)]
            unsafe fn dot_pairs(a: Self::I, b: Self::I) -> Self::I {
                unsafe { _mm256_madd_epi16(a, b) }
            }
            #[inline(always)]
            unsafe fn add(a: Self::I, b: Self::I) -> Self::I {
                unsafe { _mm256_add_epi32(a, b) }
            }
            #[inline(always)]
            unsafe fn sub(a: Self::I, b: Self::I) -> Self::I {
                unsafe { _mm256_sub_epi32(a, b) }
            }
            #[inline(always)]
            unsafe fn mul(a: Self::I, b: Self::I) -> Self::I {
                unsafe { _mm256_mullo_epi32(a, b) }
            }
            #[inline(always)]
            unsafe fn and(a: Self::I, b: Self::I) -> Self::I {
                unsafe { _mm256_and_si256(a, b) }
            }
            #[inline(always)]
            unsafe fn or(a: Self::I, b: Self::I) -> Self::I {
                unsafe { _mm256_or_si256(a, b) }
            }
            #[inline(always)]
            unsafe fn up(a: Self::I, bits: usize) -> Self::I {
                unsafe { _mm256_sll_epi16(a, _mm_cvtsi64_si128(bits as i64)) }
            }
            #[inline(always)]
            unsafe fn down(a: Self::I, bits: usize) -> Self::I {
                unsafe { _mm256_srl_epi16(a, _mm_cvtsi64_si128(bits as i64)) }
            }
            #[inline(always)]
            unsafe fn add_bytes(a: Self::I, b: Self::I) -> Self::I {
                unsafe { _mm256_add_epi8(a, b) }
            }
            #[inline(always)]
            unsafe fn to_float(a: Self::I) -> Self::F {
                unsafe { _mm256_cvtepi32_ps(a) }
            }
            #[inline(always)]
            unsafe fn load_f(p: *const f32) -> Self::F {
                unsafe { _mm256_loadu_ps(p) }
            }
            #[inline(always)]
            unsafe fn load_halves(p: *const u16) -> Self::F {
                unsafe { _mm256_cvtph_ps(_mm_loadu_si128(p.cast())) }
            }
            #[inline(always)]
            unsafe fn store_f(p: *mut f32, a: Self::F) {
                unsafe { _mm256_storeu_ps(p, a) }
            }
            #[inline(always)]
            unsafe fn splat_f(value: f32) -> Self::F {
                unsafe { _mm256_set1_ps(value) }
            }
            #[inline(always)]
            unsafe fn add_f(a: Self::F, b: Self::F) -> Self::F {
                unsafe { _mm256_add_ps(a, b) }
            }
            #[inline(always)]
            unsafe fn sub_f(a: Self::F, b: Self::F) -> Self::F {
                unsafe { _mm256_sub_ps(a, b) }
            }
            #[inline(always)]
            unsafe fn mul_f(a: Self::F, b: Self::F) -> Self::F {
                unsafe { _mm256_mul_ps(a, b) }
            }
            #[inline(always)]
            unsafe fn fma(a: Self::F, b: Self::F, c: Self::F) -> Self::F {
                unsafe { _mm256_fmadd_ps(a, b, c) }
            }
            #[inline(always)]
            unsafe fn prefetch(p: *const u8) {
                unsafe { _mm_prefetch::<_MM_HINT_T1>(p.cast()) }
            }
        }
    };
}

#[inline(always)]
unsafe fn step_avx2(sums: __m256i, weights: __m256i, activations: __m256i) -> __m256i {
    unsafe { _mm256_add_epi16(sums, _mm256_maddubs_epi16(weights, activations)) }
}

#[inline(always)]
unsafe fn step_signed_avx2(sums: __m256i, weights: __m256i, activations: __m256i) -> __m256i {
    unsafe {
        let magnitude = _mm256_abs_epi8(weights);
        let pairs = _mm256_maddubs_epi16(magnitude, _mm256_sign_epi8(activations, weights));
        _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))
    }
}

#[inline(always)]
unsafe fn whole_avx2(sums: __m256i) -> __m256i {
    unsafe { _mm256_madd_epi16(sums, _mm256_set1_epi16(1)) }
}

/// Sums that are whole already.
#[inline(always)]
unsafe fn whole_already(sums: __m256i) -> __m256i {
    sums
}

simd_256!(
    Avx2,
    pairs: true,
    bias: 0,
    step_avx2,
    step_signed_avx2,
    _mm256_madd_epi16,
    whole_avx2
);
simd_256!(
    AvxVnni,
    pairs: false,
    bias: 128,
    _mm256_dpbusd_avx_epi32,
    _mm256_dpbusd_avx_epi32,
    _mm256_mullo_epi32,
    whole_already
);
simd_256!(
    EvexVnni,
    pairs: false,
    bias: 128,
    _mm256_dpbusd_epi32,
    _mm256_dpbusd_epi32,
    _mm256_mullo_epi32,
    whole_already
);

impl Simd for Avx512Vnni {
    const LANES: usize = 16;
    const TOKENS: usize = 8;
    const PAIRS: bool = false;
    const SIGNED_BIAS: u8 = 128;
    type I = __m512i;
    type F = __m512;

    #[inline(always)]
    unsafe fn zero() -> Self::I {
        unsafe { _mm512_setzero_si512() }
    }
    #[inline(always)]
    unsafe fn load(p: *const u8) -> Self::I {
        unsafe { _mm512_loadu_si512(p.cast()) }
    }
    #[inline(always)]
    unsafe fn broadcast(p: *const i8) -> Self::I {
        unsafe { _mm512_set1_epi32(p.cast::<i32>().read_unaligned()) }
    }
    #[inline(always)]
    unsafe fn splat(value: i32) -> Self::I {
        unsafe { _mm512_set1_epi32(value) }
    }
    #[inline(always)]
    unsafe fn step(sums: Self::I, weights: Self::I, activations: Self::I) -> Self::I {
        unsafe { _mm512_dpbusd_epi32(sums, weights, activations) }
    }
    #[inline(always)]
    unsafe fn step_signed(sums: Self::I, weights: Self::I, activations: Self::I) -> Self::I {
        unsafe { _mm512_dpbusd_epi32(sums, weights, activations) }
    }
    #[inline(always)]
    unsafe fn scaled(sums: Self::I, scale: Self::I) -> Self::I {
        unsafe { _mm512_mullo_epi32(sums, scale) }
    }
    #[inline(always)]
    unsafe fn whole(sums: Self::I) -> Self::I {
        sums
    }
    #[inline(always)]
    unsafe fn dot_pairs(a: Self::I, b: Self::I) -> Self::I {
        unsafe { _mm512_madd_epi16(a, b) }
    }
    #[inline(always)]
    unsafe fn add(a: Self::I, b: Self::I) -> Self::I {
        unsafe { _mm512_add_epi32(a, b) }
    }
    #[inline(always)]
    unsafe fn sub(a: Self::I, b: Self::I) -> Self::I {
        unsafe { _mm512_sub_epi32(a, b) }
    }
    #[inline(always)]
    unsafe fn mul(a: Self::I, b: Self::I) -> Self::I {
        unsafe { _mm512_mullo_epi32(a, b) }
    }
    #[inline(always)]
    unsafe fn and(a: Self::I, b: Self::I) -> Self::I {
        unsafe { _mm512_and_si512(a, b) }
    }
    #[inline(always)]
    unsafe fn or(a: Self::I, b: Self::I) -> Self::I {
        unsafe { _mm512_or_si512(a, b) }
    }
    #[inline(always)]
    unsafe fn up(a: Self::I, bits: usize) -> Self::I {
        unsafe { _mm512_sll_epi16(a, _mm_cvtsi64_si128(bits as i64)) }
    }
    #[inline(always)]
    unsafe fn down(a: Self::I, bits: usize) -> Self::I {
        unsafe { _mm512_srl_epi16(a, _mm_cvtsi64_si128(bits as i64)) }
    }
    #[inline(always)]
    unsafe fn add_bytes(a: Self::I, b: Self::I) -> Self::I {
        unsafe { _mm512_add_epi8(a, b) }
    }
    #[inline(always)]
    unsafe fn to_float(a: Self::I) -> Self::F {
        unsafe { _mm512_cvtepi32_ps(a) }
    }
    #[inline(always)]
    unsafe fn load_f(p: *const f32) -> Self::F {
        unsafe { _mm512_loadu_ps(p) }
    }
    #[inline(always)]
    unsafe fn load_halves(p: *const u16) -> Self::F {
        unsafe { _mm512_cvtph_ps(_mm256_loadu_si256(p.cast())) }
    }
    #[inline(always)]
    unsafe fn store_f(p: *mut f32, a: Self::F) {
        unsafe { _mm512_storeu_ps(p, a) }
    }
    #[inline(always)]
    unsafe fn splat_f(value: f32) -> Self::F {
        unsafe { _mm512_set1_ps(value) }
    }
    #[inline(always)]
    unsafe fn add_f(a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm512_add_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn sub_f(a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm512_sub_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn mul_f(a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm512_mul_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn fma(a: Self::F, b: Self::F, c: Self::F) -> Self::F {
        unsafe { _mm512_fmadd_ps(a, b, c) }
    }
    #[inline(always)]
    unsafe fn prefetch(p: *const u8) {
        unsafe { _mm_prefetch::<_MM_HINT_T1>(p.cast()) }
    }
}
