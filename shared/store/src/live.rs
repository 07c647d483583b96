//! Sockets, whose they are, and what a tenant's sockets are told.
//!
//! All of it expires: it is there while somebody watches, and a while longer, for those who come back. A tenant's messages
//! are numbered one after the other, and sent by whoever has the turn to send, so that they arrive in order.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use jiff::{SignedDuration, Timestamp};
use platform_core::access::{Permission, Role};
use platform_core::ids::{SessionId, TenantId, UserId};
use platform_core::live::{ConnectionId, KEPT_FOR, LONGEST, MOST_KEPT};
use platform_core::versioned;
use serde::{Deserialize, Serialize};

use crate::operations::{Attributes, decode};
use crate::{Item, Query, Result, Store, keys};

/// How long somebody may send before the turn is another's: longer than a function lives that sends.
const TURN: SignedDuration = SignedDuration::from_secs(30);
/// How old the list of tenants may be of whom somebody watches, for those who ask about each sync.
const WATCHED_FOR: SignedDuration = SignedDuration::from_secs(30);

/// Whose a socket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Holder {
    /// The tenant.
    pub tenant: TenantId,
    /// The user.
    pub user: UserId,
    /// By which session.
    pub session: SessionId,
    /// The role that the user had when it was looked at.
    pub role: Role,
    /// The end of the token.
    pub until: Timestamp,
}

/// An open connection, as its host names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// Its name.
    pub id: ConnectionId,
    /// Since when it is open.
    pub opened_at: Timestamp,
    /// Whose it is, once it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<Holder>,
    /// The minute of the client's last message.
    #[serde(default)]
    pub minute: i64,
    /// How many it sent in that minute.
    #[serde(default)]
    pub said: u32,
    /// Counts writes.
    pub version: u64,
}

versioned!(Connection);

/// A socket as its tenant has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Socket {
    /// The connection.
    pub id: ConnectionId,
    /// Whose it is.
    #[serde(flatten)]
    pub holder: Holder,
    /// It has not been told yet that it may listen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joining: Option<Joining>,
}

/// What a socket that joins knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joining {
    /// The last message that the client has, if it was here before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<u64>,
}

/// Where a tenant's messages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Live {
    /// Where they began: a time in milliseconds, so that whatever began before is below it.
    pub began: u64,
    /// The last one.
    pub number: u64,
    /// The last one that was sent.
    pub sent: u64,
    /// Counts writes.
    pub version: u64,
}

/// A message that a tenant's sockets are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Its place.
    pub sequence: u64,
    /// What whoever is told must be allowed.
    pub needs: Permission,
    /// The message as JSON.
    pub text: String,
}

/// Tenants of whom somebody watches, as they were lately.
#[derive(Debug, Clone, Default)]
pub(crate) struct Watched(Arc<Mutex<Lately>>);

#[derive(Debug, Default)]
struct Lately {
    read_at: Option<Timestamp>,
    tenants: HashSet<TenantId>,
}

impl Watched {
    fn lock(&self) -> MutexGuard<'_, Lately> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn number(number: impl ToString + Copy) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

fn connection_item(connection: &Connection) -> Result<Item> {
    let item = Item::new(&keys::connection(&connection.id), connection)?;
    Ok(item.expiring(connection.opened_at + LONGEST))
}

impl Store {
    /// Notes a connection.
    pub async fn open_connection(&self, connection: &Connection) -> Result<()> {
        self.create(connection_item(connection)?).await
    }

    /// A connection.
    pub async fn connection(&self, id: &ConnectionId) -> Result<Option<Connection>> {
        self.get(&keys::connection(id)).await
    }

    /// Replaces a connection that must be as it was read.
    pub async fn replace_connection(&self, connection: &mut Connection) -> Result<()> {
        self.replace(connection, connection_item).await
    }

    /// Forgets a connection, and its tenant's socket if it had one.
    pub async fn forget_connection(&self, id: &ConnectionId, holder: Option<Holder>) -> Result<()> {
        if let Some(Holder { tenant, user, .. }) = holder {
            self.delete(&keys::socket(tenant, user, id)).await?;
        }
        self.delete(&keys::connection(id)).await
    }

    /// How many sockets a user has in a tenant, and how many the tenant has: no more than these are counted.
    pub async fn count_sockets(&self, tenant: TenantId, user: UserId, most: (usize, usize)) -> Result<(usize, usize)> {
        let query = |prefix: String, most| Query::of(keys::tenant_partition(tenant), prefix).limit(most).consistent();
        let (own, all) = tokio::try_join!(
            self.query_raw(query(keys::sockets_of(user), most.0)),
            self.query_raw(query(keys::SOCKET.to_owned(), most.1)),
        )?;
        Ok((own.items.len(), all.items.len()))
    }

    /// A tenant's sockets.
    pub async fn sockets(&self, tenant: TenantId) -> Result<Vec<Socket>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), keys::SOCKET).consistent()).await?.items)
    }

    /// A socket joins its tenant's: whoever sends next lets it listen.
    pub async fn join(&self, socket: &Socket) -> Result<()> {
        let Holder { tenant, user, .. } = socket.holder;
        let now = self.clock.now();
        let item = Item::new(&keys::socket(tenant, user, &socket.id), socket)?;
        self.put(item.expiring(now + LONGEST)).await?;
        let begins = number(now.as_millisecond());
        let key = keys::live(tenant);
        let joined = self.update(&key, |request| {
            request
                .update_expression(
                    "SET began = if_not_exists(began, :begins), #number = if_not_exists(#number, :begins), \
                     sent = if_not_exists(sent, :begins), #ttl = :ttl ADD version :one",
                )
                .expression_attribute_names("#number", "number")
                .expression_attribute_names("#ttl", "ttl")
                .expression_attribute_values(":begins", begins)
                .expression_attribute_values(":ttl", number((now + KEPT_FOR).as_second()))
                .expression_attribute_values(":one", number(1))
        });
        joined.await.map(drop)?;
        self.watch(tenant).await
    }

    /// Notes that somebody watches a tenant.
    async fn watch(&self, tenant: TenantId) -> Result<()> {
        let key = keys::watched(tenant);
        self.put(Item::new(&key, &WatchedTenant { tenant })?.expiring(self.clock.now() + KEPT_FOR)).await?;
        self.watched.lock().tenants.insert(tenant);
        Ok(())
    }

    /// Goes on telling a tenant's sockets: there are some.
    pub async fn keep_watching(&self, tenant: TenantId) -> Result<()> {
        let ttl = number((self.clock.now() + KEPT_FOR).as_second());
        let key = keys::live(tenant);
        let kept = self.update(&key, |request| {
            request
                .update_expression("SET #ttl = :ttl")
                .condition_expression("attribute_exists(pk)")
                .expression_attribute_names("#ttl", "ttl")
                .expression_attribute_values(":ttl", ttl)
        });
        kept.await.map(drop)?;
        self.watch(tenant).await
    }

    /// A socket's token was renewed. Whether there is such a socket.
    pub async fn renew_socket(&self, id: &ConnectionId, holder: Holder) -> Result<bool> {
        let key = keys::socket(holder.tenant, holder.user, id);
        let renewed = self.update(&key, |request| {
            request
                .update_expression("SET #until = :until, #session = :session, #role = :role")
                .condition_expression("attribute_exists(pk)")
                .expression_attribute_names("#until", "until")
                .expression_attribute_names("#session", "session")
                .expression_attribute_names("#role", "role")
                .expression_attribute_values(":until", AttributeValue::S(holder.until.to_string()))
                .expression_attribute_values(":session", AttributeValue::S(holder.session.to_string()))
                .expression_attribute_values(":role", AttributeValue::S(holder.role.name().to_owned()))
        });
        Ok(renewed.await?.is_ok())
    }

    /// A socket listens from now on.
    pub async fn joined(&self, socket: &Socket) -> Result<()> {
        let Holder { tenant, user, .. } = socket.holder;
        let key = keys::socket(tenant, user, &socket.id);
        let joined = self.update(&key, |request| {
            request.update_expression("REMOVE joining").condition_expression("attribute_exists(pk)")
        });
        joined.await.map(drop)
    }

    /// Where a tenant's messages are, if somebody watches or did so lately.
    pub async fn live(&self, tenant: TenantId) -> Result<Option<Live>> {
        self.get(&keys::live(tenant)).await
    }

    /// Tenants of whom somebody watches, or did so lately.
    pub async fn watched_tenants(&self) -> Result<Vec<TenantId>> {
        let page = self.query::<WatchedTenant>(Query::of(keys::WATCHED, "")).await?;
        Ok(page.items.into_iter().map(|watched| watched.tenant).collect())
    }

    /// Whether somebody watched a tenant half a minute ago. Asked about every sync, so it costs a read in half a minute.
    pub async fn is_watched(&self, tenant: TenantId) -> Result<bool> {
        let now = self.clock.now();
        let is_fresh = |read_at: Timestamp| now.duration_since(read_at) < WATCHED_FOR;
        if !self.watched.lock().read_at.is_some_and(is_fresh) {
            let tenants = self.watched_tenants().await?.into_iter().collect();
            *self.watched.lock() = Lately { read_at: Some(now), tenants };
        }
        Ok(self.watched.lock().tenants.contains(&tenant))
    }

    /// Gives a message its place behind the last one. Conflicts if another was faster.
    pub async fn tell(&self, tenant: TenantId, live: &Live, needs: Permission, text: String) -> Result<()> {
        let sequence = live.number + 1;
        let key = keys::told(tenant, sequence);
        let item = Item::new(&key, &Told { sequence, needs, text })?.expiring(self.clock.now() + KEPT_FOR);
        let mut transaction = self.transaction();
        transaction.create(item);
        transaction.move_live(tenant, live.number, sequence);
        transaction.commit().await
    }

    /// Takes the turn to send a tenant's messages, unless somebody has it.
    pub async fn take_turn(&self, tenant: TenantId) -> Result<Option<Live>> {
        let now = self.clock.now();
        let key = keys::live(tenant);
        let taken = self.update(&key, |request| {
            request
                .update_expression("SET turn = :turn ADD version :one")
                .condition_expression("attribute_exists(pk) AND (attribute_not_exists(turn) OR turn < :now)")
                .expression_attribute_values(":turn", number((now + TURN).as_millisecond()))
                .expression_attribute_values(":now", number(now.as_millisecond()))
                .expression_attribute_values(":one", number(1))
                .return_values(ReturnValue::AllNew)
        });
        taken.await?.ok().map(decode).transpose()
    }

    /// Ends the turn, having sent up to here. Whether it ended: not if something came meanwhile, unless it is to end anyway.
    pub async fn end_turn(&self, tenant: TenantId, live: &Live, anyway: bool) -> Result<bool> {
        let key = keys::live(tenant);
        let ended = self.update(&key, |request: UpdateItemFluentBuilder| {
            let condition = if anyway { "attribute_exists(pk)" } else { "version = :seen" };
            let request = request
                .update_expression("SET sent = :sent REMOVE turn ADD version :one")
                .condition_expression(condition)
                .expression_attribute_values(":sent", number(live.sent))
                .expression_attribute_values(":one", number(1));
            match anyway {
                true => request,
                false => request.expression_attribute_values(":seen", number(live.version)),
            }
        });
        Ok(ended.await?.is_ok())
    }

    /// Messages of a tenant after one and up to another, as far as they are kept.
    pub async fn told(&self, tenant: TenantId, after: u64, last: u64) -> Result<Vec<Told>> {
        if after >= last {
            return Ok(Vec::new());
        }
        let first = keys::told_sort(after.max(last.saturating_sub(MOST_KEPT)) + 1);
        let query = Query::of(keys::tenant_partition(tenant), first).until(keys::told_sort(last)).consistent();
        Ok(self.query(query).await?.items)
    }
}

/// A tenant of whom somebody watches.
#[derive(Debug, Serialize, Deserialize)]
struct WatchedTenant {
    tenant: TenantId,
}

impl crate::Transaction<'_> {
    /// Moves a tenant's messages on by one.
    fn move_live(&mut self, tenant: TenantId, from: u64, to: u64) {
        let values: Attributes =
            [(":from", from), (":to", to), (":one", 1)].map(|(name, value)| (name.to_owned(), number(value))).into();
        self.update(&keys::live(tenant), "SET #number = :to ADD version :one", "#number = :from", &["number"], values);
    }
}
