from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django_comments_xtd import apps as xtd


class QuietXtdConfig(xtd.CommentsXtdConfig):
    """The library without its `pre_save` receiver, which publishes hidden replies again."""

    def ready(self):
        pass


def give_moderators_their_rights(**kwargs):
    from comments.roles import sync_moderators

    sync_moderators()


class CommentsConfig(AppConfig):
    name = "comments"
    default = True

    def ready(self):
        from allauth.account.signals import email_confirmed

        from articles import clock
        from articles.models import protection
        from articles.signals import version_published
        from comments import changes, claiming, corrections, following, marks, networks, personal_data
        from comments.account_pages import holders
        from comments.moderation import experts, likeness, reports, score
        from comments.signals import comment_published

        marks.register()
        protection.protect("comments_moderationact")
        protection.protect("comments_heatstep")
        version_published.connect(corrections.owe_letters, dispatch_uid="comments.corrections")
        clock.EVERY_MINUTE.append(corrections.write_unfinished)
        clock.EVERY_HOUR += [
            corrections.forget_told,
            likeness.forget_old,
            score.learn_if_due,
            networks.forget_old,
        ]
        clock.EVERY_HOUR.append(reports.forget_senders)
        comment_published.connect(following.announce, dispatch_uid="comments.following")
        clock.EVERY_MINUTE.append(following.write_unfinished)
        clock.EVERY_HOUR += [following.write_daily, following.forget_old, changes.forget_withdrawn]
        personal_data.also_kept["followings"] = (following.kept_about, following.forget_owner)
        personal_data.also_kept["named to answer"] = (experts.kept_about, experts.forget_owner)
        email_confirmed.connect(claiming.claim_confirmed, dispatch_uid="comments.claiming")
        clock.EVERY_HOUR += [
            holders.forget_unconfirmed,
            personal_data.finish_unfinished,
            personal_data.forget_lifted_bars,
        ]
        post_migrate.connect(give_moderators_their_rights, sender=self, dispatch_uid="comments.roles")
