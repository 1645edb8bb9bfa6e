//! Paths of guests, taken apart.
//!
//! Input: a path. Output: where its last name begins, and what is left after a symbolic link; or why it is none.
//! Holds: nothing here looks at a file system; and no path becomes longer than [`MAX_BYTES`].

use alloc::string::String;

use crate::sys::errno::Errno;

/// How long a path may be, also after symbolic links in it were replaced.
pub(crate) const MAX_BYTES: usize = 1 << 14;

/// How many symbolic links one path may lead through: as many as on Linux.
pub(crate) const MAX_LINKS: usize = 40;

/// Counts the symbolic links that one path leads through.
#[derive(Default)]
pub(crate) struct Links(usize);

impl Links {
    /// Counts one more.
    ///
    /// # Errors
    /// [`Errno::Loop`] if there were [`MAX_LINKS`] before.
    pub(crate) fn count(&mut self) -> Result<(), Errno> {
        if self.0 == MAX_LINKS {
            return Err(Errno::Loop);
        }
        self.0 += 1;
        Ok(())
    }
}

/// A path, split at its last name.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Split<'a> {
    /// What is before the last name; empty if nothing is.
    pub(crate) parent: &'a str,
    /// The last name, which may be `.` or `..`.
    pub(crate) name: &'a str,
    /// Whether a `/` at the end says that it is a directory.
    pub(crate) is_directory: bool,
}

/// Checks that a path is relative, and splits it.
///
/// # Errors
/// [`Errno::Noent`] for an empty path, [`Errno::Perm`] for an absolute one, [`Errno::Ilseq`] for one with a zero, and
/// [`Errno::Nametoolong`].
pub(crate) fn split(path: &str) -> Result<Split<'_>, Errno> {
    if path.is_empty() {
        return Err(Errno::Noent);
    }
    if path.starts_with('/') {
        return Err(Errno::Perm);
    }
    if path.len() > MAX_BYTES {
        return Err(Errno::Nametoolong);
    }
    if path.contains('\0') {
        return Err(Errno::Ilseq);
    }
    let trimmed = path.trim_end_matches('/');
    let start = trimmed.rfind('/').map_or(0, |slash| slash + 1);
    Ok(Split {
        parent: trimmed[..start].trim_end_matches('/'),
        name: &trimmed[start..],
        is_directory: trimmed.len() < path.len(),
    })
}

impl Split<'_> {
    /// Whether the last name is `.` or `..`.
    pub(crate) fn names_no_entry(&self) -> bool {
        matches!(self.name, "." | "..")
    }

    /// The path from the parent on, after the last name turned out to be a symbolic link to `target`.
    ///
    /// # Errors
    /// [`Errno::Perm`] for a target that is absolute, [`Errno::Noent`] for an empty one, and [`Errno::Nametoolong`].
    pub(crate) fn follow(&self, target: &str) -> Result<String, Errno> {
        expand(target, if self.is_directory { "/" } else { "" })
    }
}

/// The next name of a path that is walked, and what is left behind it; none at the end. Names that lead nowhere are
/// passed over.
pub(crate) fn next_name(path: &str) -> Option<(&str, &str)> {
    let mut rest = path;
    loop {
        rest = rest.trim_start_matches('/');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find('/').unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        if name != "." {
            return Some((name, behind));
        }
        rest = behind;
    }
}

/// A path with a symbolic link to `target` in front of `behind`.
///
/// # Errors
/// As for [`Split::follow`].
pub(crate) fn expand(target: &str, behind: &str) -> Result<String, Errno> {
    if target.starts_with('/') {
        return Err(Errno::Perm);
    }
    if target.is_empty() {
        return Err(Errno::Noent);
    }
    if target.len() + behind.len() > MAX_BYTES {
        return Err(Errno::Nametoolong);
    }
    let mut path = String::from(target);
    path.push_str(behind);
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_split_at_the_last_name() {
        for (path, parent, name, is_directory) in [
            ("a", "", "a", false),
            ("a/", "", "a", true),
            ("a//b", "a", "b", false),
            ("a/b//", "a", "b", true),
            ("..", "", "..", false),
            ("a/./.", "a/.", ".", false),
        ] {
            let split = split(path).unwrap();
            assert_eq!(
                (split.parent, split.name, split.is_directory),
                (parent, name, is_directory),
                "{path}"
            );
        }
        for (path, error) in [
            ("", Errno::Noent),
            ("/", Errno::Perm),
            ("//a", Errno::Perm),
            ("a\0", Errno::Ilseq),
        ] {
            assert_eq!(split(path), Err(error), "{path:?}");
        }
        assert_eq!(split(&"a".repeat(MAX_BYTES + 1)), Err(Errno::Nametoolong));
    }

    #[test]
    fn names_come_one_by_one() {
        assert_eq!(next_name("./a//b/"), Some(("a", "//b/")));
        assert_eq!(next_name("//b/"), Some(("b", "/")));
        assert_eq!(next_name("/./"), None);
    }

    #[test]
    fn links_are_replaced_by_what_they_hold() {
        assert_eq!(split("a/b/").unwrap().follow("../c").unwrap(), "../c/");
        assert_eq!(split("b").unwrap().follow("c").unwrap(), "c");
        assert_eq!(split("b").unwrap().follow("/c"), Err(Errno::Perm));
        assert_eq!(split("b").unwrap().follow(""), Err(Errno::Noent));
        assert_eq!(expand("x/y", "/z").unwrap(), "x/y/z");
        let long = "c".repeat(MAX_BYTES);
        assert_eq!(split("a/b").unwrap().follow(&long).unwrap(), long);
        assert_eq!(
            split("a/b/").unwrap().follow(&long),
            Err(Errno::Nametoolong)
        );
    }

    #[test]
    fn links_are_counted() {
        let mut links = Links::default();
        for _ in 0..MAX_LINKS {
            assert_eq!(links.count(), Ok(()));
        }
        assert_eq!(links.count(), Err(Errno::Loop));
    }
}
