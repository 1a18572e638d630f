package io.rengo.core.algorithm;

/// How members step: `v = momentum v + g + mu (w - x)`, `w = w - rate v`.
///
/// @param rate of the steps
/// @param momentum of the heavy ball, 0 for plain steps
/// @param proximalMu FedProx's mu, 0 for none
public record LocalSteps(double rate, double momentum, double proximalMu) {}
