"""The Nu HTML checker, from the npm package beside this file. Needs Java."""

import json
import shutil
import subprocess
from pathlib import Path

JAR = Path(__file__).parent / "checker/node_modules/vnu-jar/build/dist/vnu.jar"


def is_there():
    return JAR.exists() and shutil.which("java") is not None


def errors(folder):
    """Return one line for each error in the pages of `folder`."""
    return messages(folder, "--errors-only")


def messages(folder, *options):
    """Return one line for each error and warning in the pages of `folder`."""
    command = ["java", "-jar", JAR, "--format", "json", *options, "--exit-zero-always", folder]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return [
        f"{Path(message.get('url', '')).name}:{message.get('lastLine', '')}: {message['message']}"
        for message in json.loads(report)["messages"]
    ]
