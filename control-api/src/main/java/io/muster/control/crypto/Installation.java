package io.muster.control.crypto;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** One of the things that an installation has once. */
@MappedEntity("installation")
record Installation(@Id String name, String content) {}
