"""A file whose step fails is in quarantine, and is published by one command once the cause is mended."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.e2e.conftest import Newsroom, eventually

pytestmark = pytest.mark.e2e

SLUGLINE = str(Path(sys.executable).with_name("slugline"))


def slugline(*arguments: str) -> str:
    """The command, against the runtime of this test's environment."""
    done = subprocess.run([SLUGLINE, *arguments], capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode == 0, done.stderr
    return done.stdout


def physical(newsroom: Newsroom, resource: str) -> str:
    answer = newsroom.stack.aws.cloudformation.describe_stack_resource(
        StackName=newsroom.running.stack, LogicalResourceId=resource
    )
    return answer["StackResourceDetail"]["PhysicalResourceId"]


@contextmanager
def broken(newsroom: Newsroom) -> Iterator[None]:
    """render reads from an archive that is not there; messages that fail come again at once."""
    functions, sqs = newsroom.stack.aws.functions, newsroom.stack.aws.sqs
    render, queue = physical(newsroom, "RenderFunction"), physical(newsroom, "RenderQueue")
    variables = functions.get_function_configuration(FunctionName=render)["Environment"]["Variables"]
    hidden = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["VisibilityTimeout"])["Attributes"]

    def configure(archive: str, timeout: str) -> None:
        environment = {"Variables": variables | {"ARCHIVE_BUCKET": archive}}
        functions.update_function_configuration(FunctionName=render, Environment=environment)
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": timeout})

    configure("not-there", "1")
    try:
        yield
    finally:
        configure(variables["ARCHIVE_BUCKET"], hidden["VisibilityTimeout"])


def test_a_file_whose_step_fails_is_in_quarantine_and_is_published_once_it_is_sent_back(newsroom: Newsroom) -> None:
    # given
    with broken(newsroom):
        newsroom.drop("lost-page.txt", newsroom.article("Ferry stays in port"))

        # when
        (row,) = eventually(
            lambda: [
                row
                for row in map(json.loads, slugline("quarantine", "--json").splitlines())
                if row["file"] == "lost-page.txt"
            ]
        )

    # then
    assert (row["step"], row["outcome"], row["times"]) == ("render", "failed", 1)
    assert "not-there" in row["reason"] or "NoSuchBucket" in row["reason"]

    # when
    assert "went back to render: lost-page.txt" in slugline("quarantine", "redrive", row["id"])

    # then
    head = newsroom.published("lost-page.txt")
    assert newsroom.page(head).status_code == 200
    newsroom.told(head)
    eventually(lambda: "lost-page.txt" not in slugline("quarantine", "--json"))
