"""README's own commands, typed by an operator: the first deployment, one that fails half-way, a later one, the web app."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import requests
from infra.emulated.emulator import Emulator
from infra.emulated.stack import ALARM_ADDRESS, ROOT, STACK_NAME, Stack, deploy, project, sam
from test_edge import through_cloudfront

STANDING = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"}


def described(emulator: Emulator, name: str) -> dict:
    return emulator.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]


def test_readme_names_these_commands() -> None:
    readme = (ROOT / "README.md").read_text()
    for command in ("make artifacts", "sam deploy --guided", "make deploy-web", "aws cloudformation delete-stack --stack-name netbird-platform"):
        assert command in readme, command


def test_what_is_open_at_first_is_said(stack: Stack) -> None:
    """Nobody signs up, nothing is private, the table can be taken away again, alarms reach somebody."""
    parameters = described(stack.emulator, stack.name)["Parameters"]
    given = {parameter["ParameterKey"]: parameter["ParameterValue"] for parameter in parameters}
    assert given["DeletionProtection"] == "false"
    template = (ROOT / "template.yaml").read_text()
    for closed in ("OpenSignUp", "AllowPrivateAddresses"):
        asked = template.split(f"\n  {closed}:\n")[1]
        assert asked.split("Default: ")[1].split("\n")[0] == '"false"', closed
    subscriptions = stack.emulator.client("sns").list_subscriptions()["Subscriptions"]
    assert [subscription["Endpoint"] for subscription in subscriptions] == [ALARM_ADDRESS]


def test_a_first_deployment_that_fails_is_removed_and_tried_again(tmp_path: Path) -> None:
    with Emulator(tmp_path / "account") as emulator:
        directory = project(tmp_path / "project")
        root = directory / "template.yaml"
        sound = root.read_text()
        broken = "\n  Broken:\n    Type: AWS::CloudFormation::Stack\n    DependsOn: [Table, VaultSecret, Notify]\n    " + (
            "Properties: { TemplateURL: infra/broken.yaml }\n"
        )
        root.write_text(sound.replace("\nOutputs:", f"{broken}\nOutputs:"))
        (directory / "infra/broken.yaml").write_text(
            "Resources:\n  Nothing:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties:\n"
            "      FunctionName: nobody\n      EventSourceArn: arn:aws:sqs:us-east-1:000000000000:nowhere\n"
            "  None:\n    Type: AWS::Nothing::AtAll\n"
        )
        with pytest.raises(RuntimeError, match="did not come up"):
            deploy(emulator, directory)
        client = emulator.client("cloudformation")
        client.delete_stack(StackName=STACK_NAME)
        client.get_waiter("stack_delete_complete").wait(StackName=STACK_NAME, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
        assert emulator.client("dynamodb").list_tables()["TableNames"] == []
        root.write_text(sound)
        assert described(emulator, deploy(emulator, directory).name)["StackStatus"] in STANDING


def test_a_later_deployment_protects_the_table(stack: Stack) -> None:
    """As README says: the answers of the first one are kept in samconfig.toml."""
    directory = stack.emulator.directory / "project"
    saved = (directory / "samconfig.toml").read_text()
    assert ALARM_ADDRESS in saved
    (directory / "samconfig.toml").write_text(saved.replace('DeletionProtection=\\"false\\"', 'DeletionProtection=\\"true\\"'))
    done = sam(stack.emulator, directory, "deploy", "--no-confirm-changeset")
    assert done.returncode == 0, done.stdout + done.stderr
    table = stack.emulator.client("dynamodb").describe_table(TableName=stack.physical_id("Table"))["Table"]
    assert str(table["DeletionProtectionEnabled"]).lower() == "true"  # the emulator keeps a parameter's text


@pytest.fixture(scope="module")
def web(stack: Stack) -> dict[str, dict]:
    """The web app's files as ``make deploy-web`` puts them, over those of an older version."""
    bucket = stack.emulator.client("s3")
    bucket.put_object(Bucket=stack.outputs["WebBucket"], Key="assets/index-older.js", Body=b"older()")
    environment = stack.emulator.cli_environment() | {"HOME": str(stack.emulator.directory)}
    # What runs these tests is installed, and built.
    built = [f"--assume-old={path}" for path in ("web/dist/index.html", ROOT / ".venv/.done")]
    command = ["make", "--no-print-directory", "deploy-web", *built]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    keys = [item["Key"] for item in bucket.list_objects_v2(Bucket=stack.outputs["WebBucket"])["Contents"]]
    return {key: bucket.head_object(Bucket=stack.outputs["WebBucket"], Key=key) for key in keys}


def test_the_web_app_is_served(stack: Stack, web: dict[str, dict]) -> None:
    page = through_cloudfront(stack, "/")
    assert page.text == (ROOT / "web/dist/index.html").read_text()
    for source in page.text.split('src="')[1:]:
        answer: requests.Response = through_cloudfront(stack, source.split('"')[0])
        assert answer.status_code == 200


def test_files_are_kept_by_browsers_as_long_as_they_are_right(web: dict[str, dict]) -> None:
    assert web["index.html"]["CacheControl"] == "no-cache"
    written = [path for path in (ROOT / "web/dist/assets").rglob("*") if path.is_file()]
    assert len(written) > 5
    for path in written:
        key = path.relative_to(ROOT / "web/dist").as_posix()
        assert web[key]["CacheControl"] == "public, max-age=31536000, immutable", key
    for key, head in web.items():
        if key.startswith("assets/") or key == "index.html":
            continue
        assert head["CacheControl"] == "public, max-age=300", key


def test_what_somebody_still_has_open_stays_and_what_names_it_comes_last(web: dict[str, dict]) -> None:
    assert "assets/index-older.js" in web
    assert web["index.html"]["LastModified"] == max(head["LastModified"] for head in web.values())


def test_what_is_not_hashed_is_asked_for_anew(stack: Stack, web: dict[str, dict]) -> None:
    client = stack.emulator.client("cloudfront")
    identity = stack.outputs["DistributionId"]
    (summary,) = client.list_invalidations(DistributionId=identity)["InvalidationList"]["Items"]
    paths = client.get_invalidation(DistributionId=identity, Id=summary["Id"])["Invalidation"]["InvalidationBatch"]["Paths"]
    unhashed = {f"/{key}" for key in web if not key.startswith("assets/")}
    assert set(paths["Items"]) == unhashed | {"/"}
