//! Somebody signed in shows once more who they are, before they change what guards their account or a whole tenant: a
//! session left open on a screen is not enough for that.

use platform_core::tenancy::{PASSWORD_MAX, SignInMethod, User};
use platform_http::Problem;
use platform_http::gate::Caller;

use crate::guesses::Guess;
use crate::refusals::{self, Refused};
use crate::second_factor::CodeRefused;
use crate::{password, second_factor};
use platform_runtime::Platform;

/// Asks for the password, given in the field `pointer`. Returns the user as they are now.
pub async fn by_password(platform: &Platform, caller: &Caller, pointer: &str, given: String) -> Result<User, Problem> {
    let (user, guess) = guess(platform, caller, pointer, given).await?;
    match user.second_factor {
        None => guess.was_right(&platform.store).await?,
        // Wrong codes stay counted, or the password alone would be leave to guess at them for ever.
        Some(_) => guess.was_right_so_far(&platform.store).await?,
    }
    Ok(user)
}

/// Asks for the password, given in the field `pointer`, and for a code, in `/code`, if the user has a second factor.
///
/// Returns the user with the code used up: count `version` up and write it, conditional on the version it came with, in the
/// transaction of what it allows.
pub async fn by_password_and_code(
    platform: &Platform,
    caller: &Caller,
    pointer: &str,
    given: String,
    code: Option<&str>,
) -> Result<User, Problem> {
    let (user, guess) = guess(platform, caller, pointer, given).await?;
    let user = second_factor::check(platform, &user, code)?;
    let user = match user {
        Ok(user) => user,
        Err(refused) => {
            if refused == CodeRefused::Wrong {
                refusals::of_member(platform, caller, Refused::Code).await;
            }
            return Err(Problem::field("/code", refused.to_string()));
        }
    };
    guess.was_right(&platform.store).await?;
    Ok(user)
}

async fn guess(platform: &Platform, caller: &Caller, pointer: &str, given: String) -> Result<(User, Guess), Problem> {
    if given.len() > PASSWORD_MAX * 4 {
        return Err(Problem::field(pointer, format!("must have at most {PASSWORD_MAX} characters")));
    }
    // Whoever a tenant's provider vouches for must not guess at the password of the account, nor use up its owner's guesses.
    if caller.method != Some(SignInMethod::Password) {
        return Err(Problem::password_session_required());
    }
    let id = caller.membership.user;
    let user = platform.store.user(id).await?.ok_or_else(|| Problem::unauthenticated("the session has ended"))?;
    if user.password_hash.is_none() {
        return Err(Problem::conflict("your identity provider keeps your password; you have none here"));
    }
    let guess = Guess::at_user(platform, &user, caller).await?;
    if !password::verify(given, user.password_hash.clone()).await {
        refusals::of_member(platform, caller, Refused::Password).await;
        return Err(Problem::field(pointer, "is not your password"));
    }
    Ok((user, guess))
}
