//! The functions of Windows that the standard library does not have, and their structures and numbers.
//!
//! Input: open handles and single names. Output: handles, what is known of them, and the system's errors.
//! Holds: every function here is safe to call. A name is looked up in the directory that a handle stands for, and the
//! system follows nothing on the way: what turns out to be a link is opened itself. Every handle shares the file with
//! all others, as on systems where nothing can be locked by being open.

use alloc::vec::Vec;
use core::ffi::c_void;
use core::mem::MaybeUninit;
use core::ptr;
use std::io;
use std::os::windows::io::{AsRawHandle, BorrowedHandle, FromRawHandle, OwnedHandle, RawHandle};
use std::sync::OnceLock;

use crate::sys::errno::Errno;
use crate::sys::fs::names::MAX_UNITS;
use crate::sys::sync::Mutex;

/// What a handle may be used for.
pub(super) mod access {
    pub(crate) const WRITE_DATA: u32 = 0x2;
    pub(crate) const READ_ATTRIBUTES: u32 = 0x80;
    pub(crate) const WRITE_ATTRIBUTES: u32 = 0x100;
    pub(crate) const DELETE: u32 = 0x1_0000;
    /// To let a call wait until it is done, as all calls here do.
    pub(crate) const SYNCHRONIZE: u32 = 0x10_0000;
    /// To read a file, or to list a directory, and whatever else reading may need.
    pub(crate) const READ: u32 = 0x12_0089;
    /// To write a file, and whatever else writing may need.
    pub(crate) const WRITE: u32 = 0x12_0116;
    /// To look at something and to reach what is in it.
    pub(crate) const LOOK: u32 = READ_ATTRIBUTES | SYNCHRONIZE;
}

/// What to do if something has the name, or nothing.
#[derive(Copy, Clone)]
pub(super) enum Disposition {
    /// Open it; fail if nothing is there.
    Open = 1,
    /// Make it; fail if something is there.
    Create = 2,
    /// Open or make it.
    OpenOrCreate = 3,
}

/// How a handle behaves and what it can stand for, besides what all handles here have.
pub(super) mod options {
    pub(crate) const DIRECTORY: u32 = 0x1;
    pub(crate) const WRITE_THROUGH: u32 = 0x2;
    pub(crate) const NO_DIRECTORY: u32 = 0x40;
}

const SYNCHRONOUS: u32 = 0x20;
const OPEN_REPARSE_POINT: u32 = 0x20_0000;
/// Others may read, write and delete.
const SHARE_ALL: u32 = 7;
const ATTRIBUTE_NORMAL: u32 = 0x80;

pub(super) const ATTRIBUTE_DIRECTORY: u32 = 0x10;
pub(super) const ATTRIBUTE_REPARSE_POINT: u32 = 0x400;
pub(super) const TAG_SYMBOLIC_LINK: u32 = 0xA000_000C;

/// `OBJ_CASE_INSENSITIVE`: names mean what they mean to other programs.
const CASE_INSENSITIVE: u32 = 0x40;
/// `OBJ_DONT_REPARSE`: should the directory itself have become a link since it was opened, opening fails.
const DO_NOT_REPARSE: u32 = 0x1000;

const INVALID_PARAMETER: i32 = 0xC000_000D_u32 as i32;

#[repr(C)]
struct UnicodeString {
    bytes: u16,
    capacity: u16,
    start: *const u16,
}

#[repr(C)]
struct ObjectAttributes {
    size: u32,
    root: RawHandle,
    name: *const UnicodeString,
    attributes: u32,
    security: *const c_void,
    quality: *const c_void,
}

#[repr(C)]
struct IoStatus {
    status: *mut c_void,
    information: usize,
}

impl IoStatus {
    const fn new() -> IoStatus {
        IoStatus {
            status: ptr::null_mut(),
            information: 0,
        }
    }
}

/// `FILE_RENAME_INFORMATION` and `FILE_LINK_INFORMATION`, which are alike, with room for every name.
#[repr(C)]
struct NewName {
    flags: u32,
    root: RawHandle,
    bytes: u32,
    name: [u16; MAX_UNITS],
}

/// `BY_HANDLE_FILE_INFORMATION`. The two halves of each number are kept apart, because together they are not aligned.
#[repr(C)]
struct ByHandle {
    attributes: u32,
    created: [u32; 2],
    accessed: [u32; 2],
    modified: [u32; 2],
    volume: u32,
    size: [u32; 2],
    links: u32,
    index: [u32; 2],
}

/// `FILE_BASIC_INFO`.
#[repr(C)]
struct Basic {
    created: i64,
    accessed: i64,
    modified: i64,
    changed: i64,
    attributes: u32,
}

/// `FILE_ATTRIBUTE_TAG_INFO`.
#[repr(C)]
struct AttributeTag {
    attributes: u32,
    tag: u32,
}

#[link(name = "ntdll")]
unsafe extern "system" {
    fn NtCreateFile(
        handle: *mut RawHandle,
        access: u32,
        attributes: *const ObjectAttributes,
        status: *mut IoStatus,
        allocation_size: *const i64,
        file_attributes: u32,
        share: u32,
        disposition: u32,
        options: u32,
        extended: *const c_void,
        extended_size: u32,
    ) -> i32;
    fn NtSetInformationFile(
        handle: RawHandle,
        status: *mut IoStatus,
        information: *const c_void,
        size: u32,
        class: u32,
    ) -> i32;
    fn RtlNtStatusToDosError(status: i32) -> u32;
    fn RtlAdjustPrivilege(privilege: u32, enable: u8, of_thread: u8, was_enabled: *mut u8) -> i32;
}

#[link(name = "kernel32")]
unsafe extern "system" {
    fn GetFileType(handle: RawHandle) -> u32;
    fn GetFileInformationByHandle(handle: RawHandle, information: *mut ByHandle) -> i32;
    fn GetFileInformationByHandleEx(
        handle: RawHandle,
        class: u32,
        information: *mut c_void,
        size: u32,
    ) -> i32;
    fn SetFileInformationByHandle(
        handle: RawHandle,
        class: u32,
        information: *const c_void,
        size: u32,
    ) -> i32;
    fn DeviceIoControl(
        handle: RawHandle,
        code: u32,
        input: *const c_void,
        input_size: u32,
        output: *mut c_void,
        output_size: u32,
        length: *mut u32,
        overlapped: *mut c_void,
    ) -> i32;
}

/// What a status of the system means. Some of them have no error number of their own.
fn errno_of(status: i32) -> Errno {
    match status as u32 {
        // STATUS_DELETE_PENDING: the name is as good as gone.
        0xC000_0056 => Errno::Noent,
        // STATUS_FILE_IS_A_DIRECTORY
        0xC000_00BA => Errno::Isdir,
        // STATUS_REPARSE_POINT_ENCOUNTERED
        0xC000_050B => Errno::Perm,
        _ => {
            // SAFETY: the function takes every number.
            let number = unsafe { RtlNtStatusToDosError(status) };
            Errno::from(io::Error::from_raw_os_error(number as i32))
        }
    }
}

fn check(is_done: i32) -> io::Result<()> {
    if is_done == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

/// Opens the name in a directory, or makes it. An empty name stands for what the handle stands for.
///
/// # Errors
/// What the system says.
pub(super) fn open(
    directory: BorrowedHandle<'_>,
    name: &[u16],
    access: u32,
    disposition: Disposition,
    options: u32,
) -> Result<OwnedHandle, Errno> {
    // Old systems do not know the attribute. That is found out once, by a call that depends on nothing else, so that no
    // name can make it be left out.
    static KNOWS_ATTRIBUTE: OnceLock<bool> = OnceLock::new();
    let knows_attribute = *KNOWS_ATTRIBUTE.get_or_init(|| {
        let again = |attributes| create(directory, &[], 0, Disposition::Open, 0, attributes);
        !matches!(
            again(CASE_INSENSITIVE | DO_NOT_REPARSE),
            Err(INVALID_PARAMETER)
        ) || again(CASE_INSENSITIVE).is_err()
    });
    let attributes = if knows_attribute {
        CASE_INSENSITIVE | DO_NOT_REPARSE
    } else {
        CASE_INSENSITIVE
    };
    create(directory, name, access, disposition, options, attributes).map_err(errno_of)
}

fn create(
    directory: BorrowedHandle<'_>,
    name: &[u16],
    access: u32,
    disposition: Disposition,
    options: u32,
    attributes: u32,
) -> Result<OwnedHandle, i32> {
    let bytes = size_of_val(name) as u16;
    let name = UnicodeString {
        bytes,
        capacity: bytes,
        start: if name.is_empty() {
            ptr::null()
        } else {
            name.as_ptr()
        },
    };
    let attributes = ObjectAttributes {
        size: size_of::<ObjectAttributes>() as u32,
        root: directory.as_raw_handle(),
        name: &raw const name,
        attributes,
        security: ptr::null(),
        quality: ptr::null(),
    };
    let mut handle: RawHandle = ptr::null_mut();
    let mut io_status = IoStatus::new();
    // SAFETY: the handle is open; the structures, and the name that they point to, live until the call returns, which
    // it does only when all is done.
    let status = unsafe {
        NtCreateFile(
            &raw mut handle,
            access | access::LOOK,
            &raw const attributes,
            &raw mut io_status,
            ptr::null(),
            ATTRIBUTE_NORMAL,
            SHARE_ALL,
            disposition as u32,
            options | SYNCHRONOUS | OPEN_REPARSE_POINT,
            ptr::null(),
            0,
        )
    };
    if status < 0 {
        return Err(status);
    }
    // SAFETY: it is a new handle, which nobody else owns.
    Ok(unsafe { OwnedHandle::from_raw_handle(handle) })
}

/// Whether a handle stands for something in a file system of a disk, as opposed to pipes and devices.
pub(super) fn is_on_disk(handle: BorrowedHandle<'_>) -> bool {
    const DISK: u32 = 1;
    // SAFETY: the handle is open.
    unsafe { GetFileType(handle.as_raw_handle()) == DISK }
}

fn information<T>(handle: BorrowedHandle<'_>, class: u32) -> io::Result<T> {
    let mut information = MaybeUninit::<T>::zeroed();
    let (start, size) = (information.as_mut_ptr().cast(), size_of::<T>() as u32);
    // SAFETY: the handle is open and there is room for so many bytes.
    check(unsafe { GetFileInformationByHandleEx(handle.as_raw_handle(), class, start, size) })?;
    // SAFETY: this is called for structures of numbers, of which zeros are values, and the call has filled it.
    Ok(unsafe { information.assume_init() })
}

/// The class of [`Basic`].
const BASIC: u32 = 0;

/// The attributes of something open, and the kind of its reparse point; 0 if it is none.
pub(super) fn attributes(handle: BorrowedHandle<'_>) -> io::Result<(u32, u32)> {
    const ATTRIBUTE_TAG: u32 = 9;
    // File systems without reparse points, such as FAT, know the first class only.
    let Basic { attributes, .. } = information(handle, BASIC)?;
    if attributes & ATTRIBUTE_REPARSE_POINT == 0 {
        return Ok((attributes, 0));
    }
    let AttributeTag { attributes, tag } = information(handle, ATTRIBUTE_TAG)?;
    Ok((attributes, tag))
}

/// What the system knows of something open. Times are in its own units.
pub(super) struct Status {
    pub(super) volume: u32,
    pub(super) index: u64,
    pub(super) links: u32,
    pub(super) size: u64,
    pub(super) accessed: i64,
    pub(super) modified: i64,
    pub(super) changed: i64,
}

pub(super) fn status(handle: BorrowedHandle<'_>) -> io::Result<Status> {
    let mut by_handle = MaybeUninit::<ByHandle>::zeroed();
    // SAFETY: the handle is open and the structure is as large as the system's.
    check(unsafe { GetFileInformationByHandle(handle.as_raw_handle(), by_handle.as_mut_ptr()) })?;
    // SAFETY: it is made of numbers, of which zeros are values, and the call has filled it.
    let by_handle = unsafe { by_handle.assume_init() };
    let basic: Basic = information(handle, BASIC)?;
    let number = |[high, low]: [u32; 2]| u64::from(high) << 32 | u64::from(low);
    Ok(Status {
        volume: by_handle.volume,
        index: number(by_handle.index),
        links: by_handle.links,
        size: number(by_handle.size),
        accessed: basic.accessed,
        modified: basic.modified,
        changed: basic.changed,
    })
}

/// What the system gives of each entry of a directory.
#[derive(Copy, Clone)]
pub(super) enum EntryForm {
    /// `FILE_ID_BOTH_DIR_INFO`, which has the number of the file.
    Numbered = 10,
    /// `FILE_FULL_DIR_INFO`, which all file systems know.
    Plain = 14,
}

/// Reads the entries of a directory that the handle has not been given yet. Tells whether there are any.
pub(super) fn read_entries(
    directory: BorrowedHandle<'_>,
    form: EntryForm,
    buffer: &mut [u64],
) -> io::Result<bool> {
    // ERROR_NO_MORE_FILES; and ERROR_FILE_NOT_FOUND of the root of an empty volume.
    const NO_MORE_FILES: i32 = 18;
    const FILE_NOT_FOUND: i32 = 2;
    let (handle, size) = (directory.as_raw_handle(), size_of_val(buffer) as u32);
    let start = buffer.as_mut_ptr().cast();
    // SAFETY: the handle is open and the buffer is valid for writes of its length.
    match check(unsafe { GetFileInformationByHandleEx(handle, form as u32, start, size) }) {
        Ok(()) => Ok(true),
        Err(error) => match error.raw_os_error() {
            Some(NO_MORE_FILES | FILE_NOT_FOUND) => Ok(false),
            _ => Err(error),
        },
    }
}

/// Removes the name that something was opened by, at once where the system can and otherwise when nobody has it open
/// any more.
pub(super) fn remove(handle: BorrowedHandle<'_>) -> io::Result<()> {
    const DISPOSITION: u32 = 4;
    const DISPOSITION_EX: u32 = 21;
    // Delete, with POSIX semantics, even if it is for reading only.
    let flags: u32 = 0x1 | 0x2 | 0x10;
    let (raw, size) = (handle.as_raw_handle(), size_of::<u32>() as u32);
    let information = (&raw const flags).cast();
    // SAFETY: the handle is open and the structure is one number.
    let done = unsafe { SetFileInformationByHandle(raw, DISPOSITION_EX, information, size) };
    match check(done) {
        Err(error) if lacks_function(&error) => {}
        result => return result,
    }
    let delete: u8 = 1;
    // SAFETY: the handle is open and the structure is one byte.
    check(unsafe { SetFileInformationByHandle(raw, DISPOSITION, (&raw const delete).cast(), 1) })
}

/// Whether the system, or the file system, does not know what it was asked for.
pub(super) fn lacks_function(error: &io::Error) -> bool {
    // ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED, ERROR_INVALID_PARAMETER, ERROR_CALL_NOT_IMPLEMENTED,
    // ERROR_INVALID_LEVEL
    matches!(error.raw_os_error(), Some(1 | 50 | 87 | 120 | 124))
}

/// Gives what was opened the name `name` in `directory` instead of its own. A file that has that name is replaced, a
/// directory only if it is empty and the system can.
pub(super) fn rename(
    handle: BorrowedHandle<'_>,
    directory: BorrowedHandle<'_>,
    name: &[u16],
) -> Result<(), Errno> {
    const RENAME: u32 = 10;
    const RENAME_EX: u32 = 65;
    const REPLACE: u32 = 1;
    // With POSIX semantics, even if what is replaced is for reading only.
    const POSIX: u32 = REPLACE | 0x2 | 0x40;
    match set_name(handle, directory, name, RENAME_EX, POSIX) {
        Err(status) if lacks_information(status) => {
            set_name(handle, directory, name, RENAME, REPLACE).map_err(errno_of)
        }
        result => result.map_err(errno_of),
    }
}

/// Whether the system, or the file system, does not know a class of information.
fn lacks_information(status: i32) -> bool {
    // STATUS_NOT_IMPLEMENTED, STATUS_INVALID_INFO_CLASS, STATUS_INVALID_PARAMETER, STATUS_INVALID_DEVICE_REQUEST,
    // STATUS_NOT_SUPPORTED
    matches!(
        status as u32,
        0xC000_0002 | 0xC000_0003 | 0xC000_000D | 0xC000_0010 | 0xC000_00BB
    )
}

/// Gives what was opened one more name.
pub(super) fn link(
    handle: BorrowedHandle<'_>,
    directory: BorrowedHandle<'_>,
    name: &[u16],
) -> Result<(), Errno> {
    const LINK: u32 = 11;
    set_name(handle, directory, name, LINK, 0).map_err(errno_of)
}

fn set_name(
    handle: BorrowedHandle<'_>,
    directory: BorrowedHandle<'_>,
    name: &[u16],
    class: u32,
    flags: u32,
) -> Result<(), i32> {
    let Some(room) = MAX_UNITS.checked_sub(name.len()) else {
        return Err(INVALID_PARAMETER);
    };
    let mut information = NewName {
        flags,
        root: directory.as_raw_handle(),
        bytes: size_of_val(name) as u32,
        name: [0; MAX_UNITS],
    };
    information.name[..name.len()].copy_from_slice(name);
    let size = (size_of::<NewName>() - room * size_of::<u16>()) as u32;
    let mut io_status = IoStatus::new();
    let start = (&raw const information).cast();
    // SAFETY: both handles are open, and the structure has at least the given size.
    let status = unsafe {
        NtSetInformationFile(
            handle.as_raw_handle(),
            &raw mut io_status,
            start,
            size,
            class,
        )
    };
    if status < 0 { Err(status) } else { Ok(()) }
}

/// The most that a reparse point holds.
pub(super) const MAX_REPARSE_BYTES: usize = 1 << 14;

/// Reads what a reparse point holds.
pub(super) fn read_reparse_point(handle: BorrowedHandle<'_>) -> io::Result<Vec<u8>> {
    const GET: u32 = 0x0009_00A8;
    let mut buffer = alloc::vec![0_u8; MAX_REPARSE_BYTES];
    let mut length = 0;
    let (raw, start) = (handle.as_raw_handle(), buffer.as_mut_ptr().cast());
    // SAFETY: the handle is open and the buffer is valid for writes of its length.
    check(unsafe {
        DeviceIoControl(
            raw,
            GET,
            ptr::null(),
            0,
            start,
            MAX_REPARSE_BYTES as u32,
            &raw mut length,
            ptr::null_mut(),
        )
    })?;
    buffer.truncate(length as usize);
    Ok(buffer)
}

/// Makes something open a symbolic link with this content. A process may hold the privilege for that and still has to
/// claim it.
pub(super) fn make_symbolic_link(handle: BorrowedHandle<'_>, content: &[u8]) -> io::Result<()> {
    const CREATE_SYMBOLIC_LINK: u32 = 35;
    const PRIVILEGE_NOT_HELD: i32 = 1314;
    // Threads that take turns do not take the privilege away from each other.
    static CLAIM: Mutex<()> = Mutex::new(());
    let result = set_reparse_point(handle, content);
    if !matches!(&result, Err(error) if error.raw_os_error() == Some(PRIVILEGE_NOT_HELD)) {
        return result;
    }
    let _claim = CLAIM.lock();
    let mut was_enabled = 0;
    // SAFETY: there is room for a byte.
    let status = unsafe { RtlAdjustPrivilege(CREATE_SYMBOLIC_LINK, 1, 0, &raw mut was_enabled) };
    if status != 0 {
        return result;
    }
    let result = set_reparse_point(handle, content);
    // SAFETY: there is room for a byte.
    unsafe { RtlAdjustPrivilege(CREATE_SYMBOLIC_LINK, was_enabled, 0, &raw mut was_enabled) };
    result
}

/// Makes something open a reparse point.
fn set_reparse_point(handle: BorrowedHandle<'_>, content: &[u8]) -> io::Result<()> {
    const SET: u32 = 0x0009_00A4;
    let mut length = 0;
    let (raw, start) = (handle.as_raw_handle(), content.as_ptr().cast());
    // SAFETY: the handle is open and so many bytes are there.
    check(unsafe {
        DeviceIoControl(
            raw,
            SET,
            start,
            content.len() as u32,
            ptr::null_mut(),
            0,
            &raw mut length,
            ptr::null_mut(),
        )
    })
}
