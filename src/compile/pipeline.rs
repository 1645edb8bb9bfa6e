//! The whole compiler on one screen.
//!
//! Input: a module and the number of a function. Output: [`Object`], or the text of any stage.

use alloc::format;
use alloc::string::String;

use super::frontend::{self, Options};
use super::ir::Function;
#[cfg(debug_assertions)]
use super::ir::verify::verify;
use super::machine::Allocation;
use super::meter::{self, Meter, Pass};
use super::object::{InlineSite, Object};
use super::opt::order::Order;
use super::profile::Profile;
#[cfg(debug_assertions)]
use super::regalloc::checker::check;
use super::regalloc::{self, print::print};
use super::x64::convention::REGISTERS;
use super::x64::encode::Unencodable;
use super::x64::features::CpuFeatures;
use super::x64::listing::Listing;
use super::x64::{emit, select};
use crate::error::Error;
use crate::module::Module;
use crate::module::facts::FuncFacts;
use crate::runtime::layout::LoopFrame;

/// What the compiler makes of a function, one after the other.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The intermediate representation as it was built.
    Ssa,
    /// What of it is needed and in which order, as instructions are selected for it.
    Optimize,
    /// Instructions with virtual registers.
    Select,
    /// Instructions with registers, and what is moved between them.
    Allocate,
    /// Machine code.
    Assemble,
}

/// A compiler, which keeps its working memory from function to function.
#[derive(Default)]
pub(crate) struct Compiler {
    frontend: frontend::Workspace,
    function: Function,
    order: Order,
    select: select::Workspace,
    selected: select::Selected,
    regalloc: regalloc::Scratch,
    allocation: Allocation,
    emit: emit::Workspace,
    object: Object,
    listing: Listing,
    /// Whether small functions become part of those that call them.
    pub(crate) inlines: bool,
    /// The loop at which the code begins, if not at the beginning of the function.
    pub(crate) entry: Option<LoopFrame>,
    /// What is likely in the function.
    pub(crate) profile: Profile,
    /// What is measured, if somebody wants to know.
    pub(super) meter: Option<Meter>,
    /// What the processor has.
    features: CpuFeatures,
}

impl Compiler {
    /// A compiler for processors with these extensions, and what every machine code needs.
    pub(crate) fn new(features: CpuFeatures) -> Compiler {
        Compiler {
            features,
            inlines: true,
            ..Compiler::default()
        }
    }

    /// Compiles the function that a module defines at `defined_index`, up to a stage, whose text is appended to
    /// `text`.
    ///
    /// # Errors
    /// A function with an instruction that machine code is not made for yet, or that is too big.
    pub(crate) fn compile(
        &mut self,
        module: &Module,
        defined_index: u32,
        facts: &FuncFacts,
        options: Options,
        mut text: Option<(Stage, &mut String)>,
    ) -> Result<&Object, Error> {
        let inputs = (module, defined_index, facts, options);
        let length = text.as_ref().map_or(0, |(_, text)| text.len());
        let shown = text.as_mut().map(|(stage, text)| (*stage, &mut **text));
        if let Err(error) = self.compile_with(inputs, self.inlines, shown) {
            if self.function.sites.is_empty() {
                return Err(error);
            }
            // What is inlined may be what cannot be compiled, or too much.
            if let Some((_, text)) = &mut text {
                text.truncate(length);
            }
            self.compile_with(inputs, false, text)?;
        }
        Ok(&self.object)
    }

    fn compile_with(
        &mut self,
        (module, defined_index, facts, options): (&Module, u32, &FuncFacts, Options),
        inlines: bool,
        mut text: Option<(Stage, &mut String)>,
    ) -> Result<(), Error> {
        let mut shows = |stage: Stage, write: &dyn Fn() -> String| match &mut text {
            Some((wanted, text)) if *wanted == stage => {
                text.push_str(&write());
                true
            }
            _ => false,
        };
        let function = &mut self.function;
        frontend::build(
            &mut self.frontend,
            function,
            module,
            defined_index,
            facts,
            options,
            frontend::Wanted {
                entry: self.entry,
                inlines,
                profile: &self.profile,
            },
        )?;
        meter::end(&mut self.meter, Pass::Build);
        #[cfg(debug_assertions)]
        checked("front end", verify(function));
        if shows(Stage::Ssa, &|| format!("{function}")) {
            return Ok(());
        }
        self.order.of(function);
        meter::end(&mut self.meter, Pass::Order);
        #[cfg(debug_assertions)]
        checked("order", verify(function));
        let order = &self.order;
        if shows(Stage::Optimize, &|| format!("{}", order.show(function))) {
            return Ok(());
        }
        let features = self.features;
        let target = select::Target {
            module,
            function_index: defined_index + module.imported_functions,
            features,
            is_guarded: module
                .memories
                .first()
                .is_some_and(|ty| options.guards.cover(ty, 0, 1)),
            begins_at_loop: self.entry.is_some(),
        };
        select::select(
            &mut self.select,
            &mut self.selected,
            function,
            &self.order,
            target,
        )
        .map_err(not_selected)?;
        meter::end(&mut self.meter, Pass::Select);
        let code = &mut self.selected.code;
        if shows(Stage::Select, &|| {
            print(code, None, super::x64::print::instruction)
        }) {
            return Ok(());
        }
        regalloc::allocate(code, &REGISTERS, &mut self.regalloc, &mut self.allocation)
            .map_err(not_allocated)?;
        meter::end(&mut self.meter, Pass::Allocate);
        #[cfg(debug_assertions)]
        checked("allocation", check(code, &REGISTERS, &self.allocation));
        if shows(Stage::Allocate, &|| {
            print(code, Some(&self.allocation), super::x64::print::instruction)
        }) {
            return Ok(());
        }
        let is_listed = matches!(text, Some((Stage::Assemble, _)));
        self.listing.clear();
        emit::emit(
            &mut self.emit,
            &mut self.object,
            &self.selected,
            &self.allocation,
            features,
            is_listed.then_some(&mut self.listing),
        )
        .map_err(|Unencodable| mistake("an instruction has no encoding"))?;
        let function = &self.function;
        let place = |position| function.place(position);
        self.object.place_inlined(&function.sites, place);
        self.listing.place_inlined(place);
        if let Some(meter) = &mut self.meter {
            meter.end(Pass::Emit);
            meter.count(&self.selected.code, &self.allocation);
        }
        if let Some((Stage::Assemble, text)) = text {
            text.push_str(&format!("{}", self.listing));
        }
        Ok(())
    }

    /// A call that was inlined in the last function.
    pub(crate) fn site(&self, number: u32) -> Option<&InlineSite> {
        self.function.sites.get(number as usize)
    }

    /// What was emitted for the last function, if its text was asked for.
    pub(crate) fn listing(&self) -> &Listing {
        &self.listing
    }
}

fn not_selected(error: select::Error) -> Error {
    match error {
        select::Error::Unsupported(op) => Error::unsupported(
            None,
            format!("there is no machine code for `{}` yet", op.name()),
        ),
        select::Error::TooBig => too_big(),
    }
}

fn not_allocated(error: regalloc::Error) -> Error {
    match error {
        regalloc::Error::TooLarge => too_big(),
        regalloc::Error::OutOfRegisters(instruction) => mistake(&format!(
            "there are not enough registers for instruction {instruction}"
        )),
    }
}

pub(super) fn too_big() -> Error {
    Error::resource("the function is too big to be compiled")
}

/// What no function should cause.
fn mistake(what: &str) -> Error {
    Error::resource(format!(
        "the function cannot be compiled, by a mistake of the compiler: {what}"
    ))
}

/// In builds with assertions: fails if a pass has left something wrong, which would be a mistake of the pass.
#[cfg(debug_assertions)]
fn checked(pass: &str, outcome: Result<(), String>) {
    if let Err(error) = outcome {
        panic!("{pass}: {error}");
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests;
