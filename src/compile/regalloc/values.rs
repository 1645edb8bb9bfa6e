//! What the allocation knows of each virtual register.
//!
//! Input: facts of `liveness`, then the decisions of the walk. Output: one record per virtual register.

use alloc::vec::Vec;

/// No register, no number.
pub(super) const NO_REGISTER: u8 = 0xFF;
/// No value, no number.
pub(super) const NONE: u32 = u32::MAX;

/// A point in time is the number of an instruction; what is used behind this point is not used any more.
pub(super) const DEAD: u32 = (1 << 31) - 1;
/// Bit of a next use: a call lies before the end of the value's life.
pub(super) const CROSSES: u32 = 1 << 31;
/// Bit of a next use: a call lies before this use. It lets the use count as farther than all without it.
pub(super) const AWAY: u32 = 1 << 30;

/// A virtual register while registers are allocated, in half a line of the cache.
#[derive(Copy, Clone)]
#[repr(align(32))]
pub(super) struct Value {
    /// When it is used next, [`CROSSES`] and [`AWAY`].
    pub(super) next: u32,
    /// The instruction that defines it, or the first one of the block whose parameter it is.
    pub(super) definition: u32,
    /// Its number among those that have a place in the frame.
    pub(super) spill: u32,
    /// The parameter of a block that it becomes, so that it should be in the same register.
    pub(super) link: u32,
    /// The last block into which it was found to be live, plus one.
    pub(super) seen: u32,
    /// The last mark that it got.
    pub(super) mark: u32,
    /// The register in which it is now.
    pub(super) register: u8,
    /// The register in which it was defined.
    pub(super) first: u8,
    /// The register that would suit it.
    pub(super) wish: u8,
    /// What it is otherwise.
    pub(super) flags: u8,
}

impl Value {
    /// It is the parameter of a block.
    pub(super) const PARAMETER: u8 = 1;
    /// Executing its definition again is better than storing it.
    pub(super) const REPEATABLE: u8 = 2;
    /// It is a parameter that is in the frame when its block begins.
    pub(super) const IN_FRAME: u8 = 4;

    /// The bits of `flags` above: how often its definition is executed, as a number to compare.
    const WEIGHT_SHIFT: u32 = 3;

    const NEW: Value = Value {
        next: DEAD,
        definition: 0,
        spill: NONE,
        link: NONE,
        seen: 0,
        mark: 0,
        register: NO_REGISTER,
        first: NO_REGISTER,
        wish: NO_REGISTER,
        flags: 0,
    };

    /// Whether it is not used any more.
    #[inline]
    pub(super) fn is_dead(&self) -> bool {
        self.next == DEAD
    }

    /// When it is used next.
    #[inline]
    pub(super) fn next_use(&self) -> u32 {
        if self.is_dead() {
            DEAD
        } else {
            self.next & !(CROSSES | AWAY)
        }
    }

    /// Whether a call comes before its next use.
    #[inline]
    pub(super) fn is_away(&self) -> bool {
        self.next & AWAY != 0
    }

    /// How often its definition is executed, as a number to compare.
    pub(super) fn weight(&self) -> u32 {
        u32::from(self.flags >> Value::WEIGHT_SHIFT)
    }

    /// Notes how often its definition is executed.
    #[inline]
    pub(super) fn set_weight(&mut self, weight: u32) {
        self.flags |= (weight.min(31) as u8) << Value::WEIGHT_SHIFT;
    }

    /// Whether it has one of these flags.
    #[inline]
    pub(super) fn has(&self, flags: u8) -> bool {
        self.flags & flags != 0
    }
}

/// That a value is live through a loop without being defined in it.
#[derive(Copy, Clone)]
pub(super) struct Through {
    /// The block behind the outermost such loop.
    pub(super) end: u32,
    /// When it is used next, counted from the beginning of that loop.
    pub(super) distance: u32,
    /// The same of the innermost such loop that was entered last and uses it.
    pub(super) near_end: u32,
    /// The same of that loop.
    pub(super) near_distance: u32,
}

/// All values.
#[derive(Default)]
pub(super) struct Values {
    /// By virtual register.
    pub(super) all: Vec<Value>,
    /// By virtual register.
    pub(super) through: Vec<Through>,
}

impl Values {
    /// Forgets what was, and makes room for so many.
    pub(super) fn reset(&mut self, count: usize) {
        const NOT: Through = Through {
            end: 0,
            distance: 0,
            near_end: 0,
            near_distance: 0,
        };
        self.all.clear();
        self.all.resize(count, Value::NEW);
        self.through.clear();
        self.through.resize(count, NOT);
    }
}
