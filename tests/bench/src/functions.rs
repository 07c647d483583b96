//! The functions of the areas' templates: which artifact each runs, and which settings it gets.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_yaml_ng::Value;

/// One function.
pub(crate) struct Function {
    /// Its `Handler`: the operation or job that it serves.
    pub(crate) handler: String,
    /// Its artifact, such as `target/lambda/sync/bootstrap.zip`.
    pub(crate) artifact: PathBuf,
    /// Names of its environment variables.
    pub(crate) variables: Vec<String>,
}

impl Function {
    /// The area that its artifact is built from.
    pub(crate) fn area(&self) -> &str {
        self.artifact.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default()
    }
}

/// The functions of all templates in a folder, which is two below the repository's own.
pub(crate) fn of_areas(folder: &Path) -> Result<Vec<Function>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort();
    let of_each: Vec<Vec<Function>> = files.iter().map(|file| of_template(file)).collect::<Result<_>>()?;
    Ok(of_each.into_iter().flatten().collect())
}

fn of_template(path: &Path) -> Result<Vec<Function>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let template: Value = serde_yaml_ng::from_str(&text)?;
    let resources = template["Resources"].as_mapping().context("the template has no resources")?;
    let function = |resource: &Value| {
        let properties = resource.get("Properties")?;
        let variables = properties.get("Environment").and_then(|of| of["Variables"].as_mapping());
        let names = variables.into_iter().flat_map(|names| names.keys()).filter_map(Value::as_str);
        Some(Function {
            handler: properties.get("Handler")?.as_str()?.to_owned(),
            artifact: properties.get("Code")?.as_str()?.trim_start_matches("../../").into(),
            variables: names.map(str::to_owned).collect(),
        })
    };
    Ok(resources.values().filter_map(function).collect())
}
