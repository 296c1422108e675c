/**
 * The package's main entry: starts a gateway in this process.
 *
 * @module
 */
import 'reflect-metadata';

export { type Gateway, type GatewayParts, startGateway } from './gateway.js';
export { type Config, ConfigError, readConfig } from '../config/config.js';
