"""Everything that can be allowed, each with one sentence that people may read."""

import enum

from webapp.vocabulary.words import _l


class Can(enum.StrEnum):
    """A permission. Its sentence stands in PERMISSION_SENTENCES; who has it stands in `rules`."""

    SIGN_IN = "sign_in"
    LOOK_AROUND = "look_around"
    USE_DEMO = "use_demo"
    USE_OWN_ACCOUNT = "use_own_account"
    CHOOSE_MAIL = "choose_mail"
    PROMISE_DISCRETION = "promise_discretion"

    READ_ORGANISATION = "read_organisation"
    EDIT_ORGANISATION = "edit_organisation"
    ADD_ORGANISATION = "add_organisation"
    MANAGE_SEATS = "manage_seats"
    SHARE_JOIN_LINK = "share_join_link"
    SEE_HEALTH = "see_health"
    AGREE_TO_SEAT = "agree_to_seat"

    READ_OFFER = "read_offer"
    ADD_OFFER = "add_offer"
    EDIT_OFFER = "edit_offer"
    CONFIRM_OFFER = "confirm_offer"
    READ_CHANGES = "read_changes"
    HAND_OUT_OFFER = "hand_out_offer"
    ASK_ABOUT_OFFER = "ask_about_offer"

    START_REFERRAL = "start_referral"
    READ_REFERRAL = "read_referral"
    GUIDE_REFERRAL = "guide_referral"
    READ_ASK = "read_ask"
    ANSWER_ASK = "answer_ask"
    CALL_ASKED = "call_asked"
    NOTE_ANSWER = "note_answer"
    OPEN_CARD = "open_card"
    OPEN_SCAN = "open_scan"
    TAKE_BACK_AGREEMENT = "take_back_agreement"
    PLAN_WELCOME = "plan_welcome"
    READ_WELCOME = "read_welcome"
    CHECK_IN = "check_in"
    SEE_STUCK = "see_stuck"
    DECIDE_SUPPORT = "decide_support"
    TALK_ABOUT_REFERRAL = "talk_about_referral"
    KEEP_NOTES = "keep_notes"
    TAKE_BACK_WORDS = "take_back_words"
    HAND_OVER = "hand_over"
    READ_HAND_OVER = "read_hand_over"
    ANSWER_HAND_OVER = "answer_hand_over"
    TAKE_OVER = "take_over"
    BRING_IN = "bring_in"
    WALK_BESIDE = "walk_beside"

    EXPORT_REFERRAL = "export_referral"
    READ_ACCESS_LOG = "read_access_log"
    RELEASE_BRAKE = "release_brake"
    START_VISIT = "start_visit"
    READ_VISIT = "read_visit"
    ANSWER_VISIT = "answer_visit"
    LEAD_VISIT = "lead_visit"
    SIGNAL_MISSING = "signal_missing"
    FOLLOW_SIGNALS = "follow_signals"

    SEE_PLAN = "see_plan"
    START_PLAN = "start_plan"
    STEER_PLAN = "steer_plan"
    ROUND_OFF_PLAN = "round_off_plan"
    PROPOSE_ACTION = "propose_action"
    DO_PLANNED = "do_planned"
    PLACE_ACTION = "place_action"
    REMARK_ON_PLAN = "remark_on_plan"
    TAKE_BACK_REMARK = "take_back_remark"

    SEE_LOG = "see_log"
    READ_LESSON = "read_lesson"
    WRITE_LESSON = "write_lesson"
    EDIT_LESSON = "edit_lesson"
    THROW_AWAY_LESSON = "throw_away_lesson"
    READ_ALONG = "read_along"
    SECOND_READ = "second_read"
    KEEP_LESSON = "keep_lesson"
    TRY_LESSON = "try_lesson"
    FLAG_WORDS = "flag_words"
    READ_FLAG = "read_flag"
    DECIDE_FLAG = "decide_flag"
    KEEP_LOG = "keep_log"
    MAKE_BOOKLET = "make_booklet"
    KEEP_BOOKLET = "keep_booklet"
    FOLLOW_TOWNS = "follow_towns"
    READ_FEED = "read_feed"

    SEE_SESSION = "see_session"
    PREPARE_SESSION = "prepare_session"
    STEER_SESSION = "steer_session"
    LEAD_SESSION = "lead_session"
    ANSWER_LEAD = "answer_lead"
    READ_SESSION = "read_session"
    JOIN_SESSION = "join_session"
    SHARE_IN_SESSION = "share_in_session"
    FLAG_IN_SESSION = "flag_in_session"
    FLAG_RESULT = "flag_result"

    START_GROUP = "start_group"
    SEE_GROUP = "see_group"
    READ_GROUP = "read_group"
    ASK_TO_JOIN = "ask_to_join"
    TAKE_PART = "take_part"
    LEAD_GROUP = "lead_group"
    BE_GUEST = "be_guest"
    ANSWER_INVITATION = "answer_invitation"
    READ_MEETING = "read_meeting"
    BRING_TOPIC = "bring_topic"
    JOIN_MEETING = "join_meeting"
    WRITE_MINUTES = "write_minutes"
    READ_ACTION = "read_action"
    ANSWER_ACTION = "answer_action"
    SHARE_TOOL = "share_tool"
    USE_TOOL = "use_tool"
    REMOVE_TOOL = "remove_tool"
    READ_POLL = "read_poll"
    ANSWER_POLL = "answer_poll"
    LEAD_POLL = "lead_poll"
    BRING_FILE = "bring_file"
    KEEP_SIGNPOSTS = "keep_signposts"
    SEE_POLICIES = "see_policies"
    READ_POLICY = "read_policy"
    KEEP_POLICY = "keep_policy"
    NAME_CONTACTS = "name_contacts"
    READ_THREAD = "read_thread"
    TALK_IN_THREAD = "talk_in_thread"
    EDIT_POST = "edit_post"
    WITHDRAW_POST = "withdraw_post"


PERMISSION_SENTENCES: dict[Can, str] = {
    Can.SIGN_IN: _l("Sign in, and read the pages that are open to everybody."),
    Can.LOOK_AROUND: _l("See the pages of the network: organisations, roles and help."),
    Can.USE_DEMO: _l("Try the roles and read the mailbox of the demo."),
    Can.USE_OWN_ACCOUNT: _l(
        "See and download what Brug keeps about you, end your own sessions, and change your own name and phone number."
    ),
    Can.CHOOSE_MAIL: _l("Choose which mail you get, by the link in any mail too."),
    Can.PROMISE_DISCRETION: _l("Read once a year what discretion means here, and promise to keep to it."),
    Can.READ_ORGANISATION: _l("See an organisation, its offers and how to reach it."),
    Can.EDIT_ORGANISATION: _l("Change what the network reads about an organisation."),
    Can.ADD_ORGANISATION: _l("Add an organisation to the network."),
    Can.MANAGE_SEATS: _l(
        "Invite people to an organisation and say when a function begins and ends. "
        "From outside that takes a yes of the people who work there."
    ),
    Can.SHARE_JOIN_LINK: _l("Make a link with a QR code by which volunteers join your own crew."),
    Can.AGREE_TO_SEAT: _l(
        "Say yes or no when somebody from outside wants to give a function here: "
        "as its contact point or contact for referrals, or while there is neither."
    ),
    Can.SEE_HEALTH: _l("See how Brug itself is doing: mail, backups, the audit log. No young people."),
    Can.READ_OFFER: _l("See an offer with everything that newcomers want to know."),
    Can.ADD_OFFER: _l("Add an offer for an organisation."),
    Can.EDIT_OFFER: _l("Change an offer, and confirm that it is still right."),
    Can.CONFIRM_OFFER: _l("Say that an offer is still right and how much room there is, by the link in the mail too."),
    Can.READ_CHANGES: _l("See who changed an offer, when and what."),
    Can.HAND_OUT_OFFER: _l("Print a card with a QR code of an offer that everybody may read."),
    Can.ASK_ABOUT_OFFER: _l("Ask a young person's question to an offer."),
    Can.START_REFERRAL: _l("Start a question together with a young person."),
    Can.READ_REFERRAL: _l("Follow a question from beginning to end, by its alias."),
    Can.GUIDE_REFERRAL: _l("Walk along: change the question, send it, note the choice and the agreement, and end it."),
    Can.READ_ASK: _l("Read a question that was put to your association."),
    Can.ANSWER_ASK: _l("Answer a question for your association: yes, waiting list, not now or another idea."),
    Can.CALL_ASKED: _l(
        "Hear at which association a question or a promised call waits for long, without the question itself."
    ),
    Can.NOTE_ANSWER: _l("Note what an association said on the phone, so that it counts as its answer."),
    Can.OPEN_CARD: _l("Open the contact card, once there is an agreement. Every look is written down."),
    Can.OPEN_SCAN: _l("Open the signed paper of an agreement. Every look is written down."),
    Can.TAKE_BACK_AGREEMENT: _l("Note that the young person takes the agreement back: the card is wiped at once."),
    Can.PLAN_WELCOME: _l("Fill in the welcome plan: who waits, where and when."),
    Can.READ_WELCOME: _l("Read the welcome page of a first time."),
    Can.CHECK_IN: _l("Say how it's going after 2, 6 and 12 weeks."),
    Can.START_VISIT: _l("Ask whether a class or a group may come by. Nobody in it is named."),
    Can.READ_VISIT: _l("Read a group visit, and look back on it."),
    Can.ANSWER_VISIT: _l("Answer a group that would like to come by."),
    Can.LEAD_VISIT: _l("Call a group visit off."),
    Can.SIGNAL_MISSING: _l("Say that an offer is missing in town, without a word about anybody."),
    Can.FOLLOW_SIGNALS: _l("See what was looked for in vain, in rough numbers, and say what is done about it."),
    Can.DECIDE_SUPPORT: _l(
        "Decide what the solidarity fund carries, by alias and amount alone, and note that it is paid."
    ),
    Can.SEE_STUCK: _l("See which questions have waited long, by alias alone, and offer help."),
    Can.TALK_ABOUT_REFERRAL: _l("Write to the other side about a question, without names."),
    Can.KEEP_NOTES: _l("Keep notes about a question that only your own organisation reads."),
    Can.TAKE_BACK_WORDS: _l("Wipe words that you wrote yourself."),
    Can.HAND_OVER: _l("Ask a colleague to take over a question. Nothing changes until they say yes."),
    Can.READ_HAND_OVER: _l("Read by its alias which question a colleague hands over."),
    Can.ANSWER_HAND_OVER: _l("Take over a question that a colleague hands you, or say that you can't."),
    Can.TAKE_OVER: _l("Take over a question of your organisation when its guide no longer works there."),
    Can.BRING_IN: _l("Ask a bridge builder to think along about a question for a while, and let go again."),
    Can.WALK_BESIDE: _l("Follow a question that you were asked to think along about, by its alias alone."),
    Can.EXPORT_REFERRAL: _l("Give a young person everything that Brug keeps about them, on paper or as a file."),
    Can.READ_ACCESS_LOG: _l("See who of your own organisation opened which contact card, and when."),
    Can.SEE_PLAN: _l("Read the action plans of the network, with everything that was changed in them and why."),
    Can.START_PLAN: _l("Start an action plan for the network, carried by a working group."),
    Can.STEER_PLAN: _l("Look after an action plan: barriers, choices, goals, actions, looking back. Its group does."),
    Can.ROUND_OFF_PLAN: _l(
        "Round an action plan off, so that nothing in it changes any more, or go on with it after all."
    ),
    Can.PROPOSE_ACTION: _l("Propose an action for a plan of the network; it begins as an idea."),
    Can.DO_PLANNED: _l("Adjust an action of a plan and say where it stands: those of your own organisation or group."),
    Can.PLACE_ACTION: _l("Put an action of your working group in a plan that you look after, or take it out."),
    Can.REMARK_ON_PLAN: _l("Say what you think of a plan or a part of it, without changing it."),
    Can.TAKE_BACK_REMARK: _l("Take back what you said about a plan yourself."),
    Can.SEE_LOG: _l("Search the log of lessons, and see which learning sessions there are."),
    Can.READ_LESSON: _l("Read a lesson. Before a second person approved it, only the circle it came from does."),
    Can.WRITE_LESSON: _l("Write a lesson down, and propose words by which lessons are found."),
    Can.EDIT_LESSON: _l("Change a lesson of yours or of your organisation, and offer it to a second reader."),
    Can.THROW_AWAY_LESSON: _l("Throw away a draft of yours that the network never read."),
    Can.READ_ALONG: _l("See which lessons wait for a second reader."),
    Can.SECOND_READ: _l("Read a lesson of somebody else before it goes to the network, and approve it or hold it."),
    Can.KEEP_LESSON: _l("Say that a lesson no longer holds."),
    Can.TRY_LESSON: _l("Say what became of it when your organisation tried a lesson too."),
    Can.FLAG_WORDS: _l("Say that words break a house rule."),
    Can.READ_FLAG: _l("Read what was decided about words that you flagged, or that are yours."),
    Can.DECIDE_FLAG: _l("Fold words that break a house rule, or leave them; never about words of your own."),
    Can.KEEP_LOG: _l("Look after the log: accept tags, keep the house rules, see which words were flagged."),
    Can.MAKE_BOOKLET: _l("Put lessons in a booklet, and take it along."),
    Can.KEEP_BOOKLET: _l("Read and change a booklet. It is of whoever made it, and of nobody else."),
    Can.FOLLOW_TOWNS: _l("Follow the published lessons of another town."),
    Can.READ_FEED: _l("Follow the published lessons of this network with a feed reader."),
    Can.SEE_SESSION: _l("See what a learning session is about, its day and place, and who leads it."),
    Can.PREPARE_SESSION: _l("Prepare a learning session."),
    Can.STEER_SESSION: _l("Decide about a learning session: who helps at the desk, named or anonymous, calling off."),
    Can.LEAD_SESSION: _l("Lead a learning session from the desk: phases, what comes on the wall, lessons."),
    Can.ANSWER_LEAD: _l("Say whether you lead a learning session along, or take it over, when you are asked."),
    Can.READ_SESSION: _l("Read what came of a learning session, once you took part or were invited."),
    Can.JOIN_SESSION: _l("Take part in a learning session, by its link or because you were invited."),
    Can.SHARE_IN_SESSION: _l("Share something in a learning session, and take your own words back."),
    Can.FLAG_IN_SESSION: _l("Say that something on the wall of a learning session breaks a house rule."),
    Can.FLAG_RESULT: _l("Say that what came of a learning session breaks a house rule, once you can read it."),
    Can.START_GROUP: _l("Start a working group."),
    Can.SEE_GROUP: _l(
        "See that a working group exists and what it is for. A confidential one exists for its members alone."
    ),
    Can.READ_GROUP: _l("Read what a working group takes up, when it is open to the network or you sit in it."),
    Can.ASK_TO_JOIN: _l("Ask to join a working group that is open to the network."),
    Can.TAKE_PART: _l("Take part in a working group: write actions down and say where they stand."),
    Can.LEAD_GROUP: _l(
        "Lead a working group: say what it is for and who sits in it. While nobody leads it, every member may."
    ),
    Can.READ_MEETING: _l(
        "Read the agenda and the minutes of a meeting, when its group is open to the network, you sit in it or you are "
        "its guest. What is still a draft, only members read."
    ),
    Can.BRING_TOPIC: _l("Bring a topic for a next meeting of your working group, or of one where you are a guest."),
    Can.JOIN_MEETING: _l("Say whether you come to a meeting of a working group, and bring topics for it."),
    Can.WRITE_MINUTES: _l("Write along during a meeting: notes, decisions, actions, and who is there."),
    Can.READ_ACTION: _l("Read an action of a working group: where you read along, and every one that you carry."),
    Can.ANSWER_ACTION: _l(
        "Say how an action of your working group goes, or one that you carry; by the link in the reminder too."
    ),
    Can.SHARE_TOOL: _l("Put a tool of your open working group on the shelf of the whole network."),
    Can.USE_TOOL: _l("Say that your organisation, or your working group, uses a tool."),
    Can.REMOVE_TOOL: _l("Take a tool off the shelf of a working group: what you brought yourself, or as its lead."),
    Can.BE_GUEST: _l("Come to the one meeting or conversation of a group to which you were invited as a guest."),
    Can.ANSWER_INVITATION: _l("Say yes or no thanks when a working group invites you by your mail address."),
    Can.READ_POLL: _l("See in a date poll of a working group who can when. Only who sits in the group does."),
    Can.ANSWER_POLL: _l("Say when you can in a date poll: as a member, or by its link with only a name."),
    Can.LEAD_POLL: _l(
        "Look after a date poll that you began, or of a group that you lead: propose moments, close it, choose one."
    ),
    Can.BRING_FILE: _l("Put a file on the shelf of your working group. The group about integrity keeps none."),
    Can.KEEP_SIGNPOSTS: _l("Keep the help lines right, as an integrity contact person or for the youth service."),
    Can.SEE_POLICIES: _l("See which associations have an integrity policy, without any count or order."),
    Can.READ_POLICY: _l("See how the integrity policy of an association stands."),
    Can.KEEP_POLICY: _l("Say how the integrity policy of your own association stands."),
    Can.NAME_CONTACTS: _l("Say which working group is that of the integrity contact persons."),
    Can.READ_THREAD: _l("Read a conversation of a working group: an open one, your own, or one where you are a guest."),
    Can.TALK_IN_THREAD: _l("Say something in a conversation of your working group, or where you are a guest."),
    Can.EDIT_POST: _l("Change words of your own in a conversation; it shows that you did."),
    Can.WITHDRAW_POST: _l("Take words of your own back in a conversation, or somebody else's as lead of the group."),
    Can.RELEASE_BRAKE: _l("Let erasing go on after it stopped by itself, because the clock jumped or a lot was due."),
}
