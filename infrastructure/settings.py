# SPDX-License-Identifier: Apache-2.0
"""Settings from the environment, each with the prefix TONGCHOU_."""

from pathlib import Path

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from infrastructure.notices.gateways import Gateway
from infrastructure.notices.message_gateway import MessageGateway
from infrastructure.notices.smtp import SmtpGateway


class Settings(BaseSettings):
    """How this process is set up.

    `database_url` points at an external PostgreSQL 15 or later; without it the embedded server runs in `data_dir`.
    """

    model_config = SettingsConfigDict(env_prefix="TONGCHOU_", extra="ignore")

    database_url: str | None = None
    data_dir: Path = Path(".tongchou")
    master_key_file: Path | None = None
    public_url: str | None = Field(default=None, pattern=r"^https?://[^\s]+$")
    """Where people reach the platform, for addresses on printed documents."""
    pool_size: int = Field(default=8, ge=1, le=100)
    regimes_dir: Path | None = None
    """A folder with files of further regimes, or of later editions of those that come along."""
    append_form: str = Field(default="single", pattern="^(single|split)$")
    """single: the lock inside the statement; split: the lock as its own statement, for a sharded engine."""
    smtp_url: SecretStr | None = None
    """The mail server for notices, such as smtp://user:password@mail.example.edu.cn:587; without it none are mailed."""
    mail_from: str = Field(default="tongchou@localhost", pattern=r"^[^\s<>]+@[^\s<>]+$")
    smtp_ca_file: Path | None = None
    notice_gateway_url: SecretStr | None = None
    """The gateway for SMS or enterprise chat; it is told apart by `notice_gateway_secret`."""
    notice_gateway_secret: SecretStr = SecretStr("")

    @property
    def key_file(self) -> Path:
        """Where the master key of personal data lies."""
        return self.master_key_file or self.data_dir / "keys" / "master.key"

    @field_validator("database_url")
    @classmethod
    def _can_be_read(cls, url: str | None) -> str | None:
        """Refuse what PostgreSQL's own client could not read, before anything is opened with it. Never repeat it."""
        if not url:
            return None
        try:
            conninfo_to_dict(url)
        except ProgrammingError as error:
            message = "not a PostgreSQL URL, such as postgresql://user:password@host:5432/name"
            raise ValueError(message) from error
        return url

    @field_validator("smtp_url")
    @classmethod
    def _is_a_mail_server(cls, url: SecretStr | None) -> SecretStr | None:
        if url is None or not url.get_secret_value():
            return None
        SmtpGateway.of(url.get_secret_value(), "")
        return url

    @field_validator("notice_gateway_url")
    @classmethod
    def _is_a_gateway(cls, url: SecretStr | None) -> SecretStr | None:
        if url is None or not url.get_secret_value():
            return None
        MessageGateway.of(url.get_secret_value(), "")
        return url

    def gateways(self) -> tuple[Gateway, ...]:
        """The ways by which notices leave the platform; none where nothing is set."""
        found: list[Gateway] = []
        if self.smtp_url:
            found.append(SmtpGateway.of(self.smtp_url.get_secret_value(), self.mail_from, self.smtp_ca_file))
        if self.notice_gateway_url:
            secret = self.notice_gateway_secret.get_secret_value()
            found.append(MessageGateway.of(self.notice_gateway_url.get_secret_value(), secret))
        return tuple(found)
