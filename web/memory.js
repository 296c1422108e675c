import { prefixedStorage } from './storage.js';

/** The part of the browser's storage that belongs to this page; null where the browser denies it. */
export const storage = prefixedStorage('connect-task-gateway:');

/**
 * Reads what an earlier visit stored.
 *
 * @param {string} key
 * @returns {unknown} null if there is nothing that can be read
 */
export function recall(key) {
  try {
    return JSON.parse(storage.getItem(key));
  } catch {
    return null;
  }
}

/**
 * Stores a value for the next visit. Storage that is full or denied costs the memory, not the page.
 *
 * @param {string} key
 * @param {unknown} value
 */
export function remember(key, value) {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch (error) {
    console.warn(`${key} could not be stored.`, error);
  }
}
