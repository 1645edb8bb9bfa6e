//! The engines behind one trait, and the table of them.
//!
//! Input: modules. Output: [`Entry`]s, each of which makes a [`Peer`] with given settings.
//! Holds: an engine only says how it does a thing; what is measured, and how, is the same for all and stands in
//! `work.rs`. Whatever an engine cannot do is an error with a reason, never a number.

mod similar;
mod v8;
mod wasmi;
mod wazir;

#[cfg(feature = "silverfir")]
mod silverfir;
#[cfg(feature = "tinywasm")]
mod tinywasm;
#[cfg(feature = "wasm3")]
mod wasm3;
#[cfg(feature = "wasmtime")]
mod wasmtime;

use crate::work::{Peer, native};
use std::fmt::Display;

/// A result, or the reason why there is none.
pub type Result<T> = std::result::Result<T, String>;

/// What an error says, as the reason of an empty cell.
pub fn reason(error: impl Display) -> String {
    format!("{error:#}")
}

/// When an engine translates functions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mode {
    Eager,
    LazyTranslation,
    Lazy,
}

impl Mode {
    pub const ALL: [Mode; 3] = [Mode::Eager, Mode::LazyTranslation, Mode::Lazy];

    pub fn name(self) -> &'static str {
        match self {
            Mode::Eager => "eager",
            Mode::LazyTranslation => "lazy translation",
            Mode::Lazy => "lazy",
        }
    }
}

/// What differs between two runs of one engine.
#[derive(Clone, Copy)]
pub struct Settings {
    pub mode: Mode,
    /// Whether the engine may translate with several threads.
    pub parallel: bool,
}

/// How the host calls the guest.
#[derive(Clone, Copy, PartialEq)]
pub enum Call {
    /// The export `empty`, without parameters, through a handle that knows the type.
    TypedEmpty,
    /// The export `add` of the type `(i32, i64) -> i64`, through a handle that knows the type.
    TypedArguments,
    /// The same export with values that carry their types.
    Untyped,
}

/// The argument of an export.
#[derive(Clone, Copy)]
pub enum Argument {
    I32(i32),
    I64(i64),
}

/// How many imports a module may use: `host.f0`, `host.f1`, and so on, each of the type `(i32) -> i32`.
pub const HOST_FUNCTIONS: usize = 20;

/// An engine inside this process.
///
/// The host functions of a template are `host.increment`, which adds 1 to an `i32`; `host.count`, which adds an `i64`
/// to a number that belongs to the store, and gives the sum; and `host.f0` to `host.f19`, which give back an `i32`.
pub trait Engine: Sized + 'static {
    /// A translated module.
    type Module;
    /// A module with its imports: what makes instances.
    type Template;
    /// An instance with a store of its own.
    type Instance;

    /// Why the engine has no modules that are translated once and instantiated often, if so.
    const TRANSLATES_AGAIN: Option<&str> = None;
    /// Why the heap of this process does not hold all that a module needs, if so.
    const OFF_HEAP: Option<&str> = None;

    fn new(settings: Settings) -> Result<Self>;
    fn module(&self, wasm: &[u8]) -> Result<Self::Module>;
    /// Gives the module the host functions, unless it imports nothing.
    fn template(&self, module: Self::Module, imports: bool) -> Result<Self::Template>;
    fn instantiate(&self, template: &Self::Template) -> Result<Self::Instance>;
    /// An instance of `caller`, whose imports from `callee` are the exports of an instance of that.
    fn instantiate_linked(&self, callee: &[u8], caller: &[u8]) -> Result<Self::Instance>;
    /// Calls an export that has one parameter and one result, and gives the bits of that.
    fn call(&self, instance: &mut Self::Instance, export: &str, argument: Argument) -> Result<u64>;
    /// Calls the guest `count` times and gives a number that depends on all results.
    fn enter(&self, instance: &mut Self::Instance, call: Call, count: u32) -> Result<u64>;
}

/// A line of the table of engines.
pub struct Entry {
    pub name: &'static str,
    /// The modes that it has. What runs long enough is the same in all of them and is measured in the first.
    pub modes: &'static [Mode],
    make: fn(&'static str, Settings) -> Box<dyn Peer>,
}

impl Entry {
    pub fn peer(&self, settings: Settings) -> Box<dyn Peer> {
        (self.make)(self.name, settings)
    }

    /// Why the engine cannot run for long, if so: in a debug build wasmi's jumps become calls that do not return.
    pub fn no_long_runs(&self) -> Option<&'static str> {
        let overflows = cfg!(debug_assertions) && TWICE.contains(&self.name);
        overflows.then_some("overflows the stack in a debug build")
    }

    /// The name of the engine in one of its modes.
    pub fn name_in(&self, mode: Mode) -> String {
        if mode == self.modes[0] {
            self.name.into()
        } else {
            format!("{} {}", self.name, mode.name())
        }
    }
}

/// The engine that ratios refer to.
pub const SUBJECT: &str = "wazir";
/// The engine that takes part twice, and the second of its entries.
pub const TWICE: [&str; 2] = ["wasmi", "wasmi again"];

/// All engines of this build, in the order of the columns.
pub const TABLE: &[Entry] = &[
    Entry {
        name: SUBJECT,
        modes: &Mode::ALL,
        make: native::<wazir::Wazir>,
    },
    Entry {
        name: "wazir-compiler",
        modes: &[Mode::Eager],
        make: native::<wazir::Compiler>,
    },
    Entry {
        name: "wazir-tiered",
        modes: &[Mode::LazyTranslation],
        make: native::<wazir::Tiered>,
    },
    Entry {
        name: TWICE[0],
        modes: &Mode::ALL,
        make: native::<wasmi::Wasmi>,
    },
    Entry {
        name: TWICE[1],
        modes: &Mode::ALL,
        make: native::<wasmi::Wasmi>,
    },
    #[cfg(feature = "wasm3")]
    Entry {
        name: "wasm3",
        modes: &[Mode::Lazy],
        make: native::<wasm3::Wasm3>,
    },
    #[cfg(feature = "tinywasm")]
    Entry {
        name: "tinywasm",
        modes: &[Mode::Eager],
        make: native::<tinywasm::TinyWasm>,
    },
    #[cfg(feature = "silverfir")]
    Entry {
        name: "sf-interp",
        modes: &[Mode::Eager],
        make: native::<silverfir::Interpreter>,
    },
    #[cfg(feature = "silverfir")]
    Entry {
        name: "sf-jit",
        modes: &[Mode::Eager],
        make: native::<silverfir::Jit>,
    },
    #[cfg(feature = "wasmtime")]
    Entry {
        name: "pulley",
        modes: &[Mode::Eager],
        make: native::<wasmtime::Pulley>,
    },
    #[cfg(feature = "wasmtime")]
    Entry {
        name: "winch",
        modes: &[Mode::Eager],
        make: native::<wasmtime::Winch>,
    },
    #[cfg(feature = "wasmtime")]
    Entry {
        name: "cranelift",
        modes: &[Mode::Eager],
        make: native::<wasmtime::Cranelift>,
    },
    Entry {
        name: "v8-liftoff",
        modes: &[Mode::LazyTranslation, Mode::Eager],
        make: |_, settings| Box::new(v8::V8::new(v8::LIFTOFF, settings)),
    },
    Entry {
        name: "v8",
        modes: &[Mode::LazyTranslation],
        make: |_, settings| Box::new(v8::V8::new(&[], settings)),
    },
];
