"""Which changes in a conversation make pages old; see `articles.kept.marks`."""

from articles.kept import marks

OF_THREAD = ("SELECT 'thread:' || {row}.article_id",)
STANDS = "{row}.state = 'published'"


def register():
    marks.mark(
        "comments_readercomment",
        OF_THREAD,
        columns=(
            "state",
            "place",
            "html",
            "published_at",
            "removed_at",
            "removal_reason",
            "opens_thread",
            "respect_count",
            "picked_at",
            "edited_at",
            "badge",
            "led_to_id",
            "expert_id",
            "answered_at",
            "person_id",
        ),
        seen=STANDS,
        is_taken_hard=True,
    )
    # What was never seen can still keep a place: removed, withdrawn or held with answers below it.
    marks.mark(
        "comments_readercomment",
        OF_THREAD,
        columns=("state", "removed_at", "removal_reason"),
        seen="{row}.state <> 'published'",
        name="_places",
    )
    marks.mark(
        "django_comments",
        ("SELECT 'thread:' || {row}.object_pk",),
        columns=("user_name",),
        seen="{row}.is_public",
    )
    marks.mark("comments_thread", OF_THREAD)
    marks.mark("comments_expert", ("SELECT 'thread:' || {row}.thread_id",))
