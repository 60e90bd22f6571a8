"""What the tests about managing people share."""

from django.urls import reverse


def at(name, *args):
    return reverse(f"accounts:{name}", args=args)


def said(client, person):
    """The person's page as the administrator gets it, with what the last step said."""
    return client.get(at("person", person.pk)).content.decode()


def seen(person):
    """What a form about a person was made from."""
    return {"seen": f"{person.full_name}, {person.email or '–'}"}


PAGES = [
    ("person", {}),
    ("change_person", {"full_name": "Khác", "email": ""}),
    ("give_role", {"role": "viewer", "area": "", "reason": "thử"}),
    ("link", {}),
    ("close_account", {"reason": "thử"}),
    ("open_account", {"reason": "thử"}),
    ("reset_password", {"reason": "thử"}),
    ("reset_second_step", {"reason": "thử"}),
]
