from comments.moderation.verdicts import passed, refuse

LONGEST_TEXT = 3000  # characters


def length(attempt):
    count = len(attempt.text)
    if not attempt.text.strip():
        return refuse("There are no words in this comment.")
    if count > LONGEST_TEXT:
        return refuse(f"A comment has at most {LONGEST_TEXT:,} characters; this one has {count:,}.")
    return passed(f"{count:,} characters.")
