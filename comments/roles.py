from articles.roles import sync_group


def sync_moderators():
    sync_group(
        "Moderator",
        [
            "comments.view_readercomment",
            "comments.moderate_comment",
            "comments.view_moderationact",
        ],
    )
