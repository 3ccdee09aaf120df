"""Who may what, on one screen.

Each permission has alternatives; an alternative is a list of predicates that must all hold. Nobody "may
everything": an administrator sees technique, not young people.
"""

from typing import Any

from webapp.policy import in_groups as g
from webapp.policy import in_learning as ln
from webapp.policy import in_plans
from webapp.policy import predicates as p
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can

Alternative = tuple[p.Predicate, ...]


class NotAllowed(Exception):
    """This person may not do this."""

    def __init__(self, permission: Can) -> None:
        super().__init__(permission.value)
        self.permission = permission


RULES: dict[Can, tuple[Alternative, ...]] = {
    Can.SIGN_IN: ((p.anyone,),),
    Can.LOOK_AROUND: ((p.known,),),
    Can.USE_DEMO: ((p.anyone,),),
    Can.USE_OWN_ACCOUNT: ((p.person,),),
    Can.CHOOSE_MAIL: ((p.is_their_own,), (p.followed_mail_link,)),
    Can.PROMISE_DISCRETION: ((p.hears_of_young_people,),),
    Can.READ_ORGANISATION: ((p.known,),),
    Can.EDIT_ORGANISATION: ((p.works_there,), (p.coordinates,)),
    Can.ADD_ORGANISATION: ((p.coordinates,), (p.administers,)),
    Can.MANAGE_SEATS: ((p.speaks_for_it,), (p.coordinates,), (p.administers,)),
    Can.SHARE_JOIN_LINK: ((p.speaks_for_it,),),
    Can.AGREE_TO_SEAT: (
        (p.speaks_for_it, p.needs_a_yes),
        (p.is_of_the_house, p.nobody_speaks_for_it, p.needs_a_yes),
    ),
    Can.SEE_HEALTH: ((p.administers,),),
    Can.READ_OFFER: ((p.known, p.is_open_to_network), (p.works_there,), (p.is_shared_with_everybody,)),
    Can.ADD_OFFER: ((p.works_there,),),
    Can.EDIT_OFFER: ((p.works_there,),),
    Can.CONFIRM_OFFER: ((p.works_there,), (p.followed_upkeep_link,)),
    Can.HAND_OUT_OFFER: ((p.is_shared_with_everybody,),),
    Can.READ_CHANGES: ((p.works_there,), (p.coordinates, p.is_open_to_network)),
    Can.ASK_ABOUT_OFFER: ((p.guides, p.is_open_to_network),),
    Can.START_REFERRAL: ((p.guides,),),
    Can.READ_REFERRAL: ((p.guides_it,), (p.watches_over_it,), (p.receives_it,)),
    Can.GUIDE_REFERRAL: ((p.guides_it,), (p.watches_over_it,)),
    Can.READ_ASK: ((p.is_asked,), (p.stands_in,), (p.welcomes_there,), (p.followed_answer_link,)),
    Can.ANSWER_ASK: ((p.is_asked,), (p.stands_in,), (p.welcomes_there,), (p.followed_answer_link,)),
    Can.CALL_ASKED: ((p.builds_bridges,),),
    Can.NOTE_ANSWER: ((p.guides_its_question,), (p.watches_its_question,), (p.stands_in,), (p.calls_about_it,)),
    Can.OPEN_CARD: (
        (p.guides_it, p.may_see_identity),
        (p.watches_over_it, p.may_see_identity, p.watched_it_then),
        (p.receives_it, p.may_see_identity, p.received_it_then),
    ),
    Can.OPEN_SCAN: (
        (p.guides_it, p.may_see_identity),
        (p.watches_over_it, p.may_see_identity, p.watched_it_then),
    ),
    Can.TAKE_BACK_AGREEMENT: ((p.guides_it,), (p.watches_over_it,), (p.receives_it,)),
    Can.PLAN_WELCOME: ((p.guides_it,), (p.watches_over_it,), (p.receives_it,)),
    Can.READ_WELCOME: ((p.followed_welcome_link,),),
    Can.CHECK_IN: ((p.guides_it,), (p.watches_over_it,), (p.receives_it,)),
    Can.START_VISIT: ((p.guides,),),
    Can.READ_VISIT: ((p.leads_visit,), (p.is_asked,), (p.stands_in,), (p.followed_visit_link,)),
    Can.ANSWER_VISIT: ((p.is_asked,), (p.stands_in,), (p.followed_visit_link,)),
    Can.LEAD_VISIT: ((p.leads_visit,),),
    Can.SIGNAL_MISSING: ((p.guides,),),
    Can.FOLLOW_SIGNALS: ((p.coordinates,),),
    Can.DECIDE_SUPPORT: ((p.coordinates, p.did_not_ask_it),),
    Can.SEE_STUCK: ((p.coordinates,), (p.builds_bridges,)),
    Can.TALK_ABOUT_REFERRAL: ((p.guides_it,), (p.watches_over_it,), (p.receives_it,)),
    Can.KEEP_NOTES: ((p.guides_it,), (p.watches_over_it,), (p.receives_it, p.works_where_it_was_chosen)),
    Can.TAKE_BACK_WORDS: ((p.hears_of_young_people, p.wrote_it),),
    Can.HAND_OVER: (
        (p.guides_it,),
        (p.watches_over_it, p.saw_it_agreed),
        (p.receives_it, p.works_where_it_was_chosen, p.saw_it_agreed),
    ),
    Can.READ_HAND_OVER: ((p.is_asked_to_take_it_over,), (p.let_a_colleague_have_it,)),
    Can.ANSWER_HAND_OVER: ((p.is_asked_to_take_it_over,),),
    Can.TAKE_OVER: ((p.watches_over_it, p.saw_it_agreed),),
    Can.BRING_IN: ((p.guides_it,), (p.watches_over_it,), (p.receives_it,)),
    Can.WALK_BESIDE: ((p.was_brought_in,),),
    Can.EXPORT_REFERRAL: ((p.guides_it,), (p.watches_over_it,)),
    Can.READ_ACCESS_LOG: ((p.speaks_for_it,),),
    Can.RELEASE_BRAKE: ((p.administers,),),
    Can.SEE_PLAN: ((p.known,),),
    Can.START_PLAN: ((p.coordinates,), (p.facilitates,), (p.builds_bridges,)),
    Can.STEER_PLAN: ((p.coordinates, in_plans.plan_goes_on), (p.known, g.sits_in_group, in_plans.plan_goes_on)),
    Can.ROUND_OFF_PLAN: ((p.coordinates,), (p.known, g.sits_in_group)),
    Can.PROPOSE_ACTION: ((p.known, in_plans.plan_goes_on),),
    Can.DO_PLANNED: (
        (p.coordinates, in_plans.plan_goes_on),
        (p.known, g.sits_in_group, in_plans.plan_goes_on),
        (p.known, in_plans.carries_planned, in_plans.plan_goes_on),
    ),
    Can.PLACE_ACTION: ((p.known, g.sits_in_group, g.group_is_no_secret),),
    Can.REMARK_ON_PLAN: ((p.known,),),
    Can.TAKE_BACK_REMARK: ((p.known, in_plans.said_it),),
    Can.SEE_LOG: ((p.known,),),
    Can.READ_LESSON: (
        (p.known, ln.is_out),
        (p.known, ln.wrote_lesson),
        (ln.works_where_lesson_belongs,),
        (p.known, ln.leads_its_session),
        (p.facilitates, ln.left_its_circle),
        (p.coordinates, ln.left_its_circle),
        (p.builds_bridges, ln.left_its_circle),
    ),
    Can.WRITE_LESSON: ((p.known,),),
    Can.EDIT_LESSON: (
        (p.known, ln.wrote_lesson),
        (ln.works_where_lesson_belongs,),
        (p.known, ln.leads_its_session),
    ),
    Can.THROW_AWAY_LESSON: ((p.known, ln.wrote_lesson, ln.never_left_its_circle),),
    Can.READ_ALONG: ((p.facilitates,), (p.coordinates,), (p.builds_bridges,)),
    Can.SECOND_READ: (
        (p.facilitates, ln.left_its_circle, ln.did_not_write_lesson),
        (p.coordinates, ln.left_its_circle, ln.did_not_write_lesson),
        (p.builds_bridges, ln.left_its_circle, ln.did_not_write_lesson),
    ),
    Can.KEEP_LESSON: (
        (ln.works_where_lesson_belongs,),
        (p.facilitates, ln.left_its_circle),
        (p.coordinates, ln.left_its_circle),
    ),
    Can.TRY_LESSON: ((p.known, ln.is_out),),
    Can.FLAG_WORDS: ((p.known,),),
    Can.READ_FLAG: ((p.facilitates,), (p.coordinates,), (p.known, ln.flagged_it), (p.known, ln.hears_of_own_words)),
    Can.DECIDE_FLAG: (
        (p.facilitates, ln.did_not_write_what_was_flagged),
        (p.coordinates, ln.did_not_write_what_was_flagged),
    ),
    Can.KEEP_LOG: ((p.facilitates,), (p.coordinates,)),
    Can.MAKE_BOOKLET: ((p.known,),),
    Can.KEEP_BOOKLET: ((p.known, ln.made_booklet),),
    Can.FOLLOW_TOWNS: ((p.coordinates,), (p.administers,)),
    Can.READ_FEED: ((p.anyone,),),
    Can.SEE_SESSION: ((p.known,),),
    Can.PREPARE_SESSION: ((p.facilitates,), (p.coordinates,)),
    Can.STEER_SESSION: ((p.known, ln.facilitates_session), (p.coordinates, ln.nobody_facilitates_session)),
    Can.LEAD_SESSION: ((p.known, ln.leads_session), (p.coordinates, ln.nobody_facilitates_session)),
    Can.ANSWER_LEAD: ((p.known, ln.is_asked_to_lead),),
    Can.READ_SESSION: ((p.known, ln.leads_session), (p.known, ln.is_in_its_circle), (ln.takes_part,)),
    Can.JOIN_SESSION: ((ln.followed_session_link,), (p.known, ln.is_in_its_circle), (p.known, ln.leads_session)),
    Can.SHARE_IN_SESSION: ((ln.takes_part,),),
    Can.FLAG_IN_SESSION: ((p.known, ln.leads_session, ln.hangs_on_wall), (ln.takes_part, ln.hangs_on_wall)),
    Can.FLAG_RESULT: (
        (p.known, ln.leads_session, ln.tells_what_came),
        (p.known, ln.is_in_its_circle, ln.tells_what_came),
        (ln.takes_part, ln.tells_what_came),
    ),
    Can.START_GROUP: ((p.coordinates,), (p.facilitates,)),
    Can.SEE_GROUP: ((p.known, g.group_is_no_secret), (g.sits_in_group,)),
    Can.READ_GROUP: ((p.known, g.group_is_open), (g.sits_in_group,)),
    Can.ASK_TO_JOIN: ((p.known, g.group_is_open, g.sits_not_in_group),),
    Can.TAKE_PART: ((g.sits_in_group,),),
    Can.LEAD_GROUP: (
        (g.leads_group,),
        (g.sits_in_group, g.nobody_leads_group),
        (p.coordinates, g.group_is_no_secret, g.nobody_leads_group),
    ),
    Can.READ_MEETING: (
        (p.known, g.group_is_open, g.meeting_is_told),
        (g.sits_in_group,),
        (g.is_guest_of_it, g.meeting_is_told),
    ),
    Can.BRING_TOPIC: ((g.sits_in_group,), (g.is_guest_of_it,)),
    Can.JOIN_MEETING: ((g.sits_in_group,), (g.is_guest_of_it,)),
    Can.WRITE_MINUTES: ((g.sits_in_group,), (g.is_guest_of_it,)),
    Can.READ_ACTION: ((p.known, g.group_is_open), (g.sits_in_group,), (g.carries_it,)),
    Can.ANSWER_ACTION: ((g.sits_in_group,), (g.carries_it,), (g.followed_action_link,)),
    Can.SHARE_TOOL: ((g.sits_in_group, g.group_is_open),),
    Can.USE_TOOL: ((p.known, g.group_is_open), (p.known, g.sits_in_group)),
    Can.REMOVE_TOOL: (
        (g.sits_in_group, g.brought_it),
        (g.sits_in_group, g.leads_group),
        (g.sits_in_group, g.nobody_leads_group),
    ),
    Can.BE_GUEST: ((g.was_invited_to_it,),),
    Can.ANSWER_INVITATION: ((g.was_invited_to_it,),),
    Can.READ_POLL: ((g.sits_in_group,),),
    Can.ANSWER_POLL: ((g.sits_in_group,), (g.followed_poll_link,)),
    Can.LEAD_POLL: ((g.leads_group,), (g.sits_in_group, g.made_it), (g.sits_in_group, g.nobody_leads_group)),
    Can.BRING_FILE: ((g.sits_in_group, g.group_keeps_files),),
    Can.KEEP_SIGNPOSTS: ((p.coordinates,), (p.known, g.is_integrity_contact)),
    Can.SEE_POLICIES: ((p.coordinates,), (p.known, g.is_integrity_contact)),
    Can.READ_POLICY: ((p.works_there,), (p.coordinates,), (p.known, g.is_integrity_contact)),
    Can.KEEP_POLICY: ((p.works_there,),),
    Can.NAME_CONTACTS: ((p.coordinates, g.group_is_no_secret), (p.coordinates, g.sits_in_group)),
    Can.READ_THREAD: ((p.known, g.group_is_open), (g.sits_in_group,), (g.is_guest_of_it,)),
    Can.TALK_IN_THREAD: ((g.sits_in_group,), (g.is_guest_of_it,)),
    Can.EDIT_POST: ((g.sits_in_group, p.wrote_it), (g.is_guest_of_it, p.wrote_it)),
    Can.WITHDRAW_POST: (
        (g.sits_in_group, p.wrote_it),
        (g.is_guest_of_it, p.wrote_it),
        (g.sits_in_group, g.leads_group),
        (g.sits_in_group, g.nobody_leads_group),
    ),
}


def can(actor: Actor, permission: Can, thing: Any = None) -> bool:
    """Whether the actor has the permission on the thing (None where a permission is about no one thing)."""
    return any(all(holds(actor, thing) for holds in alternative) for alternative in RULES[permission])


def require(actor: Actor, permission: Can, thing: Any = None) -> None:
    """Raise NotAllowed unless `can`."""
    if not can(actor, permission, thing):
        raise NotAllowed(permission)
