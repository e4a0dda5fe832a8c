//! What a captured [`Ui`](super::Ui) printed: for tests of what a whole command says.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// What a captured [`Ui`] printed.
#[derive(Debug, Clone, Default)]
pub struct Captured {
    pub(super) out: Kept,
    pub(super) err: Kept,
}

impl Captured {
    /// Everything on stdout so far.
    pub fn out(&self) -> String {
        self.out.text()
    }

    /// Everything on stderr so far.
    pub fn err(&self) -> String {
        self.err.text()
    }

    /// Forgets what was printed so far.
    pub fn clear(&self) {
        self.out.clear();
        self.err.clear();
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    fn clear(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
