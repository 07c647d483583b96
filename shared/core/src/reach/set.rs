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

    /// With the members of one that are not of another.
    pub(super) fn add_rest(&mut self, one: &Self, without: &Self) {
        let rest = one.0.iter().zip(&without.0).map(|(one, without)| one & !without);
        self.0.iter_mut().zip(rest).for_each(|(word, rest)| *word |= rest);
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

    /// The members that another set has, too, in order.
    pub(super) fn both<'s>(&'s self, other: &'s Self) -> impl Iterator<Item = usize> + 's {
        super::keys::common(&self.0, &other.0)
    }

    /// The members that another set does not have, in order.
    pub(super) fn rest<'s>(&'s self, other: &'s Self) -> impl Iterator<Item = usize> + 's {
        self.0.iter().zip(&other.0).enumerate().flat_map(|(nth, (one, other))| {
            let mut word = one & !other;
            std::iter::from_fn(move || {
                let place = (word != 0).then(|| word.trailing_zeros() as usize)?;
                word &= word - 1;
                Some(nth * 64 + place)
            })
        })
    }

    /// Whether somebody of the one and somebody else of the other are there.
    pub(super) fn pairs_with(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.len(), other.len());
        ours > 0 && theirs > 0 && (ours > 1 || theirs > 1 || self != other)
    }
}

/// The members of a set by number, so that sets of them have a bit a member, and not a bit a peer of the network.
pub(super) struct Numbers {
    places: Vec<usize>,
    numbers: Vec<Option<usize>>,
}

impl Numbers {
    /// Of a set, of so many.
    pub(super) fn of(set: &Set, size: usize) -> Self {
        let places: Vec<usize> = set.iter().collect();
        let mut numbers = vec![None; size];
        places.iter().enumerate().for_each(|(number, place)| numbers[*place] = Some(number));
        Self { places, numbers }
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The number of what is at a place, if it has one.
    pub(super) fn number(&self, place: usize) -> Option<usize> {
        self.numbers.get(place).copied().flatten()
    }

    /// The place of what has a number.
    pub(super) fn place(&self, number: usize) -> usize {
        self.places[number]
    }

    /// A set by numbers, as far as it has them.
    pub(super) fn among(&self, set: &Set) -> Set {
        let mut among = Set::none(self.len());
        let members = self.places.iter().enumerate().filter(|(_, place)| set.contains(**place));
        members.for_each(|(number, _)| among.insert(number));
        among
    }
}
