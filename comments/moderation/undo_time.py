from datetime import timedelta

UNDO_FOR = timedelta(seconds=10)  # so long does what an act tells by mail wait
