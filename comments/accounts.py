from comments.models import Person


def account_name(user, thread=None):
    """Return the name that stands above a comment of this account: None if nobody is signed in.

    A reader chooses it; an expert's was given to them for this thread. Empty where the account has none but
    its login name, which is half of a login.
    """
    if not user.is_authenticated:
        return None
    if expert := thread and thread.expert_of(user):
        return expert.name
    if not user.is_staff and (person := Person.objects.known(user)) and person.name:
        return person.name
    author = getattr(user, "author", None)
    return (user.get_full_name() or (author.name if author else ""))[:50].strip()
