from django.urls import get_resolver


def public_addresses():
    """Return the name of each address that readers can ask for: all of the site's but the admin's."""
    mounted = get_resolver().namespace_dict
    return {
        f"{namespace}:{pattern.name}"
        for namespace, (_, resolver) in mounted.items()
        if namespace != "admin"
        for pattern in resolver.url_patterns
    } | {"health"}
