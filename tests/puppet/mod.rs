//! A guest that does what a test says: each function of WASI can be called with any arguments.
//!
//! Input: a context. Output: error numbers, and the guest's memory.
//! Holds: calls go through a guest's code, so that they are the calls that programs make.

use wazir::wasi::WasiCtxBuilder;
use wazir::wasi::p1::{self, WasiP1Ctx};
use wazir::{Config, Engine, Instance, Linker, Memory, Module, Store, Val};

/// The functions with their parameters: `i` for 32 bits, `I` for 64.
const FUNCTIONS: &[(&str, &str)] = &[
    ("args_get", "ii"),
    ("args_sizes_get", "ii"),
    ("clock_res_get", "ii"),
    ("clock_time_get", "iIi"),
    ("environ_get", "ii"),
    ("environ_sizes_get", "ii"),
    ("fd_advise", "iIIi"),
    ("fd_allocate", "iII"),
    ("fd_close", "i"),
    ("fd_datasync", "i"),
    ("fd_fdstat_get", "ii"),
    ("fd_fdstat_set_flags", "ii"),
    ("fd_fdstat_set_rights", "iII"),
    ("fd_filestat_get", "ii"),
    ("fd_filestat_set_size", "iI"),
    ("fd_filestat_set_times", "iIIi"),
    ("fd_pread", "iiiIi"),
    ("fd_prestat_dir_name", "iii"),
    ("fd_prestat_get", "ii"),
    ("fd_pwrite", "iiiIi"),
    ("fd_read", "iiii"),
    ("fd_readdir", "iiiIi"),
    ("fd_renumber", "ii"),
    ("fd_seek", "iIii"),
    ("fd_sync", "i"),
    ("fd_tell", "ii"),
    ("fd_write", "iiii"),
    ("path_create_directory", "iii"),
    ("path_filestat_get", "iiiii"),
    ("path_filestat_set_times", "iiiiIIi"),
    ("path_link", "iiiiiii"),
    ("path_open", "iiiiiIIii"),
    ("path_readlink", "iiiiii"),
    ("path_remove_directory", "iii"),
    ("path_rename", "iiiiii"),
    ("path_symlink", "iiiii"),
    ("path_unlink_file", "iii"),
    ("poll_oneoff", "iiii"),
    ("proc_raise", "i"),
    ("random_get", "ii"),
    ("sched_yield", ""),
    ("sock_accept", "iii"),
    ("sock_recv", "iiiiii"),
    ("sock_send", "iiiii"),
    ("sock_shutdown", "ii"),
];

/// The guest.
pub(crate) struct Puppet {
    /// Its calls can be interrupted.
    pub(crate) store: Store<WasiP1Ctx>,
    instance: Instance,
    pub(crate) memory: Memory,
}

/// Where paths are put; a second one goes to `PATH + 0x1000`.
pub(crate) const PATH: u32 = 0x1000;
/// Where results are put.
pub(crate) const RESULT: u32 = 0x100;
/// Where the bytes of reads and writes are.
pub(crate) const BUFFER: u32 = 0x4000;

/// Success.
pub(crate) const OK: u32 = 0;
/// The rights of the standard that tests name.
pub(crate) const FD_READ: u64 = 1 << 1;
/// As above.
pub(crate) const FD_WRITE: u64 = 1 << 6;
/// As above.
pub(crate) const FD_READDIR: u64 = 1 << 14;

impl Puppet {
    /// Makes a guest with what the builder has.
    pub(crate) fn new(builder: &mut WasiCtxBuilder) -> Puppet {
        let mut text = String::from("(module (memory (export \"memory\") 2)\n");
        let types = |parameters: &str| -> String {
            let type_of = |kind| if kind == 'i' { " i32" } else { " i64" };
            parameters.chars().map(type_of).collect()
        };
        for (name, parameters) in FUNCTIONS {
            let ty = types(parameters);
            text += &format!(
                "(import \"wasi_snapshot_preview1\" \"{name}\" (func ${name} (param{ty}) (result i32)))\n"
            );
        }
        for (name, parameters) in FUNCTIONS {
            let arguments: String = (0..parameters.len())
                .map(|index| format!(" (local.get {index})"))
                .collect();
            let ty = types(parameters);
            text += &format!(
                "(func (export \"{name}\") (param{ty}) (result i32) (call ${name}{arguments}))\n"
            );
        }
        // Imports come first in a module.
        let (memory, rest) = text.split_at(text.find('\n').expect("there is a line"));
        let memory = memory.strip_prefix("(module ").expect("it begins so");
        let (imports, functions) = rest.split_at(rest.find("(func (export").expect("there is one"));
        let text = format!("(module {imports} {memory} {functions})");

        let engine = Engine::new(Config::new().interruptable(true)).expect("it can be made");
        let module = Module::new(&engine, wat::parse_str(text).expect("it is well-formed"));
        let mut linker = Linker::new(&engine);
        p1::add_to_linker_sync(&mut linker, |context: &mut WasiP1Ctx| context)
            .expect("nothing is defined twice");
        let mut store = Store::new(&engine, builder.build_p1());
        let instance = linker
            .instantiate(&mut store, &module.expect("it is valid"))
            .expect("all imports are there");
        let memory = instance
            .get_memory(&mut store, "memory")
            .expect("it is exported");
        Puppet {
            store,
            instance,
            memory,
        }
    }

    /// Calls a function. The result is its error number.
    pub(crate) fn call(&mut self, name: &str, arguments: &[u64]) -> u32 {
        self.try_call(name, arguments)
            .unwrap_or_else(|error| panic!("{name}{arguments:?}: {error:?}"))
    }

    /// Calls a function, which may be interrupted.
    pub(crate) fn try_call(&mut self, name: &str, arguments: &[u64]) -> wazir::Result<u32> {
        let (_, parameters) = FUNCTIONS
            .iter()
            .find(|(function, _)| *function == name)
            .unwrap_or_else(|| panic!("there is no function {name}"));
        assert_eq!(parameters.len(), arguments.len(), "parameters of {name}");
        let values: Vec<Val> = parameters
            .chars()
            .zip(arguments)
            .map(|(kind, &value)| match kind {
                'i' => Val::I32(value as u32 as i32),
                _ => Val::I64(value as i64),
            })
            .collect();
        let function = self
            .instance
            .get_func(&mut self.store, name)
            .expect("it is exported");
        let mut results = [Val::I32(0)];
        function.call(&mut self.store, &values, &mut results)?;
        Ok(results[0].unwrap_i32() as u32)
    }

    /// Writes to the guest's memory.
    pub(crate) fn put(&mut self, at: u32, bytes: &[u8]) {
        self.memory
            .write(&mut self.store, at as usize, bytes)
            .expect("it is within the memory");
    }

    /// Reads the guest's memory.
    pub(crate) fn get(&self, at: u32, length: u32) -> Vec<u8> {
        let mut bytes = vec![0; length as usize];
        self.memory
            .read(&self.store, at as usize, &mut bytes)
            .expect("it is within the memory");
        bytes
    }

    /// Reads a number.
    pub(crate) fn get_u32(&self, at: u32) -> u32 {
        u32::from_le_bytes(self.get(at, 4).try_into().expect("four bytes"))
    }

    /// Reads a number.
    pub(crate) fn get_u64(&self, at: u32) -> u64 {
        u64::from_le_bytes(self.get(at, 8).try_into().expect("eight bytes"))
    }

    /// Puts a path where `PATH` says; the result is its address and its length.
    pub(crate) fn path(&mut self, path: &str) -> [u64; 2] {
        self.put(PATH, path.as_bytes());
        [PATH.into(), path.len() as u64]
    }

    /// Puts a second path.
    pub(crate) fn second_path(&mut self, path: &str) -> [u64; 2] {
        let at = PATH + 0x1000;
        self.put(at, path.as_bytes());
        [at.into(), path.len() as u64]
    }

    /// Opens a path below a descriptor.
    pub(crate) fn open(
        &mut self,
        fd: u32,
        path: &str,
        open_flags: u64,
        rights: u64,
        follow: bool,
    ) -> Result<u32, u32> {
        let [start, length] = self.path(path);
        let arguments = [
            fd.into(),
            follow.into(),
            start,
            length,
            open_flags,
            rights,
            0,
            0,
            RESULT.into(),
        ];
        match self.call("path_open", &arguments) {
            OK => Ok(self.get_u32(RESULT)),
            errno => Err(errno),
        }
    }

    /// Reads up to 4096 bytes of a descriptor.
    pub(crate) fn read(&mut self, fd: u32) -> Result<Vec<u8>, u32> {
        const LENGTH: u32 = 4096;
        self.put(
            RESULT,
            &[BUFFER.to_le_bytes(), LENGTH.to_le_bytes()].concat(),
        );
        let count = RESULT + 8;
        match self.call("fd_read", &[fd.into(), RESULT.into(), 1, count.into()]) {
            OK => Ok(self.get(BUFFER, self.get_u32(count))),
            errno => Err(errno),
        }
    }

    /// Writes bytes to a descriptor. The result is how many.
    pub(crate) fn write(&mut self, fd: u32, bytes: &[u8]) -> Result<u32, u32> {
        self.put(BUFFER, bytes);
        let length = bytes.len() as u32;
        self.put(
            RESULT,
            &[BUFFER.to_le_bytes(), length.to_le_bytes()].concat(),
        );
        let count = RESULT + 8;
        match self.call("fd_write", &[fd.into(), RESULT.into(), 1, count.into()]) {
            OK => Ok(self.get_u32(count)),
            errno => Err(errno),
        }
    }

    /// Closes a descriptor.
    pub(crate) fn close(&mut self, fd: u32) -> u32 {
        self.call("fd_close", &[fd.into()])
    }
}
