//! The functions of `functions/sync`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new().jobs(functions_sync::jobs()).secrets().queues().serve()
}
