"""A webhook's filter and the feeds mean the same by a desk."""

import json

from tests.support.newsroom import Newsroom

from slugline.partners import Endpoint
from slugline.ports.clock import SystemClock

SETTINGS = {"desks": {"games": {"name": "Sport", "folders": ["sport"]}}}


def test_a_filter_by_desk_lets_through_what_the_desks_feed_has(newsroom: Newsroom) -> None:
    # given
    bucket = newsroom.outputs["ArchiveBucket"]
    newsroom.s3.put_object(Bucket=bucket, Key="desk/settings.json", Body=json.dumps(SETTINGS).encode())
    notify = newsroom.services["notify"]
    for identifier, desk in (("ep_desk", "games"), ("ep_folder", "sport")):
        notify.partners.add_endpoint(
            Endpoint(
                id=identifier,
                partner_id="ptn_1",
                url="https://partner.example/",
                host="partner.example",
                secrets=(),
                created_at=SystemClock().now(),
                filter={"desk": [desk]},
            )
        )

    # when
    newsroom.drop("sport/match.md", b"# Match won\n\nThe match was played on Monday in the rain.\n")
    newsroom.settle()

    # then
    (story,) = notify.stories.recent_stories(5)
    assert "desks/games" in story.feeds
    assert notify.deliveries.told(story.story_id) == {"ep_desk", "ptn_1"}
