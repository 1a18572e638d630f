@NullMarked
package io.rengo.core.seal;

import org.jspecify.annotations.NullMarked;
