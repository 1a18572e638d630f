package io.rengo.identity;

import io.rengo.protocol.trust.SigningKey;
import java.security.SecureRandom;

class AuthorityKeyTest extends AuthorityKeyContract {
  private final SigningKey key = Keys.signing(Keys.make(new SecureRandom()));
  private final SigningKey other = Keys.signing(Keys.make(new SecureRandom()));

  @Override
  protected SigningKey key() {
    return key;
  }

  @Override
  protected SigningKey other() {
    return other;
  }
}
