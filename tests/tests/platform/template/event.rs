//! Sample events: what a function is given, to try it out.

use std::fs;

use platform_http::Access;
use platform_local::Area;
use platform_runtime::Endpoint;
use platform_runtime::job::Trigger;
use platform_runtime::sockets::Step;
use serde_json::{Value, json};

use super::{method, root};

const TENANT: &str = "0199e7a0-0000-7000-8000-0000000000c1";
const ID: &str = "0199e7a0-0000-7000-8000-0000000000a1";

/// Writes a sample event for each operation that has none. It is to be made telling by hand.
pub(super) fn write_missing(areas: &[Area]) {
    for area in areas {
        area.endpoints.iter().for_each(|endpoint| write(&endpoint.operation_id, || of_endpoint(endpoint)));
        area.jobs.iter().for_each(|job| write(job.name, || of_job(job.name, &job.trigger)));
    }
}

fn write(name: &str, event: impl FnOnce() -> Value) {
    let path = root().join(format!("events/{name}.json"));
    if !path.exists() {
        let text = serde_json::to_string_pretty(&event()).unwrap() + "\n";
        fs::write(path, text).unwrap();
    }
}

fn of_endpoint(endpoint: &Endpoint) -> Value {
    let (name, method) = (&endpoint.operation_id, method(endpoint));
    let parameters: Vec<&str> = endpoint.path.split(['{', '}']).skip(1).step_by(2).collect();
    let path = parameters.iter().fold(endpoint.path.clone(), |path, name| path.replace(&format!("{{{name}}}"), ID));
    let mut event = json!({
        "version": "2.0",
        "routeKey": format!("{method} {}", endpoint.path),
        "rawPath": path,
        "rawQueryString": "",
        "headers": {
            "accept": "application/json",
            "host": "platform.example",
            "user-agent": "curl/8.5.0",
            "x-forwarded-for": "203.0.113.7",
            "x-forwarded-proto": "https",
        },
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "api",
            "domainName": "platform.example",
            "domainPrefix": "platform",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "203.0.113.7",
                "userAgent": "curl/8.5.0",
            },
            "requestId": format!("event-{name}"),
            "routeKey": format!("{method} {}", endpoint.path),
            "stage": "$default",
            "time": "23/Nov/2026:05:00:00 +0000",
            "timeEpoch": 1_795_410_000_000_u64,
        },
        "isBase64Encoded": false,
    });
    if endpoint.access != Access::Public {
        event["headers"]["authorization"] = "Bearer ACCESS_TOKEN".into();
    }
    if !parameters.is_empty() {
        event["pathParameters"] = parameters.into_iter().map(|name| (name.to_owned(), Value::from(ID))).collect();
    }
    if endpoint.operation.request_body.is_some() {
        event["headers"]["content-type"] = "application/json".into();
        event["body"] = "{}".into();
    }
    event
}

fn of_job(name: &str, trigger: &Trigger) -> Value {
    match trigger {
        Trigger::Schedule(_) => json!({
            "version": "0",
            "id": "00000000-0000-4000-8000-000000000000",
            "detail-type": "Scheduled Event",
            "source": "aws.scheduler",
            "account": "000000000000",
            "time": "2026-11-23T05:00:00Z",
            "region": "us-east-1",
            "resources": [format!("arn:aws:scheduler:us-east-1:000000000000:schedule/default/netbird-platform-{name}")],
            "detail": "{}",
        }),
        Trigger::Queue(queue, _) => json!({
            "Records": [{
                "messageId": format!("message-{name}"),
                "receiptHandle": "receipt",
                "body": "{}",
                "attributes": { "ApproximateReceiveCount": "1", "SentTimestamp": "1795410000000" },
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": format!("arn:aws:sqs:us-east-1:000000000000:{}", queue.name()),
                "awsRegion": "us-east-1",
            }],
        }),
        Trigger::Socket(step, _) => json!({
            "requestContext": {
                "routeKey": step.route(),
                "eventType": match step {
                    Step::Connect => "CONNECT",
                    Step::Message => "MESSAGE",
                    Step::Disconnect => "DISCONNECT",
                },
                "stage": "ws",
                "connectedAt": 1_795_410_000_000_u64,
                "requestTimeEpoch": 1_795_410_000_000_u64,
                "identity": { "sourceIp": "203.0.113.7", "userAgent": "curl/8.5.0" },
                "requestId": format!("event-{name}"),
                "domainName": "live.platform.example",
                "connectionId": "L0SM9cOFvHcCIhw=",
                "apiId": "live",
            },
            "headers": { "Origin": "https://platform.example", "Host": "live.platform.example" },
            "body": r#"{"type":"ping"}"#,
            "isBase64Encoded": false,
        }),
        Trigger::Change(..) => {
            let keys = json!({ "pk": { "S": format!("TENANT#{TENANT}") }, "sk": { "S": "INTENT#sample" } });
            json!({
                "Records": [{
                    "eventID": format!("event-{name}"),
                    "eventName": "INSERT",
                    "eventSource": "aws:dynamodb",
                    "dynamodb": { "Keys": keys, "SequenceNumber": "1", "StreamViewType": "NEW_IMAGE" },
                }],
            })
        }
    }
}
