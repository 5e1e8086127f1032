//! The weight formats that are multiplied, and the shape of their panels.
//!
//! A *panel* holds 16 rows of a matrix, block after block along the row; a block is the number of
//! values that share a scale in the file (256 or 32). Inside a block the quants stand as
//! `[group of 4 values][16 rows][4 bytes]`, so that one 64-byte vector carries the same four columns
//! of 16 rows and a lane always belongs to one row: no sum ever crosses lanes. A panel holds the
//! bits of the GGUF file in another order, nothing more.

use candle_core::quantized::GgmlDType;
use serde::{Deserialize, Serialize};

/// Rows of a panel.
pub const PANEL_ROWS: usize = 16;

/// How the weights of one matrix are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// 4 bits, blocks of 256, a 6-bit scale and minimum each 32.
    Q4K,
    /// 5 bits, blocks of 256, a 6-bit scale and minimum each 32.
    Q5K,
    /// 6 bits around 32, blocks of 256, an 8-bit scale each 16.
    Q6K,
    /// 8 bits, blocks of 32.
    Q80,
    /// 5 bits around 16, blocks of 32.
    Q50,
    /// 4 bits around 8, blocks of 32.
    Q40,
    /// 4 bits with a minimum, blocks of 32.
    Q41,
    /// 16-bit floats.
    F16,
    /// 32-bit floats.
    F32,
}

/// How the activations that meet a format are quantised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActKind {
    /// 8 bits, a scale each 256 values.
    Q256,
    /// 8 bits, a scale each 32 values.
    Q32,
    /// As they are.
    Float,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 9] = [
        Self::Q4K,
        Self::Q5K,
        Self::Q6K,
        Self::Q80,
        Self::Q50,
        Self::Q40,
        Self::Q41,
        Self::F16,
        Self::F32,
    ];

    /// The format of a GGUF tensor, if it is one of ours.
    pub fn of(kind: GgmlDType) -> Option<Self> {
        Some(match kind {
            GgmlDType::Q4K => Self::Q4K,
            GgmlDType::Q5K => Self::Q5K,
            GgmlDType::Q6K => Self::Q6K,
            GgmlDType::Q8_0 => Self::Q80,
            GgmlDType::Q5_0 => Self::Q50,
            GgmlDType::Q4_0 => Self::Q40,
            GgmlDType::Q4_1 => Self::Q41,
            GgmlDType::F16 => Self::F16,
            GgmlDType::F32 => Self::F32,
            _ => return None,
        })
    }

    /// Values of a row in one block.
    pub const fn block_values(self) -> usize {
        match self {
            Self::Q4K | Self::Q5K | Self::Q6K => 256,
            Self::Q80 | Self::Q50 | Self::Q40 | Self::Q41 => 32,
            Self::F16 | Self::F32 => 1,
        }
    }

    /// Bytes of one row's block in a GGUF file.
    pub const fn row_block_bytes(self) -> usize {
        match self {
            Self::Q4K => 144,
            Self::Q5K => 176,
            Self::Q6K => 210,
            Self::Q80 => 34,
            Self::Q50 => 22,
            Self::Q40 => 18,
            Self::Q41 => 20,
            Self::F16 => 2,
            Self::F32 => 4,
        }
    }

    /// Bytes of one block of a panel: those of its 16 rows, in another order.
    pub const fn panel_block_bytes(self) -> usize {
        PANEL_ROWS * self.row_block_bytes()
    }

    /// Where the nibbles of a panel's block start (the bytes, for `Q8_0`).
    pub(super) const fn quants_at(self) -> usize {
        match self {
            Self::Q4K | Self::Q5K => 256,
            Self::Q6K => 288,
            Self::Q41 => 64,
            _ => 32,
        }
    }

    /// Bits that each quant has above its nibble; they follow the nibbles.
    pub(super) const fn high_bits(self) -> usize {
        match self {
            Self::Q5K | Self::Q50 => 1,
            Self::Q6K => 2,
            _ => 0,
        }
    }

    /// Products of four quants that a signed 16-bit sum holds: `2 * 127 * max` each.
    pub(super) const fn products_in_16_bits(self) -> usize {
        match self {
            Self::Q6K => 2,
            Self::Q5K | Self::Q50 => 4,
            _ => 8,
        }
    }

    /// How the activations are quantised.
    pub const fn activations(self) -> ActKind {
        match self {
            Self::Q4K | Self::Q5K | Self::Q6K => ActKind::Q256,
            Self::Q80 | Self::Q50 | Self::Q40 | Self::Q41 => ActKind::Q32,
            Self::F16 | Self::F32 => ActKind::Float,
        }
    }

    /// Bytes of a matrix in a GGUF file; `None` if the row is no whole number of blocks or the size
    /// overflows.
    pub fn matrix_bytes(self, rows: usize, columns: usize) -> Option<usize> {
        if columns == 0 || !columns.is_multiple_of(self.block_values()) {
            return None;
        }
        (columns / self.block_values()).checked_mul(self.row_block_bytes())?.checked_mul(rows)
    }

    /// Bytes of a matrix as panels, its rows filled up to a multiple of 16.
    pub fn panels_bytes(self, rows: usize, columns: usize) -> Option<usize> {
        self.matrix_bytes(rows.checked_next_multiple_of(PANEL_ROWS)?, columns)
    }
}
