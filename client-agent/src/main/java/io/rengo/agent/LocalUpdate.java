package io.rengo.agent;

/// What a training gave.
///
/// @param parameters the new parameters, flat, in the model's layout
/// @param examples rows trained on
/// @param steps minibatches done
/// @param loss mean loss over the training, in the course of it
public record LocalUpdate(float[] parameters, long examples, long steps, double loss) {}
