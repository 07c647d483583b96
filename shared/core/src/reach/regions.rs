//! Where two plans about the same peers and targets may not say the same.

use std::borrow::{Borrow, Cow};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::compile::Rule;
use super::difference::{Budget, TooLarge};
use super::evaluate::{Grant, Plan, WORDS_OF_AN_ENTRY};
use super::services::{Atom, Services};
use super::set::Set;

/// Sources and targets between which two plans may differ, on these services. Outside of all regions they do not.
pub(super) struct Region<'p> {
    pub(super) from: Set,
    pub(super) to: Set,
    pub(super) services: Cow<'p, Services>,
    /// The rule that it is by, as it was and as it is.
    pub(super) was: Option<&'p Rule<'p>>,
    pub(super) is: Option<&'p Rule<'p>>,
}

/// A part of what is asked for, of which each grant and each region is about all or nothing: their places.
pub(super) struct Part {
    pub(super) before: Rc<[u32]>,
    pub(super) after: Rc<[u32]>,
    pub(super) regions: Rc<[u32]>,
    pub(super) atoms: Vec<Atom>,
}

/// By what a grant is recognised in the other plan. Which of several that have the same is paired with which does not matter.
type Key<'p> = Option<(&'p str, usize, bool)>;

impl<'p> Grant<'p> {
    fn key(&self) -> Key<'p> {
        self.rule.map(|rule| (rule.policy.id.as_str(), rule.nth, self.is_reverse))
    }

    /// Whether it does the same as another, to whomever.
    fn does_what(&self, other: &Grant<'_>) -> bool {
        self.effect == other.effect && self.is_clear == other.is_clear && self.services == other.services
    }
}

/// The regions; none if the plans are the same.
pub(super) fn regions<'p>(before: &'p Plan<'p>, after: &'p Plan<'p>) -> Vec<Region<'p>> {
    let mut gone: BTreeMap<Key<'p>, Vec<&'p Grant<'p>>> = BTreeMap::new();
    for grant in before.grants.iter().rev() {
        gone.entry(grant.key()).or_default().push(grant);
    }
    let mut regions = Vec::new();
    for grant in &after.grants {
        match gone.get_mut(&grant.key()).and_then(Vec::pop) {
            Some(was) if was.does_what(grant) => regions.extend(moved(was, grant)),
            was => {
                regions.extend(was.map(|was| whole(was, was.rule, None)));
                regions.push(whole(grant, None, grant.rule));
            }
        }
    }
    regions.extend(gone.into_values().flatten().map(|was| whole(was, was.rule, None)));
    let mut ways = apart(&before.way, &after.way);
    ways.add(&before.beside.apart(&after.beside));
    let (services, to) = (Cow::Owned(Services::every()), before.targets.clone());
    regions.push(Region { from: ways, to, services, was: None, is: None });
    regions.retain(|region| !region.from.is_empty() && !region.to.is_empty());
    regions
}

/// Everything that a grant is about.
fn whole<'p>(grant: &'p Grant<'p>, was: Option<&'p Rule<'p>>, is: Option<&'p Rule<'p>>) -> Region<'p> {
    let (from, to) = (grant.from.1.clone().into_owned(), grant.to.1.clone().into_owned());
    Region { from, to, services: Cow::Borrowed(&*grant.services), was, is }
}

/// What two grants that do the same are about, where they do it to others.
fn moved<'p>(was: &'p Grant<'p>, is: &'p Grant<'p>) -> [Region<'p>; 2] {
    let either = |one: &Set, other: &Set| {
        let mut either = one.clone();
        either.add(other);
        either
    };
    let region = |from, to| Region { from, to, services: Cow::Borrowed(&*is.services), was: was.rule, is: is.rule };
    [
        region(apart(&was.from, &is.from), either(&was.to.1, &is.to.1)),
        region(either(&was.from.1, &is.from.1), apart(&was.to, &is.to)),
    ]
}

/// In what two pairs of sets are not the same.
fn apart<S: Borrow<Set>>(one: &(S, S), other: &(S, S)) -> Set {
    let mut apart = one.0.borrow().apart(other.0.borrow());
    apart.add(&one.1.borrow().apart(other.1.borrow()));
    apart
}

/// The parts of what is asked for that regions are about.
pub(super) fn parts(
    wanted: &Services,
    before: &Plan<'_>,
    after: &Plan<'_>,
    regions: &[Region<'_>],
    budget: &mut Budget,
) -> Result<Vec<Part>, TooLarge> {
    let about_all = regions.len() + before.grants.len() + after.grants.len();
    budget.take(about_all * 2 * (before.way.0.words() + before.targets.words()))?;
    let (mut sources, mut targets) = (before.way.0.without(&before.way.0), before.nobody());
    for region in regions {
        sources.add(&region.from);
        targets.add(&region.to);
    }
    let of = |grants: &[Grant<'_>]| -> Vec<bool> {
        grants.iter().map(|grant| grant.from.1.meets(&sources) && grant.to.1.meets(&targets)).collect()
    };
    let (matter_before, matter_after) = (of(&before.grants), of(&after.grants));
    let all = before.grants.iter().zip(&matter_before).chain(after.grants.iter().zip(&matter_after));
    let services = all.filter(|(_, matters)| **matters).map(|(grant, _)| &*grant.services);
    let services = services.chain(regions.iter().map(|region| &*region.services));
    budget.take(services.clone().map(Services::ranges).sum())?;
    let about = |grants: &[Grant<'_>], matter: &[bool], atom: Atom| -> Rc<[u32]> {
        let about = grants.iter().zip(matter).zip(0..);
        about.filter(|((grant, matters), _)| **matters && grant.services.contains(atom)).map(|(_, nth)| nth).collect()
    };
    let mut parts: Vec<Part> = Vec::new();
    let mut places: HashMap<[Rc<[u32]>; 3], usize> = HashMap::new();
    let mut kept = 0;
    for atom in wanted.atoms(&services) {
        budget.take(about_all)?;
        let of_regions = regions.iter().zip(0..).filter(|(region, _)| region.services.contains(atom));
        let of_regions: Rc<[u32]> = of_regions.map(|(_, nth)| nth).collect();
        if of_regions.is_empty() {
            continue;
        }
        let before = about(&before.grants, &matter_before, atom);
        let after = about(&after.grants, &matter_after, atom);
        let key = [before, after, of_regions];
        if let Some(place) = places.get(&key) {
            parts[*place].atoms.push(atom);
            continue;
        }
        kept += key.iter().map(|about| about.len().div_ceil(2)).sum::<usize>() + WORDS_OF_AN_ENTRY;
        budget.holds(kept)?;
        let [before, after, regions] = key.clone();
        places.insert(key, parts.len());
        parts.push(Part { before, after, regions, atoms: vec![atom] });
    }
    Ok(parts)
}
