package io.muster.simulator.proxmox.http;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How the listeners behave.
 *
 * @param unauthorizedDelay how late a 401 comes; 3 s in Proxmox
 * @param idleClose how long a silent connection stays open; 5 s in Proxmox
 * @param requestsPerConnection after so many answers a connection closes; 100 in Proxmox
 * @param peerTimeout how long a node waits for another one; 30 s in Proxmox
 * @param randomKeyOrder whether the keys of objects come in another order each time
 * @param errorTexts whether errors carry a {@code message}, as since January 2025
 * @param clock what the {@code Date} of answers tells
 */
public record HttpSettings(
    Duration unauthorizedDelay,
    Duration idleClose,
    int requestsPerConnection,
    Duration peerTimeout,
    boolean randomKeyOrder,
    boolean errorTexts,
    InstantSource clock) {

  /** As the real server is. */
  public static HttpSettings real() {
    return new HttpSettings(
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        100,
        Duration.ofSeconds(30),
        true,
        true,
        InstantSource.system());
  }

  /** The same with another wait before a 401. */
  public HttpSettings withUnauthorizedDelay(Duration delay) {
    return new HttpSettings(
        delay, idleClose, requestsPerConnection, peerTimeout, randomKeyOrder, errorTexts, clock);
  }

  /** The same with another wait for peers. */
  public HttpSettings withPeerTimeout(Duration wait) {
    return new HttpSettings(
        unauthorizedDelay,
        idleClose,
        requestsPerConnection,
        wait,
        randomKeyOrder,
        errorTexts,
        clock);
  }

  /** The same with or without a {@code message} in errors. */
  public HttpSettings withErrorTexts(boolean texts) {
    return new HttpSettings(
        unauthorizedDelay,
        idleClose,
        requestsPerConnection,
        peerTimeout,
        randomKeyOrder,
        texts,
        clock);
  }

  /** The same with keys in random or in the handlers' order. */
  public HttpSettings withRandomKeyOrder(boolean random) {
    return new HttpSettings(
        unauthorizedDelay,
        idleClose,
        requestsPerConnection,
        peerTimeout,
        random,
        errorTexts,
        clock);
  }

  /** The same by another clock. */
  public HttpSettings withClock(InstantSource source) {
    return new HttpSettings(
        unauthorizedDelay,
        idleClose,
        requestsPerConnection,
        peerTimeout,
        randomKeyOrder,
        errorTexts,
        source);
  }
}
