import { serializationError, WireError } from './wire-error.js';

/** What the API says of a failure that HTTP itself caused. What nobody foresaw tells nothing of the inside. */
export function httpError({ statusCode = 500 }: { readonly statusCode?: number | undefined }): WireError {
  switch (statusCode) {
    case 408:
      return new WireError('RequestTimeoutException', 408, 'The request did not come in within the time it may take.');
    case 413:
      return new WireError('RequestEntityTooLargeException', 413, 'The body is larger than a request may have.');
    case 415:
      return new WireError('UnsupportedMediaTypeException', 415, 'Send the body with content-type: application/json.');
    case 431:
      return new WireError('SerializationException', 431, 'The headers are larger than a request may have.');
    default:
      return statusCode < 500
        ? serializationError('The request is not one that HTTP allows.')
        : new WireError('InternalServiceException', 500, 'Something went wrong inside. The details are in the log.');
  }
}
