# CapsNet Explorer's server. CPU by default; for NVIDIA GPUs:
#
#   docker build --build-arg DEVICE=cuda -t capsnet-explorer .
#   docker run --gpus all -p 8000:8000 capsnet-explorer

FROM python:3.12-slim AS build
WORKDIR /source
COPY . .
RUN pip install --no-cache-dir --no-deps --prefix /package .

FROM python:3.12-slim
ARG DEVICE=cpu
ENV CAPSNET_HOST=0.0.0.0 \
    CAPSNET_PORT=8000 \
    PYTHONUNBUFFERED=1

RUN useradd --system --no-create-home --uid 10001 capsnet

# PyTorch is nearly all of the image, and changes least: it comes first. Its build without CUDA is far smaller.
RUN if [ "$DEVICE" = cuda ]; then \
        pip install --no-cache-dir "torch>=2.5"; \
    else \
        pip install --no-cache-dir --index-url https://download.pytorch.org/whl/cpu "torch>=2.5"; \
    fi

COPY pyproject.toml /tmp/pyproject.toml
RUN python -c "import tomllib; \
print(*tomllib.load(open('/tmp/pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" > /tmp/requirements.txt \
    && pip install --no-cache-dir --requirement /tmp/requirements.txt

COPY --from=build /package /usr/local

USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen('http://127.0.0.1:' + os.environ['CAPSNET_PORT'] + '/healthz', timeout=4)"]
CMD ["capsnet", "serve", "--no-open"]
