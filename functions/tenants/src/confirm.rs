//! Asking again who it is, before something that cannot be taken back.

use platform_core::tenancy::{PASSWORD_MAX, User};
use platform_http::Problem;
use platform_http::gate::Person;
use platform_runtime::guesses::Guess;
use platform_runtime::{Platform, password};

/// Checks the caller's password. Guesses are counted as those at the sign-in are.
pub(crate) async fn confirm(platform: &Platform, person: &Person, password: String) -> Result<User, Problem> {
    if password.len() > PASSWORD_MAX * 4 {
        return Err(Problem::field("/password", format!("must have at most {PASSWORD_MAX} characters")));
    }
    let caller = &person.caller;
    let user = platform.store.user(caller.membership.user).await?;
    let user = user.ok_or_else(|| Problem::unauthenticated("the session has ended"))?;
    let Some(hash) = user.password_hash.clone() else {
        return Err(Problem::conflict("your identity provider keeps your password; only somebody with a password may"));
    };
    let guess = Guess::at_user(platform, user.id, caller.client()).await?;
    if !password::verify(password, Some(hash)).await {
        return Err(Problem::field("/password", "is wrong"));
    }
    guess.was_right(&platform.store).await?;
    Ok(user)
}
