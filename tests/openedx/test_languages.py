"""Languages as the platform names them: of pages, and of people who are written to."""

from __future__ import annotations

from common.djangoapps.student.tests.factories import UserFactory
from django.conf import settings
from openedx.core.djangoapps.dark_lang.models import DarkLangConfig
from openedx.core.djangoapps.user_api.preferences.api import set_user_preference

from iciinsmes.platform import host, languages

from .learning import LearningTestCase

SERVICE = "lms"


class LanguagesTest(LearningTestCase):
    """German is ``de-de`` here, and the add-on's catalogue is ``de``."""

    def setUp(self) -> None:
        """Let the site offer German, as its staff does, and the learner choose it."""
        super().setUp()
        DarkLangConfig(released_languages="de-de", changed_by=self.user, enabled=True).save()
        set_user_preference(self.learner, "pref-lang", "de-de")

    def test_a_unit_speaks_the_readers_language(self) -> None:
        # The platform's cookie comes with the first answer.
        self.page_of(self.assignment)
        assert "Runde 1 abgeben" in self.page_of(self.assignment)

    def test_many_are_asked_for_in_one_query_and_who_chose_none_has_the_sites(self) -> None:
        other = UserFactory.create()
        with self.assertNumQueries(1):
            found = host().languages([self.learner.id, other.id])
        assert found == {self.learner.id: "de-de", other.id: settings.LANGUAGE_CODE}
        assert host().language(self.learner.id) == "de-de"

    def test_what_people_can_choose_has_the_sites_codes(self) -> None:
        assert "de-de" in dict(languages.offered())
        assert languages.chosen("de-at") == "de-de"
