"""Accounts of readers at /account/: pages, forms, letters and limits over django-allauth."""
