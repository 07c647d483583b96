//! Channels of tenants.

use platform_core::channel::Route;
use platform_core::ids::{ChannelId, RuleId, TenantId};
use platform_core::tenant_channel::{OwnTrouble, TenantChannel, Trouble};

use crate::keys::Key;
use crate::operations::decode;
use crate::{Item, Query, Result, Store, Transaction, keys};

fn item(channel: &TenantChannel) -> Result<Item> {
    Item::new(&keys::channel(channel.tenant, channel.id), channel)
}

impl Transaction<'_> {
    /// Makes a channel.
    pub fn create_channel(&mut self, channel: &TenantChannel) -> Result<()> {
        self.create(item(channel)?);
        Ok(())
    }

    /// Replaces a channel that must be as it was read.
    pub fn replace_channel(&mut self, channel: &mut TenantChannel) -> Result<()> {
        self.replace(channel, item)
    }

    /// Removes a channel, which must be as it was read.
    pub fn remove_channel(&mut self, channel: &TenantChannel) {
        self.take_at(&keys::channel(channel.tenant, channel.id), channel.version);
    }

    /// The channel must be there.
    pub fn require_channel(&mut self, tenant: TenantId, channel: ChannelId) {
        self.require(&keys::channel(tenant, channel));
    }
}

impl Store {
    /// A tenant's channels, oldest first.
    pub async fn channels(&self, tenant: TenantId) -> Result<Vec<TenantChannel>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), keys::CHANNEL).consistent()).await?.items)
    }

    /// A channel.
    pub async fn channel(&self, tenant: TenantId, channel: ChannelId) -> Result<Option<TenantChannel>> {
        self.get(&keys::channel(tenant, channel)).await
    }

    /// The troubles of a tenant's channels.
    pub async fn troubles(&self, tenant: TenantId) -> Result<Vec<Trouble>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), keys::TROUBLE)).await?.items)
    }

    /// The trouble of a channel, if it is in any.
    pub async fn trouble(&self, tenant: TenantId, channel: ChannelId) -> Result<Option<Trouble>> {
        self.get(&keys::trouble(tenant, channel)).await
    }

    /// Notes that sending by a channel fails.
    pub async fn note_trouble(&self, tenant: TenantId, trouble: &Trouble) -> Result<()> {
        let item = Item::new(&keys::trouble(tenant, trouble.channel), trouble)?;
        self.put(item.expiring(trouble.since + Trouble::KEPT)).await
    }

    /// Sending by a channel works.
    pub async fn forget_trouble(&self, tenant: TenantId, channel: ChannelId) -> Result<()> {
        self.delete(&keys::trouble(tenant, channel)).await
    }

    /// The troubles of a rule's own channels.
    pub async fn own_troubles(&self, tenant: TenantId, rule: RuleId) -> Result<Vec<OwnTrouble>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), keys::own_troubles(rule))).await?.items)
    }

    /// The trouble of a channel of a rule's own, if it is in any.
    pub async fn own_trouble(&self, tenant: TenantId, rule: RuleId, by: Route) -> Result<Option<OwnTrouble>> {
        self.get(&keys::own_trouble(tenant, rule, by)).await
    }

    /// Notes that sending by a channel of a rule's own fails.
    pub async fn note_own_trouble(&self, tenant: TenantId, trouble: &OwnTrouble) -> Result<()> {
        let item = Item::new(&keys::own_trouble(tenant, trouble.rule, trouble.by), trouble)?;
        self.put(item.expiring(trouble.since + Trouble::KEPT)).await
    }

    /// Sending by a channel of a rule's own works.
    pub async fn forget_own_trouble(&self, tenant: TenantId, rule: RuleId, by: Route) -> Result<()> {
        self.delete(&keys::own_trouble(tenant, rule, by)).await
    }

    /// Those of these channels that there are, in the order given.
    pub async fn channels_by_id(&self, tenant: TenantId, ids: &[ChannelId]) -> Result<Vec<TenantChannel>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let keys: Vec<Key> = ids.iter().map(|id| keys::channel(tenant, *id)).collect();
        let read = self.get_many_raw(&keys).await?.into_iter().map(decode);
        let mut channels: Vec<TenantChannel> = read.collect::<Result<_>>()?;
        channels.sort_by_key(|channel| ids.iter().position(|id| *id == channel.id));
        Ok(channels)
    }
}
