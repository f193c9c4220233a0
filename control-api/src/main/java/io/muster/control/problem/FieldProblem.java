package io.muster.control.problem;

import io.micronaut.serde.annotation.Serdeable;

/**
 * One field of bad input. Never holds a secret's value.
 *
 * @param field its path in the request, such as {@code urls[0]}
 * @param message what is wrong and what was expected
 */
@Serdeable
public record FieldProblem(String field, String message) {}
