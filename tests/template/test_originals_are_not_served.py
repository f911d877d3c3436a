"""No original of a picture can get to where readers are, by the permissions that the template gives."""

from fnmatch import fnmatchcase
from typing import Any

import pytest
from tests.support.template import resources_of

from slugline.domain.identity import asset_key

ORIGINAL = f"ArchiveBucket/{asset_key(b'a photo')}"
PUBLISHED = "SiteBucket/stories/a/v1/pictures/photo.jpg"
COPIES_OF_RENDITIONS = {"ArchiveBucket/renditions/*", "/ArchiveBucket/renditions/*"}
ROLES = {
    name: role
    for name, role in resources_of("AWS::IAM::Role").items()
    if "lambda.amazonaws.com" in str(role["Properties"]["AssumeRolePolicyDocument"])
}

Statement = dict[str, Any]


def text(value: Any) -> str:
    """An ARN or key with the buckets' logical ids in place of what CloudFormation puts there."""
    if isinstance(value, dict):
        value = value.get("Fn::Sub") or value.get("Ref") or ".".join(value["Fn::GetAtt"])
    return str(value).replace("${", "").replace("}", "").replace(".Arn", "")


def statements(role: Statement, action: str, thing: str) -> list[Statement]:
    """Those that allow the action on an object, given as bucket and key."""
    documents = [policy["PolicyDocument"] for policy in role["Properties"].get("Policies", [])]
    found = [statement for document in documents for statement in document["Statement"]]
    return [
        statement
        for statement in found
        if statement["Effect"] == "Allow"
        and any(fnmatchcase(action, allowed) for allowed in listed(statement["Action"]))
        and any(fnmatchcase(thing, text(resource)) for resource in listed(statement["Resource"]))
    ]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def copy_sources(statement: Statement) -> set[str]:
    """What alone may be copied, where the statement allows nothing else; empty where it allows anything."""
    sources = statement.get("Condition", {}).get("StringLike", {}).get("s3:x-amz-copy-source", [])
    return {text(source) for source in listed(sources)}


READERS = sorted(name for name, role in ROLES.items() if statements(role, "s3:GetObject", ORIGINAL))
WRITERS = sorted(name for name, role in ROLES.items() if statements(role, "s3:PutObject", PUBLISHED))


def test_some_functions_read_originals_and_some_write_what_readers_get() -> None:
    assert "ImageResizeFunctionRole" in READERS
    assert {"ImageResizeFunctionRole", "RenderFunctionRole"} <= set(WRITERS)


@pytest.mark.parametrize("role", sorted(set(READERS) & set(WRITERS)))
def test_a_function_that_reads_originals_can_write_nothing_to_readers_but_copies_of_renditions(role: str) -> None:
    for statement in statements(ROLES[role], "s3:PutObject", PUBLISHED):
        assert copy_sources(statement) == COPIES_OF_RENDITIONS


def test_the_api_can_sign_an_address_for_a_licensed_form_and_for_no_original() -> None:
    api = ROLES["ApiFunctionRole"]
    assert statements(api, "s3:GetObject", "ArchiveBucket/licensed/s1/v1/0a1b/ninjs-3.1.json")
    assert not statements(api, "s3:GetObject", ORIGINAL)


def test_the_archive_is_open_to_nobody_but_the_functions() -> None:
    policies = resources_of("AWS::S3::BucketPolicy").values()
    (archive,) = (policy for policy in policies if policy["Properties"]["Bucket"] == {"Ref": "ArchiveBucket"})
    assert {statement["Effect"] for statement in archive["Properties"]["PolicyDocument"]["Statement"]} == {"Deny"}
    blocked = resources_of("AWS::S3::Bucket")["ArchiveBucket"]["Properties"]["PublicAccessBlockConfiguration"]
    assert all(blocked.values())
    assert "ArchiveBucket" not in str(resources_of("AWS::CloudFront::Distribution"))
