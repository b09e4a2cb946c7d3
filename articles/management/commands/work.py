from django_tasks_db.management.commands import db_worker

from articles import clock


class Command(db_worker.Command):
    help = "Run the background worker: tasks as they come, and by the clock whatever was left undone."

    def handle(self, **options):
        clock.start()
        super().handle(**options)
