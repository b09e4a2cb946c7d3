"""What a reader finds by words: `views` shows what `results` finds for the wish of a `form`."""
