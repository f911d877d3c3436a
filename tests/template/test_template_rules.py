"""Rules that every resource of template.yaml obeys, over the template as CloudFormation gets it."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from tests.support.template import resources_of, transformed_template

from slugline.picture_settings import PictureLimits

Resource = dict[str, Any]

FUNCTIONS = resources_of("AWS::Lambda::Function")
QUEUES = resources_of("AWS::SQS::Queue")
MAPPINGS = resources_of("AWS::Lambda::EventSourceMapping")
RULES = resources_of("AWS::Events::Rule")
BUCKETS = resources_of("AWS::S3::Bucket")
ROLES = resources_of("AWS::IAM::Role")
ALARMS = resources_of("AWS::CloudWatch::Alarm")

MAXIMUM_RECEIVES = 5
VISIBILITY_FACTOR = 6
"""https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html"""

WRITTEN_REASONS = {
    # X-Ray has no resources to name: https://docs.aws.amazon.com/xray/latest/devguide/security_iam_service-with-iam.html
    ("*", "xray:PutTraceSegments"),
}


def name_of(reference: Any) -> str:
    """The logical id that a Ref, GetAtt or a plain string names."""
    if isinstance(reference, str):
        return reference
    if "Ref" in reference:
        return str(reference["Ref"])
    target = reference["Fn::GetAtt"]
    return str(target[0] if isinstance(target, list) else target.split(".")[0])


def queue_of(mapping: Resource) -> str:
    return name_of(mapping["Properties"]["EventSourceArn"])


def alarmed(metric: str) -> set[str]:
    """The queues with an alarm that somebody hears as soon as this metric is above zero."""
    return {
        name_of(dimension["Value"])
        for alarm in (alarm["Properties"] for alarm in ALARMS.values())
        for dimension in alarm.get("Dimensions", [])
        if (alarm["Namespace"], alarm["MetricName"], dimension["Name"]) == ("AWS/SQS", metric, "QueueName")
        and (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 0)
        and alarm.get("AlarmActions")
    }


def dead_letter_queues() -> set[str]:
    redrives = {
        name_of(queue["Properties"]["RedrivePolicy"]["deadLetterTargetArn"])
        for queue in QUEUES.values()
        if "RedrivePolicy" in queue["Properties"]
    }
    targets = {
        name_of(target["DeadLetterConfig"]["Arn"])
        for rule in RULES.values()
        for target in rule["Properties"]["Targets"]
    }
    return redrives | targets


WORK = [name for name, mapping in MAPPINGS.items() if queue_of(mapping) not in dead_letter_queues()]


@pytest.mark.parametrize("name", WORK)
def test_a_queue_that_feeds_a_function_dead_letters_after_five_receives(name: str) -> None:
    redrive = QUEUES[queue_of(MAPPINGS[name])]["Properties"]["RedrivePolicy"]

    assert redrive["maxReceiveCount"] == MAXIMUM_RECEIVES
    assert name_of(redrive["deadLetterTargetArn"]) in QUEUES


@pytest.mark.parametrize("name", MAPPINGS)
def test_a_message_stays_hidden_six_times_as_long_as_its_function_may_run(name: str) -> None:
    properties = MAPPINGS[name]["Properties"]
    timeout = FUNCTIONS[name_of(properties["FunctionName"])]["Properties"]["Timeout"]

    visibility = QUEUES[queue_of(MAPPINGS[name])]["Properties"]["VisibilityTimeout"]

    assert visibility >= VISIBILITY_FACTOR * timeout


def test_no_desk_can_give_a_storys_pictures_more_time_than_the_function_has() -> None:
    timeout = FUNCTIONS["ImageResizeFunction"]["Properties"]["Timeout"]

    with pytest.raises(ValidationError):
        PictureLimits(story_seconds=timeout - 19)  # the files are also to be read, written and copied


@pytest.mark.parametrize("name", MAPPINGS)
def test_a_consumer_reports_single_failures_and_has_bounded_concurrency(name: str) -> None:
    properties = MAPPINGS[name]["Properties"]

    assert properties["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert properties["ScalingConfig"]["MaximumConcurrency"] > 1


@pytest.mark.parametrize("name", RULES)
def test_a_rule_hands_its_events_to_who_lets_it_and_keeps_what_it_cannot(name: str) -> None:
    targets = RULES[name]["Properties"]["Targets"]
    senders, receivers = allowed("AWS::SQS::QueuePolicy")
    publishers, topics = allowed("AWS::SNS::TopicPolicy")

    assert targets
    for target in targets:
        receiver = name_of(target["Arn"])
        assert (name in senders and receiver in receivers) or (name in publishers and receiver in topics)
        assert name in senders
        assert name_of(target["DeadLetterConfig"]["Arn"]) in receivers


def allowed(kind: str) -> tuple[set[str], set[str]]:
    """The rules that a resource policy lets in, and to which queues or topics."""
    (policy,) = resources_of(kind).values()
    (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "events.amazonaws.com"}
    senders = as_list(statement["Condition"]["ArnEquals"]["aws:SourceArn"])
    return {name_of(arn) for arn in senders}, {name_of(arn) for arn in as_list(statement["Resource"])}


@pytest.mark.parametrize("name", sorted(dead_letter_queues()))
def test_a_dead_letter_queue_has_an_alarm_that_someone_hears_and_keeps_messages_two_weeks(name: str) -> None:
    assert name in alarmed("NumberOfMessagesReceived")  # dead_letter takes it out at once
    assert name in alarmed("ApproximateNumberOfMessagesVisible")  # dead_letter does not take it
    assert QUEUES[name]["Properties"]["MessageRetentionPeriod"] == 14 * 24 * 3600


@pytest.mark.parametrize("name", sorted(dead_letter_queues()))
def test_a_dead_letter_is_taken_by_dead_letter_and_has_no_further_dead_letter_queue(name: str) -> None:
    takers = [mapping["Properties"] for mapping in MAPPINGS.values() if queue_of(mapping) == name]

    assert [name_of(taker["FunctionName"]) for taker in takers] == ["DeadLetterFunction"]
    assert "RedrivePolicy" not in QUEUES[name]["Properties"]


def test_dead_letter_knows_the_way_back_from_each_dead_letter_queue() -> None:
    variables = FUNCTIONS["DeadLetterFunction"]["Properties"]["Environment"]["Variables"]
    routes = json.loads(variables["DEAD_LETTER_ROUTES"]["Fn::Sub"])
    wired = {
        (name, name_of(queue["Properties"]["RedrivePolicy"]["deadLetterTargetArn"]))
        for name, queue in QUEUES.items()
        if "RedrivePolicy" in queue["Properties"]
    }

    assert {(arn_of(route["queue"]), arn_of(route["dead_letters"])) for route in routes} == wired
    # Two queues with one dead-letter queue would leave no way to tell where its messages came from.
    assert len({dead_letters for _, dead_letters in wired}) == len(wired)
    for route in routes:
        (reader,) = (mapping for mapping in MAPPINGS.values() if queue_of(mapping) == arn_of(route["queue"]))
        handler = FUNCTIONS[name_of(reader["Properties"]["FunctionName"])]["Properties"]["Handler"]
        assert handler == f"{route['step']}_handler.handler"


@pytest.mark.parametrize(
    "name", sorted({name_of(mapping["Properties"]["FunctionName"]) for mapping in MAPPINGS.values()})
)
def test_whoever_reads_a_queue_may_note_why_it_failed_and_close_a_dead_letters_row(name: str) -> None:
    actions = set(allowed_to(name))

    assert "dynamodb:UpdateItem" in actions
    assert name == "DeadLetterFunction" or "dynamodb:PutItem" in actions


def test_dead_letter_may_do_nothing_but_read_names_and_keep_messages() -> None:
    resources = allowed_to("DeadLetterFunction")

    assert set(resources) == {"s3:PutObject", "dynamodb:GetItem", "dynamodb:UpdateItem"}
    assert resources["s3:PutObject"] == [{"Fn::Sub": "${ArchiveBucket.Arn}/dead-letters/*"}]


def allowed_to(function: str) -> dict[str, Any]:
    """The resources that a function's role allows, by action."""
    role = ROLES[name_of(FUNCTIONS[function]["Properties"]["Role"])]["Properties"]
    return {
        action: statement["Resource"]
        for policy in role["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        for action in as_list(statement["Action"])
    }


def arn_of(substituted: str) -> str:
    """The logical id in `${Queue.Arn}`."""
    return substituted.removeprefix("${").removesuffix(".Arn}")


@pytest.mark.parametrize("name", QUEUES)
def test_a_queue_is_encrypted(name: str) -> None:
    assert QUEUES[name]["Properties"]["SqsManagedSseEnabled"] is True


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_a_log_group_with_retention(name: str) -> None:
    group = name_of(FUNCTIONS[name]["Properties"]["LoggingConfig"]["LogGroup"])

    assert resources_of("AWS::Logs::LogGroup")[group]["Properties"]["RetentionInDays"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_runs_on_python_313_of_the_chosen_architecture_and_is_traced(name: str) -> None:
    properties = FUNCTIONS[name]["Properties"]

    assert properties["Runtime"] == "python3.13"
    assert properties["Architectures"] == [{"Ref": "Architecture"}] or properties["Architectures"] == ["arm64"]
    assert properties["TracingConfig"] == {"Mode": "Active"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_a_role_of_its_own(name: str) -> None:
    role = name_of(FUNCTIONS[name]["Properties"]["Role"])

    users = [other for other, function in FUNCTIONS.items() if name_of(function["Properties"]["Role"]) == role]
    assert users == [name]


@pytest.mark.parametrize("name", ROLES)
def test_a_role_has_no_wildcard_without_a_written_reason(name: str) -> None:
    statements = [
        statement
        for policy in ROLES[name]["Properties"].get("Policies", [])
        for statement in policy["PolicyDocument"]["Statement"]
    ]

    assert statements
    for statement in statements:
        for action in as_list(statement["Action"]):
            assert "*" not in action
            for resource in as_list(statement["Resource"]):
                assert resource != "*" or (resource, action) in WRITTEN_REASONS


@pytest.mark.parametrize("name", BUCKETS)
def test_a_bucket_is_private_encrypted_and_speaks_tls_only(name: str) -> None:
    properties = BUCKETS[name]["Properties"]
    policies = [
        policy["Properties"]["PolicyDocument"]
        for policy in resources_of("AWS::S3::BucketPolicy").values()
        if name_of(policy["Properties"]["Bucket"]) == name
    ]
    denials = [statement for policy in policies for statement in policy["Statement"] if statement["Effect"] == "Deny"]

    assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
    assert properties["BucketEncryption"]
    assert [denial["Condition"] for denial in denials] == [{"Bool": {"aws:SecureTransport": "false"}}]


@pytest.mark.parametrize("name", BUCKETS)
def test_a_bucket_outlives_the_stack(name: str) -> None:
    assert BUCKETS[name]["DeletionPolicy"] == "Retain"


def test_only_the_distribution_reads_the_site() -> None:
    policy = resources_of("AWS::S3::BucketPolicy")["SiteBucketPolicy"]["Properties"]["PolicyDocument"]

    allowed = [statement for statement in policy["Statement"] if statement["Effect"] == "Allow"]

    assert [statement["Principal"] for statement in allowed] == [{"Service": "cloudfront.amazonaws.com"}]
    assert "distribution/${SiteDistribution}" in str(allowed[0]["Condition"])


def test_dropped_objects_are_versioned_and_announced_to_eventbridge() -> None:
    properties = BUCKETS["IntakeBucket"]["Properties"]

    assert properties["VersioningConfiguration"] == {"Status": "Enabled"}
    assert properties["NotificationConfiguration"]["EventBridgeConfiguration"]["EventBridgeEnabled"] is True


def test_the_table_can_be_restored_to_any_point_of_the_last_weeks() -> None:
    (table,) = resources_of("AWS::DynamoDB::Table").values()

    assert table["Properties"]["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert table["DeletionPolicy"] == "Retain"


def test_every_parameter_is_described() -> None:
    parameters = transformed_template()["Parameters"]

    assert [name for name, parameter in parameters.items() if not parameter.get("Description")] == []


def own_alarms() -> dict[str, str]:
    """The alarms over metrics of the functions' own, with the name of the metric."""
    return {
        name: alarm["Properties"]["MetricName"]
        for name, alarm in ALARMS.items()
        if alarm["Properties"]["Namespace"] == "Slugline"
    }


@pytest.mark.parametrize("name", own_alarms())
def test_an_alarm_over_a_metric_of_our_own_is_over_one_that_is_counted_and_is_heard(name: str) -> None:
    root = Path(__file__).parents[2]
    sources = (path.read_text() for folder in ("functions", "shared") for path in (root / folder).rglob("*.py"))

    assert any(f'"{own_alarms()[name]}", MetricUnit' in source for source in sources)
    assert ALARMS[name]["Properties"]["AlarmActions"]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_no_header_lets_anything_inline_in_and_each_page_s_own_policy_replaces_the_site_s() -> None:
    resources = transformed_template()["Resources"]
    headers = resources["SiteHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    distribution = resources["SiteDistribution"]["Properties"]["DistributionConfig"]

    assert "unsafe" not in headers["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    assert headers["ContentSecurityPolicy"]["Override"] is False
    for behaviour in (distribution["DefaultCacheBehavior"], *distribution["CacheBehaviors"]):
        (function,) = behaviour["FunctionAssociations"]
        assert function["EventType"] == "viewer-response"
        assert "MetadataHeadersFunction" in str(function["FunctionARN"])
