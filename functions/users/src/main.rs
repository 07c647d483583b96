//! The Lambda functions of this area; `_HANDLER` names the one that this process serves.

fn main() -> Result<(), platform_runtime::lambda::Error> {
    platform_runtime::lambda::serve(functions_users::endpoints(), vec![])
}
