"""What to tell the person whose file is not read."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ntm_tracker.web.uploaded.faults import Fault

SENTENCES = {
    Fault.EMPTY: gettext_lazy("The file is empty. Choose the file that holds the table."),
    Fault.TOO_MUCH: gettext_lazy(
        "The file would hold far more than a table of communes: millions of rows, cells far out, "
        "or content packed beyond measure. Copy the filled rows and columns into a new workbook "
        "and upload that."
    ),
    Fault.NOT_A_TABLE: gettext_lazy(
        "The file holds no table that can be read. Save it as an Excel workbook (.xlsx) or as "
        "CSV in UTF-8 and upload that."
    ),
    Fault.WEB_PAGE: gettext_lazy(
        "The file is a web page or XML, whatever its name says. Open it in Excel, save it as an "
        "Excel workbook (.xlsx) and upload that."
    ),
    Fault.OTHER_KIND: gettext_lazy(
        "The file is no table of a kind that is read. Upload an Excel workbook (.xlsx, .xls), an "
        "OpenDocument workbook (.ods), or CSV."
    ),
    Fault.ENDING: gettext_lazy(
        "The end of the file's name does not fit what the file holds. Open it in Excel, save it "
        "as an Excel workbook (.xlsx) and upload that."
    ),
    Fault.LOCKED: gettext_lazy(
        "The file is locked with a password. Save it without the password and upload that."
    ),
    Fault.MACROS: gettext_lazy(
        "The file carries macros. Save it as an Excel workbook without macros (.xlsx) and upload "
        "that."
    ),
    Fault.DOCTYPE: gettext_lazy(
        "The file holds declarations that no workbook of Excel or LibreOffice has. Copy the "
        "table into a new workbook and upload that."
    ),
    Fault.DAMAGED: gettext_lazy(
        "The file is damaged or was cut off. Open it in Excel, save it anew and upload that."
    ),
    Fault.QUOTES: gettext_lazy(
        "A quotation mark in the file is opened and not closed, so its rows cannot be told "
        "apart. Save the table as an Excel workbook (.xlsx) and upload that."
    ),
    Fault.TOO_SLOW: gettext_lazy(
        "Reading the file took too long. Copy the table into a new workbook and upload that."
    ),
}


class BadUpload(Exception):
    """A file that is not read. Its text is meant for the person who uploaded it."""

    def __init__(self, fault: Fault):
        super().__init__(fault)
        self.fault = fault

    def __str__(self):
        if self.fault is Fault.TOO_LARGE:
            return _(
                "The file is larger than %(limit)d MB. Upload the table alone, without pictures."
            ) % {"limit": settings.UPLOADED_TABLE_MAX_MB}
        return str(SENTENCES[self.fault])
