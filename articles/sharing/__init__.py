"""Preview links: one story, shown before its time to somebody without an account, who can leave notes."""
