"""Settings, from the environment (``CEYIN_…``) and ``ceyin.toml``; they enter the program here and nowhere else."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from ceyin.corpus.errors import CeyinError


def _default_home() -> Path:
    return Path.home() / ".ceyin"


class Settings(BaseSettings):
    """Every setting; the environment wins over ``ceyin.toml`` in the working folder."""

    model_config = SettingsConfigDict(env_prefix="CEYIN_", toml_file="ceyin.toml", extra="ignore")

    home: Path = Field(default_factory=_default_home, description="导入的文本、索引和数据库所在的文件夹")
    host: str = Field(default="127.0.0.1", description="网页和接口监听的地址")
    port: int = Field(default=7860, ge=1, le=65535, description="网页和接口监听的端口")
    database_url: str | None = Field(default=None, description="PostgreSQL 地址;不填则用 home 里的 SQLite")
    embedding: str | None = Field(
        default=None,
        description="向量模型:sentence-transformers 模型文件夹或 Hugging Face 上的名称;不填则用自带的静态向量",
    )
    embedding_query_prompt: str | None = Field(
        default=None, description="向量模型要求加在问题前面的话;不填则按模型自己的配置"
    )
    embedding_passage_prompt: str | None = Field(
        default=None, description="向量模型要求加在条文前面的话;不填则按模型自己的配置"
    )
    reranker: str | None = Field(
        default=None, description="重排模型(CrossEncoder):文件夹或 Hugging Face 上的名称;不填则不重排"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(home: Path | None = None) -> Settings:
    """The settings in force; raises CeyinError naming the setting that cannot be read."""
    try:
        settings = Settings() if home is None else Settings(home=home)
    except ValidationError as exc:
        error = exc.errors()[0]
        key = str(error["loc"][0]) if error["loc"] else "?"
        raise CeyinError(
            f"设置 CEYIN_{key.upper()} 的值不对({error['msg']})。请检查环境变量或 ceyin.toml。"
        ) from exc
    return settings.model_copy(update={"home": settings.home.expanduser()})
