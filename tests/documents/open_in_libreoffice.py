"""Run by the system's Python, which has LibreOffice's `uno`: print the text of a file, opened with a password.

Usage: open_in_libreoffice.py PIPE FILE PASSWORD; prints "refused" where the password does not open it.
"""

import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def connected(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    sys.exit("LibreOffice did not start")


def opened(desktop, path, password):
    options = (PropertyValue("Hidden", 0, True, 0), PropertyValue("Password", 0, password, 0))
    try:
        return desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, options)
    except Exception:  # whatever it raises, it did not open
        return None


def texts_of(document):
    """Yield the texts of a document of Writer, Calc or Draw."""
    if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        for number in range(document.Sheets.Count):
            sheet = document.Sheets.getByIndex(number)
            cursor = sheet.createCursor()
            cursor.gotoEndOfUsedArea(True)
            places = ((column, row) for row in range(cursor.Rows.Count) for column in range(cursor.Columns.Count))
            yield from (sheet.getCellByPosition(*place).String for place in places)
    elif document.supportsService("com.sun.star.text.TextDocument"):
        yield document.Text.String
        tables = [document.TextTables.getByIndex(number) for number in range(document.TextTables.Count)]
        yield from (table.getCellByName(cell).String for table in tables for cell in table.CellNames)
    else:
        pages = [document.DrawPages.getByIndex(number) for number in range(document.DrawPages.Count)]
        shapes = (page.getByIndex(number) for page in pages for number in range(page.Count))
        yield from (shape.String for shape in shapes if hasattr(shape, "String"))


def main(pipe, path, password):
    context = connected(pipe)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    document = opened(desktop, path, password)
    sys.stdout.buffer.write(("\n".join(texts_of(document)) if document else "refused").encode())
    sys.stdout.flush()
    desktop.terminate()


main(*sys.argv[1:])
