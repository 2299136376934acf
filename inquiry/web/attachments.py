"""Files that are handed to a browser (ファイルの受け渡し)."""

from typing import Final

from flask import Response

from inquiry.workflow.answer_files import AnswerFile

EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv"
PDF: Final = "application/pdf"


def attachment(file: AnswerFile) -> Response:
    """Return a file to be saved, never to be opened in the browser."""
    return download(file.content, file.name, file.media_type)


def download(content: bytes, name: str, media_type: str) -> Response:
    """Return a content to be saved under a name."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
