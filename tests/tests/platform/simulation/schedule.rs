//! What happens in a world, minute by minute: all of it from a seed.

use platform_netbird::fake::FaultKind;
use platform_tests::{Reply, SeededEntropy};

/// Worlds there are: of each tenant, how many peers each of its accounts has.
pub(super) const SHAPES: [&[&[usize]]; 6] = [&[&[4]], &[&[6]], &[&[5]], &[&[4, 3]], &[&[5], &[4]], &[&[4], &[3], &[5]]];

/// A world, and what happens in it.
#[derive(Debug, Clone)]
pub(super) struct Story {
    pub(super) seed: u64,
    /// Which of the [`SHAPES`] the world has.
    pub(super) shape: usize,
    /// Which rules each tenant begins with.
    pub(super) rules: Vec<Vec<Rule>>,
    /// How each tenant's own channels are used in the beginning.
    pub(super) tellings: Vec<Telling>,
    pub(super) minutes: Vec<Minute>,
}

/// A rule of a kind that the model knows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub(super) watches: Watches,
    pub(super) for_minutes: u32,
    pub(super) keep_firing: u32,
}

/// How the two channels of a tenant are used: one that always tells, and one that has quiet hours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Telling {
    /// Rules name the first.
    pub(super) is_named: bool,
    /// A route leads everything to both.
    pub(super) is_routed: bool,
    pub(super) quiet: Option<Quiet>,
}

/// Quiet hours, in minutes from then.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quiet {
    pub(super) from: i64,
    pub(super) minutes: i64,
}

/// Some alerts of a tenant.
#[derive(Debug, Clone, Copy)]
pub(super) enum Alerts {
    Severe,
    InAccount(usize),
    OfRule(usize),
}

/// What a rule watches for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Watches {
    /// Every peer that is offline for so many minutes, each for itself.
    EachOffline(u32),
    /// So many peers that are offline for so many minutes, as one.
    ManyOffline(u32, u32),
    /// Fewer online than this.
    FewOnline(u32),
}

/// What happens in a minute, and how its tick goes.
#[derive(Debug, Clone, Default)]
pub(super) struct Minute {
    pub(super) acts: Vec<Act>,
    pub(super) tick: Tick,
    /// Of ten thousand calls of the database so many go wrong.
    pub(super) trouble: u64,
    /// Whether changes of the table are told only later.
    pub(super) stalled: bool,
    /// Whether each message comes as often as this.
    pub(super) copies: usize,
}

/// How the Scheduler does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Tick {
    #[default]
    Once,
    Twice,
    Skipped,
    /// So many seconds late.
    Late(i64),
    /// Its jobs in the opposite order.
    Backwards,
}

/// Something that happens. Numbers say which of those that there are, whatever their number is then.
#[derive(Debug, Clone)]
pub(super) enum Act {
    Leave { network: usize, peers: u64 },
    Return { network: usize, peers: u64 },
    Cut { network: usize, peers: u64 },
    Restart { network: usize, away: u64 },
    Add { network: usize },
    Remove { network: usize, which: usize },
    Fault { network: usize, kind: FaultKind, path: Option<&'static str>, times: u32 },
    TokenExpires { network: usize },
    Resume { network: usize },
    Receiver(Vec<Reply>),
    MailFails { times: u32, retryable: bool },
    Clock { seconds: i64 },
    ServerClock { network: usize, seconds: i64 },
    Acknowledge { tenant: usize, which: usize },
    Resolve { tenant: usize, which: usize },
    Suppress { tenant: usize, which: usize, minutes: i64 },
    Reopen { tenant: usize, which: usize },
    ChangeRule { tenant: usize, which: usize, rule: Rule },
    RenameRule { tenant: usize, which: usize },
    SwitchRule { tenant: usize, which: usize, on: bool },
    DeleteRule { tenant: usize, which: usize },
    MakeRule { tenant: usize, rule: Rule },
    Silence { tenant: usize, rule: Option<usize>, minutes: i64 },
    SilenceSome { tenant: usize, which: Alerts, minutes: i64 },
    EndSilence { tenant: usize, which: usize },
    MakeRoute { tenant: usize, which: Alerts, is_loud: bool },
    DeleteRoute { tenant: usize, which: usize },
    ChangeQuiet { tenant: usize, quiet: Option<Quiet> },
    SwitchChannel { tenant: usize, is_loud: bool, on: bool },
    Demote { tenant: usize },
    DeleteTenant { tenant: usize },
    ForgetSnapshots,
}

struct Dice(SeededEntropy);

impl Dice {
    fn below(&self, bound: u64) -> u64 {
        self.0.below(bound)
    }

    fn index(&self, bound: usize) -> usize {
        usize::try_from(self.below(bound as u64)).expect("a bound is an index")
    }

    fn chance(&self, of_hundred: u64) -> bool {
        self.below(100) < of_hundred
    }

    fn rule(&self) -> Rule {
        let watches = match self.below(5) {
            0 => Watches::ManyOffline(2, self.minutes(2)),
            1 => Watches::FewOnline(2 + self.minutes(2)),
            _ => Watches::EachOffline(self.minutes(2)),
        };
        Rule { watches, for_minutes: self.minutes(2), keep_firing: if self.chance(40) { self.minutes(3) } else { 0 } }
    }

    fn minutes(&self, most: u32) -> u32 {
        u32::try_from(self.below(u64::from(most) + 1)).expect("it is small")
    }
}

/// What goes wrong in a world besides what its people do.
#[derive(Clone, Copy)]
struct Faults {
    ticks: bool,
    queues: bool,
    store: bool,
    stream: bool,
    netbird: bool,
    receiver: bool,
    clock: bool,
}

impl Story {
    /// The story of a seed.
    pub(super) fn of(seed: u64) -> Self {
        let dice = Dice(SeededEntropy::new(seed));
        let shape = dice.index(SHAPES.len());
        let tenants = SHAPES[shape];
        let rules = tenants.iter().map(|_| (0..=dice.below(2)).map(|_| dice.rule()).collect()).collect();
        let networks = tenants.iter().map(|accounts| accounts.len()).sum();
        // Some worlds are sound; in the others each kind of fault is there or not.
        let any = dice.chance(85);
        let is = || any && dice.chance(40);
        let faults =
            Faults { ticks: is(), queues: is(), store: is(), stream: is(), netbird: is(), receiver: is(), clock: is() };
        let length = 5 + dice.index(5);
        let mut minutes: Vec<Minute> = (0..length).map(|_| minute(&dice, faults, tenants.len(), networks)).collect();
        let dice = Dice(SeededEntropy::new(seed ^ 0x7e11));
        let telling = |_: &&[usize]| Telling {
            is_named: dice.chance(50),
            is_routed: dice.chance(60),
            quiet: dice.chance(70).then(|| quiet(&dice)),
        };
        let tellings = tenants.iter().map(telling).collect();
        for minute in &mut minutes {
            if dice.chance(30) {
                minute.acts.push(of_telling(&dice, tenants.len(), networks));
            }
        }
        Self { seed, shape, rules, tellings, minutes }
    }
}

fn quiet(dice: &Dice) -> Quiet {
    Quiet { from: i64::from(dice.minutes(8)) - 2, minutes: 1 + i64::from(dice.minutes(8)) }
}

fn of_telling(dice: &Dice, tenants: usize, networks: usize) -> Act {
    let (tenant, number) = (dice.index(tenants), dice.index(16));
    let which = match dice.below(3) {
        0 => Alerts::Severe,
        1 => Alerts::InAccount(dice.index(networks)),
        _ => Alerts::OfRule(number),
    };
    match dice.below(10) {
        0..3 => Act::MakeRoute { tenant, which, is_loud: dice.chance(50) },
        3 => Act::DeleteRoute { tenant, which: number },
        4..6 => Act::ChangeQuiet { tenant, quiet: dice.chance(70).then(|| quiet(dice)) },
        6 | 7 => Act::SwitchChannel { tenant, is_loud: dice.chance(50), on: dice.chance(60) },
        _ => Act::SilenceSome { tenant, which, minutes: 1 + dice.index(8) as i64 },
    }
}

fn minute(dice: &Dice, faults: Faults, tenants: usize, networks: usize) -> Minute {
    let mut acts: Vec<Act> = (0..dice.below(3)).map(|_| of_network(dice, networks)).collect();
    acts.extend((0..dice.below(3)).map(|_| of_people(dice, tenants)));
    let mut minute = Minute { acts, copies: 1, ..Minute::default() };
    if faults.netbird && dice.chance(25) {
        minute.acts.push(of_server(dice, networks));
    }
    if faults.receiver && dice.chance(30) {
        minute.acts.push(of_receiver(dice));
    }
    if faults.clock && dice.chance(15) {
        let seconds = i64::try_from(dice.below(601)).expect("it is small") - 300;
        minute.acts.push(match dice.chance(70) {
            true => Act::Clock { seconds },
            false => Act::ServerClock { network: dice.index(networks), seconds },
        });
    }
    if faults.ticks {
        minute.tick = match dice.below(10) {
            0 => Tick::Twice,
            1 | 2 => Tick::Skipped,
            3 => Tick::Late(i64::try_from(dice.below(50)).expect("it is small")),
            4 => Tick::Backwards,
            _ => Tick::Once,
        };
    }
    if faults.store && dice.chance(50) {
        minute.trouble = [50, 200, 1_000][dice.index(3)];
    }
    minute.stalled = faults.stream && dice.chance(40);
    if faults.queues && dice.chance(40) {
        minute.copies = 2 + dice.index(2);
    }
    minute
}

fn of_network(dice: &Dice, networks: usize) -> Act {
    let (network, peers) = (dice.index(networks), dice.below(256));
    match dice.below(20) {
        0..8 => Act::Leave { network, peers },
        8..14 => Act::Return { network, peers },
        14 => Act::Cut { network, peers },
        15 | 16 => Act::Restart { network, away: peers & dice.below(256) & dice.below(256) },
        17 => Act::Add { network },
        18 => Act::Remove { network, which: dice.index(16) },
        _ => Act::ForgetSnapshots,
    }
}

fn of_people(dice: &Dice, tenants: usize) -> Act {
    let (tenant, which) = (dice.index(tenants), dice.index(16));
    match dice.below(24) {
        0..4 => Act::Acknowledge { tenant, which },
        4..7 => Act::Resolve { tenant, which },
        7..10 => Act::Suppress { tenant, which, minutes: 1 + dice.index(8) as i64 },
        10 => Act::Reopen { tenant, which },
        11..13 => Act::ChangeRule { tenant, which, rule: dice.rule() },
        13 => Act::RenameRule { tenant, which },
        14 | 15 => Act::SwitchRule { tenant, which, on: dice.chance(70) },
        16 => Act::DeleteRule { tenant, which },
        17 => Act::MakeRule { tenant, rule: dice.rule() },
        18..21 => Act::Silence { tenant, rule: dice.chance(60).then_some(which), minutes: 1 + dice.index(8) as i64 },
        21 | 22 => Act::EndSilence { tenant, which },
        _ if dice.chance(20) && tenant > 0 => Act::DeleteTenant { tenant },
        _ => Act::Demote { tenant },
    }
}

fn of_server(dice: &Dice, networks: usize) -> Act {
    let network = dice.index(networks);
    let times = 1 + u32::try_from(dice.below(3)).expect("it is small");
    let (kind, path) = match dice.below(10) {
        0 => return Act::TokenExpires { network },
        1 => return Act::Resume { network },
        2 => (FaultKind::Status { status: 429 }, None),
        3 => (FaultKind::Status { status: 500 }, None),
        4 => (FaultKind::Hang { seconds: 40 }, None),
        5 => (FaultKind::Truncate, Some("peers")),
        6 => (FaultKind::Garbage, None),
        7 | 8 => (FaultKind::Empty, Some("peers")),
        _ => (FaultKind::Half, Some("peers")),
    };
    Act::Fault { network, kind, path, times }
}

fn of_receiver(dice: &Dice) -> Act {
    if dice.chance(25) {
        return Act::MailFails {
            times: 1 + u32::try_from(dice.below(3)).expect("it is small"),
            retryable: dice.chance(80),
        };
    }
    let reply = || match dice.below(8) {
        0..3 => Reply::Status(500),
        3 => Reply::Hang,
        4 => Reply::Status(410),
        5 => Reply::RetryAfter(429, 90),
        6 => Reply::Redirect("http://169.254.169.254/latest/meta-data".into()),
        _ => Reply::Status(400),
    };
    Act::Receiver((0..=dice.below(3)).map(|_| reply()).collect())
}
