package io.rengo.core.algorithm;

/// Members train and send what changed, the server takes the mean weighted by examples (McMahan et
/// al. 2017, FedAvg; with a proximal term Li et al. 2020, FedProx).
public record Plain() implements ClientAlgorithm {}
