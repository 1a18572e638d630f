"""Runs each execution environment of a function as a process of this machine, without Docker.

The process is a JVM with the Java runtime interface client (java* runtimes) or the code's own
`bootstrap` (provided.* runtimes); it talks to the Runtime API that this environment serves.
"""

import logging
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from concurrent.futures import Future, TimeoutError

from localstack import config
from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from . import java, runtime_api
from .runtime_api import error

LOG = logging.getLogger(__name__)
HOST = "127.0.0.1"
KEPT_LOG = 20_000
# A function sees what AWS and its author set, not the environment that LocalStack was started in.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL")


class ProcessExecutor(RuntimeExecutor):
    """One execution environment: one invocation at a time, a new process where one has died."""

    def __init__(self, id: str, function_version) -> None:
        super().__init__(id, function_version)
        self._lock = threading.RLock()
        self._process: subprocess.Popen | None = None
        self._generation = 0  # of the process: a thread that serves a dead one must not take work
        self._started: Future | None = None
        self._current: tuple[str, Future] | None = None
        self._invocations: queue.Queue = queue.Queue()
        self._lines: list[str] = []
        self._log_tail = ""
        self._stopped = False
        self._home = os.path.join(tempfile.gettempdir(), "lambda-env", id)

    # What LocalStack asks of an executor.

    def start(self, env_vars: dict[str, str]) -> None:
        self._env_vars = {name: str(value) for name, value in env_vars.items()}
        self._server = runtime_api.serve(self)
        threading.Thread(target=self._server.serve_forever, daemon=True, name=f"rapi-{self.id}").start()
        self._spawn()

    def stop(self) -> None:
        self._stopped = True
        self._kill()
        if self._started and not self._started.done():
            self._started.set_exception(StatusErrorException("stopped", payload=b""))
        if current := self._current:
            self.complete(current[0], error("Sandbox.Stopped", "environment stopped"), True)
        self._server.shutdown()
        self._server.server_close()
        shutil.rmtree(self._home, ignore_errors=True)

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        request, timeout = payload["invoke-id"], self.function_version.config.timeout
        began = time.time()
        process = self._process
        if process is None or process.poll() is not None:
            self._spawn()
        payload["deadline"] = int((time.time() + timeout) * 1000)
        answer: Future = Future()
        with self._lock:
            self._lines = []
            self._current = (request, answer)
        self._log(f"START RequestId: {request} Version: {self.function_version.id.qualifier}")
        self._invocations.put(payload)
        if (process := self._process) is not None and (code := process.poll()) is not None:
            self._exited(code)
        try:
            body, is_error = answer.result(timeout=timeout)
        except TimeoutError:
            self._kill()
            message = f"RequestId: {request} Error: Task timed out after {timeout:.2f} seconds"
            self._log(message)
            body, is_error = error("Sandbox.Timedout", message), True
        self._current = None
        self._drop_left_work()
        ms = (time.time() - began) * 1000
        self._log(f"END RequestId: {request}")
        self._log(
            f"REPORT RequestId: {request}\tDuration: {ms:.2f} ms\tBilled Duration: {int(ms) + 1} ms\t"
            f"Memory Size: {self.function_version.config.memory_size} MB"
        )
        return InvocationResult(request, body, is_error=is_error, logs="\n".join(self._lines) + "\n")

    def get_address(self) -> str:
        return HOST

    def get_endpoint_from_executor(self) -> str:
        return HOST

    def get_runtime_endpoint(self) -> str:
        return f"http://{HOST}:{config.GATEWAY_LISTEN[0].port}/_localstack_lambda/{self.id}"

    def get_logs(self) -> str:
        return self._log_tail

    @classmethod
    def prepare_version(cls, function_version) -> None:
        if function_version.config.code:
            function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version) -> None:
        pass

    # What the process asks of its environment, by the Runtime API.

    def next_invocation(self) -> dict | None:
        generation = self._generation
        if self._started and not self._started.done():
            self._started.set_result(True)
        while not self._stopped and generation == self._generation:
            try:
                return self._invocations.get(timeout=0.5)
            except queue.Empty:
                continue
        return None

    def init_failed(self, body: bytes) -> None:
        if self._started and not self._started.done():
            self._started.set_exception(StatusErrorException("initialisation failed", payload=body))

    def complete(self, request: str, body: bytes, is_error: bool) -> None:
        with self._lock:
            current = self._current
            if current and current[0] == request and not current[1].done():
                current[1].set_result((body, is_error))

    # The process.

    def _spawn(self) -> None:
        version = self.function_version.config
        code = str(version.code.get_unzipped_code_location())
        os.makedirs(self._home, exist_ok=True)
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        environment.update(self._env_vars)
        environment.update(
            AWS_EXECUTION_ENV=f"AWS_Lambda_{version.runtime}",
            AWS_LAMBDA_RUNTIME_API=f"{HOST}:{self._server.server_port}",
            LAMBDA_TASK_ROOT=code,
            LAMBDA_RUNTIME_DIR=code,
            TMPDIR=self._home,
        )
        if version.runtime.startswith("java"):
            command = java.command(version.runtime, code, version.handler)
            given = self._env_vars.get("JAVA_TOOL_OPTIONS", "")
            environment["JAVA_TOOL_OPTIONS"] = java.options(version.memory_size, given)
        else:
            command = [os.path.join(code, "bootstrap")]
        with self._lock:
            self._generation += 1
            self._started = Future()
            # A group of its own, to be killed whole, in LocalStack's session, to be found with it.
            self._process = subprocess.Popen(
                command,
                cwd=code,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                process_group=0,
            )
        threading.Thread(target=self._watch, args=(self._process, self._started), daemon=True).start()
        seconds = config.LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT
        try:
            self._started.result(timeout=seconds)
        except TimeoutError:
            self._kill()
            payload = error("Sandbox.Timedout", f"not ready after {seconds} seconds")
            raise StatusErrorException("not ready", payload=payload) from None

    def _drop_left_work(self) -> None:
        """A process that died before it asked for its work has left it in the queue."""
        while not self._invocations.empty():
            try:
                self._invocations.get_nowait()
            except queue.Empty:
                return

    def _watch(self, process: subprocess.Popen, started: Future) -> None:
        for line in process.stdout:
            self._log(line.decode(errors="replace").rstrip("\n"))
        code = process.wait()
        if not started.done():
            payload = error("Runtime.ExitError", f"Error: Runtime exited with error: {_reason(code)}")
            started.set_exception(StatusErrorException("exited during init", payload=payload))
        elif process is self._process:
            self._exited(code)

    def _exited(self, code: int) -> None:
        if current := self._current:
            message = f"RequestId: {current[0]} Error: Runtime exited with error: {_reason(code)}"
            self.complete(current[0], error("Runtime.ExitError", message), True)

    def _kill(self) -> None:
        with self._lock:
            process, self._process = self._process, None
            self._generation += 1
        if process and process.poll() is None:
            try:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(5)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                LOG.warning("process %s of environment %s did not end", process.pid, self.id)

    def _log(self, line: str) -> None:
        with self._lock:
            self._lines.append(line)
            self._log_tail = (self._log_tail + line + "\n")[-KEPT_LOG:]


def _reason(code: int) -> str:
    return f"signal: {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
