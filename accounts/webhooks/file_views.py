"""Where the tables of the pages about webhooks are taken along."""

from accounts.webhooks import files
from accounts.webhooks.views import one_or_404, to_administrators
from ntm_tracker.web.downloads import answer, builder_or_404


@to_administrators
def webhooks_table(request, province, table, kind):
    build = builder_or_404({"webhooks": files.webhooks_table}, table)
    return answer(build(request, province), kind)


@to_administrators
def webhook_table(request, province, pk, table, kind):
    builders = {"messages": files.deliveries_table, "history": files.history_table}
    build = builder_or_404(builders, table)
    return answer(build(request, one_or_404(request, province, pk)), kind)
