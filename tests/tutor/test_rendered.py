"""What Tutor makes of the plugin's patches: the image, settings, compose files and manifests."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from tests.checks import ROOT

from .conftest import PLUGIN, kustomize

COMMON = "apps/openedx/settings/lms/production.py"
COMPOSE = ("local/docker-compose.yml", "local/docker-compose.prod.yml", "local/docker-compose.jobs.yml")
PRIVATE = "/openedx/media-private"
COMMANDS = sorted((ROOT / "xblocks/iciinsmes/management/commands").glob("ici_*.py"))
REGULAR = [path.stem for path in COMMANDS if re.search(r"every five minutes|once a day", path.read_text("utf-8"))]

pytestmark = pytest.mark.package


def storage(project, *, on_kubernetes=False, service="lms"):
    """Run the plugin's part of the rendered settings, and return what it sets."""
    tree = ast.parse(project.text(COMMON.replace("lms", service)))
    tree.body = [node for node in tree.body if "iciinsmes" in ast.unparse(node).lower()]
    config = ModuleType("botocore.config")
    vars(config)["Config"] = dict
    sys.modules["botocore.config"] = config
    try:
        environment = {"KUBERNETES_SERVICE_HOST": "10.0.0.1"} if on_kubernetes else {}
        found = {"os": type("os", (), {"environ": environment})}
        exec(compile(tree, COMMON, "exec"), found)
    finally:
        del sys.modules["botocore.config"]
    return {name: value for name, value in found.items() if name.startswith("ICIINSMES_")}


class TestImage:
    def test_the_addon_is_installed_after_the_platforms_own_packages(self, render):
        dockerfile = render().text("build/openedx/Dockerfile")
        (line,) = re.findall(r"install '(iciinsmes.*)'", dockerfile)
        assert line == f"iciinsmes[reading]=={version_of_the_addon()}"
        assert dockerfile.index("requirements/edx/base.txt") < dockerfile.index(line)
        assert dockerfile.index(line) < dockerfile.index("AS production")

    def test_it_can_come_from_elsewhere(self, render):
        source = "git+https://git.example.org/iciinsmes.git@v2"
        assert f"install '{source}'" in render(ICIINSMES_SOURCE=source).text("build/openedx/Dockerfile")

    def test_without_a_source_nothing_is_installed(self, render):
        assert "iciinsmes" not in render(ICIINSMES_SOURCE="").text("build/openedx/Dockerfile")

    def test_plugin_and_addon_have_the_same_version(self):
        (plugin,) = re.findall(r'__version__ = "(.+)"', (PLUGIN / "tutoriciinsmes/__about__.py").read_text("utf-8"))
        assert plugin == version_of_the_addon()


class TestSettings:
    def test_every_file_of_settings_compiles(self, render):
        folder = render("minio").root / "env/apps/openedx/settings"
        files = sorted(folder.rglob("*.py"))
        assert len(files) >= 8
        for path in files:
            compile(path.read_text("utf-8"), str(path), "exec")

    def test_on_one_machine_files_lie_in_a_folder_that_nobody_hands_out(self, render):
        (set_,) = storage(render()).values()
        location = set_["OPTIONS"]["location"]
        assert set_["BACKEND"] == "django.core.files.storage.FileSystemStorage"
        assert location == f"{PRIVATE}/iciinsmes"
        public = re.findall(r"static-map = \S+=(\S+)", render().text("apps/openedx/uwsgi.ini"))
        public += re.findall(r'^MEDIA_ROOT = "(.+)"', render().text(COMMON), re.MULTILINE)
        assert len(public) >= 3
        assert [place for place in public if Path(location).is_relative_to(place)] == []

    def test_lms_and_studio_agree(self, render):
        assert storage(render(), service="lms") == storage(render(), service="cms")

    def test_in_a_pod_without_a_bucket_nothing_is_taken_that_would_be_lost(self, render):
        (set_,) = storage(render(), on_kubernetes=True).values()
        location = Path(set_["OPTIONS"]["location"])
        with pytest.raises(NotADirectoryError, match="ICIINSMES_S3_BUCKET is not set"):
            location.mkdir(parents=True)

    def test_with_minio_files_lie_in_a_bucket_of_their_own(self, render):
        (set_,) = storage(render("minio"), on_kubernetes=True).values()
        options = set_["OPTIONS"]
        assert set_["BACKEND"] == "storages.backends.s3.S3Storage"
        assert (options["bucket_name"], options["endpoint_url"]) == ("iciinsmes", "http://minio:9000")
        assert options["client_config"]["s3"] == {"addressing_style": "path"}
        assert options["access_key"]
        assert options["secret_key"]
        assert (options["querystring_auth"], options["custom_domain"], options["default_acl"]) == (True, None, None)

    def test_another_bucket_needs_its_name_only(self, render):
        (set_,) = storage(render(ICIINSMES_S3_BUCKET="evidence", ICIINSMES_S3_REGION="eu-central-1")).values()
        options = set_["OPTIONS"]
        assert (options["bucket_name"], options["region_name"]) == ("evidence", "eu-central-1")
        assert (options["endpoint_url"], options["access_key"], options["secret_key"]) == (None, None, None)
        assert options["client_config"]["s3"] == {"addressing_style": "auto"}

    def test_settings_of_the_addon_are_written_as_python(self, render):
        given = "{ICIINSMES_KEEP_WORKS_DAYS: null, ICIINSMES_HOST: it's, ICIINSMES_EVIDENCE_QUOTA_BYTES: 1000}"
        found = storage(render(ICIINSMES_SETTINGS=given))
        del found["ICIINSMES_STORAGE"]
        assert found == {
            "ICIINSMES_KEEP_WORKS_DAYS": None,
            "ICIINSMES_HOST": "it's",
            "ICIINSMES_EVIDENCE_QUOTA_BYTES": 1000,
        }

    def test_every_setting_of_the_plugin_is_documented_and_no_other(self):
        code = re.findall(r'\("(ICIINSMES_\w+)",', (PLUGIN / "tutoriciinsmes/plugin.py").read_text("utf-8"))
        page = (ROOT / "docs/how-to/install-with-tutor.md").read_text("utf-8")
        assert re.findall(r"^\| `(ICIINSMES_\w+)`", page, re.MULTILINE) == code


@pytest.mark.parametrize("plugins", [(), ("minio",)], ids=["folder", "minio"])
class TestCompose:
    def test_all_who_use_files_see_the_same_private_folder(self, render, plugins):
        services = render(*plugins).services(*COMPOSE)
        users = ["lms", "cms", "lms-worker", "cms-worker", "iciinsmes-clock", "iciinsmes-job"]
        places = {name: mounts(services[name]).get(PRIVATE) for name in users}
        assert set(places.values()) == {"../../data/openedx-media-private"}
        # The container that gives folders to their owner knows it too.
        assert "../../data/openedx-media-private" in mounts(services["permissions"]).values()

    def test_nothing_depends_on_what_is_not_there(self, render, plugins):
        services = render(*plugins).services(*COMPOSE)
        missing = {(name, other) for name, each in services.items() for other in each.get("depends_on", ())}
        assert {(name, other) for name, other in missing if other not in services} == set()

    def test_the_clock_has_its_script_and_the_settings_of_the_lms(self, render, plugins):
        project = render(*plugins)
        services = project.services(*COMPOSE)
        clock, worker = services["iciinsmes-clock"], services["lms-worker"]
        assert clock["environment"] == worker["environment"]
        assert clock["image"] == worker["image"]
        found = mounts(clock)
        assert (project.root / "env/local" / found.pop(clock["command"][1])).is_file()
        assert found.items() <= mounts(worker).items()

    def test_in_development_the_job_uses_the_image_of_development(self, render, plugins):
        jobs = render(*plugins).services(*COMPOSE[:1], COMPOSE[2], "dev/docker-compose.jobs.yml")
        for of in ("image", "environment"):
            assert jobs["iciinsmes-job"][of] == jobs["lms-job"][of]
        services = render(*plugins).services(*COMPOSE[:1], "dev/docker-compose.yml")
        assert "iciinsmes-clock" not in services


class TestKubernetes:
    def test_the_job_has_what_the_job_of_the_lms_has(self, render):
        jobs = {each["metadata"]["name"]: each for each in render("minio").documents("k8s/jobs.yml")}
        ours, lms = (jobs[name]["spec"]["template"]["spec"] for name in ("iciinsmes-job", "lms-job"))
        assert ours == lms

    def test_what_is_to_be_done_regularly_is_done(self, render):
        config = {"ICIINSMES_NOTICES_MINUTES": "10", "ICIINSMES_NIGHTLY_HOUR": "23"}
        jobs = cron_jobs(render(**config).documents("k8s/deployments.yml"))
        assert {name: job["spec"]["schedule"] for name, job in jobs.items()} == {
            "iciinsmes-notices": "*/10 * * * *",
            "iciinsmes-nightly": "0 23 * * *",
        }
        scripts = "".join(containers(job)[0]["args"][-1] for job in jobs.values())
        assert sorted(re.findall(r"ici_\w+", scripts)) == REGULAR

    def test_a_run_neither_overlaps_nor_hangs(self, render):
        """Tutor's own jobs wait for every job that runs, so one that never ends would stop the next upgrade."""
        for job in cron_jobs(render().documents("k8s/deployments.yml")).values():
            assert job["spec"]["concurrencyPolicy"] == "Forbid"
            assert job["spec"]["jobTemplate"]["spec"]["activeDeadlineSeconds"] <= 4 * 60 * 60

    def test_tutor_creates_them_at_the_start(self, render):
        """``tutor k8s start`` leaves out what says to be a job."""
        for job in cron_jobs(render().documents("k8s/deployments.yml")).values():
            assert "app.kubernetes.io/component" not in job["metadata"]["labels"]

    @pytest.mark.parametrize("way", ["both work", "the first fails", "the second fails"])
    def test_a_night_does_everything_and_fails_when_one_part_fails(self, render, tmp_path, way):
        (script,) = [
            containers(job)[0]["args"][-1]
            for name, job in cron_jobs(render().documents("k8s/deployments.yml")).items()
            if name == "iciinsmes-nightly"
        ]
        failing = {"both work": "none", "the first fails": "ici_retention", "the second fails": "ici_repair"}[way]
        manage = tmp_path / "manage.py"
        manage.write_text(f'#!/bin/sh\necho "$2" >> done\n[ "$2" != {failing} ]\n', encoding="utf-8")
        manage.chmod(0o755)
        answer = subprocess.run(["sh", "-c", script], cwd=tmp_path, check=False)
        assert (tmp_path / "done").read_text("utf-8").split() == ["ici_retention", "ici_repair"]
        assert (answer.returncode == 0) == (way == "both work")

    @pytest.mark.skipif(not kustomize(), reason="kubectl is not installed")
    @pytest.mark.parametrize("plugins", [(), ("minio",)], ids=["folder", "minio"])
    def test_kustomize_puts_the_manifests_together(self, render, plugins):
        """Names of configuration get a hash; the plugin's manifests must get it too."""
        folder = render(*plugins).root / "env"
        answer = subprocess.run([*kustomize(), folder], capture_output=True, text=True, check=True)
        documents = list(yaml.safe_load_all(answer.stdout))
        there = {each["metadata"]["name"] for each in documents if each["kind"] == "ConfigMap"}
        for job in cron_jobs(documents).values():
            wanted = {volume["configMap"]["name"] for volume in pod(job)["volumes"]}
            assert len(wanted) == 3
            assert wanted <= there


def version_of_the_addon() -> str:
    (version,) = re.findall(r'^VERSION = "(.+)"', (ROOT / "setup.py").read_text("utf-8"), re.MULTILINE)
    return version


def mounts(service):
    """Return the places of a service's volumes on the machine by their places in the container."""
    parts = [volume.split(":") for volume in service["volumes"]]
    return {inside: outside for outside, inside, *_flags in parts}


def cron_jobs(documents):
    return {each["metadata"]["name"]: each for each in documents if each["kind"] == "CronJob"}


def pod(job):
    return job["spec"]["jobTemplate"]["spec"]["template"]["spec"]


def containers(job):
    return pod(job)["containers"]
