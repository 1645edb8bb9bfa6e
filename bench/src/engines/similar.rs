//! The engines whose API has the names of wasmtime's.
//!
//! Input: the name of a library, and a module with what differs in it. Output: an [`Engine`](super::Engine).
//! Holds: all of them run the same source text.

/// Implements [`Engine`](super::Engine) for `$type`, a struct with the field `engine`, with the library `$library`.
///
/// `$own` is a module with `engine(Settings) -> Result<Engine>`; `Prepared`, a module whose imports are looked up as
/// far as the library can in advance; `prepare(Linker, Module) -> Result<Prepared>` and
/// `instantiate(&Prepared, &mut Store) -> Result<Instance>`.
macro_rules! similar_engine {
    ($type:ident, $library:ident, $own:ident, { $($constants:tt)* }) => {
        impl $crate::engines::Engine for $type {
            type Module = $library::Module;
            type Template = $own::Prepared;
            type Instance = ($library::Store<u64>, $library::Instance);

            $($constants)*

            fn new(settings: $crate::engines::Settings) -> $crate::engines::Result<Self> {
                Ok($type { engine: $own::engine(settings)? })
            }

            fn module(&self, wasm: &[u8]) -> $crate::engines::Result<Self::Module> {
                $library::Module::new(&self.engine, wasm).map_err($crate::engines::reason)
            }

            fn template(
                &self,
                module: Self::Module,
                imports: bool,
            ) -> $crate::engines::Result<Self::Template> {
                let mut linker = $library::Linker::<u64>::new(&self.engine);
                if imports {
                    $crate::engines::similar::define_host_functions!($library, linker);
                }
                $own::prepare(linker, module)
            }

            fn instantiate(
                &self,
                template: &Self::Template,
            ) -> $crate::engines::Result<Self::Instance> {
                let mut store = $library::Store::new(&self.engine, 0);
                let instance = $own::instantiate(template, &mut store)?;
                Ok((store, instance))
            }

            fn instantiate_linked(
                &self,
                callee: &[u8],
                caller: &[u8],
            ) -> $crate::engines::Result<Self::Instance> {
                let mut store = $library::Store::new(&self.engine, 0);
                let mut linker = $library::Linker::<u64>::new(&self.engine);
                let template = $own::prepare(linker.clone(), self.module(callee)?)?;
                let callee = $own::instantiate(&template, &mut store)?;
                linker
                    .instance(&mut store, "callee", callee)
                    .map_err($crate::engines::reason)?;
                let template = $own::prepare(linker, self.module(caller)?)?;
                let caller = $own::instantiate(&template, &mut store)?;
                Ok((store, caller))
            }

            $crate::engines::similar::calls!($library);
        }
    };
}
pub(super) use similar_engine;

/// Gives `$linker` the host functions that [`Engine`](super::Engine) names.
macro_rules! define_host_functions {
    ($library:ident, $linker:ident) => {
        for index in 0..$crate::engines::HOST_FUNCTIONS {
            $linker
                .func_wrap("host", &format!("f{index}"), |value: i32| value)
                .map_err($crate::engines::reason)?;
        }
        $linker
            .func_wrap("host", "increment", |value: i32| value.wrapping_add(1))
            .map_err($crate::engines::reason)?;
        $linker
            .func_wrap(
                "host",
                "count",
                |mut caller: $library::Caller<'_, u64>, value: i64| {
                    *caller.data_mut() = caller.data().wrapping_add(value as u64);
                    *caller.data() as i64
                },
            )
            .map_err($crate::engines::reason)?;
    };
}
pub(super) use define_host_functions;

/// The functions of [`Engine`](super::Engine) that call the guest, where an instance is `(Store<u64>, Instance)`.
macro_rules! calls {
    ($library:ident) => {
        fn call(
            &self,
            (store, instance): &mut Self::Instance,
            export: &str,
            argument: $crate::engines::Argument,
        ) -> $crate::engines::Result<u64> {
            use $crate::engines::Argument;
            let function = instance
                .get_func(&mut *store, export)
                .ok_or("the export is missing or cannot be translated")?;
            let argument = match argument {
                Argument::I32(value) => $library::Val::I32(value),
                Argument::I64(value) => $library::Val::I64(value),
            };
            *store.data_mut() = 0;
            let mut results = [$library::Val::I64(0)];
            function
                .call(&mut *store, &[argument], &mut results)
                .map_err($crate::engines::reason)?;
            let bits = match &results[0] {
                $library::Val::I32(value) => Some(*value as u32 as u64),
                $library::Val::I64(value) => Some(*value as u64),
                other => other.f64().map(|value| f64::from(value).to_bits()),
            };
            Ok(bits.ok_or("the result has another type")?)
        }

        fn enter(
            &self,
            (store, instance): &mut Self::Instance,
            call: $crate::engines::Call,
            count: u32,
        ) -> $crate::engines::Result<u64> {
            use $crate::engines::{Call, reason};
            let mut sum = 0i64;
            match call {
                Call::TypedEmpty => {
                    let function = instance
                        .get_typed_func::<(), ()>(&mut *store, "empty")
                        .map_err(reason)?;
                    for _ in 0..count {
                        function.call(&mut *store, ()).map_err(reason)?;
                    }
                }
                Call::TypedArguments => {
                    let function = instance
                        .get_typed_func::<(i32, i64), i64>(&mut *store, "add")
                        .map_err(reason)?;
                    for index in 0..count {
                        sum = function
                            .call(&mut *store, (index as i32, sum))
                            .map_err(reason)?;
                    }
                }
                Call::Untyped => {
                    let function = instance
                        .get_func(&mut *store, "add")
                        .ok_or("the export is missing or cannot be translated")?;
                    for index in 0..count {
                        let arguments = [$library::Val::I32(index as i32), $library::Val::I64(sum)];
                        let mut results = [$library::Val::I64(0)];
                        function
                            .call(&mut *store, &arguments, &mut results)
                            .map_err(reason)?;
                        sum = results[0].i64().ok_or("the result has another type")?;
                    }
                }
            }
            Ok(sum as u64)
        }
    };
}
pub(super) use calls;
