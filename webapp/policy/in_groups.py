"""Small questions about a person and what belongs to a working group; see `predicates`."""

from typing import Any

from webapp.policy.actor import Actor, Key


def group_is_open(actor: Actor, thing: Any) -> bool:
    """The group lets the whole network read along."""
    return bool(thing.group.visibility == "open")


def group_is_no_secret(actor: Actor, thing: Any) -> bool:
    """The network may know that this group exists."""
    return bool(thing.group.visibility != "confidential")


def sits_in_group(actor: Actor, thing: Any) -> bool:
    """Sits in this group today."""
    return actor.person_id in thing.group.member_ids


def sits_not_in_group(actor: Actor, thing: Any) -> bool:
    """Does not sit in this group."""
    return actor.person_id not in thing.group.member_ids


def is_guest_of_it(actor: Actor, thing: Any) -> bool:
    """Was invited to this one thing of a group, until a day that has not passed."""
    return actor.person_id in thing.guest_ids


def made_it(actor: Actor, thing: Any) -> bool:
    """Began this."""
    return actor.person_id is not None and thing.made_by_id == actor.person_id


def followed_poll_link(actor: Actor, poll: Any) -> bool:
    """Came by the link of this date poll, or by that to one's own answer in it."""
    return actor.has_key(Key.POLL, poll.id) or actor.has_key(Key.POLL_REPLY, poll.id)


def was_invited_to_it(actor: Actor, invited: Any) -> bool:
    """Is the person who was invited, whether the days have passed or not."""
    return actor.person_id is not None and invited.person_id == actor.person_id


def leads_group(actor: Actor, thing: Any) -> bool:
    """Is chair or secretary of this group."""
    return actor.person_id in thing.group.leader_ids


def nobody_leads_group(actor: Actor, thing: Any) -> bool:
    """The group has neither chair nor secretary today."""
    return not thing.group.leader_ids


def meeting_is_told(actor: Actor, thing: Any) -> bool:
    """The meeting is no draft any more; what stands on no agenda yet is not hidden either."""
    return thing.meeting is None or thing.meeting.status != "draft"


def carries_it(actor: Actor, item: Any) -> bool:
    """Carries this action today, perhaps by a seat without sitting in the group."""
    return actor.person_id is not None and actor.person_id in item.carrier_ids


def followed_action_link(actor: Actor, item: Any) -> bool:
    """Came by the link in the reminder about this action, sent to somebody who still sits in its group or carries."""
    holder = actor.holder_of(Key.ACTION, item.id)
    return holder is not None and holder in item.group.member_ids | item.carrier_ids


def brought_it(actor: Actor, tool: Any) -> bool:
    """Put this on the shelf."""
    return actor.person_id is not None and tool.added_by_id == actor.person_id


def group_keeps_files(actor: Actor, thing: Any) -> bool:
    """The group is not about integrity: there nobody can bring a file."""
    return not thing.group.is_about_integrity


def is_integrity_contact(actor: Actor, thing: Any) -> bool:
    """Sits in a group of integrity contact persons."""
    return actor.person_id is not None and actor.person_id in thing.contact_ids
