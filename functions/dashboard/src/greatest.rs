//! Values by their names, of which the greatest are told apart, and the others as one.

use std::collections::BTreeMap;

use platform_core::metrics::MOST_VALUES;

/// Most different names that are told apart before the greatest of them are chosen: they come from outside, and others each hour.
const MOST_NAMES: usize = 4_000;

/// Values by their names, and what has no name of its own.
#[derive(Default)]
pub(crate) struct Named<T> {
    values: BTreeMap<String, T>,
    pub(crate) others: T,
}

impl<T: Default> Named<T> {
    /// Where to add to what has this name.
    pub(crate) fn place(&mut self, name: &str) -> &mut T {
        if !self.values.contains_key(name) {
            if self.values.len() >= MOST_NAMES {
                return &mut self.others;
            }
            self.values.insert(name.to_owned(), T::default());
        }
        self.values.get_mut(name).unwrap_or(&mut self.others)
    }

    /// The greatest, in their order, and all others as one. The first weight counts, then the second, then the name.
    pub(crate) fn greatest(self, weight: impl Fn(&T) -> [f64; 2], add: impl Fn(&mut T, T)) -> (Vec<(String, T)>, T) {
        let Self { values, mut others } = self;
        let mut values: Vec<(String, T)> = values.into_iter().collect();
        values.sort_by(|(name, one), (another, two)| {
            let ([first, second], [other_first, other_second]) = (weight(one), weight(two));
            other_first.total_cmp(&first).then(other_second.total_cmp(&second)).then(name.cmp(another))
        });
        for (_, value) in values.drain(MOST_VALUES.min(values.len())..) {
            add(&mut others, value);
        }
        (values, others)
    }
}
