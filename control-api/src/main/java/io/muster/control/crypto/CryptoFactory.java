package io.muster.control.crypto;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

@Factory
final class CryptoFactory {
  @Singleton
  MasterKey key(KeyRing ring) {
    return ring.open();
  }

  @Singleton
  SecretBox box(MasterKey key) {
    return new AesGcmBox(key);
  }
}
