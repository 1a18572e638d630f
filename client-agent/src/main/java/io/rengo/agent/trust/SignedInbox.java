package io.rengo.agent.trust;

import io.rengo.agent.Patience;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import io.rengo.protocol.TrustKeys;
import io.rengo.protocol.trust.Kind;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.Role;
import io.rengo.protocol.trust.Signed;
import io.rengo.protocol.trust.Verifier;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;

/// Takes tasks that the federation signed and that demand signatures in turn, and none that goes
/// back behind what was seen.
///
/// @param authority the federation's certificate, as the member got it with its kit
public record SignedInbox(Ports ports, X509Certificate authority, Seen seen) implements Inbox {
  @Override
  public Task read(String message, String where) {
    Signed signed;
    try {
      signed = Json.read(message, Signed.class, where);
    } catch (RengoException e) {
      throw refuse(ErrorCode.SIGNATURE_MISSING, "the task is not signed", where);
    }
    verifier().verify(signed, Kind.TASK, Role.COORDINATOR, ports.clock().instant());
    Task task = Json.read(signed.body(), Task.class, where);
    if (!task.trust().signed()) {
      throw refuse(ErrorCode.SIGNATURE_MISSING, "the job takes unsigned updates", where);
    }
    seen.check(task);
    return task;
  }

  private Verifier verifier() {
    String revoked =
        Patience.again(() -> ports.objects().get(TrustKeys.REVOKED))
            .map(object -> StandardCharsets.US_ASCII.decode(object.content()).toString())
            .orElseThrow(() ->
                refuse(
                    ErrorCode.CERTIFICATE_UNTRUSTED,
                    "there is no list of revoked certificates",
                    TrustKeys.REVOKED));
    return new Verifier(authority, Pem.crl(revoked, TrustKeys.REVOKED));
  }

  private static RengoException refuse(ErrorCode code, String what, String where) {
    return new RengoException(
        code, what, where, "Let the federation's operator deploy it with its authority");
  }
}
