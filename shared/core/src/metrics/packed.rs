//! Samples as bytes, few enough to wait in the sync state: a minute like the one before takes one byte.
//!
//! A layout number, the first minute, then runs and single samples, each of which begins with a byte that says which:
//! - a run, `1nnnnnnn`: so many minutes, one after the other, in which the counts were read and are those before; the byte
//!   of a duration for each;
//! - a sample, `00guotcf`: failed, counts were read, total, online, unconfirmed changed, minutes are missing before it. The
//!   number of missing minutes if any, the byte of its duration, what changed by how much.
//!
//! Whoever changes this goes on reading what was written before: samples cannot be read from NetBird again.

use super::waiting::{Peers, Sample};

const LAYOUT: u8 = 1;

const RUN: u8 = 0x80;
const MOST_RUN: u8 = 0x7f;
const FAILED: u8 = 1;
const READ: u8 = 1 << 1;
const TOTAL: u8 = 1 << 2;
const ONLINE: u8 = 1 << 3;
const UNCONFIRMED: u8 = 1 << 4;
const MISSING: u8 = 1 << 5;

/// Packs samples, which are in order and of different minutes.
pub(super) fn pack(samples: &[Sample]) -> Vec<u8> {
    let Some(first) = samples.first() else { return Vec::new() };
    let mut bytes = vec![LAYOUT];
    put(&mut bytes, zigzag(first.minute));
    let (mut before, mut known) = (first.minute - 1, Peers::default());
    // Where the run that may go on has its first byte.
    let mut run = None;
    for sample in samples {
        let missing = sample.minute - before - 1;
        before = sample.minute;
        let duration = short_float(sample.millis);
        if missing == 0 && !sample.failed && sample.peers == Some(known) {
            match run {
                Some(place) if bytes[place] < (RUN | MOST_RUN) => bytes[place] += 1,
                _ => {
                    run = Some(bytes.len());
                    bytes.push(RUN | 1);
                }
            }
            bytes.push(duration);
            continue;
        }
        run = None;
        let peers = sample.peers.unwrap_or(known);
        let changes = [
            (TOTAL, peers.total, known.total),
            (ONLINE, peers.online, known.online),
            (UNCONFIRMED, peers.unconfirmed, known.unconfirmed),
        ];
        let changed = || changes.iter().filter(|(_, now, before)| now != before);
        let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
        let flags = flag(sample.failed, FAILED) | flag(sample.peers.is_some(), READ) | flag(missing > 0, MISSING);
        bytes.push(changed().fold(flags, |flags, (flag, ..)| flags | flag));
        if missing > 0 {
            put(&mut bytes, missing.unsigned_abs());
        }
        bytes.push(duration);
        for (_, now, before) in changed() {
            put(&mut bytes, zigzag(i64::from(*now) - i64::from(*before)));
        }
        known = peers;
    }
    bytes
}

/// What was packed. `None` if it is not what any version packs.
pub(super) fn unpack(bytes: &[u8]) -> Option<Vec<Sample>> {
    let mut rest = match bytes {
        [] => return Some(Vec::new()),
        [LAYOUT, rest @ ..] => rest,
        _ => return None,
    };
    let mut samples = Vec::new();
    let mut before = unzigzag(take(&mut rest)?).checked_sub(1)?;
    let mut known = Peers::default();
    while let Some(flags) = byte(&mut rest) {
        if flags & RUN != 0 {
            for _ in 0..flags & MOST_RUN {
                before = before.checked_add(1)?;
                let millis = long_int(byte(&mut rest)?);
                samples.push(Sample { minute: before, peers: Some(known), millis, failed: false });
            }
            continue;
        }
        let missing = if flags & MISSING != 0 { i64::try_from(take(&mut rest)?).ok()? } else { 0 };
        before = before.checked_add(missing)?.checked_add(1)?;
        let millis = long_int(byte(&mut rest)?);
        for (flag, count) in
            [(TOTAL, &mut known.total), (ONLINE, &mut known.online), (UNCONFIRMED, &mut known.unconfirmed)]
        {
            if flags & flag != 0 {
                *count = u32::try_from(i64::from(*count).checked_add(unzigzag(take(&mut rest)?))?).ok()?;
            }
        }
        let peers = (flags & READ != 0).then_some(known);
        samples.push(Sample { minute: before, peers, millis, failed: flags & FAILED != 0 });
    }
    Some(samples)
}

/// A duration as a byte: exact below 32, to three in a hundred above, up to eight minutes.
pub(super) fn short_float(millis: u32) -> u8 {
    let mut exponent = 0_u8;
    let (mut mantissa, mut rest) = (u64::from(millis), 0);
    while mantissa >= 32 {
        rest = mantissa & 1;
        mantissa >>= 1;
        exponent += 1;
    }
    mantissa += rest;
    if mantissa == 32 {
        (mantissa, exponent) = (16, exponent + 1);
    }
    match mantissa {
        // Its place alone tells that there is no leading one.
        0..16 => u8::try_from(mantissa).unwrap_or(0),
        _ if exponent >= 15 => u8::MAX,
        _ => ((exponent + 1) << 4) | u8::try_from(mantissa - 16).unwrap_or(0),
    }
}

/// The duration that a byte stands for.
pub(super) fn long_int(byte: u8) -> u32 {
    match (byte >> 4, u32::from(byte & 15)) {
        (0, mantissa) => mantissa,
        (exponent, mantissa) => (16 + mantissa) << (exponent - 1),
    }
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(u8::try_from(number & 0x7f).unwrap_or(0) | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap_or(0));
}

fn take(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let next = byte(rest)?;
        number |= u64::from(next & 0x7f) << shift;
        if next < 0x80 {
            return Some(number);
        }
    }
    None
}

fn byte(rest: &mut &[u8]) -> Option<u8> {
    let (first, after) = rest.split_first()?;
    *rest = after;
    Some(*first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_exact_while_they_are_small_and_near_after_that() {
        for millis in 0..32 {
            assert_eq!(long_int(short_float(millis)), millis);
        }
        for millis in (32..400_000).step_by(7) {
            let told = long_int(short_float(millis));
            assert!(told.abs_diff(millis) * 32 <= millis + 32, "{millis} became {told}");
        }
        for byte in 0..=u8::MAX {
            assert_eq!(short_float(long_int(byte)), byte, "it stays what it is");
        }
        assert_eq!(long_int(short_float(u32::MAX)), 507_904);
    }

    /// What is stored. It can only be read by those who know its layout, so that stays.
    #[test]
    fn the_layout_is_the_one_that_was_always_written() {
        let peers = |total, online, unconfirmed| Some(Peers { total, online, unconfirmed });
        let sample = |minute, peers, millis, failed| Sample { minute, peers, millis, failed };
        let samples = [
            sample(29_000_000, peers(500, 300, 0), 31, false),
            sample(29_000_001, peers(500, 300, 0), 5, false),
            sample(29_000_002, peers(500, 300, 0), 6, false),
            sample(29_000_005, peers(500, 299, 1), 7, false),
            sample(29_000_006, None, 48, true),
        ];
        let expected = [
            vec![1, 0x80, 0x85, 0xd4, 0x1b],
            vec![READ | TOTAL | ONLINE, 31, 0xe8, 0x07, 0xd8, 0x04],
            vec![RUN | 2, 5, 6],
            vec![READ | ONLINE | UNCONFIRMED | MISSING, 2, 7, 1, 2],
            vec![FAILED, 0x28],
        ]
        .concat();
        assert_eq!(pack(&samples), expected);
        assert_eq!(unpack(&expected).unwrap(), samples);
    }

    #[test]
    fn what_is_cut_or_unknown_is_nothing() {
        let peers = Some(Peers { total: 70_000, online: 69_000, unconfirmed: 3 });
        let packed = pack(&[Sample { minute: 29_000_000, peers, millis: 900, failed: false }]);
        for length in 6..packed.len() {
            assert_eq!(unpack(&packed[..length]), None, "{length} bytes of {}", packed.len());
        }
        assert_eq!(unpack(&[2, 0]), None);
        assert_eq!(unpack(&[1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), None);
    }
}
