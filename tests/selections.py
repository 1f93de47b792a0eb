"""Which tests a check leaves out, or takes, that runs beside the whole suite: as options of pytest."""

from __future__ import annotations

#: What neither a version of Python or Django nor a database can break: arithmetic, course files, texts, doors.
SAME_EVERYWHERE = tuple(
    f"--ignore=tests/{place}"
    for place in (
        "campus/run/test_connections.py",
        "campus/run/test_home.py",
        "campus/run/test_runs.py",
        "campus/test_access.py",
        "campus/test_fuzz.py",
        "campus/test_headers.py",
        "courses",
        "quality",
        "toolbox",
    )
)
#: Pages, blocks and starts of the campus, whose queries the tests of the rooms' doors have run on a database already;
#: bytes of files, and rules that are pure.
SAME_ON_EVERY_DATABASE = (
    "--ignore-glob=tests/*/test_rules.py",
    "--ignore-glob=tests/*/test_*pages.py",
    "--ignore-glob=tests/*/test_*views.py",
    "--ignore-glob=tests/*/test_block.py",
    "--ignore-glob=tests/projects/test_lights*.py",
    *(
        f"--ignore=tests/{place}"
        for place in (
            "assignments/test_presets.py",
            "assignments/test_task_problems.py",
            "assignments/test_zones.py",
            "campus/accounts",
            "campus/authoring",
            "campus/courseware",
            "campus/editions",
            "campus/run",
            "campus/test_demo_projects.py",
            "campus/test_demo_steps.py",
            "campus/test_hidden.py",
            "campus/test_words_by_language.py",
            "campus/web",
            "companies/test_import_files.py",
            "companies/test_import_kinds.py",
            "companies/test_table.py",
            "desk",
            "evidence/test_content.py",
            "evidence/test_good_files.py",
            "evidence/test_images.py",
            "evidence/test_passwords.py",
            "evidence/test_reading.py",
            "hosts",
            "lib/test_dates.py",
            "lib/test_decimals.py",
            "lib/test_json_data.py",
            "lib/test_other_languages.py",
            "lib/test_table_files.py",
            "lib/test_typed_numbers.py",
            "platform",
            "projects/test_attainment.py",
            "projects/test_gate_rules.py",
            "projects/test_holding.py",
            "projects/test_working_days.py",
            "review/test_agreement.py",
            "self_check/test_model_file.py",
            "sheets/test_files.py",
            "waiting/test_spreading.py",
        )
    ),
)
#: What teachers and learners reach in an LMS, and authors in Studio; short enough to run with every suite.
PAGES_OF_AN_LMS = (
    "tests/desk",
    "tests/assignments/test_block.py",
    "tests/assignments/test_views.py",
    "tests/exercises/test_block.py",
    "tests/exercises/test_views.py",
)
EDITORS = (
    *("-k", "(editor or preset or olx) and not attempts"),
    "tests/assignments/test_block.py",
    "tests/assignments/test_presets.py",
    "tests/exercises/test_block.py",
)
