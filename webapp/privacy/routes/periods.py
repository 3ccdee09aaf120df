"""What is kept how long, and the brake on erasing."""

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.core import brake
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.privacy import labels
from webapp.privacy.routes.blueprint import bp
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed, page
from webapp.web.who import actor


@bp.get("/bewaren")
@requires(Can.LOOK_AROUND)
def periods() -> Response:
    """The table that the clocks obey; for an administrator also how erasing stands."""
    return page(
        "privacy/periods.html",
        periods=list(labels.periods()),
        standing=brake.standing() if can(actor(), Can.RELEASE_BRAKE) else None,
        held_labels=labels.HELD_LABELS,
        most=brake.MOST_AT_ONCE,
    )


@bp.post("/bewaren/verder")
@requires(Can.RELEASE_BRAKE, fresh=True)
def release() -> Response:
    """Somebody looked: erasing goes on."""
    Form().refuse_unknown()
    brake.release(by=actor())
    return changed(url_for("privacy.periods"), message=_("Erasing goes on within ten minutes."))
