"""Files that are handed to a browser (ファイルの受け渡し)."""

from flask import Response

from inquiry.workflow.answer_files import AnswerFile


def attachment(file: AnswerFile) -> Response:
    """Return a file to be saved, never to be opened in the browser."""
    response = Response(file.content, mimetype=file.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
