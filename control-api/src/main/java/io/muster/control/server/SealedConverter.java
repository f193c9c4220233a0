package io.muster.control.server;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

@Singleton
final class SealedConverter implements AttributeConverter<@Nullable Sealed, byte @Nullable []> {
  @Override
  public byte @Nullable [] convertToPersistedValue(
      @Nullable Sealed sealed, ConversionContext context) {
    return sealed == null ? null : sealed.box();
  }

  @Override
  public @Nullable Sealed convertToEntityValue(byte @Nullable [] box, ConversionContext context) {
    return box == null ? null : new Sealed(box);
  }
}
