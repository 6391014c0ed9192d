//! The bytes of a file come in; they go out as they are, or unpacked, while they are counted.

use super::HEAD;
use flate2::bufread::MultiGzDecoder;
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};

/// The content of a file.
pub(super) struct Source<'c> {
    pub(super) content: Box<dyn Read + 'c>,
    pub(super) packed: bool,
}

/// Unpacks a file if it is packed with gzip, in any number of members.
pub(super) fn unpack<'c>(
    file: Box<dyn Read>,
    count: &'c Cell<u64>,
    passed: &'c dyn Fn(u64),
) -> io::Result<Source<'c>> {
    let mut source = Counted {
        inner: BufReader::with_capacity(HEAD as usize, file),
        count,
        passed,
    };
    let packed = source.fill_buf()?.starts_with(&[0x1F, 0x8B]);
    let content: Box<dyn Read> = match packed {
        true => Box::new(Unpacked {
            inner: MultiGzDecoder::new(source),
            count,
        }),
        false => Box::new(source),
    };
    Ok(Source { content, packed })
}

/// Counts the bytes that were taken.
struct Counted<'c, R> {
    inner: BufReader<R>,
    count: &'c Cell<u64>,
    passed: &'c dyn Fn(u64),
}

impl<R: Read> BufRead for Counted<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        self.inner.consume(length);
        self.count.set(self.count.get() + length as u64);
        (self.passed)(self.count.get());
    }
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        (self.passed)(self.count.get());
        Ok(read)
    }
}

/// Says where packed data ends early.
struct Unpacked<'c, R> {
    inner: R,
    count: &'c Cell<u64>,
}

impl<R: Read> Read for Unpacked<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer).map_err(|error| {
            let at = self.count.get();
            let message = format!("its gzip data is cut off or damaged at byte {at} ({error})");
            io::Error::new(error.kind(), message)
        })
    }
}
