"""How a Java function is started: its command line and the native library of the runtime client."""

import glob
import os
import re
import tempfile
import threading
import zipfile

RIC_DIR = os.environ.get("LAMBDA_PROCESS_RIC_DIR", "")
CLIENT = "com.amazonaws.services.lambda.runtime.api.client"
_library_lock = threading.Lock()


def command(runtime: str, code: str, handler: str) -> list[str]:
    """The command of a java* runtime; its options come by the environment, see `options`."""
    home = os.environ.get(f"LAMBDA_PROCESS_{runtime.upper()}_HOME") or os.environ["JAVA_HOME"]
    jars = [code + "/", *sorted(glob.glob(f"{code}/lib/*.jar")), *sorted(glob.glob(f"{RIC_DIR}/*.jar"))]
    return [
        f"{home}/bin/java",
        f"-D{CLIENT}.runtimeapi.NativeClient.JNI={_native_library()}",
        "-cp",
        ":".join(jars),
        f"{CLIENT}.AWSLambda",
        handler,
    ]


def options(memory_mb: int, given: str) -> str:
    """JAVA_TOOL_OPTIONS: what AWS Lambda sets by itself, then the function's own, which win."""
    defaults = [f"-Xmx{max(64, int(memory_mb * 0.85))}m", "-XX:TieredStopAtLevel=1", "-Xshare:auto"]
    if not re.search(r"-XX:\+Use\w*GC\b", given):  # two collectors are an error
        defaults.append("-XX:+UseSerialGC")
    return " ".join([*defaults, given]).strip()


def _native_library() -> str:
    """One copy of the runtime client's native library for all environments. By itself the client
    rewrites one file in /tmp at every start, which crashes processes that start side by side."""
    found = glob.glob(f"{RIC_DIR}/aws-lambda-java-runtime-interface-client-*.jar")
    if not found:
        raise FileNotFoundError(f"no runtime interface client in LAMBDA_PROCESS_RIC_DIR={RIC_DIR}")
    machine = "aarch_64" if os.uname().machine == "aarch64" else "x86_64"
    target = os.path.join(tempfile.gettempdir(), f"{os.path.basename(found[0])}-{os.getpid()}.so")
    with _library_lock:
        if not os.path.exists(target):
            with zipfile.ZipFile(found[0]) as jar, open(target + ".part", "wb") as part:
                part.write(jar.read(f"jni/libaws-lambda-jni.linux-{machine}.so"))
            os.rename(target + ".part", target)
    return target
