//! What an operation needs of its host: partitions of the table, keys, queues, and the size of its function.
//!
//! A row says it once. The function's role, settings and size in `infra/areas/` are written from it (`make template`),
//! and on a laptop and in tests the host gives the operation no more than that.

use platform_core::queue::Queue;
pub use platform_store::grants::{
    CHECK, DELETE, GET, GET_MANY, Grants, PUT, Partition, QUERY, UPDATE, Verbs, WRITE_MANY,
};

use crate::endpoint::Access;

/// As long as the API waits for a function, in seconds: for those that speak to strangers' servers or have much to do.
pub const API_TIMEOUT: u16 = 29;

/// A secret that a host gives to operations which need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Secret {
    /// Signs access tokens.
    Token,
    /// Seals what tenants entrust to the platform.
    Vault,
    /// Seals the seeds of second factors.
    SecondFactor,
    /// Whoever knows it may make the first tenant.
    Setup,
}

impl Secret {
    /// Every secret.
    pub const ALL: &[Secret] = &[Secret::Token, Secret::Vault, Secret::SecondFactor, Secret::Setup];

    /// The environment variable that tells a Lambda function where it is.
    pub const fn variable(self) -> &'static str {
        match self {
            Secret::Token => "TOKEN_SECRET_ARN",
            Secret::Vault => "VAULT_SECRET_ARN",
            Secret::SecondFactor => "SECOND_FACTOR_SECRET_ARN",
            Secret::Setup => "SETUP_SECRET_ARN",
        }
    }
}

/// What an operation does with files of tenants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FileRights {
    /// Writes them, in parts.
    pub writes: bool,
    /// Signs links to them.
    pub signs: bool,
    /// Removes one, which it knows by its name.
    pub removes: bool,
    /// Removes all of a tenant's, which it has to find first.
    pub clears: bool,
}

impl FileRights {
    /// Whether it does nothing with them.
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// What an operation needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needs {
    /// What it does to the table.
    pub grants: Grants,
    /// The secrets it uses.
    pub secrets: Vec<Secret>,
    /// The queues it puts messages into.
    pub queues: Vec<Queue>,
    /// Whether it sends mail.
    pub sends_mail: bool,
    /// Whether it sends frames over sockets, and closes them.
    pub sends_frames: bool,
    /// What it does with the files of tenants.
    pub files: FileRights,
    /// Memory of its function, in megabytes. Its share of a CPU follows from it.
    pub memory: u16,
    /// After so many seconds its function is stopped.
    pub timeout: u16,
    /// Messages that its function takes at once, if a queue triggers it.
    pub batch: u16,
    /// Seconds that messages may wait for others, so that fewer functions do the same work.
    pub gathering: u16,
    /// A number that it logs every minute, under the target `metrics`, and the most that it may be. That it is more for five
    /// minutes is an alarm, and that nothing is logged as well.
    pub watched: Option<(&'static str, u32)>,
}

/// Nothing yet, and a function of the usual size: 256 MB, 15 seconds, 10 messages at once.
pub fn needs() -> Needs {
    Needs {
        grants: Grants::default(),
        secrets: Vec::new(),
        queues: Vec::new(),
        sends_mail: false,
        sends_frames: false,
        files: FileRights::default(),
        memory: 256,
        timeout: 15,
        batch: 10,
        gathering: 0,
        watched: None,
    }
}

macro_rules! partitions {
    ($($(#[$doc:meta])* $name:ident => $partition:ident,)*) => {
        $($(#[$doc])* #[must_use] pub fn $name(mut self, verbs: Verbs) -> Self {
            self.grants.allow(Partition::$partition, verbs);
            self
        })*
    };
}

impl Needs {
    partitions! {
        /// Items of tenants, their accounts and their audit trails.
        tenant => Tenant,
        /// Users and sessions.
        user => User,
        /// Who has an address.
        email => Email,
        /// API tokens as requests find them.
        token => Token,
        /// Links of mails.
        link => Link,
        /// Sign-ups that wait.
        sign_up => SignUp,
        /// Mails that wait.
        mail => Mail,
        /// Counters of guesses and requests.
        throttle => Throttle,
        /// Whose a slug is.
        slug => Slug,
        /// Sign-ins under way at identity providers.
        sso_state => SsoState,
        /// The registry of active accounts.
        registry => Registry,
        /// The first set-up and the public keys.
        platform => Platform,
        /// Tenants and places that are being deleted.
        deleted => Deleted,
        /// Open connections.
        connection => Connection,
        /// Tenants of whom somebody watches.
        watched_tenants => Watched,
        /// Audit trails alone.
        trail => Trail,
        /// Counters of what trails take only so much of.
        limited => Limited,
    }

    /// Counts guesses, and forgets them when one was right.
    #[must_use]
    pub fn guesses(self) -> Self {
        self.throttle(GET | PUT | UPDATE | DELETE)
    }

    /// Queries the index.
    #[must_use]
    pub fn index(mut self) -> Self {
        self.grants.allow_index();
        self
    }

    /// Removes the audit trails of tenants that were deleted.
    #[must_use]
    pub fn erases_trails(mut self) -> Self {
        self.grants.allow_erasing_trails();
        self
    }

    /// Signs access tokens, and publishes the keys that verify them.
    #[must_use]
    pub fn issuer(self) -> Self {
        self.platform(QUERY | PUT | DELETE).secret(Secret::Token)
    }

    /// Seals or opens what tenants entrust to the platform.
    #[must_use]
    pub fn vault(self) -> Self {
        self.secret(Secret::Vault)
    }

    /// Checks codes of second factors.
    #[must_use]
    pub fn second_factors(self) -> Self {
        self.secret(Secret::SecondFactor)
    }

    /// Holds the code of the first set-up against what it is given.
    #[must_use]
    pub fn setup_code(self) -> Self {
        self.secret(Secret::Setup)
    }

    /// Puts messages into a queue.
    #[must_use]
    pub fn queue(mut self, queue: Queue) -> Self {
        self.queues.push(queue);
        self
    }

    /// Sends mail.
    #[must_use]
    pub fn sender(mut self) -> Self {
        self.sends_mail = true;
        self
    }

    /// Sends frames over sockets, and closes them.
    #[must_use]
    pub fn sockets(mut self) -> Self {
        self.sends_frames = true;
        self
    }

    /// Writes files of tenants, in parts.
    #[must_use]
    pub fn writes_files(mut self) -> Self {
        self.files.writes = true;
        self
    }

    /// Signs links to files of tenants.
    #[must_use]
    pub fn signs_links(mut self) -> Self {
        self.files.signs = true;
        self
    }

    /// Removes a file of a tenant.
    #[must_use]
    pub fn removes_files(mut self) -> Self {
        self.files.removes = true;
        self
    }

    /// Removes all files of a tenant.
    #[must_use]
    pub fn clears_files(mut self) -> Self {
        self.files.clears = true;
        self
    }

    /// Another size, in megabytes.
    #[must_use]
    pub fn memory(mut self, megabytes: u16) -> Self {
        self.memory = megabytes;
        self
    }

    /// Another time limit, in seconds.
    #[must_use]
    pub fn timeout(mut self, seconds: u16) -> Self {
        self.timeout = seconds;
        self
    }

    /// Another number of messages at once.
    #[must_use]
    pub fn batch(mut self, messages: u16) -> Self {
        self.batch = messages;
        self
    }

    /// Has messages wait for others, so many seconds at most.
    #[must_use]
    pub fn gathering(mut self, seconds: u16) -> Self {
        self.gathering = seconds;
        self
    }

    /// A number in its log that must not be more, or missing.
    #[must_use]
    pub fn watched(mut self, field: &'static str, most: u32) -> Self {
        self.watched = Some((field, most));
        self
    }

    /// Whether it uses a secret.
    pub fn uses(&self, secret: Secret) -> bool {
        self.secrets.contains(&secret)
    }

    fn secret(mut self, secret: Secret) -> Self {
        self.secrets.push(secret);
        self
    }
}

impl Access {
    /// What the gate reads and counts before the endpoint's own code, and writes where it refuses.
    pub fn grants(self) -> Grants {
        match self {
            Access::Public => Grants::default(),
            _ => {
                let reads = needs().platform(QUERY).tenant(GET | GET_MANY).user(GET | GET_MANY).token(UPDATE);
                reads.trail(PUT).limited(UPDATE).grants
            }
        }
    }
}
