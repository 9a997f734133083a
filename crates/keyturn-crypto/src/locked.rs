//! A page of memory for keys: never swapped out, wiped before it is given back.
//!
//! The page is the process's own and holds nothing else, since unlocking a page that two owners share
//! would unlock it for both. Limits: the kernel may refuse to lock it (`RLIMIT_MEMLOCK` of 0); then the
//! keys lie in ordinary memory and [`LockedPage::is_locked`] says so. Hibernation and a debugger of the
//! same user are not its matter. Argon2's blocks are too large to lock: they are wiped only.

use region::LockGuard;
use zeroize::Zeroize;

/// A zeroed page of its own.
pub(crate) struct LockedPage {
    // Dropped in this order: the page is unlocked before its memory is freed.
    guard: Option<LockGuard>,
    memory: Vec<u8>,
    start: usize,
    length: usize,
}

impl LockedPage {
    /// Takes a page and locks it.
    pub(crate) fn new() -> Self {
        let length = region::page::size();
        let memory = vec![0; 2 * length];
        let start = memory.as_ptr().align_offset(length);
        let page = memory.get(start..start + length).expect("two pages hold one that is aligned");
        let guard = region::lock(page.as_ptr(), length).ok();
        Self { guard, memory, start, length }
    }

    /// Whether the kernel keeps the page out of swap.
    pub(crate) const fn is_locked(&self) -> bool {
        self.guard.is_some()
    }

    /// The page's bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.memory[self.start..self.start + self.length]
    }

    /// The page's bytes, to fill them.
    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.memory[self.start..self.start + self.length]
    }
}

impl Drop for LockedPage {
    fn drop(&mut self) {
        self.memory.as_mut_slice().zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_aligned_zeroed_and_keeps_what_is_written() {
        let mut page = LockedPage::new();
        assert_eq!(page.bytes().as_ptr().align_offset(region::page::size()), 0);
        assert!(page.bytes().iter().all(|byte| *byte == 0));
        page.bytes_mut()[5] = 7;
        assert_eq!(page.bytes()[5], 7);
    }
}
