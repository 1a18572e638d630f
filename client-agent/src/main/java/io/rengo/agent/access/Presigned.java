package io.rengo.agent.access;

import io.rengo.core.seal.DataKey;
import io.rengo.protocol.KeyContext;
import io.rengo.protocol.Keys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RecordStore;
import io.rengo.protocol.Workflow;
import io.rengo.protocol.trust.Signer;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.InstantSource;

/// The ports of a member that has no credentials for AWS: its certificate lets it in. It has no key
/// service and seals to the key of each round; records and workflows are not for members.
public final class Presigned {
  private Presigned() {}

  /// @param address of the federation's function for members, with `https`
  /// @param signer the member's identity
  public static Ports ports(URI address, String federation, Signer signer, InstantSource clock) {
    Http http = Http.create();
    Desk desk = new Desk(address, federation, signer, http, clock);
    return new Ports(
        new DeskStore(desk, http),
        new DeskQueue(desk),
        none(RecordStore.class),
        none(Workflow.class),
        new NoKeys(),
        Signer.none(),
        clock);
  }

  private record NoKeys() implements Keys {
    @Override
    public Fresh generate(KeyContext context) {
      throw DeskStore.absent("members have no key service", "keys");
    }

    @Override
    public DataKey unwrap(ByteBuffer wrapped, KeyContext context) {
      throw DeskStore.absent("members have no key service", "keys");
    }
  }

  private static <T> T none(Class<T> port) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              throw DeskStore.absent("members have none of this", port.getSimpleName());
            }));
  }
}
