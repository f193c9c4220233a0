package io.muster.control.account;

import io.micronaut.serde.ObjectMapper;
import io.micronaut.serde.annotation.SerdeImport;
import io.muster.control.caller.Scope;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A scope as JSON, for its column. */
@Singleton
@SerdeImport(Scope.class)
final class ScopeText {
  private final ObjectMapper json;

  ScopeText(ObjectMapper json) {
    this.json = json;
  }

  String write(Scope scope) {
    try {
      return json.writeValueAsString(scope);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a scope", e);
    }
  }

  Scope read(String text) {
    try {
      return Objects.requireNonNull(json.readValue(text, Scope.class));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read a scope", e);
    }
  }
}
