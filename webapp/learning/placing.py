"""Clusters on the wall: what belongs together, under a few words, and in which order."""

from collections.abc import Iterable

from sqlalchemy import update

from webapp.core import order
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.core.versions import expect
from webapp.learning import queries
from webapp.learning.actions import touch
from webapp.learning.codes import Shown
from webapp.learning.deciding import at_desk, expect_nobody
from webapp.learning.models import Cluster, Contribution, LearningSession
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require

MOST_CLUSTERS = 24


def begin(session: LearningSession, title: str, *, by: Actor) -> Cluster:
    """A new cluster, in the phase that goes on now."""
    require(by, Can.LEAD_SESSION, session)
    known = queries.clusters(session)
    if len(known) >= MOST_CLUSTERS:
        raise Invalid({"title": "many_clusters"})
    touch(session)
    row = Cluster(session_id=session.id, phase_id=session.phase_id, title=title, position=len(known) + 1)
    db.session.add(row)
    db.session.flush()
    return row


def gather(
    note: Contribution,
    cluster: Cluster | None,
    allow: Iterable[str],
    *,
    by: Actor,
    version: int | None = None,
    is_nobody: bool = False,
) -> None:
    """Put a contribution in a cluster, or out of it again (None). In a cluster it is on the wall."""
    at_desk(note, by, version)
    if cluster is not None and cluster.session_id != note.session_id:
        raise Conflict()
    expect_nobody(note, allow, is_nobody=is_nobody)
    note.cluster_id, note.shown = cluster.id if cluster else None, Shown.SHOWN
    note.merged_into_id = None
    db.session.flush()


def rename(cluster: Cluster, title: str, *, by: Actor, version: int | None = None) -> None:
    """Other words for a cluster."""
    require(by, Can.LEAD_SESSION, cluster)
    expect(cluster, version)
    touch(cluster.session)
    cluster.title = title
    db.session.flush()


def shift(cluster: Cluster, by_places: int, *, by: Actor) -> None:
    """Move a cluster to the left or to the right."""
    require(by, Can.LEAD_SESSION, cluster)
    touch(cluster.session)
    rows = {one.id: one for one in queries.clusters(cluster.session)}
    for position, cluster_id in enumerate(order.shifted(list(rows), cluster.id, by_places), start=1):
        rows[cluster_id].position = position
    db.session.flush()


def take_apart(cluster: Cluster, *, by: Actor) -> None:
    """A cluster goes; what was in it stays on the wall, on its own."""
    require(by, Can.LEAD_SESSION, cluster)
    touch(cluster.session)
    inside = update(Contribution).where(Contribution.cluster_id == cluster.id)
    db.session.execute(inside.values(cluster_id=None, version=Contribution.version + 1))
    db.session.delete(cluster)
    db.session.flush()
