"""How long everything is kept that people write together: groups, plans, lessons, sessions; see `retention`."""

from webapp.vocabulary.keeping import Keep, Rule, days
from webapp.vocabulary.words import _l

GROUP_TABLES = (
    "working_group", "action_item", "action_note", "action_reminder", "meeting", "attendance", "topic", "decision",
    "minute_line", "history",
)  # fmt: skip
PLAN_TABLES = (
    "plan", "evidence", "barrier", "barrier_evidence", "choice", "goal", "goal_barrier", "plan_partner", "missing",
    "adjustment", "outcome", "review", "voice", "remark", "expectation", "small_step", "comes_first", "belonging",
)  # fmt: skip

TOGETHER: dict[Keep, Rule] = {
    Keep.ACTION_PLAN: Rule(
        _l("An action plan, what was changed in it and why, and what was said about it"),
        PLAN_TABLES,
        None,
        _l("Stays: the story of a plan is what others learn from. It points to no young person."),
    ),
    Keep.GROUP: Rule(
        _l("A working group, its meetings, minutes and decisions, and what it set itself to do"),
        GROUP_TABLES,
        None,
        _l("As long as the group exists."),
    ),
    Keep.SIGNPOST: Rule(
        _l("Help lines, and whether an association has an integrity policy: days and yes or no, never what happened"),
        ("help_line", "integrity_policy", "history"),
        None,
        _l("As it is now; nobody sees how it was."),
    ),
    Keep.TALK: Rule(
        _l("A conversation of a working group: what was said, who reacted, and up to where somebody read it"),
        ("thread", "thread_post", "thread_mention", "thread_reaction", "thread_seen", "history"),
        None,
        _l("As long as the group exists. Words that somebody takes back go at once."),
    ),
    Keep.MEMBERSHIP: Rule(
        _l("Who sat in a working group, or was a guest there"),
        ("membership", "guest"),
        days(365),
        _l("after they left."),
    ),
    Keep.TOOL: Rule(
        _l("What stands on the shelf of a working group: files with their older versions, links, and who uses them"),
        ("tool", "tool_file", "tool_tag", "tool_use", "history"),
        None,
        _l("Until the group takes it off its shelf, or the group goes."),
    ),
    Keep.TYPING: Rule(
        _l("What somebody began to type in a meeting"), ("typing",), days(1), _l("after the last letter.")
    ),
    Keep.GROUP_DOOR: Rule(
        _l("Where a link into a working group leads"), ("group_door",), days(90), _l("after it was made.")
    ),
    Keep.GROUP_INVITATION: Rule(
        _l("An invitation into a working group"),
        ("group_invitation",),
        days(44),
        _l("after it was mailed: the two weeks it works, and 30 days."),
    ),
    Keep.JOIN_REQUEST: Rule(
        _l("A request to join a working group"), ("join_request",), days(90), _l("after it was answered.")
    ),
    Keep.POLL: Rule(
        _l("A date poll: which moments, and who said when they can"),
        ("date_poll", "poll_moment", "poll_reply", "poll_choice", "history"),
        days(365),
        _l("after its last day."),
    ),
    Keep.POLL_GUEST: Rule(
        _l("The name of a guest in a date poll"), ("poll_reply",), days(30), _l("after the last day of the poll.")
    ),
    Keep.LESSON: Rule(
        _l("A lesson, in other languages too: what changed in it, who was its second reader, and where it is used"),
        (
            "lesson",
            "lesson_index",
            "lesson_span",
            "lesson_translation",
            "lesson_change",
            "second_read",
            "lesson_use",
            "lesson_tag",
            "tried",
            "tag",
            "tag_synonym",
            "house_rule",
            "history",
        ),
        None,
        _l("Stays, so that the network doesn't forget. There's nobody in it."),
    ),
    Keep.BEGUN_LESSON: Rule(
        _l("A lesson that somebody began and left, without the one line that others can use"),
        ("lesson", "history"),
        days(30),
        _l("after it was begun. Whoever wrote it can throw it away at any moment."),
    ),
    Keep.FLAG: Rule(
        _l("That somebody said words break a house rule, and what was decided"),
        ("flag",),
        days(365),
        _l("after it was decided."),
    ),
    Keep.OWN_CHOICE: Rule(
        _l("The booklets that somebody made of lessons, and the searches they follow"),
        ("booklet", "booklet_lesson", "followed_search"),
        None,
        _l("Until they throw them away, or their account goes."),
    ),
    Keep.OTHER_TOWN: Rule(
        _l("A town whose lessons are followed"), ("other_town",), None, _l("Until somebody stops following it.")
    ),
    Keep.OPEN_LOG: Rule(
        _l("That the network shows its lessons to everybody, since when and by whom"),
        ("open_log",),
        None,
        _l("Until somebody closes them again."),
    ),
    Keep.FOLLOW_SWITCH: Rule(
        _l("That the network follows other towns, since when and by whom"),
        ("follow_switch",),
        None,
        _l("Until somebody switches it off."),
    ),
    Keep.LEARNING_SESSION: Rule(
        _l("A learning session: what it was about, who led it and who was invited, and what came of it"),
        ("learning_session", "session_lead", "session_ask", "session_invited", "session_action", "phase", "history"),
        None,
        _l("Stays: lessons lead back to it."),
    ),
    Keep.CONTRIBUTION: Rule(
        _l("What people shared in a learning session. In an anonymous one without any name or time"),
        ("contribution", "contribution_giver", "cluster"),
        days(365),
        _l("after the session closed, or began when nobody closed it."),
    ),
    Keep.PARTICIPANT: Rule(
        _l("Who took part in a learning session: a first name or none, and whether they shared something"),
        ("participant",),
        days(30),
        _l("after the session closed, or began when nobody closed it."),
    ),
}
