package io.muster.control.live;

import io.muster.control.caller.Caller;
import io.muster.control.caller.TokenKind;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Tokens of which a test says what becomes of them. */
@Singleton
final class ScriptedTokens implements TokenKind {
  private static final String PREFIX = "scripted_";

  private final Map<String, Supplier<Optional<Caller>>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();

  /** One that is good. */
  String of(Caller caller) {
    String token = PREFIX + UUID.randomUUID();
    become(token, () -> Optional.of(caller));
    return token;
  }

  /** What asking for it gives from now on. */
  void become(String token, Supplier<Optional<Caller>> answer) {
    answers.put(token, answer);
  }

  /** How often one of them was asked for. */
  int asked() {
    return asked.get();
  }

  @Override
  public boolean knows(String token) {
    return token.startsWith(PREFIX);
  }

  @Override
  public Optional<Caller> check(String token, String address) {
    asked.incrementAndGet();
    return Objects.requireNonNull(answers.get(token)).get();
  }
}
