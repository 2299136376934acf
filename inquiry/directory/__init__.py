"""Floor 1: whom to ask, whom to call, who is listed, who supervises (連絡先・一覧).

Pure values and readers of tables. Where the rows are kept: store/. What may be done with them: workflow/.
"""
