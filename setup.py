"""Package metadata of the ICIinSMEs workplace-learning add-on for Open edX."""

from pathlib import Path

from setuptools import find_packages, setup

VERSION = "0.1.0"

CORE = [
    # How languages write days and times; the campus also keeps the catalogues of courses with it.
    "babel>=2.16,<3",
    "Django>=4.2,<5.3",
    "XBlock>=5.2,<7",
    "edx-opaque-keys[django]>=2.5",
    "django-htmx>=1.23,<1.28",
    # Laws change: a release knows next year's holidays, so only those that lack what is used here are shut out.
    "holidays>=0.78,<1",
    "lxml>=5.1",
    "nh3>=0.2.18,<0.4",
    "Pillow>=11,<14",
    "puremagic>=1.28,<3",
    "segno>=1.6,<2",
    # Browsers name zones by old names, which some systems leave out of their own data.
    "tzdata>=2024.1",
]

CAMPUS = [
    "dj-database-url>=2.2,<4",
    "django-axes>=7,<9",
    "django-csp>=4,<5",
    "django-tinymce>=4.1,<5",
    "edx-django-utils>=7,<9",
    # The `fs` package below XBlock still asks for pkg_resources, which setuptools 82 removed.
    "setuptools<82",
    "simplejson>=3.19",
    "waitress>=3,<4",
    "whitenoise>=6.7,<7",
    "xblocks-contrib>=0.13,<2",
]

MYSQL = ["mysqlclient>=2.2,<3"]

# Reports as PDF from the server; it needs the library Pango of the system.
PDF = ["weasyprint>=68,<71"]

# What a teacher reads in place beside texts, tables and pictures: pages of PDF, and photos of phones that browsers do
# not know.
READING = ["pillow-heif>=1,<2", "pypdfium2>=5,<6"]

DOCS = [
    "furo>=2024.8",
    "myst-parser>=4,<6",
    "Sphinx>=8,<10",
]

# What checks the sources of courses: how hard they are to read.
COURSES = ["pyphen>=0.16,<1"]

TEST = [
    "axe-playwright-python>=0.1.4",
    "code-annotations[django]>=2,<4",
    "django-stubs[compatible-mypy]>=5.1",
    "djade>=1.10,<2",
    # Object storage as sites have it, tried without one.
    "django-storages[s3]>=1.14,<2",
    "hypothesis>=6.100",
    "import-linter>=2.1,<3",
    "lxml-stubs",
    "moto[s3]>=5,<6",
    "mypy>=1.13",
    "olxcleaner>=0.3,<0.4",
    "playwright>=1.45,<2",
    "pytest>=8",
    "pytest-django>=4.9",
    "pytest-xdist>=3.6",
    "PyYAML>=6",
    "requests>=2.31,<3",
    "ruff>=0.8",
    "scipy>=1.11",
    "time-machine>=2.14,<4",
    "tox>=4.20,<5",
]

setup(
    name="iciinsmes",
    version=VERSION,
    description="Workplace learning for small firms on Open edX: tasks in the firm, evidence, rounds, grading.",
    long_description=Path(__file__).with_name("README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="Apache-2.0",
    python_requires=">=3.11,<3.13",
    package_dir={"": "xblocks"},
    packages=find_packages("xblocks"),
    include_package_data=True,
    zip_safe=False,
    install_requires=CORE,
    extras_require={
        "campus": [*CAMPUS, *READING],
        "mysql": MYSQL,
        "pdf": PDF,
        "courses": COURSES,
        "reading": READING,
        "docs": DOCS,
        "test": [*CAMPUS, *COURSES, *READING, *DOCS, *TEST],
    },
    entry_points={
        "xblock.v1": [
            "workplace_assignment = iciinsmes.assignments.block:WorkplaceAssignmentBlock",
            "digital_tool = iciinsmes.exercises.block:DigitalToolBlock",
            "development_project = iciinsmes.projects.block:DevelopmentProjectBlock",
            "self_check = iciinsmes.self_check.block:SelfCheckBlock",
            "best_practice_cases = iciinsmes.best_practices.block:BestPracticeCasesBlock",
            "early_warning = iciinsmes.early_warning.block:EarlyWarningBlock",
            "reaction = iciinsmes.evaluation.block:ReactionXBlock",
            "support_directory = iciinsmes.support.block:SupportDirectoryBlock",
        ],
        "lms.djangoapp": ["iciinsmes = iciinsmes.apps:IciInSmesConfig"],
        "cms.djangoapp": ["iciinsmes = iciinsmes.apps:IciInSmesConfig"],
        "openedx.course_tab": ["iciinsmes_desk = iciinsmes.platform.openedx.course_tab:DeskTab"],
        "console_scripts": ["iciinsmes-campus = iciinsmes_campus.__main__:main"],
    },
    classifiers=[
        "Framework :: Django :: 4.2",
        "Framework :: Django :: 5.2",
        "License :: OSI Approved :: Apache Software License",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
    ],
)
