"""No My Number leaves in a mail: words, file name, or a document in the clear (memo annex STEP1, 留意)."""

import pytest

from inquiry.domain.errors import MyNumberFound
from inquiry.mail.message import LockedFile
from tests.mail.test_message import DOCX, FACTS, LOCKED, composed

MY_NUMBER = "314159265352"


def test_a_my_number_in_the_words_stops_the_mail():
    with pytest.raises(MyNumberFound):
        composed(facts=FACTS | {"desk": f"個人番号 {MY_NUMBER}"})


def test_a_my_number_in_the_name_of_the_file_stops_the_mail():
    with pytest.raises(MyNumberFound):
        composed(attachment=LockedFile(f"個人番号{MY_NUMBER}.docx", DOCX, LOCKED))
