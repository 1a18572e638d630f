package io.rengo.lambdas;

import io.rengo.protocol.Keys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RecordStore;
import io.rengo.protocol.TaskQueue;
import io.rengo.protocol.Workflow;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/// A process that dies right after its n-th call of a port has done its work: nobody gets the
/// answer, and no other call is made.
final class Dying {
  private final int last;
  private final AtomicInteger calls = new AtomicInteger();

  Dying(int last) {
    this.last = last;
  }

  int calls() {
    return calls.get();
  }

  boolean dead() {
    return calls.get() >= last;
  }

  Ports over(Ports ports) {
    return new Ports(
        over(ObjectStore.class, ports.objects()),
        over(TaskQueue.class, ports.queues()),
        over(RecordStore.class, ports.records()),
        over(Workflow.class, ports.workflow()),
        over(Keys.class, ports.keys()),
        ports.signer(),
        ports.clock());
  }

  private <T> T over(Class<T> type, T port) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (dead()) {
                throw new IllegalStateException("dead");
              }
              try {
                Object answer = method.invoke(port, arguments);
                if (calls.incrementAndGet() >= last) {
                  throw new IllegalStateException("died after " + method.getName());
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
