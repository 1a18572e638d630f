@NullMarked
package io.rengo.core.privacy;

import org.jspecify.annotations.NullMarked;
