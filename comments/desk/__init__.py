"""The moderators' desk at /moderation/: pages and forms over `comments.moderation`."""
