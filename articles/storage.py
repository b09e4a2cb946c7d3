import os
import shutil
import tempfile

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible
class WholeFileStorage(FileSystemStorage):
    """Files that are there whole or not at all, under the very names they were given.

    Each is written beside its place and then moved there, so that a full disk or a kill leaves
    no half of it and two who write the same file do not meet. Object storage does so by nature.
    """

    def get_available_name(self, name, max_length=None):
        return name

    def _save(self, name, content):
        place = self.path(name)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".", dir=os.path.dirname(place))
        try:
            with open(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, 0o644)
            os.replace(temporary, place)
        except BaseException:
            os.unlink(temporary)
            raise
        return name

    def delete_folder(self, name):
        shutil.rmtree(self.path(name), ignore_errors=True)

    def has_room_for(self, size):
        """Whether `size` bytes fit, with some to spare for whatever else is written meanwhile."""
        os.makedirs(self.location, exist_ok=True)
        return shutil.disk_usage(self.location).free > size + 50_000_000
