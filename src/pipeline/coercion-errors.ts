/** Errors of variables in one response. Each quotes the value that it is about, however large that is. */
export const MAX_COERCION_ERRORS = 20;
