declare const brand: unique symbol;

/** A primitive that only its own module may make, so that one kind is never passed for another. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
