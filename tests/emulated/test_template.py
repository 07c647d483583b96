"""The stack as deployed: every operation has its function, route or event source, and sound limits."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from infra.emulated.stack import ROOT, Stack

TICKED = {"syncDispatch", "evaluateDispatch", "sweepOutbox", "purgeTenants", "tendLive"}
QUEUED = {
    "syncAccount": "SyncQueue",
    "evaluateAccount": "EvaluateQueue",
    "sendWebhook": "WebhookQueue",
    "sendAlertMail": "AlertMailQueue",
    "sendMail": "MailQueue",
    "pushLive": "LiveQueue",
    "writeAuditExport": "ExportQueue",
}


def sample_events() -> dict[str, dict]:
    return {path.stem: fresh(json.loads(path.read_text())) for path in sorted(Path(ROOT / "events").glob("*.json"))}


def fresh(event: dict) -> dict:
    """The event with a time in the future where it asks for one."""
    body = json.loads(event.get("body") or "null") if "routeKey" in event else None
    if isinstance(body, dict) and "until" in body:
        soon = datetime.now(UTC) + timedelta(hours=1)
        event["body"] = json.dumps({**body, "until": soon.isoformat()})
    return event


def test_every_template_has_room(stack: Stack) -> None:
    """CloudFormation takes 500 resources a template."""
    counts = {nested or "template.yaml": len(resources) for nested, resources in stack.resources.items()}
    assert set(counts) > {"template.yaml", "Auth", "Notify", "HttpApi"}
    assert {name: count for name, count in counts.items() if count > 400} == {}


def test_every_function_has_a_sample_event(stack: Stack) -> None:
    assert stack.operations() == set(sample_events())


def test_every_endpoint_has_the_route_of_its_sample_event(stack: Stack) -> None:
    gateway = stack.emulator.client("apigatewayv2")
    api = stack.physical_id("Api")
    functions = {
        integration["IntegrationId"]: integration["IntegrationUri"].rsplit(":", 1)[-1]
        for integration in gateway.get_integrations(ApiId=api, MaxResults="500")["Items"]
    }
    routes = {
        route["RouteKey"]: functions[route["Target"].removeprefix("integrations/")]
        for route in gateway.get_routes(ApiId=api, MaxResults="500")["Items"]
    }
    assert routes == {
        event["routeKey"]: stack.function_name(operation)
        for operation, event in sample_events().items()
        if "routeKey" in event
    }


def test_every_step_of_a_socket_has_its_route(stack: Stack) -> None:
    gateway = stack.emulator.client("apigatewayv2")
    api = stack.physical_id("LiveApi")
    functions = {
        integration["IntegrationId"]: integration["IntegrationUri"].split(":function:")[1].split("/")[0]
        for integration in gateway.get_integrations(ApiId=api)["Items"]
    }
    routes = {
        route["RouteKey"]: functions[route["Target"].removeprefix("integrations/")]
        for route in gateway.get_routes(ApiId=api)["Items"]
    }
    assert routes == {
        "$connect": stack.function_name("liveConnect"),
        "$default": stack.function_name("liveMessage"),
        "$disconnect": stack.function_name("liveDisconnect"),
    }
    # As the path that CloudFront passes on.
    assert [stage["StageName"] for stage in gateway.get_stages(ApiId=api)["Items"]] == ["ws"]


def test_the_schedule_ticks_every_minute(stack: Stack) -> None:
    scheduler = stack.emulator.client("scheduler")
    schedules = [scheduler.get_schedule(Name=schedule["Name"]) for schedule in scheduler.list_schedules()["Schedules"]]
    assert {schedule["Target"]["Arn"].rsplit(":", 1)[-1] for schedule in schedules} == {
        stack.function_name(operation) for operation in TICKED
    }
    for schedule in schedules:
        assert (schedule["ScheduleExpression"], schedule["State"]) == ("rate(1 minute)", "ENABLED")
        assert schedule["Target"]["DeadLetterConfig"]["Arn"]


def test_no_queue_shares_its_dead_letters(stack: Stack) -> None:
    sqs = stack.emulator.client("sqs")
    targets = {
        json.loads(
            sqs.get_queue_attributes(QueueUrl=stack.physical_id(queue), AttributeNames=["RedrivePolicy"])["Attributes"][
                "RedrivePolicy"
            ]
        )["deadLetterTargetArn"]
        for queue in QUEUED.values()
    }
    assert len(targets) == len(QUEUED)


def alarms_of(stack: Stack) -> list[dict]:
    pages = stack.emulator.client("cloudwatch").get_paginator("describe_alarms").paginate()
    return [alarm for page in pages for alarm in page["MetricAlarms"]]


@pytest.mark.parametrize(("operation", "queue"), QUEUED.items())
def test_a_queue_that_is_not_emptied_is_noticed(stack: Stack, operation: str, queue: str) -> None:
    name = stack.physical_id(queue).rsplit("/", 1)[-1]
    alarms = alarms_of(stack)
    (alarm,) = [
        alarm
        for alarm in alarms
        if alarm["MetricName"] == "ApproximateAgeOfOldestMessage"
        and alarm["Dimensions"] == [{"Name": "QueueName", "Value": name}]
    ]
    # Of those that send, tries that failed wait in the queue for up to 15 minutes; files may be long.
    patience = {"sendWebhook": 1500, "sendAlertMail": 1500, "writeAuditExport": 1800}.get(operation, 300)
    assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (patience, "GreaterThanThreshold")
    assert alarm["AlarmActions"]


def test_a_job_that_fails_is_noticed_and_so_is_a_request_by_one_alarm_for_all(stack: Stack) -> None:
    alarms = alarms_of(stack)
    failing = {
        alarm["Dimensions"][0]["Value"]
        for alarm in alarms
        if (alarm["Namespace"], alarm["MetricName"]) == ("AWS/Lambda", "Errors")
    }
    requests = {operation for operation, event in sample_events().items() if event.get("version") == "2.0"}
    assert failing == {stack.function_name(operation) for operation in stack.operations() - requests}
    (alarm,) = [alarm for alarm in alarms if alarm["MetricName"] == "FailedRequests"]
    assert alarm["AlarmActions"]
    group = stack.physical_id("Logs")
    (metric,) = stack.emulator.client("logs").describe_metric_filters(logGroupName=group)["metricFilters"]
    (transformation,) = metric["metricTransformations"]
    assert (transformation["metricNamespace"], transformation["metricName"]) == (
        alarm["Namespace"],
        alarm["MetricName"],
    )
    # A list that has yet to be read is answered with 503, and is no failure of the function.
    assert all(part in metric["filterPattern"] for part in ('$.status = "5*"', '$.status != "503"', "$.integration"))


def test_that_syncing_dies_is_noticed_and_that_nobody_looks(stack: Stack) -> None:
    """The dispatcher of evaluations tells each minute how long an account has been waiting for its sync."""
    alarms = alarms_of(stack)
    (alarm,) = [alarm for alarm in alarms if alarm["MetricName"] == "EvaluateDispatchWatch"]
    assert (alarm["Threshold"], alarm["EvaluationPeriods"], alarm["TreatMissingData"]) == (1200, 5, "breaching")
    assert alarm["AlarmActions"]
    group = stack.physical_id("EvaluateDispatchLogs")
    (metric,) = stack.emulator.client("logs").describe_metric_filters(logGroupName=group)["metricFilters"]
    assert metric["metricTransformations"][0]["metricName"] == alarm["MetricName"]
    assert "oldest_sync_age_seconds" in metric["filterPattern"]


def test_no_queue_takes_all_that_the_account_may_run(stack: Stack) -> None:
    """A thousand functions at the same time, unless AWS was asked for more."""
    mappings = stack.emulator.client("lambda").list_event_source_mappings()["EventSourceMappings"]
    most = {
        mapping["FunctionArn"].rsplit(":", 1)[-1]: mapping["ScalingConfig"]["MaximumConcurrency"]
        for mapping in mappings
        if ":sqs:" in mapping["EventSourceArn"]
    }
    assert set(most) == {stack.function_name(operation) for operation in QUEUED}
    assert sum(int(number) for number in most.values()) <= 200
    assert most[stack.function_name("sendWebhook")] == 20


@pytest.mark.parametrize(("operation", "queue"), QUEUED.items())
def test_a_queue_waits_for_its_function_and_gives_up_visibly(stack: Stack, operation: str, queue: str) -> None:
    function = stack.emulator.client("lambda").get_function_configuration(FunctionName=stack.function_name(operation))
    attributes = stack.emulator.client("sqs").get_queue_attributes(
        QueueUrl=stack.physical_id(queue), AttributeNames=["All"]
    )["Attributes"]
    redrive = json.loads(attributes["RedrivePolicy"])
    assert int(attributes["VisibilityTimeout"]) >= 6 * function["Timeout"]
    assert int(redrive["maxReceiveCount"]) >= 5
    assert redrive["deadLetterTargetArn"]


def test_event_sources_report_the_items_that_failed(stack: Stack) -> None:
    mappings = stack.emulator.client("lambda").list_event_source_mappings()["EventSourceMappings"]
    assert {mapping["FunctionArn"].rsplit(":", 1)[-1] for mapping in mappings} == {
        stack.function_name(operation) for operation in [*QUEUED, "relayOutbox", "sealAudit"]
    }
    for mapping in mappings:
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert mapping["State"] == "Enabled"
