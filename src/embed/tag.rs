//! Tags as the embedder sees them.
//!
//! Input: the type of an exception's values. Output: [`Tag`], a handle.
//! Holds: every tag is different from every other one, even of the same type.

use super::engine::Engine;
use super::externs::{handle, with_core};
use super::func::or_panic;
use super::store::{AsContext, AsContextMut};
use super::types::TagType;
use crate::error::{Error, Result};
use crate::runtime::handle::TagId;

/// A tag in a store: the identity of a kind of exceptions.
///
/// A handle: it is copied freely and means something only together with its store. Guests can
/// import and export tags; throwing is not supported yet.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tag(TagId);

handle!(Tag TagId);

impl Tag {
    /// Makes a tag.
    ///
    /// # Errors
    /// If the type belongs to another engine, or the store is full.
    pub fn new(store: impl AsContextMut, ty: &TagType) -> Result<Tag> {
        with_core(store, |core| {
            if !Engine::same(ty.ty().engine(), core.engine()) {
                return Err(Error::msg(
                    "the tag type belongs to another engine than the store",
                ));
            }
            core.keep_type(ty.ty().id());
            core.inner_mut().new_tag(ty.ty().id()).map(Tag)
        })
    }

    /// The tag's type.
    ///
    /// # Panics
    /// If the tag does not belong to the store, or its instance was removed.
    pub fn ty(&self, store: impl AsContext) -> TagType {
        let store = store.as_context();
        let ty = or_panic(super::externs::Extern::Tag(*self).try_ty(store.core()));
        ty.unwrap_tag().clone()
    }
}
