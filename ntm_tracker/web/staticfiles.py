"""Static files that come from installed packages, and how they are stored.

The pages load nothing from another host, so the few files we need of Bootstrap, htmx,
plotly.js and django-allauth are taken out of their Python packages under `vendor/`.
"""

from importlib.util import find_spec
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SWAGGER = "static/drf_spectacular_sidecar/swagger-ui-dist"
VENDOR_FILES = {
    "bootstrap.min.css": ("bootstrap", "css/bootstrap.min.css"),
    "htmx.min.js": ("django_htmx", "static/django_htmx/htmx-2.min.js"),
    "plotly.min.js": ("plotly", "package_data/plotly.min.js"),
    **{
        name: ("drf_spectacular_sidecar", f"{SWAGGER}/{name}")
        for name in ("swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js")
    },
    "webauthn.js": ("allauth", "mfa/static/mfa/js/webauthn.js"),
    "webauthn-json.js": ("allauth", "mfa/static/mfa/js/webauthn-json.js"),
}


def package_file(package: str, path: str) -> Path:
    """Where a file of an installed package lies, without importing the package."""
    spec = find_spec(package)
    return Path(next(iter(spec.submodule_search_locations))) / path


class _VendorStorage(FileSystemStorage):
    """Lets collectstatic read the vendor files from the packages that ship them."""

    prefix = "vendor"

    def path(self, name):
        return str(package_file(*VENDOR_FILES[name]))


class VendorFinder(BaseFinder):
    """Finds `vendor/<file>` for each name in `VENDOR_FILES`, and no other file."""

    def find(self, path, find_all=False, **kwargs):
        prefix, _, name = path.partition("/")
        found = [str(package_file(*VENDOR_FILES[name]))] if self._owns(prefix, name) else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns):
        storage = _VendorStorage()
        for name in VENDOR_FILES:
            yield name, storage

    @staticmethod
    def _owns(prefix, name):
        return prefix == _VendorStorage.prefix and name in VENDOR_FILES


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Content hash in each name, gzip and brotli beside each file.

    References to source maps are left as they are: the packages' maps are not served.
    """

    patterns = (
        (
            "*.css",
            (
                r"""(?P<matched>url\((?P<quote>['"]{0,1})\s*(?P<url>.*?)(?P=quote)\))""",
                (
                    r"""(?P<matched>@import\s*(?P<quote>['"])\s*(?P<url>.*?)(?P=quote))""",
                    """@import url("%(url)s")""",
                ),
            ),
        ),
    )
