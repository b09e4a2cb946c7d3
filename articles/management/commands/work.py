import os

from django_tasks_db.management.commands import db_worker

from articles import clock

NICENESS = 10  # where a reader and a picture want the same processor, the reader has it first


class Command(db_worker.Command):
    help = "Run the background worker: tasks as they come, and by the clock whatever was left undone."

    def handle(self, **options):
        os.nice(NICENESS)
        clock.start()
        super().handle(**options)
