//! The official test programs of WASI preview 1.
//!
//! Input: a folder with the programs, by default beside the repository: `WAZIR_WASI_TESTSUITE` names another one.
//! Each program may have a JSON file that says what it is given and what to expect; its `root` is copied to a
//! scratch directory, or into memory.
//! Holds: every program runs, with the kernel resolving paths, with paths that are walked, and with files in memory,
//! but for those that make symbolic links where the host cannot; with `CI=true` the folder has to be there.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use wazir::wasi::p1::{self, WasiP1Ctx};
use wazir::wasi::{DirPerms, FilePerms, MemoryDirectory, Pipe, WasiCtxBuilder};
use wazir::{Config, Engine, Linker, Module, Store, Strategy, inspect};

/// The folders of the suite, with how many programs each has.
const FOLDERS: [(&str, usize); 3] = [("assemblyscript", 12), ("c", 14), ("rust", 46)];

/// Programs that make symbolic links, which on Windows is a privilege, and in Wine cannot be done.
const MAKING_LINKS: [&str; 5] = [
    "nofollow_errors",
    "path_exists",
    "readlink",
    "symlink_create",
    "symlink_filestat",
];

#[cfg(not(windows))]
fn can_make_links() -> bool {
    true
}

#[cfg(windows)]
fn can_make_links() -> bool {
    let scratch = tempfile::tempdir().expect("there is room for a directory");
    let link = scratch.path().join("link");
    let can = std::os::windows::fs::symlink_file("target", &link).is_ok()
        && fs::read_link(&link).is_ok_and(|target| target == Path::new("target"));
    if !can {
        println!("No symbolic link can be made, so these programs do not run: {MAKING_LINKS:?}");
    }
    can
}

fn suite() -> Option<PathBuf> {
    let folder = std::env::var_os("WAZIR_WASI_TESTSUITE").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/wasi-testsuite"),
        PathBuf::from,
    );
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var("CI").as_deref() != Ok("true"),
        "the suite is not in {}",
        folder.display()
    );
    println!(
        "The suite is not in {}: only the project's own programs ran.",
        folder.display()
    );
    None
}

/// Where the files of a program are, and how its paths are resolved.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Files {
    /// On the host, by the kernel if it can.
    Resolved,
    /// On the host, name by name.
    Walked,
    InMemory,
}

/// What a program is given and what to expect of it.
struct Case {
    wasm: PathBuf,
    settings: Value,
}

impl Case {
    fn all(folder: &Path, expected: usize) -> Vec<Case> {
        let files = fs::read_dir(folder).expect("the folder can be read");
        let mut programs: Vec<PathBuf> = files
            .map(|entry| entry.expect("the entry can be read").path())
            .filter(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "wasm")
            })
            .collect();
        programs.sort();
        assert_eq!(programs.len(), expected, "programs in {}", folder.display());
        let case = |wasm: PathBuf| {
            let settings = fs::read(wasm.with_extension("json")).map_or(Value::Null, |json| {
                serde_json::from_slice(&json).expect("the JSON file is well-formed")
            });
            Case { wasm, settings }
        };
        programs.into_iter().map(case).collect()
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.settings.get(key).and_then(Value::as_str)
    }

    fn makes_links(&self) -> bool {
        let name = self.wasm.file_stem().unwrap_or_default();
        MAKING_LINKS.iter().any(|program| name == *program)
    }

    /// Runs the program. The result is what is wrong.
    fn run(&self, engine: &Engine, files: Files) -> Result<(), String> {
        let name = self.wasm.file_name().unwrap_or_default().to_string_lossy();
        let (output, errors) = (Pipe::new(1 << 20), Pipe::new(1 << 20));
        let mut builder = WasiCtxBuilder::new();
        builder
            .arg(&name)
            .stdout(output.clone())
            .stderr(errors.clone());
        for argument in self.settings["args"].as_array().into_iter().flatten() {
            builder.arg(argument.as_str().expect("arguments are strings"));
        }
        for (name, value) in self.settings["env"].as_object().into_iter().flatten() {
            builder.env(name, value.as_str().expect("values are strings"));
        }
        let scratch = tempfile::tempdir().expect("there is room for a directory");
        if let Some(root) = self.text("root") {
            let root = self.wasm.with_file_name(root);
            let (dir_perms, file_perms) = (DirPerms::all(), FilePerms::all());
            if files == Files::InMemory {
                let memory = MemoryDirectory::new();
                copy_to_memory(&root, &memory, "");
                builder.preopened_file_system(Arc::new(memory), "/", dir_perms, file_perms);
            } else {
                copy(&root, scratch.path());
                builder
                    .preopened_dir(scratch.path(), "/", dir_perms, file_perms)
                    .expect("the directory can be opened");
            }
        }

        let code = run(engine, &self.wasm, builder.build_p1());
        let text = |pipe: &Pipe| String::from_utf8_lossy(&pipe.contents()).into_owned();
        let expected = self.settings["exit_code"].as_i64().unwrap_or(0);
        if code != Ok(expected as i32) {
            return Err(format!("{name}: {code:?}, {}", text(&errors)));
        }
        for (key, pipe) in [("stdout", &output), ("stderr", &errors)] {
            if self
                .text(key)
                .is_some_and(|expected| text(pipe) != expected)
            {
                return Err(format!("{name}: {key} is {:?}", text(pipe)));
            }
        }
        Ok(())
    }
}

/// Ways to execute programs. Where there is no compiler they are all the same.
fn engines() -> Vec<(&'static str, Engine)> {
    let tiered = |count| {
        let mut config = Config::new();
        config
            .tier_up_calls(count)
            .tier_up_iterations(count)
            .compiler_threads(0);
        Engine::new(&config).expect("the settings are right")
    };
    let interpreter = Config::new().strategy(Strategy::Interpreter).clone();
    vec![
        ("default", Engine::default()),
        (
            "interpreter",
            Engine::new(&interpreter).expect("it is there"),
        ),
        ("tiers from the first call", tiered(0)),
        ("tiers from the second time", tiered(1)),
        ("tiers after some time", tiered(13)),
    ]
}

fn run(engine: &Engine, wasm: &Path, context: WasiP1Ctx) -> Result<i32, String> {
    let run = || -> wazir::Result<()> {
        let module = Module::from_file(engine, wasm)?;
        let mut linker = Linker::new(engine);
        p1::add_to_linker_sync(&mut linker, |context: &mut WasiP1Ctx| context)?;
        let mut store = Store::new(engine, context);
        let instance = linker.instantiate(&mut store, &module)?;
        let start = instance.get_typed_func::<(), ()>(&mut store, "_start")?;
        start.call(&mut store, ())
    };
    match run() {
        Ok(()) => Ok(0),
        Err(error) => error.exit_code().ok_or_else(|| format!("{error:?}")),
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the root can be read") {
        let entry = entry.expect("the entry can be read");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("the type is known").is_dir() {
            fs::create_dir(&target).expect("there is room for a directory");
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("there is room for a file");
        }
    }
}

fn copy_to_memory(from: &Path, to: &MemoryDirectory, path: &str) {
    for entry in fs::read_dir(from).expect("the root can be read") {
        let entry = entry.expect("the entry can be read");
        let name = entry.file_name().into_string();
        let target = format!("{path}{}", name.expect("names are UTF-8"));
        if entry.file_type().expect("the type is known").is_dir() {
            to.create_dir_all(&target).expect("there is room");
            copy_to_memory(&entry.path(), to, &format!("{target}/"));
        } else {
            let content = fs::read(entry.path()).expect("the file can be read");
            to.write_file(&target, content).expect("there is room");
        }
    }
}

#[test]
fn the_official_programs_run() {
    let Some(suite) = suite() else { return };
    let engines = engines();
    let can_make_links = can_make_links();
    let mut failures = Vec::new();
    for files in [Files::Resolved, Files::Walked, Files::InMemory] {
        inspect::walk_paths(files != Files::Resolved);
        let resolutions = inspect::kernel_path_resolutions();
        for (folder, count) in FOLDERS {
            for case in Case::all(&suite.join(folder), count) {
                if !can_make_links && files != Files::InMemory && case.makes_links() {
                    continue;
                }
                for (name, engine) in &engines {
                    let error = case.run(engine, files).err();
                    failures.extend(error.map(|error| format!("{files:?}, {name}: {error}")));
                }
            }
        }
        let has_resolved = inspect::kernel_path_resolutions() > resolutions;
        assert!(
            files == Files::Resolved || !has_resolved,
            "{files:?}: the kernel was not to resolve paths"
        );
        println!("{files:?}: the kernel resolved {has_resolved}");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
