/// Sealed objects: encrypted in independent segments, so that any range of bytes can be read alone
/// and nothing can be changed, cut off, moved or mixed unnoticed.
@NullMarked
package io.rengo.core.seal;

import org.jspecify.annotations.NullMarked;
