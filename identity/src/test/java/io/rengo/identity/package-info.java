@NullMarked
package io.rengo.identity;

import org.jspecify.annotations.NullMarked;
