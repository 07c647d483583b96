//! Sets of peers, as bits by their place in the list.

/// A set of places below a number that all sets of one model share.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Set(Vec<u64>);

impl Set {
    /// None of so many.
    pub(super) fn none(of: usize) -> Self {
        Self(vec![0; of.div_ceil(64)])
    }

    /// All of so many.
    pub(super) fn all(of: usize) -> Self {
        let mut set = Self::none(of);
        (0..of).for_each(|place| set.insert(place));
        set
    }

    /// This one of so many.
    pub(super) fn one(place: usize, of: usize) -> Self {
        let mut set = Self::none(of);
        set.insert(place);
        set
    }

    pub(super) fn insert(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }

    pub(super) fn take(&mut self, place: usize) {
        if let Some(word) = self.0.get_mut(place / 64) {
            *word &= !(1 << (place % 64));
        }
    }

    pub(super) fn contains(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(one, other)| *one |= other);
    }

    pub(super) fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(one, other)| *one &= other);
    }

    pub(super) fn remove(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(one, other)| *one &= !other);
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.keep(other);
        both
    }

    pub(super) fn without(&self, other: &Self) -> Self {
        let mut rest = self.clone();
        rest.remove(other);
        rest
    }

    /// Those that are in one of the two and not in both.
    pub(super) fn apart(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, other)| one ^ other).collect())
    }

    pub(super) fn holds(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(one, other)| other & !one == 0)
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(one, other)| one & other != 0)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many words it is made of.
    pub(super) fn words(&self) -> usize {
        self.0.len()
    }

    /// The members in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(nth, word)| {
            let mut word = *word;
            std::iter::from_fn(move || {
                let place = (word != 0).then(|| word.trailing_zeros() as usize)?;
                word &= word - 1;
                Some(nth * 64 + place)
            })
        })
    }

    /// How many pairs there are of one of these and another one of those.
    pub(super) fn pairs_of(&self, other: &Self) -> usize {
        self.len() * other.len() - self.and(other).len()
    }

    /// Whether somebody of the one and somebody else of the other are there.
    pub(super) fn pairs_with(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.len(), other.len());
        ours > 0 && theirs > 0 && (ours > 1 || theirs > 1 || self != other)
    }
}
