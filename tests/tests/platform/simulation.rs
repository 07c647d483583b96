//! Thousands of small worlds in which things go wrong: the real evaluator, store, sync, relay, sweep and senders under a clock
//! that the test moves, and a scheduler that gives every job and request its turn at every call of the database, all by
//! one seed. docs/SIMULATION.md tells what happens in them and what must hold.
//!
//! `SIM_SEED=7` plays one story and tells it; `SIM_SEEDS=20000` plays so many.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod chaos;
mod check;
mod play;
mod schedule;
mod world;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use chaos::Planted;
use check::Tally;
use play::Play;
use schedule::Story;
use tokio::runtime::{Builder, Runtime};
use world::World;

/// Stories that are played where nobody says how many.
const SEEDS: u64 = 25;

/// Where stories are played, one after the other.
struct Stage {
    runtime: Runtime,
    world: World,
}

impl Stage {
    fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        let world = runtime.block_on(World::empty());
        Self { runtime, world }
    }

    /// Plays a story to its end. What did not hold, if something did not.
    fn play(&mut self, story: &Story, planted: Option<Planted>) -> Result<Tally, String> {
        let Self { runtime, world } = self;
        let played = catch_unwind(AssertUnwindSafe(|| {
            runtime.block_on(async {
                world.begin(story, planted).await;
                let mut play = Play::new(world, story);
                for (number, minute) in story.minutes.iter().enumerate() {
                    play.minute(minute).await.map_err(|error| format!("in minute {number}: {error}"))?;
                }
                play.rest().await.map_err(|error| format!("at rest: {error}"))?;
                play.seen.finish(play.world).await?;
                Ok(play.seen.tally)
            })
        }));
        played.unwrap_or_else(|panic| {
            // Whatever it left half done is left to it.
            *self = Self::new();
            let text = panic.downcast_ref::<String>().cloned();
            Err(text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default())
        })
    }
}

/// Plays stories side by side until one fails. What happened in them, or the one that failed.
fn play_all(seeds: Range<u64>, planted: Option<Planted>) -> Result<Tally, (Story, String)> {
    let (next, failed, sum) = (AtomicU64::new(seeds.start), Mutex::new(None), Mutex::new(Tally::new()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut stage = Stage::new();
                while failed.lock().unwrap().is_none() {
                    let seed = next.fetch_add(1, Ordering::SeqCst);
                    if seed >= seeds.end {
                        break;
                    }
                    let story = Story::of(seed);
                    match stage.play(&story, planted) {
                        Ok(tally) => {
                            let mut sum = sum.lock().unwrap();
                            tally.into_iter().for_each(|(what, count)| *sum.entry(what).or_default() += count);
                        }
                        Err(error) => {
                            failed.lock().unwrap().get_or_insert((story, error));
                        }
                    }
                }
            });
        }
    });
    failed.into_inner().unwrap().map_or_else(|| Ok(sum.into_inner().unwrap()), Err)
}

/// A shorter story that fails, too.
fn shrink(mut story: Story, mut error: String, planted: Option<Planted>) -> (Story, String) {
    let (mut stage, mut tries) = (Stage::new(), 200);
    let mut attempt = |shorter: Story, story: &mut Story, error: &mut String| {
        tries -= 1;
        if tries > 0
            && let Err(other) = stage.play(&shorter, planted)
        {
            (*story, *error) = (shorter, other);
        }
    };
    for minute in (0..story.minutes.len()).rev() {
        let mut shorter = story.clone();
        shorter.minutes.remove(minute);
        attempt(shorter, &mut story, &mut error);
    }
    for minute in (0..story.minutes.len()).rev() {
        for act in (0..story.minutes[minute].acts.len()).rev() {
            let mut shorter = story.clone();
            shorter.minutes[minute].acts.remove(act);
            attempt(shorter, &mut story, &mut error);
        }
    }
    (story, error)
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("it is a number"))
}

#[test]
fn what_must_hold_holds_in_every_story() {
    let began = Instant::now();
    let seeds = match number("SIM_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("SIM_SEEDS").unwrap_or(SEEDS),
    };
    let count = seeds.end - seeds.start;
    match play_all(seeds, None) {
        Ok(tally) => {
            println!("{count} stories in {:.1} s: {tally:?}", began.elapsed().as_secs_f64());
            let must = [
                "fired",
                "acknowledged",
                "suppressed",
                "reopened",
                "resolved",
                "delivered",
                "failed",
                "died",
                "routed",
                "held by quiet hours",
            ];
            let missing: Vec<_> = must.iter().filter(|what| !tally.contains_key(**what)).collect();
            assert!(missing.is_empty() || count < 100, "in no story something was {missing:?}");
        }
        Err((story, error)) => {
            let (shorter, why) = shrink(story.clone(), error.clone(), None);
            panic!("SIM_SEED={} fails: {error}\n\nShorter: {why}\n{shorter:#?}", story.seed);
        }
    }
}

/// The simulation is worth what it finds.
#[test]
fn planted_mistakes_are_found() {
    for planted in [Planted::NoCondition, Planted::NoTenant] {
        let found = play_all(0..500, Some(planted));
        let (story, error) = found.expect_err("the planted mistake is found");
        println!("{planted:?} is found by seed {}: {error}", story.seed);
    }
}
