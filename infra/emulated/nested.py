"""Nested templates as the emulator takes them: it applies their transform to no template but the root."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from awscli.customizations.cloudformation.yamlhelper import yaml_dump, yaml_parse
from ministack.services.cloudformation import language_extensions


def expanded(root: Path, directory: Path) -> Path:
    """Writes the template at `root` into `directory` with its nested templates' loops written out, and returns it.

    Paths in it stay as they are: what lies beside `root` is found beside the copy.
    """
    template = yaml_parse(root.read_text())
    for resource in template["Resources"].values():
        if isinstance(resource, dict) and resource.get("Type") == "AWS::CloudFormation::Stack":
            properties = resource["Properties"]
            nested = yaml_parse((root.parent / properties["TemplateURL"]).read_text())
            if nested.pop("Transform", None) is not None:
                nested = language_extensions.apply(nested, _known(properties["Parameters"]))
            copy = directory / properties["TemplateURL"]
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(yaml_dump(nested))
    copy = directory / root.name
    copy.write_text(root.read_text())
    (directory / "target").symlink_to(root.parent / "target")
    return copy


def _known(parameters: dict[str, Any]) -> dict[str, str]:
    """The parameters whose value the template itself says: a nested template may loop over them."""
    return {name: _joined(value) for name, value in parameters.items() if isinstance(value, dict) and "Fn::Join" in value}


def _joined(value: Any) -> str:
    if isinstance(value, str):
        return value
    separator, items = value["Fn::Join"]
    return separator.join(_joined(item) for item in items)
