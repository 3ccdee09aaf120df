"""Which tests run when: `./dev test` runs all of them, and these tables say what is left out where."""

from pathlib import Path

HERE = Path(__file__).parent

IN_BROWSER = {"journeys", "web/behaviours"}
"""In a real Chromium: `-m browser` reads these files alone, and `-m "not browser"` all the others."""

SAME_ON_EACH_DATABASE = {
    "accounts/test_demo.py",
    "conventions",
    "groups/test_no_names.py",
    "operations/test_doctor_exit.py",
    "operations/test_places.py",
    "performance/test_counts.py",
    "policy/test_fields.py",
    "policy/test_links_on_pages.py",
    "policy/test_requests.py",
    "policy/test_same_work.py",
    "referrals/test_clock_changes.py",
    "referrals/test_handouts.py",
    "referrals/test_journey_page.py",
    "reliability/test_full.py",
    "seeds/test_days.py",
    "tools",
    "vocabulary",
    "web/test_inlining.py",
    "web/test_other_language.py",
    "web/test_settings.py",
}
"""Asked on SQLite alone. What these ask goes through the same queries as the matrix (policy/test_matrix.py) and the
tests of each area, which run on both; thousands of requests more would say nothing of PostgreSQL."""

WIDE = {
    # Every endpoint, by everybody, in every situation
    "conventions/test_endpoints.py",
    "conventions/test_headers.py",
    "conventions/test_second_factor.py",
    "policy/test_fields.py",
    "policy/test_links_on_pages.py",
    "policy/test_requests.py",
    "policy/test_same_work.py",
    # Every main page
    "groups/test_no_names.py",
    "performance",
    "referrals/test_handouts.py",
    "referrals/test_journey_page.py",
    "web/test_inlining.py",
    "web/test_other_language.py",
    # Whole towns, installations of their own, and each step of the schema
    "accounts/test_demo.py",
    "accounts/test_setup.py",
    "core/test_migrations.py",
    "operations/test_backups.py",
    "operations/test_commands.py",
    "operations/test_doctor_exit.py",
    "operations/test_forgotten.py",
    "operations/test_taking_out.py",
    "seeds",
    "tools/test_serve.py",
    "web/test_settings.py",
    # Long whiles, crowds, and what is killed
    "accounts/test_limits.py",
    "accounts/test_other_limits.py",
    "core/test_rotation.py",
    "learning/test_crowd.py",
    "operations/test_full_disk.py",
    "privacy/test_killed_erasing.py",
    "referrals/test_clock_changes.py",
    "referrals/test_ranking.py",
    "reliability",
}
"""Left out by `./dev test --fast`: what goes past the whole of something, or for a long while. What an area promises
about its own things is asked in the area, and that is what the fast suite keeps."""


def stands_in(table: set[str], path: Path) -> bool:
    """Whether a file of tests, or a folder that it is in, is in the table."""
    here = path.relative_to(HERE)
    return not table.isdisjoint({here.as_posix(), *(parent.as_posix() for parent in here.parents)})
