"""How soon a case wants a moderator's eye: 0 to 100, worked out when something happens, never when read."""

from comments.moderation.guidelines import Guideline

HELD = 30  # its writer waits
PROBABLY_REMOVED = 20  # what the local score adds at most
REPORTED = 40
EACH_REPORT = 8  # times its weight
REPORTS_AT_MOST = 40
GRAVE = {Guideline.VIOLENCE, Guideline.UNLAWFUL, Guideline.PRIVACY}
GRAVELY_REPORTED = 80
APPEALED = 60
HIGHEST = 100


def of_held(comment):
    return round(HELD + PROBABLY_REMOVED * (comment.score or 0))


def of_reports(reports):
    """`reports` are those that wait, of one comment."""
    if not reports:
        return 0
    grave = any(report.reason in GRAVE for report in reports)
    weight = sum(report.weight for report in reports)
    return min(
        HIGHEST, round((GRAVELY_REPORTED if grave else REPORTED) + min(REPORTS_AT_MOST, EACH_REPORT * weight))
    )
