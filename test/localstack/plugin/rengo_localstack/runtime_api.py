"""The AWS Lambda Runtime API of one execution environment, on a loopback port of its own."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MAX_RESPONSE = 6 * 1024 * 1024


def error(kind: str, message: str) -> bytes:
    return json.dumps({"errorType": kind, "errorMessage": message}).encode()


def serve(environment) -> ThreadingHTTPServer:
    """A server, not yet running, that asks `environment` for invocations and gives it answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.environment = environment
    return server


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *args):
        pass

    def do_GET(self):
        if not self.path.endswith("/runtime/invocation/next"):
            return self._answer(404)
        invocation = self.server.environment.next_invocation()
        if invocation is None:  # the process that asked is dead
            self.close_connection = True
            return None
        return self._answer(
            200,
            invocation["payload"].encode(),
            {
                "Lambda-Runtime-Aws-Request-Id": invocation["invoke-id"],
                "Lambda-Runtime-Invoked-Function-Arn": invocation["invoked-function-arn"],
                "Lambda-Runtime-Trace-Id": invocation["trace-id"],
                "Lambda-Runtime-Deadline-Ms": str(invocation["deadline"]),
            },
        )

    def do_POST(self):
        environment, body, path = self.server.environment, self._body(), self.path.strip("/").split("/")
        if path[-2:] == ["init", "error"]:
            environment.init_failed(body)
        elif path[-1] == "response" and len(body) > MAX_RESPONSE:
            message = f"Response payload size exceeded maximum allowed payload size ({MAX_RESPONSE} bytes)."
            environment.complete(path[-2], error("Function.ResponseSizeTooLarge", message), True)
            return self._answer(413, error("RequestEntityTooLarge", message))
        elif path[-1] in ("response", "error"):
            environment.complete(path[-2], body, path[-1] == "error")
        else:
            return self._answer(404)
        return self._answer(202, b'{"status":"OK"}')

    def _answer(self, status: int, body: bytes = b"", headers: dict | None = None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline() not in (b"\r\n", b"\n", b""):  # trailers
            pass
        return body
