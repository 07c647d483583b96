//! Cutting what may be much into parts that fit.

/// Cuts items, in their order, into parts of at most `most` items and `bytes` bytes. One that has more bytes is a part alone.
pub fn portions<T>(
    items: impl IntoIterator<Item = T>,
    most: usize,
    bytes: usize,
    size: impl Fn(&T) -> usize,
) -> Vec<Vec<T>> {
    let (mut parts, mut sum): (Vec<Vec<T>>, usize) = (Vec::new(), 0);
    for item in items {
        let size = size(&item);
        match parts.last_mut().filter(|last| last.len() < most && sum + size <= bytes) {
            Some(last) => {
                last.push(item);
                sum += size;
            }
            None => {
                parts.push(vec![item]);
                sum = size;
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_cut_by_number_and_bytes_and_lose_nothing() {
        let cut = |most, bytes| portions([3, 3, 3, 9, 1], most, bytes, |size| *size);
        assert_eq!(cut(2, 100), [vec![3, 3], vec![3, 9], vec![1]]);
        assert_eq!(cut(9, 6), [vec![3, 3], vec![3], vec![9], vec![1]]);
        assert!(portions(Vec::<usize>::new(), 9, 9, |size| *size).is_empty());
    }
}
