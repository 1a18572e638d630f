package io.rengo.aws;

import io.rengo.protocol.ObjectKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// Keeps pages of ledgers from everybody's hands, where the federation asks for it: until a page's
/// days are over nobody can remove or change it, not even the account's owner (S3 Object Lock in
/// compliance mode).
///
/// @param days empty where nothing is locked
record LedgerLock(Optional<Integer> days, InstantSource clock) {
  static final LedgerLock NONE = new LedgerLock(Optional.empty(), InstantSource.system());

  /// Locks what is put, if it is a page.
  void apply(String key, PutObjectRequest.Builder put) {
    days.filter(any -> ObjectKeys.isLedgerPage(key))
        .ifPresent(number ->
            put.objectLockMode(ObjectLockMode.COMPLIANCE)
                .objectLockRetainUntilDate(clock.instant().plus(Duration.ofDays(number))));
  }
}
