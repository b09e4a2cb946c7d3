"""May this be shown? Who decided, when and why."""
