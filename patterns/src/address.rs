//! Text comes in; the IP address or the block of addresses that it writes goes out.
//!
//! An address is what Java's `InetAddress` takes for a literal: four decimal numbers (leading zeroes are
//! allowed and decimal), or eight hexadecimal groups with one `::`. Dotted tails and zones are no addresses
//! here. An IPv6 address that wraps an IPv4 one is that IPv4 address.

/// An IP address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Address {
    V4(u32),
    V6([u8; 16]),
}

impl Address {
    /// Reads an address; most strings are dismissed by their first bytes.
    pub(crate) fn read(text: &[u8]) -> Option<Self> {
        let first = *text.first()?;
        if !first.is_ascii_hexdigit() && first != b':' {
            return None;
        }
        if text.contains(&b':') {
            return v6(text);
        }
        v4(text).map(Self::V4)
    }

    /// The address as 128 bits with the family apart, cut to its first `bits` bits.
    pub(crate) fn cut(self, bits: u8) -> (bool, u128) {
        match self {
            Self::V4(address) => (true, cut(u128::from(address) << 96, bits)),
            Self::V6(address) => (false, cut(u128::from_be_bytes(address), bits)),
        }
    }
}

fn cut(address: u128, bits: u8) -> u128 {
    address & !u128::MAX.checked_shr(u32::from(bits)).unwrap_or(0)
}

fn v4(text: &[u8]) -> Option<u32> {
    if text.len() > 15 {
        return None;
    }
    let mut octets = text.split(|&byte| byte == b'.').map(octet);
    let mut address = 0;
    for _ in 0..4 {
        address = address << 8 | octets.next()??;
    }
    octets.next().is_none().then_some(address)
}

fn octet(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0u32, |value, digit| {
        let value = value * 10 + (*digit as char).to_digit(10)?;
        (value < 256).then_some(value)
    })
}

fn v6(text: &[u8]) -> Option<Address> {
    let text = std::str::from_utf8(text).ok()?;
    let (before, after) = match text.split_once("::") {
        Some((before, after)) => (groups(before)?, Some(groups(after)?)),
        None => (groups(text)?, None),
    };
    let written = before.1 + after.map_or(0, |after| after.1);
    if written > 7 + u32::from(after.is_none()) || (after.is_none() && written != 8) {
        return None;
    }
    let high = before.0.checked_shl(16 * (8 - before.1)).unwrap_or(0);
    let address = high | after.map_or(0, |after| after.0);
    Some(match u32::try_from(address ^ 0xffff_0000_0000) {
        Ok(wrapped) => Address::V4(wrapped),
        Err(_) => Address::V6(address.to_be_bytes()),
    })
}

/// The bits of groups between colons, and how many they are.
fn groups(text: &str) -> Option<(u128, u32)> {
    if text.is_empty() {
        return Some((0, 0));
    }
    text.split(':').try_fold((0, 0), |(bits, count), digits| {
        (count < 8).then_some(())?;
        Some((bits << 16 | u128::from(group(digits)?), count + 1))
    })
}

fn group(digits: &str) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    digits.chars().try_fold(0u32, |value, digit| {
        let value = value << 4 | digit.to_digit(16)?;
        (value <= 0xffff).then_some(value)
    })
}

/// The addresses that share their first bits with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Block {
    pub(crate) address: Address,
    pub(crate) bits: u8,
}

impl Block {
    /// Reads a block in CIDR notation; an error is worded as the engine's.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let parts = text.trim_end_matches('/');
        let Some((address, bits)) = parts
            .split_once('/')
            .filter(|(_, bits)| !bits.contains('/'))
        else {
            return Err("Malformed CIDR, one '/' required".to_owned());
        };
        let bits: i32 = bits
            .parse()
            .map_err(|_| "Malformed CIDR, mask bits must be an integer".to_owned())?;
        if bits < 0 {
            return Err("Malformed CIDR, mask bits must not be negative".to_owned());
        }
        let address = Address::read(address.as_bytes())
            .ok_or_else(|| format!("Nonstandard IP address: {address}"))?;
        let (limit, message) = match address {
            Address::V4(_) => (32, "IPv4 mask bits must be < 32"),
            Address::V6(_) => (128, "IPv6 mask bits must be < 128"),
        };
        match u8::try_from(bits) {
            Ok(bits) if bits < limit => Ok(Self { address, bits }),
            _ => Err(message.to_owned()),
        }
    }

    /// Whether an address is one of the block's. One of the other family never is.
    pub(crate) fn contains(self, address: Address) -> bool {
        self.address.cut(self.bits) == address.cut(self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Address> {
        Address::read(text.as_bytes())
    }

    #[test]
    fn addresses_are_read_as_java_reads_them() {
        assert_eq!(read("10.0.0.1"), Some(Address::V4(0x0a00_0001)));
        assert_eq!(read("0010.0.0.1"), read("10.0.0.1"));
        assert_eq!(read("::ffff:a00:1"), read("10.0.0.1"));
        assert_eq!(
            read("0:0:0:0:0:0:0:1"),
            Some(Address::V6(1u128.to_be_bytes()))
        );
        assert_eq!(
            read("00001::"),
            Some(Address::V6((1u128 << 112).to_be_bytes()))
        );
        assert_eq!(read("::"), Some(Address::V6([0; 16])));
        assert_eq!(read("1:2:3:4:5:6:7::"), read("1:2:3:4:5:6:7:0"));
        for text in [
            "",
            ":",
            ":::",
            "1:",
            "::1::",
            "1::2:",
            "10.0.0",
            "10.0.0.256",
            "10.0.0.1.",
            "fe80::1%eth0",
            "1:2:3:4:5:6:7:8::",
            "::ffff:10.0.0.1",
            "00000000010.0.0.1",
            "12345::",
            "bed",
            "1:2:3:4:5:6:7:8:9",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn blocks_keep_to_their_family() {
        let block = Block::read("10.1.2.3/8").unwrap();
        assert!(block.contains(read("10.255.0.0").unwrap()));
        assert!(!block.contains(read("11.0.0.0").unwrap()));
        assert!(!block.contains(read("a00::1").unwrap()));
        assert!(Block::read("::/0").unwrap().contains(read("1::").unwrap()));
        assert!(
            Block::read("0.0.0.0/0")
                .unwrap()
                .contains(read("9.9.9.9").unwrap())
        );
    }

    #[test]
    fn malformed_blocks_are_told() {
        assert_eq!(
            Block::read("10.0.0.0").unwrap_err(),
            "Malformed CIDR, one '/' required"
        );
        assert_eq!(
            Block::read("10.0.0.0/32").unwrap_err(),
            "IPv4 mask bits must be < 32"
        );
        assert_eq!(
            Block::read("::/128").unwrap_err(),
            "IPv6 mask bits must be < 128"
        );
        assert_eq!(Block::read("a/8").unwrap_err(), "Nonstandard IP address: a");
        assert!(Block::read("10.0.0.0/+8").is_ok());
    }
}
