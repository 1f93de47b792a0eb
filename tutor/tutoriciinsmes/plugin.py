"""What the plugin adds to Tutor: settings, patches, a script, tasks of ``init``, the command ``iciinsmes-smoke``."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

import click
from tutor import hooks

from .__about__ import __version__

_HERE = resources.files("tutoriciinsmes")
_SMOKE = "./manage.py lms ici_smoke"

hooks.Filters.CONFIG_DEFAULTS.add_items(
    [
        ("ICIINSMES_VERSION", __version__),
        # What pip installs into the image; empty for a checkout that is mounted instead.
        ("ICIINSMES_SOURCE", "iciinsmes[reading]=={{ ICIINSMES_VERSION }}"),
        # Where learners' files lie: a private bucket, or without one a folder of the machine.
        ("ICIINSMES_S3_BUCKET", "{% if 'minio' in PLUGINS %}iciinsmes{% endif %}"),
        ("ICIINSMES_S3_ENDPOINT", "{% if 'minio' in PLUGINS %}http://minio:9000{% endif %}"),
        ("ICIINSMES_S3_REGION", ""),
        ("ICIINSMES_S3_ACCESS_KEY", "{{ OPENEDX_AWS_ACCESS_KEY }}"),
        ("ICIINSMES_S3_SECRET_KEY", "{{ OPENEDX_AWS_SECRET_ACCESS_KEY }}"),
        # When work that nobody asks for is done; hours are UTC.
        ("ICIINSMES_NOTICES_MINUTES", 5),
        ("ICIINSMES_NIGHTLY_HOUR", 3),
        # Sets the one default logger of Caddy; off for who sets another.
        ("ICIINSMES_MASK_PROXY_ERRORS", True),
        # Django settings of the add-on by name.
        ("ICIINSMES_SETTINGS", {}),
    ]
)

hooks.Filters.ENV_TEMPLATE_ROOTS.add_item(str(_HERE / "templates"))
hooks.Filters.ENV_TEMPLATE_TARGETS.add_item(("iciinsmes/apps", "plugins"))
hooks.Filters.ENV_PATCHES.add_items(
    [(patch.name, patch.read_text(encoding="utf-8")) for patch in (_HERE / "patches").iterdir()]
)
# `tutor mounts add .../iciinsmes` builds the image from a checkout and shows it to running containers.
hooks.Filters.MOUNTED_DIRECTORIES.add_item(("openedx", "iciinsmes"))


@hooks.Filters.IMAGES_BUILD_REQUIRED.add()
def _build_image(image_names: list[str], context_name: str) -> list[str]:
    """Let ``tutor local launch`` build the image: the published one has no add-on."""
    return [*image_names, "openedx"] if context_name == "local" else image_names


@hooks.Filters.CLI_DO_INIT_TASKS.add()
def _init_tasks(tasks: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Make the bucket where MinIO runs here, then try what the platform's own tasks and this one have made."""
    if "minio" in hooks.Filters.PLUGINS_LOADED.iterate():
        tasks.append(("minio", (_HERE / "templates" / "iciinsmes" / "tasks" / "bucket.sh").read_text(encoding="utf-8")))
    tasks.append(("iciinsmes", _SMOKE))
    return tasks


@click.command(help="Try whether the ICIinSMEs add-on works: tables, blocks, private storage, and a page of the LMS")
def iciinsmes_smoke() -> Iterator[tuple[str, str]]:
    """Yield the job as pairs of service and script; Tutor runs them."""
    yield ("iciinsmes", f"{_SMOKE} --address=http://lms:8000 --host={{{{ LMS_HOST }}}}")


hooks.Filters.CLI_DO_COMMANDS.add_item(iciinsmes_smoke)
