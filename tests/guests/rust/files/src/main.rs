//! Works with files below the current directory by the standard library, and prints what comes of it.
//! With the argument `read_only` it only tries: everything that changes something has to fail.

use std::fs::{self, File, FileTimes, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::time::{Duration, UNIX_EPOCH};

fn main() {
    let result = if std::env::args().nth(1).as_deref() == Some("read_only") {
        read_only()
    } else {
        read_write()
    };
    if let Err(error) = result {
        println!("failed: {:?}", error.kind());
        std::process::exit(1);
    }
}

/// Prints what the system's C library says; the standard library has no kind for each error on each system.
fn show<T>(what: &str, result: io::Result<T>) {
    let message = result.map_or_else(|error| error.to_string(), |_| "ok".to_string());
    let message = message.split(" (os error").next().unwrap_or_default();
    println!("{what}: {message}");
}

/// That nothing can be changed, engines say in two ways.
fn show_refused<T>(what: &str, result: io::Result<T>) {
    let is_refused = result.is_err_and(|error| {
        error.kind() == io::ErrorKind::PermissionDenied
            || error.to_string().starts_with("Read-only file system")
    });
    println!(
        "{what}: {}",
        if is_refused { "refused" } else { "not refused" }
    );
}

fn names(path: &str) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(path)?.map(|entry| {
        let entry = entry?;
        let end = if entry.file_type()?.is_dir() { "/" } else { "" };
        Ok(format!("{}{end}", entry.file_name().to_string_lossy()))
    });
    let mut names = entries.collect::<io::Result<Vec<String>>>()?;
    names.sort();
    Ok(names)
}

fn read_write() -> io::Result<()> {
    println!("given: {:?}", fs::read_to_string("given")?);
    fs::create_dir_all("tree/a/b/c")?;
    fs::write("tree/a/one", "one\n")?;
    OpenOptions::new()
        .append(true)
        .open("tree/a/one")?
        .write_all(b"more\n")?;
    println!("appended: {:?}", fs::read_to_string("tree/a/one")?);

    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .open("tree/numbers")?;
    for number in 0..10_000u32 {
        file.write_all(&number.to_le_bytes())?;
    }
    file.seek(SeekFrom::Start(4 * 1234))?;
    let mut bytes = [0; 4];
    file.read_exact(&mut bytes)?;
    println!("number: {}", u32::from_le_bytes(bytes));
    file.set_len(8)?;
    println!(
        "length: {}, position: {}",
        file.metadata()?.len(),
        file.stream_position()?
    );
    let time = UNIX_EPOCH + Duration::from_nanos(1_234_567_890_123_456_789);
    file.set_times(FileTimes::new().set_modified(time).set_accessed(time))?;
    file.sync_all()?;
    let metadata = fs::metadata("tree/numbers")?;
    println!(
        "modified: {:?}",
        metadata.modified()?.duration_since(UNIX_EPOCH)
    );
    println!(
        "is a file: {}, a directory: {}",
        metadata.is_file(),
        metadata.is_dir()
    );

    println!("copied: {}", fs::copy("tree/a/one", "tree/a/b/two")?);
    fs::hard_link("tree/a/b/two", "tree/a/b/three")?;
    fs::rename("tree/a/b", "tree/moved")?;
    fs::remove_file("tree/moved/two")?;
    println!("linked: {:?}", fs::read_to_string("tree/moved/three")?);
    for path in ["tree", "tree/a", "tree/moved", "tree/moved/c"] {
        println!("{path}: {:?}", names(path)?);
    }
    for number in 0..300 {
        fs::write(format!("tree/moved/c/{number:03}"), "")?;
    }
    println!("many: {}", names("tree/moved/c")?.len());

    show("read nothing", fs::read("tree/nothing"));
    show("read below a file", fs::read("tree/numbers/x"));
    show("make what is there", fs::create_dir("tree/a"));
    show("make a new file again", File::create_new("tree/numbers"));
    show("remove what is not empty", fs::remove_dir("tree/moved"));
    show(
        "remove a file as a directory",
        fs::remove_dir("tree/numbers"),
    );
    show("rename nothing", fs::rename("tree/nothing", "tree/x"));
    show(
        "rename a file to a directory",
        fs::rename("tree/numbers", "tree/a"),
    );
    show("link twice", fs::hard_link("tree/a/one", "tree/numbers"));
    show("list a file", fs::read_dir("tree/numbers"));
    show("look", fs::symlink_metadata("tree/nothing"));
    fs::remove_dir_all("tree")?;
    println!("left: {:?}", names(".")?);
    Ok(())
}

fn read_only() -> io::Result<()> {
    println!("given: {:?}", fs::read_to_string("given")?);
    println!("names: {:?}", names(".")?);
    show_refused("write", fs::write("given", "overwritten"));
    show_refused("make", fs::write("new", ""));
    show_refused("append", OpenOptions::new().append(true).open("given"));
    show_refused("create_dir", fs::create_dir("directory"));
    show_refused("remove", fs::remove_file("given"));
    show_refused("rename", fs::rename("given", "taken"));
    show_refused("link", fs::hard_link("given", "linked"));
    let file = File::open("given")?;
    show_refused("set times", file.set_modified(UNIX_EPOCH));
    println!("given: {:?}", fs::read_to_string("given")?);
    println!("names: {:?}", names(".")?);
    Ok(())
}
