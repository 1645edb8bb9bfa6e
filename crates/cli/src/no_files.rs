//! What a program without directories has in their place.
//!
//! Input: the paths that it asks for. Output: [`Missed`], the first of them.
//! Holds: there is nothing to be found; how long a path is that the program asks for sizes nothing.

use std::any::Any;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use wazir::wasi::{Directory, DirectoryEntry, Errno, FileType, Metadata, OpenOptions, Opened};

use crate::output::{tell, visible};

/// How much of a path is shown, in characters.
const MAX_SHOWN: usize = 200;

/// The first path that a program looked for in vain because it was given no directory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Missed(Arc<Mutex<Option<String>>>);

impl Missed {
    fn note<T>(&self, path: &str) -> Result<T, Errno> {
        let mut missed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        missed.get_or_insert_with(|| path.chars().take(MAX_SHOWN).collect());
        Err(Errno::Noent)
    }

    /// Says, of a program that failed, that it looked for a file, and how it can be given some.
    pub(crate) fn report(&self, file: &str, arguments: &[String]) {
        let missed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(path) = &*missed else { return };
        let advice = if arguments
            .iter()
            .any(|argument| argument.starts_with("--dir"))
        {
            "`--dir` must stand before the file".to_string()
        } else {
            advice(path)
        };
        let note = format!(
            "note: `{file}` looked for `{}` and was given no directory; {advice}\n",
            visible(path)
        );
        tell(&note);
    }
}

/// How a program is given what it looks for. Programs leave out the first `/` of a path, or do not have one.
fn advice(path: &str) -> String {
    let absolute = Path::new("/").join(path);
    let folder = absolute.parent().filter(|folder| folder.is_dir());
    match folder.and_then(Path::to_str) {
        Some(folder) if folder != "/" && !Path::new(path).exists() => {
            format!("`--dir {}` gives it that one", visible(folder))
        }
        _ if path.starts_with("..") => {
            "`--dir ..` gives it the one above this, and `--dir HOST::GUEST` any under a name"
                .to_string()
        }
        _ => "`--dir .` gives it this one".to_string(),
    }
}

/// A root with nothing in it, which notes what is looked for.
pub(crate) struct NoFiles(pub(crate) Missed);

impl Directory for NoFiles {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn metadata(&self) -> Result<Metadata, Errno> {
        Ok(Metadata {
            device: 0,
            inode: 1,
            file_type: FileType::Directory,
            links: 1,
            size: 0,
            accessed: 0,
            modified: 0,
            changed: 0,
        })
    }

    fn open(&self, path: &str, _options: &OpenOptions) -> Result<Opened, Errno> {
        self.0.note(path)
    }

    fn metadata_at(&self, path: &str, _follow: bool) -> Result<Metadata, Errno> {
        self.0.note(path)
    }

    fn read(
        &self,
        _start: u64,
        _visit: &mut dyn FnMut(DirectoryEntry<'_>) -> bool,
    ) -> Result<(), Errno> {
        self.0.note(".")
    }

    fn read_link(&self, path: &str) -> Result<String, Errno> {
        self.0.note(path)
    }

    fn create_directory(&self, path: &str) -> Result<(), Errno> {
        self.0.note(path)
    }

    fn remove_directory(&self, path: &str) -> Result<(), Errno> {
        self.0.note(path)
    }

    fn unlink(&self, path: &str) -> Result<(), Errno> {
        self.0.note(path)
    }

    fn rename(&self, from: &str, _directory: &dyn Directory, _to: &str) -> Result<(), Errno> {
        self.0.note(from)
    }

    fn link(&self, from: &str, _directory: &dyn Directory, _to: &str) -> Result<(), Errno> {
        self.0.note(from)
    }

    fn symlink(&self, _target: &str, path: &str) -> Result<(), Errno> {
        self.0.note(path)
    }
}
