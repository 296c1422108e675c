/** Why a call is cancelled when the gateway ends: its request has no time left. A signal's reason. */
export class ShuttingDown extends Error {
  constructor() {
    super('The gateway is shutting down');
    this.name = 'ShuttingDown';
  }
}
