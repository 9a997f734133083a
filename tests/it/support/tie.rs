//! The pipe that ties agents to their test: they end when its other end closes.

use std::io::{PipeReader, PipeWriter};
use std::os::fd::AsRawFd as _;

use rustix::io::{FdFlags, fcntl_setfd};

/// Held by a world; its agents inherit the reading end, and nobody the writing end.
pub(crate) struct Tie {
    reader: PipeReader,
    writer: Option<PipeWriter>,
}

impl Tie {
    pub(crate) fn new() -> Self {
        let (reader, writer) = std::io::pipe().expect("a pipe can be made");
        // Both ends are closed on exec at first; the reading end is to be inherited.
        fcntl_setfd(&reader, FdFlags::empty()).expect("the flags of a pipe can be set");
        Self { reader, writer: Some(writer) }
    }

    /// The value of `KEYTURN_PARENT_PIPE`.
    pub(crate) fn descriptor(&self) -> String {
        self.reader.as_raw_fd().to_string()
    }

    /// Closes the writing end, as the end of the test's process would.
    pub(crate) fn cut(&mut self) {
        drop(self.writer.take());
    }
}
