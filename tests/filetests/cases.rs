//! Reads golden files. Standard library only, for tests to include with `#[path]`.
//!
//! Input: the folder `tests/filetests`. Output: [`Case`], one a file. A folder that is named after a stage shows that
//! stage; what is in any other folder is shown as intermediate representation and as machine code, each behind a line
//! that says what it is. Lines at the beginning of a file can say more:
//!
//! - `;; engine:` with any of `consume_fuel`, `interruptable`, `checked` (memories without guards), `no_inlining`
//!   (calls stay calls) and `at_loops` (code is that which goes on at each loop, instead of that of the function)
//! - `;; processors:` with any of `full`, `without-avx2`, `without-avx` and `baseline`; `full` unless given

use std::fs;
use std::path::{Path, PathBuf};

/// What separates a module from what the stages make of it.
pub(crate) const MARK: &str = ";; expect\n";

/// The stages that have folders of their own.
pub(crate) const STAGES: [&str; 7] = [
    "facts",
    "ssa",
    "optimize",
    "select",
    "allocate",
    "assemble",
    "disassemble",
];

/// What files in other folders show.
const SHOWN: [&str; 2] = ["ssa", "assemble"];

/// A golden file.
pub(crate) struct Case {
    pub(crate) path: PathBuf,
    /// The module, in the text format.
    pub(crate) source: String,
    /// What is shown, in order.
    pub(crate) stages: Vec<&'static str>,
    /// The processors that machine code is made for.
    pub(crate) processors: Vec<String>,
    /// What the engine has switched on.
    pub(crate) engine: Vec<String>,
}

impl Case {
    fn read(path: PathBuf, folder: &str) -> Case {
        let content = fs::read_to_string(&path).unwrap();
        let source = content
            .split_once(MARK)
            .map_or(&*content, |(source, _)| source);
        let words = |start: &str| -> Vec<String> {
            let mut lines = source.lines().take_while(|line| line.starts_with(";;"));
            let list = lines
                .find_map(|line| line.strip_prefix(start))
                .unwrap_or("");
            list.split_whitespace().map(String::from).collect()
        };
        let mut processors = words(";; processors:");
        if processors.is_empty() {
            processors.push("full".into());
        }
        let own = STAGES.into_iter().find(|stage| *stage == folder);
        Case {
            source: source.into(),
            stages: own.map_or(SHOWN.into(), |stage| vec![stage]),
            processors,
            engine: words(";; engine:"),
            path,
        }
    }

    /// What of the file is shown: a stage, the processor, and the line before it, if it needs one.
    pub(crate) fn sections(&self) -> Vec<(&'static str, &str, Option<String>)> {
        let is_alone = self.stages.len() == 1 && self.processors.len() == 1;
        let mut sections = Vec::new();
        for &stage in &self.stages {
            // The intermediate representation is the same for all processors.
            let processors = if stage == "ssa" {
                1
            } else {
                self.processors.len()
            };
            for processor in &self.processors[..processors] {
                let title = if processors == 1 {
                    format!("== {stage}")
                } else {
                    format!("== {stage}, {processor}")
                };
                sections.push((stage, processor.as_str(), (!is_alone).then_some(title)));
            }
        }
        sections
    }
}

/// All golden files, in the order of their names.
pub(crate) fn all(folder: &Path) -> Vec<Case> {
    let mut cases = Vec::new();
    for folder in fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        if !folder.is_dir() {
            continue;
        }
        let name = folder.file_name().unwrap().to_str().unwrap();
        for entry in fs::read_dir(&folder).unwrap() {
            cases.push(Case::read(entry.unwrap().path(), name));
        }
    }
    cases.sort_by(|a, b| a.path.cmp(&b.path));
    cases
}
