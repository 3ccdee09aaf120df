"""What the working groups of Elsterveer talk about, said at the moments when they did."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from seeds.reading import moment, read
from seeds.shelving import EVENING
from seeds.town import Town
from webapp.core import clock
from webapp.core.db import db
from webapp.groups import queries as groups
from webapp.groups.models import WorkingGroup
from webapp.talk import actions, queries
from webapp.talk.codes import Reaction
from webapp.talk.models import ThreadPost


def tell(town: Town) -> None:
    """Let each conversation be held, and tapped on."""
    names = {entry["key"]: entry["name"] for entry in read("groups")}
    for entry in read("talk"):
        group = db.session.scalars(select(WorkingGroup).where(WorkingGroup.name == names[entry["group"]])).one()
        said: list[ThreadPost] = []
        for number, words in enumerate(entry["posts"]):
            with clock.at(moment(town.day(words["on"]), EVENING) + timedelta(minutes=number)):
                said.append(_say(town, group, entry["title"], said, words))
        for tap in entry.get("taps", ()):
            with clock.at(moment(town.day(entry["posts"][-1]["on"]), EVENING) + timedelta(hours=1)):
                actions.react(_now(said[tap["post"] - 1]), Reaction(tap["kind"]), by=town.actor(tap["who"]))


def _say(town: Town, group: WorkingGroup, title: str, said: list[ThreadPost], words: dict[str, Any]) -> ThreadPost:
    by = town.actor(words["who"])
    if not said:
        post = actions.begin(groups.with_members(group), title, words["words"], by=by)
    else:
        answered = said[words["answers"] - 1].id if "answers" in words else None
        post = actions.write(_now(said[0]).thread, words["words"], answered, by=by)
    if words.get("topic"):
        actions.to_agenda(_now(post), by=by)
    if words.get("lesson"):
        actions.to_lesson(_now(post), by=by)
    return post


def _now(post: ThreadPost) -> ThreadPost:
    """The post with who sits in its group at this moment."""
    return queries.post(post.id) or post
