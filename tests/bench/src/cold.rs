//! Cold starts: from the start of the process to the first response, through the Runtime API, beside a function that
//! makes one request of its own and was built alike. AWS is spoken to through TLS, as in production.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Command;

use crate::functions::{self, Function};
use crate::lambda::{Lambda, TABLE};
use crate::report::{Budget, Table, median, number};
use crate::usage;

/// Times the bare function's cold start.
const START: Budget = Budget(1.8);
const ZIPPED_MEGABYTES: Budget = Budget(4.0);
const RESIDENT_MEGABYTES: Budget = Budget(24.0);
/// How every artifact is built, the bare one too.
const BUILD: &str = "AWS_LC_SYS_NO_JITTER_ENTROPY=1 cargo lambda build --profile artifact --output-format zip";

/// A program that Lambda would run.
struct Artifact {
    program: PathBuf,
    zipped: Option<u64>,
    unzipped: u64,
}

/// One function with what was measured of it.
struct Subject<'a> {
    function: &'a Function,
    artifact: &'a Artifact,
    event: String,
    authority: String,
    starts: Vec<f64>,
    resident: f64,
    answer: String,
}

/// Measures each function so many times.
pub(crate) async fn measure(runs: usize) -> Result<Table> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let bare =
        Function { handler: "login".into(), artifact: "target/lambda/bare/bootstrap.zip".into(), variables: vec![] };
    let mut functions = functions::of_areas(&root.join("infra/areas"))?;
    functions.insert(0, bare);
    let unpacked = tempfile::tempdir()?;
    let mut artifacts = BTreeMap::new();
    for function in &functions {
        if !artifacts.contains_key(function.area()) {
            match Artifact::open(&root.join(&function.artifact), &unpacked)? {
                Some(artifact) => _ = artifacts.insert(function.area(), artifact),
                None => println!("{} is not built: {BUILD}\n", function.artifact.display()),
            }
        }
    }
    ensure!(artifacts.contains_key("bare"), "no baseline: {BUILD} --package bare");

    let lambda = Lambda::start().await?;
    let mut subjects = Vec::new();
    for function in &functions {
        let Some(artifact) = artifacts.get(function.area()) else { continue };
        let event = fs::read_to_string(root.join("events").join(format!("{}.json", function.handler)))?;
        let event = event.replace("ACCESS_TOKEN", &lambda.token);
        let authority = root.join("tests/bench/tls/root.crt").display().to_string();
        let (starts, resident, answer) = (Vec::new(), 0.0, String::new());
        subjects.push(Subject { function, artifact, event, authority, starts, resident, answer });
    }
    // In rounds, so that a slow moment of the machine touches all alike.
    for _ in 0..runs {
        for subject in &mut subjects {
            subject.start(&lambda).await?;
        }
    }
    Ok(table(&subjects, runs))
}

impl Artifact {
    /// Opens `bootstrap.zip`, or the bare `bootstrap` beside where it would be.
    fn open(zip: &Path, unpacked: &TempDir) -> Result<Option<Self>> {
        let area = zip.parent().and_then(Path::file_name).context("an artifact has a folder")?;
        let (program, zipped) = if zip.exists() {
            let folder = unpacked.path().join(area);
            let mut unzip = std::process::Command::new("python3");
            let status = unzip.args(["-m", "zipfile", "-e"]).args([zip, &folder]).status()?;
            ensure!(status.success(), "{} cannot be unpacked", zip.display());
            let program = folder.join("bootstrap");
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;
            (program, Some(fs::metadata(zip)?.len()))
        } else {
            (zip.with_extension(""), None)
        };
        if !program.exists() {
            return Ok(None);
        }
        Ok(Some(Self { unzipped: fs::metadata(&program)?.len(), program, zipped }))
    }
}

impl Subject<'_> {
    async fn start(&mut self, lambda: &Lambda) -> Result<()> {
        let mut command = Command::new(&self.artifact.program);
        command.env_clear().envs([
            ("_HANDLER", self.function.handler.as_str()),
            ("AWS_LAMBDA_RUNTIME_API", &lambda.address),
            ("AWS_LAMBDA_FUNCTION_NAME", "bench"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
            ("AWS_LAMBDA_LOG_GROUP_NAME", "bench"),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "bench"),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "bench"),
            ("AWS_SECRET_ACCESS_KEY", "bench"),
            ("AWS_ENDPOINT_URL", &lambda.aws),
            ("AWS_CA_BUNDLE", &self.authority),
        ]);
        for name in &self.function.variables {
            command.env(name, setting(name, &lambda.aws));
        }
        let answer = lambda.invoke(self.event.clone());
        let started = Instant::now();
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true).spawn()?;
        let answer = answer.await;
        let took = started.elapsed();
        let answer = answer.with_context(|| format!("cold start of {}", self.function.handler))?;
        self.resident = self.resident.max(usage::resident_megabytes(process.id().context("the function ended")?)?);
        process.kill().await?;
        self.starts.push(took.as_secs_f64() * 1e3);
        let answer: Value = serde_json::from_slice(&answer)?;
        self.answer = match (&answer["statusCode"], &answer["batchItemFailures"]) {
            (Value::Number(status), _) => status.to_string(),
            (_, Value::Array(failures)) if !failures.is_empty() => "failed".to_owned(),
            _ => "done".to_owned(),
        };
        Ok(())
    }
}

/// What the template would give for a variable.
fn setting(name: &str, aws: &str) -> String {
    match name {
        "TABLE_NAME" => TABLE.to_owned(),
        "RUST_LOG" => "info".to_owned(),
        "PUBLIC_URL" => "https://platform.example".to_owned(),
        "SENDER_ADDRESS" => "platform@platform.example".to_owned(),
        "ALLOW_PRIVATE_ADDRESSES" | "SETUP_CODE_REQUIRED" | "OPEN_SIGN_UP" => "true".to_owned(),
        "ALERT_MAILS_PER_RECIPIENT" => "40".to_owned(),
        _ if name.ends_with("_QUEUE_URL") => format!("{aws}/queue"),
        _ => format!("arn:aws:secretsmanager:us-east-1:000000000000:secret:{name}"),
    }
}

fn table(subjects: &[Subject<'_>], runs: usize) -> Table {
    let columns = [
        "Function",
        "Artifact",
        "Answer",
        "Median, ms",
        "Minimum, ms",
        "× bare",
        "Resident, MB",
        "Zipped, MB",
        "Unzipped, MB",
    ];
    let mut table = Table::new("Cold starts and artifacts", &columns);
    let bare = subjects.first().map_or(f64::NAN, |bare| median(&bare.starts));
    for (index, subject) in subjects.iter().enumerate() {
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        let start = median(&subject.starts);
        let is_bare = index == 0;
        table.row(vec![
            if is_bare { "*bare*".to_owned() } else { subject.function.handler.clone() },
            subject.function.area().to_owned(),
            subject.answer.clone(),
            number(start),
            number(subject.starts.iter().copied().fold(f64::INFINITY, f64::min)),
            if is_bare { "1".to_owned() } else { START.judge(start / bare) },
            if is_bare { number(subject.resident) } else { RESIDENT_MEGABYTES.judge(subject.resident) },
            subject.artifact.zipped.map_or("not zipped".to_owned(), |zipped| ZIPPED_MEGABYTES.judge(megabytes(zipped))),
            number(megabytes(subject.artifact.unzipped)),
        ]);
    }
    table.note(format!(
        "{runs} starts each, in rounds: process start to first response, with the table, secrets and queues answered on \
         the loopback interface, through TLS. Built by `{BUILD}`."
    ));
    table
}
