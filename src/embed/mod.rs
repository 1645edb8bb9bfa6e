//! The embedding API.
//!
//! Input: an embedder's calls. Output: the public types of the crate.
//! Holds: names and shapes are those of wasmtime, so that embedders can move; every handle is
//! looked up in the store that it is used with; what is called often does not depend on the type of
//! the store's data.
//!
//! Unsafe code stands in `store` (addresses of stores), `call` (calls into running code and
//! references in slots), `host` (trampolines), and at the few places where `caller` and `instance`
//! pass a promise on to these.

mod call;
mod caller;
mod config;
mod engine;
mod epoch;
mod extern_ref;
mod externs;
mod func;
mod global;
mod host;
mod instance;
mod linker;
mod memory;
mod module;
#[cfg(feature = "compiler")]
mod precompiled;
mod resumable;
mod similar;
mod store;
mod table;
mod tag;
mod typed;
mod typed_resumable;
mod types;
mod val;

pub use caller::Caller;
pub use config::{Config, Strategy};
pub use engine::{Engine, EngineWeak, Precompiled};
pub use extern_ref::{ExternRef, GcHeapOutOfMemory, OwnedRooted, RootScope, Rooted};
pub use externs::{Export, Extern};
pub use func::Func;
pub use global::Global;
pub use host::{IntoFunc, WasmRet};
pub use instance::Instance;
pub use linker::{InstancePre, Linker, UnknownImportError};
pub use memory::{Address, Memory, MemoryAccessError};
pub use module::{CustomSection, Module, ModuleExport, ResourcesRequired, TierStats};
pub use resumable::{ResumableCall, ResumableCallHostTrap, ResumableCallOutOfFuel};
pub use store::{AsContext, AsContextMut, Store, StoreContext, StoreContextMut};
pub use table::Table;
pub use tag::Tag;
pub use typed::{TypedFunc, WasmParams, WasmResults, WasmTy};
pub use typed_resumable::{
    TypedResumableCall, TypedResumableCallHostTrap, TypedResumableCallOutOfFuel,
};
pub use types::{
    ArrayType, ExportType, ExternType, FieldType, FuncType, GlobalType, HeapType, ImportType,
    MemoryType, MemoryTypeBuilder, Mutability, RefType, StorageType, StructType, TableType,
    TagType, ValType,
};
pub use val::{Ref, V128, Val};
