"""Pages about the person who is signed in."""

from django.shortcuts import render


def me(request):
    """Who I am here, and where I may do what."""
    memberships = request.user.memberships.select_related("province", "district", "commune")
    return render(request, "account/me.html", {"memberships": memberships})
