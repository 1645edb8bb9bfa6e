//! A WebAssembly runtime with zero dependencies.
//!
//! wazir runs WebAssembly modules inside Rust programs: it decodes and validates them, interprets
//! them quickly on every platform that Rust has, and connects them with functions of the host. The
//! API has the names and shapes of wasmtime's, so that most programs move by changing the name of
//! the crate.
//!
//! ```
//! use wazir::{Engine, Linker, Module, Store};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let engine = Engine::default();
//! let mut linker = Linker::new(&engine);
//! linker.func_wrap("host", "double", |number: i32| number * 2)?;
//!
//! let wasm = wat::parse_str(
//!     r#"(module (import "host" "double" (func $double (param i32) (result i32)))
//!          (func (export "run") (result i32) (call $double (i32.const 21))))"#,
//! )?;
//! let module = Module::new(&engine, wasm)?;
//! let mut store = Store::new(&engine, ());
//! let instance = linker.instantiate(&mut store, &module)?;
//! let run = instance.get_typed_func::<(), i32>(&mut store, "run")?;
//! assert_eq!(run.call(&mut store, ())?, 42);
//! # Ok(())
//! # }
//! ```
//!
//! The usual way: a [`Config`] makes an [`Engine`]; an engine makes [`Module`]s of bytes; a
//! [`Store`] holds the data of one guest; a [`Linker`] gives the module its imports and makes an
//! [`Instance`]; and its exports, such as a [`TypedFunc`] or a [`Memory`], are used together with
//! the store.
//!
//! # Guests that nobody vouches for
//!
//! A guest reaches nothing but what it is given. [`Config::untrusted`] limits what it can use up as
//! well; time is limited with `Store::set_deadline` or counted with [`Store::set_fuel`].
//!
//! # Features
//!
//! - `std` (default): deadlines, files, errors of the system, and that a panic of a host function
//!   passes through guests. Without it the crate is `no_std` and needs `alloc`.
//! - `wasi` (default): the WebAssembly System Interface, preview 1.
//! - `compiler` (default): the optimizing compiler. With it, guests are interpreted at first, and what is hot becomes
//!   machine code while they run, on x86-64 processors that have SSE4.1, under Linux, macOS and FreeBSD;
//!   [`Config::strategy`] says otherwise, [`Engine::strategy`] what an engine does, [`Module::tier_stats`] what has
//!   become machine code, and [`inspect`] shows what the compiler makes.
//!
//! # Speed of debug builds
//!
//! The interpreter is compiled with the settings of the program that uses it. This in its
//! `Cargo.toml` makes guests fast in debug builds too:
//!
//! ```toml
//! [profile.dev.package.wazir]
//! opt-level = 3
//! debug-assertions = false
//! ```
//!
//! # Unsafe code
//!
//! Unsafe code is denied except in these modules, each of which keeps it behind safe functions:
//! `error` (an error is a tagged pointer), `sys` (the operating system), `runtime` (records that
//! running code reaches by address), `interp` (running code), `native` (running machine code), and `embed` (addresses
//! of stores, trampolines of host functions).
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(unsafe_code)]

extern crate alloc;

#[cfg(feature = "compiler")]
mod compile;
mod decode;
#[allow(unsafe_code)]
mod embed;
#[allow(unsafe_code)]
pub mod error;
pub mod inspect;
#[allow(unsafe_code)]
mod interp;
mod module;
#[cfg(feature = "compiler")]
#[allow(unsafe_code)]
mod native;
mod ordered_map;
#[allow(unsafe_code)]
mod runtime;
#[allow(unsafe_code)]
mod sys;
mod validate;
#[cfg(feature = "wasi")]
pub mod wasi;
mod wasm;
mod weak_list;

pub use embed::{
    Address, ArrayType, AsContext, AsContextMut, Caller, Config, CustomSection, Engine, EngineWeak,
    Export, ExportType, Extern, ExternRef, ExternType, FieldType, Func, FuncType,
    GcHeapOutOfMemory, Global, GlobalType, HeapType, ImportType, Instance, InstancePre, IntoFunc,
    Linker, Memory, MemoryAccessError, MemoryType, MemoryTypeBuilder, Module, ModuleExport,
    Mutability, OwnedRooted, Precompiled, Ref, RefType, ResourcesRequired, ResumableCall,
    ResumableCallHostTrap, ResumableCallOutOfFuel, RootScope, Rooted, StorageType, Store,
    StoreContext, StoreContextMut, Strategy, StructType, Table, TableType, Tag, TagType, TierStats,
    TypedFunc, TypedResumableCall, TypedResumableCallHostTrap, TypedResumableCallOutOfFuel,
    UnknownImportError, V128, Val, ValType, WasmParams, WasmResults, WasmRet, WasmTy,
};
#[doc(inline)]
pub use error::{Error, ErrorKind, FrameInfo, Result, WasmBacktrace};
pub use interp::CompilationMode;
pub use runtime::{InterruptHandle, MemoryMode, ResourceLimiter, StoreLimits, StoreLimitsBuilder};
pub use wasm::features::{Feature, Features, UnknownFeature};
pub use wasm::trap::Trap;

/// The examples of the README, which are compiled and run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
