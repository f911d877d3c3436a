"""CloudFormation takes no template whose resources wait for each other."""

import re
from graphlib import TopologicalSorter
from typing import Any

from tests.support.template import transformed_template


def references(value: Any) -> set[str]:
    """The logical ids that a piece of the template refers to."""
    if isinstance(value, dict):
        found = {name for each in value.values() for name in references(each)}
        if isinstance(value.get("Ref"), str):
            found.add(value["Ref"])
        if "Fn::GetAtt" in value:
            target = value["Fn::GetAtt"]
            found.add(target[0] if isinstance(target, list) else target.split(".")[0])
        if "Fn::Sub" in value:
            text = value["Fn::Sub"][0] if isinstance(value["Fn::Sub"], list) else value["Fn::Sub"]
            found |= set(re.findall(r"\$\{(\w+)(?:\.\w+)*\}", text))
        return found
    return {name for each in value for name in references(each)} if isinstance(value, list) else set()


def test_no_resource_waits_for_itself() -> None:
    resources = transformed_template()["Resources"]
    graph = {name: references(resource) & resources.keys() for name, resource in resources.items()}

    assert len(list(TopologicalSorter(graph).static_order())) == len(resources)  # raises CycleError naming a circle
