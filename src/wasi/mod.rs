//! WASI preview 1: what programs for `wasm32-wasip1` import.
//!
//! Input: a [`Linker`] and a [`WasiP1Ctx`] per guest, made by [`WasiCtxBuilder`]. Output: all
//! functions of `wasi_snapshot_preview1` in the linker.
//! Holds: a guest gets what its context was given and nothing else. Whatever it passes, host memory is neither
//! touched nor sized by it, but for files in memory, whose limit holds; a mistake of the guest's is an error number
//! for the guest.
//!
//! Files are reached through directories that the guest is given: of the host ([`WasiCtxBuilder::preopened_dir`]), in
//! memory ([`MemoryDirectory`]), part of the program ([`EmbeddedDirectory`]), or of any other file system that
//! implements [`Directory`].
//!
//! A program is run with [`p1::run_command`]. A module that is none, and whose functions the host calls (a reactor),
//! may export a function `_initialize`, which is to be called before the others, once:
//! [`Linker::module`](crate::Linker::module) does that itself, after [`Linker::instantiate`] it is the host's part.
//!
//! The guest's exit is an error of the kind [`ErrorKind::Exit`](crate::ErrorKind::Exit), so that it ends the run
//! from anywhere in the program; [`Error::exit_code`](crate::Error::exit_code) tells the code.
//!
//! ```
//! use wazir::wasi::p1::{self, WasiP1Ctx};
//! use wazir::wasi::{Pipe, WasiCtxBuilder};
//! use wazir::{Engine, Linker, Module, Store};
//!
//! let engine = Engine::default();
//! let program = wat::parse_str(
//!     r#"(module
//!          (import "wasi_snapshot_preview1" "fd_write"
//!            (func $fd_write (param i32 i32 i32 i32) (result i32)))
//!          (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
//!          (memory (export "memory") 1)
//!          (data (i32.const 0) "\08\00\00\00\06\00\00\00hello\n")
//!          (func (export "_start")
//!            (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 100)))
//!            (call $proc_exit (i32.const 3))))"#,
//! )?;
//! let module = Module::new(&engine, program)?;
//!
//! let mut linker: Linker<WasiP1Ctx> = Linker::new(&engine);
//! p1::add_to_linker_sync(&mut linker, |context| context)?;
//!
//! let output = Pipe::new(1 << 20);
//! let context = WasiCtxBuilder::new().stdout(output.clone()).build_p1();
//! let mut store = Store::new(&engine, context);
//! let instance = linker.instantiate(&mut store, &module)?;
//! assert_eq!(p1::run_command(&mut store, instance)?, 3);
//! assert_eq!(output.contents(), b"hello\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod args;
mod clock;
mod context;
mod descriptor;
mod deterministic;
mod directory;
mod file_system;
mod guest;
mod path;
mod poll;
mod process;
mod random;
mod socket;
mod status;
mod stream;
mod trace;
mod transfer;
mod types;

use crate::embed::{AsContextMut, Caller, Extern, Instance, Linker, Memory as MemoryHandle};
use crate::error::{Error, Result};
use crate::wasm::types::{FuncType, ValType};
use context::WasiP1Ctx;
use guest::{Failure, Guest, Memory, Outcome};
use types::{MODULE, SUCCESS};

pub use crate::error::I32Exit;
pub use clock::{HostMonotonicClock, HostWallClock};
pub use context::{DirPerms, FilePerms, WasiCtxBuilder};
pub use file_system::{
    Directory, DirectoryEntry, EmbeddedDirectory, Errno, File, FileType, HostDirectory,
    MemoryDirectory, Metadata, OpenOptions, Opened, SetTime, SetTimes, SpecialFile, resolve_names,
};
pub use stream::Pipe;
pub use trace::Call;

/// The functions of preview 1, under the names that they have in `wasmtime_wasi`.
pub mod p1 {
    pub use super::context::WasiP1Ctx;
    pub use super::{add_to_linker_sync, run_command};
}

/// Runs a program: calls the function `_start` of its instance. The result is the program's exit code, which is 0 if
/// it returns.
///
/// ```
/// use wazir::wasi::WasiCtxBuilder;
/// use wazir::wasi::p1::{self, WasiP1Ctx};
/// use wazir::{Engine, Linker, Module, Store};
///
/// let engine = Engine::default();
/// let program = wat::parse_str(
///     r#"(module
///          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
///          (memory (export "memory") 1)
///          (func (export "_start") (call $exit (i32.const 3))))"#,
/// )?;
/// let mut linker: Linker<WasiP1Ctx> = Linker::new(&engine);
/// p1::add_to_linker_sync(&mut linker, |context| context)?;
/// let mut store = Store::new(&engine, WasiCtxBuilder::new().build_p1());
/// let instance = linker.instantiate(&mut store, &Module::new(&engine, program)?)?;
/// assert_eq!(p1::run_command(&mut store, instance)?, 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// If there is no such function, or if the program traps, is stopped, or a host function fails.
pub fn run_command(mut store: impl AsContextMut, instance: Instance) -> Result<i32> {
    let start = instance.get_typed_func::<(), ()>(&mut store, "_start")?;
    match start.call(&mut store, ()) {
        Ok(()) => Ok(0),
        Err(error) => error.exit_code().ok_or(error),
    }
}

impl From<Errno> for Error {
    #[cold]
    fn from(errno: Errno) -> Error {
        Error::new(errno)
    }
}

/// A guest that called a host function.
struct CallingGuest<'a, T, F> {
    caller: Caller<'a, T>,
    context_of: F,
    memory: Option<MemoryHandle>,
}

impl<T, F: Fn(&mut T) -> &mut WasiP1Ctx> Guest for CallingGuest<'_, T, F> {
    fn parts(&mut self) -> Result<(Memory<'_>, &mut WasiP1Ctx)> {
        let memory = match self.memory {
            Some(memory) => memory,
            None => {
                let memory = self
                    .caller
                    .get_export("memory")
                    .and_then(Extern::into_memory);
                *self.memory.insert(memory.ok_or_else(no_memory)?)
            }
        };
        let (bytes, data) = memory.data_and_store_mut(&mut self.caller);
        // Pointers have 32 bits, also into a memory with addresses of 64. Without the last byte that they reach no
        // sum of a pointer and an offset within a range that was checked overflows.
        let reached = bytes.len().min(u32::MAX as usize);
        Ok((Memory(&mut bytes[..reached]), (self.context_of)(data)))
    }

    fn context(&mut self) -> &mut WasiP1Ctx {
        (self.context_of)(self.caller.data_mut())
    }

    fn check(&mut self) -> Result<()> {
        self.caller.check()
    }

    fn is_interruptable(&self) -> bool {
        self.caller.is_interruptable()
    }
}

#[cold]
fn no_memory() -> Error {
    Error::link(
        "a WASI program exports its memory as `memory`, for the functions that it imports to read and write; this \
         module does not",
    )
}

/// What the guest's call returns: a number for the guest, or the error that ends its run.
fn answer(outcome: Outcome) -> Result<u32> {
    match outcome {
        Ok(()) => Ok(SUCCESS),
        Err(Failure::Errno(errno)) => Ok(errno as u32),
        Err(Failure::Error(error)) => Err(error),
    }
}

/// A function that guests import.
struct Function {
    name: &'static str,
    /// Names and types.
    parameters: &'static [(&'static str, ValType)],
    /// None for a function that does not return.
    result: Option<ValType>,
    /// Calls it with as many arguments as there are parameters.
    call: fn(&mut dyn Guest, &[u64]) -> Outcome,
}

impl Function {
    fn ty(&self) -> FuncType {
        FuncType::new(self.parameters.iter().map(|&(_, ty)| ty), self.result)
    }

    /// Calls it with the arguments in the slots, and leaves its result there: a number for the guest. An error ends
    /// the guest's run.
    fn run(&'static self, guest: &mut dyn Guest, slots: &mut [u64]) -> Result<()> {
        let arguments = &slots[..self.parameters.len()];
        let answer = answer(trace::observed(guest, self, arguments))?;
        if let Some(result) = slots.first_mut() {
            *result = u64::from(answer);
        }
        Ok(())
    }
}

/// Defines all functions of `wasi_snapshot_preview1`. `context_of` finds the guest's context in the data of
/// the store: `|data| &mut data.wasi`, or `|context| context` if there is nothing else.
///
/// # Errors
/// If the linker has one of them already and does not allow shadowing.
pub fn add_to_linker_sync<T: 'static>(
    linker: &mut Linker<T>,
    context_of: impl Fn(&mut T) -> &mut WasiP1Ctx + Copy + Send + Sync + 'static,
) -> Result<()> {
    for function in FUNCTIONS {
        let call = move |caller: Caller<'_, T>, slots: &mut [u64]| {
            let mut guest = CallingGuest {
                caller,
                context_of,
                memory: None,
            };
            function.run(&mut guest, slots)
        };
        linker.func_of_slots(MODULE, function.name, function.ty(), call)?;
    }
    Ok(())
}

/// A parameter's type.
trait Parameter {
    const TYPE: ValType;
    fn from_slot(slot: u64) -> Self;
}

impl Parameter for u32 {
    const TYPE: ValType = ValType::I32;
    fn from_slot(slot: u64) -> u32 {
        slot as u32
    }
}

impl Parameter for u64 {
    const TYPE: ValType = ValType::I64;
    fn from_slot(slot: u64) -> u64 {
        slot
    }
}

macro_rules! functions {
    ($($group:ident::$name:ident($($parameter:ident: $ty:ty),*);)*) => {
        /// The functions that [`add_to_linker_sync`] defines.
        static FUNCTIONS: &[Function] = &[
            Function {
                name: "proc_exit",
                parameters: &[("code", ValType::I32)],
                result: None,
                call: |_, arguments| Err(Failure::Error(process::proc_exit(arguments[0] as u32))),
            },
            $(Function {
                name: stringify!($name),
                parameters: &[$((stringify!($parameter), <$ty>::TYPE)),*],
                result: Some(ValType::I32),
                call: |guest, arguments| {
                    let &[$($parameter),*] = arguments else {
                        return Err(Errno::Inval.into());
                    };
                    $group::$name(guest, $(Parameter::from_slot($parameter)),*)
                },
            },)*
        ];
    };
}

functions! {
    args::args_get(pointers: u32, buffer: u32);
    args::args_sizes_get(count: u32, size: u32);
    args::environ_get(pointers: u32, buffer: u32);
    args::environ_sizes_get(count: u32, size: u32);
    clock::clock_res_get(id: u32, result: u32);
    clock::clock_time_get(id: u32, precision: u64, result: u32);
    status::fd_advise(fd: u32, offset: u64, length: u64, advice: u32);
    status::fd_allocate(fd: u32, offset: u64, length: u64);
    status::fd_close(fd: u32);
    status::fd_datasync(fd: u32);
    status::fd_fdstat_get(fd: u32, result: u32);
    status::fd_fdstat_set_flags(fd: u32, flags: u32);
    status::fd_fdstat_set_rights(fd: u32, base: u64, inheriting: u64);
    status::fd_filestat_get(fd: u32, result: u32);
    status::fd_filestat_set_size(fd: u32, size: u64);
    status::fd_filestat_set_times(fd: u32, accessed: u64, modified: u64, flags: u32);
    transfer::fd_pread(fd: u32, buffers: u32, count: u32, offset: u64, result: u32);
    directory::fd_prestat_dir_name(fd: u32, path: u32, length: u32);
    directory::fd_prestat_get(fd: u32, result: u32);
    transfer::fd_pwrite(fd: u32, buffers: u32, count: u32, offset: u64, result: u32);
    transfer::fd_read(fd: u32, buffers: u32, count: u32, result: u32);
    directory::fd_readdir(fd: u32, buffer: u32, length: u32, cookie: u64, result: u32);
    status::fd_renumber(from: u32, to: u32);
    status::fd_seek(fd: u32, offset: u64, whence: u32, result: u32);
    status::fd_sync(fd: u32);
    status::fd_tell(fd: u32, result: u32);
    transfer::fd_write(fd: u32, buffers: u32, count: u32, result: u32);
    path::path_create_directory(fd: u32, path: u32, length: u32);
    path::path_filestat_get(fd: u32, lookup_flags: u32, path: u32, length: u32, result: u32);
    path::path_filestat_set_times(
        fd: u32, lookup_flags: u32, path: u32, length: u32, accessed: u64, modified: u64, flags: u32
    );
    path::path_link(
        old_fd: u32, lookup_flags: u32, old_path: u32, old_length: u32, new_fd: u32, new_path: u32, new_length: u32
    );
    path::path_open(
        fd: u32, lookup_flags: u32, path: u32, length: u32, open_flags: u32, rights_base: u64,
        rights_inheriting: u64, fd_flags: u32, result: u32
    );
    path::path_readlink(fd: u32, path: u32, length: u32, buffer: u32, buffer_length: u32, result: u32);
    path::path_remove_directory(fd: u32, path: u32, length: u32);
    path::path_rename(
        old_fd: u32, old_path: u32, old_length: u32, new_fd: u32, new_path: u32, new_length: u32
    );
    path::path_symlink(old_path: u32, old_length: u32, fd: u32, path: u32, length: u32);
    path::path_unlink_file(fd: u32, path: u32, length: u32);
    poll::poll_oneoff(subscriptions: u32, events: u32, count: u32, result: u32);
    process::proc_raise(signal: u32);
    process::sched_yield();
    random::random_get(buffer: u32, length: u32);
    socket::sock_accept(fd: u32, flags: u32, result: u32);
    socket::sock_recv(fd: u32, buffers: u32, count: u32, flags: u32, length: u32, result_flags: u32);
    socket::sock_send(fd: u32, buffers: u32, count: u32, flags: u32, result: u32);
    socket::sock_shutdown(fd: u32, how: u32);
}

#[cfg(test)]
mod tests;
