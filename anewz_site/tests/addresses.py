from django.urls import URLPattern, get_resolver

DESKS = {"admin", "moderation"}


def public_addresses():
    """Return the name of each address that readers can ask for: all of the site's but those of the desks."""
    mounted = get_resolver().namespace_dict
    return _without_namespace(get_resolver()) | {
        f"{namespace}:{pattern.name}"
        for namespace, (_, resolver) in mounted.items()
        if namespace not in DESKS
        for pattern in resolver.url_patterns
    }


def _without_namespace(resolver):
    """Return the names that are unique by themselves: the health check, and what a library asks for."""
    found = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            found |= {pattern.name} - {None}
        elif not pattern.namespace:
            found |= _without_namespace(pattern)
    return found
