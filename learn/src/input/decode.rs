//! The bytes of a file come in; the text in them goes out in UTF-8, whatever it was written in.

use super::page_or_deliveries::block_text;
use crate::page;
use std::io::{self, BufRead, BufReader, Read};

/// The order of bytes in UTF-16.
type Order = fn([u8; 2]) -> u16;

/// How text is encoded that begins so, and how long the mark is.
fn encoding(head: &[u8]) -> (Option<Order>, usize) {
    let (little, big): (Order, Order) = (u16::from_le_bytes, u16::from_be_bytes);
    match head {
        [0xFF, 0xFE, ..] => (Some(little), 2),
        [0xFE, 0xFF, ..] => (Some(big), 2),
        [0xEF, 0xBB, 0xBF, ..] => (None, 3),
        [first, 0, third, 0, ..] if *first > 0 && *third > 0 => (Some(little), 0),
        [0, second, 0, fourth, ..] if *second > 0 && *fourth > 0 => (Some(big), 0),
        _ => (None, 0),
    }
}

/// The bytes of a file, in UTF-8 without a mark at the beginning. UTF-16 is known by its mark, or by the zero beside
/// the first character; what is neither stays as it is.
pub(super) fn utf8<'c>(content: Box<dyn Read + 'c>) -> io::Result<Box<dyn Read + 'c>> {
    let mut content = BufReader::new(content);
    let (order, mark) = encoding(content.fill_buf()?);
    content.consume(mark);
    Ok(match order {
        Some(order) => Box::new(Utf16 {
            content,
            order,
            ready: Vec::new(),
            at: 0,
            half: None,
        }),
        None => Box::new(content),
    })
}

/// Text in UTF-16, in either order of bytes.
struct Utf16<R> {
    content: R,
    order: Order,
    /// What was decoded, and how much of it was read.
    ready: Vec<u8>,
    at: usize,
    /// The first half of a character whose second was not read yet.
    half: Option<u16>,
}

/// How many bytes are decoded at once.
const BLOCK: u64 = 32 << 10;

impl<R: Read> Utf16<R> {
    fn fill(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        (&mut self.content).take(BLOCK).read_to_end(&mut bytes)?;
        let at_end = (bytes.len() as u64) < BLOCK;
        let pairs = bytes.chunks(2).map(|pair| match pair {
            [a, b] => (self.order)([*a, *b]),
            _ => 0xFFFD,
        });
        let mut units: Vec<u16> = self.half.take().into_iter().chain(pairs).collect();
        if !at_end {
            self.half = units.pop_if(|last| (0xD800..0xDC00).contains(last));
        }
        let text: String = char::decode_utf16(units)
            .map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        (self.ready, self.at) = (text.into_bytes(), 0);
        Ok(())
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.ready.len() {
            self.fill()?;
        }
        let rest = &self.ready[self.at..];
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        self.at += length;
        Ok(length)
    }
}

/// The text that a page of HTML shows, line by line.
pub(super) fn plain(html: &str) -> String {
    let blocks = page::read(html).blocks;
    blocks
        .iter()
        .map(|block| block_text(block) + "\n")
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> String {
        let mut text = String::new();
        let mut content = utf8(Box::new(bytes)).unwrap();
        content.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn text_of_any_encoding_becomes_utf_8() {
        let text = "{\"kiln\": \"\u{1F525} h\u{e4}rte\"}".repeat(4_000);
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for bytes in [
            text.clone().into_bytes(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            [&[0xFF, 0xFE], &little[..]].concat(),
            [&[0xFE, 0xFF], &big[..]].concat(),
            little,
            big,
        ] {
            assert_eq!(decoded(&bytes), text);
        }
        assert_eq!(decoded(b""), "");
        assert_eq!(decoded(b"\xFF\xFE{\0"), "{");
    }
}
