"""The view of `tracker log`: entries of the history."""

from resolution_cli.i18n import _
from resolution_cli.reports.log import Log
from resolution_cli.views import words
from resolution_cli.views.document import Document, Paragraph
from resolution_cli.views.history import log_table
from resolution_cli.views.texts import clean, local


def document(log: Log) -> Document:
    """Return the entries asked for, newest first."""
    return Document(
        source=(clean(local(log.header.title)), _("History, newest first")),
        blocks=(
            log_table(log.entries, has_numbers=True)
            if log.entries
            else Paragraph(words.no_update(log)),
        ),
    )
