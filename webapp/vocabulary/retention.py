"""How long everything is kept: one table that the clocks obey and that people read. No table of the database is
left out, and a test says so when one is."""

from datetime import timedelta

from webapp.vocabulary.keeping import Keep, Rule, days
from webapp.vocabulary.retention_together import TOGETHER
from webapp.vocabulary.words import _l

__all__ = ["KEEP_LABELS", "KEEP_TRAITS", "Keep", "Rule", "kept_for"]

QUESTION_TABLES = ("referral", "ask", "agreement", "check_in", "reminder", "history", "hand_over", "beside")

KEEP_TRAITS: dict[Keep, Rule] = {
    Keep.DRAFT: Rule(
        _l("A question that was never sent"),
        ("referral", "shortlisted", "history"),
        days(14),
        _l("after it was last changed. Whoever wrote it can throw it away at any moment."),
    ),
    Keep.CARD: Rule(
        _l("The contact card: a first name and one way to reach somebody; and the paper that was signed"),
        ("contact_card", "agreement_scan"),
        days(90),
        _l("after the question ended; sooner on the last day of the agreement, and at once when it's taken back."),
    ),
    Keep.WORDS: Rule(
        _l("What somebody said in their own words, and what those involved wrote, after a place was found"),
        ("referral", "post"),
        days(90),
        _l("after the question ended, and at once when the agreement is taken back."),
    ),
    Keep.WORDS_WITHOUT_PLACE: Rule(
        _l("What somebody said in their own words, and what those involved wrote, when no place was found"),
        ("referral", "post"),
        days(30),
        _l("after the question ended."),
    ),
    Keep.PLAN: Rule(
        _l("The welcome plan, and what associations typed in their answers"),
        ("welcome_plan", "ask"),
        days(90),
        _l("after the question ended. What was typed in answers goes as soon as nobody is looking any more."),
    ),
    Keep.QUESTION: Rule(
        _l("The question itself: alias, wishes, who was asked, agreements, looking back, what happened"),
        (*QUESTION_TABLES, "shortlisted"),
        days(180),
        _l("after it ended."),
    ),
    Keep.SILENT_QUESTION: Rule(
        _l("A question that nobody ended"),
        (*QUESTION_TABLES, "contact_card", "welcome_plan", "post"),
        days(365),
        _l("after its last step."),
    ),
    Keep.REMINDER: Rule(
        _l("What a bridge builder was reminded of"), ("reminder",), days(90), _l("after they were told.")
    ),
    Keep.COUNTED: Rule(
        _l("What is left to count: month, age group, interests and how it ended"),
        ("counted_question",),
        None,
        _l("Stays. It points to nobody."),
    ),
    Keep.NOTICE: Rule(_l("Messages under the bell"), ("notice",), days(90), _l("after they were made.")),
    Keep.MAIL: Rule(_l("Copies of mail, in the demo alone"), ("demo_mail",), days(90), _l("after they were sent.")),
    Keep.SEAT: Rule(
        _l("A function of somebody at an organisation"), ("function", "upkeep_mail"), days(365), _l("after it ended.")
    ),
    Keep.RESTING_ACCOUNT: Rule(
        _l("The account of somebody without a function"),
        ("person",),
        days(365),
        _l("without any function. Then it's closed, until somebody invites them again."),
    ),
    Keep.ACCOUNT: Rule(
        _l("A closed account, with name, address and phone number"),
        ("person", "sign_in_session", "notice", "mail_choice"),
        days(365),
        _l("after it was closed."),
    ),
    Keep.INVITATION: Rule(
        _l("An invitation"), ("invitation",), days(44), _l("after it was mailed: the two weeks it works, and 30 days.")
    ),
    Keep.PROMISE: Rule(
        _l("The promise of discretion"),
        ("discretion_promise",),
        days(730),
        _l("after it was made: the year for which it holds, and one more."),
    ),
    Keep.FACTOR: Rule(
        _l("Passkeys, the app with codes and recovery codes"),
        ("passkey", "authenticator", "recovery_code"),
        None,
        _l("Until whoever they belong to removes them, or the account goes. A recovery code goes when it's used."),
    ),
    Keep.CHALLENGE: Rule(
        _l("What a passkey has to sign, once"), ("passkey_challenge",), None, _l("Five minutes at most.")
    ),
    Keep.SESSION: Rule(
        _l("The browser in which somebody is signed in"),
        ("sign_in_session",),
        days(30),
        _l("after signing in; a day after signing out elsewhere, and at once after signing out."),
    ),
    Keep.CODE: Rule(_l("A code to sign in"), ("login_code", "joining"), days(1), _l("after it was asked.")),
    Keep.LINK: Rule(_l("A link in a mail or on a card"), ("link", "join_link"), days(30), _l("after it ended.")),
    Keep.FORM: Rule(_l("The mark that a form was sent already"), ("form_once",), days(2), _l("after it was sent.")),
    Keep.ATTEMPT: Rule(
        _l("How often somebody tried something"), ("attempts",), None, _l("An hour at most. No address is kept.")
    ),
    Keep.JOB: Rule(_l("Work for later, with ids alone"), ("job",), days(2), _l("after it was done.")),
    Keep.FAILED_JOB: Rule(_l("Work that failed"), ("job",), days(30), _l("after it was given up.")),
    Keep.OFFER: Rule(
        _l("Organisations and their offers, with the photos and contacts that they publish"),
        (
            "organisation",
            "organisation_tag",
            "empty_seat",
            "offer",
            "offer_measure",
            "offer_photo",
            "offer_slot",
            "offer_tag",
            "history",
        ),
        None,
        _l("Until the organisation changes it."),
    ),
    Keep.REST: Rule(_l("A pause of an association, such as a camp"), ("rest",), days(90), _l("after its last day.")),
    Keep.SUPPORT: Rule(
        _l("What was asked of the solidarity fund: what for and how much"),
        ("support_request", "history"),
        None,
        _l("Goes with its question."),
    ),
    Keep.FUND_YEAR: Rule(
        _l("What the solidarity fund did in a year: counts and amounts, nobody"),
        ("fund_year",),
        None,
        _l("Stays, to be counted."),
    ),
    Keep.SIGNAL: Rule(
        _l("A signal that something is missing in town, without any person"),
        ("missing_signal", "missing_signal_detail"),
        days(365),
        _l("after the week in which it was heard last."),
    ),
    Keep.PICKED_UP_SIGNAL: Rule(
        _l("A signal that was picked up"), ("missing_signal",), days(730), _l("after that day.")
    ),
    Keep.VISIT_WORDS: Rule(_l("What was typed about a group visit"), ("group_visit",), days(90), _l("after it ended.")),
    Keep.VISIT: Rule(
        _l("A group visit: about how many, how old and when, without any person of the group"),
        ("group_visit", "history"),
        days(365),
        _l("after its last step."),
    ),
    **TOGETHER,
    Keep.AUDIT: Rule(
        _l("Who did or saw what: ids alone, no name and no content"),
        ("audit", "audit_base"),
        days(730),
        _l("after it was written. Until then a chain shows whether one is missing."),
    ),
    Keep.LEDGER: Rule(
        _l("What was erased: random ids, so that a backup doesn't bring it back"),
        ("erasure",),
        None,
        _l("Stays. The ids lead to nothing any more."),
    ),
    Keep.INSTALLATION: Rule(
        _l("How the installation is doing: clocks, backups, erasing"),
        ("installation", "duty_run", "retention_state"),
        None,
        _l("The last time alone."),
    ),
}


def kept_for(rule: Keep) -> timedelta:
    """How long a rule keeps; for those that count in days."""
    time = KEEP_TRAITS[rule].time
    if time is None:
        raise LookupError(rule)
    return time


KEEP_LABELS: dict[Keep, str] = {rule: traits.what for rule, traits in KEEP_TRAITS.items()}
