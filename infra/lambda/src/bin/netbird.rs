//! The functions of `functions/netbird`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new().endpoints(functions_netbird::endpoints()).serve()
}
