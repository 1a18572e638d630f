package io.rengo.core.algorithm;

import java.util.Optional;

/// One member's training, as its algorithm looks at it. Vectors are flat and as long as the model.
///
/// @param received the model that it began with
/// @param trained what it came to
/// @param steps minibatches done
/// @param learningRate of each step
/// @param own the member's vector before
/// @param mean the server's, zeros where it is not shared
/// @param gradient of the member's whole data at the received model, where it was asked for
public record LocalWork(
    double[] received,
    double[] trained,
    long steps,
    double learningRate,
    double[] own,
    double[] mean,
    Optional<double[]> gradient) {}
