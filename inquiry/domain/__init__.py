"""Floor 0: the memo as code (事務連絡のきまり).

Standard library only. Time, randomness and keys are arguments; nothing here opens a file or a connection.
"""
