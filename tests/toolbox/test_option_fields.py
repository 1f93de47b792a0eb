from __future__ import annotations

import pytest
from django.urls import reverse

DICTIONARY = "bread: bread, roll*\nwaiting: queue, wait*"


@pytest.mark.django_db
def test_an_option_of_sentences_has_room_for_lines_and_keeps_them(client):
    address = reverse("iciinsmes:toolbox-try", args=["review-mining"])
    page = client.get(address, {"option-dictionary": DICTIONARY, "show": "1"}).content.decode()
    assert f">\n{DICTIONARY}</textarea>" in page
    assert "Texts about “waiting” have clearly fewer stars" in page
