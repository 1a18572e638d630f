package io.rengo.bench;

import io.rengo.identity.Authority;
import io.rengo.identity.Keys;
import io.rengo.identity.Subject;
import io.rengo.protocol.Federation;
import io.rengo.protocol.Json;
import io.rengo.protocol.trust.KeySigner;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.Role;
import io.rengo.sim.Identities;
import io.rengo.sim.SimulationConfig;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CRLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `TrustRound MEMBERS PARAMETERS ROUNDS`: the median time of a round without trust, with sealed
/// updates, and with sealed updates and signed tasks, updates and ledger, in one run. Members train
/// nothing. Prints one JSON line.
public final class TrustRound {
  private TrustRound() {}

  public static void main(String[] arguments) throws CRLException {
    int members = Integer.parseInt(arguments[0]);
    String file =
        """
        model: {kind: tensors, tensors: [{name: w, shape: [%s], init: zeros}]}
        training: {trainer: dummy}
        rounds: {count: %s, quorum: 1, deadline: 10m}
        seed: 1
        """
            .formatted(arguments[1], arguments[2]);
    List<String> names = Jobs.names(members);
    SimulationConfig plain =
        new SimulationConfig(
            Optional.empty(),
            new Federation("bench"),
            names,
            Map.of("dummy", new Dummy()),
            member ->
                () -> {
                  throw new IllegalStateException("the dummy trainer needs no data");
                },
            Runtime.getRuntime().availableProcessors());
    SimulationConfig sealed = plain.withSeals();
    SimulationConfig whole = sealed.with(identities());
    Jobs.run(file, Optional.empty(), whole);
    Map<String, Object> line = new TreeMap<>();
    line.put("members", members);
    line.put("plain", Jobs.run(file, Optional.empty(), plain).medianSeconds());
    line.put("sealed", Jobs.run(file, Optional.empty(), sealed).medianSeconds());
    line.put("sealedAndSigned", Jobs.run(file, Optional.empty(), whole).medianSeconds());
    System.out.println(Json.write(line));
  }

  static Identities identities() throws CRLException {
    SecureRandom random = new SecureRandom();
    Instant now = Instant.now();
    Authority authority = Authority.make("bench", Keys.signing(Keys.make(random)), now, random);
    return new Identities(
        authority.certificate(),
        Pem.write(
            "X509 CRL", authority.revocations(Map.of(), 1, now, Duration.ofDays(1)).getEncoded()),
        signer(authority, "coordinator", Role.COORDINATOR, random),
        member -> signer(authority, member, Role.MEMBER, random));
  }

  private static KeySigner signer(
      Authority authority, String name, Role role, SecureRandom random) {
    KeyPair keys = Keys.make(random);
    return new KeySigner(
        keys.getPrivate(),
        authority.issue(
            new Subject(name, role, "Bench"),
            keys.getPublic(),
            Instant.now(),
            Duration.ofDays(1),
            random));
  }
}
