/// How the values of an update lie in its payload: exactly, or smaller and with an error that is
/// bounded, unbiased or kept for the next round. Every payload is a safetensors file of which a
/// range of the parameters can be read without the rest.
@NullMarked
package io.rengo.core.codec;

import org.jspecify.annotations.NullMarked;
