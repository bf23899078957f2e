"""The whole line, articles to incidents, on stories of our own; see `scenario`."""

from __future__ import annotations

import pytest

from tests.incidents.scenario import Story, judged, merged, orders, reports, stories, substance

each = pytest.mark.parametrize("story", stories(), ids=lambda story: story.name)


def test_there_are_thirty_stories_of_three_to_eight_articles() -> None:
    assert len(stories()) >= 30
    assert all(3 <= len(story.articles) <= 8 for story in stories())


@each
def test_a_story_gives_the_same_incidents_in_any_order(story: Story) -> None:
    told = reports(story.name)
    expected = substance(merged(told))

    assert all(substance(merged(order)) == expected for order in orders(told))


@each
def test_a_story_gives_as_many_incidents_as_it_tells(story: Story) -> None:
    titles = [incident.title for incident in merged(reports(story.name))]

    assert len(titles) == len(story.incidents), titles


def test_nineteen_of_twenty_fields_are_right() -> None:
    verdicts = [
        (story.name, verdict)
        for story in stories()
        for verdict in judged(story, merged(reports(story.name)))
    ]
    wrong = [
        f"{name} [{v.incident}] {v.field}: wanted {v.wanted}, found {v.found}"
        for name, v in verdicts
        if not v.right
    ]
    print(f"{len(verdicts) - len(wrong)} of {len(verdicts)} fields right", *wrong, sep="\n")

    assert len(wrong) <= 0.05 * len(verdicts), "\n".join(wrong)
