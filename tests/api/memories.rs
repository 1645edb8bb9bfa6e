//! Memories and what they contain: whoever had their place before, and however their data gets there.

use wazir::*;

/// Whether a process may reserve address space for all the memories of these tests.
const IS_ROOMY: bool = cfg!(any(target_arch = "x86_64", target_arch = "aarch64"));

/// What a module's memory is and begins with.
#[derive(Clone, Copy)]
struct Kind {
    pages: usize,
    /// Addresses, sizes, and the byte that is there.
    data: &'static [(usize, usize, u8)],
}

const KINDS: &[Kind] = &[
    Kind {
        pages: 0,
        data: &[],
    },
    Kind {
        pages: 1,
        data: &[],
    },
    Kind {
        pages: 1,
        data: &[(70, 10, 1), (65_000, 536, 2)],
    },
    Kind {
        pages: 8,
        data: &[],
    },
    // From here on instances share their data where the system can do that.
    Kind {
        pages: 8,
        data: &[(100_000, 100_000, 3)],
    },
    Kind {
        pages: 8,
        data: &[(99_000, 1_100, 4), (101_000, 65_536, 5)],
    },
    Kind {
        pages: 8,
        data: &[(400_000, 70_000, 6), (0, 5_000, 7), (2_000, 10, 8)],
    },
    Kind {
        pages: 2,
        data: &[(0, 131_072, 9)],
    },
];

impl Kind {
    fn module(self, engine: &Engine) -> Module {
        let segments: String = self
            .data
            .iter()
            .map(|&(at, size, byte)| {
                let bytes = format!("\\{byte:02x}").repeat(size);
                format!(r#"(data (i32.const {at}) "{bytes}")"#)
            })
            .collect();
        let text = format!(
            r#"(module (memory (export "memory") {}) {segments}
                (func (export "fill")
                    (memory.fill (i32.const 0) (i32.const 0xAA) (i32.mul (memory.size) (i32.const 65536))))
                (func (export "grow") (drop (memory.grow (i32.const 6))))
                (func (export "nothing")))"#,
            self.pages
        );
        crate::module(engine, &text)
    }

    fn content(self) -> Vec<u8> {
        let mut content = vec![0; self.pages << 16];
        for &(at, size, byte) in self.data {
            content[at..at + size].fill(byte);
        }
        content
    }
}

/// What a tenant does to its memory.
const DEEDS: &[fn(&mut Store<()>, Instance)] = &[
    |_, _| (),
    |store, instance| run(store, instance, "nothing"),
    |store, instance| run(store, instance, "fill"),
    |store, instance| memory(store, instance).data_mut(store).fill(0xBB),
    |store, instance| {
        run(store, instance, "grow");
        run(store, instance, "fill");
    },
    |store, instance| {
        let memory = memory(store, instance);
        memory.grow(&mut *store, 3).unwrap();
        memory.data_mut(store).fill(0xCC);
    },
    |store, instance| {
        let memory = memory(store, instance);
        let (start, size) = (memory.data_ptr(&*store), memory.data_size(&*store));
        for index in (0..size).step_by(4096) {
            // SAFETY: the memory is as large, and nothing else uses the store.
            unsafe { *start.add(index) = 0xDD };
        }
    },
];

fn run(store: &mut Store<()>, instance: Instance, name: &str) {
    let function: TypedFunc<(), ()> = instance.get_typed_func(&mut *store, name).unwrap();
    function.call(store, ()).unwrap();
}

fn memory(store: &mut Store<()>, instance: Instance) -> Memory {
    instance.get_memory(store, "memory").unwrap()
}

/// A tenant that finds what its module says, and zeros where its memory grows.
fn move_in(store: &mut Store<()>, module: &Module, kind: Kind) {
    let instance = Instance::new(&mut *store, module, &[]).unwrap();
    let memory = memory(store, instance);
    assert!(memory.data(&*store) == kind.content());
    memory.grow(&mut *store, 5).unwrap();
    let size = kind.pages << 16;
    assert!(memory.data(&*store)[..size] == kind.content());
    assert!(memory.data(&*store)[size..] == vec![0; 5 << 16]);
}

fn engines() -> [Engine; 4] {
    let engine = |set: fn(&mut Config) -> &mut Config| {
        let mut config = Config::new();
        Engine::new(set(&mut config)).unwrap()
    };
    [
        engine(|config| config),
        engine(|config| config.memory_init_cow(false)),
        engine(|config| config.memory_reservation(4 << 16)),
        engine(|config| config.memory_reservation(0)),
    ]
}

/// How the former tenant goes.
const WAYS_OUT: &[fn(&mut Store<()>, Instance)] = &[
    |store, _| *store = Store::new(&store.engine().clone(), ()),
    |store, instance| store.remove(instance).unwrap(),
    |store, _| store.reset(()),
];

#[test]
fn nobody_finds_what_a_former_tenant_has_left() {
    let mut ways_out = WAYS_OUT.iter().cycle();
    for engine in engines() {
        let modules: Vec<_> = KINDS.iter().map(|kind| kind.module(&engine)).collect();
        let kinds = || KINDS.iter().zip(&modules);
        for (_, before) in kinds() {
            for deed in DEEDS {
                for (kind, module) in kinds() {
                    let mut store = Store::new(&engine, ());
                    let instance = Instance::new(&mut store, before, &[]).unwrap();
                    deed(&mut store, instance);
                    ways_out.next().unwrap()(&mut store, instance);
                    move_in(&mut store, module, *kind);
                }
            }
        }
    }
}

/// The call that writes to it had begun before it was made.
#[test]
fn a_memory_that_is_made_while_a_guest_runs_is_not_taken_for_unused() {
    let engine = Engine::default();
    let inner = KINDS[1].module(&engine);
    let outer = crate::module(
        &engine,
        r#"(module (import "" "table" (table 1 funcref)) (import "" "make" (func $make))
            (func (export "run") (call $make) (call_indirect (i32.const 0))))"#,
    );
    let mut store = Store::new(&engine, ());
    let ty = TableType::new(RefType::FUNCREF, 1, None);
    let table = Table::new(&mut store, ty, Ref::Func(None)).unwrap();
    let make = Func::wrap(
        &mut store,
        move |mut caller: Caller<'_, ()>| -> Result<()> {
            let instance = Instance::new(&mut caller, &inner, &[])?;
            let fill = instance.get_func(&mut caller, "fill");
            table.set(&mut caller, 0, Ref::Func(fill))
        },
    );
    let outer = Instance::new(&mut store, &outer, &[table.into(), make.into()]).unwrap();
    run(&mut store, outer, "run");
    drop(store);
    let mut store = Store::new(&engine, ());
    let memory = Memory::new(&mut store, MemoryType::new(1, None)).unwrap();
    assert!(memory.data(&store) == vec![0; 1 << 16]);
}

#[test]
fn threads_share_the_places_of_an_engines_memories() {
    let engine = Engine::default();
    let modules: Vec<_> = KINDS.iter().map(|kind| kind.module(&engine)).collect();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (engine, modules) = (&engine, &modules);
            scope.spawn(move || {
                for round in 0..50 {
                    let index = (thread + round) % KINDS.len();
                    let mut store = Store::new(engine, ());
                    move_in(&mut store, &modules[index], KINDS[index]);
                    let instance = Instance::new(&mut store, &modules[index], &[]).unwrap();
                    DEEDS[round % DEEDS.len()](&mut store, instance);
                }
            });
        }
    });
}

#[test]
fn shared_data_differs_in_nothing_from_copied_data() {
    let with = |shared| Engine::new(Config::new().memory_init_cow(shared)).unwrap();
    let engines = [with(true), with(false)];
    let mut state = 1_u32;
    let mut random = move |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below
    };
    let (mut good, mut bad) = (0, 0);
    for _ in 0..60 {
        let is_64 = random(4) == 0;
        let (index, address) = if is_64 {
            ("i64", "i64.const")
        } else {
            ("", "i32.const")
        };
        let mut segments = String::new();
        for _ in 0..=random(6) {
            let is_large = random(3) == 0;
            let size = random(if is_large { 80_000 } else { 3_000 });
            let bytes = format!("\\{:02x}", random(256)).repeat(size as usize);
            let at = random(390_000);
            // Not all offsets can be known in advance.
            let offset = match random(12) {
                0 if !is_64 => "(global.get 0)".into(),
                1 if !is_64 => format!("(i32.add (i32.const {at}) (i32.const 1))"),
                _ => format!("({address} {at})"),
            };
            let memory = u32::from(random(20) == 0);
            segments += &format!(r#"(data (memory {memory}) {offset} "{bytes}")"#);
        }
        let text = format!(
            r#"(module (import "" "at" (global i32)) (memory (export "a") {index} 6)
                (memory (export "b") {index} 6) {segments})"#
        );
        let outcomes = engines.each_ref().map(|engine| {
            let module = crate::module(engine, &text);
            let mut outcomes = Vec::new();
            for _ in 0..3 {
                let mut store = Store::new(engine, ());
                let ty = GlobalType::new(ValType::I32, Mutability::Const);
                let at = Global::new(&mut store, ty, Val::I32(77_777)).unwrap();
                outcomes.push(match Instance::new(&mut store, &module, &[at.into()]) {
                    Ok(instance) => Ok(["a", "b"].map(|name| {
                        let memory = instance.get_memory(&mut store, name).unwrap();
                        memory.data(&store).to_vec()
                    })),
                    Err(error) => Err(error.to_string()),
                });
            }
            outcomes
        });
        assert!(outcomes[0] == outcomes[1], "{:.2000}", text);
        let is_good = outcomes[0][0].is_ok();
        (good, bad) = (good + u32::from(is_good), bad + u32::from(!is_good));
    }
    assert!(good > 30 && bad > 3, "{good} {bad}");
}

#[test]
fn what_segments_have_written_before_one_that_does_not_fit_stays() {
    let engine = Engine::default();
    let text = format!(
        r#"(module (memory (import "" "memory") 8) (data (i32.const 5) "{}") (data (i32.const 524284) "12345"))"#,
        "x".repeat(100_000)
    );
    let module = crate::module(&engine, &text);
    for _ in 0..2 {
        let mut store = Store::new(&engine, ());
        let memory = Memory::new(&mut store, MemoryType::new(8, None)).unwrap();
        let error = Instance::new(&mut store, &module, &[memory.into()]).unwrap_err();
        assert_eq!(error.trap(), Some(Trap::MemoryOutOfBounds));
        let data = memory.data(&store);
        assert!(data[5..100_005] == [b'x'; 100_000] && data[524_284..] == [0; 4]);
    }
}

/// Even one without bytes.
#[test]
fn a_segment_beyond_the_end_does_not_fit() {
    let engine = Engine::default();
    for (offset, fits) in [(524_288, true), (524_289, false), (-1, false)] {
        let text = format!(
            r#"(module (memory 8) (data (i32.const 5) "{}") (data (i32.const {offset})))"#,
            "x".repeat(100_000)
        );
        let module = crate::module(&engine, &text);
        let _ = Instance::new(&mut Store::new(&engine, ()), &module, &[]);
        let made = Instance::new(&mut Store::new(&engine, ()), &module, &[]);
        let trap = made.err().and_then(|error| error.trap());
        assert_eq!(trap, (!fits).then_some(Trap::MemoryOutOfBounds));
    }
}

/// Elements are copied before data: if one of them does not fit, functions that are in a table already find a memory of
/// zeros.
#[test]
fn data_is_not_there_before_all_elements_are() {
    let engine = Engine::default();
    let text = format!(
        r#"(module (table (import "" "table") 2 funcref) (memory 8)
            (func $load (result i32) (i32.load8_u (i32.const 5)))
            (elem (i32.const 0) $load) (elem (i32.const 2) $load)
            (data (i32.const 5) "{}"))"#,
        "x".repeat(100_000)
    );
    let module = crate::module(&engine, &text);
    for _ in 0..2 {
        let mut store = Store::new(&engine, ());
        let ty = TableType::new(RefType::FUNCREF, 2, None);
        let table = Table::new(&mut store, ty, Ref::Func(None)).unwrap();
        let error = Instance::new(&mut store, &module, &[table.into()]).unwrap_err();
        assert_eq!(error.trap(), Some(Trap::TableOutOfBounds));
        let load = *table.get(&mut store, 0).unwrap().unwrap_func().unwrap();
        let load = load.typed::<(), i32>(&store).unwrap();
        assert_eq!(load.call(&mut store, ()).unwrap(), 0);
    }
}

#[test]
fn dropped_and_passive_segments_are_as_ever() {
    let engine = Engine::default();
    let text = format!(
        r#"(module (memory 8) (data $active (i32.const 5) "{}") (data $passive "abc")
            (func (export "active") (memory.init $active (i32.const 0) (i32.const 0) (i32.const 1)))
            (func (export "passive") (result i32)
                (memory.init $passive (i32.const 1) (i32.const 1) (i32.const 2)) (i32.load (i32.const 0))))"#,
        "x".repeat(100_000)
    );
    let module = crate::module(&engine, &text);
    let mut store = Store::new(&engine, ());
    Instance::new(&mut store, &module, &[]).unwrap();
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let active = instance
        .get_typed_func::<(), ()>(&mut store, "active")
        .unwrap();
    let error = active.call(&mut store, ()).unwrap_err();
    assert_eq!(error.trap(), Some(Trap::MemoryOutOfBounds));
    let passive = instance
        .get_typed_func::<(), i32>(&mut store, "passive")
        .unwrap();
    assert_eq!(
        passive.call(&mut store, ()).unwrap(),
        i32::from_le_bytes(*b"\0bc\0")
    );
}

#[test]
fn a_memory_that_may_not_move_stays_within_its_reservation() {
    let mut config = Config::new();
    config.memory_reservation(4 << 16).memory_may_move(false);
    let mut store = Store::new(&Engine::new(&config).unwrap(), ());
    let memory = Memory::new(&mut store, MemoryType::new(2, None)).unwrap();
    let start = memory.data_ptr(&store);
    let has_reservation = memory.grow(&mut store, 2).is_ok();
    assert!(has_reservation || !IS_ROOMY);
    assert!(memory.grow(&mut store, 1).is_err());
    assert_eq!(memory.data_ptr(&store), start);
}

#[test]
fn memories_are_guarded_where_there_is_address_space() {
    let mode = |config: &mut Config| Engine::new(config).unwrap().memory_mode();
    if IS_ROOMY {
        assert_eq!(Engine::default().memory_mode(), MemoryMode::Guarded);
    }
    let too_large = 1 << 62;
    for config in [
        Config::new().memory_reservation((1 << 32) - 1),
        Config::new().memory_reservation(too_large),
        Config::new().memory_reservation(u64::MAX),
        Config::new().memory_guard_size(0),
        Config::new().memory_guard_size(u64::MAX),
    ] {
        assert_eq!(mode(config), MemoryMode::Checked);
    }
}

/// A guarded memory of any size and growth stays where it is.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
#[test]
fn a_guarded_memory_never_moves() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    for ty in [MemoryType::new(0, None), MemoryType::new(1, Some(65_535))] {
        let memory = Memory::new(&mut store, ty).unwrap();
        let start = memory.data_ptr(&store);
        for delta in [1, 30, 1_000, 64_500 - memory.size(&store)] {
            memory.grow(&mut store, delta).unwrap();
            assert_eq!(memory.data_ptr(&store), start);
        }
    }
}

/// The process of this test has little address space: nothing fails, but memories are not guarded.
// Not where the program may need an emulator, which would be limited too.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn without_address_space_memories_are_checked() {
    const INNER: &str = "WAZIR_TEST_LITTLE_ADDRESS_SPACE";
    if std::env::var_os(INNER).is_some() {
        let engine = Engine::default();
        assert_eq!(engine.memory_mode(), MemoryMode::Checked);
        let modules: Vec<_> = KINDS.iter().map(|kind| kind.module(&engine)).collect();
        for (kind, module) in KINDS.iter().zip(&modules) {
            move_in(&mut Store::new(&engine, ()), module, *kind);
        }
        return;
    }
    let program = std::env::current_exe().unwrap();
    let status = std::process::Command::new("sh")
        .args(["-c", r#"ulimit -v 2000000 && exec "$0" --exact "$1""#])
        .arg(program)
        .arg("memories::without_address_space_memories_are_checked")
        .env(INNER, "1")
        .status()
        .unwrap();
    assert!(status.success());
}
