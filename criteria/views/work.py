"""What the person who is signed in has to do next."""

from django.shortcuts import render

from criteria.models import Assessment


def my_work(request):
    """The assessments of the user's area in open periods."""
    assessments = Assessment.objects.followed_by(request.user).with_names()
    return render(request, "criteria/work.html", {"assessments": assessments})
