"""Files: uploaded by the official client and by people, shown and downloaded."""

from __future__ import annotations

import httpx
import pytest
from slack_sdk import WebClient

from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from tests.bot.sandbox.conftest import refusal


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the client leaves its upload connection open
def test_the_official_upload_shares_a_file(web: WebClient, sandbox: SandboxServer, ana: Person) -> None:
    done = web.files_upload_v2(
        channel="C0GENERAL",
        content="a,b\n1,2\n",
        filename="metrics.csv",
        title="Metrics",
        initial_comment="See",
    )
    shared = ana.history("#general")[-1]
    assert (shared.text, shared.shape["subtype"]) == ("See", "file_share")
    assert shared.shape["files"][0]["title"] == "Metrics"
    file_id = done["file"]["id"]
    assert ana.download(file_id) == b"a,b\n1,2\n"
    file = web.files_info(file=file_id)["file"]
    assert (file["mimetype"], file["size"], file["channels"]) == ("text/csv", 8, ["C0GENERAL"])
    auth = {"Authorization": f"Bearer {sandbox.bot_token}"}
    assert httpx.get(file["url_private_download"], headers=auth).content == b"a,b\n1,2\n"
    assert httpx.get(file["url_private_download"]).status_code == 403


def test_people_share_files_and_the_app_hears_of_it(
    sandbox: SandboxServer, ana: Person, web: WebClient
) -> None:
    shared = ana.upload("#general", "notes.txt", "hello", text="look")
    file_id = shared.shape["files"][0]["id"]
    assert web.files_info(file=file_id)["file"]["user"] == "U0ANA"
    assert refusal(web.files_delete, file=file_id) == "cant_delete_file"
    names = [e["name"] for e in sandbox.deliveries()]
    assert {"file_shared", "message"} <= set(names)


def test_a_file_that_a_browser_might_run_is_only_downloaded(sandbox: SandboxServer, ana: Person) -> None:
    shared = ana.upload("#general", "evil.html", "<script>alert(1)</script>")
    url = f"{sandbox.base_url}/sandbox/people/ana/files/{shared.shape['files'][0]['id']}"
    headers = httpx.get(url).headers
    assert headers["content-disposition"].startswith("attachment")
    assert headers["x-content-type-options"] == "nosniff"


def test_upload_addresses_work_once(web: WebClient) -> None:
    given = web.files_getUploadURLExternal(filename="a.txt", length=1)
    not_yet = refusal(web.files_completeUploadExternal, files=[{"id": given["file_id"], "title": "a"}])
    assert not_yet == "file_not_found"
    assert httpx.post(given["upload_url"], content=b"x").status_code == 200
    assert httpx.post(given["upload_url"], content=b"x").status_code == 404
    web.files_completeUploadExternal(files=[{"id": given["file_id"], "title": "a"}])
    web.files_delete(file=given["file_id"])
    assert refusal(web.files_info, file=given["file_id"]) == "file_deleted"
