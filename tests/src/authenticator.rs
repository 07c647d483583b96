//! The app on somebody's phone that shows codes.

use jiff::Timestamp;
use platform_core::tenancy::SecondFactor;
use platform_identity::second_factor::new_seed;
use totp_rs::{Builder, Secret};

use crate::app::TestApp;
use crate::client::Member;

/// An authenticator app, by the secret that was typed into it.
#[derive(Debug, Clone)]
pub struct Authenticator {
    /// Base32.
    pub secret: String,
}

impl Authenticator {
    /// The code at a moment.
    ///
    /// # Panics
    ///
    /// If the secret is none.
    pub fn code(&self, at: Timestamp) -> String {
        let secret = Secret::try_from_base32(&self.secret).expect("it is Base32");
        let totp = Builder::new().with_secret(secret).build().expect("it is long enough");
        totp.generate(at.as_second().unsigned_abs()).to_string()
    }
}

impl TestApp {
    /// Gives a member a second factor, without asking them.
    pub async fn plant_second_factor(&self, member: &Member) -> Authenticator {
        let store = &self.platform.store;
        let mut user = store.user(member.user).await.expect("the store answers").expect("the user is there");
        let seed = new_seed(&self.platform, &user).expect("the host has a vault");
        let (secret, enabled_at) = (seed.sealed, self.now());
        user.second_factor = Some(SecondFactor { secret, last_step: 0, recovery: Vec::new(), enabled_at });
        let mut transaction = store.transaction();
        transaction.replace_user(&mut user).expect("a user can be written");
        transaction.commit().await.expect("nobody else changes them");
        Authenticator { secret: seed.secret }
    }
}
