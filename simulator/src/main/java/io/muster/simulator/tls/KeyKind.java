package io.muster.simulator.tls;

/** Kind of the keys that are made. The real server has RSA; elliptic curves start much faster. */
public enum KeyKind {
  EC_P256("EC", 256, "SHA256withECDSA"),
  RSA_2048("RSA", 2048, "SHA256withRSA");

  private final String algorithm;
  private final int bits;
  private final String signature;

  KeyKind(String algorithm, int bits, String signature) {
    this.algorithm = algorithm;
    this.bits = bits;
    this.signature = signature;
  }

  String algorithm() {
    return algorithm;
  }

  int bits() {
    return bits;
  }

  String signature() {
    return signature;
  }
}
