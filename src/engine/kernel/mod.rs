//! The arithmetic of the engine, once for each instruction set, chosen when the program runs.
//!
//! [`Scalar`](simd::Scalar) is the definition; every other instruction set gives the same bits,
//! except that SSE4.1 rounds twice in attention. Kernels are written once, over the operations of
//! [`simd::Simd`], and compiled for each [`Tier`]. Callers see [`Kernels`] only, whose methods are
//! safe: they check sizes, and a table of a tier cannot be had where the processor lacks it.
//!
//! `GREFFIER_ISA` forces a tier (`scalar`, `sse41`, `avx2`, `avxvnni`, `avx512vnni`).

#![expect(unsafe_code, reason = "vector instructions, and outputs that threads write side by side")]
#![expect(
    clippy::needless_range_loop,
    reason = "loops over fixed-size arrays that share an index become vector instructions"
)]

mod activation;
mod attend;
mod dot;
mod format;
mod math;
mod matrix;
mod pack;
mod simd;
#[cfg(test)]
mod tests;
#[cfg(target_arch = "x86_64")]
mod x86_64;

use std::fmt;

pub use activation::Activations;
pub use attend::PAGE;
pub use format::{ActKind, Format, PANEL_ROWS};
pub use math::f16_to_f32;
pub use matrix::{Attention, Matrix, Product, Scratch};
pub use pack::{dequantize_row, pack_panel};

use activation::TileOut;
use attend::AttendJob;
use dot::PanelJob;

/// Changes whenever a result may change by a bit.
const NUMERICS: u32 = 1;

/// Instruction sets, from the oldest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Plain Rust: the definition, for tests.
    Scalar,
    /// Intel since 2008, AMD since 2011.
    Sse41,
    /// Intel since 2013, AMD since 2015.
    Avx2,
    /// 256-bit vectors with byte products: Intel since 2021 (Alder Lake), AMD since Zen 5.
    AvxVnni,
    /// The same in the encoding of AVX-512, for tests where [`Tier::AvxVnni`] cannot run.
    EvexVnni,
    /// 512-bit vectors with byte products: Intel since 2019, AMD since Zen 4.
    Avx512Vnni,
}

impl Tier {
    /// Every tier, from the oldest.
    pub const ALL: [Self; 6] =
        [Self::Scalar, Self::Sse41, Self::Avx2, Self::AvxVnni, Self::EvexVnni, Self::Avx512Vnni];

    /// Its name, as receipts and `GREFFIER_ISA` have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scalar => "scalar",
            Self::Sse41 => "sse41",
            Self::Avx2 => "avx2",
            Self::AvxVnni => "avxvnni",
            Self::EvexVnni => "evexvnni",
            Self::Avx512Vnni => "avx512vnni",
        }
    }

    /// Whether this processor has it.
    pub fn available(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 = || {
                is_x86_feature_detected!("avx2")
                    && is_x86_feature_detected!("fma")
                    && is_x86_feature_detected!("f16c")
            };
            let avx512 = || {
                avx2()
                    && is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vnni")
            };
            match self {
                Self::Scalar => true,
                Self::Sse41 => {
                    is_x86_feature_detected!("sse4.1") && is_x86_feature_detected!("ssse3")
                }
                Self::Avx2 => avx2(),
                Self::AvxVnni => avx2() && is_x86_feature_detected!("avxvnni"),
                Self::EvexVnni | Self::Avx512Vnni => avx512(),
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        {
            self == Self::Scalar
        }
    }

    /// The fastest tier of this processor, or the one that `GREFFIER_ISA` names.
    ///
    /// # Errors
    /// A sentence for the user: the name is unknown, the processor lacks it, or it is older than
    /// every tier (the definition runs only where it is asked for: it would take hours).
    pub fn choose(forced: Option<&str>) -> Result<Self, String> {
        if let Some(name) = forced.filter(|name| !name.is_empty()) {
            let tier = Self::ALL.into_iter().find(|tier| tier.name() == name);
            return match tier {
                Some(tier) if tier.available() => Ok(tier),
                Some(tier) => Err(tier.missing_here()),
                None => Err(format!(
                    "GREFFIER_ISA={name} est inconnu : choisissez scalar, sse41, avx2, avxvnni ou avx512vnni"
                )),
            };
        }
        [Self::Avx512Vnni, Self::AvxVnni, Self::Avx2, Self::Sse41]
            .into_iter()
            .find(|tier| tier.available())
            .ok_or_else(|| {
                "ce processeur est trop ancien (il lui manque SSE4.1, présent depuis 2008) : prenez un ordinateur plus récent".into()
            })
    }

    /// A sentence for the user, where the processor lacks this tier.
    pub fn missing_here(self) -> String {
        format!("ce processeur n'a pas les instructions {self} : retirez GREFFIER_ISA")
    }

    /// What the bits of a result depend on besides weights and tokens.
    pub fn numerics(self) -> String {
        let fused = if self == Self::Sse41 { "rounded twice" } else { "fused" };
        format!("{NUMERICS} {fused}")
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Activation functions between the two projections of a feed-forward layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glu {
    /// `SwiGLU`.
    Silu,
    /// `GeGLU`, tanh approximation.
    Gelu,
}

/// How a head is rotated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// Neighbours form pairs.
    Interleaved,
    /// Values half a head apart form pairs.
    Halves,
}

/// The kernels of one tier.
#[derive(Clone, Copy)]
pub struct Kernels {
    tier: Tier,
    table: &'static Table,
}

/// Compiled kernels.
///
/// # Safety
/// Each may be called only where [`Tier::available`] holds for the table's tier.
struct Table {
    panel: unsafe fn(Format, &mut PanelJob<'_>),
    attend: unsafe fn(&mut AttendJob<'_>),
    quantize: unsafe fn(ActKind, &[f32], usize, &mut TileOut<'_>),
    rms_norm: unsafe fn(&[f32], &[f32], f32, &mut [f32]),
    glu: unsafe fn(Glu, &mut [f32], &[f32]),
    rotate: unsafe fn(Rotation, &mut [f32], &[f32], &[f32]),
    add: unsafe fn(&mut [f32], &[f32]),
    exp_sum: unsafe fn(&[f32]) -> (f32, f32),
}

/// Compiles every kernel for a set of instructions.
macro_rules! table {
    ($name:ident, $simd:ty $(, $features:literal)?) => {
        mod $name {
            use super::*;

            $(#[target_feature(enable = $features)])?
            unsafe fn q4k(job: &mut PanelJob<'_>) {
                // SAFETY: the caller has the instructions, as for every function of this table.
                unsafe { dot::panel_256::<$simd, { Format::Q4K as usize }>(job) }
            }
            $(#[target_feature(enable = $features)])?
            unsafe fn q5k(job: &mut PanelJob<'_>) {
                // SAFETY: see the first function.
                unsafe { dot::panel_256::<$simd, { Format::Q5K as usize }>(job) }
            }
            $(#[target_feature(enable = $features)])?
            unsafe fn q6k(job: &mut PanelJob<'_>) {
                // SAFETY: see the first function.
                unsafe { dot::panel_256::<$simd, { Format::Q6K as usize }>(job) }
            }
            $(#[target_feature(enable = $features)])?
            unsafe fn q80(job: &mut PanelJob<'_>) {
                // SAFETY: see the first function.
                unsafe { dot::panel_32::<$simd, { Format::Q80 as usize }>(job) }
            }
            $(#[target_feature(enable = $features)])?
            unsafe fn q50(job: &mut PanelJob<'_>) {
                // SAFETY: see the first function.
                unsafe { dot::panel_32::<$simd, { Format::Q50 as usize }>(job) }
            }
            $(#[target_feature(enable = $features)])?
            unsafe fn q40(job: &mut PanelJob<'_>) {
                // SAFETY: see the first function.
                unsafe { dot::panel_32::<$simd, { Format::Q40 as usize }>(job) }
            }
            $(#[target_feature(enable = $features)])?
            unsafe fn q41(job: &mut PanelJob<'_>) {
                // SAFETY: see the first function.
                unsafe { dot::panel_32::<$simd, { Format::Q41 as usize }>(job) }
            }
            $(#[target_feature(enable = $features)])?
            unsafe fn f16(job: &mut PanelJob<'_>) {
                // SAFETY: see the first function.
                unsafe { dot::panel_float::<$simd, true>(job) }
            }
            $(#[target_feature(enable = $features)])?
            unsafe fn f32(job: &mut PanelJob<'_>) {
                // SAFETY: see the first function.
                unsafe { dot::panel_float::<$simd, false>(job) }
            }
            unsafe fn panel(format: Format, job: &mut PanelJob<'_>) {
                // SAFETY: see the first function.
                unsafe {
                    match format {
                        Format::Q4K => q4k(job),
                        Format::Q5K => q5k(job),
                        Format::Q6K => q6k(job),
                        Format::Q80 => q80(job),
                        Format::Q50 => q50(job),
                        Format::Q40 => q40(job),
                        Format::Q41 => q41(job),
                        Format::F16 => f16(job),
                        Format::F32 => f32(job),
                    }
                }
            }
            $(#[target_feature(enable = $features)])?
            unsafe fn attend(job: &mut AttendJob<'_>) {
                // SAFETY: see the first function.
                unsafe { attend::attend::<$simd>(job) }
            }
            $(#[target_feature(enable = $features)])?
            unsafe fn quantize(kind: ActKind, x: &[f32], columns: usize, out: &mut TileOut<'_>) {
                activation::quantize_tile(kind, x, columns, out);
            }
            $(#[target_feature(enable = $features)])?
            unsafe fn rms_norm(x: &[f32], weight: &[f32], epsilon: f32, out: &mut [f32]) {
                math::rms_norm(x, weight, epsilon, out);
            }
            $(#[target_feature(enable = $features)])?
            unsafe fn glu(glu: Glu, gate: &mut [f32], up: &[f32]) {
                match glu {
                    Glu::Silu => math::swiglu(gate, up),
                    Glu::Gelu => math::geglu(gate, up),
                }
            }
            $(#[target_feature(enable = $features)])?
            unsafe fn rotate(rotation: Rotation, head: &mut [f32], cos: &[f32], sin: &[f32]) {
                match rotation {
                    Rotation::Interleaved => math::rotate::<true>(head, cos, sin),
                    Rotation::Halves => math::rotate::<false>(head, cos, sin),
                }
            }
            $(#[target_feature(enable = $features)])?
            unsafe fn add(x: &mut [f32], y: &[f32]) {
                math::add(x, y);
            }
            $(#[target_feature(enable = $features)])?
            unsafe fn exp_sum(x: &[f32]) -> (f32, f32) {
                math::exp_sum(x)
            }

            pub(super) static TABLE: Table =
                Table { panel, attend, quantize, rms_norm, glu, rotate, add, exp_sum };
        }
    };
}

table!(scalar, simd::Scalar);
#[cfg(target_arch = "x86_64")]
table!(sse41, x86_64::Sse41, "sse4.1,ssse3");
#[cfg(target_arch = "x86_64")]
table!(avx2, x86_64::Avx2, "avx2,fma,f16c");
#[cfg(target_arch = "x86_64")]
table!(avx_vnni, x86_64::AvxVnni, "avx2,fma,f16c,avxvnni");
#[cfg(target_arch = "x86_64")]
table!(evex_vnni, x86_64::EvexVnni, "avx2,fma,f16c,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni");
#[cfg(target_arch = "x86_64")]
table!(avx512, x86_64::Avx512Vnni, "avx2,fma,f16c,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni");

impl Kernels {
    /// The kernels of a tier; `None` where the processor lacks it.
    pub fn of(tier: Tier) -> Option<Self> {
        let table = match tier {
            Tier::Scalar => &scalar::TABLE,
            #[cfg(target_arch = "x86_64")]
            Tier::Sse41 => &sse41::TABLE,
            #[cfg(target_arch = "x86_64")]
            Tier::Avx2 => &avx2::TABLE,
            #[cfg(target_arch = "x86_64")]
            Tier::AvxVnni => &avx_vnni::TABLE,
            #[cfg(target_arch = "x86_64")]
            Tier::EvexVnni => &evex_vnni::TABLE,
            #[cfg(target_arch = "x86_64")]
            Tier::Avx512Vnni => &avx512::TABLE,
            #[cfg(not(target_arch = "x86_64"))]
            _ => return None,
        };
        tier.available().then_some(Self { tier, table })
    }

    /// The tier.
    pub const fn tier(&self) -> Tier {
        self.tier
    }

    /// Root-mean-square norm of `x` into `out`; all three of one length.
    pub fn rms_norm(&self, x: &[f32], weight: &[f32], epsilon: f32, out: &mut [f32]) {
        // SAFETY: the processor has this tier, or `of` would not have given it.
        unsafe { (self.table.rms_norm)(x, weight, epsilon, out) }
    }

    /// `gate = activation(gate) * up`.
    pub fn glu(&self, glu: Glu, gate: &mut [f32], up: &[f32]) {
        // SAFETY: as for `rms_norm`.
        unsafe { (self.table.glu)(glu, gate, up) }
    }

    /// Rotates a head; `cos` and `sin` have half its length.
    pub fn rotate(&self, rotation: Rotation, head: &mut [f32], cos: &[f32], sin: &[f32]) {
        // SAFETY: as for `rms_norm`.
        unsafe { (self.table.rotate)(rotation, head, cos, sin) }
    }

    /// `x += y`.
    pub fn add(&self, x: &mut [f32], y: &[f32]) {
        // SAFETY: as for `rms_norm`.
        unsafe { (self.table.add)(x, y) }
    }

    /// The highest logit, and the sum of the exponentials of all logits less the highest.
    pub fn exp_sum(&self, logits: &[f32]) -> (f32, f32) {
        // SAFETY: as for `rms_norm`.
        unsafe { (self.table.exp_sum)(logits) }
    }
}
