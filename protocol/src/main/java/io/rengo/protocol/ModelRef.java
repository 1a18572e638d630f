package io.rengo.protocol;

/// A published model.
///
/// @param version 0 for the initial model, one more with each published round
/// @param key the object that holds it, in the safetensors format
/// @param size bytes of the object
/// @param layoutHash hash of the layout of its tensors
/// @param hash SHA-256, in hex, of the hashes of its shards' parameters: equal for equal models
public record ModelRef(int version, String key, long size, String layoutHash, String hash) {}
