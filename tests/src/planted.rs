//! What tests put into the store directly: people whom the API cannot invite yet, and long lists.

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use platform_core::access::{Permission, Role};
use platform_core::alert::{Alert, AlertEvent, AlertHistory};
use platform_core::channel::{Addressee, Channel};
use platform_core::episode::Episode;
use platform_core::ids::{AccountId, AlertId, RuleId, SessionId, TenantId, UserId};
use platform_core::intent::Intent;
use platform_core::link::{Link, LinkPurpose};
use platform_core::recipient::Recipient;
use platform_core::rule::{Rule, Severity};
use platform_core::tenancy::{Membership, SignInMethod, Tenant, User};
use platform_core::testing;
use platform_identity::issuer::begin_session;
use serde_json::json;

use crate::app::TestApp;
use crate::client::{Client, Member};

/// The password that [`TestApp::set_up`] gives the owner.
pub const OWNER_PASSWORD: &str = "correct horse battery";
/// The hash of [`OWNER_PASSWORD`], by the least that Argon2 can do: every planted person has this password.
const CHEAP_HASH: &str =
    "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$COasZSyMm5hc6dqbItVb+IZaGwOa3IHiB0qT62pEreo";

impl TestApp {
    /// The first set-up, through the API: the tenant Acme Networks and its owner Ada.
    pub async fn set_up(&self) -> Member {
        let email = "ada@acme.example";
        let body = json!({ "tenantName": "Acme Networks", "name": "Ada", "email": email, "password": OWNER_PASSWORD });
        let answer = self.anybody.post("/api/setup", body).await.expect(201);
        let id = |value: &serde_json::Value| value.as_str().and_then(|id| id.parse().ok()).expect("it is an id");
        let (user, tenant) =
            (UserId::from_uuid(id(&answer["user"]["id"])), TenantId::from_uuid(id(&answer["user"]["tenantId"])));
        self.signed_in(user, tenant, email, Role::Owner).await
    }

    /// A further tenant with its owner.
    pub async fn tenant(&self, name: &str) -> Member {
        let (now, entropy) = (self.now(), self.platform.entropy.as_ref());
        let tenant = Tenant::new(TenantId::new(now, entropy), name.into(), now);
        let (user, membership) = self.person(&tenant, Role::Owner);
        let mut transaction = self.platform.store.transaction();
        transaction.create_tenant(&tenant, &user, &membership).expect("a tenant can be written");
        transaction.commit().await.expect("the tenant is new");
        self.signed_in(user.id, tenant.id, user.email.as_str(), Role::Owner).await
    }

    /// A session of a member that their tenant's identity provider began.
    pub async fn by_provider(&self, member: &Member) -> Member {
        let mut signed_in = self.sign_in(member).await;
        let store = &self.platform.store;
        let session = store.session(member.user, signed_in.session).await.expect("the store answers");
        let mut session = session.expect("the session was made just now");
        session.method = SignInMethod::Sso;
        store.replace_session(&mut session).await.expect("nobody else uses it");
        let issuer = self.platform.issuer.as_ref().expect("tests sign tokens");
        let place = store.membership(member.tenant, member.user).await.expect("the store answers");
        let role = place.expect("they are a member").role;
        let token = issuer.access_token(&session, role, self.now()).expect("tokens can be signed");
        signed_in.client = self.anybody.with_token(token);
        signed_in
    }

    /// A recipient says that they want the tenant's alerts, if they were asked.
    pub async fn want_alerts(&self, tenant: TenantId, email: &str) {
        let email = email.parse().expect("it is an address");
        let store = &self.platform.store;
        let Some(mut recipient) = store.recipient(tenant, &email).await.expect("the store answers") else { return };
        recipient.answer(true, self.now());
        let mut transaction = store.transaction();
        transaction.replace_recipient(&mut recipient).expect("a recipient can be written");
        transaction.commit().await.expect("nobody else answers");
    }

    /// A recipient of a tenant's alerts who was asked a day ago and did not answer.
    pub async fn plant_recipient(&self, tenant: TenantId, email: &str) -> Recipient {
        let asked = self.now() - SignedDuration::from_hours(24);
        let recipient = Recipient::new(tenant, email.parse().expect("it is an address"), asked);
        let mut transaction = self.platform.store.transaction();
        transaction.create_recipient(&recipient).expect("a recipient can be written");
        transaction.commit().await.expect("the recipient is new");
        recipient
    }

    /// Writes a rule over the one that is there, past the API.
    pub async fn overwrite_rule(&self, rule: &Rule) {
        self.platform.store.overwrite_rule(rule).await.expect("the store answers");
    }

    /// A further member of a member's tenant.
    pub async fn member(&self, of: &Member, role: Role) -> Member {
        let tenant =
            self.platform.store.tenant(of.tenant).await.expect("the store answers").expect("the tenant is there");
        let (user, membership) = self.person(&tenant, role);
        let mut transaction = self.platform.store.transaction();
        transaction.create_member(&user, &membership).expect("a member can be written");
        transaction.commit().await.expect("the member is new");
        self.signed_in(user.id, tenant.id, user.email.as_str(), role).await
    }

    fn person(&self, tenant: &Tenant, role: Role) -> (User, Membership) {
        let now = self.now();
        let id = UserId::new(now, self.platform.entropy.as_ref());
        let name = format!("{role} of {}", tenant.name);
        let short = id.uuid().simple().to_string().split_off(20);
        let email = format!("{role}-{short}@{}.example", tenant.name.to_lowercase().replace(' ', "-"));
        let email = email.parse().expect("it is an address");
        let user = User::new(id, email, name, Some(CHEAP_HASH.into()), now);
        let membership = Membership::new(tenant, &user, role, now);
        (user, membership)
    }

    /// A link in a mail that nobody got: its token.
    pub async fn link(&self, purpose: LinkPurpose) -> String {
        let token = URL_SAFE_NO_PAD.encode(self.platform.random::<32>());
        let hash = digest::digest(&digest::SHA256, token.as_bytes());
        let hash: String = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        let expires_at = self.now() + purpose.life();
        let mut transaction = self.platform.store.transaction();
        transaction.create_link(&hash, &Link { purpose, expires_at }).expect("a link can be written");
        transaction.commit().await.expect("the link is new");
        token
    }

    /// The same person with a session of their own, and the role that they have now.
    pub async fn sign_in(&self, member: &Member) -> Member {
        let membership = self.platform.store.membership(member.tenant, member.user).await;
        let role = membership.expect("the store answers").expect("they are a member").role;
        self.signed_in(member.user, member.tenant, &member.email, role).await
    }

    /// Begins a session without asking for the password. Its access tokens never run out.
    async fn signed_in(&self, user: UserId, tenant: TenantId, email: &str, role: Role) -> Member {
        let now = self.now();
        let id = SessionId::new(now, self.platform.entropy.as_ref());
        // Remembered, and so longer than any story.
        let session = begin_session(id, user, tenant, self.platform.random(), true, now);
        let mut transaction = self.platform.store.transaction();
        transaction.create_session(&session).expect("a session can be written");
        transaction.commit().await.expect("the session is new");
        let platform = self.platform.clone();
        let client = self.anybody.with_fresh_tokens(move || {
            let issuer = platform.issuer.as_ref().expect("the host has an issuer");
            issuer.access_token(&session, role, platform.now()).expect("claims can be signed")
        });
        Member { client, email: email.to_owned(), user, tenant, session: id }
    }

    /// Puts a user into another tenant.
    pub async fn join(&self, member: &Member, tenant: TenantId, role: Role) {
        let store = &self.platform.store;
        let (user, tenant) = (store.user(member.user).await, store.tenant(tenant).await);
        let (user, tenant) = (user.expect("the store answers"), tenant.expect("the store answers"));
        let (user, tenant) = (user.expect("they exist"), tenant.expect("it exists"));
        let mut transaction = store.transaction();
        let membership = Membership::new(&tenant, &user, role, self.now());
        transaction.create_membership(&membership).expect("a member can be written");
        transaction.commit().await.expect("they are not a member yet");
    }

    /// Gives a member another role, or switches them off or on, past the API.
    pub async fn set_role(&self, member: &Member, role: Role, active: bool) {
        let store = &self.platform.store;
        let membership = store.membership(member.tenant, member.user).await.expect("the store answers");
        let mut membership = membership.expect("they are a member");
        (membership.role, membership.active) = (role, active);
        let mut transaction = store.transaction();
        transaction.replace_member(&mut membership).expect("a member can be written");
        transaction.commit().await.expect("nobody else changes them");
    }

    /// Every item of the table, as text.
    pub fn stored(&self) -> Vec<String> {
        let items = self.database.everything().expect("the database answers");
        items.iter().map(ToString::to_string).collect()
    }

    /// An API token of a member, made through the API.
    pub async fn api_token(&self, member: &Member, scopes: &[Permission]) -> Client {
        let scopes: Vec<_> = scopes.iter().map(ToString::to_string).collect();
        let body = json!({ "name": "script", "scopes": scopes, "expiresInDays": 30 });
        let made = member.post("/api/tokens", body).await.expect(201);
        self.anybody.with_token(made["token"].as_str().expect("it is shown once"))
    }

    /// Alerts of an account, a second apart, the newest at the present moment; the last `open` are open.
    pub async fn plant_alerts(&self, of: &Member, account: &str, number: usize, open: usize) -> Vec<AlertId> {
        let account = AccountId::from_uuid(account.parse().expect("it is an id"));
        let mut ids = Vec::new();
        for n in 0..number {
            let ago = SignedDuration::from_secs((number - 1 - n) as i64);
            let at = self.now() - ago;
            let mut alert = self.alert(of.tenant, account, Severity::ALL[n % 4], at);
            alert.title = format!("Alert {n}");
            let row = alert.record(AlertEvent::Fired, at, None, None);
            self.write_new(&alert, &row).await;
            if n + open < number {
                let row = alert.resolve(None, None, at).expect("it is open");
                let mut transaction = self.platform.store.transaction();
                transaction.replace_alert(&mut alert, &row).expect("an alert can be written");
                transaction.commit().await.expect("nobody else changes it");
            }
            ids.push(alert.id);
        }
        ids
    }

    /// So many alerts of one rule that were over as soon as they fired. Returns the rule's id.
    pub async fn plant_over(&self, of: &Member, account: &str, number: usize) -> RuleId {
        let account = AccountId::from_uuid(account.parse().expect("it is an id"));
        let rule = RuleId::new(self.now(), self.platform.entropy.as_ref());
        for n in 0..number {
            let mut alert = self.alert(of.tenant, account, Severity::ALL[n % 4], self.now());
            alert.rule = rule;
            let row = alert.record(AlertEvent::Fired, self.now(), None, None);
            alert.resolve(None, None, self.now()).expect("it is open");
            self.write_new(&alert, &row).await;
        }
        rule
    }

    /// Open alerts of a severity.
    pub async fn plant_open(&self, of: &Member, account: &str, severity: Severity, number: usize) -> Vec<AlertId> {
        let account = AccountId::from_uuid(account.parse().expect("it is an id"));
        let mut ids = Vec::new();
        for n in 0..number {
            let at = self.now() + SignedDuration::from_millis(n as i64);
            let mut alert = self.alert(of.tenant, account, severity, at);
            let row = alert.record(AlertEvent::Fired, at, None, None);
            self.write_new(&alert, &row).await;
            ids.push(alert.id);
        }
        ids
    }

    /// A message by webhook about the first row of an alert's history, which was given up. Returns its id.
    pub async fn plant_given_up(&self, of: TenantId, alert: AlertId) -> String {
        let store = &self.platform.store;
        let told = store.alert(of, alert).await.ok().flatten().expect("the alert is there");
        let row = store.alert_history_row(of, alert, 0).await.ok().flatten().expect("it began");
        let mut intent =
            Intent::new(&told, &row, Addressee::own(Channel::Webhook, "hooks.example".to_owned()), self.now());
        intent.failed("the receiver answered 400 Bad Request".to_owned(), None, self.now());
        let mut transaction = store.transaction();
        transaction.create_intent(&intent).expect("an intent can be written");
        transaction.commit().await.expect("nobody told it before");
        intent.key
    }

    async fn write_new(&self, alert: &Alert, first: &AlertHistory) {
        let mut transaction = self.platform.store.transaction();
        transaction.create_alert(alert, first).expect("an alert can be written");
        if alert.status.is_active() {
            let mut episode = Episode {
                rule: alert.rule,
                account: alert.account,
                alert: alert.id,
                edition: 1,
                size: 1,
                joins: 0,
                away: ["planted".to_owned()].into(),
                back: Vec::new(),
                told_at: Some(first.at),
                suppressed_until: None,
                silence: None,
                escalation: None,
                version: 0,
            };
            transaction.write_episode(alert.tenant, &mut episode).expect("an episode can be written");
        }
        transaction.commit().await.expect("the alert is new");
    }

    fn alert(&self, tenant: TenantId, account: AccountId, severity: Severity, at: jiff::Timestamp) -> Alert {
        let entropy = self.platform.entropy.as_ref();
        let (id, rule) = (AlertId::new(at, entropy), RuleId::new(at, entropy));
        Alert { id, tenant, rule, account, severity, began_at: at, triggered_at: at, ..testing::alert() }
    }
}
