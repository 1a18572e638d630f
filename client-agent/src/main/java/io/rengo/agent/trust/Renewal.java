package io.rengo.agent.trust;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.TrustKeys;
import io.rengo.protocol.trust.Identity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the member's certificate: from about two thirds of its life on it takes the renewed
/// one that the operator published, and says aloud that the end comes nearer as long as there is
/// none.
public final class Renewal implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

  /// How it stands with a certificate.
  public enum State {
    GOOD,
    /// A renewed one is looked for.
    DUE,
    /// Updates are refused.
    ENDED
  }

  private final OwnCertificate own;
  private final ObjectStore objects;
  private final InstantSource clock;

  public Renewal(OwnCertificate own, ObjectStore objects, InstantSource clock) {
    this.own = own;
    this.objects = objects;
    this.clock = clock;
  }

  /// Does what is due now. Throws nothing: what goes wrong is tried again the next time.
  @Override
  public void run() {
    try {
      if (state() != State.GOOD && !take()) {
        warn(own.identity());
      }
      own.keep();
    } catch (RuntimeException e) {
      LOG.warn("the certificate cannot be looked after, trying again: {}", e.getMessage());
    }
  }

  /// How it stands with the newest certificate.
  public State state() {
    Identity identity = own.identity();
    Instant now = clock.instant();
    return now.isBefore(identity.renewal())
        ? State.GOOD
        : now.isBefore(identity.ends()) ? State.DUE : State.ENDED;
  }

  /// The same for the health file: `ends` and `state`.
  public Map<String, String> health() {
    Map<String, String> health = new TreeMap<>();
    health.put("ends", own.identity().ends().toString());
    health.put("state", state().name().toLowerCase(Locale.ROOT));
    return health;
  }

  private boolean take() {
    String key = TrustKeys.certificate(own.identity().name());
    Optional<String> published = published(key);
    if (published.isEmpty() || !own.renew(published.get(), key)) {
      return false;
    }
    LOG.info("the certificate is renewed until {}", own.identity().ends());
    return state() == State.GOOD;
  }

  /// To who may not list a bucket, S3 says «forbidden» of what is not there.
  private Optional<String> published(String key) {
    try {
      return objects
          .get(key)
          .map(object -> StandardCharsets.US_ASCII.decode(object.content()).toString());
    } catch (RengoException e) {
      if (e.code() == ErrorCode.ACCESS_DENIED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void warn(Identity identity) {
    Duration left = Duration.between(clock.instant(), identity.ends());
    String ask = "ask the federation's operator for `rengo member renew " + identity.name() + "`";
    if (left.isPositive()) {
      LOG.warn(
          "the certificate ends in {} days, at {}; then every update is refused: {}",
          left.toDays(),
          identity.ends(),
          ask);
    } else {
      LOG.error(
          "the certificate ended at {}, and every update is refused: {}", identity.ends(), ask);
    }
  }
}
