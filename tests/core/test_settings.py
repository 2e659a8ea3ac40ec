from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.errors import SettingError
from core.settings import Settings, load_settings

ROOT = Path(__file__).parents[2]


def _example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))


def test_every_setting_stands_in_the_example_and_nothing_else() -> None:
    known = {str(field.validation_alias) for field in Settings.model_fields.values()}
    assert set(_example()) == known


def test_the_example_shows_the_defaults(tmp_path: Path) -> None:
    """Loading the example changes nothing against loading nothing."""
    copied = tmp_path / ".env"
    copied.write_text((ROOT / ".env.example").read_text())
    assert load_settings(_env_file=copied) == load_settings()


def test_a_wrong_value_is_named_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_TIMEZONE", "Mars/Olympus")
    with pytest.raises(SettingError, match=r"MUSTER_TIMEZONE: 'Mars/Olympus' is not a time zone"):
        load_settings()


def test_a_wrong_port_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_PORT", "eighty")
    with pytest.raises(SettingError, match=r"MUSTER_PORT: .*, got 'eighty'"):
        load_settings()


def test_secrets_do_not_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:very-secret@127.0.0.1/muster")
    settings = load_settings()
    assert "very-secret" not in repr(settings)
    assert "very-secret" not in str(settings.model_dump())


def test_records_lie_in_home_unless_a_database_is_named(tmp_path: Path) -> None:
    assert load_settings(home=tmp_path).records_url == f"sqlite:///{tmp_path / 'muster.db'}"


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    without = load_settings()
    for name in ("SLACK_BOT_TOKEN", "MUSTER_HOME", "OPENAI_MODEL"):
        monkeypatch.setenv(name, "")
    assert load_settings() == without


def test_a_tilde_in_home_is_the_home_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A `.env` file is read by no shell, which would have put it in."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("MUSTER_HOME", "~/muster")
    assert load_settings().home == tmp_path / "muster"


def test_the_home_directory_of_the_user_is_not_muster_home() -> None:
    """HOME, HOST and PORT are other people's variables; fields are read by their own names only."""
    assert load_settings().home == Path(".muster")
