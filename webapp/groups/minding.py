"""In the group about integrity nobody may be recognised: what is typed there is looked at before it is kept."""

from typing import Any

from webapp.groups.models import WorkingGroup
from webapp.web.careful import CARE_SENTENCES, CarefulForm


def names_of(group: WorkingGroup) -> list[str]:
    """Who and what may be named: the group itself, and the people who sit there with their organisations."""
    return [group.name, *(part for row in group.members for part in (row.name, row.organisation) if part)]


def warnings(group: WorkingGroup, form: CarefulForm) -> dict[str, Any]:
    """What seems to point to somebody, for the page; in other groups nothing is looked for."""
    found = form.warnings(names_of(group)) if group.is_about_integrity else []
    return {"care_warnings": found, "may_say": "|".join(names_of(group))}


def attributes(may_say: str, **more: Any) -> dict[str, Any]:
    """What a field carries so that the page minds names while somebody types; nothing of it stays on the device."""
    messages = {f"data-care-message-{kind.value.replace('_', '-')}": text for kind, text in CARE_SENTENCES.items()}
    return {"data-no-device-copy": "", "data-care": "", "data-care-allow": may_say, **messages, **more}


def quiet(group: WorkingGroup) -> dict[str, Any]:
    """The same for a form that nobody sent yet."""
    return {"care_warnings": [], "may_say": "|".join(names_of(group)) if group.is_about_integrity else ""}
