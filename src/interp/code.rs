//! Register code of modules, and the stubs that stand for code that is not there.
//!
//! Input: modules. Output: [`CodeTable`]s, whose entry cells calls go through, and stubs.
//! Holds: an entry cell always holds the address of code with a header before it; code stays at its
//! address as long as its table; stubs live as long as the process.

use crate::ordered_map::OrderedMap;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::sync::atomic::Ordering;

use super::dispatch::{FRAME_BIAS, opcode_word};
use super::execute::call::{CallHost, Exit, SAVED_SLOTS, Translate, value_slots};
#[cfg(feature = "compiler")]
use super::tiers::Tiers;
use super::translate::{self, FunctionCode, Surroundings, Translator};
use super::{CompilationMode, Options};
use crate::error::Error;
use crate::module::Module;
#[cfg(feature = "compiler")]
use crate::runtime::layout::LoopFrame;
use crate::runtime::layout::{CodeHeader, CodeWord, EntryCell};
use crate::sys::sync::{Mutex, Once};
use crate::validate;

/// The register code of a module, shared by its instances.
pub(crate) struct CodeTable {
    module: Arc<Module>,
    options: Options,
    /// What says when functions become machine code, if they do.
    #[cfg(feature = "compiler")]
    tiers: Option<Arc<dyn Tiers>>,
    entries: Box<[EntryCell]>,
    functions: Box<[Once<FunctionCode>]>,
    by_address: Mutex<ByAddress>,
    /// What the code of functions that were in a backtrace was made for. They are kept, so that all
    /// backtraces together translate each function once more at most.
    offsets: Mutex<OrderedMap<u32, Offsets>>,
}

/// Positions in a function's code, ascending, with the offsets in the module of what they were made for.
type Offsets = Box<[(u32, u32)]>;

/// Functions by the addresses of their code. It is brought up to date when somebody looks for one, so that
/// translating costs next to nothing, and looking depends on what is new and not on what there is.
#[derive(Default)]
struct ByAddress {
    /// The end of the code and the index of the function, by the address of its first instruction.
    known: OrderedMap<usize, (usize, u32)>,
    /// Functions that are about to have code, or have it since somebody last looked.
    new: Vec<u32>,
}

impl ByAddress {
    /// The function whose code contains `address`.
    fn find(&mut self, address: usize, functions: &[Once<FunctionCode>]) -> Option<u32> {
        let known = &mut self.known;
        self.new
            .retain(|&index| match functions[index as usize].get() {
                Some(code) => {
                    known.insert(code.start() as usize, (code.end(), index));
                    false
                }
                None => true,
            });
        let (_, &(end, index)) = known.last_up_to(&address)?;
        (address < end).then_some(index)
    }
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
        #[cfg(feature = "compiler")] tiers: Option<Arc<dyn Tiers>>,
    ) -> Result<Arc<CodeTable>, Error> {
        let count = module.bodies.len() as u32;
        // Most functions have few parameters: the table of all stubs is asked once for each frame.
        let mut stubs: Vec<Option<&'static Stub>> = Vec::new();
        let entries = (0..count).map(|index| {
            let slots = value_slots(
                module
                    .function_type(index + module.imported_functions)
                    .slots(),
            );
            if slots >= stubs.len() {
                stubs.resize(slots + 1, None);
            }
            let stub = stubs[slots].get_or_insert_with(|| stub(StubKind::Translate, slots));
            EntryCell::new(stub.code().cast_mut())
        });
        let table = Arc::new(CodeTable {
            module: Arc::clone(module),
            options,
            #[cfg(feature = "compiler")]
            tiers,
            entries: entries.collect(),
            functions: (0..count).map(|_| Once::new()).collect(),
            by_address: Mutex::default(),
            offsets: Mutex::default(),
        });
        if mode == CompilationMode::Eager {
            let mut translator = Translator::default();
            for index in 0..count {
                table.translate_with(&mut translator, index)?;
            }
        }
        Ok(table)
    }

    /// How many functions have register code.
    pub(crate) fn translated_functions(&self) -> usize {
        let translated = self.functions.iter().filter(|code| code.get().is_some());
        translated.count()
    }

    /// The first of the entry cells of the functions that the module defines.
    pub(crate) fn entries(&self) -> *const EntryCell {
        self.entries.as_ptr()
    }

    /// The module.
    pub(super) fn module(&self) -> &Arc<Module> {
        &self.module
    }

    /// What says when functions become machine code, if they do.
    #[cfg(feature = "compiler")]
    pub(super) fn tiers(&self) -> Option<&Arc<dyn Tiers>> {
        self.tiers.as_ref()
    }

    /// Where the frame of a defined function has what it has at the loop whose opcode is at `offset` in the module's
    /// bytes; none of a function that is not valid.
    #[cfg(feature = "compiler")]
    pub(crate) fn loop_frame(&self, index: u32, offset: u32) -> Option<LoopFrame> {
        let facts = self.module.bodies[index as usize].facts.get()?;
        translate::loop_frame(self.surroundings(), index, facts, offset).ok()
    }

    /// How many slots stand before the saved ones in the frame of a defined function.
    #[cfg(feature = "compiler")]
    pub(super) fn value_slots(&self, index: u32) -> usize {
        let ty = self
            .module
            .function_type(index + self.module.imported_functions);
        value_slots(ty.slots())
    }

    /// The code of a defined function, which is translated, and validated, if all that there is is `stub`.
    ///
    /// # Errors
    /// The body is invalid, or it cannot be executed.
    pub(super) fn code(&self, index: u32, stub: *const CodeWord) -> Result<*const CodeWord, Error> {
        let code = self.entries[index as usize].load(Ordering::Acquire);
        if code.cast_const() != stub {
            return Ok(code);
        }
        self.translate_with(&mut Translator::default(), index)
    }

    fn surroundings(&self) -> Surroundings<'_> {
        Surroundings {
            module: &self.module,
            entries: &self.entries,
            options: &self.options,
            #[cfg(feature = "compiler")]
            tiers: self.tiers().map(|tiers| &**tiers),
        }
    }

    fn translate_with(
        &self,
        translator: &mut Translator,
        index: u32,
    ) -> Result<*const CodeWord, Error> {
        let code = self.functions[index as usize].get_or_try_init(|| {
            let facts = validate::facts(&self.module, index, &mut validate::Scratch::default())?;
            let code = translate::translate(translator, self.surroundings(), index, facts)?;
            // Before others see the code: who runs it finds it.
            self.by_address.lock().new.push(index);
            Ok::<_, Error>(code)
        })?;
        self.entries[index as usize].store(code.start().cast_mut(), Ordering::Release);
        Ok(code.start())
    }

    /// The defined function whose code contains the word at `address`, and the word's position in it.
    pub(super) fn find(&self, address: usize) -> Option<(u32, usize)> {
        let index = self.by_address.lock().find(address, &self.functions)?;
        let position = self.functions[index as usize].get()?.position_of(address)?;
        Some((index, position))
    }

    /// What stands before the code of a defined function that has code.
    pub(super) fn header(&self, index: u32) -> Option<CodeHeader> {
        self.functions[index as usize]
            .get()
            .map(FunctionCode::header)
    }

    /// The offset in the module of what the word at `position` of a function's code was made for.
    pub(super) fn offset(&self, index: u32, position: usize) -> Option<usize> {
        let facts = self.module.bodies[index as usize].facts.get()?;
        let mut known = self.offsets.lock();
        let offsets = known.get_or_insert_with(index, || {
            translate::offsets(self.surroundings(), index, facts)
                .unwrap_or_default()
                .into()
        });
        let after = offsets.partition_point(|&(at, _)| at as usize <= position);
        Some(offsets[after.checked_sub(1)?].1 as usize)
    }
}

/// An address for the place where code stopped whose frame is that of a function with so many slots before the saved
/// ones, but which is not the function's register code.
#[cfg(feature = "compiler")]
pub(super) fn left_function(slots: usize) -> *const CodeWord {
    stub(StubKind::Translate, slots).code()
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
static STUBS: Mutex<Stubs> = Mutex::new(Stubs {
    by_kind: OrderedMap::new(),
    by_address: OrderedMap::new(),
});

struct Stubs {
    by_kind: OrderedMap<(StubKind, usize), &'static Stub>,
    /// The same ones by the address of their instruction.
    by_address: OrderedMap<usize, (StubKind, usize)>,
}

/// The stub of a kind whose frame saves behind as many slots.
fn stub(kind: StubKind, slots: usize) -> &'static Stub {
    let Stubs {
        by_kind,
        by_address,
    } = &mut *STUBS.lock();
    by_kind.get_or_insert_with((kind, slots), || {
        let word = match kind {
            StubKind::Translate => opcode_word::<Translate>(),
            StubKind::Host => opcode_word::<CallHost>(),
            StubKind::Exit => opcode_word::<Exit>(),
        };
        let words = [translate::header_word(stub_header_for(slots)), word];
        let stub: &'static Stub = Box::leak(Box::new(Stub { words }));
        by_address.insert(stub.code() as usize, (kind, slots));
        stub
    })
}

/// What stands before the code at `address`, if that is a stub for a function, and whether that is one of
/// the host.
pub(super) fn stub_header(address: *const CodeWord) -> Option<(CodeHeader, bool)> {
    let (kind, slots) = *STUBS.lock().by_address.get(&(address as usize))?;
    (kind != StubKind::Exit).then(|| (stub_header_for(slots), kind == StubKind::Host))
}

fn stub_header_for(slots: usize) -> CodeHeader {
    CodeHeader {
        frame_bytes: ((FRAME_BIAS + SAVED_SLOTS) * size_of::<u64>()) as u32,
        value_slots: slots as u32,
    }
}

/// The code of host functions whose parameters and results take as many slots.
#[derive(Copy, Clone)]
pub(crate) struct HostCode(&'static Stub);

impl HostCode {
    pub(crate) fn of_slots(param_slots: usize, result_slots: usize) -> HostCode {
        HostCode(stub(
            StubKind::Host,
            value_slots((param_slots, result_slots)),
        ))
    }

    pub(crate) fn address(self) -> *const CodeWord {
        self.0.code()
    }
}

/// The code that the outermost function returns to.
pub(super) fn exit_code() -> *const CodeWord {
    static EXIT: Once<&'static Stub> = Once::new();
    EXIT.get_or_init(|| stub(StubKind::Exit, 0)).code()
}
