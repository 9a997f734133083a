"""Starts httpbin over TLS on a free port, and says where.

Environment: CERTIFICATE and KEY are PEM files. The end of standard input is the end of the server.
"""

import logging
import os
import sys
import threading

from httpbin import app
from werkzeug.serving import WSGIRequestHandler, make_server


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    WSGIRequestHandler.protocol_version = "HTTP/1.1"
    tls = (os.environ["CERTIFICATE"], os.environ["KEY"])
    listener = make_server("127.0.0.1", 0, app, threaded=True, ssl_context=tls)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    print(f"= https://127.0.0.1:{listener.port}", flush=True)
    sys.stdin.read()


main()
