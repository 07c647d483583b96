use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use super::*;
use crate::reach::End;
use crate::reach::compile::Model;
use crate::reach::evaluate::parts;
use crate::reach::keys::Keys;
use crate::reach::laws::any_lists;
use crate::reach::question::Target;
use crate::reach::services::Services;

/// The seed of what follows.
const SEED: u64 = 0x901C;

proptest! {
    #![proptest_config(Config {
        cases: 256, rng_seed: RngSeed::Fixed(SEED), failure_persistence: None, ..Config::default()
    })]

    /// What is found by the grants is what is found by looking at each part by itself.
    #[test]
    fn agrees_with_looking_part_by_part(lists in any_lists(), are_read in prop::bool::weighted(0.9)) {
        let policies = lists.inventory().policies.filter(|_| are_read);
        let model = Model::new(crate::reach::Inventory { policies, ..lists.inventory() });
        let wanted = Services::every();
        let ends = model.resources.keys().map(|id| End::Resource((*id).to_owned()));
        let ends = ends.chain(model.routes.keys().map(|id| End::Route((*id).to_owned())));
        let ends = ends.chain(model.groups.keys().map(|id| End::Group((*id).to_owned()))).chain([End::Any]);
        for end in ends {
            let plan = match model.target(&end).unwrap() {
                Target::Peers(targets) => {
                    model.to_peers(&targets, model.directions().map(|(_, grant)| grant))
                }
                Target::Resource(resource) => model.to_resource(resource, &wanted, None),
                Target::Route(route) => model.to_route(route, None),
            };
            for sources in model.groups.values().map(|group| &group.peers) {
                prop_assert_eq!(differs(&plan, sources, &wanted), None, "seed {:#x}: to {:?}", SEED, end);
            }
        }
    }
}

/// The first source and part that the two ways disagree about.
fn differs(plan: &Plan<'_>, sources: &Set, wanted: &Services) -> Option<String> {
    let budget = &mut Budget::unlimited();
    let parts = parts(wanted, &plan.grants, budget).unwrap();
    let parted = Parted::new(plan, parts.iter().map(|(about, _)| &**about)).among(sources);
    let mut quick = Quick::new(plan, &parted, &parts, budget).unwrap();
    let keys = Keys::of(sources, &[parted.sets()], budget).unwrap();
    for number in 0..keys.numbers.len() {
        let key = keys.row(number);
        let whole = parted.whole(key);
        let class = quick.class(key, &whole, budget).unwrap();
        let (mut sure, mut may) = (plan.nobody(), plan.nobody());
        let mut from = parted.from(&whole);
        for nth in 0..parts.len() {
            let reached =
                from.reached(nth, &mut 0).map_or_else(|| (plan.nobody(), plan.nobody()), |both| (*both).clone());
            let told = [(&class.several.0, &class.single.0), (&class.several.1, &class.single.1)];
            for ((several, single), set) in told.into_iter().zip([&reached.0, &reached.1]) {
                let only = single.iter().find(|(part, _)| *part as usize == nth);
                let few = match (has(several, nth), only) {
                    (true, _) => Few::More,
                    (false, Some((_, only))) => Few::One(*only),
                    (false, None) => Few::None,
                };
                if few != Few::of(set.iter()) {
                    return Some(format!("source {number}, part {nth}: {few:?} of {set:?}"));
                }
            }
            sure.add(&reached.0);
            may.add(&reached.1);
        }
        if (&class.sure, &class.may, class.len) != (&sure, &may, (sure.len(), may.len())) {
            return Some(format!("source {number}: {:?}, {:?} and not {sure:?}, {may:?}", class.sure, class.may));
        }
    }
    None
}
