/** Reason of a signal that cancels a call because the gateway shuts down. */
export class ShuttingDown extends Error {
  constructor() {
    super('The gateway is shutting down');
    this.name = 'ShuttingDown';
  }
}
