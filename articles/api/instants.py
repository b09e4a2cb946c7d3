from datetime import UTC


def rfc3339(instant):
    """Return an instant as 2025-04-29T05:40:00Z, always in UTC; None for none."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z" if instant else None
