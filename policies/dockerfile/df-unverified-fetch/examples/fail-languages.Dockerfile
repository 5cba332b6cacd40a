FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN pip install --trusted-host example.org a
RUN python3 -m pip install --trusted-host=example.org a
RUN npm config set strict-ssl false
RUN yarn --no-strict-ssl install
RUN npm install --strict-ssl=false
RUN uv pip install --allow-insecure-host example.org a
RUN pip3 install --trusted-host example.org a
RUN pipx install --trusted-host=example.org a
RUN python -m pip install --trusted-host=example.org a
RUN pnpm config set strict-ssl false
