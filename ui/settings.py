"""Settings, from the environment (``CEYIN_…``) and ``ceyin.toml``; they enter the program here and nowhere else."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
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
    llm_url: str | None = Field(
        default=None, description="语言模型接口(OpenAI 兼容)的地址,写到 /v1 为止;不填则不用语言模型"
    )
    llm_model: str | None = Field(default=None, min_length=1, description="语言模型的名称")
    llm_key: SecretStr | None = Field(default=None, description="语言模型的密钥;最好只放在环境变量里")
    llm_key_file: Path | None = Field(default=None, description="只有密钥一行的文件;设了 llm_key 则不读")
    llm_word: bool = Field(default=True, description="由语言模型改写回答的措辞;结论、数字和引用不变")
    llm_rephrase: bool = Field(default=False, description="由语言模型把问题换个说法,多检索一次")
    llm_timeout_s: float = Field(default=20.0, gt=0, le=600, description="为语言模型最多多等几秒")
    llm_idle_s: float = Field(default=8.0, gt=0, le=600, description="语言模型最多几秒没有动静")
    llm_retries: int = Field(default=2, ge=0, le=10, description="连不上或服务忙时再试几次")
    llm_at_once: int = Field(default=4, ge=1, le=1000, description="同时最多向语言模型提几个请求")
    llm_max_tokens: int = Field(default=1024, ge=16, le=32768, description="语言模型一次最多写多少词元")
    llm_stream: bool = Field(default=True, description="以流的方式读语言模型的回答")
    llm_json_schema: bool = Field(
        default=True, description="请求里带 JSON Schema;接口只认 json_object 的设为 false"
    )
    llm_budget_cny_per_day: Decimal | None = Field(
        default=None, ge=0, description="语言模型一天最多花多少元,要同时写明价格"
    )
    llm_cny_per_million_in: Decimal = Field(default=Decimal(0), ge=0, description="每百万输入词元的价格(元)")
    llm_cny_per_million_out: Decimal = Field(default=Decimal(0), ge=0, description="每百万输出词元的价格(元)")
    llm_tokens_per_day: int | None = Field(default=None, ge=0, description="语言模型一天最多用多少词元")

    @field_validator("llm_url")
    @classmethod
    def _plain_address(cls, value: str | None) -> str | None:
        """An address and nothing else; what is wrong with it is said without repeating it."""
        if value is None or not value.strip():
            return None
        try:
            parts = urlsplit(value.strip())
            port_is_one = parts.port != 0
        except ValueError:
            raise ValueError("不是一个地址") from None
        if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_one:
            raise ValueError("应以 http:// 或 https:// 开头")
        if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
            raise ValueError("地址里不要写用户名、密码或参数,密钥请用 CEYIN_LLM_KEY")
        return value.strip()

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
