"""Where can readers share a story, by plain links that ask nobody anything before they are followed?"""

from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _


def share_links(url, headline):
    """Return pairs of a name and the address that shares the story there."""
    return [
        (_("E-mail"), f"mailto:?subject={quote(headline)}&body={quote(url)}"),
        ("WhatsApp", f"https://wa.me/?{urlencode({'text': f'{headline} {url}'})}"),
        ("Telegram", f"https://t.me/share/url?{urlencode({'url': url, 'text': headline})}"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': url})}"),
        ("X", f"https://x.com/intent/post?{urlencode({'url': url, 'text': headline})}"),
    ]
