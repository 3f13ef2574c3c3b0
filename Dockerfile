# linkcheck with all that it needs, but no browser (--render).
#
#   docker build -t linkcheck .
#   docker run --rm -v "$PWD:/texts" --user "$(id -u):$(id -g)" linkcheck check article.md
FROM python:3.13-slim-bookworm AS build
COPY . /source
RUN python3 -m venv /opt/linkcheck && /opt/linkcheck/bin/pip install --no-cache-dir /source

FROM python:3.13-slim-bookworm
# git tells --since and --diff what has changed. It trusts no folder of another owner unless it is named.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates git \
    && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory /texts \
    && useradd --create-home --uid 1000 linkcheck
COPY --from=build /opt/linkcheck /opt/linkcheck
ENV PATH=/opt/linkcheck/bin:$PATH XDG_CACHE_HOME=/tmp/cache
USER linkcheck
WORKDIR /texts
ENTRYPOINT ["linkcheck"]
CMD ["--help"]
