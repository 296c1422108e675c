import { UnavailableError } from '../connect/errors.js';

/** A fault on request: the AWS API server closes the connection in place of an answer. */
export class BrokenConnectionError extends UnavailableError {}
