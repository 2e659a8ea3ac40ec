"""The settings: the one guarded door to the environment.

Every variable stands in `.env.example` with its default; a test compares the two.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import SettingError


class Settings(BaseSettings):
    """What the environment (or a `.env` file) says; immutable. An empty variable counts as unset.

    Secrets are `SecretStr`: they print as asterisks, and `get_secret_value()` is called only where
    the vendor's client is made.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True, env_ignore_empty=True
    )

    slack_bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    slack_api_url: str = Field("https://slack.com/api/", validation_alias="SLACK_API_URL")

    openai_api_key: SecretStr | None = Field(None, validation_alias="OPENAI_API_KEY")
    openai_base_url: str = Field("", validation_alias="OPENAI_BASE_URL")
    openai_model: str = Field("gpt-5-mini", validation_alias="OPENAI_MODEL")
    model_deadline_s: float = Field(30.0, gt=0, le=600, validation_alias="MUSTER_MODEL_DEADLINE_SECONDS")

    database_url: SecretStr | None = Field(None, validation_alias="DATABASE_URL")
    chroma_url: str = Field("", validation_alias="CHROMA_URL")
    home: Path = Field(Path(".muster"), validation_alias="MUSTER_HOME")
    timezone: str = Field("UTC", validation_alias="MUSTER_TIMEZONE")
    embedding: str = Field("minilm", validation_alias="MUSTER_EMBEDDING")
    webhook_token: SecretStr | None = Field(None, validation_alias="MUSTER_WEBHOOK_TOKEN")
    host: str = Field("127.0.0.1", validation_alias="MUSTER_HOST")
    port: int = Field(8080, ge=0, le=65535, validation_alias="MUSTER_PORT")
    log_level: str = Field("INFO", validation_alias="MUSTER_LOG_LEVEL")

    @field_validator("home")
    @classmethod
    def _in_the_users_home(cls, value: Path) -> Path:
        try:
            return value.expanduser()
        except RuntimeError as error:
            msg = f"{str(value)!r} names nobody's home"
            raise ValueError(msg) from error

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            msg = f"{value!r} is not a time zone; write one like Europe/London"
            raise ValueError(msg)
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_slash(cls, value: str) -> str:
        return value.rstrip("/") + "/"

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            msg = f"{value!r} is not a log level; write DEBUG, INFO, WARNING or ERROR"
            raise ValueError(msg)
        return value.upper()

    @property
    def zone(self) -> ZoneInfo:
        """Returns the team's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def records_url(self) -> str:
        """Returns the address of the database: `DATABASE_URL`, or SQLite in MUSTER_HOME."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.home / 'muster.db').absolute()}"


def load_settings(**overrides: object) -> Settings:
    """Reads the settings from the environment and `.env`; `overrides` win, by field name.

    Raises `SettingError` that names each variable that is wrong.
    """
    # By their variables' names: pydantic would read the field `home` from HOME otherwise.
    given: dict[str, Any] = {_variable((name,)): value for name, value in overrides.items()}
    try:
        return Settings(**given)
    except ValidationError as error:
        wrong = "; ".join(map(_complaint, error.errors()))
        raise SettingError(
            f"The settings can't be used: {wrong}.", cure="See .env.example for each variable."
        ) from None


def _complaint(item: ErrorDetails) -> str:
    """Returns the variable, what is wrong with it, and what was given, unless that is said already."""
    given = f"{item['input']!r}"
    wrong = item["msg"].removeprefix("Value error, ")
    return f"{_variable(item['loc'])}: {wrong}" + ("" if given in wrong else f", got {given}")


def _variable(location: tuple[int | str, ...]) -> str:
    name = str(location[0]) if location else "?"
    field = Settings.model_fields.get(name)
    return str(field.validation_alias) if field else name
