# 策引: everything a person types. `make help` lists the targets; docs/development.md says how they work.
# PYTHON names the interpreter (default: the first of python3, python3.13, python3.12, python3.11 that is new enough).
# ARGS is handed on, e.g.  make run ARGS="--port 8000"   make test ARGS="tests/corpus -k segment"

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.PHONY: help setup dev run test check format eval bench lock clean moved

VENV := .venv
BIN := $(VENV)/bin
LIGHT := $(VENV)/.light
DEV := $(VENV)/.dev
PINS := pyproject.toml constraints.txt

# A virtual environment whose folder was moved or copied, or whose Python is gone, points elsewhere: build it again.
ifneq ($(shell $(BIN)/python -c '' 2>/dev/null && cat $(VENV)/.place 2>/dev/null),$(CURDIR))
$(VENV)/.place: moved
endif

comma := ,
# pip's own words go to a file; of a failure its ERROR lines are shown.
install = $(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '$(1)' > $(VENV)/setup.log 2>&1 || \
	{ grep -iE '^ *error: ' $(VENV)/setup.log | tail -n 3 >&2; \
	echo "安装没有完成:请检查网络或 pip 的镜像设置,再运行一次;详情见 .venv/setup.log" >&2; exit 1; }

help: ## 列出全部命令
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(LIGHT) ## 建立 .venv 并安装(第二次不用等)
	@echo "已就绪:make run 启动网页,命令是 .venv/bin/ceyin"

dev: $(DEV)
	@:

run: $(LIGHT) ## 启动网页和接口:http://127.0.0.1:7860
	@exec $(BIN)/ceyin serve $(ARGS)

test: $(DEV) ## 运行全部测试;缺少的环境(浏览器等)会跳过并说明
	@$(BIN)/python -m pytest -rs $(ARGS)

check: $(DEV) ## 静态检查:ruff、mypy、结构、原文抄录
	@bad=; run() { echo "== $$1"; shift; "$$@" || bad=1; }; \
	run "ruff check" $(BIN)/ruff check --quiet --output-format concise . ; \
	run "ruff format" $(BIN)/ruff format --check . ; \
	run "mypy" $(BIN)/mypy --no-error-summary ; \
	run "structure and wording" $(BIN)/python -m pytest -rs tests/test_architecture.py tests/test_verbatim.py ; \
	[ -z "$$bad" ] || { echo "make check: 有不合格的项目,见上" >&2; exit 1; }

format: $(DEV) ## 统一代码格式并改掉能自动改的
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format .

eval: $(LIGHT) ## 运行评测并写报告
	@$(BIN)/ceyin eval $(ARGS)

bench: $(LIGHT) ## 测量速度
	@$(BIN)/python -m ceyin.evals.bench $(ARGS)

lock: ## 依赖改动后重写 constraints.txt(UPGRADE=1 全部取最新)
	@.ci/lock

clean: ## 删除 .venv、缓存和构建产物(不动已导入的政策和数据库)
	@rm -rf .venv build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The virtual environment, then what is installed into it. A stamp is written last, so a run that was cut short is
# taken up again. `moved` is never up to date.
moved:
$(VENV)/.place:
	@python=; for p in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
	  if "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$p; break; fi; done; \
	if [ -z "$$python" ]; then \
	  echo "需要 Python 3.11 或更新版本(现有:$$($(or $(PYTHON),python3) --version 2>/dev/null || echo 没有));装好后可用 make setup PYTHON=/路径/python3.11 指定" >&2; exit 1; fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$python 缺少 venv 模块;在 Debian/Ubuntu 上先运行 apt-get install python3-venv" >&2; exit 1; fi; \
	rm -rf $(VENV) && "$$python" -m venv $(VENV) && echo "$(CURDIR)" > $@

$(LIGHT): $(VENV)/.place $(PINS)
	@echo "安装策引到 .venv(首次约一分钟)…"
	@$(call install,.[ui])
	@touch $@

$(DEV): $(LIGHT)
	@echo "安装开发工具到 .venv…"
	@$(call install,.[ui$(comma)dev])
	@touch $@
