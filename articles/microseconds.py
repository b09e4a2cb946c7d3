"""Instants as whole numbers of microseconds since 1970, as keys in addresses and scripts hold them."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE = timedelta(microseconds=1)


def microseconds(at):
    return (at - EPOCH) // ONE


def instant_of(number):
    return EPOCH + number * ONE
