package io.rengo.protocol;

/// An update that was not counted, and why.
///
/// @param member as the update's key names it; it need not exist
/// @param what what was wrong with it, as a sentence
public record Refusal(String member, ErrorCode code, String what) {}
