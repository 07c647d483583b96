//! The functions of `functions/accounts`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new().endpoints(functions_accounts::endpoints()).secrets().queues().serve()
}
