package io.muster.control.link;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One thread that hands messages to their sessions: the server's own executors run the messages of
 * one connection side by side, so that they would change places.
 */
@Factory
final class LinkExecutor {
  static final String NAME = "link";

  @Singleton
  @Named(NAME)
  @Bean(preDestroy = "shutdown")
  ExecutorService executor() {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(NAME).factory());
  }
}
