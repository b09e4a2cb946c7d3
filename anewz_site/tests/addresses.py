from django.urls import get_resolver

DESKS = {"admin", "moderation"}


def public_addresses():
    """Return the name of each address that readers can ask for: all of the site's but those of the desks."""
    mounted = get_resolver().namespace_dict
    return {
        f"{namespace}:{pattern.name}"
        for namespace, (_, resolver) in mounted.items()
        if namespace not in DESKS
        for pattern in resolver.url_patterns
    } | {"health"}
