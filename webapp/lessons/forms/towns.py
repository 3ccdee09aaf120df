"""The form by which a town is followed."""

from flask_babel import lazy_gettext as _l

from webapp.web.forms import Form, Line


class FollowForm(Form):
    """A town, and the address of its feed."""

    name = Line(_l("What do you call this town?"), most=120, needed=_l("Give it a name that everybody recognises."))
    feed = Line(_l("Address of their feed"), most=500, needed=_l("Paste the address of their feed here."))
