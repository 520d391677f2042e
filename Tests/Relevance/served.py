"""A folder over http on this machine, with an account of what was asked for."""

import functools
import http.server
import os
import threading
import zlib


def packed(data):
    """The size of bytes as gzip -6 packs them: how they travel from an ordinary web server."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return len(packer.compress(data)) + len(packer.flush())


class Handler(http.server.SimpleHTTPRequestHandler):
    """Answers from the folder; `account` gets the path and the packed size of each body."""

    protocol_version = "HTTP/1.1"
    # Head and body are two packets: without this the second one waits 40 ms for the first one's receipt.
    disable_nagle_algorithm = True
    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm",
    }

    def __init__(self, *arguments, account, sizes, **named):
        self.account, self.sizes = account, sizes
        super().__init__(*arguments, **named)

    def do_GET(self):
        path = self.translate_path(self.path)
        if os.path.isdir(path):
            path = os.path.join(path, "index.html")
        if os.path.isfile(path):
            if path not in self.sizes:
                with open(path, "rb") as file:
                    self.sizes[path] = packed(file.read())
            self.account.append((self.path.partition("?")[0], self.sizes[path]))
        else:
            self.account.append((self.path, 0))
        super().do_GET()

    def end_headers(self):
        # A page that is opened again loads everything again: each first query is one.
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_):
        pass


class Served:
    """A context manager: the folder is there while it lasts, under `address`."""

    def __init__(self, folder):
        self.account = []
        handler = functools.partial(Handler, directory=folder, account=self.account, sizes={})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def since(self, mark):
        """Requests since the mark, and their packed bytes."""
        asked = self.account[mark:]
        return len(asked), sum(size for _, size in asked)

    @property
    def mark(self):
        return len(self.account)
