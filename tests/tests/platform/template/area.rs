//! The nested template of one area, written from its rows.

use std::fmt::Write as _;

use platform_core::queue::Queue;
use platform_http::Access;
use platform_http::needs::{FileRights, Grants, Needs, Secret};
use platform_local::Area;
use platform_runtime::job::Trigger;
use platform_runtime::sockets::Step;
use platform_runtime::{Endpoint, Job};
use platform_store::feed::Interest;

use super::table_access::{Statement, statements};
use super::{logical, method};

/// What a nested template is told by the root, and how the root says it.
struct Parameter {
    name: &'static str,
    kind: &'static str,
    description: &'static str,
    /// The value in the root template.
    value: &'static str,
}

const fn parameter(
    name: &'static str,
    kind: &'static str,
    description: &'static str,
    value: &'static str,
) -> Parameter {
    Parameter { name, kind, description, value }
}

/// Every parameter; a template has those that it names.
const PARAMETERS: &[Parameter] = &[
    parameter("Functions", "String", "What the functions' names begin with", "!Ref AWS::StackName"),
    parameter("Architecture", "String", "The processor that the artifacts are built for", "!Ref Architecture"),
    parameter("LogLevel", "String", "The least that is logged", "!Ref LogLevel"),
    parameter("LogRetentionDays", "Number", "How long logs are kept", "!Ref LogRetentionDays"),
    parameter("AlarmTopic", "String", "Is told when an operation fails", "!Ref AlarmTopic"),
    parameter("TableName", "String", "The table", "!Ref Table"),
    parameter("TableArn", "String", "The table", "!GetAtt Table.Arn"),
    parameter("TableStream", "String", "What is put into the table", "!GetAtt Table.StreamArn"),
    parameter("PublicUrl", "String", "Where the web app is", "!GetAtt Web.Outputs.Url"),
    parameter("OpenSignUp", "String", "Whether anybody may sign up a tenant", "!Ref OpenSignUp"),
    parameter(
        "AllowPrivateAddresses",
        "String",
        "Whether webhooks and NetBird servers may have private addresses",
        "!Ref AllowPrivateAddresses",
    ),
    parameter(
        "AlertMailsPerRecipient",
        "String",
        "Messages about alerts that one recipient gets from one tenant in an hour",
        "!Ref AlertMailsPerRecipient",
    ),
    parameter("Api", "String", "The HTTP API", "!GetAtt HttpApi.Outputs.Api"),
    parameter("InvokeRole", "String", "By which the API runs functions", "!GetAtt HttpApi.Outputs.InvokeRole"),
    parameter(
        "OriginSecret",
        "String",
        "By which a request shows that it came through CloudFront",
        "!Ref OriginSecret",
    ),
    parameter("TokenSecret", "String", "Signs access tokens", "!GetAtt TokenSecret.Id"),
    parameter("VaultSecret", "String", "Seals what tenants entrust to the platform", "!GetAtt VaultSecret.Id"),
    parameter("SecondFactorSecret", "String", "Seals the seeds of second factors", "!GetAtt SecondFactorSecret.Id"),
    parameter("SetupSecret", "String", "Whoever knows it may make the first tenant", "!GetAtt SetupSecret.Id"),
    parameter("SyncQueueUrl", "String", "Accounts to sync", "!Ref SyncQueue"),
    parameter("SyncQueueArn", "String", "Accounts to sync", "!GetAtt SyncQueue.Arn"),
    parameter("EvaluateQueueUrl", "String", "Accounts to evaluate", "!Ref EvaluateQueue"),
    parameter("EvaluateQueueArn", "String", "Accounts to evaluate", "!GetAtt EvaluateQueue.Arn"),
    parameter("WebhookQueueUrl", "String", "Webhooks to send", "!Ref WebhookQueue"),
    parameter("WebhookQueueArn", "String", "Webhooks to send", "!GetAtt WebhookQueue.Arn"),
    parameter("AlertMailQueueUrl", "String", "Alerts to mail", "!Ref AlertMailQueue"),
    parameter("AlertMailQueueArn", "String", "Alerts to mail", "!GetAtt AlertMailQueue.Arn"),
    parameter("MailQueueUrl", "String", "Mails about accounts", "!Ref MailQueue"),
    parameter("MailQueueArn", "String", "Mails about accounts", "!GetAtt MailQueue.Arn"),
    parameter("LiveQueueUrl", "String", "What open pages are to be told", "!Ref LiveQueue"),
    parameter("LiveQueueArn", "String", "What open pages are to be told", "!GetAtt LiveQueue.Arn"),
    parameter("ExportQueueUrl", "String", "Exports of audit trails to write", "!Ref ExportQueue"),
    parameter("ExportQueueArn", "String", "Exports of audit trails to write", "!GetAtt ExportQueue.Arn"),
    parameter("FilesBucket", "String", "Keeps files of tenants", "!Ref FilesBucket"),
    parameter("FilesArn", "String", "Keeps files of tenants", "!GetAtt FilesBucket.Arn"),
    parameter("LiveApi", "String", "The WebSocket API", "!GetAtt HttpApi.Outputs.LiveApi"),
    parameter("LiveEndpoint", "String", "Takes frames for sockets", "!GetAtt HttpApi.Outputs.LiveEndpoint"),
    parameter("RelayDeadLetters", "String", "What of the stream nobody could handle", "!GetAtt RelayDeadLetters.Arn"),
    parameter("ScheduleDeadLetters", "String", "Ticks that reached nobody", "!GetAtt ScheduleDeadLetters.Arn"),
    parameter("SyncConcurrency", "Number", "Functions at the same time, at most", "!Ref SyncConcurrency"),
    parameter("EvaluateConcurrency", "Number", "Functions at the same time, at most", "!Ref EvaluateConcurrency"),
    parameter("WebhookConcurrency", "Number", "Functions at the same time, at most", "!Ref WebhookConcurrency"),
    parameter("AlertMailConcurrency", "Number", "Functions at the same time, at most", "!Ref AlertMailConcurrency"),
    parameter("MailConcurrency", "Number", "Functions at the same time, at most", "!Ref MailConcurrency"),
    parameter("LiveConcurrency", "Number", "Functions at the same time, at most", "!Ref LiveConcurrency"),
    parameter("ExportConcurrency", "Number", "Functions at the same time, at most", "!Ref ExportConcurrency"),
    parameter("SenderAddress", "String", "Mail comes from this address", "!Ref SenderAddress"),
];

/// The names of a queue, a secret, in templates.
fn queue_name(queue: Queue) -> &'static str {
    match queue {
        Queue::Sync => "Sync",
        Queue::Evaluate => "Evaluate",
        Queue::Webhook => "Webhook",
        Queue::AlertMail => "AlertMail",
        Queue::Mail => "Mail",
        Queue::Live => "Live",
        Queue::Export => "Export",
    }
}

fn secret_name(secret: Secret) -> &'static str {
    match secret {
        Secret::Token => "TokenSecret",
        Secret::Vault => "VaultSecret",
        Secret::SecondFactor => "SecondFactorSecret",
        Secret::Setup => "SetupSecret",
    }
}

/// What a function is for.
enum Cause<'a> {
    Request(&'a Endpoint),
    Trigger(&'a Trigger),
}

/// One operation, as the template needs it.
struct Operation<'a> {
    area: &'a str,
    name: &'a str,
    needs: &'a Needs,
    grants: Grants,
    cause: Cause<'a>,
}

impl<'a> Operation<'a> {
    fn of_endpoint(area: &'a str, endpoint: &'a Endpoint) -> Self {
        let (name, needs, grants) = (&endpoint.operation_id, &endpoint.needs, endpoint.grants());
        Self { area, name, needs, grants, cause: Cause::Request(endpoint) }
    }

    fn of_job(area: &'a str, job: &'a Job) -> Self {
        let grants = job.needs.grants.clone();
        Self { area, name: job.name, needs: &job.needs, grants, cause: Cause::Trigger(&job.trigger) }
    }

    /// `AcknowledgeAlert` is the logical name of `acknowledgeAlert`.
    fn logical(&self) -> String {
        logical(self.name)
    }

    fn write(&self, out: &mut String) {
        let why = match &self.cause {
            Cause::Request(endpoint) => {
                let public = if endpoint.access == Access::Public { ", for everybody" } else { "" };
                format!("{} {}{public}", method(endpoint), endpoint.path)
            }
            Cause::Trigger(Trigger::Schedule(_)) => "every minute".into(),
            Cause::Trigger(Trigger::Queue(queue, _)) => format!("the queue {}", queue.name()),
            Cause::Trigger(Trigger::Change(..)) => "changes of the table".into(),
            Cause::Trigger(Trigger::Socket(step, _)) => format!("{} of sockets", step.route()),
        };
        line(out, 0, "");
        line(out, 2, &format!("# {}: {why}", self.name));
        line(out, 0, "");
        self.write_role(out);
        self.write_function(out);
        self.write_watch(out);
        match &self.cause {
            Cause::Request(endpoint) => self.write_route(out, endpoint),
            Cause::Trigger(Trigger::Schedule(_)) => self.write_schedule(out),
            Cause::Trigger(Trigger::Queue(queue, _)) => self.write_queue_source(out, *queue),
            Cause::Trigger(Trigger::Change(interest, _)) => self.write_stream_source(out, interest),
            Cause::Trigger(Trigger::Socket(step, _)) => self.write_socket_route(out, *step),
        }
    }

    fn write_role(&self, out: &mut String) {
        let name = self.logical();
        lines(out, 2, &format!("{name}Role:\n  Type: AWS::IAM::Role\n  Properties:"));
        lines(out, 6, &assumed_by("lambda"));
        lines(
            out,
            6,
            "Policies:\n  - PolicyName: Operation\n    PolicyDocument:\n      Version: \"2012-10-17\"\n      Statement:",
        );
        let mut state = |effect: &str, actions: &str, resource: &str, condition: Option<&str>| {
            let mut statement = format!("- Effect: {effect}\n  Action: {actions}\n  Resource: {resource}");
            if let Some(condition) = condition {
                write!(statement, "\n  Condition: {condition}").unwrap();
            }
            lines(out, 14, &statement);
        };
        // By name, so that the role may be made before the log group: no function runs before both are there.
        let logs = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda";
        state(
            "Allow",
            "[logs:CreateLogStream, logs:PutLogEvents]",
            &format!("!Sub {logs}/${{Functions}}-{name}:*"),
            None,
        );
        for Statement { effect, actions, condition } in statements(&self.grants) {
            state(effect, &list(&actions), "!Ref TableArn", Some(&condition));
        }
        let mut allow =
            |actions: &str, resource: &str, condition: Option<&str>| state("Allow", actions, resource, condition);
        if self.grants.has_index() {
            allow("dynamodb:Query", "!Sub ${TableArn}/index/index1", None);
        }
        let secrets: Vec<String> =
            self.needs.secrets.iter().map(|secret| format!("!Ref {}", secret_name(*secret))).collect();
        if !secrets.is_empty() {
            allow("secretsmanager:GetSecretValue", &list(&secrets), None);
        }
        let mut queues: Vec<String> =
            self.needs.queues.iter().map(|queue| format!("!Ref {}QueueArn", queue_name(*queue))).collect();
        match self.cause {
            Cause::Trigger(Trigger::Queue(queue, _)) => {
                let source = format!("!Ref {}QueueArn", queue_name(*queue));
                allow("[sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes]", &source, None);
            }
            Cause::Trigger(Trigger::Change(..)) => {
                let actions = "dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator";
                allow(&format!("[{actions}, dynamodb:ListStreams]"), "!Ref TableStream", None);
                queues.push("!Ref RelayDeadLetters".into());
            }
            _ => {}
        }
        if !queues.is_empty() {
            allow("sqs:SendMessage", &list(&queues), None);
        }
        if self.needs.sends_frames {
            let stage = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${LiveApi}/ws";
            let connections = ["POST", "DELETE"].map(|method| format!("!Sub \"{stage}/{method}/@connections/*\""));
            allow("execute-api:ManageConnections", &list(&connections), None);
        }
        let FileRights { writes, signs, removes, clears } = self.needs.files;
        let object_actions = [
            (writes, "s3:PutObject"),
            (signs, "s3:GetObject"),
            (removes || clears, "s3:DeleteObject"),
            (writes || removes || clears, "s3:AbortMultipartUpload"),
        ];
        let actions: Vec<String> =
            object_actions.iter().filter(|(is_granted, _)| *is_granted).map(|(_, name)| (*name).to_owned()).collect();
        if !actions.is_empty() {
            allow(&list(&actions), "!Sub ${FilesArn}/tenants/*", None);
        }
        if clears {
            allow("s3:ListBucket", "!Ref FilesArn", Some("{ StringLike: { s3:prefix: [tenants/*] } }"));
        }
        if self.needs.sends_mail {
            // Any identity: while SES keeps an account in its sandbox, it asks for the right to the recipient's as well.
            let identities = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/*";
            let sender = "{ StringEquals: { ses:FromAddress: !Ref SenderAddress } }";
            allow("ses:SendRawEmail", &format!("!Sub {identities}"), Some(sender));
        }
    }

    fn write_function(&self, out: &mut String) {
        let name = self.logical();
        let Needs { memory, timeout, .. } = self.needs;
        lines(
            out,
            2,
            &format!(
                "{name}Function:\n  Type: AWS::Lambda::Function\n  DependsOn: {name}Logs\n  Properties:\n    \
                 FunctionName: !Sub ${{Functions}}-{name}\n    Runtime: provided.al2023\n    Architectures: [!Ref \
                 Architecture]\n    Handler: {}\n    Code: ../../target/lambda/{}/bootstrap.zip\n    Role: !GetAtt \
                 {name}Role.Arn\n    MemorySize: {memory}\n    Timeout: {timeout}\n    Environment:\n      Variables:",
                self.name, self.area
            ),
        );
        let mut variable = |name: &str, value: &str| line(out, 10, &format!("{name}: {value}"));
        variable("RUST_LOG", "!Sub \"${LogLevel},metrics=info\"");
        variable("TABLE_NAME", "!Ref TableName");
        variable("PUBLIC_URL", "!Ref PublicUrl");
        variable("ALLOW_PRIVATE_ADDRESSES", "!Ref AllowPrivateAddresses");
        variable("ALERT_MAILS_PER_RECIPIENT", "!Ref AlertMailsPerRecipient");
        if let Cause::Request(_) = self.cause {
            variable("OPEN_SIGN_UP", "!Ref OpenSignUp");
            variable("SETUP_CODE_REQUIRED", "\"true\"");
        }
        if let Cause::Request(_) | Cause::Trigger(Trigger::Socket(Step::Connect, _)) = self.cause {
            // With the settings, not read: that would cost every cold start a call.
            variable("ORIGIN_SECRET", "!Sub \"{{resolve:secretsmanager:${OriginSecret}}}\"");
        }
        if self.needs.sends_frames {
            variable("LIVE_ENDPOINT", "!Ref LiveEndpoint");
        }
        for secret in &self.needs.secrets {
            variable(secret.variable(), &format!("!Ref {}", secret_name(*secret)));
        }
        for queue in &self.needs.queues {
            variable(queue.variable(), &format!("!Ref {}QueueUrl", queue_name(*queue)));
        }
        if !self.needs.files.is_nothing() {
            variable("FILES_BUCKET", "!Ref FilesBucket");
        }
        if self.needs.sends_mail {
            variable("SENDER_ADDRESS", "!Ref SenderAddress");
        }
    }

    fn write_watch(&self, out: &mut String) {
        let name = self.logical();
        lines(
            out,
            2,
            &format!(
                "{name}Logs:\n  Type: AWS::Logs::LogGroup\n  Properties:\n    LogGroupName: !Sub \
                 /aws/lambda/${{Functions}}-{name}\n    RetentionInDays: !Ref LogRetentionDays"
            ),
        );
        // Of requests that fail the API's own alarm tells, for all endpoints together: one each would cost more than they do.
        if let Cause::Trigger(_) = self.cause {
            let failing = format!("{name} failed in each of the last three minutes");
            self.write_alarm(out, &format!("{name}Errors"), &failing, ("Errors", "Sum"), 1);
        }
        if self.needs.sends_mail {
            // The identity is not confirmed, the account in its sandbox or paused.
            let pattern = "{ $.message = \"mail is held back by SES\" }";
            let what = format!("SES holds mail back; the log of {name} says what is to be done");
            self.write_log_alarm(out, "Held", (pattern, "1"), &what, (1, 1), "notBreaching");
        }
        if let Some((field, most)) = self.needs.watched {
            let pattern = format!("{{ $.{field} >= 0 }}");
            let what = format!("For five minutes {field} has been over {most}, or {name} has not told it");
            self.write_log_alarm(out, "Watch", (&pattern, &format!("$.{field}")), &what, (5, most), "breaching");
        }
    }

    /// An alarm on a number in the function's log: at or over a threshold for so many minutes.
    fn write_log_alarm(
        &self,
        out: &mut String,
        kind: &str,
        (pattern, value): (&str, &str),
        what: &str,
        (minutes, threshold): (u32, u32),
        missing: &str,
    ) {
        let name = self.logical();
        let id = format!("{name}{kind}");
        lines(
            out,
            2,
            &format!(
                "{id}Metric:\n  Type: AWS::Logs::MetricFilter\n  Properties:\n    LogGroupName: !Ref {name}Logs\n    \
                 FilterPattern: '{pattern}'\n    MetricTransformations: [{{ MetricNamespace: !Ref Functions, MetricName: \
                 {id}, MetricValue: \"{value}\" }}]\n{id}:\n  Type: AWS::CloudWatch::Alarm\n  Properties:\n    \
                 AlarmDescription: \"{what}\"\n    Namespace: !Ref Functions\n    MetricName: {id}\n    Statistic: \
                 Maximum\n    Period: 60\n    EvaluationPeriods: {minutes}\n    Threshold: {threshold}\n    \
                 ComparisonOperator: GreaterThanOrEqualToThreshold\n    TreatMissingData: {missing}\n    AlarmActions: \
                 [!Ref AlarmTopic]"
            ),
        );
    }

    /// An alarm when a metric of the function is at or over a number for three minutes.
    fn write_alarm(&self, out: &mut String, id: &str, what: &str, (metric, statistic): (&str, &str), least: u32) {
        let name = self.logical();
        lines(
            out,
            2,
            &format!(
                "{id}:\n  Type: AWS::CloudWatch::Alarm\n  Properties:\n    AlarmDescription: {what}\n    Namespace: \
                 AWS/Lambda\n    MetricName: {metric}\n    Dimensions: [{{ Name: FunctionName, Value: !Sub \
                 \"${{Functions}}-{name}\" }}]\n    Statistic: {statistic}\n    Period: 60\n    EvaluationPeriods: \
                 3\n    Threshold: {least}\n    ComparisonOperator: GreaterThanOrEqualToThreshold\n    \
                 TreatMissingData: notBreaching\n    AlarmActions: [!Ref AlarmTopic]"
            ),
        );
    }

    fn write_route(&self, out: &mut String, endpoint: &Endpoint) {
        let name = self.logical();
        lines(
            out,
            2,
            &format!(
                "{name}Integration:\n  Type: AWS::ApiGatewayV2::Integration\n  Properties:\n    ApiId: !Ref Api\n    \
                 IntegrationType: AWS_PROXY\n    IntegrationUri: !GetAtt {name}Function.Arn\n    CredentialsArn: !Ref \
                 InvokeRole\n    PayloadFormatVersion: \"2.0\"\n{name}Route:\n  Type: AWS::ApiGatewayV2::Route\n  \
                 Properties:\n    ApiId: !Ref Api\n    RouteKey: \"{} {}\"\n    AuthorizationType: NONE # the function \
                 checks the token and the permission\n    Target: !Sub integrations/${{{name}Integration}}",
                method(endpoint),
                endpoint.path
            ),
        );
    }

    fn write_socket_route(&self, out: &mut String, step: Step) {
        let name = self.logical();
        lines(
            out,
            2,
            &format!(
                "{name}Integration:\n  Type: AWS::ApiGatewayV2::Integration\n  Properties:\n    ApiId: !Ref LiveApi\n    \
                 IntegrationType: AWS_PROXY\n    IntegrationUri: !Sub \
                 arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{name}Function.Arn}}/invocations\n    \
                 CredentialsArn: !Ref InvokeRole\n{name}Route:\n  Type: AWS::ApiGatewayV2::Route\n  Properties:\n    \
                 ApiId: !Ref LiveApi\n    RouteKey: {}\n    AuthorizationType: NONE # the first message brings the \
                 token\n    Target: !Sub integrations/${{{name}Integration}}",
                step.route()
            ),
        );
    }

    fn write_schedule(&self, out: &mut String) {
        let name = self.logical();
        lines(out, 2, &format!("{name}TickRole:\n  Type: AWS::IAM::Role\n  Properties:"));
        lines(out, 6, &assumed_by("scheduler"));
        lines(
            out,
            6,
            &format!(
                "Policies:\n  - PolicyName: Tick\n    PolicyDocument:\n      Version: \"2012-10-17\"\n      \
                 Statement:\n        - {{ Effect: Allow, Action: lambda:InvokeFunction, Resource: !GetAtt \
                 {name}Function.Arn }}\n        - {{ Effect: Allow, Action: sqs:SendMessage, Resource: !Ref \
                 ScheduleDeadLetters }}"
            ),
        );
        lines(
            out,
            2,
            &format!(
                "{name}Tick:\n  Type: AWS::Scheduler::Schedule\n  Properties:\n    Name: !Sub ${{Functions}}-{name}\n    \
                 ScheduleExpression: rate(1 minute)\n    FlexibleTimeWindow: {{ Mode: \"OFF\" }}\n    Target:\n      \
                 Arn: !GetAtt {name}Function.Arn\n      RoleArn: !GetAtt {name}TickRole.Arn\n      RetryPolicy: {{ \
                 MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60 }}\n      DeadLetterConfig: {{ Arn: !Ref \
                 ScheduleDeadLetters }}\n{name}Tries:\n  Type: AWS::Lambda::EventInvokeConfig\n  Properties:\n    \
                 FunctionName: !Ref {name}Function\n    Qualifier: $LATEST\n    MaximumRetryAttempts: 0 # the next \
                 tick does it\n    MaximumEventAgeInSeconds: 60"
            ),
        );
    }

    fn write_queue_source(&self, out: &mut String, queue: Queue) {
        let (name, queue, Needs { batch, gathering, .. }) = (self.logical(), queue_name(queue), self.needs);
        let window = match *gathering {
            0 => String::new(),
            seconds => format!("    MaximumBatchingWindowInSeconds: {seconds}\n"),
        };
        lines(
            out,
            2,
            &format!(
                "{name}Source:\n  Type: AWS::Lambda::EventSourceMapping\n  Properties:\n    FunctionName: !Ref \
                 {name}Function\n    EventSourceArn: !Ref {queue}QueueArn\n    BatchSize: {batch}\n\
                 {window}    FunctionResponseTypes: [ReportBatchItemFailures]\n    ScalingConfig: {{ MaximumConcurrency: !Ref \
                 {queue}Concurrency }}"
            ),
        );
    }

    fn write_stream_source(&self, out: &mut String, interest: &Interest) {
        let name = self.logical();
        let filters = interest.patterns().into_iter();
        let filters: String = filters.map(|filter| format!("        - Pattern: '{filter}'\n")).collect();
        lines(
            out,
            2,
            &format!(
                "{name}Source:\n  Type: AWS::Lambda::EventSourceMapping\n  Properties:\n    FunctionName: !Ref \
                 {name}Function\n    EventSourceArn: !Ref TableStream\n    StartingPosition: TRIM_HORIZON\n    \
                 BatchSize: 100\n    FilterCriteria:\n      Filters:\n{filters}    \
                 FunctionResponseTypes: [ReportBatchItemFailures]\n    BisectBatchOnFunctionError: true\n    \
                 MaximumRetryAttempts: 10\n    MaximumRecordAgeInSeconds: 3600\n    DestinationConfig: {{ OnFailure: \
                 {{ Destination: !Ref RelayDeadLetters }} }}"
            ),
        );
        let late = format!("{name} is five minutes behind the table");
        self.write_alarm(out, &format!("{name}Lag"), &late, ("IteratorAge", "Maximum"), 300_000);
    }
}

/// One thing as it is, several as a list.
fn list(items: &[String]) -> String {
    match items {
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    }
}

fn assumed_by(service: &str) -> String {
    format!(
        "AssumeRolePolicyDocument:\n  Version: \"2012-10-17\"\n  Statement: [{{ Effect: Allow, Principal: {{ Service: \
         {service}.amazonaws.com }}, Action: sts:AssumeRole }}]"
    )
}

fn line(out: &mut String, indent: usize, text: &str) {
    if !text.is_empty() {
        out.extend(std::iter::repeat_n(' ', indent));
    }
    out.push_str(text);
    out.push('\n');
}

fn lines(out: &mut String, indent: usize, text: &str) {
    text.lines().for_each(|text| line(out, indent, text));
}

/// The parameters that a template names.
fn named_in(resources: &str) -> impl Iterator<Item = &'static Parameter> {
    PARAMETERS.iter().filter(move |parameter| {
        let name = parameter.name;
        resources.contains(&format!("!Ref {name}\n"))
            || [",", "]", " }"].iter().any(|end| resources.contains(&format!("!Ref {name}{end}")))
            || resources.contains(&format!("${{{name}}}"))
    })
}

fn resources(area: &Area) -> String {
    let mut out = String::new();
    for endpoint in &area.endpoints {
        Operation::of_endpoint(area.name, endpoint).write(&mut out);
    }
    for job in &area.jobs {
        Operation::of_job(area.name, job).write(&mut out);
    }
    out
}

/// The area's template.
pub(super) fn template(area: &Area) -> String {
    let resources = resources(area);
    let mut out = format!(
        "# Written from the rows of functions/{} by `make template`.\nAWSTemplateFormatVersion: \"2010-09-09\"\nDescription: \
         The functions of {}, each with its role, log, alarm and cause.\n\nParameters:\n",
        area.name, area.name
    );
    for parameter in named_in(&resources) {
        let Parameter { name, kind, description, .. } = parameter;
        line(&mut out, 2, &format!("{name}: {{ Type: {kind}, Description: \"{description}\" }}"));
    }
    out + "\nResources:" + &resources
}

/// The area's stack in the root template.
pub(super) fn stack(area: &Area) -> String {
    let mut out = String::new();
    let (id, file) = (logical(area.name), area.name);
    lines(
        &mut out,
        2,
        &format!(
            "{id}:\n  Type: AWS::CloudFormation::Stack\n  Properties:\n    TemplateURL: infra/areas/{file}.yaml\n    \
             Parameters:"
        ),
    );
    for parameter in named_in(&resources(area)) {
        line(&mut out, 8, &format!("{}: {}", parameter.name, parameter.value));
    }
    out
}
