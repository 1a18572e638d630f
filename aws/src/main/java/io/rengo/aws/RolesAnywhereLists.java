package io.rengo.aws;

import io.rengo.protocol.trust.RevocationLists;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.rolesanywhere.RolesAnywhereClient;
import software.amazon.awssdk.services.rolesanywhere.model.CrlDetail;

/// The lists of revoked certificates of AWS IAM Roles Anywhere: a certificate on the list of its
/// trust anchor gets no credentials any more. Sessions that began before go on to their end.
///
/// @param client the libraries of this service are on the class path of operators' tools alone
record RolesAnywhereLists(Supplier<RolesAnywhereClient> client) implements RevocationLists {
  /// A list is replaced by the method PATCH, which the HTTP client of all other services lacks.
  static RevocationLists through(AwsClients clients) {
    return new RolesAnywhereLists(
        new Lazy<>(() ->
            clients
                .configured("ROLESANYWHERE", RolesAnywhereClient.builder())
                .httpClient(Apache5HttpClient.create())
                .build()));
  }

  /// The anchor's own list is replaced whatever it is called, since an anchor goes by all that it
  /// has: an older one beside it would only ever refuse as well.
  @Override
  public Put put(String anchor, String name, String pem) {
    return AwsErrors.translated(
        anchor,
        () -> {
          SdkBytes list = SdkBytes.fromUtf8String(pem);
          Optional<CrlDetail> there = of(anchor);
          if (there.isEmpty()) {
            client
                .get()
                .importCrl(r -> r.name(name).trustAnchorArn(anchor).crlData(list).enabled(true));
            return Put.IMPORTED;
          }
          String id = there.get().crlId();
          client.get().updateCrl(r -> r.crlId(id).crlData(list));
          if (!Boolean.TRUE.equals(there.get().enabled())) {
            client.get().enableCrl(r -> r.crlId(id));
          }
          return Put.REPLACED;
        });
  }

  private Optional<CrlDetail> of(String anchor) {
    return client.get().listCrlsPaginator(r -> {}).crls().stream()
        .filter(crl -> anchor.equals(crl.trustAnchorArn()))
        .findFirst();
  }
}
