"""Copies of what was published, so that the links open when everything is stopped."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from slugline_local.demo.receiver import Received
from slugline_local.stack import Stack


def keep_site(stack: Stack, folder: Path) -> list[Path]:
    """The whole site bucket as files; pages link to their neighbours relatively, so they open from disk."""
    shutil.rmtree(folder, ignore_errors=True)
    kept = []
    pages = stack.aws.s3.get_paginator("list_objects_v2").paginate(Bucket=stack.site_bucket)
    for key in [item["Key"] for page in pages for item in page.get("Contents", [])]:
        target = folder / key
        target.parent.mkdir(parents=True, exist_ok=True)
        stack.aws.s3.download_file(stack.site_bucket, key, str(target))
        kept.append(target)
    return kept


def keep_webhooks(received: Sequence[Received], folder: Path) -> list[Path]:
    """Each verified webhook, headers and payload, as a JSON file."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    kept = []
    for number, webhook in enumerate(received, start=1):
        target = folder / f"{number}.json"
        target.write_text(json.dumps(asdict(webhook), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        kept.append(target)
    return kept
