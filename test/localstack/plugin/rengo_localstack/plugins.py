"""What LocalStack loads of this package, by the entry points in the dist-info folder beside it."""

from localstack.runtime import hooks
from localstack.runtime.server.core import RuntimeServerPlugin
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin

JAVA_25 = "java25"


@hooks.on_infra_start()
def know_java25():
    """LocalStack 4.9 checks a function's runtime against lists that end at Java 21."""
    from localstack.services.lambda_ import runtimes

    for known in (
        runtimes.ALL_RUNTIMES,
        runtimes.SUPPORTED_RUNTIMES,
        runtimes.SNAP_START_SUPPORTED_RUNTIMES,
    ):
        if JAVA_25 not in known:
            known.append(JAVA_25)


@hooks.on_infra_start()
def look_again_soon():
    """CloudFormation asks every five seconds whether a function is ready, one function after the
    other; here it is ready at once."""
    from localstack.services.cloudformation.resource_provider import ResourceProviderExecutor

    deploy = ResourceProviderExecutor.deploy_loop
    timeout, _ = deploy.__defaults__
    deploy.__defaults__ = (timeout, 0.1)


class ProcessExecutorPlugin(RuntimeExecutorPlugin):
    """LAMBDA_RUNTIME_EXECUTOR=process."""

    name = "process"

    def load(self, *args, **kwargs):
        from .executor import ProcessExecutor

        return ProcessExecutor


class LoopbackServerPlugin(RuntimeServerPlugin):
    """GATEWAY_SERVER=twisted-loopback: LocalStack's own server binds every interface whatever
    GATEWAY_LISTEN says."""

    name = "twisted-loopback"

    def load(self, *args, **kwargs):
        from functools import partial
        from types import SimpleNamespace

        from localstack.runtime.server import twisted

        twisted.endpoints = SimpleNamespace(
            TCP4ServerEndpoint=partial(twisted.endpoints.TCP4ServerEndpoint, interface="127.0.0.1"),
            TCP6ServerEndpoint=twisted.endpoints.TCP6ServerEndpoint,
        )
        return twisted.TwistedRuntimeServer()
