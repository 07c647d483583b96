"""What stands before the API: who is believed about addresses, what is turned away, which headers pages get."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
import requests
from infra.emulated.stack import ROOT, Stack
from platform_client import EMAIL, PASSWORD, Client


def addresses(owner: Client) -> list[str | None]:
    return [session.get("ip") for session in owner.get("/api/auth/sessions")]


def test_cloudfront_is_believed_about_the_viewer(stack: Stack, owner: Client) -> None:
    viewer = "203.0.113.99"
    signed_in = replace(Client.of(stack), origin={**Client.of(stack).origin, "x-viewer-address": viewer})
    signed_in.post("/api/auth/login", {"email": EMAIL, "password": PASSWORD})
    assert viewer in addresses(owner)


def test_nobody_else_is_believed(stack: Stack, owner: Client) -> None:
    viewer = "203.0.113.98"
    for origin in (
        {"x-viewer-address": viewer},
        {"x-viewer-address": viewer, "x-origin-secret": ""},
        {"x-viewer-address": viewer, "x-origin-secret": "guessed"},
        {"x-forwarded-for": viewer, "cloudfront-viewer-address": f"{viewer}:443"},
    ):
        client = Client(stack.api_url, origin=origin)
        client.post("/api/auth/login", {"email": EMAIL, "password": PASSWORD})
    assert viewer not in addresses(owner)


def test_the_distribution_sends_the_secret_and_the_viewer(stack: Stack) -> None:
    client = stack.emulator.client("cloudfront")
    distribution = client.get_distribution_config(Id=stack.outputs["DistributionId"])["DistributionConfig"]
    api = next(origin for origin in distribution["Origins"]["Items"] if origin["Id"] == "api")
    assert [header["HeaderName"] for header in api["CustomHeaders"]["Items"]] == ["x-origin-secret"]
    behavior = next(behavior for behavior in distribution["CacheBehaviors"]["Items"] if behavior["TargetOriginId"] == "api")
    assert behavior["PathPattern"] == "/api/*"
    functions = [function["FunctionARN"] for function in behavior["FunctionAssociations"]["Items"]]
    assert [arn.endswith("-viewer-address") for arn in functions] == [True]
    answer = client.get_function(Name=functions[0].rsplit("/", 1)[-1], Stage="LIVE")
    assert b"request.headers['x-viewer-address'] = { value: event.viewer.ip }" in answer["FunctionCode"].read()


def test_sockets_come_through_the_distribution_too(stack: Stack) -> None:
    """To the stage that has the path's name, with the secret by which they are let in."""
    client = stack.emulator.client("cloudfront")
    distribution = client.get_distribution_config(Id=stack.outputs["DistributionId"])["DistributionConfig"]
    live = next(origin for origin in distribution["Origins"]["Items"] if origin["Id"] == "live")
    assert live["DomainName"].startswith(f"{stack.physical_id('LiveApi')}.execute-api.")
    assert [header["HeaderName"] for header in live["CustomHeaders"]["Items"]] == ["x-origin-secret"]
    behavior = next(behavior for behavior in distribution["CacheBehaviors"]["Items"] if behavior["TargetOriginId"] == "live")
    assert (behavior["PathPattern"], behavior["ViewerProtocolPolicy"]) == ("/ws", "https-only")


def test_pages_come_with_strict_headers(stack: Stack) -> None:
    client = stack.emulator.client("cloudfront")
    distribution = client.get_distribution_config(Id=stack.outputs["DistributionId"])["DistributionConfig"]
    behaviors = [distribution["DefaultCacheBehavior"], *distribution["CacheBehaviors"]["Items"]]
    policies = {behavior["ResponseHeadersPolicyId"] for behavior in behaviors}
    assert len(policies) == 1
    policy = client.get_response_headers_policy(Id=policies.pop())["ResponseHeadersPolicy"]
    headers = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    assert headers["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 365 * 24 * 3600
    assert headers["ContentTypeOptions"]["Override"] and headers["ReferrerPolicy"]["ReferrerPolicy"]
    written = headers["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    directives = {name: values for name, *values in (part.split() for part in written.split(";"))}
    assert directives["default-src"] == directives["script-src"] == ["'self'"]
    for nothing in ("object-src", "base-uri", "frame-ancestors"):
        assert directives[nothing] == ["'none'"]


@pytest.fixture(scope="module")
def uploaded(stack: Stack) -> None:
    """The web app, as far as it matters here."""
    bucket = stack.emulator.client("s3")
    for key, body, type in (("index.html", "<!doctype html>", "text/html"), ("assets/app-1.js", "app()", "text/javascript")):
        bucket.put_object(Bucket=stack.outputs["WebBucket"], Key=key, Body=body.encode(), ContentType=type)


def through_cloudfront(stack: Stack, path: str, method: str = "GET") -> requests.Response:
    """What a browser gets."""
    headers = {"host": urlsplit(stack.outputs["Url"]).netloc, "x-forwarded-proto": "https"}
    return requests.request(method, stack.emulator.url + path, headers=headers, timeout=300)


@pytest.mark.usefixtures("uploaded")
def test_every_page_is_the_app(stack: Stack) -> None:
    for page in ("/", "/alerts", "/t/hq/accounts/new", "/?list-type=2", "/assets-of-mine"):
        answer = through_cloudfront(stack, page)
        assert (answer.status_code, answer.text) == (200, "<!doctype html>"), page
    assert through_cloudfront(stack, "/assets/app-1.js").text == "app()"


@pytest.mark.usefixtures("uploaded")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/assets/app-0.js", "/assets/gone", "/assets/", "/assets/?list-type=2", "/favicon.ico"])
def test_a_missing_file_is_missing(stack: Stack, path: str, method: str) -> None:
    """And no page, which a browser would keep for a year in place of the file."""
    answer = through_cloudfront(stack, path, method)
    assert answer.status_code == 404
    assert "html" not in answer.headers["content-type"] and "<html" not in answer.text.lower()
    assert "cache-control" not in answer.headers and "expires" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_no_error_is_kept(stack: Stack) -> None:
    client = stack.emulator.client("cloudfront")
    distribution = client.get_distribution_config(Id=stack.outputs["DistributionId"])["DistributionConfig"]
    kept = {error["ErrorCode"]: error["ErrorCachingMinTTL"] for error in distribution["CustomErrorResponses"]["Items"]}
    # Those that CloudFront keeps if nobody says otherwise.
    assert kept == dict.fromkeys((400, 403, 404, 405, 414, 500, 501, 502, 503, 504), 0)


def test_the_firewall_counts_by_address(stack: Stack) -> None:
    """The emulator takes no condition on the region, so the stack has none; this is the template that it nests."""
    client = stack.emulator.client("cloudformation")
    client.create_stack(StackName="firewall", TemplateBody=(ROOT / "infra/firewall.yaml").read_text())
    client.get_waiter("stack_create_complete").wait(StackName="firewall", WaiterConfig={"Delay": 1, "MaxAttempts": 30})
    arn = client.describe_stacks(StackName="firewall")["Stacks"][0]["Outputs"][0]["OutputValue"]
    _, name, id = arn.split(":")[-1].split("/")[-3:]
    waf = stack.emulator.client("wafv2")
    (rule,) = waf.get_web_acl(Name=name, Scope="CLOUDFRONT", Id=id)["WebACL"]["Rules"]
    assert rule["Statement"]["RateBasedStatement"]["AggregateKeyType"] == "IP"
    blocked = rule["Action"]["Block"]["CustomResponse"]
    assert blocked["ResponseCode"] == 429
    assert blocked["ResponseHeaders"][0]["Name"].lower() == "retry-after"
