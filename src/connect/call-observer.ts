/** Watches the calls on whoever provides Amazon Connect. It changes nothing and never throws by itself. */
export interface CallObserver {
  /**
   * Makes a call. What it answers or throws passes as it is.
   *
   * @param operation how the API calls it; StartTaskContact
   */
  observe<Result>(operation: string, call: () => Promise<Result>): Promise<Result>;
  /** Headers that hand the trace of the call at hand on to who is called, by W3C Trace Context. */
  traceHeaders(): Readonly<Record<string, string>>;
}
