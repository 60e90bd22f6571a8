"""Addresses of the register, what is sent to them, and what they say."""

from django.urls import reverse


def address(name, holder, pk=None, **query):
    where = {"province": holder.province.code} | ({"pk": pk} if pk else {})
    return reverse(f"criteria:{name}", kwargs=where, query=query or None)


def decision(**fields):
    return {
        "decision": "9/QĐ-UBND",
        "decided_on": "2023-12-01",
        "year": 2023,
        "grade": "standard",
    } | fields


def text_of(response):
    return response.content.decode()
