//! Register code of modules, and the stubs that stand for code that is not there.
//!
//! Input: modules. Output: [`CodeTable`]s, whose entry cells calls go through, and stubs.
//! Holds: an entry cell always holds the address of code with a header before it; code stays at its
//! address as long as its table; stubs live as long as the process.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::sync::atomic::Ordering;

use super::dispatch::opcode_word;
use super::execute::call::{CallHost, Exit, SAVED_SLOTS, Translate};
use super::translate::{self, FunctionCode, Translator};
use super::{CompilationMode, Options};
use crate::error::Error;
use crate::module::Module;
use crate::runtime::layout::{CodeHeader, CodeWord, EntryCell};
use crate::sys::sync::{Mutex, Once};
use crate::validate;

/// The register code of a module, shared by its instances.
pub(crate) struct CodeTable {
    module: Arc<Module>,
    options: Options,
    entries: Box<[EntryCell]>,
    functions: Box<[Once<FunctionCode>]>,
    /// The first and the end address and the index of functions that have code, by address, as of the
    /// last time that somebody looked for one.
    by_address: Mutex<Vec<(usize, usize, u32)>>,
}

impl CodeTable {
    /// Makes the table of a module.
    ///
    /// # Errors
    /// In eager mode, what [`translate::translate`] fails with.
    pub(super) fn new(
        module: &Arc<Module>,
        mode: CompilationMode,
        options: Options,
    ) -> Result<CodeTable, Error> {
        let count = module.bodies.len() as u32;
        // Most functions have few parameters: the table of all stubs is asked once for each number.
        let mut stubs: Vec<Option<&'static Stub>> = Vec::new();
        let entries = (0..count).map(|index| {
            let slots = module
                .function_type(index + module.imported_functions)
                .slots()
                .0;
            if slots >= stubs.len() {
                stubs.resize(slots + 1, None);
            }
            let stub = stubs[slots].get_or_insert_with(|| stub(StubKind::Translate, slots));
            EntryCell::new(stub.code().cast_mut())
        });
        let table = CodeTable {
            module: Arc::clone(module),
            options,
            entries: entries.collect(),
            functions: (0..count).map(|_| Once::new()).collect(),
            by_address: Mutex::new(Vec::new()),
        };
        if mode == CompilationMode::Eager {
            let mut translator = Translator::default();
            for index in 0..count {
                table.translate_with(&mut translator, index)?;
            }
        }
        Ok(table)
    }

    /// The first of the entry cells of the functions that the module defines.
    pub(crate) fn entries(&self) -> *const EntryCell {
        self.entries.as_ptr()
    }

    /// The module.
    pub(super) fn module(&self) -> &Arc<Module> {
        &self.module
    }

    /// The code of a defined function, which is translated, and validated, if it was not yet.
    ///
    /// # Errors
    /// The body is invalid, or it cannot be executed.
    pub(super) fn translate(&self, index: u32) -> Result<*const CodeWord, Error> {
        self.translate_with(&mut Translator::default(), index)
    }

    fn translate_with(
        &self,
        translator: &mut Translator,
        index: u32,
    ) -> Result<*const CodeWord, Error> {
        let code = self.functions[index as usize].get_or_try_init(|| {
            let facts = validate::facts(&self.module, index, &mut validate::Scratch::default())?;
            translate::translate(translator, &self.module, index, facts, &self.options)
        })?;
        self.entries[index as usize].store(code.start().cast_mut(), Ordering::Release);
        Ok(code.start())
    }

    /// The defined function whose code contains the word at `address`, and the word's position in it.
    pub(super) fn find(&self, address: usize) -> Option<(u32, usize)> {
        let mut by_address = self.by_address.lock();
        let found = |by_address: &[(usize, usize, u32)]| {
            let after = by_address.partition_point(|&(start, _, _)| start <= address);
            let (_, end, index) = by_address[after.checked_sub(1)?];
            (address < end).then_some(index)
        };
        let index = found(&by_address).or_else(|| {
            // Functions may have been translated since.
            *by_address = self.addresses();
            found(&by_address)
        })?;
        let position = self.functions[index as usize].get()?.position_of(address)?;
        Some((index, position))
    }

    fn addresses(&self) -> Vec<(usize, usize, u32)> {
        let codes = self
            .functions
            .iter()
            .enumerate()
            .filter_map(|(index, code)| Some((index, code.get()?)));
        let mut addresses: Vec<_> = codes
            .map(|(index, code)| (code.start() as usize, code.end(), index as u32))
            .collect();
        addresses.sort_unstable();
        addresses
    }

    /// What stands before the code of a defined function that has code.
    pub(super) fn header(&self, index: u32) -> Option<CodeHeader> {
        self.functions[index as usize]
            .get()
            .map(FunctionCode::header)
    }

    /// What each word of a function's code was made for: positions in the code, ascending, with offsets in
    /// the module.
    pub(super) fn offsets(&self, index: u32) -> Option<Vec<(u32, u32)>> {
        let facts = self.module.bodies[index as usize].facts.get()?;
        translate::offsets(&self.module, index, facts, &self.options)
    }
}

/// What a stub stands for.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum StubKind {
    /// A function that is not translated yet.
    Translate,
    /// A function of the host.
    Host,
    /// The caller of the outermost function.
    Exit,
}

/// Code of one instruction.
pub(super) struct Stub {
    cell: EntryCell,
    words: [CodeWord; 2],
}

impl Stub {
    /// The instruction, behind its header.
    pub(super) fn code(&self) -> *const CodeWord {
        // Not the address of a shorter slice: the header before it is read through this one.
        self.words.as_ptr().wrapping_add(1)
    }
}

/// The stubs that were ever needed. There is one per kind and number of slots, which the limits of
/// parameters and results bound, so that they never take more than some hundred kilobytes.
static STUBS: Mutex<BTreeMap<(StubKind, usize), &'static Stub>> = Mutex::new(BTreeMap::new());

/// The stub of a kind whose frame saves behind as many slots.
fn stub(kind: StubKind, slots: usize) -> &'static Stub {
    STUBS.lock().entry((kind, slots)).or_insert_with(|| {
        let word = match kind {
            StubKind::Translate => opcode_word::<Translate>(),
            StubKind::Host => opcode_word::<CallHost>(),
            StubKind::Exit => opcode_word::<Exit>(),
        };
        let words = [translate::header_word(stub_header_for(slots)), word];
        let stub: &'static Stub = Box::leak(Box::new(Stub {
            cell: EntryCell::default(),
            words,
        }));
        stub.cell.store(stub.code().cast_mut(), Ordering::Release);
        stub
    })
}

/// What stands before the code at `address`, if that is a stub for a function, and whether that is one of
/// the host.
pub(super) fn stub_header(address: *const CodeWord) -> Option<(CodeHeader, bool)> {
    let stubs = STUBS.lock();
    let found = stubs
        .iter()
        .find(|((kind, _), stub)| *kind != StubKind::Exit && stub.code() == address);
    found.map(|(&(kind, slots), _)| (stub_header_for(slots), kind == StubKind::Host))
}

fn stub_header_for(slots: usize) -> CodeHeader {
    CodeHeader {
        frame_bytes: ((slots + SAVED_SLOTS) * size_of::<u64>()) as u32,
        save_slot: slots as u32,
    }
}

/// The entry cell of host functions whose parameters and results take as many slots.
pub(crate) fn host_entry_cell(param_slots: usize, result_slots: usize) -> *const EntryCell {
    &stub(StubKind::Host, param_slots.max(result_slots)).cell
}

/// The code that the outermost function returns to.
pub(super) fn exit_code() -> *const CodeWord {
    static EXIT: Once<&'static Stub> = Once::new();
    EXIT.get_or_init(|| stub(StubKind::Exit, 0)).code()
}
