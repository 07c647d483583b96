//! How a function serves its one endpoint or job.

use std::env;
use std::net::IpAddr;
use std::sync::Arc;

use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent};
use aws_lambda_events::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};
use futures::future::join_all;
use lambda_http::request::RequestContext;
use lambda_http::{RequestExt, tower::ServiceBuilder};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use platform_http::Access;
use platform_http::client::{ClientIp, RequestId};
use platform_http::router::{chain, router};
use platform_runtime::job::{JobResult, Trigger};
use platform_runtime::queue::Message;
use platform_runtime::sockets::Verdict;
use platform_runtime::{Endpoint, Job, Platform};
use platform_store::feed::Records;
use serde_json::{Value, json};

use crate::edge::Edge;
use crate::sockets::SocketEvent;

pub(crate) async fn endpoint(endpoint: Endpoint, platform: Platform) -> Result<(), Error> {
    // During init, where Lambda gives full CPU: the connection to the table and what every request needs.
    platform.publish_token_keys().await?;
    if endpoint.access != Access::Public {
        platform.load_token_keys().await?;
    }
    let router = router(vec![endpoint], &platform, Arc::new(platform.clone()));
    let edge = Edge::new(env::var("ORIGIN_SECRET").ok());
    let service = ServiceBuilder::new()
        .map_request(move |mut request: lambda_http::Request| {
            let viewer = edge.viewer(request.headers_mut());
            if let Some(RequestContext::ApiGatewayV2(context)) = request.request_context_ref() {
                let ip = context.http.source_ip.as_deref().and_then(|ip| ip.parse::<IpAddr>().ok());
                let id = context.request_id.clone();
                viewer.or(ip).and_then(|ip| request.extensions_mut().insert(ClientIp(ip)));
                id.and_then(|id| request.extensions_mut().insert(RequestId(id)));
            }
            request
        })
        .service(router);
    lambda_http::run(service).await
}

pub(crate) async fn job(job: Job, platform: Platform) -> Result<(), Error> {
    match job.trigger {
        Trigger::Schedule(run) => {
            lambda_runtime::run(service_fn(|_: LambdaEvent<Value>| async { run(platform.clone()).await })).await
        }
        Trigger::Queue(_, run) => {
            lambda_runtime::run(service_fn(|event: LambdaEvent<SqsEvent>| async {
                Ok::<_, Error>(batch(job.name, event.payload, |message| run(platform.clone(), message)).await)
            }))
            .await
        }
        Trigger::Socket(step, run) => {
            let edge = Edge::new(env::var("ORIGIN_SECRET").ok());
            let (run, platform, edge) = (&run, &platform, &edge);
            lambda_runtime::run(service_fn(|event: LambdaEvent<SocketEvent>| async move {
                let verdict = match event.payload.arrival(step, edge) {
                    Some(arrival) => run(platform.clone(), arrival).await?,
                    None => Verdict::Refused,
                };
                let status = if verdict == Verdict::Go { 200 } else { 403 };
                Ok::<_, Error>(json!({ "statusCode": status }))
            }))
            .await
        }
        Trigger::Change(interest, run) => {
            let (run, platform) = (&run, &platform);
            lambda_runtime::run(service_fn(|event: LambdaEvent<Records>| async move {
                let tries = event.payload.records.into_iter().map(|record| async move {
                    let result = match record.change() {
                        // The event source's filter says the same; one that lags behind a deployment does no harm.
                        Ok(change) if !interest.covers(&change) => Ok(()),
                        Ok(change) => run(platform.clone(), change).await,
                        Err(error) => Err(error.into()),
                    };
                    failed(job.name, record.sequence_number(), result)
                });
                let failures = join_all(tries).await.into_iter().flatten();
                let batch_item_failures = failures.map(|id| {
                    let mut failure = DynamoDbBatchItemFailure::default();
                    failure.item_identifier = Some(id);
                    failure
                });
                let mut response = DynamoDbEventResponse::default();
                response.batch_item_failures = batch_item_failures.collect();
                Ok::<_, Error>(response)
            }))
            .await
        }
    }
}

/// Handles a batch of messages, each by itself. Those that failed are named, and come again alone.
async fn batch<F>(job: &str, event: SqsEvent, run: impl Fn(Message) -> F) -> SqsBatchResponse
where
    F: Future<Output = JobResult> + Send + 'static,
{
    let run = &run;
    let tries = event.records.into_iter().map(|record| async move {
        let id = record.message_id.unwrap_or_default();
        let message = serde_json::from_str::<Message>(&record.body.unwrap_or_default());
        // A task of its own: a panic over one tenant's data fails that message, not the batch.
        let result = match message {
            Ok(message) => tokio::spawn(run(message)).await.unwrap_or_else(|panic| Err(panic.into())),
            Err(error) => Err(error.into()),
        };
        failed(job, &id, result)
    });
    let failures = join_all(tries).await.into_iter().flatten();
    let batch_item_failures = failures.map(|id| {
        let mut failure = BatchItemFailure::default();
        failure.item_identifier = id;
        failure
    });
    let mut response = SqsBatchResponse::default();
    response.batch_item_failures = batch_item_failures.collect();
    response
}

/// The id of a message that failed, so that only it is tried again.
fn failed(job: &str, id: &str, result: JobResult) -> Option<String> {
    let error = result.err()?;
    tracing::error!(job, message.id = id, error = chain(error.as_ref()), "message failed");
    Some(id.to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    /// Ten messages, the account of each of which is its number.
    fn ten() -> SqsEvent {
        let record = |number: u32| {
            let id = format!("00000000-0000-7000-8000-{number:012}");
            let (tenant, account) = (id.parse().expect("an id"), id.parse().expect("an id"));
            let message = Message::Evaluate { tenant, account };
            json!({ "messageId": format!("m{number}"), "body": serde_json::to_string(&message).expect("it is JSON") })
        };
        let records: Vec<Value> = (0..10).map(record).collect();
        serde_json::from_value(json!({ "Records": records })).expect("an event of SQS")
    }

    fn number(message: &Message) -> u32 {
        match message {
            Message::Evaluate { account, .. } => account.to_string()[24..].parse().expect("a number"),
            other => panic!("{other:?}"),
        }
    }

    /// Which of ten messages come again if handling them ends like this, and which were handled.
    async fn again(ends: fn(u32) -> JobResult) -> (Vec<String>, Vec<u32>) {
        let handled = Arc::new(Mutex::new(Vec::new()));
        let run = |message: Message| {
            let handled = handled.clone();
            async move {
                let number = number(&message);
                ends(number)?;
                handled.lock().expect("nobody panics with it").push(number);
                Ok(())
            }
        };
        let response = batch("test", ten(), run).await;
        let mut handled = handled.lock().expect("nobody panics with it").clone();
        handled.sort_unstable();
        (response.batch_item_failures.into_iter().map(|failure| failure.item_identifier).collect(), handled)
    }

    #[tokio::test]
    async fn of_a_batch_only_what_failed_comes_again() {
        assert_eq!(again(|_| Ok(())).await, (vec![], (0..10).collect()));
        let one = |number| if number == 3 { Err("no".into()) } else { Ok(()) };
        assert_eq!(again(one).await, (vec!["m3".to_owned()], (0..10).filter(|number| *number != 3).collect()));
        let all: Vec<String> = (0..10).map(|number| format!("m{number}")).collect();
        assert_eq!(again(|_| Err("no".into())).await, (all, vec![]));
    }

    #[tokio::test]
    async fn a_panic_fails_its_message_and_not_the_batch() {
        let panics = |number| if number == 7 { panic!("over one tenant's data") } else { Ok(()) };
        assert_eq!(again(panics).await.0, ["m7"]);
    }

    #[tokio::test]
    async fn what_is_no_message_fails_alone() {
        let mut event = ten();
        event.records[5].body = Some("{".to_owned());
        let response = batch("test", event, |_| async { Ok(()) }).await;
        let ids: Vec<_> = response.batch_item_failures.iter().map(|failure| failure.item_identifier.as_str()).collect();
        assert_eq!(ids, ["m5"]);
    }
}
