//! Operations that move lanes: splats, single lanes, extensions, shuffles, and loads and stores of parts of vectors.

use super::{Error, Rm, Selector};
use crate::compile::ir::ops::Op;
use crate::compile::ir::{Node, Value};
use crate::compile::machine::VirtualRegister;
use crate::compile::x64::features::CpuFeature;
use crate::compile::x64::instructions::X64;

/// Extensions and lanes.
impl Selector<'_> {
    /// Selects instructions for an operation that moves lanes, or tells that it is none.
    pub(super) fn moves_lanes(&mut self, value: Value, node: &Node) -> bool {
        let a = Value(node.a);
        let signed = |to_wide, from| Some((to_wide, from));
        let extension = match node.op {
            Op::I16x8ExtendHighI8x16S => signed(X64::Pmovsxbw, true),
            Op::I32x4ExtendHighI16x8S => signed(X64::Pmovsxwd, true),
            Op::I64x2ExtendHighI32x4S => signed(X64::Pmovsxdq, true),
            Op::I16x8ExtendHighI8x16U => signed(X64::Punpckhbw, false),
            Op::I32x4ExtendHighI16x8U => signed(X64::Punpckhwd, false),
            Op::I64x2ExtendHighI32x4U => signed(X64::Punpckhdq, false),
            _ => None,
        };
        if let Some((x64, is_signed)) = extension {
            let to = self.register_of(value);
            let from = self.register(a);
            if is_signed {
                let high = self.one(X64::Pshufd, from, 0xEE);
                self.emit(x64, Rm::Operand, &[to, high], 0);
            } else {
                let zero = self.zero();
                self.last(x64, to, from, zero);
            }
            return true;
        }
        match node.op {
            Op::Shuffle => self.shuffle(value, node),
            Op::I8x16Swizzle | Op::I8x16RelaxedSwizzle => self.swizzle(value, node),
            Op::I8x16Splat
            | Op::I16x8Splat
            | Op::I32x4Splat
            | Op::I64x2Splat
            | Op::F32x4Splat
            | Op::F64x2Splat => {
                self.splat(value, node);
            }
            op if (Op::I8x16ExtractLaneS..=Op::F64x2ExtractLane).contains(&op) => {
                self.extract_lane(value, node)
            }
            op if (Op::I8x16ReplaceLane..=Op::F64x2ReplaceLane).contains(&op) => {
                self.replace_lane(value, node)
            }
            _ => return false,
        }
        true
    }

    /// Whether a node is an operation on lanes that stands before the other vector operations in the table.
    pub(super) fn is_of_lanes(op: Op) -> bool {
        op == Op::Shuffle || (Op::I8x16ExtractLaneS..=Op::F64x2ReplaceLane).contains(&op)
    }

    fn swizzle(&mut self, value: Value, node: &Node) {
        let to = self.register_of(value);
        let from = self.register(Value(node.a));
        let selectors = *self.function.node(Value(node.b));
        // The instruction gives zero where the highest bit is set.
        if let Some(bytes) = self.constant_bytes(&selectors) {
            let selectors = bytes.map(|byte| if byte < 16 { byte } else { 0x80 });
            return self.with_constant(X64::Pshufb, to, from, selectors);
        }
        let selectors = self.register(Value(node.b));
        let selectors = self.and_constant(X64::Paddusb, selectors, [0x70; 16]);
        self.last(X64::Pshufb, to, from, selectors);
    }

    fn splat(&mut self, value: Value, node: &Node) {
        let to = self.register_of(value);
        let a = Value(node.a);
        let has_avx2 = self.target.features.has(CpuFeature::Avx2);
        match node.op {
            Op::F64x2Splat => return self.emit_from(X64::Movddup, &[to], a, 0),
            Op::F32x4Splat => {
                let from = self.register(a);
                return if has_avx2 {
                    self.emit(X64::Vbroadcastss, Rm::Operand, &[to, from], 0);
                } else {
                    self.emit(X64::Pshufd, Rm::Operand, &[to, from], 0);
                };
            }
            _ => {}
        }
        let is_64 = node.op == Op::I64x2Splat;
        let from = if is_64 {
            self.register(a)
        } else {
            self.low_register(a)
        };
        let moved = self.new_vector();
        let to_vector = if is_64 {
            X64::MovqToVector
        } else {
            X64::MovdToVector
        };
        self.emit(to_vector, Rm::Operand, &[moved, from], 0);
        match node.op {
            Op::I8x16Splat => self.spread_byte(to, moved),
            Op::I16x8Splat => self.spread_word(to, moved),
            Op::I32x4Splat => self.emit(X64::Pshufd, Rm::Operand, &[to, moved], 0),
            _ => self.emit(X64::Pshufd, Rm::Operand, &[to, moved], 0x44),
        }
    }

    /// Brings the lowest byte to all others.
    fn spread_byte(&mut self, to: VirtualRegister, from: VirtualRegister) {
        if self.target.features.has(CpuFeature::Avx2) {
            return self.emit(X64::Vpbroadcastb, Rm::Operand, &[to, from], 0);
        }
        let zero = self.zero();
        self.last(X64::Pshufb, to, from, zero);
    }

    fn spread_word(&mut self, to: VirtualRegister, from: VirtualRegister) {
        if self.target.features.has(CpuFeature::Avx2) {
            return self.emit(X64::Vpbroadcastw, Rm::Operand, &[to, from], 0);
        }
        let four = self.one(X64::Pshuflw, from, 0);
        self.emit(X64::Pshufd, Rm::Operand, &[to, four], 0);
    }

    fn extract_lane(&mut self, value: Value, node: &Node) {
        let to = self.register_of(value);
        let from = self.register(Value(node.a));
        let lane = i32::from(node.lane);
        let (x64, extend) = match node.op {
            Op::I8x16ExtractLaneU => (X64::Pextrb, None),
            Op::I8x16ExtractLaneS => (X64::Pextrb, Some(X64::Movsx8To32)),
            Op::I16x8ExtractLaneU => (X64::Pextrw, None),
            Op::I16x8ExtractLaneS => (X64::Pextrw, Some(X64::Movsx16To32)),
            Op::I32x4ExtractLane if lane == 0 => (X64::MovdFromVector, None),
            Op::I32x4ExtractLane => (X64::Pextrd, None),
            Op::I64x2ExtractLane if lane == 0 => (X64::MovqFromVector, None),
            Op::I64x2ExtractLane => (X64::Pextrq, None),
            _ if lane == 0 => (X64::Movaps, None),
            Op::F32x4ExtractLane => (X64::Pshufd, None),
            _ => return self.emit(X64::Pshufd, Rm::Operand, &[to, from], 0xEE),
        };
        match extend {
            None => self.emit(x64, Rm::Operand, &[to, from], lane),
            Some(extend) => {
                let narrow = self.new_integer();
                self.emit(x64, Rm::Operand, &[narrow, from], lane);
                self.emit(extend, Rm::Operand, &[to, narrow], 0);
            }
        }
    }

    fn replace_lane(&mut self, value: Value, node: &Node) {
        let to = self.register_of(value);
        let vector = self.register(Value(node.a));
        let lane = i32::from(node.lane);
        let b = Value(node.b);
        let (x64, immediate) = match node.op {
            Op::I8x16ReplaceLane => (X64::Pinsrb, lane),
            Op::I16x8ReplaceLane => (X64::Pinsrw, lane),
            Op::I32x4ReplaceLane => (X64::Pinsrd, lane),
            Op::I64x2ReplaceLane => (X64::Pinsrq, lane),
            Op::F32x4ReplaceLane => {
                return self.emit_from(X64::Insertps, &[to, vector], b, lane << 4);
            }
            _ if lane == 0 => (X64::MovsdMerge, 0),
            _ => (X64::Movlhps, 0),
        };
        let lane_value = match node.op {
            Op::I64x2ReplaceLane | Op::F64x2ReplaceLane => self.register(b),
            _ => self.low_register(b),
        };
        self.emit(x64, Rm::Operand, &[to, vector, lane_value], immediate);
    }
}

/// Memory.
impl Selector<'_> {
    /// A load that is not of a whole value.
    pub(super) fn vector_load(&mut self, value: Value, node: &Node) -> Result<(), Error> {
        let lane = i32::from(node.lane);
        let load_lane = match node.op {
            Op::V128Load8Lane => Some(X64::Pinsrb),
            Op::V128Load16Lane => Some(X64::Pinsrw),
            Op::V128Load32Lane => Some(X64::Pinsrd),
            Op::V128Load64Lane => Some(X64::Pinsrq),
            _ => None,
        };
        if let Some(x64) = load_lane {
            let to = self.register_of(value);
            let vector = self.register(Value(node.b));
            let place = self.place(node);
            self.emit(x64, place, &[to, vector], lane);
            return Ok(());
        }
        let features = self.target.features;
        let x64 = match node.op {
            Op::V128Load8x8S => X64::Pmovsxbw,
            Op::V128Load8x8U => X64::Pmovzxbw,
            Op::V128Load16x4S => X64::Pmovsxwd,
            Op::V128Load16x4U => X64::Pmovzxwd,
            Op::V128Load32x2S => X64::Pmovsxdq,
            Op::V128Load32x2U => X64::Pmovzxdq,
            Op::V128Load32Zero => X64::MovssLoad,
            Op::V128Load64Zero => X64::MovsdLoad,
            Op::V128Load8Splat if features.has(CpuFeature::Avx2) => X64::Vpbroadcastb,
            Op::V128Load16Splat if features.has(CpuFeature::Avx2) => X64::Vpbroadcastw,
            Op::V128Load32Splat if features.has(CpuFeature::Avx) => X64::VbroadcastssLoad,
            Op::V128Load64Splat => X64::Movddup,
            Op::V128Load8Splat | Op::V128Load16Splat | Op::V128Load32Splat => {
                self.load_splat(value, node);
                return Ok(());
            }
            op => return Err(self.unsupported(op)),
        };
        let place = self.place(node);
        let to = self.register_of(value);
        self.emit(x64, place, &[to], 0);
        Ok(())
    }

    fn load_splat(&mut self, value: Value, node: &Node) {
        let to = self.register_of(value);
        let place = self.place(node);
        let loaded = self.new_vector();
        if node.op == Op::V128Load32Splat {
            self.emit(X64::MovssLoad, place, &[loaded], 0);
            return self.emit(X64::Pshufd, Rm::Operand, &[to, loaded], 0);
        }
        let zero = self.zero();
        if node.op == Op::V128Load8Splat {
            self.emit(X64::Pinsrb, place, &[loaded, zero], 0);
            self.spread_byte(to, loaded);
        } else {
            self.emit(X64::Pinsrw, place, &[loaded, zero], 0);
            self.spread_word(to, loaded);
        }
    }

    /// A store of a lane.
    pub(super) fn store_lane(&mut self, node: &Node) -> Result<(), Error> {
        let lane = node.lane;
        let x64 = match node.op {
            Op::V128Store8Lane => X64::PextrbStore,
            Op::V128Store16Lane => X64::PextrwStore,
            Op::V128Store32Lane if lane == 0 => X64::MovssStore,
            Op::V128Store32Lane => X64::PextrdStore,
            Op::V128Store64Lane if lane == 0 => X64::MovsdStore,
            Op::V128Store64Lane => X64::MovhpsStore,
            op => return Err(self.unsupported(op)),
        };
        let immediate = match x64 {
            X64::PextrbStore | X64::PextrwStore | X64::PextrdStore => lane.into(),
            _ => 0,
        };
        let vector = self.register(Value(node.b));
        let place = self.place(node);
        self.emit(x64, place, &[vector], immediate);
        Ok(())
    }
}

/// Shuffles.
impl Selector<'_> {
    fn shuffle(&mut self, value: Value, node: &Node) {
        let mut lanes = self.function.vectors[node.c as usize].map(|lane| lane & 31);
        let (mut a, mut b) = (Value(node.a), Value(node.b));
        if lanes.iter().all(|&lane| lane >= 16) {
            a = b;
        }
        if lanes.iter().all(|&lane| lane < 16) {
            b = a;
        }
        if a == b {
            lanes = lanes.map(|lane| lane & 15);
            return self.shuffle_one(value, a, lanes);
        }
        let zero = Some([0; 16]);
        if self.constant_bytes(self.function.node(b)) == zero {
            let lanes = lanes.map(|lane| if lane < 16 { lane } else { 0x80 });
            return self.shuffle_bytes(value, a, lanes);
        }
        if self.constant_bytes(self.function.node(a)) == zero {
            let lanes = lanes.map(|lane| if lane < 16 { 0x80 } else { lane & 15 });
            return self.shuffle_bytes(value, b, lanes);
        }
        // What is not found in this order may be in the other one.
        let swapped = lanes.map(|lane| lane ^ 16);
        for (lanes, first, second) in [(lanes, a, b), (swapped, b, a)] {
            if let Some((x64, immediate, is_reversed)) = two_sources(&lanes) {
                let to = self.register_of(value);
                let (left, right) = if is_reversed {
                    (second, first)
                } else {
                    (first, second)
                };
                let left = self.register(left);
                return self.emit_from(x64, &[to, left], right, immediate);
            }
        }
        let to = self.register_of(value);
        let (first, second) = (self.register(a), self.register(b));
        let of_first = lanes.map(|lane| if lane < 16 { lane } else { 0x80 });
        let of_second = lanes.map(|lane| if lane < 16 { 0x80 } else { lane & 15 });
        let first = self.and_constant(X64::Pshufb, first, of_first);
        let second = self.and_constant(X64::Pshufb, second, of_second);
        self.last(X64::Por, to, first, second);
    }

    fn shuffle_bytes(&mut self, value: Value, from: Value, lanes: [u8; 16]) {
        let to = self.register_of(value);
        let from = self.register(from);
        self.with_constant(X64::Pshufb, to, from, lanes);
    }

    fn shuffle_one(&mut self, value: Value, from: Value, lanes: [u8; 16]) {
        if let Some((x64, immediate)) = one_source(&lanes) {
            let to = self.register_of(value);
            return self.emit_from(x64, &[to], from, immediate);
        }
        let to = self.register_of(value);
        let register = self.register(from);
        if lanes == IDENTITY {
            return self.copy(to, register);
        }
        if lanes == [0; 16] {
            return self.spread_byte(to, register);
        }
        if let Some(distance) = rotation(&lanes) {
            return self.emit(
                X64::Palignr,
                Rm::Operand,
                &[to, register, register],
                distance,
            );
        }
        if let Some(x64) = interleave(&lanes, 15) {
            return self.last(x64, to, register, register);
        }
        self.with_constant(X64::Pshufb, to, register, lanes);
    }
}

const IDENTITY: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// The numbers of the lanes of `width` bytes that a shuffle moves, if it moves only whole ones.
fn wide_lanes(lanes: &[u8; 16], width: usize) -> Option<[u8; 8]> {
    let mut wide = [0; 8];
    for (lane, bytes) in wide.iter_mut().zip(lanes.chunks_exact(width)) {
        let first = bytes[0];
        let is_whole = usize::from(first) % width == 0
            && bytes
                .iter()
                .zip(first..)
                .all(|(&byte, expected)| byte == expected);
        if !is_whole {
            return None;
        }
        *lane = first / width as u8;
    }
    Some(wide)
}

/// Two bits for each of four lanes.
fn four(lanes: [u8; 4]) -> i32 {
    let bits = |at: usize| i32::from(lanes[at] & 3) << (2 * at);
    bits(0) | bits(1) | bits(2) | bits(3)
}

/// The instruction that does a shuffle of one source without changing it, and its immediate.
fn one_source(lanes: &[u8; 16]) -> Option<(X64, i32)> {
    if *lanes == IDENTITY {
        return None;
    }
    if let Some([a, b, c, d, ..]) = wide_lanes(lanes, 4) {
        return Some((X64::Pshufd, four([a, b, c, d])));
    }
    let [a, b, c, d, e, f, g, h] = wide_lanes(lanes, 2)?;
    let is_low = [a, b, c, d].iter().all(|&lane| lane < 4);
    let is_high = [e, f, g, h].iter().all(|&lane| lane >= 4);
    if is_low && [e, f, g, h] == [4, 5, 6, 7] {
        return Some((X64::Pshuflw, four([a, b, c, d])));
    }
    if is_high && [a, b, c, d] == [0, 1, 2, 3] {
        return Some((X64::Pshufhw, four([e, f, g, h])));
    }
    None
}

/// By how many bytes a shuffle of one source rotates it.
fn rotation(lanes: &[u8; 16]) -> Option<i32> {
    let first = lanes[0];
    let rotates = lanes
        .iter()
        .zip(first..)
        .all(|(&lane, expected)| lane == expected & 15);
    rotates.then_some(first.into())
}

/// The instruction that interleaves lanes as a shuffle does. Of the lanes' numbers, the bits in the mask count:
/// those of one source, or of two.
fn interleave(lanes: &[u8; 16], mask: u8) -> Option<X64> {
    let found = INTERLEAVES.iter().find(|&&(_, width, first)| {
        (0_u8..).zip(lanes).all(|(at, &lane)| {
            let (group, byte) = (at / width, at % width);
            lane == (first + group / 2 * width + byte + group % 2 * 16) & mask
        })
    });
    found.map(|&(x64, ..)| x64)
}

/// The instruction that does a shuffle of two sources, its immediate, and whether the second one is its first source.
fn two_sources(lanes: &[u8; 16]) -> Option<(X64, i32, bool)> {
    if let Some(x64) = interleave(lanes, 31) {
        return Some((x64, 0, false));
    }
    let first = lanes[0];
    if first > 0
        && first < 16
        && lanes
            .iter()
            .zip(first..)
            .all(|(&lane, expected)| lane == expected)
    {
        return Some((X64::Palignr, first.into(), true));
    }
    if let Some(words) = wide_lanes(lanes, 2) {
        if (0..).zip(&words).all(|(at, &word)| word & 7 == at) {
            let mask = (0..)
                .zip(&words)
                .map(|(at, &word)| i32::from(word >> 3) << at)
                .sum();
            return Some((X64::Pblendw, mask, false));
        }
    }
    match wide_lanes(lanes, 4)? {
        [a, b, c, d, ..] if a < 4 && b < 4 && c >= 4 && d >= 4 => {
            Some((X64::Shufps, four([a, b, c, d]), false))
        }
        _ => None,
    }
}

/// The instructions that interleave lanes of so many bytes, from this byte on.
const INTERLEAVES: [(X64, u8, u8); 8] = [
    (X64::Punpcklbw, 1, 0),
    (X64::Punpcklwd, 2, 0),
    (X64::Punpckldq, 4, 0),
    (X64::Punpcklqdq, 8, 0),
    (X64::Punpckhbw, 1, 8),
    (X64::Punpckhwd, 2, 8),
    (X64::Punpckhdq, 4, 8),
    (X64::Punpckhqdq, 8, 8),
];
