//! The functions of `functions/users`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new().endpoints(functions_users::endpoints()).secrets().serve()
}
