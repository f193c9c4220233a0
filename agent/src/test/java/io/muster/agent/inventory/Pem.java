package io.muster.agent.inventory;

/** A certificate made for these tests; its key was thrown away. */
final class Pem {
  static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBmDCCAT2gAwIBAgIUCihIMe+Qa45MtkZEZyFXNklA7vUwCgYIKoZIzj0EAwIw
      IDEeMBwGA1UEAwwVTXVzdGVyIHRlc3QgYXV0aG9yaXR5MCAXDTI2MTEyMDEzMTQ1
      OFoYDzIxMjYxMDI3MTMxNDU4WjAgMR4wHAYDVQQDDBVNdXN0ZXIgdGVzdCBhdXRo
      b3JpdHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQqPWeAOhpq865QsxVhmFrP
      0zkGF7NSXhLCfqIwgLFTAZ/0oGxgq6zKn2qwzWkISBUS8+CqQd3cExJH55C44ITg
      o1MwUTAdBgNVHQ4EFgQUzmuHD1hNK5shYVl7VI1hyishVTEwHwYDVR0jBBgwFoAU
      zmuHD1hNK5shYVl7VI1hyishVTEwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQD
      AgNJADBGAiEA3Jj+9kEq+8bYW4UzZGCGc+JDZvAiOoDXhy/eLnkKdtcCIQDVixZl
      7b5lYa5cQUynlqbUfFRyMcsv8HiGRDISOuuzlg==
      -----END CERTIFICATE-----
      """;

  private Pem() {}
}
