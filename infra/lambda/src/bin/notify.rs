//! The functions of `functions/notify`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new().jobs(functions_notify::jobs()).secrets().queues().mail().serve()
}
