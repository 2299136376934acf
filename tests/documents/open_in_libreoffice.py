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


def main(pipe, path, password):
    context = connected(pipe)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    document = opened(desktop, path, password)
    tables = document.TextTables if document else None
    names = [tables.getByIndex(number) for number in range(tables.Count)] if tables else []
    cells = [table.getCellByName(cell).String for table in names for cell in table.CellNames]
    sys.stdout.buffer.write(("\n".join([document.Text.String, *cells]) if document else "refused").encode())
    sys.stdout.flush()
    desktop.terminate()


main(*sys.argv[1:])
