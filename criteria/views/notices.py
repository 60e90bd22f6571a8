"""What the person who is signed in was told."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from criteria.models import Notice

NOTICES_PER_PAGE = 30


def notice_list(request):
    """All notices, those not read yet first."""
    notices = Notice.objects.visible_to(request.user)
    page = Paginator(notices.unread_first().with_names(), NOTICES_PER_PAGE)
    context = {
        "page": page.get_page(request.GET.get("page")),
        "unread": notices.unread().count(),
    }
    return render(request, "criteria/notices.html", context)


@require_POST
def notices_read(request, pk=None):
    """Mark one notice as read, or all of them."""
    notices = Notice.objects.visible_to(request.user)
    if pk is not None:
        notices = Notice.objects.filter(pk=get_object_or_404(notices, pk=pk).pk)
    notices.unread().update(read_at=timezone.now())
    return redirect("criteria:notices")
